"""Shares on paper: lengths in proportion, limits across their bars."""

import pytest

from desktop_app.analysis.exposure import NodeExposure
from desktop_app.domain.positions import Dimension
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Hatch, Line, Rect, Text
from desktop_app.figures.share_rows import ShareRow, share_rows

PLATFORM = NodeExposure("eigenlayer", Dimension.PLATFORM, 520.0, 0.52, 5, {})
UNKNOWN = NodeExposure("unknown:operator", Dimension.UNKNOWN, 390.0, 0.39, 1, {})


def drawn(*rows: ShareRow, width: float = 680) -> Figure:
    return share_rows(rows, Labels(), width)


def row(limit: float | None = None, name: str = "EigenLayer") -> ShareRow:
    return ShareRow(PLATFORM, name, "platform", limit)


def texts(figure: Figure) -> dict[str, Text]:
    said = [shape for shape in figure.shapes if isinstance(shape, Text)]
    return {text.text.replace("\u00a0", " ").replace("\u202f", " "): text for text in said}


def test_bars_have_lengths_in_proportion() -> None:
    figure = drawn(row(), ShareRow(UNKNOWN, "Operators not published", "not known"))
    solid = next(s for s in figure.shapes if isinstance(s, Rect))
    hatched = next(s for s in figure.shapes if isinstance(s, Hatch))
    assert solid.width / hatched.width == pytest.approx(0.52 / 0.39)


def test_nothing_priced_has_no_bar() -> None:
    node = NodeExposure("a", Dimension.PLATFORM, None, None, 2, {})
    figure = drawn(ShareRow(node, "A", "platform"))
    assert not any(isinstance(shape, Rect) for shape in figure.shapes)
    assert [s.text for s in figure.shapes if isinstance(s, Text)].count("unknown") == 2


@pytest.mark.parametrize(
    ("limit", "said", "role"), [(0.4, "▲ over your 40 %", "alarm"), (0.6, "under your 60 %", "text2")]
)
def test_a_limit_is_a_mark_at_its_place_and_says_how_it_stands(limit: float, said: str, role: str) -> None:
    figure = drawn(row(limit))
    bar = next(s for s in figure.shapes if isinstance(s, Rect))
    mark = [s for s in figure.shapes if isinstance(s, Line)][-1]
    assert (mark.points[0][0] - bar.x) / bar.width == pytest.approx(limit / 0.52)
    assert texts(figure)[said].colour == role
    assert texts(figure)["EigenLayer"].bold is (role == "alarm")
    assert said in figure.targets[0].name.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_share_that_is_the_limit_keeps_it() -> None:
    assert "under your 52 %" in texts(drawn(row(0.52)))


def test_without_limits_no_room_is_kept_for_them() -> None:
    plain, limited = (next(s for s in drawn(row(x)).shapes if isinstance(s, Rect)) for x in (None, 0.9))
    assert plain.width > limited.width


def test_a_long_name_is_cut_and_told_whole() -> None:
    figure = drawn(row(name="N" * 200))
    cut = next(s for s in figure.shapes if isinstance(s, Text))
    assert cut.text.endswith("…")
    assert cut.tooltip == "N" * 200
