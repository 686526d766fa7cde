from dataclasses import replace
from decimal import Decimal

from desktop_app import shipped
from desktop_app.domain.checks import check
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Edge, Mode, Node
from desktop_app.domain.stacks import Holding, add_holding
from tests.domain.reach import reached

POOL = "protocol:lido#operators"


def added(portfolio: Portfolio, asset: str, *operators: str, services: tuple[str, ...] = ()) -> Portfolio:
    holding = Holding(asset, Decimal(1), operators=operators, services=services)
    return add_holding(portfolio, shipped.catalogue(), holding)


def pool_weights(portfolio: Portfolio, group: str = POOL) -> dict[str, float]:
    return {e.target: e.weight for e in portfolio.edges.values() if e.group == group}


def test_a_pool_of_which_nothing_is_known_is_wholly_unknown() -> None:
    assert pool_weights(added(Portfolio(), "stETH")) == {"unknown:operator": 1.0}


def test_the_only_operator_named_has_everything() -> None:
    assert pool_weights(added(Portfolio(), "stETH", "P2P")) == {"operator:p2p": 1.0}


def test_operators_named_by_two_positions_come_together_and_stay_unknown_in_weight() -> None:
    portfolio = added(added(Portfolio(), "stETH", "P2P"), "wstETH", "Kiln")
    assert pool_weights(portfolio) == {"unknown:operator": 1.0}
    assert portfolio.groups[POOL].names == ("operator:p2p", "operator:kiln")
    assert check(portfolio) == ()


def test_a_position_that_names_nobody_takes_no_name_away() -> None:
    portfolio = added(added(Portfolio(), "stETH", "P2P"), "stETH")
    assert pool_weights(portfolio) == {"operator:p2p": 1.0}


def test_layers_name_the_edges_that_a_pool_has_now() -> None:
    portfolio = added(added(Portfolio(), "weETH"), "weETH", "P2P")
    for position in portfolio.positions.values():
        assert "role:p2p@eigenlayer" in reached(portfolio, position.id)
        below = reached(portfolio, position.id, frozenset({"liquid restaking"}))
        assert below == {"asset:eth", "chain:ethereum", "token:weETH", "protocol:etherfi"}
    assert check(portfolio) == ()


def test_a_service_counts_in_full_and_a_second_one_never_lowers_it() -> None:
    first = added(Portfolio(), "weETH", services=("EigenDA",))
    second = added(first, "weETH", services=("Lagrange",))
    shared = {e.target: e.weight for e in second.edges.values() if e.mode is Mode.SHARED}
    assert shared == {"service:eigenda": 1.0, "service:lagrange": 1.0}
    assert "unknown:service" not in reached(second, "weETH")


def test_services_named_later_take_the_place_of_the_unknown_ones() -> None:
    portfolio = added(added(Portfolio(), "weETH"), "weETH", services=("EigenDA",))
    assert "service:eigenda" in reached(portfolio, "weETH")
    assert "unknown:service" not in reached(portfolio, "weETH")
    assert check(portfolio) == ()


def with_share(portfolio: Portfolio, weight: float) -> Portfolio:
    """Give P2P a share of the pool, as the user would type it."""
    (unknown,) = (e for e in portfolio.edges.values() if e.group == POOL)
    named = Edge(f"{POOL}>operator:p2p", "protocol:lido", "operator:p2p", Mode.SPLIT, weight, POOL)
    operator = shipped.catalogue().entries["p2p"]
    node = Node("operator:p2p", operator.name, dimension=portfolio.nodes["asset:eth"].dimension)
    return portfolio.with_graph([node], [replace(unknown, weight=1 - weight), named])


def test_shares_that_were_given_stay_when_further_names_come() -> None:
    portfolio = added(with_share(added(Portfolio(), "stETH"), 0.25), "stETH", "Kiln")
    assert pool_weights(portfolio) == {"unknown:operator": 0.75, "operator:p2p": 0.25}
    assert portfolio.groups[POOL].names == ("operator:kiln",)
    assert check(portfolio) == ()


def test_shares_that_were_given_stay_when_another_position_is_added() -> None:
    portfolio = added(with_share(added(Portfolio(), "stETH"), 0.25), "wstETH")
    assert pool_weights(portfolio) == {"unknown:operator": 0.75, "operator:p2p": 0.25}


def test_services_are_added_beside_one_with_a_share() -> None:
    portfolio = added(Portfolio(), "weETH", services=("EigenDA",))
    (edge,) = (e for e in portfolio.edges.values() if e.mode is Mode.SHARED)
    given = portfolio.with_graph(edges=[replace(edge, weight=0.4, share_given=True)])
    after = added(given, "weETH", services=("Lagrange",))
    shared = {e.target: e.weight for e in after.edges.values() if e.mode is Mode.SHARED}
    assert shared == {"service:eigenda": 0.4, "service:lagrange": 1.0}
