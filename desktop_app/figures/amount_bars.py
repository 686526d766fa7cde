"""Amounts as bars, a line each: name, bar, amount, and a share behind it (look.md 5, contributions)."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.figures.bars import GAP
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Measure, Rect, Shape, Target, Text
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.texts import estimate, fitting, one_line

WIDEST_NAME = 0.48


@dataclass(frozen=True, slots=True)
class AmountBar:
    """One line: an amount in the portfolio's currency, and what part of the thing that is (None: not told).

    ``bar`` False: it stands for the rest and has no bar. ``short``: the name where the whole has no room.
    """

    id: str
    name: str
    amount: float
    part: float | None = None
    colour: str = "accent"
    bar: bool = True
    short: str = ""


def amount_bars(
    bars: Sequence[AmountBar],
    labels: Labels,
    width: float,
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
    headline: str = "",
) -> Figure:
    """Return the lines under each other on one scale from zero; a negative amount has no bar."""
    text, row = sizes.text, sizes.row - 4
    names = min(max([measure(one_line(b.name), text, False) for b in bars], default=0), WIDEST_NAME * width)
    amounts = max([measure(labels.money(b.amount), text, False) for b in bars], default=0)
    parts = max([measure(_part(b, labels), text, False) for b in bars], default=0)
    right = width - (parts + GAP if parts else 0)
    area = right - amounts - GAP - names - GAP
    most = max([b.amount for b in bars if b.bar], default=0) or 1.0
    shapes: list[Shape] = []
    targets = []
    for number, bar in enumerate(bars):
        middle = number * row + row / 2
        base, name = middle + sizes.drop, one_line(bar.name)
        shown = fitting(name, bar.short, names, text, measure)
        money = labels.money(bar.amount)
        length = area * max(bar.amount, 0) / most
        shapes.append(Text(0, base, shown, size=text, tooltip="" if shown == name else name))
        if bar.bar and length > 0:
            top = middle - sizes.bar / 2 + 0.5
            shapes.append(Rect(names + GAP, top, max(length, 1), sizes.bar - 1, fill=bar.colour))
        shapes.append(Text(right, base, money, size=text, anchor="end"))
        if bar.part is not None:
            shapes.append(Text(width, base, _part(bar, labels), "text2", text, anchor="end"))
        line = ", ".join(part for part in (f"{name}: {money}", _part(bar, labels)) if part)
        targets.append(Target(bar.id, 0, number * row, width, row, line, line))
    return Figure(width, len(bars) * row, tuple(shapes), tuple(targets), headline)


def _part(bar: AmountBar, labels: Labels) -> str:
    return "" if bar.part is None else labels.share(bar.part)
