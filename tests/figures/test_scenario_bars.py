"""Scenario rows: one scale from zero, a dot at the loss, a whisker where low and high differ."""

import pytest

from desktop_app.figures.labels import Labels
from desktop_app.figures.scenario_bars import INSET, ScenarioBar, nice_step, row_height, scenario_bars
from desktop_app.figures.shapes import Figure, Line, Polygon, Rect, Text
from desktop_app.figures.sizes import SCREEN

ONE = ScenarioBar("e", "EigenLayer loses 30 %", 86742.0, 86742.0, 86742.0, 0.21)
TWO = ScenarioBar("l", "Lido and ether.fi", 52801.0, 47000.0, 54000.0, 0.13, "24 Apr 2024")
WIDTH = 356.0


def drawn(*bars: ScenarioBar, labels: Labels | None = None, chosen: str = "") -> Figure:
    return scenario_bars(bars, labels or Labels(), WIDTH, chosen=chosen)


def middle(dot: Polygon) -> float:
    return sum(x for x, _ in dot.points) / len(dot.points)


def test_losses_stand_on_one_scale_from_zero() -> None:
    first, second = (shape for shape in drawn(ONE, TWO).shapes if isinstance(shape, Polygon))
    assert (middle(second) - INSET) / (middle(first) - INSET) == pytest.approx(52801 / 86742)
    bars = [s for s in drawn(ONE, TWO).shapes if isinstance(s, Rect) and s.fill == "line"]
    assert [bar.x for bar in bars] == [INSET, INSET]


def test_only_a_range_has_a_whisker() -> None:
    whiskers = [s for s in drawn(ONE, TWO).shapes if isinstance(s, Line) and s.colour == "ink"]
    assert len(whiskers) == 3
    low, high = whiskers[0].points
    dot = next(s for s in drawn(TWO, ONE).shapes if isinstance(s, Polygon))
    assert low[0] < middle(dot) < high[0]
    assert all(y > row_height(SCREEN) for _, y in whiskers[0].points)


def test_the_chosen_row_is_marked_in_more_than_colour() -> None:
    figure = drawn(ONE, TWO, chosen="l")
    name = next(s for s in figure.shapes if isinstance(s, Text) and s.text == TWO.name)
    assert name.bold
    ground = next(s for s in figure.shapes if isinstance(s, Rect) and s.fill == "sel")
    assert (ground.y, ground.height) == (row_height(SCREEN), row_height(SCREEN))


def test_hidden_amounts_leave_no_axis_and_no_amount() -> None:
    texts = [s.text for s in drawn(ONE, labels=Labels(hide_amounts=True)).shapes if isinstance(s, Text)]
    assert texts == ["21\u202f%", "•••", ONE.name]


def test_a_remark_gives_way_to_the_name() -> None:
    long = ScenarioBar("x", "A name that takes all the room there is here", 1.0, 1.0, 1.0, 0.1, "24 Apr 2024")
    texts = [s.text for s in drawn(long).shapes if isinstance(s, Text)]
    assert "  24 Apr 2024" not in texts
    assert "24 Apr 2024" in drawn(long).targets[0].tooltip


def test_nothing_lost_is_drawn_at_zero() -> None:
    figure = drawn(ScenarioBar("x", "X", 0.0, 0.0, 0.0, 0.0))
    assert middle(next(s for s in figure.shapes if isinstance(s, Polygon))) == pytest.approx(INSET)


@pytest.mark.parametrize(
    ("least", "step"), [(1, 1), (17000, 20000), (21000, 25000), (300, 500), (0.03, 0.05)]
)
def test_ticks_are_round(least: float, step: float) -> None:
    assert nice_step(least) == pytest.approx(step)


def test_at_most_six_ticks() -> None:
    for most in (1.0, 99.0, 12345.0, 999999.0):
        figure = drawn(ScenarioBar("x", "X", most, most, most, 0.1))
        assert 2 <= sum(isinstance(s, Line) and s.colour == "grid" for s in figure.shapes) <= 6
