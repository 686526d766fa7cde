"""The curve of the year: steps on a log scale, the corner and what causes a plateau."""

from itertools import pairwise

import pytest

from desktop_app.figures.exceedance import Corner, Exceedance, Named, exceedance
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Line, Polygon, Text
from desktop_app.figures.texts import estimate

POINTS = ((10_000.0, 0.2), (22_600.0, 0.05), (80_000.0, 0.008), (90_000.0, 0.001))
CORNER = Corner(22_600.0, 0.05, "1 year in 20: 22,600 or more", 35_400.0, "on average then 35,400")
NAMED = Named(40_000.0, 80_000.0, 0.008, "EigenLayer fails")
WIDTH, HEIGHT = 434.0, 236.0


def drawn(told: Exceedance, labels: Labels | None = None, width: float = WIDTH) -> Figure:
    return exceedance(told, labels or Labels(), width, HEIGHT)


def words(figure: Figure) -> list[str]:
    return [shape.text for shape in figure.shapes if isinstance(shape, Text)]


def stairs(figure: Figure) -> tuple[tuple[float, float], ...]:
    return next(s.points for s in figure.shapes if isinstance(s, Line) and s.width == 2)


def test_the_curve_falls_in_steps_and_is_not_filled() -> None:
    points = stairs(drawn(Exceedance(POINTS)))
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    assert [y for _, y in points] == sorted(y for _, y in points)
    assert not [s for s in drawn(Exceedance(POINTS)).shapes if isinstance(s, Polygon)]


def test_chances_stand_on_a_log_scale() -> None:
    points = stairs(drawn(Exceedance(((1.0, 0.1), (2.0, 0.01), (3.0, 0.001)))))
    heights = sorted({y for _, y in points})
    assert heights[1] - heights[0] == pytest.approx(heights[2] - heights[1])


def test_the_corner_points_at_its_loss_and_chance() -> None:
    figure = drawn(Exceedance(POINTS, CORNER))
    dot = next(s for s in figure.shapes if isinstance(s, Polygon))
    x = sum(p[0] for p in dot.points) / len(dot.points)
    y = sum(p[1] for p in dot.points) / len(dot.points)
    assert min(abs(a - x) + abs(b - y) for a, b in stairs(figure)) < 0.01
    assert {CORNER.words, CORNER.average_words} <= set(words(figure))


def test_a_plateau_is_named_where_it_is_wide_enough() -> None:
    assert "EigenLayer fails" in words(drawn(Exceedance(POINTS, CORNER, NAMED)))
    narrow = Named(40_000.0, 40_500.0, 0.008, "EigenLayer fails")
    assert "EigenLayer fails" not in words(drawn(Exceedance(POINTS, CORNER, narrow)))


def test_words_at_the_right_end_stand_left_of_what_they_name() -> None:
    corner = Corner(85_000.0, 0.005, "1 year in 100: 85,000 or more", 89_000.0, "on average then 89,000")
    figure = drawn(Exceedance(POINTS, corner))
    texts = [s for s in figure.shapes if isinstance(s, Text) and s.colour == "accent"]
    assert [text.anchor for text in texts] == ["end", "end"]


def test_chances_above_30_per_cent_have_room() -> None:
    assert "100\u202f%" in words(drawn(Exceedance(((5.0, 0.6), (9.0, 0.01)))))
    assert "100\u202f%" not in words(drawn(Exceedance(POINTS)))


@pytest.mark.parametrize("width", [160, 220, 258, 300, 434, 900])
def test_losses_stand_evenly_under_the_axis_and_do_not_touch(width: float) -> None:
    texts = [s for s in drawn(Exceedance(POINTS), width=width).shapes if isinstance(s, Text)]
    amounts = [(int(s.text.replace(",", "")), s) for s in texts if s.text.replace(",", "").isdigit()]
    apart = {after[0] - before[0] for before, after in pairwise(amounts)}
    assert len(apart) <= 1
    for (_, before), (_, after) in pairwise(amounts):
        assert before.x + estimate(before.text, before.size, False) < after.x
    assert amounts[-1][1].x + estimate(amounts[-1][1].text, amounts[-1][1].size, False) <= width


def test_hidden_amounts_leave_the_chances() -> None:
    texts = words(drawn(Exceedance(POINTS), Labels(hide_amounts=True)))
    assert not any("000" in text for text in texts)
    assert "1\u202f%" in texts


def test_axes_start_at_zero_with_at_most_six_ticks() -> None:
    for most in (7.0, 999.0, 90_700.0, 2_090_000.0):
        figure = drawn(Exceedance(((most, 0.01),)))
        axis = figure.height - 2 * 11 - 14
        ticks = [s for s in figure.shapes if isinstance(s, Line) and s.points[0][1] == axis < s.points[1][1]]
        assert 2 <= len(ticks) <= 6


def test_nothing_to_draw_draws_no_steps() -> None:
    assert stairs(drawn(Exceedance(()))) == ()


def test_amounts_of_many_digits_leave_each_other_room() -> None:
    figure = drawn(Exceedance(((210_000_000.0, 0.5), (220_000_000.0, 0.001))), width=414)
    amounts = [s for s in figure.shapes if isinstance(s, Text) and s.text.replace(",", "").isdigit()]
    spans = sorted((s.x, s.x + estimate(s.text, s.size, False)) for s in amounts)
    assert spans[-1][1] <= 414
    assert all(a[1] < b[0] for a, b in pairwise(spans))


def test_words_give_way_to_the_curve() -> None:
    steep = tuple((float(n), 0.2 * 0.8**n) for n in range(1, 26))
    figure = drawn(Exceedance(steep, Corner(6.0, 0.05, "1 year in 20", 20.0, "on average then 20")))
    average = next(s for s in figure.shapes if isinstance(s, Text) and s.text.startswith("on average"))
    assert average.anchor == "end"


def test_words_without_room_between_two_lines_stand_over_the_curve() -> None:
    falling = tuple((float(x), 10 ** (-x / 100)) for x in range(0, 330, 2))
    told = Corner(130.0, 0.05, "1 year in 20", 160.0, "on average then 160 million")
    figure = drawn(Exceedance(falling, told))
    average = next(s for s in figure.shapes if isinstance(s, Text) and s.text.startswith("on average"))
    lines = [s for s in figure.shapes if isinstance(s, Line) and s.colour == "accent"]
    assert average.anchor == "start"
    assert all(s.points[0][0] <= average.x or s.points[1][0] >= average.x + 60 for s in lines)
    assert average.y < max(y for s in lines for _, y in s.points) - 20
