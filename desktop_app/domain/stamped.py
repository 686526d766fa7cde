"""Very many positions on few stacks, by column: each stack once, and what tells its positions apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.imports import Movement
from desktop_app.domain.positions import Edge, Group, Position


@dataclass(frozen=True, slots=True)
class Stamp:
    """What positions on one stack in one account have in common: one of them, with its own edges and groups.

    ``rated`` is the place of the layer that has the rate of the position, None where all have the same.
    """

    position: Position
    edges: tuple[Edge, ...]
    groups: tuple[Group, ...]
    rated: int | None


@dataclass(frozen=True, slots=True)
class Stamped:
    """The positions, one an item in each column; ``which`` says by which of the ``stamps``.

    Amounts are shortest decimal text (``money.amount_text``), None for what is not known; rates are fractions
    a year. Ids of edges and groups begin with that of their position.
    """

    stamps: Sequence[Stamp]
    which: Sequence[int]
    ids: Sequence[str]
    names: Sequence[str]
    quantities: Sequence[str]
    unit_prices: Sequence[str | None]
    total_values: Sequence[str | None]
    opened_on: Sequence[date | None]
    rates: Sequence[float | None]
    notes: Sequence[str]
    import_keys: Sequence[str]

    def __len__(self) -> int:
        return len(self.which)


More = Stamped | Iterable[Movement]
"""What comes in besides a portfolio: positions by column, or movements one after the other."""
