"""Strata: every layer with the nodes it adds, in parts of the whole position."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop_app import shipped
from desktop_app.analysis.exposure import exposure
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, ExitStep, Layer, Tranche
from desktop_app.domain.stacks import Holding, add_holding
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Hatch, Rect, Text
from desktop_app.figures.short_sources import short_source
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.strata import strata
from desktop_app.figures.strata_groups import layer_groups
from desktop_app.figures.texts import estimate
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


# -- what is open, what overlaps, where it is from -------------------------------------------------------


def held(**said: Any) -> Portfolio:
    """Return the only position of a holding, as the shipped catalogue proposes it."""
    holding = Holding(quantity=Decimal(2), unit_price=Decimal(3500), **said)
    return add_holding(Portfolio(as_of=date(2026, 11, 24)), shipped.catalogue(), holding, "me")


def test_an_operator_that_is_open_stands_in_every_layer_that_leaves_it_open_with_the_names() -> None:
    whole = held(asset="stETH", protocol="EigenLayer", operators=("Kiln", "P2P"))
    groups = layer_groups(whole, whole.positions["me"], exposure(whole))
    found = {
        group.layer.name: strip.named
        for group in groups
        for strip in group.strips
        if group.layer and [piece.node for piece in strip.slices] == ["unknown:operator"]
    }
    assert found == {"restaking": ("Kiln", "P2P.org"), "liquid staking": ()}
    assert "unknown; Kiln, P2P.org named, shares not given" in texts(figure_of(whole))


def test_what_a_layer_leaves_open_is_its_own_part_alone() -> None:
    whole = drawn(
        "me: 100 -> protocol:lido -> unknown:operator",
        "me -30% ops-> operator:Kiln",
        "me -rest ops-> unknown:operator",
    )
    own = tuple(e.id for e in whole.edges.values() if e.group)
    other = tuple(e.id for e in whole.edges.values() if not e.group)
    layers = (Layer("liquid staking", None, other), Layer("restaking", None, own))
    whole = whole.with_positions(replace(whole.positions["me"], layers=layers))
    groups = layer_groups(whole, whole.positions["me"], exposure(whole))
    parts = [p.part for group in groups for s in group.strips for p in s.slices if p.unknown]
    assert parts == pytest.approx([0.7, 1.0])


def test_parts_that_overlap_stand_in_lanes_of_their_own() -> None:
    whole = held(asset="stETH", protocol="EigenLayer", operators=("Kiln",), services=("EigenDA", "Lagrange"))
    figure = figure_of(whole)
    places = {t.id: (t.x, t.y, t.width) for t in figure.targets if t.id.startswith("service:")}
    (left, top, width), (other_left, other_top, other_width) = places.values()
    assert (left, width) == (other_left, other_width)
    assert top != other_top
    assert "share not given, counted in full" in texts(figure)


def test_what_is_only_held_is_out_at_once() -> None:
    assert texts(figure_of(held(asset="ETH"))).count("at once") == 1


@pytest.mark.parametrize(
    ("cited", "short"),
    [
        (
            "etherfi-protocol/smart-contracts src/withdrawals/WithdrawRequestNFT.sol and more",
            "WithdrawRequestNFT.sol",
        ),
        ("https://help.lido.fi/en/articles/7858292-faq", "help.lido.fi"),
        ("https://www.example.org", "example.org"),
        ("https://github.com/a/b/blob/40c6/x/types/host_zone.go", "host_zone.go"),
        ("https://github.com/a/b/blob/40c6/unstaking-overview/index.md", "unstaking-overview"),
        ("derived from ethereum/consensus-specs presets/mainnet/capella.yaml; other", "capella.yaml"),
        ("my own note", "my own note"),
    ],
)
def test_a_source_is_named_by_its_file_or_its_site(cited: str, short: str) -> None:
    assert short_source(cited) == short


def test_a_source_stands_with_its_date_uncut_and_whole_in_the_tooltip() -> None:
    figure = figure_of(held(asset="weETH"))
    said = {s.text: s.tooltip for s in figure.shapes if isinstance(s, Text) and s.size == SCREEN.axis}
    assert list(said) == ["WithdrawRequestNFT.sol", "15\u00a0Jul\u00a02026, unverified"]
    assert "etherfi-protocol/smart-contracts src/withdrawals/" in said["WithdrawRequestNFT.sol"]
    token = next(t for t in figure.targets if t.id == "protocol:etherfi")
    assert "etherfi-protocol/smart-contracts src/withdrawals/" in token.tooltip


def test_a_title_without_room_beside_the_headings_stands_above_them() -> None:
    whole = portfolio()
    title = "Strata, from the asset up"

    def heights(width: float) -> list[float]:
        figure = strata(whole, whole.positions["me"], exposure(whole), Labels(), width, title=title)
        return [s.y for s in figure.shapes if isinstance(s, Text) and s.text in {title, "Can be lost"}]

    assert len(set(heights(WIDTH))) == 1
    assert len(set(heights(240))) == 2


def test_without_room_beside_the_strips_the_exit_stands_under_the_names() -> None:
    whole = portfolio()
    figure = strata(whole, whole.positions["me"], exposure(whole), Labels(), 300)
    said = {s.text: s for s in figure.shapes if isinstance(s, Text)}
    name = next(shape for text, shape in said.items() if text.endswith("ether.fi"))
    out, source = said["1 to 7 days, slashable"], said["unverified"]
    assert name.x == out.x == source.x
    assert name.y < out.y < source.y
    assert "Exit and its source" not in said


@pytest.mark.parametrize("width", [340, 453, WIDTH, 900])
@pytest.mark.parametrize("larger", [1.0, 1.5])
def test_nothing_in_the_strata_is_wider_than_they_are(width: float, larger: float) -> None:
    whole = held(asset="weETH", operators=("Kiln", "P2P"), reward_rate=0.041)
    sizes = Sizes(13 * larger, 12 * larger, 11 * larger, 24 * larger)
    figure = strata(whole, whole.positions["me"], exposure(whole), Labels(), width, sizes)
    for shape in figure.shapes:
        if isinstance(shape, Text) and shape.anchor == "start":
            assert shape.x + estimate(shape.text, shape.size, shape.bold) <= width + 1
            assert shape.y <= figure.height
