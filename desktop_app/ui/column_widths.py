"""How wide the columns of a table on paper are: numbers on one line, words wrapped where they must be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from desktop_app.report.blocks import Column, Table
from desktop_app.report.html import LONG_WORD
from desktop_app.ui.typesetting import NOTE, PAD, TEXT, advance, clean

MOST_LINES = 12
"""A cell of more lines is cut: a row must fit on a page."""
NUMBERS_AT_MOST = 0.8
"""Where numbers alone take more of the width, every column is made narrower alike."""


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column needs: ``blank`` beside its words, the widths of its cells and of its longest word."""

    blank: float
    cells: Sequence[float]
    word: float

    @property
    def natural(self) -> float:
        """Wide enough for the longest cell."""
        return max(self.cells) + self.blank + 1

    @property
    def mean(self) -> float:
        """Wide enough for the average cell."""
        return sum(self.cells) / len(self.cells) + self.blank

    @property
    def least(self) -> float:
        """Wide enough for the longest word."""
        return self.word + self.blank + 1


def indent(columns: Sequence[Column], index: int) -> float:
    """Return the blank at the left of a column: words after numbers would touch them."""
    if columns[index].align == "right":
        return PAD
    return PAD if index and columns[index - 1].align == "right" else 0.0


def blank(columns: Sequence[Column], index: int) -> float:
    """Return the blank at both sides of a column together."""
    return indent(columns, index) + (0.0 if columns[index].align == "right" else PAD)


def column_widths(table: Table, room: float) -> list[float]:
    """Return widths that together fill ``room``."""
    measured = [_measured(table, index, room) for index in range(len(table.columns))]
    if sum(found.natural for found in measured) <= room:
        return _widened(table, [found.natural for found in measured], room)
    words = [i for i, column in enumerate(table.columns) if column.align == "left"]
    taken = sum(found.natural for i, found in enumerate(measured) if i not in words)
    if taken > NUMBERS_AT_MOST * room or not words:
        whole = sum(found.natural for found in measured)
        return [found.natural * room / whole for found in measured]
    lines = _lines(measured)
    ways = [(weight, tight) for weight in _WEIGHTS for tight in _ORDERS]
    shared = [_shared(measured, words, room - taken, weight, tight) for weight, tight in ways]
    return min(shared, key=lambda widths: (_torn(measured, words, widths), lines(widths)))


_ORDERS = (False, True)
"""Who is served first: short columns their whole width, or tight ones their longest word."""

_WEIGHTS: tuple[Callable[[_Column], float], ...] = (
    lambda column: column.mean,
    lambda column: sqrt(column.mean),
    lambda _: 1.0,
)
"""Ways to share the room; the one that needs the fewest lines is taken."""


def _measured(table: Table, index: int, room: float) -> _Column:
    rows = (*table.rows, table.total) if table.total else table.rows
    texts = [clean(row[index].text) for row in rows]
    wide = [advance(text, TEXT, bold=row[index].bold) for text, row in zip(texts, rows, strict=True)]
    cells = [min(cell, room) for cell in wide]  # one endless name must not take the room of all others
    words = {word[:LONG_WORD] for text in texts for word in text.split()}
    head = advance(table.columns[index].title, NOTE)
    return _Column(
        blank(table.columns, index), [head, *cells], max([head, *(advance(word, TEXT) for word in words)])
    )


def _torn(measured: Sequence[_Column], words: Sequence[int], widths: Sequence[float]) -> int:
    """Return how many columns are narrower than their longest word."""
    return sum(widths[i] < measured[i].least - 0.5 for i in words)


def _lines(measured: Sequence[_Column]) -> Callable[[Sequence[float]], int]:
    """Return what counts the lines of all rows at given widths."""

    def count(widths: Sequence[float]) -> int:
        each = [
            [min(ceil(cell / max(width - column.blank, 1)), MOST_LINES) for cell in column.cells]
            for column, width in zip(measured, widths, strict=True)
        ]
        return sum(max(row) for row in zip(*each, strict=True))

    return count


def _widened(table: Table, widths: list[float], room: float) -> list[float]:
    """Give what is left to the columns with a width of their own, then to those of words."""
    wished = [max(c.width * room / 100 - w, 0.0) for c, w in zip(table.columns, widths, strict=True)]
    left, wishes = room - sum(widths), sum(wished)
    part = min(1.0, left / wishes) if wishes else 0.0
    open_ = [i for i, column in enumerate(table.columns) if column.align == "left" and not column.width]
    takers = open_ or list(range(1, len(widths))) or [0]
    more = (left - part * wishes) / len(takers)
    return [
        w + part * wish + more * (i in takers) for i, (w, wish) in enumerate(zip(widths, wished, strict=True))
    ]


def _shared(
    measured: Sequence[_Column],
    words: Sequence[int],
    room: float,
    weight: Callable[[_Column], float],
    tight_first: bool,
) -> list[float]:
    """Share ``room`` among the columns of words by weight: none wider than needed, all as wide as a word."""
    widths = [found.natural for found in measured]
    open_, left = list(words), room

    def settle(fits: Callable[[int, float], bool], width: Callable[[_Column], float]) -> bool:
        nonlocal left
        whole = sum(weight(measured[i]) for i in open_)
        settled = [i for i in open_ if fits(i, left * weight(measured[i]) / whole)]
        for i in settled:
            widths[i] = width(measured[i])
            left -= widths[i]
            open_.remove(i)
        return bool(settled)

    def short() -> bool:
        return settle(lambda i, share: share >= measured[i].natural, lambda found: found.natural)

    def tight() -> bool:
        return settle(lambda i, share: share < measured[i].least < left, lambda found: found.least)

    first, then = (tight, short) if tight_first else (short, tight)
    while open_ and (first() or then()):
        pass
    whole = sum(weight(measured[i]) for i in open_)
    for i in open_:
        widths[i] = max(left, 0.0) * weight(measured[i]) / whole
    return widths
