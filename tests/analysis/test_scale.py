"""Ten thousand positions cost what their different stacks cost."""

from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.losses import compiled
from desktop_app.domain.portfolio import Portfolio
from tests.builders import drawn, edge, position


def many(count: int) -> Portfolio:
    """Return positions on five tokens, in ten wallets, over one platform with shared services."""
    lines = [f"token:{i} -> issuer{i % 2}" for i in range(5)]
    lines += [f"issuer{i} -10%-> role:{j}" for i in range(2) for j in range(8)]
    lines += [f"role:{j} ~50%~> service:{k}" for j in range(8) for k in range(12)]
    lines += [f"custody:{i} -> client:node" for i in range(10)]
    graph = drawn("first: 1 -> token:0", *lines)
    held = [position(f"p{i}", "1") for i in range(count)]
    own = [edge(p.id, f"token:{i % 5}") for i, p in enumerate(held)]
    wallets = [edge(p.id, f"custody:{i % 10}") for i, p in enumerate(held)]
    return graph.with_positions(*held).with_graph(edges=[*own, *wallets])


def test_stacks_are_worked_out_once_however_many_positions_stand_on_them() -> None:
    portfolio = many(1000)
    known = compiled(portfolio, None)
    assert len({standing.rows for standing in known.standing.values()}) == 10 + 1
    assert len(known.formula.terms) == len(compiled(many(20), None).formula.terms)


def test_stacks_of_different_wallets_share_everything_but_the_wallet() -> None:
    formula = compiled(many(1000), None).formula
    shares, slices, splits, stacks = 8 * 12, 2 * 8, 2, 10 + 1
    assert len(formula.terms) == shares + slices + splits + stacks


def test_the_formula_of_a_portfolio_is_kept_while_only_prices_change() -> None:
    portfolio = many(20)
    assert compiled(portfolio, None) is compiled(portfolio.with_prices(), None)
    assert compiled(portfolio, None) is not compiled(many(20), None)


def test_every_position_is_counted() -> None:
    found = exposure(many(1000))
    assert found.portfolio_value == 1001
    assert len(found.nodes["token:0"].by_position) == 201
