"""The laws of definitions.md 9, on random portfolios."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop_app.analysis.annual import expected_annual_loss
from desktop_app.analysis.exposure import Exposure, exposure
from desktop_app.analysis.stress import stress
from desktop_app.analysis.withdrawals import PASSES, withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Edge, Exit, Group, Mode, Scenario, is_unknown
from tests.analysis import oracle
from tests.analysis.strategies import NODES, exits, fractions, portfolios, shocks_on, weights
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
