"""Bars of shares: lengths tell values, unknown is hatched."""

import pytest

from desktop_app.analysis.exposure import NodeExposure
from desktop_app.domain.positions import Dimension
from desktop_app.figures.bars import share_bars
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Hatch, Rect, Text
from desktop_app.figures.share_rows import ShareRow, share_rows

LABELS = Labels()
NODES = (
    NodeExposure("eigenlayer", Dimension.PLATFORM, 520.0, 0.52, 5, {}),
    NodeExposure("unknown:operator", Dimension.UNKNOWN, 390.0, 0.39, 1, {}),
)


def name(node: str) -> str:
    return node.capitalize()


def kind(dimension: Dimension) -> str:
    return str(dimension)


def words(texts: object) -> list[str]:
    return [shape.text for shape in texts if isinstance(shape, Text)]  # type: ignore[attr-defined]


def test_a_share_bar_is_its_share_of_the_track() -> None:
    figure = share_bars(NODES, LABELS, 336, name, kind)
    bar = next(
        s for s in figure.shapes if isinstance(s, Rect) and s.fill == "dimension:platform" and s.height == 8
    )
    assert bar.width == pytest.approx(0.52 * 336)


def test_what_nobody_has_published_is_hatched() -> None:
    figure = share_bars(NODES, LABELS, 336, name, kind)
    assert [shape.rising for shape in figure.shapes if isinstance(shape, Hatch)] == [True, True]


def test_share_bars_say_kind_value_and_count() -> None:
    texts = words(share_bars(NODES, LABELS, 336, name, kind).shapes)
    assert texts[:3] == ["Eigenlayer", "52\u202f%", "platform, USD\u00a0520 in 5 positions"]
    assert "unknown, USD\u00a0390 in one position" in texts


def test_a_long_name_is_cut_and_whole_in_the_tooltip() -> None:
    figure = share_bars(
        NODES[:1], LABELS, 200, lambda _: "A name of far more than forty letters in all", kind
    )
    title = next(shape for shape in figure.shapes if isinstance(shape, Text))
    assert title.text.endswith("…")
    assert title.tooltip == "A name of far more than forty letters in all"
    assert figure.targets[0].tooltip.startswith("A name of far more than forty letters in all")


UNPRICED = NodeExposure("renzo", Dimension.PROTOCOL, 0.0, 0.0, 1, {"p": 1.0}, priced=False)


def test_nothing_priced_on_a_node_is_unknown_and_never_zero() -> None:
    rows = [ShareRow(node, name(node.node), kind(node.dimension)) for node in (NODES[0], UNPRICED)]
    for figure in (
        share_bars((NODES[0], UNPRICED), LABELS, 336, name, kind),
        share_rows(rows, LABELS, 680),
    ):
        said = [s for s in figure.shapes if isinstance(s, Text) and s.text == "unknown"]
        assert said
        assert {s.colour for s in said} == {"warn"}
        assert not [text for text in words(figure.shapes) if text in {"0", "0\u202f%"}]
        assert (
            figure.targets[1].name == "renzo: unknown, protocol, value unknown in one position".capitalize()
        )


def test_the_track_of_an_unknown_share_is_hatched() -> None:
    figure = share_bars((UNPRICED,), LABELS, 336, name, kind)
    assert [s.width for s in figure.shapes if isinstance(s, Hatch)] == [336]


def test_a_limit_is_marked_across_the_bar_and_said_under_it() -> None:
    figure = share_bars(NODES, LABELS, 336, name, kind, limits={"eigenlayer": 0.4, "unknown:operator": 0.5})
    mark = next(s for s in figure.shapes if isinstance(s, Rect) and s.fill == "ink")
    assert mark.x + mark.width / 2 == pytest.approx(0.4 * 336)
    texts = {s.text: s.colour for s in figure.shapes if isinstance(s, Text)}
    assert texts["▲ over your 40\u202f%"] == "alarm"
    assert texts["under your 50\u202f%"] == "text2"
    assert figure.targets[0].name.endswith("▲ over your 40\u202f%")


def test_a_share_that_is_not_known_has_no_limit_mark() -> None:
    figure = share_bars((UNPRICED,), LABELS, 336, name, kind, limits={UNPRICED.node: 0.4})
    assert not [s for s in figure.shapes if isinstance(s, Rect) and s.fill == "ink"]
