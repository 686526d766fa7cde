from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.analysis.catalogue_use import old_facts, uses
from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.missing import Missing
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.stacks import Holding, add_holdings
from desktop_app.shipped import catalogue

OLD = (Missing("old", "protocol:lido", 1.0, "2023-05-15", "sell"), Missing("reward", "x", 1.0))


def held(price: str | None = "10") -> Portfolio:
    cost = None if price is None else Decimal(price)
    holdings = [Holding(asset, Decimal(100), cost) for asset in ("stETH", "weETH")]
    return add_holdings(Portfolio(), catalogue(), holdings)[0]


def test_the_value_on_an_entry_is_what_meets_any_of_its_nodes_counted_once() -> None:
    found = uses(held(), exposure(held()), ())
    assert found["lido"].value == pytest.approx(1000)
    assert set(found["lido"].nodes) == {"token:stETH", "protocol:lido"}
    assert found["ethereum-native-staking"].value == pytest.approx(2000)
    assert found["ethereum-native-staking"].positions == 2
    assert "rocket-pool" not in found


def test_a_copy_of_a_node_that_a_position_has_of_its_own_counts_with_it() -> None:
    before = held()
    lido = before.nodes["protocol:lido"]
    copy = replace(lido, id="protocol:lido#stETH")
    moved = replace(
        before,
        nodes={**before.nodes, copy.id: copy},
        edges={i: replace(e, target=copy.id) if e.target == lido.id else e for i, e in before.edges.items()},
    )
    assert uses(moved, exposure(moved), ())["lido"].value == pytest.approx(1000)


def test_without_a_price_the_value_is_unknown_and_the_use_is_not() -> None:
    found = uses(held(None), exposure(held(None)), ())["lido"]
    assert (found.value, found.positions) == (None, 1)


def test_old_facts_in_use_are_counted_by_entry() -> None:
    assert old_facts(held(), OLD) == {"lido": 1}
    assert old_facts(held(), [replace(OLD[0], subject="unknown:bridge")]) == {"": 1}
    assert uses(held(), exposure(held()), OLD)["lido"].old == 1


def test_an_empty_portfolio_uses_nothing() -> None:
    assert uses(Portfolio(), exposure(Portfolio()), ()) == {}
