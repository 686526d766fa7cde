"""Shares of the portfolio on paper: a line each, with its bar and the owner's limit (look.md 5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.analysis.exposure import NodeExposure
from desktop_app.figures.bars import GAP, dimension_bar, ink_of, share_words
from desktop_app.figures.labels import NO_BREAK, Labels
from desktop_app.figures.shapes import Figure, Line, Measure, Shape, Target, Text
from desktop_app.figures.sizes import PAPER, Sizes
from desktop_app.figures.texts import cut, estimate, one_line

NAMES_AT_MOST = 0.36
OVER = "▲ over"
TOLERANCE = 1e-9
"""A share that differs from a limit by rounding alone keeps it."""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A node with its name, its kind, and the largest share that its owner allows (None: no limit)."""

    node: NodeExposure
    name: str
    kind: str
    limit: float | None = None

    @property
    def is_over(self) -> bool:
        """Tell whether the limit is broken."""
        share = self.node.known_share
        return self.limit is not None and share is not None and share > self.limit + TOLERANCE

    def limit_words(self, labels: Labels) -> str:
        """Return "▲ over your 40 %" or "under your 45 %", nothing without a limit."""
        if self.limit is None:
            return ""
        return f"{OVER if self.is_over else 'under'} your{NO_BREAK}{labels.share(self.limit)}"


@dataclass(frozen=True, slots=True)
class _Columns:
    """Width of the names, left edges of kinds and bars, right edges of money and shares, length of bars."""

    names: float
    kinds: float
    money: float
    bars: float
    length: float
    shares: float


def share_rows(
    rows: Sequence[ShareRow],
    labels: Labels,
    width: float,
    sizes: Sizes = PAPER,
    measure: Measure = estimate,
    headline: str = "",
) -> Figure:
    """Return a line for each node: name, kind, value, bar, share, limit; the column of bars is all value."""
    columns = _columns(rows, labels, width, sizes, measure)
    shapes: list[Shape] = []
    targets = []
    for number, row in enumerate(rows):
        top = number * sizes.row
        middle = top + sizes.row / 2
        shapes += _words(row, middle + sizes.drop, columns, labels, width, sizes, measure)
        shapes += _bar(row, middle, columns, sizes)
        line = f"{one_line(row.name)}: {labels.share(row.node.known_share)}, "
        line += ", ".join(filter(None, (share_words(row.node, row.kind, labels), row.limit_words(labels))))
        targets.append(Target(row.node.node, 0, top, width, sizes.row, line, line))
    return Figure(width, len(rows) * sizes.row, tuple(shapes), tuple(targets), headline)


def _columns(
    rows: Sequence[ShareRow], labels: Labels, width: float, sizes: Sizes, measure: Measure
) -> _Columns:
    text, note = sizes.text, sizes.note
    said = [measure(words, note, True) + GAP for row in rows if (words := row.limit_words(labels))]
    amounts = max([measure(labels.money(row.node.known_value), text, False) for row in rows], default=0)
    kinds = max([measure(row.kind, note, False) for row in rows], default=0)
    shares = max([measure(labels.share(row.node.known_share), text, True) for row in rows], default=0)
    longest = max([measure(one_line(row.name), text, True) for row in rows], default=0)
    names = min(longest, NAMES_AT_MOST * width)
    money = names + GAP + kinds + GAP + amounts
    right = width - max(said, default=0)
    length = right - money - 2 * GAP - max(shares, measure(labels.share(1.0), text, True))
    return _Columns(names, names + GAP, money, money + GAP, length, right)


def _words(
    row: ShareRow,
    base: float,
    columns: _Columns,
    labels: Labels,
    width: float,
    sizes: Sizes,
    measure: Measure,
) -> Iterator[Shape]:
    text, over, whole = sizes.text, row.is_over, one_line(row.name)
    money, share = labels.money(row.node.known_value), labels.share(row.node.known_share)
    shown = cut(whole, columns.names, text, measure, bold=over)
    yield Text(0, base, shown, size=text, bold=over, tooltip="" if shown == whole else whole)
    yield Text(columns.kinds, base, row.kind, "text2", sizes.note)
    yield Text(columns.money, base, money, ink_of(money), text, anchor="end")
    yield Text(columns.shares, base, share, ink_of(share), text, bold=True, anchor="end")
    if row.limit is not None:
        role = "alarm" if over else "text2"
        yield Text(width, base, row.limit_words(labels), role, sizes.note, over, "end")


def _bar(row: ShareRow, middle: float, columns: _Columns, sizes: Sizes) -> Iterator[Shape]:
    """Yield the bar, and across it the limit: a solid mark with a line of page at both sides."""
    share = min(row.node.known_share or 0.0, 1.0)
    yield from dimension_bar(
        row.node, columns.bars, middle - sizes.bar / 2, columns.length * share, sizes.bar
    )
    if row.limit is not None:
        x, half = columns.bars + columns.length * min(row.limit, 1.0), sizes.row / 2 - 3
        yield Line(((x, middle - half), (x, middle + half)), "page", 4.0)
        yield Line(((x, middle - half), (x, middle + half)), "ink", 2.0)
