"""EigenLayer's slashing: magnitudes of an operator, shares of a staker, both exact (WAD = 10^18)."""

from dataclasses import dataclass
from fractions import Fraction

from desktop_app.analysis.clocks.answer import CHECKED, Answer
from desktop_app.domain.catalogue import Source
from desktop_app.errors import UserError

WAD = 10**18

SOURCE = Source(
    "Layr-Labs/eigenlayer-contracts docs/core/AllocationManager.md",
    "2026-05-01",
    verified=True,
    checked=CHECKED,
)
SHARES_SOURCE = Source(
    "Layr-Labs/eigenlayer-contracts docs/core/accounting/SharesAccounting.md",
    "2026-05-01",
    verified=True,
    checked=CHECKED,
)


@dataclass(frozen=True, slots=True)
class Allocation:
    """An operator in one strategy: its maximum magnitude and what one set holds of it, in units of WAD.

    ``pending`` of the current magnitude is on its way out of the set.
    """

    maximum: int
    current: int
    pending: int = 0

    def slashed(self, wads: int) -> "Allocation":
        """Return the allocation after a service has slashed ``wads`` of it (a fraction in WAD)."""
        cut = _up(self.current * wads, WAD)
        return Allocation(
            self.maximum - cut, self.current - cut, self.pending - _up(self.pending * wads, WAD)
        )


def operator_shares(shares: int, before: int, after: int) -> int:
    """Return an operator's shares when its maximum magnitude falls; rounded up, so never too few."""
    return _up(shares * after, before)


def _up(value: int, divisor: int) -> int:
    return -(-value // divisor)


@dataclass(frozen=True, slots=True)
class Shares:
    """A staker in one strategy: deposit shares, deposit scaling factor, beacon-chain slashing factor."""

    deposited: Fraction
    scaling: Fraction = Fraction(1)
    beacon: Fraction = Fraction(1)

    def withdrawable(self, magnitude: Fraction) -> Fraction:
        """Return the shares that can be withdrawn at an operator's maximum magnitude (1 = never slashed)."""
        return self.deposited * self.scaling * self.beacon * magnitude

    def with_deposit(self, amount: Fraction, magnitude: Fraction) -> "Shares":
        """Return the shares after a deposit, which inherits no earlier loss; UserError if all is slashed."""
        factor = self.beacon * magnitude
        if factor == 0:
            raise UserError(
                "Nothing more can be deposited where everything has been slashed.",
                "Enter a magnitude and a beacon factor above 0.",
            )
        deposited = self.deposited + amount
        scaling = (
            (self.withdrawable(magnitude) + amount) / (deposited * factor) if deposited else self.scaling
        )
        return Shares(deposited, scaling, self.beacon)


def slashing(
    allocated: Fraction,
    slashed: Fraction,
    magnitude: Fraction = Fraction(1),
    pending: Fraction = Fraction(0),
    shares: int | None = None,
) -> Answer:
    """Return what a slash of an operator set costs; all arguments are fractions of 1.

    ``allocated`` and ``magnitude`` are of the operator's first magnitude, ``slashed`` of the allocation,
    ``pending`` is what leaves the set already, ``shares`` are the operator's in units. ``position_loss`` is a
    fraction of what was left.
    """
    if allocated > magnitude or pending > allocated or magnitude == 0:
        raise UserError(
            "A set cannot hold more than the operator has left, nor can more leave it than it holds.",
            "Enter pending ≤ allocated ≤ magnitude.",
        )
    before = Allocation(*(int(part * WAD) for part in (magnitude, allocated, pending)))
    after = before.slashed(int(slashed * WAD))
    return Answer(
        SOURCE,
        figures={
            "position_loss": 1 - Fraction(after.maximum, before.maximum),
            "magnitude_after": Fraction(after.maximum, WAD),
            "allocated_after": Fraction(after.current, WAD),
            "pending_after": Fraction(after.pending, WAD),
            "shares_after": None
            if shares is None
            else operator_shares(shares, before.maximum, after.maximum),
        },
    )


def staker_shares(
    deposited: Fraction,
    scaling: Fraction = Fraction(1),
    beacon: Fraction = Fraction(1),
    magnitude: Fraction = Fraction(1),
    deposit: Fraction = Fraction(0),
) -> Answer:
    """Return what can be withdrawn after slashes, and after a further deposit."""
    held = Shares(deposited, scaling, beacon)
    after = held.with_deposit(deposit, magnitude) if deposit else held
    return Answer(
        SHARES_SOURCE,
        figures={"withdrawable": after.withdrawable(magnitude), "scaling_after": after.scaling},
    )
