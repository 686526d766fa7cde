"""The layered graph: nothing overlaps, widths tell values, the same data give the same picture."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from desktop_app.analysis.dependencies import passing
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension
from desktop_app.figures.graph_nodes import FOLD, NODE
from desktop_app.figures.labels import Labels
from desktop_app.figures.layers import THICK, THINNEST, GraphOptions, LayeredGraph
from desktop_app.figures.shapes import Curve, Figure, Rect, Target, Text
from desktop_app.figures.texts import estimate
from desktop_app.report.svg import to_svg
from tests.builders import drawn
from tests.figures.graph_examples import generated, graph_of, named, twelve

EVERYTHING = GraphOptions(hidden=frozenset())


def examples() -> Iterator[tuple[Portfolio, float, GraphOptions]]:
    yield twelve(), 806, GraphOptions()
    yield twelve(), 1410, GraphOptions()
    yield twelve(), 1900, EVERYTHING
    yield generated(40, 60), 806, GraphOptions()
    yield generated(400, 300, seed=2), 1410, EVERYTHING
    yield generated(60, 40, seed=3), 806, GraphOptions(opened=frozenset({"fold:positions"}))


GRAPHS = [graph_of(portfolio, width, 620, options) for portfolio, width, options in examples()]


def curves(figure: Figure) -> dict[str, Curve]:
    """Return the lines at rest (one for each pair of ends) by id."""
    return {shape.id: shape for shape in figure.shapes if isinstance(shape, Curve)}


def sides(target: Target) -> tuple[float, float, float, float]:
    return target.x, target.y, target.x + target.width, target.y + target.height


@pytest.mark.parametrize("graph", GRAPHS)
def test_nodes_keep_six_pixels_between_them(graph: LayeredGraph) -> None:
    targets = graph.figure().targets
    columns = {t.x: sorted((o for o in targets if o.x == t.x), key=lambda o: o.y) for t in targets}
    for column in columns.values():
        assert all(below.y - above.y - NODE >= 6 - 1e-6 for above, below in pairwise(column))
    edges = sorted((column[0].x, column[0].x + column[0].width) for column in columns.values())
    assert all(left[1] < right[0] for left, right in pairwise(edges))


@pytest.mark.parametrize("graph", GRAPHS)
def test_lines_pass_beside_nodes_and_never_over_them(graph: LayeredGraph) -> None:
    figure = graph.figure()
    for curve in curves(figure).values():
        x, y = curve.start
        for segment in curve.segments:
            end_x, end_y = segment[4:]
            for target in figure.targets:
                left, top, right, bottom = sides(target)
                if x < right - 1e-6 and end_x > left + 1e-6:  # crosses the column: straight through a lane
                    assert y == end_y
                    assert y + curve.width / 2 <= top + 1e-6 or y - curve.width / 2 >= bottom - 1e-6
            x, y = end_x, end_y


@pytest.mark.parametrize("graph", GRAPHS)
def test_lines_run_from_node_to_node_inside_their_height(graph: LayeredGraph) -> None:
    figure = graph.figure()
    places = {target.id: sides(target) for target in figure.targets}
    for link in graph.links:
        curve = curves(figure)[f"{link.source}>{link.target}"]
        half = curve.width / 2 - 1e-6
        _, top, right, bottom = places[link.source]
        assert curve.start[0] == pytest.approx(right)
        assert top + half <= curve.start[1] <= bottom - half
        left, top, _, bottom = places[link.target]
        assert curve.segments[-1][4] == pytest.approx(left)
        assert top + half <= curve.segments[-1][5] <= bottom - half


@pytest.mark.parametrize("graph", GRAPHS)
def test_labels_stay_inside_their_boxes(graph: LayeredGraph) -> None:
    figure = graph.figure()
    places = {target.id: sides(target) for target in figure.targets}
    texts = [shape for shape in figure.shapes if isinstance(shape, Text) and shape.id in places]
    assert len(texts) == 3 * len(places)
    for text in texts:
        left, top, right, bottom = places[text.id]
        width = estimate(text.text, text.size, text.bold)
        start = text.x - (width if text.anchor == "end" else 0)
        assert left <= start
        assert start + width <= right
        assert top < text.y - text.size * 0.7 < text.y < bottom


@pytest.mark.parametrize("graph", GRAPHS)
def test_value_and_share_do_not_touch(graph: LayeredGraph) -> None:
    texts: dict[str, list[Text]] = {}
    for shape in graph.figure().shapes:
        if isinstance(shape, Text) and shape.id:
            texts.setdefault(shape.id, []).append(shape)
    for _, value, share in texts.values():
        start = share.x - estimate(share.text, share.size, False)
        assert value.x + estimate(value.text, value.size, False) < start


def test_the_same_data_give_the_same_picture() -> None:
    assert graph_of(twelve()).figure() == graph_of(twelve()).figure()


def test_the_order_of_the_rows_does_not_matter() -> None:
    portfolio = twelve()
    turned = replace(
        portfolio,
        nodes=dict(reversed(list(portfolio.nodes.items()))),
        positions=dict(reversed(list(portfolio.positions.items()))),
    )
    assert to_svg(graph_of(turned).figure()) == to_svg(graph_of(portfolio).figure())


def test_a_line_is_as_wide_as_the_value_on_it() -> None:
    figure = graph_of(named(drawn("a: 300 -> X", "b: 100 -> X", "c: 600 -> Y"))).figure()
    widths = {name: curve.width for name, curve in curves(figure).items()}
    assert widths == pytest.approx({"a>X": 0.3 * THICK, "b>X": 0.1 * THICK, "c>Y": 0.6 * THICK})


def test_no_line_is_thinner_than_can_be_seen() -> None:
    figure = graph_of(named(drawn("a: 1 -> X", "b: 1000000 -> Y"))).figure()
    assert curves(figure)["a>X"].width == THINNEST


def test_modes_are_dashed() -> None:
    figure = graph_of(drawn("a: 100 -> X", "X -1%-> operator:A", "b: 100 -> X", "b ~1%~> service:S")).figure()
    found = {name: curve.dash for name, curve in curves(figure).items()}
    assert found == {"a>X": (), "b>X": (), "X>operator:A": (6, 3), "b>service:S": (2, 3)}


def test_lines_at_a_node_are_stacked_and_not_on_top_of_each_other() -> None:
    figure = graph_of(drawn("a: 300 -> X", "b: 100 -> X", "c: 600 -> X")).figure()
    ends = sorted((curve.segments[-1][5], curve.width) for curve in curves(figure).values())
    assert all(y + width / 2 <= below - more / 2 for (y, width), (below, more) in pairwise(ends))


def test_what_a_longer_path_implies_is_left_out() -> None:
    figure = graph_of(drawn("a: 100 -> role:R -> operator:O", "a: 100 -> operator:O")).figure()
    assert curves(figure).keys() == {"a>role:R", "role:R>operator:O"}


def test_a_split_path_implies_nothing() -> None:
    figure = graph_of(drawn("a: 100 -30%-> role:R -> operator:O", "a: 100 -> operator:O")).figure()
    assert "a>operator:O" in curves(figure)


def test_hidden_nodes_are_bridged() -> None:
    portfolio = drawn("a: 200 -> token:T -50%-> X", "b: 800 -> Y")
    figure = graph_of(portfolio).figure()
    assert {target.id for target in figure.targets} == {"a", "b", "X", "Y"}
    line = curves(figure)["a>X"]
    assert list(line.dash) == [6, 3]
    assert line.width == pytest.approx(0.1 * THICK)


def test_a_flow_inside_a_column_is_drawn_from_where_it_comes() -> None:
    figure = graph_of(drawn("a: 100 -> token:T -> token:U -> X"), options=EVERYTHING).figure()
    assert curves(figure).keys() == {"a>token:T", "a>token:U", "token:U>X"}


def test_protocols_that_stand_on_protocols_have_their_own_column() -> None:
    figure = graph_of(drawn("a: 100 -> X -> Y", "b: 100 -> Y")).figure()
    headings = {s.text for s in figure.shapes if isinstance(s, Text)}
    assert {"Protocols on others", "Protocols"} <= headings
    by_id = {target.id: target.x for target in figure.targets}
    assert by_id["a"] < by_id["X"] < by_id["Y"]


def test_small_nodes_fold_where_a_column_would_not_fit() -> None:
    graph = graph_of(generated(40, 200))
    folds = [node for node in graph.nodes.values() if node.id.startswith(FOLD)]
    assert folds
    assert all(len(fold.members) > 1 for fold in folds)
    assert all(str(len(fold.members)) in fold.name for fold in folds)


def test_a_fold_shows_the_value_that_meets_the_group_and_not_a_sum() -> None:
    lines = [f"a: 100 ~50%~> service:{n}" for n in range(40)]
    graph = graph_of(named(drawn("\n".join(["b: 9900 -> X", *lines]))))
    fold = graph.nodes[f"{FOLD}service"]
    assert fold.value is not None
    assert 50 < fold.value <= 100
    assert f"{len(fold.members)} others" == fold.name


def test_thousands_of_positions_fold_into_the_largest_twelve_and_the_others() -> None:
    graph = graph_of(generated(2000, 30))
    positions = [node for node in graph.nodes.values() if node.dimension is None]
    assert len(positions) == 13
    assert {node.name for node in positions} >= {"1,988 others"}


def test_an_opened_fold_shows_every_node() -> None:
    graph = graph_of(generated(100, 30), options=GraphOptions(opened=frozenset({f"{FOLD}positions"})))
    assert sum(node.dimension is None for node in graph.nodes.values()) == 100


def test_unknown_is_hatched_and_never_folded() -> None:
    graph = graph_of(twelve())
    assert graph.nodes["unknown:operator"].name == "Not published"
    hatched = {shape.id for shape in graph.figure().shapes if type(shape).__name__ == "Hatch" and shape.id}
    assert hatched == {"unknown:operator", "unknown:role"}


def test_a_position_without_a_price_is_shown_and_says_so() -> None:
    figure = graph_of(drawn("a: 10 weETH -> X", "b: 100 -> X")).figure()
    assert "unknown" in [s.text for s in figure.shapes if isinstance(s, Text) and s.id == "a"]
    assert curves(figure)["a>X"].width == THINNEST


def test_nothing_priced_still_draws_the_graph() -> None:
    figure = graph_of(drawn("a: 10 weETH -> X -> platform:P")).figure()
    assert curves(figure).keys() == {"a>X", "X>platform:P"}


def test_an_empty_portfolio_is_an_empty_picture() -> None:
    assert graph_of(Portfolio()).figure().targets == ()


def test_hidden_amounts_show_shares_only() -> None:
    figure = graph_of(twelve(), labels=Labels(hide_amounts=True)).figure()
    words = " ".join(s.text for s in figure.shapes if isinstance(s, Text)) + " ".join(
        t.tooltip for t in figure.targets
    )
    assert "103,954" not in words
    assert "25\u202f%" in words


def test_lit_lines_are_only_as_wide_as_the_value_that_passes_the_node() -> None:
    portfolio = drawn("a: 100 -> X -40%-> role:R -> platform:P", "b: 900 -> Y")
    graph = graph_of(portfolio)
    figure = graph.figure("platform:P", passing(portfolio, "platform:P"))
    lit = [s for s in figure.shapes if isinstance(s, Curve) and s.colour == "dimension:platform"]
    assert {curve.id for curve in lit} == {"a>X", "X>role:R", "role:R>platform:P"}
    assert [curve.width for curve in lit] == pytest.approx([max(THINNEST, 0.04 * THICK)] * 3)


def test_what_stands_on_a_node_lights_up_without_a_price() -> None:
    portfolio = drawn("a: 10 weETH -> X", "b: 100 -> X", "c: 100 -> Y")
    graph = graph_of(portfolio).figure("X", passing(portfolio, "X"))
    lit = {s.id for s in graph.shapes if isinstance(s, Curve) and s.colour == "dimension:protocol"}
    assert lit == {"a>X", "b>X"}


def test_lines_away_from_the_positions_are_grey_and_all_others_faint() -> None:
    portfolio = drawn("a: 500 -> X -> platform:P", "b: 500 -> Y")
    figure = graph_of(portfolio).figure("X", passing(portfolio, "X"))
    colours = [(s.id, s.colour) for s in figure.shapes if isinstance(s, Curve)]
    assert ("a>X", "dimension:protocol") in colours
    assert ("X>platform:P", "text2") in colours
    assert [colour for name, colour in colours if name == "b>Y"] == ["faint"]


def test_the_lit_node_is_outlined_and_the_unlit_fade() -> None:
    portfolio = drawn("a: 500 -> X", "b: 500 -> Y")
    figure = graph_of(portfolio).figure("X", passing(portfolio, "X"))
    boxes = {s.id: s.fill for s in figure.shapes if isinstance(s, Rect) and s.height == NODE and s.width > 20}
    assert boxes == {"a": "box", "X": "sel", "b": "band", "Y": "band"}
    assert [s.id for s in figure.shapes if isinstance(s, Rect) and s.outline == "accent"] == ["X"]


def test_a_hidden_node_lights_nothing() -> None:
    graph = graph_of(drawn("a: 100 -> token:T -> X"))
    assert graph.figure("token:T") == graph.figure()


def test_what_is_hidden_is_told() -> None:
    assert Dimension.CHAIN in graph_of(twelve(), 806).hidden
    assert Dimension.CHAIN not in graph_of(twelve(), 1500).hidden


def test_a_node_knows_the_other_ends_of_its_lines_widest_first() -> None:
    graph = graph_of(drawn("a: 100 -> X", "b: 900 -> X", "X -> platform:P"))
    assert graph.neighbours()["X"] == ("platform:P", "b", "a")


PARTLY = "p: 600 -> protocol:Lido -> chain:E\nq: ? -> protocol:Renzo -> platform:EigenLayer"


def test_what_only_unpriced_positions_reach_is_drawn_with_an_unknown_value() -> None:
    graph = graph_of(named(drawn(PARTLY)))
    figure = graph.figure()
    texts = {s.id: [t for t in figure.shapes if isinstance(t, Text) and t.id == s.id] for s in figure.targets}
    for node in ("q", "protocol:Renzo", "platform:EigenLayer"):
        _, value, share = texts[node]
        assert (value.text, value.colour, share.text) == ("unknown", "warn", "")
    assert curves(figure)["protocol:Renzo>platform:EigenLayer"].width == THINNEST
    assert "0" not in {s.text for s in figure.shapes if isinstance(s, Text)}


def test_a_node_of_unknown_value_lights_its_ways_at_the_least_width() -> None:
    portfolio = named(drawn(PARTLY))
    figure = graph_of(portfolio).figure("q", passing(portfolio, "q"))
    lit = [s for s in figure.shapes if isinstance(s, Curve) and s.colour != "faint"]
    assert {s.id for s in lit} == {"q>protocol:Renzo", "protocol:Renzo>platform:EigenLayer"}
    assert {s.width for s in lit} == {THINNEST}


def test_a_node_of_unknown_share_is_not_folded_as_a_small_one() -> None:
    lines = [f"p{i}: {100 if i < 2 else 1} -> protocol:N{i}" for i in range(24)]
    graph = graph_of(named(drawn(*lines, "q: ? -> protocol:Renzo")), height=300)
    assert "protocol:Renzo" in graph.nodes


@pytest.mark.parametrize(
    "line", ["A -100%-> operator:O", "A -rest-> unknown:operator", "A ~100%~> operator:O"]
)
def test_a_slice_that_carries_every_unit_is_drawn_like_every_unit(line: str) -> None:
    extra = "\nA -0%-> operator:N" if "rest" in line else ""
    figure = graph_of(drawn(f"p: 100 -> A\n{line}{extra}")).figure()
    own = next(curve for name, curve in curves(figure).items() if name.startswith("A>"))
    assert own.dash == ()
