"""Which positions came, went or hold another amount between two portfolios."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.domain.portfolio import Portfolio

Worths = Mapping[str, Decimal]
"""Position -> its known value."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a position holds, in units of its asset, and what that is worth; None is unknown."""

    quantity: Decimal | None
    worth: Decimal | None


@dataclass(frozen=True, slots=True)
class PositionChange:
    """A position then and now; None: it was not there, or was closed."""

    position: str
    before: Holding | None
    after: Holding | None

    @property
    def size(self) -> Decimal:
        """The value that the change moves, as far as it is known."""
        then, now = (h.worth if h and h.worth is not None else Decimal(0) for h in (self.before, self.after))
        return abs(now - then)


def position_changes(
    before: Portfolio, after: Portfolio, worth_before: Worths, worth_after: Worths
) -> tuple[PositionChange, ...]:
    """Return the positions that came, went or changed their quantity or debt, the largest change first.

    A position whose price alone has changed is none of them; one without a quantity is, where its value has.
    """
    then = {p.id: p for p in before.counted_positions()}
    now = {p.id: p for p in after.counted_positions()}
    found = []
    for ident in dict.fromkeys([*now, *then]):
        old, new = then.get(ident), now.get(ident)
        same = old and new and (old.quantity, old.debt, old.value) == (new.quantity, new.debt, new.value)
        if not same:
            found.append(
                PositionChange(
                    ident,
                    None if old is None else Holding(old.quantity, worth_before.get(ident)),
                    None if new is None else Holding(new.quantity, worth_after.get(ident)),
                )
            )
    return tuple(sorted(found, key=lambda change: -change.size))
