from decimal import Decimal

import pytest

from desktop_app import shipped
from desktop_app.domain.checks import check
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Mode, Origin
from desktop_app.domain.stacks import Holding, add_holding, add_holdings
from tests.domain.reach import edges_between, one, reached, stands_on

ETHER = {"asset:eth", "chain:ethereum"}
RESTAKED = {"platform:eigenlayer", "unknown:operator", "unknown:service"}
LIDO = {"protocol:lido", "unknown:operator"}

PINNED = {
    "weETH": ETHER | RESTAKED | {"token:weETH", "protocol:etherfi"},
    "stETH": ETHER | LIDO | {"token:stETH"},
    "ezETH": ETHER | RESTAKED | {"token:ezETH", "protocol:renzo"},
    "JitoSOL": {"asset:sol", "chain:solana", "token:JitoSOL", "protocol:jitosol", "unknown:operator"},
    "LBTC": {
        "asset:btc",
        "chain:bitcoin",
        "token:LBTC",
        "protocol:lombard-lbtc",
        "platform:babylon",
        "unknown:operator",
        "unknown:service",
    },
    "sUSDe": {"asset:usde", "chain:ethereum", "token:sUSDe", "protocol:ethena-susde"},
    "PT-weETH-26DEC2024": ETHER
    | RESTAKED
    | {"token:weETH", "protocol:etherfi", "token:PT-weETH-26DEC2024", "protocol:pendle-pt"},
    "ETH": ETHER,
    "wstETH": ETHER | LIDO | {"token:wstETH"},
    "SOL": {"asset:sol", "chain:solana"},
    "jitoSOL": {"asset:sol", "chain:solana", "token:JitoSOL", "protocol:jitosol", "unknown:operator"},
    "ATOM": {"asset:atom", "chain:cosmos-hub"},
    "DOT": {"asset:dot", "chain:polkadot"},
    "BTC": {"asset:btc", "chain:bitcoin"},
    "rETH": ETHER | {"token:rETH", "protocol:rocket-pool", "unknown:operator"},
    "rsETH": ETHER | RESTAKED | {"token:rsETH", "protocol:kelp"},
    "pufETH": ETHER | RESTAKED | {"token:pufETH", "protocol:puffer"},
}


@pytest.mark.parametrize("asset", PINNED)
def test_a_token_stands_on_exactly_what_the_design_pins(asset: str) -> None:
    assert stands_on(asset) == PINNED[asset]


@pytest.mark.parametrize("asset", PINNED)
def test_a_proposed_stack_is_sound(asset: str) -> None:
    assert check(one(asset)[0]) == ()


def test_every_token_of_the_catalogue_gives_a_sound_stack() -> None:
    holdings = [Holding(t.symbol, Decimal(1), chain=t.chain) for t in shipped.catalogue().tokens]
    portfolio, ids = add_holdings(Portfolio(), shipped.catalogue(), holdings)
    assert check(portfolio) == ()
    assert len(ids) == len(set(ids)) == len(shipped.catalogue().tokens)


# -- layers ------------------------------------------------------------------------------------------------


def test_stripping_the_layers_of_a_principal_token_leaves_what_is_below() -> None:
    portfolio, p = one("PT-weETH-26DEC2024")
    assert [la.name for la in p.layers] == ["hold", "liquid staking", "liquid restaking", "fixed yield"]
    without_pt = reached(portfolio, p.id, frozenset({"fixed yield"}))
    assert without_pt == PINNED["weETH"]
    without_restaking = reached(portfolio, p.id, frozenset({"fixed yield", "liquid restaking"}))
    assert without_restaking == ETHER | {"token:weETH", "protocol:etherfi"}
    assert reached(portfolio, p.id, frozenset({"fixed yield", "liquid restaking", "liquid staking"})) == ETHER


def test_every_edge_of_a_stack_belongs_to_exactly_one_layer() -> None:
    for asset in ("weETH", "rstETH", "PT-weETH-26DEC2024", "xSolvBTC", "cmETH"):
        portfolio, p = one(asset)
        named = [e for la in p.layers for e in la.edges]
        assert sorted(named) == sorted(portfolio.edges)


def test_a_plain_wrapper_belongs_to_hold() -> None:
    for asset in ("WBTC", "cbBTC", "SolvBTC", "cUSD"):
        assert [la.name for la in one(asset)[1].layers] == ["hold"]


def test_a_yield_token_has_a_yield_layer() -> None:
    for asset in ("sUSDe", "stcUSD", "liquidETH"):
        assert [la.name for la in one(asset)[1].layers] == ["hold", "yield"]


def test_one_rate_of_several_paying_layers_is_a_total_on_the_outermost() -> None:
    rates = {la.name: (la.reward_rate, la.unsplit) for la in one("weETH", reward_rate=0.04)[1].layers}
    assert rates == {
        "hold": (0.0, False),
        "liquid staking": (None, False),
        "liquid restaking": (0.04, True),
    }


def test_one_rate_of_one_paying_layer_is_that_layers_own() -> None:
    rates = {la.name: (la.reward_rate, la.unsplit) for la in one("stETH", reward_rate=0.03)[1].layers}
    assert rates == {"hold": (0.0, False), "liquid staking": (0.03, False)}


# -- tokens inside tokens, governance, further chains ------------------------------------------------------


def test_another_form_of_the_same_share_adds_no_token() -> None:
    assert "token:eETH" not in stands_on("weETH")
    assert "token:stETH" not in stands_on("wstETH")


def test_a_token_made_of_a_token_of_another_issuer_stands_on_both() -> None:
    assert {"token:mstETH", "protocol:eigenpie", "token:stETH", "protocol:lido"} <= stands_on("mstETH")
    assert {"token:rstETH", "token:wstETH", "protocol:lido", "platform:symbiotic"} <= stands_on("rstETH")


def test_possible_platforms_are_an_unknown_platform() -> None:
    assert "unknown:platform" in stands_on("cmETH")
    assert not any(node.startswith("platform:") for node in stands_on("cmETH"))


def test_a_governance_token_stands_on_nothing_that_its_protocol_holds() -> None:
    assert stands_on("RPL") == {"asset:RPL", "chain:ethereum"}


def test_a_token_on_a_further_chain_adds_that_chain_and_an_unknown_bridge() -> None:
    more = stands_on("weETH", chain="Arbitrum") - PINNED["weETH"]
    assert more == {"chain:arbitrum", "unknown:bridge"}
    assert one("weETH", chain="Arbitrum")[1].layers[-1].name == "bridge"


@pytest.mark.parametrize(
    ("chain", "node"),
    [
        ("Arbitrum One", "chain:arbitrum"),
        ("BSC", "chain:bnb"),
        ("OP Mainnet", "chain:optimism"),
        ("Polygon PoS", "chain:polygon"),
        ("42161", "chain:arbitrum"),
        ("Linea", "chain:linea"),
        ("Foochain", "chain:foochain"),
    ],
)
def test_a_chain_however_it_is_spelled_adds_itself_and_an_unknown_bridge(chain: str, node: str) -> None:
    assert stands_on("weETH", chain=chain) - PINNED["weETH"] == {node, "unknown:bridge"}


def test_a_chain_that_nobody_knows_is_the_users_own() -> None:
    for asset in ("weETH", "DOGECOIN-2"):
        node = one(asset, chain="Foochain")[0].nodes["chain:foochain"]
        assert (node.name, node.origin) == ("Foochain", Origin.YOURS)


@pytest.mark.parametrize("chain", ["Ethereum Mainnet", "ETH", "1", "eip155:1", "mainnet"])
def test_another_name_of_the_home_chain_is_no_bridge(chain: str) -> None:
    assert stands_on("weETH", chain=chain) == PINNED["weETH"]


@pytest.mark.parametrize(
    ("asset", "chain"), [("weETH", "ethereum"), ("LBTC", "Ethereum"), ("stATOM", "stride")]
)
def test_a_token_at_home_needs_no_bridge(asset: str, chain: str) -> None:
    assert stands_on(asset, chain=chain) == stands_on(asset)


def test_an_address_names_the_token_of_its_chain() -> None:
    address = "0x35751007A407ca6FEFfE80b3cB397736D2cf4dbe"
    assert one(address, chain="arbitrum")[1].asset == "weETH"


@pytest.mark.parametrize(
    ("asset", "chain"),
    [
        ("0x35751007A407ca6FEFfE80b3cB397736D2cf4dbe", "chain:arbitrum"),
        ("eip155:42161/erc20:0x5979D7b546E38E414F7E9822514be443A4800529", "chain:arbitrum"),
        ("wrsETH", "chain:base"),
    ],
)
def test_what_is_only_on_a_further_chain_needs_no_word_for_it(asset: str, chain: str) -> None:
    assert {chain, "chain:ethereum", "unknown:bridge"} <= stands_on(asset)


def test_a_platform_stands_on_the_chain_on_which_it_is() -> None:
    for token in ("LBTC", "xSolvBTC"):
        assert {"platform:babylon", "chain:bitcoin"} <= stands_on(token)


def test_every_node_that_a_past_event_struck_is_under_some_token() -> None:
    struck = {s.node for event in shipped.full_catalogue().events for s in event.shocks}
    reachable = {node for symbol in shipped.catalogue().tokens_by_symbol for node in stands_on(symbol)}
    assert struck <= reachable


def test_an_unknown_asset_becomes_the_users_own_node_and_is_only_held() -> None:
    portfolio, p = one("DOGECOIN-2")
    assert stands_on("DOGECOIN-2") == {"asset:DOGECOIN-2"}
    assert portfolio.nodes["asset:DOGECOIN-2"].origin is Origin.YOURS
    assert [la.name for la in p.layers] == ["hold"]
    assert p.exit.tranches == ()


def test_an_unclear_underlying_is_an_unknown_asset() -> None:
    assert "unknown:asset" in stands_on("cUSD")


# -- accounts ----------------------------------------------------------------------------------------------


def test_an_account_that_was_named_is_a_node_of_the_hold_layer() -> None:
    portfolio, p = one("ETH", account="Kraken", custody=True)
    assert reached(portfolio, p.id) == ETHER | {"custody:kraken"}
    assert f"{p.id}>custody:kraken" in p.layers[0].edges


def test_a_default_account_is_no_node() -> None:
    assert stands_on("ETH", account="Wealthfolio") == ETHER


# -- staking and restaking ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [{"layer": "staking"}, {"protocol": "Ethereum"}, {"protocol": "Ethereum", "layer": "staking"}]
)
def test_a_staked_coin_without_an_operator_has_an_unknown_one(words: dict[str, str]) -> None:
    portfolio, p = one("ETH", **words)
    assert reached(portfolio, p.id) == ETHER | {"unknown:operator"}
    assert [la.name for la in p.layers] == ["hold", "staking"]


def test_the_operator_of_a_validator_is_the_legal_entity() -> None:
    portfolio, p = one("ETH", operators=("P2P.org",))
    assert reached(portfolio, p.id) == ETHER | {"operator:p2p"}
    (edge,) = edges_between(portfolio, p.id, "operator:p2p")
    assert (edge.mode, edge.weight, edge.share_given) == (Mode.SPLIT, 1.0, False)


def test_an_operator_of_a_restaked_token_works_in_a_role_that_serves() -> None:
    portfolio, p = one("stETH", protocol="EigenLayer", operators=("P2P",), services=("EigenDA",))
    assert reached(portfolio, p.id) == ETHER | LIDO | {
        "token:stETH",
        "platform:eigenlayer",
        "role:p2p@eigenlayer",
        "operator:p2p",
        "service:eigenda",
    }
    (edge,) = edges_between(portfolio, "role:p2p@eigenlayer", "service:eigenda")
    assert (edge.mode, edge.weight, edge.share_given) == (Mode.SHARED, 1.0, False)


def test_services_of_a_role_that_are_not_named_are_unknown() -> None:
    assert "unknown:service" in stands_on("stETH", protocol="EigenLayer", operators=("P2P",))


def test_several_operators_without_shares_leave_the_weight_with_the_unknown() -> None:
    portfolio, p = one("stETH", protocol="EigenLayer", operators=("P2P", "Kiln"))
    group = portfolio.groups[f"{p.id}#operators"]
    assert group.names == ("role:p2p@eigenlayer", "role:kiln@eigenlayer")
    assert group.residual_node == "unknown:operator"
    assert "operator:p2p" not in reached(portfolio, p.id)
    assert "unknown:operator" in reached(portfolio, p.id)


def test_restaking_without_a_platform_has_an_unknown_one() -> None:
    assert {"unknown:platform", "unknown:service"} <= stands_on("stETH", layer="restaking")


def test_services_say_on_which_platform_the_stake_is() -> None:
    assert "platform:eigenlayer" in stands_on("stETH", operators=("P2P",), services=("EigenDA",))


def test_services_on_no_known_platform_are_on_an_unknown_one() -> None:
    assert {"unknown:platform", "service:foo"} <= stands_on("stETH", services=("Foo",))


def test_a_service_for_validators_belongs_to_staking() -> None:
    for words in ({"protocol": "SSV Network"}, {"services": ("SSV Network",)}):
        assert stands_on("ETH", **words) == ETHER | {"unknown:operator", "service:ssv"}
    assert stands_on("ETH", layer="staking", services=("EigenDA",)) == ETHER | {
        "unknown:operator",
        "service:eigenda",
    }


def test_an_operator_or_a_service_as_protocol_is_taken_as_such() -> None:
    assert stands_on("ETH", protocol="Kiln") == ETHER | {"operator:kiln"}
    assert {"platform:eigenlayer", "service:eigenda"} <= stands_on("stETH", protocol="EigenDA")


def test_a_coin_staked_on_another_chain_than_its_home_stands_on_both() -> None:
    assert {"chain:ethereum", "chain:polygon"} <= stands_on("POL", layer="staking")


def test_an_unknown_asset_can_be_staked() -> None:
    assert stands_on("FOO", layer="staking") == {"asset:FOO", "unknown:operator"}


def test_an_operator_of_a_token_without_a_pool_is_the_positions_own() -> None:
    assert "operator:kiln" in stands_on("sUSDe", operators=("Kiln",))


def test_a_name_that_nobody_knows_is_kept() -> None:
    nodes = stands_on("stETH", protocol="Bob's Vault", layer="restaking", operators=("Bob & Söhne",))
    assert {"platform:bob-s-vault", "operator:bob-söhne", "role:bob-söhne@bob-s-vault"} <= nodes


def test_a_token_in_a_lending_market_is_collateral() -> None:
    portfolio, p = one("weETH", protocol="Aave v3")
    assert reached(portfolio, p.id) == PINNED["weETH"] | {"lender:aave-v3"}
    assert p.layers[-1].name == "collateral"


def test_the_tokens_own_issuer_as_protocol_adds_nothing() -> None:
    assert stands_on("weETH", protocol="ether.fi", layer="liquid restaking") == PINNED["weETH"]
    assert stands_on("PT-weETH-26DEC2024", protocol="Pendle") == PINNED["PT-weETH-26DEC2024"]
    assert stands_on("weETH", protocol="EigenLayer") == PINNED["weETH"]


def test_a_coin_in_a_pool_stands_on_the_pool() -> None:
    assert stands_on("ETH", protocol="Lido") == ETHER | LIDO


def test_a_layer_without_a_protocol_has_an_unknown_one() -> None:
    assert "unknown:protocol" in stands_on("ETH", layer="liquid staking")
    assert {"unknown:protocol", "unknown:platform"} <= stands_on("ETH", layer="liquid restaking")
    assert "unknown:protocol" in stands_on("weETH", layer="yield")


# -- many holdings -----------------------------------------------------------------------------------------


def test_positions_on_one_token_share_its_nodes_and_edges() -> None:
    holdings = [Holding("weETH", Decimal(n)) for n in (1, 2)]
    portfolio, ids = add_holdings(Portfolio(), shipped.catalogue(), holdings)
    alone, _ = one("weETH")
    assert ids == ("weETH", "weETH-2")
    assert portfolio.nodes == alone.nodes
    assert reached(portfolio, "weETH-2") == PINNED["weETH"]


def test_holdings_added_together_equal_those_added_one_by_one() -> None:
    holdings = [
        Holding("weETH", Decimal(1), operators=("P2P",)),
        Holding("stETH", Decimal(2), protocol="EigenLayer", operators=("P2P",), services=("EigenDA",)),
        Holding("weETH", Decimal(3), operators=("Kiln",), services=("EigenDA", "Lagrange")),
        Holding("FOO", Decimal(4), account="Kraken", custody=True),
    ]
    together, _ = add_holdings(Portfolio(), shipped.catalogue(), holdings)
    single = Portfolio()
    for holding in holdings:
        single = add_holding(single, shipped.catalogue(), holding)
    assert together == single
    assert check(together) == ()


def test_the_portfolio_stores_the_version_of_the_catalogue() -> None:
    assert one("ETH")[0].catalogue_version == shipped.catalogue().version != ""


def test_a_price_and_a_total_are_kept_as_the_source_gave_them() -> None:
    assert one("ETH", unit_price=Decimal("3000.10"))[1].unit_price == Decimal("3000.10")
    assert one("ETH", total_value=Decimal(5))[1].worth() == Decimal(5)
    portfolio = add_holding(Portfolio(), shipped.catalogue(), Holding("ETH", total_value=Decimal(7)))
    assert portfolio.positions["ETH"].value == Decimal(7)
