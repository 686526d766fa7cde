"""The bars of one dimension: lengths tell shares, the yardsticks cross them, unknown is hatched."""

import pytest

from desktop_app.domain.positions import Dimension
from desktop_app.figures.dimension_bars import OTHERS, Bar, dimension_bars
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Hatch, Line, Rect, Text

P2P = Bar("operator:p2p", "P2P", Dimension.OPERATOR, 340.0, 0.34)
NOBODY = Bar("unknown:operator", "Not published", Dimension.OPERATOR, 390.0, 0.39)
WIDTH = 404.0


def marks(figure: Figure) -> list[float]:
    return [line.points[0][0] for line in figure.shapes if isinstance(line, Line)]


def blocks(figure: Figure) -> list[Rect | Hatch]:
    return [shape for shape in figure.shapes if isinstance(shape, Rect | Hatch)]


def test_bars_and_yardsticks_have_one_scale_from_zero() -> None:
    figure = dimension_bars((NOBODY, P2P), Labels(), WIDTH)
    hatch, bar = blocks(figure)
    ten, quarter = marks(figure)
    assert bar.x == hatch.x
    per_share = bar.width / 0.34
    assert hatch.width == pytest.approx(0.39 * per_share)
    assert (ten - bar.x, quarter - bar.x) == pytest.approx((0.10 * per_share, 0.25 * per_share))


def test_small_shares_leave_both_yardsticks_in_sight() -> None:
    figure = dimension_bars((Bar("a", "A", Dimension.TOKEN, 1.0, 0.01),), Labels(), WIDTH)
    assert max(marks(figure)) < WIDTH - 40


def test_what_nobody_has_published_is_hatched() -> None:
    assert [type(block) for block in blocks(dimension_bars((NOBODY, P2P), Labels(), WIDTH))] == [Hatch, Rect]


def test_what_stands_together_has_numbers_and_no_bar() -> None:
    others = Bar(OTHERS, "9 others", Dimension.OPERATOR, 820.0, 0.82)
    figure = dimension_bars((P2P, others), Labels(), WIDTH)
    assert len(blocks(figure)) == 1
    assert "82\u202f%" in [shape.text for shape in figure.shapes if isinstance(shape, Text)]
    assert blocks(figure)[0].width > WIDTH / 2, "the scale is that of the names"


def test_every_row_can_be_pointed_at_and_says_its_numbers() -> None:
    first, second = dimension_bars((NOBODY, P2P), Labels(), WIDTH).targets
    assert (first.id, second.id) == ("unknown:operator", "operator:p2p")
    assert second.name == "P2P: 34\u202f%, USD\u00a0340"


def test_yardsticks_too_near_for_their_words_have_one() -> None:
    narrow = dimension_bars((Bar("a", "A", Dimension.TOKEN, 1000.0, 1.0),), Labels(), 200)
    words = [s.text for s in narrow.shapes if isinstance(s, Text) and s.anchor == "middle"]
    assert words == ["10\u202f%"]
    assert len(marks(narrow)) == 2


# -- limits ------------------------------------------------------------------------------------------------


def limited(share: float, limit: float | None, *, over: bool = False, name: str = "P2P") -> Bar:
    return Bar(f"operator:{name}", name, Dimension.OPERATOR, share * 1000, share, limit, over)


def lines(figure: Figure, colour: str) -> list[Line]:
    return [s for s in figure.shapes if isinstance(s, Line) and s.colour == colour]


def test_a_broken_limit_is_red_with_a_sign_and_a_bold_share() -> None:
    figure = dimension_bars(
        (limited(0.34, 0.30, over=True), limited(0.16, 0.30, name="Kiln")), Labels(), WIDTH
    )
    (line,) = lines(figure, "alarm")
    bar = blocks(figure)[0]
    assert line.points[0][0] == pytest.approx(bar.x + bar.width * 0.30 / 0.34)
    texts = {s.text: s for s in figure.shapes if isinstance(s, Text)}
    assert texts["34\u202f%"].bold
    assert not texts["16\u202f%"].bold
    assert texts["▲"].colour == texts["limit 30\u202f%"].colour == "alarm"
    assert figure.targets[0].name.endswith("over your 30\u202f%")


def test_a_limit_that_is_kept_is_ink() -> None:
    figure = dimension_bars((limited(0.16, 0.30),), Labels(), WIDTH)
    assert not lines(figure, "alarm")
    assert len(lines(figure, "ink")) == 1
    assert figure.targets[0].name.endswith("under your 30\u202f%")


def test_a_limit_crosses_only_the_rows_that_it_bounds() -> None:
    figure = dimension_bars((limited(0.34, 0.5), NOBODY, limited(0.1, 0.5, name="Kiln")), Labels(), WIDTH)
    first, second = lines(figure, "ink")
    assert first.points[0][0] == second.points[0][0]
    assert first.points[1][1] < second.points[0][1]


def test_the_words_of_a_limit_stand_over_the_one_of_most_rows() -> None:
    figure = dimension_bars(
        (limited(0.34, 0.3, over=True), limited(0.2, 0.3, name="Kiln"), limited(0.1, 0.2, name="Figment")),
        Labels(),
        WIDTH,
    )
    assert [s.text for s in figure.shapes if isinstance(s, Text) and s.text.startswith("limit")] == [
        "limit 30\u202f%"
    ]


def test_a_limit_beyond_every_bar_is_in_sight() -> None:
    figure = dimension_bars((limited(0.1, 0.8),), Labels(), WIDTH)
    assert lines(figure, "ink")[0].points[0][0] < WIDTH - 40
