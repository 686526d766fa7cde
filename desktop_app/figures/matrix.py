"""The matrix positions × nodes: how much of each position stands on what (look.md 5)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from desktop_app.domain.positions import Dimension
from desktop_app.figures.colours import tint_role
from desktop_app.figures.hatching import SMALL_UNKNOWN
from desktop_app.figures.labels import UNKNOWN, Labels
from desktop_app.figures.shapes import Figure, Hatch, Line, Measure, Rect, Shape, Target, Text
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.texts import cut, estimate, in_lines, one_line, widest

GAP = 8.0
FREE = 4.0
"""Pixels between the names of two columns."""
WIDEST_NAME = 0.22
"""Part of the width that the names of the positions take at most."""
NARROW = 6.8
"""A column has at least this width, in sizes of its words, unless all words fit into less."""
ALL = 1 - 1e-9
"""From this part on a position depends on a node with all of it (definitions.md 4)."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A position: its name and value as they are read; ``why``: why nothing can be said of it, else ""."""

    id: str
    name: str
    value: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class MatrixHead:
    """A column: ``group`` over the columns of one dimension, a ``short`` name and the whole one."""

    id: str
    group: str
    short: str
    name: str
    dimension: Dimension
    parts: Mapping[str, float]
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class MatrixGrid:
    """Where things stand: ``left`` edge of the cells, ``cell`` width, ``row`` and ``head`` height.

    ``lines``: of the names of the columns, two where one is too long for its column.
    """

    names: float
    left: float
    cell: float
    row: float
    head: float
    lines: int = 1


def matrix_grid(
    rows: Sequence[MatrixRow],
    heads: Sequence[MatrixHead],
    width: float,
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
) -> MatrixGrid:
    """Return the grid for a width; columns take what there is, within their limits."""
    names = widest((one_line(row.name) for row in rows), sizes.note, measure)
    names = min(names, WIDEST_NAME * width)
    values = widest((row.value for row in rows), sizes.note, measure)
    left = names + GAP + values + GAP
    longest = max([measure(w, sizes.axis, False) for head in heads for w in head.short.split()], default=0)
    least, most = min(max(longest + FREE, 5.6 * sizes.axis), NARROW * sizes.axis), 8 * sizes.axis
    cell = min(max((width - left) / max(len(heads), 1), least), most)
    fits = all(measure(one_line(head.short), sizes.axis, False) <= cell - FREE for head in heads)
    lines = 1 if fits else 2
    line = _line(sizes)
    return MatrixGrid(names, left, cell, round(1.5 * sizes.axis), sizes.note + 15 + lines * line, lines)


def columns_that_fit(grid: MatrixGrid, width: float, sizes: Sizes = SCREEN) -> int:
    """Return how many columns a width has room for, at least one."""
    return max(1, int((width - grid.left) // (NARROW * sizes.axis)))


def _line(sizes: Sizes) -> float:
    """Return the height of a line of the columns' names."""
    return sizes.axis + 3


def matrix_figure(
    rows: Sequence[MatrixRow],
    heads: Sequence[MatrixHead],
    grid: MatrixGrid,
    labels: Labels,
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
    first: tuple[int, int] = (0, 0),
    headline: str = "",
) -> Figure:
    """Return the rows and columns that are seen; ``first``: the numbers of the first of them.

    Targets: ``row:ROW``, ``column:COLUMN`` and, for a part above nothing, ``cell:ROW:COLUMN``, by number.
    """
    shapes: list[Shape] = []
    targets: list[Target] = []
    for column, head in enumerate(heads):
        x = grid.left + column * grid.cell
        shapes += _head(head, x, grid, sizes, measure)
        number, top = f"column:{first[1] + column}", sizes.note + 7
        targets.append(Target(number, x, top, grid.cell, grid.head - top, head.name, head.name))
    shapes += _groups(heads, grid, sizes, measure)
    for line, row in enumerate(rows):
        y = grid.head + line * grid.row
        shapes += _row_words(row, y, grid, sizes, measure)
        said = f"{row.name}: {row.value}" + (f", {row.why}" if row.why else "")
        targets.append(Target(f"row:{first[0] + line}", 0, y, grid.left - GAP, grid.row, said, said))
        for column, head in enumerate([] if row.why else heads):
            x, part = grid.left + column * grid.cell, head.parts.get(row.id, 0.0)
            shapes += _cell(part, head, x, y, grid, labels, sizes, measure)
            if part > 0:
                words = f"{row.name} on {head.name}: {labels.share(part, decimals=2)}"
                number = f"cell:{first[0] + line}:{first[1] + column}"
                targets.append(Target(number, x, y, grid.cell, grid.row, words, words))
    width = grid.left + len(heads) * grid.cell
    return Figure(width, grid.head + len(rows) * grid.row, tuple(shapes), tuple(targets), headline)


def _head(head: MatrixHead, x: float, grid: MatrixGrid, sizes: Sizes, measure: Measure) -> Iterator[Shape]:
    """Yield the name of a column over its cells, on as many lines as it needs, the last one lowest."""
    lines = in_lines(one_line(head.short), grid.lines, grid.cell - FREE, sizes.axis, measure)
    colour = "text2" if head.unknown else "ink"
    for number, words in enumerate(reversed(lines)):
        base = grid.head - 7 - number * _line(sizes)
        yield Text(x + grid.cell / 2, base, words, colour, sizes.axis, anchor="middle", tooltip=head.name)


def _groups(heads: Sequence[MatrixHead], grid: MatrixGrid, sizes: Sizes, measure: Measure) -> Iterator[Shape]:
    """Yield the upper row of heads: the dimension over its columns, a hairline under it."""
    column = 0
    for group, members in groupby(heads, key=lambda head: head.group):
        count = len(list(members))
        x, width = grid.left + column * grid.cell, count * grid.cell - 3
        yield Text(
            x + 2, sizes.note, cut(group, width, sizes.note, measure), "text2", sizes.note, tooltip=group
        )
        yield Line(((x, sizes.note + 5), (x + width, sizes.note + 5)), "rule")
        column += count


def _row_words(row: MatrixRow, y: float, grid: MatrixGrid, sizes: Sizes, measure: Measure) -> Iterator[Shape]:
    base = y + grid.row / 2 + sizes.note * 0.36
    name = one_line(row.name)
    shown = cut(name, grid.names, sizes.note, measure)
    yield Text(0, base, shown, size=sizes.note, tooltip="" if shown == name else name)
    colour = "warn" if row.value == UNKNOWN else "text2"
    yield Text(grid.left - GAP, base, row.value, colour, sizes.note, anchor="end")
    if row.why:
        yield Text(grid.left + 4, base, "not computed", "warn", sizes.axis, tooltip=row.why)


def _cell(
    part: float,
    head: MatrixHead,
    x: float,
    y: float,
    grid: MatrixGrid,
    labels: Labels,
    sizes: Sizes,
    measure: Measure,
) -> Iterator[Shape]:
    """Yield a cell, 1 px free around it; what there is none of is only a dot to lead the eye."""
    middle, centre = x + grid.cell / 2, y + grid.row / 2
    if part <= 0:
        yield Rect(middle - 0.5, centre - 0.5, 1, 1, fill="mute")
        return
    words = part_words(part, labels)
    if head.unknown:
        side = (grid.cell - 2 - measure(words, sizes.axis, False)) / 2 - 4
        for left in (x + 1, x + grid.cell - 1 - side):
            spacing, line = SMALL_UNKNOWN
            yield Hatch(left, y + 1, side, grid.row - 2, "mute", True, spacing, line)
    else:
        yield Rect(x + 1, y + 1, grid.cell - 2, grid.row - 2, fill=tint_role(head.dimension, part))
    yield Text(middle, centre + sizes.axis * 0.36, words, "ink", sizes.axis, anchor="middle")


def part_words(part: float, labels: Labels) -> str:
    """Return "all" or the per cent as a bare number; what would be rounded to nothing is "< 1"."""
    return "all" if part >= ALL else labels.share(part).removesuffix("%").rstrip()
