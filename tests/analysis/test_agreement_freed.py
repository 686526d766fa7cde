"""What is freed of slashing agrees with units listed one by one: a part of each goes on without slashers."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.analysis.annual import expected_annual_loss
from desktop_app.analysis.dependencies import dependencies, passing
from desktop_app.analysis.exposure import exposure, group_values
from desktop_app.analysis.rewards import rewards
from desktop_app.analysis.stress import stress
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.analysis.year import year
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import SLASHERS, Position, Request, Scenario, Side, counted_dimension
from tests.analysis import oracle, oracle_year
from tests.analysis.strategies import fractions, layered, portfolios, shocks_on
from tests.builders import node, step

AS_OF = date(2026, 11, 24)
ASKED = datetime(2026, 10, 1, tzinfo=UTC)
NOWHERE = "asset:nowhere"

few = settings(max_examples=60)


@dataclass(frozen=True)
class Freed:
    """A portfolio with requests that cannot be slashed any more, and what is left without slashers."""

    portfolio: Portfolio
    left: Portfolio
    parts: Mapping[str, float]

    def mean(self, position: str, of: Callable[..., float], *more: object) -> float:
        """Return what is true of the units of a position on average."""
        part = self.parts[position]
        whole, left = (of(p, position, *more) for p in (self.portfolio, self.left))
        return (1 - part) * whole + part * left


def is_slasher(portfolio: Portfolio, target: str | None) -> bool:
    return target is not None and counted_dimension(target, portfolio.nodes) in SLASHERS


def without_slashers(portfolio: Portfolio) -> Portfolio:
    """Return the portfolio whose ways to slashers lead nowhere."""
    edges = {
        e.id: replace(e, target=NOWHERE) if is_slasher(portfolio, e.target) else e
        for e in portfolio.edges.values()
    }
    groups = {
        g.id: replace(g, residual_node=NOWHERE) if is_slasher(portfolio, g.residual_node) else g
        for g in portfolio.groups.values()
    }
    nodes = {i: n for i, n in portfolio.nodes.items() if n.dimension not in SLASHERS}
    return replace(portfolio, edges=edges, groups=groups, nodes={**nodes, NOWHERE: node(NOWHERE)})


def asking(held: Position, part: float) -> Position:
    """Return a position of units of 1, of which a part was asked for and cannot be slashed any more."""
    whole = (held.value or Decimal(0)) + (held.debt or Decimal(0))
    steps = (step("wait", 14, slashable=True), step("claim", None, after="wait", slashable=False))
    asked = Request("r", Decimal(part) * whole, ASKED, steps=steps)
    return replace(
        held, quantity=whole, unit_price=Decimal(1), requests=(asked,) if part else (), exit=held.exit
    )


@st.composite
def freed(draw: st.DrawFn, base: st.SearchStrategy[Portfolio]) -> Freed:
    portfolio = draw(base)
    parts = {p: draw(fractions) for p in portfolio.positions}
    held = portfolio.with_positions(*(asking(p, parts[p.id]) for p in portfolio.positions.values()))
    return Freed(held, without_slashers(held), parts)


def worth(found: Freed, position: str) -> float:
    return float(found.portfolio.positions[position].value or 0)


def same(value: float) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


@few
@given(freed(portfolios()))
def test_part_of_each_position_that_depends_on_each_node(found: Freed) -> None:
    nodes = exposure(found.portfolio, AS_OF).nodes
    for place in [*found.portfolio.nodes, "unknown:operator", "unknown:service"]:
        for held in found.portfolio.positions:
            part = nodes[place].by_position.get(held, 0.0) if place in nodes else 0.0
            expected = found.mean(held, oracle.meeting, (place,))
            assert part == same(expected)


@few
@given(freed(portfolios()), st.data())
def test_groups_losses_and_ranges(found: Freed, data: st.DataObject) -> None:
    shocks = data.draw(shocks_on(found.portfolio))
    met = group_values(found.portfolio, {"g": frozenset(shocks)}, AS_OF)["g"]
    total = sum(worth(found, i) * found.mean(i, oracle.meeting, tuple(shocks)) for i in found.parts)
    assert met == same(total)
    answer = stress(found.portfolio.with_scenarios(Scenario("s", "s", tuple(shocks.items()))), AS_OF)["s"]
    for figure, definition in (
        (answer.loss, oracle.loss),
        (answer.low, oracle.lowest),
        (answer.high, oracle.highest),
    ):
        assert figure == same(sum(worth(found, i) * found.mean(i, definition, shocks) for i in found.parts))


def flows_through(found: Freed, through: str | None = None) -> dict[str, float]:
    """Return flow -> value that passes it, and meets a node; what is freed passes no way to a slasher."""
    groups, edges = found.portfolio.groups, found.portfolio.edges
    expected: dict[str, float] = {}
    for held, part in found.parts.items():
        for flow, share in oracle.flows(found.portfolio, held, through).items():
            expected[flow] = expected.get(flow, 0.0) + worth(found, held) * (1 - part) * share
        for flow, share in oracle.flows(found.left, held, through).items() if part else ():
            target = edges[flow].target if flow in edges else groups[flow].residual_node
            if not is_slasher(found.portfolio, target):
                expected[flow] = expected.get(flow, 0.0) + worth(found, held) * part * share
    return {flow: value for flow, value in expected.items() if value > 1e-9}


@few
@given(freed(portfolios()), st.data())
def test_flows(found: Freed, data: st.DataObject) -> None:
    graph = dependencies(found.portfolio, exposure(found.portfolio, AS_OF))
    assert {f.id: f.value for f in graph.flows} == pytest.approx(flows_through(found), rel=1e-9)
    place = data.draw(st.sampled_from(sorted(found.portfolio.nodes)))
    joint = {i: v for i, v in passing(found.portfolio, place, AS_OF).items() if v > 1e-9}
    assert joint == pytest.approx(flows_through(found, place), rel=1e-9, abs=1e-9)


@few
@given(freed(portfolios(indebted=True)), st.data())
def test_losses_of_a_position_with_debt(found: Freed, data: st.DataObject) -> None:
    shocks = data.draw(shocks_on(found.portfolio))
    asked = found.portfolio.with_scenarios(Scenario("s", "s", tuple(shocks.items())))
    lost = stress(asked, AS_OF)["s"].by_position["p0"]
    assert lost == same(worth(found, "p0") * levered_loss(found, shocks))
    places = exposure(found.portfolio, AS_OF).nodes
    for place in found.portfolio.nodes:
        part = places[place].by_position.get("p0", 0.0) if place in places else 0.0
        assert part == same(levered_loss(found, {place: 1.0}))


def levered_loss(found: Freed, shocks: Mapping[str, float]) -> float:
    """Return what the position with debt loses; what all its collateral stood on stays off the other side."""
    row = found.portfolio.positions["p0"]
    equity, debt = worth(found, "p0"), float(row.debt or 0)

    def side(of: Side, hit: Mapping[str, float]) -> float:
        return found.mean("p0", lambda p, i: oracle.loss(oracle.one_side(p, of), i, hit))

    above = oracle.one_side(found.portfolio, Side.COLLATERAL)
    certain = {n for n in found.portfolio.nodes if oracle.meeting(above, "p0", [n]) >= 1 - 1e-9}
    amplified = side(Side.COLLATERAL, shocks)
    plain = side(Side.EQUITY, {n: s for n, s in shocks.items() if n not in certain})
    ratio = math.inf if amplified >= 1 else debt / ((equity + debt) * (1 - amplified))
    liquidated = ratio >= (row.liquidation_threshold or 0) - 1e-12
    taken = ((equity + debt) * amplified + (row.liquidation_penalty or 0) * debt * liquidated) / equity
    return 1 - (1 - plain) * (1 - min(1.0, taken))


@few
@given(freed(portfolios(indebted=True)), st.data())
def test_flows_of_a_position_with_debt(found: Freed, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(sorted(found.portfolio.nodes)))
    only = replace(found.portfolio, positions={"p0": found.portfolio.positions["p0"]})
    marked = oracle.with_nodes_on_edges(only)
    bare = without_slashers(marked)
    slashing = {f"on:{e.id}" for e in only.edges.values() if is_slasher(only, e.target)}
    edges = {e.id: replace(e, target=NOWHERE) if e.target in slashing else e for e in bare.edges.values()}
    known = Freed(marked, replace(bare, edges=edges), found.parts)
    flows = {f.id: f.value for f in dependencies(only, exposure(only, AS_OF)).flows}
    joint, meeting = passing(only, place, AS_OF), levered_loss(known, {place: 1.0})
    for edge in only.edges:
        alone = levered_loss(known, {f"on:{edge}": 1.0})
        assert flows.get(edge, 0.0) == same(worth(found, "p0") * alone)
        either = levered_loss(known, {f"on:{edge}": 1.0, place: 1.0})
        if meeting > 0 and f"on:{edge}" not in slashing and not is_slasher(only, place):
            both = max(0.0, alone + meeting - either)
            assert joint.get(edge, 0.0) == same(worth(found, "p0") * both)


@settings(max_examples=30)
@given(freed(portfolios()))
def test_the_year(found: Freed) -> None:
    hazards = {
        n.id: (n.failure_probability, n.loss_given_failure)
        for n in found.portfolio.nodes.values()
        if n.failure_probability and n.loss_given_failure
    }
    outcomes = [
        oracle_year.Outcome(
            chance,
            {i: worth(found, i) * found.mean(i, oracle.loss, shocks) for i in found.parts},
        )
        for chance, shocks in oracle_year.states(hazards)
    ]
    expected, answer = oracle_year.mean(outcomes), year(found.portfolio, AS_OF)
    annual = expected_annual_loss(found.portfolio, AS_OF)
    assert (0.0 if annual is None else annual.total) == same(expected)
    if answer is None:
        assert expected == same(0)
        return
    for level in (0.9, 0.99):
        assert answer.tail.cvar[level] == pytest.approx(oracle_year.cvar(outcomes, level), abs=1e-4)


@few
@given(freed(layered()))
def test_increments_of_all_layers_add_up(found: Freed) -> None:
    out = withdrawals(found.portfolio, AS_OF)
    rows = rewards(found.portfolio, out, AS_OF).rows
    annual = expected_annual_loss(found.portfolio, AS_OF)
    for held in found.portfolio.positions.values():
        known = [r for r in rows if r.position == held.id and r.loss_with is not None]
        if annual is not None and known and len(held.layers) == known[-1].number + 1:
            assert known[-1].loss_with == pytest.approx(annual.by_position[held.id], rel=1e-6, abs=1e-9)
