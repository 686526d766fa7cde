"""Strata: every layer with the nodes it adds, in parts of the whole position."""

from dataclasses import replace

import pytest

from desktop_app.analysis.exposure import exposure
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, ExitStep, Layer, Tranche
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Hatch, Rect, Text
from desktop_app.figures.strata import strata
from desktop_app.figures.strata_groups import layer_groups
from tests.builders import drawn

WIDTH = 632
STACK = """
me: 1000 -> token:weETH -> protocol:ether.fi -> asset:ETH
protocol:ether.fi -60% roles-> role:Kiln -> platform:EigenLayer
protocol:ether.fi -rest roles-> unknown:role
"""


def portfolio() -> Portfolio:
    """Return weETH with its three layers and the queue of its issuer."""
    drawing = drawn(STACK)
    edges = [edge.id for edge in drawing.edges.values()]
    roles = tuple(edge for edge in edges if edge.startswith("protocol:ether.fi>role"))
    step = ExitStep(
        "q",
        "queue",
        minimum=1,
        typical=5,
        maximum=7,
        slashable=True,
        node="protocol:ether.fi",
        verified=False,
    )
    layers = (
        Layer("hold"),
        Layer("liquid staking", 0.0258, ("me>token:weETH",)),
        Layer("liquid restaking", 0.0084, roles),
    )
    position = replace(drawing.positions["me"], layers=layers, exit=Exit((Tranche("all", 1.0, (step,)),)))
    return drawing.with_positions(position)


def figure_of(whole: Portfolio) -> Figure:
    return strata(whole, whole.positions["me"], exposure(whole), Labels(), WIDTH)


def texts(figure: Figure) -> list[str]:
    return [shape.text for shape in figure.shapes if isinstance(shape, Text)]


def test_a_node_stands_in_the_lowest_layer_that_reaches_it() -> None:
    whole = portfolio()
    groups = layer_groups(whole, whole.positions["me"], exposure(whole))
    found = {
        group.layer.name if group.layer else "": [
            piece.node for strip in group.strips for piece in strip.slices
        ]
        for group in groups
    }
    assert found == {
        "liquid restaking": ["role:Kiln", "unknown:role", "platform:EigenLayer"],
        "liquid staking": ["protocol:ether.fi", "token:weETH", "asset:ETH"],
        "hold": [],
    }


def test_the_outermost_layer_is_on_top() -> None:
    assert [
        t for t in texts(figure_of(portfolio())) if t in {"Liquid restaking", "Liquid staking", "Held"}
    ] == [
        "Liquid restaking",
        "Liquid staking",
        "Held",
    ]


def test_a_slice_is_as_long_as_its_part_of_the_position() -> None:
    figure = figure_of(portfolio())
    whole = next(s for s in figure.shapes if isinstance(s, Rect) and s.outline == "rule")
    slices = {target.id: target.width for target in figure.targets}
    assert slices["platform:EigenLayer"] == pytest.approx(0.6 * whole.width)
    assert slices["role:Kiln"] == pytest.approx(0.6 * whole.width - 2)


def test_what_is_not_published_is_hatched() -> None:
    assert [s.id for s in figure_of(portfolio()).shapes if isinstance(s, Hatch)] == ["unknown:role"]


def test_a_layer_says_its_rate_and_its_money_a_year() -> None:
    said = texts(figure_of(portfolio()))
    assert "+0.84\u202f% a year, USD\u00a08" in said
    assert "2.58\u202f% a year, USD\u00a026" in said


def test_a_rate_of_a_coin_that_is_only_held_is_said() -> None:
    whole = portfolio()
    position = whole.positions["me"]
    paid = replace(position, layers=(Layer("hold", 0.01), *position.layers[1:]))
    assert "1.00\u202f% a year, USD\u00a010" in texts(figure_of(whole.with_positions(paid)))


def test_a_coin_that_is_only_held_and_pays_nothing_has_no_rate() -> None:
    whole = portfolio()
    position = whole.positions["me"]
    held = replace(position, layers=(Layer("hold", 0.0, ("me>token:weETH",)), *position.layers[1:]))
    said = texts(figure_of(whole.with_positions(held)))
    assert "Held" in said
    assert not [text for text in said if text.startswith("0.00")]


def test_an_unknown_rate_is_said_to_be_unknown() -> None:
    whole = portfolio()
    position = whole.positions["me"]
    unknown = replace(position, layers=(*position.layers[:2], replace(position.layers[2], reward_rate=None)))
    figure = figure_of(whole.with_positions(unknown))
    assert "reward unknown" in [s.text for s in figure.shapes if isinstance(s, Text) and s.colour == "warn"]


def test_the_exit_of_a_node_stands_beside_it_unverified_in_ochre() -> None:
    figure = figure_of(portfolio())
    assert "1 to 7 days, slashable" in texts(figure)
    assert [s.text for s in figure.shapes if isinstance(s, Text) and s.colour == "warn"] == ["unverified"]


def test_parts_that_overlap_stay_inside_the_strip() -> None:
    whole = drawn("me: 100 ~80%~> service:A", "me: 100 ~70%~> service:B")
    figure = figure_of(whole)
    strip = next(s for s in figure.shapes if isinstance(s, Rect) and s.outline == "rule")
    assert max(t.x + t.width for t in figure.targets) <= strip.x + strip.width + 1e-9


def test_a_position_without_layers_has_one_group_without_a_name() -> None:
    figure = figure_of(drawn("me: 100 -> X"))
    assert [target.id for target in figure.targets] == ["X"]


def test_hidden_amounts_are_not_in_the_strata() -> None:
    whole = portfolio()
    figure = strata(whole, whole.positions["me"], exposure(whole), Labels(hide_amounts=True), WIDTH)
    assert "+0.84\u202f% a year, •••" in texts(figure)
