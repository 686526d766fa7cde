"""The year and the rewards agree with every state listed one by one, with all modes of edges and debts."""

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop_app.analysis.rewards import LayerReward, rewards
from desktop_app.analysis.tail import LEVELS
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.analysis.year import Year, year
from desktop_app.domain.portfolio import Portfolio
from tests.analysis import oracle_year
from tests.analysis.strategies import layered, portfolios

some = settings(max_examples=60)
few = settings(max_examples=25)


CENTS = 2e-6
"""Losses are rounded to 1e-6, and a last digit can fall to either side."""


def same(value: float, within: float = CENTS) -> object:
    return pytest.approx(value, rel=1e-9, abs=within)


def checked(portfolio: Portfolio) -> tuple[Year, list[oracle_year.Outcome]]:
    hazards = oracle_year.hazards_of(portfolio)
    found = year(portfolio)
    assert (found is None) == (not hazards)
    assume(found is not None)
    assert found is not None
    return found, oracle_year.outcomes(portfolio, hazards)


@some
@given(portfolios(indebted=True))
def test_distribution_of_the_loss(portfolio: Portfolio) -> None:
    found, states = checked(portfolio)
    assert found.mean == same(oracle_year.mean(states))
    assert found.max_loss == same(max(o.total for o in states))
    assert found.p_no_loss == same(sum(o.chance for o in states if o.total == 0), 1e-12)
    for level in LEVELS:
        assert found.tail.var[level] == same(oracle_year.var(states, level))
        assert found.tail.cvar[level] == same(oracle_year.cvar(states, level))
    for loss, chance in found.curve:
        assert chance == same(sum(o.chance for o in states if o.total >= loss - CENTS), 1e-12)


@some
@given(portfolios(indebted=True))
def test_what_each_position_adds(portfolio: Portfolio) -> None:
    found, states = checked(portfolio)
    for level in LEVELS:
        for position, part in found.cvar_by_position[level].items():
            assert part == same(oracle_year.cvar_of(states, position, level), 1e-4)


@few
@given(portfolios(indebted=True))
def test_what_each_node_is_to_blame_for(portfolio: Portfolio) -> None:
    found, states = checked(portfolio)
    hazards = oracle_year.hazards_of(portfolio)
    for node, out in found.leave_one_out.items():
        without = oracle_year.outcomes(portfolio, {n: risk for n, risk in hazards.items() if n != node})
        assert out.expected_annual_loss == same(oracle_year.mean(states) - oracle_year.mean(without))
        for level, less in out.cvar.items():
            expected = oracle_year.cvar(states, level) - oracle_year.cvar(without, level)
            assert less == same(expected)


def rows(portfolio: Portfolio) -> tuple[LayerReward, ...]:
    return rewards(portfolio, withdrawals(portfolio)).rows


@some
@given(layered())
def test_what_each_layer_adds(portfolio: Portfolio) -> None:
    hazards = oracle_year.hazards_of(portfolio)
    for row in rows(portfolio):
        step = oracle_year.step(portfolio, row.position, row.number)
        assert set(row.risk.new_nodes) == step.raised()
        lgf = step.lgf()
        assert row.risk.loss_given_failure == (None if lgf is None else same(lgf, 1e-12))
        assumed = {n for n in row.risk.new_nodes if n not in row.risk.left_out_nodes}
        if not hazards or (row.risk.new_nodes and not assumed):
            assert row.incremental_expected_loss is None
        else:
            assert row.value is not None
            assert row.incremental_expected_loss == same(row.value * step.increment(hazards), 1e-9)


@few
@given(layered())
def test_how_much_riskier_the_new_nodes_of_each_layer_may_be(portfolio: Portfolio) -> None:
    hazards = oracle_year.hazards_of(portfolio)
    for row in rows(portfolio):
        rate, step = row.reward_rate, oracle_year.step(portfolio, row.position, row.number)
        if not rate or row.incremental_expected_loss is None:
            continue
        least = oracle_year.least_root(lambda m, r=rate, s=step: s.increment(hazards, m) - r)  # type: ignore[misc]
        assert row.hazard_multiplier == (None if least is None else pytest.approx(least, rel=1e-6))


@given(layered())
def test_break_evens_follow_from_rate_and_worst_node(portfolio: Portfolio) -> None:
    for row in rows(portfolio):
        lost, rate = row.risk.loss_given_failure, row.reward_rate
        if lost is None or rate is None or lost <= 0:
            continue
        assert row.breakeven_simple == same(min(1.0, max(0.0, rate / lost)), 1e-12)
        if row.rates_below is not None and row.exit_days is not None:
            part = (1 - (1 + row.rates_below) / (1 + row.rates_below + rate)) / lost
            exact = 1.0 if part >= 1 else 1 - (1 - max(0.0, part)) ** (1 / (1 + row.exit_days / 365))
            assert row.breakeven_exact == same(exact if rate > 0 else 0.0, 1e-12)


@few
@given(layered(), st.data())
def test_a_layer_is_asked_about_alone(portfolio: Portfolio, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(portfolio.positions)))
    alone = replace(portfolio, positions={name: portfolio.positions[name]})
    alone = replace(alone, edges={k: e for k, e in alone.edges.items() if e.source in {name, *alone.nodes}})
    mine = [row for row in rows(portfolio) if row.position == name]
    for row, other in zip(mine, rows(alone), strict=True):
        assert row.risk.loss_given_failure == other.risk.loss_given_failure
        if other.incremental_expected_loss is not None:
            assert math.isclose(
                row.incremental_expected_loss or 0.0,
                other.incremental_expected_loss,
                rel_tol=1e-9,
                abs_tol=1e-12,
            )
