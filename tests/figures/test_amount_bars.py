"""Amounts as bars: lengths tell amounts, the rest has none."""

import pytest

from desktop_app.figures.amount_bars import AmountBar, amount_bars
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Rect, Text

BARS = (
    AmountBar("a", "32 ETH validator", 31186.0, 0.30),
    AmountBar("b", "rsETH", 15593.0, 1.0),
    AmountBar("others", "6 others", 90000.0, bar=False),
)


def rects(figure: Figure) -> list[Rect]:
    return [shape for shape in figure.shapes if isinstance(shape, Rect)]


def test_lengths_tell_amounts_and_the_rest_has_no_bar() -> None:
    first, second = rects(amount_bars(BARS, Labels(), 356))
    assert second.width == pytest.approx(first.width / 2)
    assert first.x == second.x


def test_every_line_says_amount_and_part() -> None:
    figure = amount_bars(BARS, Labels(), 356)
    assert [t.name for t in figure.targets] == [
        "32 ETH validator: 31,186, 30\u202f%",
        "rsETH: 15,593, 100\u202f%",
        "6 others: 90,000",
    ]


def test_without_parts_the_amounts_stand_at_the_end() -> None:
    figure = amount_bars(BARS[2:], Labels(), 356)
    assert [s.x for s in figure.shapes if isinstance(s, Text) and s.anchor == "end"] == [356]


def test_what_is_gained_has_no_bar() -> None:
    assert not rects(amount_bars((AmountBar("a", "A", -5.0),), Labels(), 356))
