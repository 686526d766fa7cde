"""The laws of definitions.md 9, on random portfolios."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop_app.analysis.annual import assumptions, expected_annual_loss, failing
from desktop_app.analysis.exposure import Exposure, exposure
from desktop_app.analysis.failures import EveryState
from desktop_app.analysis.layering import stages
from desktop_app.analysis.lines import Lines
from desktop_app.analysis.losses import Losses, compiled
from desktop_app.analysis.rewards import rewards
from desktop_app.analysis.stress import stress
from desktop_app.analysis.tail import LEVELS
from desktop_app.analysis.withdrawals import PASSES, withdrawals
from desktop_app.analysis.worths import worths
from desktop_app.analysis.year import year
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Edge, Exit, Group, Mode, Scenario, is_unknown
from tests.analysis import oracle
from tests.analysis.strategies import NODES, exits, fractions, layered, portfolios, shocks_on, weights
from tests.builders import position

ROUNDING = 1e-9

law = settings(max_examples=50)


def part(found: Exposure, node: str, position_id: str) -> float:
    return found.nodes[node].by_position.get(position_id, 0.0) if node in found.nodes else 0.0


def places(portfolio: Portfolio) -> st.SearchStrategy[tuple[str, list[str]]]:
    """Draw where an edge can start, with the nodes that it can lead to."""
    names = [n for n in NODES if n in portfolio.nodes]
    inside = [(name, names[number:]) for number, name in enumerate(names[:-1], 1)]
    return st.sampled_from([*((p, names) for p in portfolio.positions), *inside])


@law
@given(portfolios(indebted=True))
def test_1_every_part_lies_between_nothing_and_all(portfolio: Portfolio) -> None:
    for answer in exposure(portfolio).nodes.values():
        assert all(0 < share <= 1 for share in answer.by_position.values())


@law
@given(portfolios())
def test_1_chances_of_atoms_add_up_to_one(portfolio: Portfolio) -> None:
    for position_id in portfolio.positions:
        assert sum(oracle.atoms(portfolio, position_id).values()) == pytest.approx(1)


@law
@given(portfolios(), st.data())
def test_1_adding_an_edge_never_lowers_a_part(portfolio: Portfolio, data: st.DataObject) -> None:
    source, below = data.draw(places(portfolio))
    target = data.draw(st.sampled_from(below))
    mode = data.draw(st.sampled_from([Mode.ALL, Mode.SHARED]))
    extra = Edge("extra", source, target, mode, 1.0 if mode is Mode.ALL else data.draw(weights))
    before, after = exposure(portfolio), exposure(portfolio.with_graph(edges=[extra]))
    for node in before.nodes:
        for position_id in portfolio.positions:
            assert part(after, node, position_id) >= part(before, node, position_id) - ROUNDING


@law
@given(portfolios(), st.data())
def test_1_naming_a_slice_lowers_only_the_unknown_bucket_it_fills(
    portfolio: Portfolio, data: st.DataObject
) -> None:
    source, below = data.draw(places(portfolio))
    first, second = (
        Edge(name, source, data.draw(st.sampled_from(below)), Mode.SPLIT, 0.4, "named") for name in ("a", "b")
    )
    split = portfolio.with_graph(edges=[first], groups=[Group("named", source, "unknown:operator")])
    before, after = exposure(split), exposure(split.with_graph(edges=[second]))
    for node in portfolio.nodes:
        for position_id in portfolio.positions:
            assert part(after, node, position_id) >= part(before, node, position_id) - ROUNDING


@law
@given(portfolios(indebted=True), st.data())
def test_2_low_loss_high_and_value_come_in_this_order(portfolio: Portfolio, data: st.DataObject) -> None:
    shocks = data.draw(shocks_on(portfolio))
    answer = stress(portfolio.with_scenarios(Scenario("s", "s", tuple(shocks.items()))))["s"]
    value = float(exposure(portfolio).portfolio_value or 0)
    assert 0 <= answer.low <= answer.loss <= answer.high <= value + ROUNDING
    for position_id, loss in answer.by_position.items():
        assert loss <= float(portfolio.positions[position_id].value or 0) + ROUNDING


@law
@given(portfolios(indebted=True), st.data())
def test_2_a_larger_shock_never_takes_less(portfolio: Portfolio, data: st.DataObject) -> None:
    shocks = data.draw(shocks_on(portfolio))
    node = data.draw(st.sampled_from(sorted(portfolio.nodes)))
    more = {**shocks, node: max(shocks.get(node, 0.0), data.draw(fractions))}
    both = [Scenario("less", "", tuple(shocks.items())), Scenario("more", "", tuple(more.items()))]
    answers = stress(portfolio.with_scenarios(*both))
    assert answers["less"].loss <= answers["more"].loss + ROUNDING
    assert answers["less"].low <= answers["more"].low + ROUNDING
    assert answers["less"].high <= answers["more"].high + ROUNDING


@law
@given(portfolios(indebted=True), st.data())
def test_2_the_order_of_nodes_and_edges_does_not_matter(portfolio: Portfolio, data: st.DataObject) -> None:
    turned = replace(
        portfolio,
        nodes=dict(data.draw(st.permutations(list(portfolio.nodes.items())))),
        edges=dict(data.draw(st.permutations(list(portfolio.edges.items())))),
    )
    before, after = exposure(portfolio), exposure(turned)
    assert before.nodes.keys() == after.nodes.keys()
    for node, answer in before.nodes.items():
        assert answer.by_position == pytest.approx(dict(after.nodes[node].by_position))


@law
@given(portfolios(indebted=True))
def test_3_a_shock_of_1_on_a_node_alone_loses_its_exposure(portfolio: Portfolio) -> None:
    alone = [Scenario(n, n, ((n, 1.0),)) for n in portfolio.nodes]
    losses = stress(portfolio.with_scenarios(*alone))
    for node, answer in exposure(portfolio).nodes.items():
        if not is_unknown(node):
            assert losses[node].loss == pytest.approx(answer.value)


@law
@given(portfolios(indebted=True), st.data())
def test_4_doubling_a_path_of_weight_1_changes_nothing(portfolio: Portfolio, data: st.DataObject) -> None:
    certain = [e for e in portfolio.edges.values() if e.mode is Mode.ALL]
    doubled = data.draw(st.lists(st.sampled_from(certain), unique=True)) if certain else []
    again = [replace(e, id=f"{e.id} again") for e in doubled]
    same_answers(portfolio, portfolio.with_graph(edges=again))


@law
@given(portfolios(indebted=True), st.sampled_from([Mode.SPLIT, Mode.SHARED]))
def test_4_a_lone_slice_or_share_of_weight_1_equals_all(portfolio: Portfolio, mode: Mode) -> None:
    certain = [e for e in portfolio.edges.values() if e.mode is Mode.ALL]
    groups = [Group(f"{e.id}#alone", e.source, "unknown:operator") for e in certain]
    edges = [replace(e, mode=mode, group=f"{e.id}#alone" if mode is Mode.SPLIT else None) for e in certain]
    same_answers(portfolio, portfolio.with_graph(edges=edges, groups=groups))


def same_answers(before: Portfolio, after: Portfolio) -> None:
    one, other = exposure(before), exposure(after)
    assert one.nodes.keys() == other.nodes.keys()
    for node, answer in one.nodes.items():
        assert answer.by_position == pytest.approx(dict(other.nodes[node].by_position))
    first, second = expected_annual_loss(before), expected_annual_loss(after)
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert first.total == pytest.approx(second.total)


@law
@given(portfolios(indebted=True), exits())
def test_5_splitting_a_position_into_halves_changes_no_total(portfolio: Portfolio, exit_: Exit) -> None:
    whole = portfolio.with_positions(replace(portfolio.positions["p0"], exit=exit_))
    half = halved(whole)
    one, other = exposure(whole), exposure(half)
    assert one.portfolio_value == other.portfolio_value
    assert {n: a.value for n, a in one.nodes.items()} == pytest.approx(
        {n: other.nodes[n].value for n in one.nodes}
    )
    first, second = expected_annual_loss(whole), expected_annual_loss(half)
    if first is not None and second is not None:
        assert first.total == pytest.approx(second.total)
    for name in PASSES:
        assert withdrawals(whole).ladder.protocol[name] == pytest.approx(
            withdrawals(half).ladder.protocol[name]
        )


def halved(portfolio: Portfolio) -> Portfolio:
    """Return the portfolio with ``p0`` in two halves, each on edges of its own."""
    old = portfolio.positions["p0"]
    half = {"value": (old.value or 0) / Decimal(2), "debt": None if old.debt is None else old.debt / 2}
    twin = replace(old, id="twin", **half)  # type: ignore[arg-type]
    own = [e for e in portfolio.edges.values() if e.source == "p0"]
    groups = {e.group: portfolio.groups[e.group] for e in own if e.group is not None}
    return portfolio.with_positions(replace(old, **half), twin).with_graph(  # type: ignore[arg-type]
        edges=[
            replace(e, id=f"{e.id}'", source="twin", group=None if e.group is None else f"{e.group}'")
            for e in own
        ],
        groups=[replace(g, id=f"{g.id}'", node="twin") for g in groups.values()],
    )


@law
@given(portfolios(indebted=True))
def test_5_halves_lose_in_a_year_what_the_whole_loses(portfolio: Portfolio) -> None:
    one, other = year(portfolio), year(halved(portfolio))
    assume(one is not None)
    assert one is not None
    assert other is not None
    assert other.tail.var == pytest.approx(dict(one.tail.var), abs=1e-5)
    assert other.tail.cvar == pytest.approx(dict(one.tail.cvar), abs=1e-5)


@law
@given(portfolios(indebted=True))
def test_6_the_closed_form_is_the_mean_of_the_distribution(portfolio: Portfolio) -> None:
    expected = expected_annual_loss(portfolio)
    assume(expected is not None)
    assert expected is not None
    losses = Losses(portfolio, worths(portfolio), compiled(portfolio, None))
    hazards = failing(assumptions(portfolio, expected.assumed_nodes))
    states = EveryState([q for q, _ in hazards.values()])
    lost = Lines(losses, {node: severity for node, (_, severity) in hazards.items()}).total(states)
    assert float(states.chances @ lost) == pytest.approx(expected.total)


@law
@given(portfolios(indebted=True))
def test_6_parts_by_position_add_up(portfolio: Portfolio) -> None:
    found = year(portfolio)
    assume(found is not None)
    assert found is not None
    for level, cvar in found.tail.cvar.items():
        assert sum(found.cvar_by_position[level].values()) == pytest.approx(cvar, abs=1e-4)


@law
@given(layered())
def test_6_increments_of_all_layers_add_up(portfolio: Portfolio) -> None:
    known = worths(portfolio)
    graph, hazards = compiled(portfolio, None).graph, failing(assumptions(portfolio, portfolio.nodes))
    for held in portfolio.positions.values():
        found = [s.year(hazards).mean for s in stages(portfolio, graph, held, known[held.id], {})]
        rows = [r for r in rewards(portfolio, withdrawals(portfolio)).rows if r.position == held.id]
        lowest = found[1] - found[0]  # that of "hold", which has no row
        if all(row.risk.increment is not None for row in rows):
            increments = [row.risk.increment or 0.0 for row in rows]
            assert lowest + sum(increments) == pytest.approx(found[-1] - found[0])


@law
@given(portfolios(indebted=True))
def test_7_beyond_var_more_is_lost_and_it_grows_with_the_level(portfolio: Portfolio) -> None:
    found = year(portfolio)
    assume(found is not None)
    assert found is not None
    for level in LEVELS:
        assert found.tail.cvar[level] >= found.tail.var[level] - ROUNDING
        assert found.tail.cvar[level] <= found.max_loss + 1e-6
    for figures in (found.tail.var, found.tail.cvar):
        assert all(figures[less] <= figures[more] + 1e-6 for less, more in pairwise(LEVELS))


@law
@given(portfolios(indebted=True))
def test_7_together_no_more_is_lost_than_apart(portfolio: Portfolio) -> None:
    whole = year(portfolio)
    assume(whole is not None)
    assume(len(portfolio.positions) > 1)
    assert whole is not None
    parts = [year(alone(portfolio, {"p0"})), year(alone(portfolio, portfolio.positions.keys() - {"p0"}))]
    for level, cvar in whole.tail.cvar.items():
        assert cvar <= sum(part.tail.cvar[level] for part in parts if part is not None) + 1e-5


def alone(portfolio: Portfolio, positions: Collection[str]) -> Portfolio:
    """Return the portfolio with some of its positions."""
    return replace(
        portfolio,
        positions={k: p for k, p in portfolio.positions.items() if k in positions},
        edges={k: e for k, e in portfolio.edges.items() if e.source in {*positions, *portfolio.nodes}},
        groups={k: g for k, g in portfolio.groups.items() if g.node in {*positions, *portfolio.nodes}},
    )


@law
@given(exits())
def test_8_min_typical_and_max_come_in_this_order(exit_: Exit) -> None:
    plan = withdrawals(Portfolio().with_positions(position("p", exit=exit_))).positions["p"]
    for answer in (plan.finish, *(t.finish for t in plan.tranches), *(t.at_least for t in plan.tranches)):
        known = [days for days in (answer.min, answer.typical, answer.max) if days is not None]
        assert known == sorted(known)


@law
@given(exits(known=True), st.data())
def test_8_adding_a_precedence_never_shortens(exit_: Exit, data: st.DataObject) -> None:
    tranche = exit_.tranches[0]
    assume(len(tranche.steps) > 1)
    later = data.draw(st.integers(1, len(tranche.steps) - 1))
    earlier = data.draw(st.integers(0, later - 1))
    steps = list(tranche.steps)
    steps[later] = replace(steps[later], after=(*steps[later].after, steps[earlier].id))
    bound = replace(exit_, tranches=(replace(tranche, steps=tuple(steps)), *exit_.tranches[1:]))
    before, after = (
        withdrawals(Portfolio().with_positions(position("p", exit=way))).positions["p"].finish
        for way in (exit_, bound)
    )
    for name in PASSES:
        assert (before.of(name) or 0) <= (after.of(name) or 0)


@law
@given(exits())
def test_8_ladders_never_fall(exit_: Exit) -> None:
    ladder = withdrawals(Portfolio().with_positions(position("p", exit=exit_))).ladder
    for name in PASSES:
        for values in (ladder.protocol[name], ladder.market_first[name]):
            assert list(values) == sorted(values)
            assert values[-1] <= 1000 + ROUNDING
