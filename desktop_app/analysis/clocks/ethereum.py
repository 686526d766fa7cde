"""Ethereum exits: churn, exit queue, withdrawability delay and sweep (Electra, and Gloas by switch)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from desktop_app.analysis.clocks.answer import CHECKED, DAY, Answer, Wait, exactly, later
from desktop_app.domain import money
from desktop_app.domain.catalogue import Source
from desktop_app.domain.congestion import Fork
from desktop_app.errors import UserError

SOURCE = Source(
    "ethereum/consensus-specs specs/electra/beacon-chain.md", "2026-08-07", verified=True, checked=CHECKED
)
SWEEP_SOURCE = Source(
    "ethereum/consensus-specs presets/mainnet/electra.yaml; validators in May 2026: "
    "https://blog.web3wagmi.com/how-to-stake-eth-guide",
    "2026-05-27",
    verified=True,
    checked=CHECKED,
)

WITHDRAWAL_SOURCE = Source(
    f"{SOURCE.cited}; {SWEEP_SOURCE.cited}",
    SOURCE.dated,
    verified=True,
    checked=CHECKED,
)

SLOT = 12
EPOCH = 32 * SLOT
"""Seconds."""

GWEI = 10**9
"""Gwei of an ETH: within these rules amounts are whole gwei, as in the specification."""

FIRST_EPOCH = 5
"""No exit is earlier than so many epochs after the current one (1 + MAX_SEED_LOOKAHEAD)."""

WITHDRAWABILITY_EPOCHS = 256

SERVICE_EPOCHS = 256
"""No validator is let out that has been active for fewer (SHARD_COMMITTEE_PERIOD)."""

LEAST_BALANCE = Decimal(32)
"""ETH that a partial withdrawal leaves in the validator."""

TOTAL_STAKE = Decimal(36_000_000)
"""ETH, where nobody says otherwise; the churn of Electra is the same from 16,777,216 ETH upwards."""

PAYING_VALIDATORS = 898_000
"""Validators in May 2026, all of them taken as having something to pay."""

_LEAST_CHURN, _MOST_CHURN = 128 * GWEI, 256 * GWEI


def gwei(eth: Decimal, name: str) -> int:
    """Return an amount in gwei; raise UserError where it is below zero or finer than a gwei."""
    whole = int(money.product(eth, Decimal(GWEI)))
    if whole < 0 or Decimal(whole) != money.product(eth, Decimal(GWEI)):
        raise UserError(
            f"{name} cannot be {money.amount_text(eth)} ETH.", "Enter 0 or more, with up to nine decimals."
        )
    return whole


@dataclass(frozen=True, slots=True)
class Churn:
    """Gwei that may leave, enter and be consolidated in one epoch."""

    exit: int
    activation: int
    consolidation: int


def churn(total: int, fork: Fork = Fork.ELECTRA) -> Churn:
    """Return the churn limits at a total active balance of ``total`` gwei."""
    if fork is Fork.GLOAS:
        leaving = _whole_eth(max(_LEAST_CHURN, total // 32_768))
        return Churn(leaving, min(_MOST_CHURN, leaving), _whole_eth(total // 65_536))
    balance = _whole_eth(max(_LEAST_CHURN, total // 65_536))
    either = min(_MOST_CHURN, balance)
    return Churn(either, either, balance - either)


def _whole_eth(amount: int) -> int:
    return amount - amount % GWEI


@dataclass(frozen=True, slots=True)
class ExitQueue:
    """The state of the queue: the earliest epoch in which exits still fit, and the gwei left in it."""

    epoch: int = 0
    left: int = 0

    def joined(self, amount: int, now: int, limit: int) -> "ExitQueue":
        """Return the queue after an exit of ``amount`` gwei; its epoch is the exit epoch.

        ``compute_exit_epoch_and_update_churn``; ``now`` is the current epoch, ``limit`` the exit churn.
        """
        epoch = max(self.epoch, now + FIRST_EPOCH)
        budget = limit if self.epoch < epoch else self.left
        if amount > budget:
            more = (amount - budget - 1) // limit + 1
            epoch += more
            budget += more * limit
        return ExitQueue(epoch, budget - amount)


def exit_epochs(ahead: int, amount: int, total: int, fork: Fork, first: int = 0) -> int:
    """Return the epochs from now to the exit epoch, in a queue that holds ``ahead`` gwei.

    ``first``: the request is accepted so many epochs from now, while the queue gets shorter.
    """
    limit = churn(total, fork).exit
    return ExitQueue().joined(ahead, 0, limit).joined(amount, first, limit).epoch


def sweep_round(paying_validators: int, places: int = 16) -> Fraction:
    """Return the seconds of a full round with ``places`` in a block (8 beside a full partial queue)."""
    return Fraction(paying_validators, places) * SLOT


def least_round(validators: int) -> Fraction:
    """Return the seconds of a round in which nobody has anything to pay."""
    return Fraction(validators, 16_384) * SLOT


def sweep(
    paying_validators: int = PAYING_VALIDATORS,
    *,
    partial_queue_full: bool = False,
    requested: datetime | None = None,
) -> Answer:
    """Return the wait for the sweep: none, half a round, a full round.

    ``empty_round_days``: what a round takes in which none of them has anything to pay.
    """
    full = sweep_round(paying_validators, 8 if partial_queue_full else 16)
    empty = least_round(paying_validators) / DAY
    wait = Wait(Fraction(0), full / 2, full)
    return Answer(SWEEP_SOURCE, wait, requested, figures={"empty_round_days": empty})


def churn_limits(total_stake_eth: Decimal = TOTAL_STAKE, fork: Fork = Fork.ELECTRA) -> Answer:
    """Return the ETH that may leave, enter and be consolidated in an epoch, and leave in a day."""
    limits = churn(gwei(total_stake_eth, "The total stake"), fork)
    return Answer(
        SOURCE,
        figures={
            "exit_eth": Fraction(limits.exit, GWEI),
            "activation_eth": Fraction(limits.activation, GWEI),
            "consolidation_eth": Fraction(limits.consolidation, GWEI),
            "exit_eth_a_day": Fraction(limits.exit * DAY, GWEI * EPOCH),
        },
    )


def withdrawal(
    queue_eth: Decimal = Decimal(0),
    exit_eth: Decimal = Decimal(32),
    total_stake_eth: Decimal = TOTAL_STAKE,
    fork: Fork = Fork.ELECTRA,
    paying_validators: int = PAYING_VALIDATORS,
    active_epochs: int | None = None,
    partial_epochs: int | None = None,
    requested: datetime | None = None,
) -> Answer:
    """Return the wait of a full exit until the ETH is paid out.

    ``queue_eth`` is ahead, ``exit_eth`` leaves. Epochs count from the start of the request's epoch, so on
    the clock it can be up to one less. The request is refused in the first 256 of the ``active_epochs``
    (None: they are over), and for the ``partial_epochs`` until the validator's own partial withdrawals are
    paid.
    """
    accepted = max(_still_bound(active_epochs), partial_epochs or 0)
    exit_ = _exit(queue_eth, exit_eth, total_stake_eth, fork, accepted)
    out = exactly(Fraction((exit_ + WITHDRAWABILITY_EPOCHS) * EPOCH))
    return Answer(
        WITHDRAWAL_SOURCE,
        out.then(sweep(paying_validators).wait),
        requested,
        exit_epoch_offset=exit_,
        slashable_until=None if requested is None or out.minimum is None else later(requested, out.minimum),
        figures={
            "accepted_epoch_offset": accepted,
            "withdrawable_epoch_offset": exit_ + WITHDRAWABILITY_EPOCHS,
        },
    )


def exit_queue(
    queue_eth: Decimal,
    exit_eth: Decimal = Decimal(32),
    total_stake_eth: Decimal = TOTAL_STAKE,
    fork: Fork = Fork.ELECTRA,
    requested: datetime | None = None,
) -> Answer:
    """Return the wait until the exit epoch alone, behind ``queue_eth``."""
    exit_ = _exit(queue_eth, exit_eth, total_stake_eth, fork)
    wait = Fraction(exit_ * EPOCH)
    claim = None if requested is None else later(requested, wait)
    return Answer(SOURCE, exactly(wait), requested, claim, exit_epoch_offset=exit_)


def partial_withdrawal(
    queue_eth: Decimal = Decimal(0),
    amount_eth: Decimal = Decimal(1),
    total_stake_eth: Decimal = TOTAL_STAKE,
    fork: Fork = Fork.ELECTRA,
    pending: int | None = None,
    balance_eth: Decimal | None = None,
    active_epochs: int | None = None,
    requested: datetime | None = None,
) -> Answer:
    """Return the wait of a partial withdrawal (EIP-7002) of a compounding validator.

    Behind ``pending`` others, of which 8 are paid in a block: at most so many slots, as they are paid while
    it waits. Of ``balance_eth``, without what is pending of it, only what is above 32 ETH leaves. Refused in
    the first 256 of the ``active_epochs`` (None: they are over).
    """
    amount = (
        amount_eth if balance_eth is None else min(amount_eth, money.difference(balance_eth, LEAST_BALANCE))
    )
    if amount <= 0:
        raise UserError("A partial withdrawal leaves 32 ETH in the validator.", "Enter a larger balance_eth.")
    exit_ = _exit(queue_eth, amount, total_stake_eth, fork, _still_bound(active_epochs))
    out = exactly(Fraction((exit_ + WITHDRAWABILITY_EPOCHS) * EPOCH))
    paid = Wait(Fraction(0), None, None if pending is None else Fraction(pending // 8 * SLOT))
    return Answer(
        SOURCE,
        out.then(paid),
        requested,
        exit_epoch_offset=exit_,
        figures={
            "withdrawable_epoch_offset": exit_ + WITHDRAWABILITY_EPOCHS,
            "withdrawn_eth": Fraction(amount),
        },
    )


def _still_bound(active_epochs: int | None) -> int:
    return 0 if active_epochs is None else max(0, SERVICE_EPOCHS - active_epochs)


def _exit(
    queue_eth: Decimal, amount_eth: Decimal, total_stake_eth: Decimal, fork: Fork, first: int = 0
) -> int:
    ahead, amount = gwei(queue_eth, "The queue"), gwei(amount_eth, "The exit")
    return exit_epochs(ahead, amount, gwei(total_stake_eth, "The total stake"), fork, first)
