"""The rows of the Rewards page: what a layer pays against what it is assumed to lose (look.md 5, Ratio)."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop_app.figures.hatching import unknown_hatch
from desktop_app.figures.shapes import Figure, Line, Measure, Polygon, Rect, Shape, Target, Text
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.texts import cut, estimate, one_line, widest

LEAST, MOST = 0.3, 700.0
"""The ends of the scale; ratios beyond them stand at its ends."""
TICKS = (1.0, 10.0, 100.0)
GAP = 14.0
INDENT = 8.0
WIDEST_NAME = 190.0
STICK = 140.0
DOT = 4.0


@dataclass(frozen=True, slots=True)
class RewardRow:
    """A layer in words, with its ratio as a number.

    ``ratio`` None: unknown, drawn as a hatched strip; with ``lossless`` there is no loss to compare with.
    ``weak`` numbers are bold, ``extra`` layers drawn in the accent. ``keys`` are the ids of the numbers that
    explain themselves, by column; ``warned`` the columns that are told in ochre.
    """

    id: str
    position: str
    layer: str
    rate: str
    reward: str
    loss: str
    ratio_text: str
    margin: str
    breakeven: str
    assumed: str
    ratio: float | None
    lossless: bool
    extra: bool
    weak: bool
    keys: dict[str, str]
    warned: frozenset[str]


@dataclass(frozen=True, slots=True)
class RewardColumns:
    """Left edges of the words and of the scale, right edges of the numbers, for one width."""

    layer: float
    rate: float
    reward: float
    loss: float
    stick: float
    ratio: float
    margin: float
    breakeven: float
    assumed: float

    def at(self, ratio: float) -> float:
        """Return where a ratio stands on the scale, within its ends."""
        part = math.log(min(max(ratio, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)
        return self.stick + DOT + part * (STICK - 2 * DOT)


HEADINGS = {
    "position": "Position",
    "layer": "Layer",
    "rate": "Rate",
    "reward": "{currency} a year",
    "loss": "assumed loss",
    "ratio": "ratio",
    "margin": "margin",
    "breakeven": "Break-even",
    "assumed": "you assumed, years",
}


def reward_columns(
    rows: Sequence[RewardRow],
    currency: str,
    width: float,
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
) -> RewardColumns:
    """Return the columns, wide enough for every row; the break-even has what is left."""

    def needed(column: str, texts: Iterable[str]) -> float:
        head = measure(HEADINGS[column].format(currency=currency), sizes.note, False)
        return max(head, widest(texts, sizes.text, measure, bold=True))

    layer = min(needed("position", [one_line(r.position) for r in rows]), WIDEST_NAME) + INDENT + GAP
    rate = layer + needed("layer", [r.layer for r in rows]) + GAP + needed("rate", [r.rate for r in rows])
    reward = rate + GAP + needed("reward", [r.reward for r in rows])
    loss = reward + GAP + needed("loss", [r.loss for r in rows])
    ratio = loss + GAP + STICK + GAP + needed("ratio", [r.ratio_text for r in rows])
    margin = ratio + GAP + needed("margin", [r.margin for r in rows])
    return RewardColumns(layer, rate, reward, loss, loss + GAP, ratio, margin, margin + GAP + 4, width)


def reward_head(columns: RewardColumns, currency: str, sizes: Sizes = SCREEN) -> Figure:
    """Return the headings with the ticks of the scale, over a dark rule."""
    height = sizes.note + 14
    shapes: list[Shape] = []
    lefts = {"position": 0.0, "layer": columns.layer, "breakeven": columns.breakeven}
    for column, heading in HEADINGS.items():
        left = column in lefts
        x = lefts[column] if left else getattr(columns, column)
        text = heading.format(currency=currency)
        shapes.append(_word(x, height - 9, text, sizes.note, "text2", end=not left))
    for tick in TICKS:
        bold = tick == 1
        shapes.append(
            Text(
                columns.at(tick),
                height - 9,
                f"{tick:.0f}",
                "ink" if bold else "text2",
                sizes.axis,
                bold,
                "middle",
            )
        )
    shapes.append(Line(((0, height - 0.5), (columns.assumed, height - 0.5)), "ink"))
    return Figure(columns.assumed, height, tuple(shapes))


def reward_rows(
    rows: Sequence[RewardRow],
    columns: RewardColumns,
    chosen: str = "",
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
    headline: str = "",
) -> Figure:
    """Return the rows; targets are the position and every number that explains itself."""
    height = len(rows) * sizes.row
    shapes: list[Shape] = [Line(((columns.at(t), 0), (columns.at(t), height)), "grid") for t in TICKS[1:]]
    targets: list[Target] = []
    for number, row in enumerate(rows):
        top = number * sizes.row
        if row.id == chosen:
            shapes.insert(0, Rect(0, top, columns.assumed, sizes.row, "sel"))
            shapes.insert(1, Rect(0, top, 3, sizes.row, "accent"))
        shapes += _row(row, top, columns, row.id == chosen, sizes, measure)
        targets += _targets(row, top, columns, sizes)
    shapes.append(Line(((columns.at(1), 0), (columns.at(1), height)), "ink"))
    return Figure(columns.assumed, height, tuple(shapes), tuple(targets), headline)


def _row(
    row: RewardRow, top: float, columns: RewardColumns, chosen: bool, sizes: Sizes, measure: Measure
) -> Iterator[Shape]:
    base = top + sizes.row / 2 + sizes.drop
    text = sizes.text
    name, room = one_line(row.position), columns.layer - GAP - (INDENT if chosen else 0)
    shown = cut(name, room, text, measure, bold=chosen)
    yield Text(
        INDENT if chosen else 0, base, shown, bold=chosen, size=text, tooltip="" if shown == name else name
    )
    yield Text(columns.layer, base, row.layer, "ink" if row.extra else "text2", text)
    for column, words in (
        ("rate", row.rate),
        ("reward", row.reward),
        ("loss", row.loss),
        ("ratio", row.ratio_text),
        ("margin", row.margin),
        ("assumed", row.assumed),
    ):
        bold = row.weak and column in {"loss", "ratio"}
        colour = "warn" if column in row.warned else "text2" if column == "margin" else "ink"
        yield Text(getattr(columns, column), base, words, colour, text, bold, "end")
    said = measure(row.assumed, text, False)
    room = columns.assumed - said - GAP - columns.breakeven
    words = cut(row.breakeven, room, sizes.note, measure)
    whole = "" if words == row.breakeven else row.breakeven
    colour = "warn" if "breakeven" in row.warned else "ink"
    yield Text(columns.breakeven, base, words, colour, sizes.note, tooltip=whole)
    yield from _stick(row, top + sizes.row / 2, columns, sizes)
    yield Line(((0, top + sizes.row - 0.5), (columns.assumed, top + sizes.row - 0.5)), "rule")


def _stick(row: RewardRow, middle: float, columns: RewardColumns, sizes: Sizes) -> Iterator[Shape]:
    """Yield a stick from 1 to the dot; an arrow to the left for 0 and less, a hatched strip for unknown."""
    colour = "accent" if row.extra else "base"
    if row.lossless:
        return
    if row.ratio is None:
        hatch = unknown_hatch(columns.stick, middle - sizes.bar / 2, STICK, sizes.bar, "mute")
        yield replace(hatch, outline="")
        return
    one = columns.at(1)
    if row.ratio <= 0:
        tip = columns.stick
        yield Line(((one, middle), (tip + 6, middle)), colour, 2)
        yield Polygon(((tip, middle), (tip + 7, middle - 4.5), (tip + 7, middle + 4.5)), colour)
        return
    dot = columns.at(row.ratio)
    yield Line(((one, middle), (dot, middle)), colour, 3)
    yield Rect(dot - DOT, middle - DOT, 2 * DOT, 2 * DOT, colour, radius=DOT)


def _targets(row: RewardRow, top: float, columns: RewardColumns, sizes: Sizes) -> Iterator[Target]:
    line = f"{one_line(row.position)}, {row.layer.lower()}"
    yield Target(f"row:{row.id}", 0, top, columns.layer - GAP, sizes.row, line, f"{line}: to the position")
    lefts = {
        "rate": columns.rate - 60,
        "reward": columns.rate + GAP,
        "loss": columns.reward + GAP,
        "ratio": columns.loss + GAP,
        "margin": columns.ratio + GAP,
        "breakeven": columns.breakeven,
        "assumed": columns.assumed - 40,
    }
    rights = {"breakeven": columns.assumed - 44}
    for column, left in lefts.items():
        if column in row.keys:
            right = rights.get(column) or getattr(columns, column)
            value = {"ratio": row.ratio_text}.get(column) or getattr(row, column)
            said = f"{line}: {HEADINGS[column].partition('{')[0].lower() or 'reward'} {value}"
            yield Target(
                row.keys[column],
                left,
                top,
                right - left,
                sizes.row,
                said,
                f"{said}. Click: how it came about",
            )


def _word(x: float, y: float, text: str, size: float, colour: str, *, end: bool) -> Text:
    return Text(x, y, text, colour, size, anchor="end" if end else "start")
