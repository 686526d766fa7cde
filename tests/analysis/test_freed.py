"""Requests count for operators and services until nothing can slash them, for all else until claimed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.analysis.concentration import concentration
from desktop_app.analysis.dependencies import dependencies, gateways
from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.freed import freed_parts
from desktop_app.analysis.rewards import rewards
from desktop_app.analysis.stress import stress
from desktop_app.analysis.stress_layers import loss_by_layer
from desktop_app.analysis.what_if import standing
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.analysis.year import year
from desktop_app.domain.congestion import Congestion
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import ExitStep, Position, Request, Scenario
from desktop_app.domain.requests import claimed, steps_to_walk, taken_back, with_request
from tests.analysis.strategies import portfolios, shocks_on
from tests.builders import drawn, step
from tests.domain.reach import one

AS_OF = date(2026, 11, 24)
TODAY = datetime(2026, 11, 24, tzinfo=UTC)
BLOCK = timedelta(seconds=12)
NAMED: dict[str, Any] = {"protocol": "EigenLayer", "operators": ("P2P",), "services": ("EigenDA",)}

law = settings(max_examples=50)


def asked(asset: str, ago: timedelta, amount: str = "0.25", **more: Any) -> Portfolio:
    """Return one unit of an asset, of which an amount was asked for so long ago, by its own way out."""
    portfolio, held = one(asset, **more)
    held = replace(held, unit_price=Decimal(1000))
    request = Request("r", Decimal(amount), TODAY - ago, steps=steps_to_walk(held), path=held.exit.path)
    return with_request(portfolio.with_positions(held), held.id, request)


def parts(portfolio: Portfolio, as_of: date = AS_OF) -> dict[str, float]:
    """Return the share of the value that stands on each node."""
    return {node: found.share or 0.0 for node, found in exposure(portfolio, as_of).nodes.items()}


def with_steps(*steps: ExitStep, ago: float = 30, **more: Any) -> Portfolio:
    """Return a position on an issuer with an operator, a quarter of which was asked for some days ago."""
    portfolio = drawn("p: 4 ETH @ 100 -> issuer -> operator:O")
    request = Request("r", Decimal(1), TODAY - timedelta(days=ago), steps=steps, **more)
    return with_request(portfolio, "p", request)


# -- facts ---------------------------------------------------------------------------------------------------


def test_on_eigenlayer_operator_and_services_end_after_14_days_and_a_block_and_the_platform_stays() -> None:
    whole = {"asset:eigen", "chain:ethereum", "platform:eigenlayer"}
    slashing = {"operator:p2p", "role:p2p@eigenlayer", "service:eigenda"}
    before = parts(asked("EIGEN", timedelta(days=14), **NAMED))
    assert before == dict.fromkeys(whole | slashing, 1.0)
    after = parts(asked("EIGEN", timedelta(days=14) + BLOCK, **NAMED))
    assert after == dict.fromkeys(whole, 1.0) | dict.fromkeys(slashing, 0.75)


def test_what_leads_through_lidos_queue_afterwards_can_be_slashed_until_that_has_finalised_it() -> None:
    way = timedelta(days=14 + 5) + BLOCK
    still = parts(asked("stETH", way - BLOCK, **NAMED))
    assert {still[n] for n in ("operator:p2p", "service:eigenda", "unknown:operator")} == {1.0}
    after = parts(asked("stETH", way, **NAMED))
    assert {after[n] for n in ("operator:p2p", "service:eigenda", "unknown:operator")} == {0.75}
    assert {after[n] for n in ("token:stETH", "protocol:lido", "platform:eigenlayer", "chain:ethereum")} == {
        1
    }


@pytest.mark.parametrize(
    ("asset", "days", "more"),
    [
        ("stETH", 5, {}),  # the longest that Lido's queue is published to take
        ("weETH", 7, {}),
        ("ATOM", 21, {"operators": ("Chorus One",)}),
        ("wstETH", 14 + 5, {"protocol": "Symbiotic", "operators": ("P2P",)}),
    ],
)
def test_what_waits_counts_for_whoever_can_slash_it_until_the_longest_time_is_over(
    asset: str, days: int, more: dict[str, Any]
) -> None:
    second = timedelta(seconds=2)
    assert set(parts(asked(asset, timedelta(days=days) - second, **more)).values()) == {1.0}
    after = parts(asked(asset, timedelta(days=days), **more))
    assert {n for n, part in after.items() if part == 0.75} == {
        n for n in after if n.partition(":")[0] in {"operator", "role", "service"} or n.startswith("unknown:")
    }


@pytest.mark.parametrize(
    ("asset", "more"),
    [
        ("BTC", {"protocol": "Babylon", "operators": ("Kiln",)}),  # the longest unbonding is not known
        ("ETH", NAMED),  # the claim from a pod stays slashable
        (
            "ETH",
            {"protocol": "Ethereum", "operators": ("Kiln",)},
        ),  # nobody has said how long the queue is
    ],
)
def test_where_no_end_is_known_all_of_it_counts_until_it_is_claimed(asset: str, more: dict[str, Any]) -> None:
    portfolio = asked(asset, timedelta(days=400), **more)
    assert set(parts(portfolio).values()) == {1.0}
    (held,) = portfolio.positions
    assert exposure(claimed(portfolio, held, "r", TODAY), AS_OF).portfolio_value == 750


def test_with_the_length_of_the_exit_queue_known_validators_end_when_they_can_be_withdrawn() -> None:
    portfolio = asked("ETH", timedelta(days=9.84) + BLOCK, protocol="Ethereum", operators=("Kiln",))
    queued = replace(portfolio, congestion=Congestion(Decimal(500_000), AS_OF, Decimal(36_000_000)))
    assert parts(queued)["operator:kiln"] == 0.75
    assert parts(queued, AS_OF - timedelta(days=1))["operator:kiln"] == 1.0


def test_what_nothing_can_slash_while_it_waits_ends_with_the_request() -> None:
    ahead = parts(asked("SOL", timedelta(days=-1), protocol="Solana", operators=("Kiln",)))
    assert ahead["operator:kiln"] == 1.0
    assert parts(asked("SOL", timedelta(), protocol="Solana", operators=("Kiln",)))["operator:kiln"] == 0.75


# -- when ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "portfolio",
    [
        with_steps(),
        with_steps(step("a", 31, slashable=None)),
        with_steps(step("a", 14, slashable=True), step("b", 7, 14, None, after="a", slashable=True)),
        with_steps(step("a", 1, 2, 31, slashable=True)),
        with_steps(step("a", None, slashable=False), step("b", 1, after="a", slashable=True)),
        with_steps(step("sell", 0, slashable=False, kind="instant-liquidity")),
        with_steps(step("a", 14, slashable=True, capacity=Decimal(0))),
        with_steps(step("a", 14, slashable=True), expires_at=TODAY - timedelta(days=1)),
    ],
    ids=["no way", "slashable?", "no longest", "longest", "start?", "at once", "frozen", "expired"],
)
def test_what_is_not_known_to_have_ended_counts(portfolio: Portfolio) -> None:
    assert not freed_parts(portfolio, AS_OF)
    assert parts(portfolio) == {"issuer": 1.0, "operator:O": 1.0}


def test_without_a_date_nothing_has_ended() -> None:
    portfolio = with_steps(step("a", 14, slashable=True))
    assert {n.share for n in exposure(portfolio).nodes.values()} == {1.0}
    assert parts(portfolio) == {"issuer": 1.0, "operator:O": 0.75}


# -- which ---------------------------------------------------------------------------------------------------

DONE = step("a", 14, slashable=True)


def test_what_lies_behind_slashers_alone_ends_with_them_and_what_is_reached_otherwise_stays() -> None:
    portfolio = drawn(
        "p: 4 ETH @ 100 -> issuer -60%-> role:R -> operator:O -> client:C",
        "issuer -rest-> unknown:operator",
        "operator:O -> custody:keys",
        "operator:O -> chain:X",
        "role:R ~50%~> service:S",
        "issuer -> chain:X",
    )
    request = Request("r", Decimal(1), TODAY - timedelta(days=30), steps=(DONE,))
    before, after = (parts(p) for p in (portfolio, with_request(portfolio, "p", request)))
    stays = {"issuer", "chain:X"}
    assert after == {n: part if n in stays else pytest.approx(0.75 * part) for n, part in before.items()}


def test_a_position_all_of_which_is_freed_leads_to_its_operators_no_more() -> None:
    portfolio = drawn("p: 4 ETH @ 100 -> a -> operator:O", "q: 6 ETH @ 100 -> b -> operator:O", "p -> b")
    request = Request("r", Decimal(4), TODAY - timedelta(days=30), steps=(DONE,))
    assert gateways(portfolio, AS_OF)["operator:O"] == "portfolio"
    freed = with_request(portfolio, "p", request)
    assert gateways(freed, AS_OF) == {**gateways(portfolio, AS_OF), "operator:O": "b"}
    graph = dependencies(freed, exposure(freed, AS_OF))
    assert {f.id: f.value for f in graph.flows} == {"p>a": 400, "p>b": 400, "q>b": 600, "b>operator:O": 600}


# -- laws ----------------------------------------------------------------------------------------------------


@st.composite
def requested(draw: st.DrawFn) -> tuple[Portfolio, Portfolio]:
    """Draw a portfolio, and it with requests some of which cannot be slashed any more."""
    bare = draw(portfolios(indebted=True))
    held = [
        replace(
            p, quantity=(p.value or Decimal(0)) + (p.debt or Decimal(0)), unit_price=Decimal(1), value=None
        )
        for p in bare.positions.values()
    ]
    before = after = bare.with_positions(*held)
    for position in held:
        for number in range(draw(st.integers(0, 2))):
            days = draw(st.sampled_from([1.0, 30.0, None]))
            amount = (position.quantity or Decimal(0)) * draw(st.integers(1, 4)) / 8
            steps = (step("s", days, slashable=draw(st.sampled_from([True, False, None]))),)
            request = Request(f"r{number}", amount, TODAY - timedelta(days=10), steps=steps)
            after = with_request(after, position.id, request)
    return before, after


@law
@given(requested(), st.data())
def test_nothing_ever_counts_more_for_being_asked_for(
    both: tuple[Portfolio, Portfolio], data: st.DataObject
) -> None:
    shocks = Scenario("s", "s", tuple(data.draw(shocks_on(both[0])).items()))
    before, after = (p.with_scenarios(shocks) for p in both)
    was, found = exposure(before, AS_OF), exposure(after, AS_OF)
    assert found.nodes.keys() <= was.nodes.keys()
    for node, answer in found.nodes.items():
        for position, part in answer.by_position.items():
            assert 0 < part <= min(1.0, was.nodes[node].by_position[position] + 1e-12)
    assert found.portfolio_value == was.portfolio_value
    lost = stress(after, AS_OF)["s"]
    assert lost.low <= lost.loss <= lost.high
    for one_, other in ((lost.loss, "loss"), (lost.low, "low"), (lost.high, "high")):
        assert one_ <= getattr(stress(before, AS_OF)["s"], other) + 1e-9


@law
@given(requested())
def test_while_all_of_it_can_be_slashed_every_answer_is_the_same(both: tuple[Portfolio, Portfolio]) -> None:
    before, after = both
    day = AS_OF - timedelta(days=10)  # the beginning of the day on which it is asked for
    still = replace(after, positions=dict(after.positions))
    slashable = [
        replace(p, requests=tuple(replace(r, steps=(step("s", 1, slashable=True),)) for r in p.requests))
        for p in still.positions.values()
    ]
    still = still.with_positions(*slashable)
    assert exposure(still, day) == exposure(before, day)
    assert year(still, day) == year(before, day)
    graphs = [dependencies(p, exposure(p, day)) for p in (still, before)]
    assert graphs[0] == graphs[1]


@law
@given(requested())
def test_a_request_that_is_taken_back_leaves_no_trace(both: tuple[Portfolio, Portfolio]) -> None:
    before, after = both
    for position in after.positions.values():
        for request in position.requests:
            after = taken_back(after, position.id, request.id)
    assert exposure(after, AS_OF) == exposure(before, AS_OF)


@law
@given(requested())
def test_3_a_shock_of_1_on_a_node_alone_loses_its_exposure(both: tuple[Portfolio, Portfolio]) -> None:
    alone = [Scenario(n, n, ((n, 1.0),)) for n in both[1].nodes]
    found = both[1].with_scenarios(*alone)
    exposed = exposure(found, AS_OF).nodes
    for node, lost in stress(found, AS_OF).items():
        assert lost.loss == pytest.approx(exposed[node].value if node in exposed else 0.0, abs=1e-9)


@law
@given(requested())
def test_5_splitting_a_position_changes_no_total(both: tuple[Portfolio, Portfolio]) -> None:
    whole = both[1]
    held = whole.positions["p0"]

    def half(name: str) -> Position:
        asked_for = tuple(replace(r, amount=r.amount / 2) for r in held.requests)
        debt = None if held.debt is None else held.debt / 2
        return replace(
            held, id=name, quantity=(held.quantity or Decimal(0)) / 2, debt=debt, requests=asked_for
        )

    edges = {
        f"{e.id}'": replace(e, id=f"{e.id}'", source="q") for e in whole.edges.values() if e.source == "p0"
    }
    groups = {
        f"{g.id}'": replace(g, id=f"{g.id}'", node="q") for g in whole.groups.values() if g.node == "p0"
    }
    edges = {i: replace(e, group=e.group and f"{e.group}'") for i, e in edges.items()}
    split = replace(whole, edges={**whole.edges, **edges}, groups={**whole.groups, **groups})
    split = split.with_positions(half("p0"), half("q"))
    before, after = (exposure(p, AS_OF) for p in (whole, split))
    assert {n: found.value for n, found in after.nodes.items()} == pytest.approx(
        {n: found.value for n, found in before.nodes.items()}, rel=1e-9
    )


def test_5_what_is_asked_for_counts_like_a_position_of_its_own() -> None:
    apart = drawn("p: 3 ETH @ 100 -> issuer -> operator:O", "q: 1 ETH @ 100 -> issuer")
    asked_for = Request("r", Decimal(1), TODAY - timedelta(days=30), steps=(DONE,))
    found = [exposure(p, AS_OF).nodes for p in (with_steps(DONE), with_request(apart, "q", asked_for))]
    assert [{n: e.value for n, e in nodes.items()} for nodes in found] == [
        {"issuer": 400.0, "operator:O": 300.0},
        {"issuer": 400.0, "operator:O": 300.0},
    ]


# -- everything that rests on it -----------------------------------------------------------------------------


def sample(ago: float) -> Portfolio:
    portfolio = asked("EIGEN", timedelta(days=ago), **NAMED)
    risky = {
        n.id: replace(n, failure_probability=0.01, loss_given_failure=0.5) for n in portfolio.nodes.values()
    }
    (held,) = portfolio.positions.values()
    paid = replace(held, layers=tuple(replace(la, reward_rate=0.01) for la in held.layers))
    failing = Scenario("s", "s", (("service:eigenda", 0.5), ("platform:eigenlayer", 0.1)))
    return replace(portfolio.with_positions(paid), nodes=risky).with_scenarios(failing)


def test_scenario_year_concentration_and_rewards_speak_of_the_same() -> None:
    before, after = sample(3), sample(30)
    assert stress(before, AS_OF)["s"].loss == pytest.approx(1000 * (1 - 0.5 * 0.9))
    assert stress(after, AS_OF)["s"].loss == pytest.approx(750 * (1 - 0.5 * 0.9) + 250 * 0.1)
    assert sum(loss_by_layer(after, "s", AS_OF).values()) == pytest.approx(stress(after, AS_OF)["s"].loss)
    eal = [
        1000 * (1 - (1 - 0.005) ** n) for n in (3, 6)
    ]  # asset, chain, platform; with role, operator, service
    years = [year(p, AS_OF) for p in (before, after)]
    assert [found.mean for found in years if found] == pytest.approx([eal[1], 0.75 * eal[1] + 0.25 * eal[0]])
    coverage = concentration(after, exposure(after, AS_OF)).dimensions["service"].coverage
    assert coverage == pytest.approx(0.75)
    for portfolio, increment in ((before, eal[1]), (after, 0.75 * eal[1] + 0.25 * eal[0])):
        (row,) = rewards(portfolio, withdrawals(portfolio, AS_OF), AS_OF).rows[-1:]
        assert row.loss_with == pytest.approx(increment)


def test_a_comparison_sees_the_difference() -> None:
    figures = [standing(sample(ago), AS_OF).figures for ago in (3, 30)]
    changed = {key[0] for key in figures[0] if figures[0][key] != figures[1][key]}
    assert "largest share" in changed
    assert "value" not in changed
