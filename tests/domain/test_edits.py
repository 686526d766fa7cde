"""Whatever is added, changed and deleted in whatever order: the portfolio stays sound, nothing is left."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app import shipped
from desktop_app.domain.checks import check
from desktop_app.domain.interchange import dumps, loads
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.stacks import Holding, add_holding, holding_of

holdings = st.builds(
    Holding,
    asset=st.sampled_from(["weETH", "stETH", "ETH", "rstETH", "PT-weETH-26DEC2024", "sUSDe", "LBTC", "FOO"]),
    quantity=st.just(Decimal(1)),
    account=st.sampled_from(["", "Kraken"]),
    custody=st.booleans(),
    chain=st.sampled_from(["", "Arbitrum"]),
    protocol=st.sampled_from(["", "EigenLayer", "Symbiotic", "Aave v3", "Bob's Vault", "Lido", "Ethereum"]),
    layer=st.sampled_from(["", "staking", "restaking", "liquid restaking", "yield"]),
    operators=st.lists(st.sampled_from(["P2P", "Kiln", "Bob"]), max_size=2, unique=True).map(tuple),
    services=st.lists(st.sampled_from(["EigenDA", "Foo", "SSV Network"]), max_size=2, unique=True).map(tuple),
    reward_rate=st.sampled_from([None, 0.03]),
)
edits = st.tuples(st.sampled_from(["add", "change", "delete"]), st.integers(0, 9), holdings)


def applied(portfolio: Portfolio, edit: tuple[str, int, Holding]) -> Portfolio:
    what, number, holding = edit
    ids = list(portfolio.positions)
    if what == "add" or not ids:
        return add_holding(portfolio, shipped.catalogue(), holding)
    chosen = ids[number % len(ids)]
    if what == "delete":
        return portfolio.without_positions(chosen)
    return add_holding(portfolio, shipped.catalogue(), holding, chosen)


@given(st.lists(edits, min_size=1, max_size=8))
@settings(max_examples=60)
def test_edits_keep_a_portfolio_sound(steps: list[tuple[str, int, Holding]]) -> None:
    portfolio = Portfolio()
    for step in steps:
        portfolio = applied(portfolio, step)
        assert check(portfolio) == ()
    assert portfolio.reached() == set(portfolio.nodes)
    assert loads(dumps(portfolio)) == portfolio


@given(st.lists(edits, min_size=1, max_size=8))
@settings(max_examples=30)
def test_nothing_is_left_when_all_positions_are_deleted(steps: list[tuple[str, int, Holding]]) -> None:
    portfolio = Portfolio()
    for step in steps:
        portfolio = applied(portfolio, step)
    empty = portfolio.without_positions(*portfolio.positions)
    assert (empty.nodes, empty.edges, empty.groups) == ({}, {}, {})


@given(st.lists(edits, min_size=1, max_size=6))
@settings(max_examples=40)
def test_entering_again_what_a_position_tells_changes_nothing(steps: list[tuple[str, int, Holding]]) -> None:
    portfolio = Portfolio()
    for step in steps:
        portfolio = applied(portfolio, step)
    for ident, position in portfolio.positions.items():
        told = holding_of(portfolio, position)
        assert add_holding(portfolio, shipped.catalogue(), told, ident) == portfolio


@given(holdings)
@settings(max_examples=150)
def test_what_a_position_tells_gives_the_same_stack_elsewhere(holding: Holding) -> None:
    portfolio = add_holding(Portfolio(), shipped.catalogue(), holding, "p")
    told = replace(holding_of(portfolio, portfolio.positions["p"]), name=holding.name)
    again = add_holding(Portfolio(), shipped.catalogue(), told, "p")
    assert (again.nodes, again.edges, again.groups) == (portfolio.nodes, portfolio.edges, portfolio.groups)
    assert again.positions["p"].layers == portfolio.positions["p"].layers
    assert again.positions["p"].exit == portfolio.positions["p"].exit
