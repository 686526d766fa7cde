from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app import shipped
from desktop_app.domain.checks import check, rejections
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import (
    Dimension,
    Edge,
    Exit,
    ExitStep,
    Group,
    Layer,
    Market,
    Mode,
    Node,
    Position,
    Scenario,
    Tranche,
)
from tests.builders import drawn, layer
from tests.domain.reach import graph

NODES = [Node(i, f"Node {i.upper()}", Dimension.PROTOCOL) for i in "abc"]
P = Position("p", "My position", "ETH", "ETH")
SPLIT = [
    Edge("x", "a", "b", Mode.SPLIT, 0.7, "a#g"),
    Edge("y", "a", "c", Mode.SPLIT, 0.4, "a#g"),
]
GROUP = Group("a#g", "a", "unknown:operator")


def sentences(portfolio: Portfolio) -> list[str]:
    return [issue.text for issue in check(portfolio)]


def of(*positions: Position, edges: tuple[Edge, ...] = (), groups: tuple[Group, ...] = ()) -> Portfolio:
    return graph(NODES, list(edges), list(groups), *positions)


def stepping(*steps: ExitStep) -> Position:
    return replace(P, exit=Exit((Tranche("all", 1.0, steps),)))


def test_the_sample_is_sound() -> None:
    assert check(shipped.sample_portfolio()) == ()


def test_an_empty_portfolio_is_sound() -> None:
    assert check(Portfolio()) == ()


def test_a_circle_is_told_once_with_the_names_on_it() -> None:
    edges = (Edge("1", "a", "b"), Edge("2", "b", "c"), Edge("3", "c", "a"), Edge("4", "p", "a"))
    (text,) = sentences(of(P, edges=edges))
    assert text == (
        "The dependencies run in a circle: Node A → Node B → Node C → Node A. Remove one of these edges."
    )


def test_a_diamond_is_no_circle() -> None:
    edges = (Edge("1", "p", "a"), Edge("2", "p", "b"), Edge("3", "a", "c"), Edge("4", "b", "c"))
    assert sentences(of(P, edges=edges)) == []


def test_shares_of_more_than_everything_name_the_node() -> None:
    (text,) = sentences(of(edges=tuple(SPLIT), groups=(GROUP,)))
    assert (
        text == "The shares of Node A in “a#g” add up to 110 %, more than 100 %: lower them until they fit."
    )


@pytest.mark.parametrize("weight", [-0.1, float("nan"), float("inf")])
def test_a_weight_that_is_no_share_is_told(weight: float) -> None:
    (text,) = sentences(of(edges=(Edge("x", "a", "b", Mode.SHARED, weight),)))
    assert text.startswith("The weight of “x” at Node A is ")


def test_a_shared_weight_above_one_is_told() -> None:
    (text,) = sentences(of(edges=(Edge("x", "a", "b", Mode.SHARED, 1.5),)))
    assert "more than all of it" in text


def test_an_edge_for_all_of_it_has_weight_one() -> None:
    (text,) = sentences(of(edges=(Edge("x", "a", "b", weight=0.5),)))
    assert "must be 1, not 0.5" in text


@pytest.mark.parametrize(
    ("edge", "words"),
    [
        (Edge("x", "q", "a"), "starts at “q”, which does not exist"),
        (Edge("x", "a", "q"), "leads to “q”, which does not exist"),
        (Edge("x", "a", "unknown:moon"), "names no dimension"),
        (Edge("x", "a", "b", Mode.SPLIT, 0.5, "g"), "its group “g” does not exist"),
    ],
)
def test_an_edge_to_nowhere_is_told(edge: Edge, words: str) -> None:
    (text,) = sentences(of(edges=(edge,)))
    assert words in text


def test_a_group_belongs_to_the_source_of_its_edges() -> None:
    edge = Edge("x", "b", "c", Mode.SPLIT, 0.5, "a#g")
    assert any("belongs elsewhere" in t for t in sentences(of(edges=(edge,), groups=(GROUP,))))


@pytest.mark.parametrize(
    ("group", "words"),
    [
        (Group("g", "q", None), "belongs to “q”, which does not exist"),
        (Group("g", "a", "b"), "not to an unknown node"),
    ],
)
def test_a_group_that_hangs_in_the_air_is_told(group: Group, words: str) -> None:
    (text,) = sentences(of(groups=(group,)))
    assert words in text


@pytest.mark.parametrize(
    ("position", "words"),
    [
        (replace(P, quantity=Decimal(-1)), "The quantity of “My position” is -1: it cannot be negative."),
        (replace(P, quantity=Decimal("NaN")), "The quantity of “My position” is NaN, which is not a number."),
        (replace(P, quantity=Decimal(1), unit_price=Decimal(-3)), "The price of “My position” is -3"),
        (
            replace(P, quantity=Decimal(1), unit_price=Decimal(1), total_value=Decimal(1)),
            "has both a unit price and a total value",
        ),
        (replace(P, quantity=Decimal(1), value=Decimal(1)), "has a quantity and a value of its own"),
        (replace(P, layers=(Layer("hold", float("nan")),)), "The reward of layer “hold” of “My position”"),
        (replace(P, layers=(Layer("hold", 0.0, ("q",)),)), "names the edge “q”, which does not exist"),
        (replace(P, exit=Exit((Tranche("half", 0.5),))), "add up to 50 %, not 100 %"),
        (stepping(ExitStep("s", "Queue", after=("q",))), "waits for “q”, which does not exist"),
        (stepping(ExitStep("s", "Queue", minimum=-1.0)), "must be numbers of 0 or more"),
        (stepping(ExitStep("s", "Queue", minimum=2.0, maximum=1.0)), "must rise from least to most"),
        (
            stepping(ExitStep("s", "Queue", after=("t",)), ExitStep("t", "Claim", after=("s",))),
            "wait for each other in a circle",
        ),
        (
            replace(P, exit=Exit(market=Market(1.5, 0.0, 0, 0, 0))),
            "needs a fraction and a haircut from 0 to 1",
        ),
        (replace(P, exit=Exit(market=Market(1.0, 0.0, 2, 1, 3))), "must rise from least to most"),
    ],
)
def test_what_is_wrong_with_a_position_is_one_sentence(position: Position, words: str) -> None:
    (issue,) = check(of(position))
    assert words in issue.text
    assert issue.place == "p"


def test_a_price_that_is_missing_is_no_error() -> None:
    assert check(of(replace(P, quantity=Decimal(1)))) == ()


def test_an_edge_of_another_position_cannot_be_named() -> None:
    other = replace(P, id="q", name="Other", layers=(Layer("hold", 0.0, ("p>a",)),))
    (text,) = sentences(of(P, other, edges=(Edge("p>a", "p", "a"),)))
    assert "an edge of another position" in text


@pytest.mark.parametrize(
    ("field", "label"), [("failure_probability", "annual failure"), ("loss_given_failure", "loss")]
)
def test_an_assumption_outside_zero_and_one_is_told(field: str, label: str) -> None:
    node = replace(NODES[0], **{field: 1.2})  # type: ignore[arg-type]
    (text,) = sentences(Portfolio().with_graph([node]))
    assert label in text
    assert "must be from 0 to 1" in text


def test_a_scenario_shocks_what_exists_by_a_fraction() -> None:
    wrong = Scenario("s", "Worst", (("q", 0.5), ("a", 1.5), ("unknown:operator", 0.5)))
    assert sentences(of().with_scenarios(wrong)) == [
        "Scenario “Worst” shocks “q”, which does not exist.",
        "Scenario “Worst” takes 1.5 of “a”: it must be from 0 to 1.",
    ]


def test_an_id_is_used_once_over_positions_and_nodes() -> None:
    (text,) = sentences(of(replace(P, id="a")))
    assert "names both a node and a position" in text


def test_the_unknown_cannot_be_a_node() -> None:
    node = Node("unknown:operator", "Somebody", Dimension.OPERATOR)
    (text,) = sentences(Portfolio().with_graph([node]))
    assert "stands for what is unknown" in text


def test_what_can_be_mended_is_not_rejected() -> None:
    portfolio = drawn("p: 1000 -> A")
    lost = replace(portfolio.positions["p"], layers=(layer("staking", 0.1, "nowhere"),))
    portfolio = portfolio.with_positions(lost)
    assert check(portfolio)
    assert rejections(portfolio) == ()


def test_a_share_just_over_the_whole_is_said_to_the_digit() -> None:
    portfolio = drawn("p: 1000 -> A", "A -50%-> B", "A -50.0001%-> C")
    assert "add up to 100.0001 %, more than 100 %: lower them" in rejections(portfolio)[0].text
