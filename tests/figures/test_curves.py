"""The ladder: shares that only rise, on the axis of the timeline, every curve named."""

from dataclasses import replace
from itertools import pairwise

import pytest

from desktop_app.figures.curves import ladder, ladder_with_dates
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Line, Text
from desktop_app.figures.time_axis import TimeAxis
from tests.figures.examples import AS_OF, some_withdrawals

AXIS = TimeAxis(AS_OF, 100, 500)
ANSWER = some_withdrawals()
FIGURE = ladder(ANSWER, AXIS, Labels(), 190)
STEPS = {"accent": 2.6, "dimension:lender": 2.0}


def stairs(figure: Figure) -> list[Line]:
    return [shape for shape in figure.shapes if isinstance(shape, Line) and len(shape.points) > 2]


def test_curves_are_steps_that_never_fall() -> None:
    for line in stairs(FIGURE):
        for (x, y), (next_x, next_y) in pairwise(line.points):
            assert (x == next_x) != (y == next_y)
            assert next_x >= x
            assert next_y <= y


def test_a_step_stands_on_its_day_at_its_share() -> None:
    day, arrived = ANSWER.ladder.curve["typical"][1]
    typical = next(line for line in stairs(FIGURE) if line.colour == "accent")
    bottom = typical.points[0][1]
    top = min(s.points[0][1] for s in FIGURE.shapes if isinstance(s, Line) and s.colour == "grid")
    wanted = bottom - arrived / ANSWER.value * (bottom - top)
    assert any(x == pytest.approx(AXIS.x(day)) and y == pytest.approx(wanted) for x, y in typical.points)


def test_the_typical_curve_is_drawn_last_and_covered_by_none() -> None:
    assert stairs(FIGURE)[-1].colour == "accent"


def test_earliest_is_dotted_and_latest_dashed() -> None:
    assert {line.dash for line in stairs(FIGURE)} == {(), (2.0, 3.0), (6.0, 4.0)}


def test_names_stand_fifteen_pixels_apart() -> None:
    words = {"typical", "fastest", "slowest", "market first"}
    names = sorted(s.y for s in FIGURE.shapes if isinstance(s, Text) and s.text in words)
    assert len(names) == 4
    assert all(below - above >= 15 - 1e-9 for above, below in pairwise(names))


def test_without_a_market_there_is_no_second_curve() -> None:
    curve = ANSWER.ladder.curve
    figure = ladder(replace(ANSWER, ladder=replace(ANSWER.ladder, market_curve=curve)), AXIS, Labels(), 190)
    assert "market first" not in [s.text for s in figure.shapes if isinstance(s, Text)]


def test_nothing_priced_draws_no_curve() -> None:
    assert stairs(ladder(replace(ANSWER, value=0.0), AXIS, Labels(), 190)) == []


def test_alone_it_says_the_days() -> None:
    figure = ladder_with_dates(ANSWER, AXIS, Labels(), 190)
    assert "today" in [s.text for s in figure.shapes if isinstance(s, Text)]
    assert figure.height == 190


def test_a_curve_of_which_nothing_arrives_is_not_drawn() -> None:
    for nothing in ((), ((0.0, 0.0),)):
        curves = {**ANSWER.ladder.curve, "typical": nothing}
        answer = replace(ANSWER, ladder=replace(ANSWER.ladder, curve=curves, market_curve=curves))
        figure = ladder(answer, AXIS, Labels(), 190)
        assert "accent" not in {line.colour for line in stairs(figure)}
        assert "typical" not in [s.text for s in figure.shapes if isinstance(s, Text)]
        assert "slowest" in [s.text for s in figure.shapes if isinstance(s, Text)]
