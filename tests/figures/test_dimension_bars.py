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
