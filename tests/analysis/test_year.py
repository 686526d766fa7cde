"""A year is looked at in all its states, those with few failures, or drawn ones, and says how sure it is."""

import math
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.analysis import tables
from desktop_app.analysis.tail import LEVELS
from desktop_app.analysis.year import Year, year
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Basis
from tests.builders import drawn, node


def spread_out(nodes: int, chance: float, value: int = 100) -> Portfolio:
    """Return positions of equal value, each on a node of its own that can fail and then takes all."""
    portfolio = drawn(*(f"p{i}: {value} -> n{i}" for i in range(nodes)))
    return portfolio.with_graph([node(f"n{i}", chance, 1.0) for i in range(nodes)])


def asked(portfolio: Portfolio) -> Year:
    found = year(portfolio)
    assert found is not None
    return found


def binomial(nodes: int, chance: float) -> list[float]:
    return [math.comb(nodes, k) * chance**k * (1 - chance) ** (nodes - k) for k in range(nodes + 1)]


def cvar_of(chances: list[float], value: float, level: float) -> float:
    """Return CVaR of ``value`` times a count with these chances."""
    at = next(k for k in range(len(chances)) if sum(chances[: k + 1]) >= level - 1e-12)
    return value * (at + sum(p * (k - at) for k, p in enumerate(chances) if k > at) / (1 - level))


def test_up_to_twenty_nodes_all_states_are_listed() -> None:
    found = asked(spread_out(20, 0.1))
    assert (found.states, found.failures, found.drawn, found.upper, found.spread) == (
        1 << 20,
        None,
        False,
        None,
        None,
    )
    for level in LEVELS:
        assert found.tail.cvar[level] == pytest.approx(cvar_of(binomial(20, 0.1), 100, level), rel=1e-9)


def test_beyond_that_few_failures_are_enough_if_the_bounds_prove_it() -> None:
    found = asked(spread_out(25, 0.01))
    assert found.failures is not None
    assert found.upper is not None
    assert not found.drawn
    for level in LEVELS:
        exact = cvar_of(binomial(25, 0.01), 100, level)
        assert found.tail.cvar[level] <= exact * (1 + 1e-9)
        assert exact <= found.upper.cvar[level] * (1 + 1e-9)
    assert found.upper.cvar[0.99] <= found.tail.cvar[0.99] * 1.005
    assert found.mean == pytest.approx(25)


def test_otherwise_states_are_drawn_and_their_spread_is_told() -> None:
    found = asked(spread_out(60, 0.05))
    assert found.drawn
    assert found.failures is None
    assert found.spread is not None
    for level in LEVELS:
        exact = cvar_of(binomial(60, 0.05), 100, level)
        assert found.tail.cvar[level] == pytest.approx(exact, rel=0.01)
        assert found.spread.cvar[level] < 0.01 * exact
    assert found.mean == pytest.approx(300)
    assert found.max_loss == pytest.approx(6000)
    assert sum(found.cvar_by_position[0.95].values()) == pytest.approx(found.tail.cvar[0.95])


@pytest.mark.parametrize(("nodes", "chance"), [(25, 0.01), (60, 0.05)])
def test_a_node_left_out_of_few_or_drawn_states_is_one_that_cannot_fail(nodes: int, chance: float) -> None:
    found = asked(spread_out(nodes, chance))
    for level in LEVELS[1:]:
        exact = cvar_of(binomial(nodes, chance), 100, level) - cvar_of(
            binomial(nodes - 1, chance), 100, level
        )
        mean = sum(out.cvar[level] for out in found.leave_one_out.values()) / nodes
        assert mean == pytest.approx(exact, rel=0.05)
    assert all(
        out.expected_annual_loss == pytest.approx(100 * chance) for out in found.leave_one_out.values()
    )


def test_stacks_too_wide_for_a_table_are_put_together_from_smaller_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [f"T -{3}%-> role:{i} -> operator:{i}" for i in range(30)]
    lines += [f"role:{i} ~40%~> service:{i % 7}" for i in range(30)]
    portfolio = drawn("p: 1000 -> T", "q: 500 -> custody:a -> T", *lines)
    risky = [replace(n, failure_probability=0.004, loss_given_failure=0.3) for n in portfolio.nodes.values()]
    found = asked(portfolio.with_graph(risky))
    monkeypatch.setattr(tables, "LEAST_TABLE", 3)
    other = asked(portfolio.with_graph(risky))
    assert other.tail.cvar == pytest.approx(dict(found.tail.cvar))
    assert other.max_loss == pytest.approx(found.max_loss)
    for level in LEVELS:
        assert other.cvar_by_position[level] == pytest.approx(dict(found.cvar_by_position[level]))
    for name, out in other.leave_one_out.items():
        assert out.cvar == pytest.approx(dict(found.leave_one_out[name].cvar), abs=1e-6)


def test_positions_with_debt_take_part_in_the_year() -> None:
    portfolio = drawn("loop: 1000 -> T", "loop ..> lender:m", "plain: 1000 -> T").with_graph(
        [node("T", 0.02, 0.1), node("lender:m", 0.01, 0.5)]
    )
    terms = {"debt": Decimal(3000), "liquidation_threshold": 0.9, "liquidation_penalty": 0.0}
    loop = replace(portfolio.positions["loop"], **terms)  # type: ignore[arg-type]
    found = asked(portfolio.with_positions(loop))
    assert found.tail.var == {0.9: 0.0, 0.95: 0.0, 0.99: 500.0}
    assert found.max_loss == pytest.approx(100 + 1000 * (1 - 0.5 * 0.6))
    lender, token = found.leave_one_out["lender:m"], found.leave_one_out["T"]
    assert lender.expected_annual_loss == pytest.approx(1000 * 0.01 * 0.5 * (1 - 0.02 * 0.4))
    assert token.expected_annual_loss == pytest.approx(0.02 * (100 + 1000 * 0.4 * (1 - 0.01 * 0.5)))


def test_what_is_certain_to_fail_can_be_left_out_too() -> None:
    portfolio = drawn("p: 1000 -> A", "q: 1000 -> B").with_graph([node("A", 1.0, 0.1), node("B", 0.5, 0.2)])
    found = asked(portfolio)
    assert found.p_no_loss == 0
    assert found.tail.var[0.9] == pytest.approx(300)
    assert found.leave_one_out["A"].cvar[0.95] == pytest.approx(100)
    assert found.leave_one_out["A"].expected_annual_loss == pytest.approx(100)


def test_the_curve_falls_and_its_longest_plateau_has_a_cause() -> None:
    portfolio = drawn("p: 100 -> A", "q: 100 -> B", "r: 2000 -> C").with_graph(
        [node("A", 0.1, 1.0), node("B", 0.1, 1.0), node("C", 0.01, 1.0)]
    )
    found = asked(portfolio)
    assert [x for x, _ in found.curve] == [100, 200, 2000, 2100]
    assert [chance for _, chance in found.curve] == pytest.approx(
        [1 - 0.81 * 0.99, 0.01 + 0.99 * 0.01, 0.01, 0.01 * 0.19]
    )
    assert found.plateau is not None
    assert (found.plateau.node, found.plateau.start, found.plateau.end) == ("C", 200, 2000)
    assert found.plateau.chance == pytest.approx(0.01)


def test_a_curve_of_many_steps_is_thinned_for_a_picture() -> None:
    found = asked(spread_out(20, 0.3))
    assert len(found.curve) <= 400
    assert all(
        left[0] < right[0] and left[1] > right[1]
        for left, right in zip(found.curve, found.curve[1:], strict=False)
    )


def test_made_up_assumptions_make_a_made_up_year() -> None:
    portfolio = spread_out(2, 0.1)
    assert not asked(portfolio).illustrative
    made_up = replace(portfolio.nodes["n0"], basis=Basis.ILLUSTRATIVE)
    assert asked(portfolio.with_graph([made_up])).illustrative


def test_units_that_are_drawn_give_the_year_a_spread() -> None:
    lines = [f"T ~{5 + i % 7}%~> role:{i}" for i in range(20)]
    lines += [f"role:{i} ~{20 + (i * j) % 11}%~> service:{j}" for i in range(20) for j in range(8)]
    risky = [node(f"service:{j}", 0.05, 0.5) for j in range(8)]
    found = asked(drawn("p: 1000 -> T", *lines).with_graph(risky))
    assert found.spread is not None
    assert 0 < found.spread.cvar[0.95] < 0.05 * found.tail.cvar[0.95]


@pytest.mark.parametrize("portfolio", [Portfolio(), drawn("p: ? -> A"), drawn("p: 100 -> A")])
def test_without_a_price_or_a_node_that_can_fail_there_is_no_year(portfolio: Portfolio) -> None:
    assert year(portfolio) is None
