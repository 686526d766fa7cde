import pytest

from desktop_app import shipped
from desktop_app.domain.resolve import (
    chain_name,
    chain_node_id,
    closure,
    find_entry,
    home,
    home_chain,
    is_unknown_chain,
    known_chain,
    resolve,
)

CATALOGUE = shipped.catalogue()


def symbol(asset: str, chain: str = "") -> str | None:
    token = resolve(CATALOGUE, asset, chain)
    return token.symbol if token else None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("stETH", "stETH"),
        ("STETH", "stETH"),
        ("steth", "stETH"),
        (" weETH ", "weETH"),
        ("WETH", "WETH"),
        ("jitoSOL", "JitoSOL"),
        ("ETH2", "ETH"),
        ("staked-ether", "stETH"),
        ("eip155:1/erc20:0x8236a87084f8B84306f72007F36F2618A5634494", "LBTC"),
        ("solana/token:J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn", "JitoSOL"),
        ("", None),
        ("sETH", None),
        ("NULL1", None),
    ],
)
def test_a_symbol_or_identifier_names_its_token(written: str, meant: str | None) -> None:
    assert symbol(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("PT-weETH-26DEC2024", "PT-weETH-26DEC2024"),
        ("pt-WEETH-26dec2024", "PT-weETH-26DEC2024"),
        ("YT-sUSDe-7MAY2026", "YT-sUSDe-7MAY2026"),
        ("PT-sUSDE-7MAY2026", "PT-sUSDE-7MAY2026"),
        ("PT-nobody-26DEC2024", None),
        ("PT-weETH-32DEC2024", None),
        ("PT-weETH-26FOO2024", None),
        ("PT-weETH", None),
    ],
)
def test_a_principal_token_is_known_by_its_form(written: str, meant: str | None) -> None:
    assert symbol(written) == meant


def test_a_principal_token_is_made_of_its_yield_token() -> None:
    token = resolve(CATALOGUE, "PT-weETH-26DEC2024")
    assert token is not None
    assert (token.kind, token.entry, token.made_of, token.address) == (
        "principal",
        "pendle-pt",
        ("weETH",),
        "",
    )


def test_an_evm_address_is_compared_without_regard_to_case() -> None:
    address = "0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee"
    assert symbol(address) == symbol(address.lower(), "Ethereum") == "weETH"


def test_an_address_on_several_chains_says_nothing_of_the_chain() -> None:
    several = {
        a: r for a, r in CATALOGUE.tokens_by_other_id.items() if len({t.chain for t in r if t.address}) > 1
    }
    address, rows = next((a, r) for a, r in several.items() if a.startswith("0x"))
    token = resolve(CATALOGUE, address)
    assert token == home(CATALOGUE, rows[0])


def test_a_symbol_that_only_an_entry_names_is_a_token_without_an_address() -> None:
    token = resolve(CATALOGUE, "ezSOL")
    assert token is not None
    assert (token.entry, token.kind, token.chain, token.address) == ("renzo-ezsol", "share", "solana", "")
    assert (token.source.cited, token.source.verified) == ("other-networks.toml", False)
    luna = resolve(CATALOGUE, "luna")
    assert luna is not None
    assert (luna.symbol, luna.kind) == ("LUNA", "asset")


@pytest.mark.parametrize("family", ["PT", "YT", "BPT", "aToken"])
def test_a_family_of_tokens_is_no_token(family: str) -> None:
    assert resolve(CATALOGUE, family) is None


@pytest.mark.parametrize(
    ("asset", "chain"),
    [("weETH", "ethereum"), ("wrsETH", "ethereum"), ("stATOM", "stride"), ("ezSOL", "solana")],
)
def test_another_form_of_a_share_is_at_home_where_the_share_is(asset: str, chain: str) -> None:
    token = resolve(CATALOGUE, asset)
    assert token is not None
    assert home_chain(CATALOGUE, token) == chain


def test_the_right_address_on_the_wrong_chain_is_no_token() -> None:
    assert symbol("0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee", "Arbitrum") is None
    assert symbol("0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee", "Nowhere") is None


def test_a_solana_address_is_compared_with_regard_to_case() -> None:
    mint = "J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn"
    assert symbol(mint) == "JitoSOL"
    assert symbol(mint.lower()) is None


def test_a_chain_chooses_the_row_and_a_chain_without_one_the_home() -> None:
    rows = [resolve(CATALOGUE, "weETH", chain) for chain in ("Arbitrum", "Solana", "")]
    assert [t.chain for t in rows if t] == ["arbitrum", "ethereum", "ethereum"]


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        ("ether.fi", "etherfi"),
        ("EtherFi", "etherfi"),
        ("EigenLayer", "eigenlayer"),
        ("Lido", "lido"),
        ("Lido DAO", "lido"),
        ("Kelp DAO", "kelp"),
        ("Rocket Pool", "rocket-pool"),
        ("Ethereum", "ethereum-native-staking"),
        ("Cosmos Hub", "cosmos-hub-staking"),
        ("P2P", "p2p"),
        ("P2P.org", "p2p"),
        ("Chorus One", "chorus-one"),
        ("EigenDA", "eigenda"),
        ("Aave", "aave-v3"),
        ("Symbiotic", "symbiotic"),
        ("weETH", "etherfi"),
        ("Ether", "eth"),
        ("Jito", None),
        ("Pendle", None),
        ("Nobody", None),
        ("", None),
        ("…", None),
    ],
)
def test_a_few_words_name_an_entry_if_only_one_fits(words: str, entry: str | None) -> None:
    found = find_entry(CATALOGUE, words)
    assert (found.id if found else None) == entry


def test_the_search_can_be_narrowed_to_some_layers() -> None:
    assert find_entry(CATALOGUE, "Lido", ("operator",)) is None


def test_a_closure_holds_what_every_unit_depends_on() -> None:
    assert list(closure(CATALOGUE, "etherfi")) == ["etherfi", "ethereum-native-staking", "eigenlayer", "eth"]
    assert list(closure(CATALOGUE, "nobody")) == []


@pytest.mark.parametrize(
    ("words", "text", "node"),
    [
        ("Ethereum", "ethereum", "chain:ethereum"),
        ("Cosmos Hub", "cosmoshub", "chain:cosmos-hub"),
        ("cosmoshub", "cosmoshub", "chain:cosmos-hub"),
        ("BNB Chain", "bnb-chain", "chain:bnb"),
        ("Arbitrum", "arbitrum", "chain:arbitrum"),
        ("Polygon", "polygon", "chain:polygon"),
        ("babylon genesis", "babylon-genesis", "chain:babylon-genesis"),
        ("Arbitrum One", "arbitrum", "chain:arbitrum"),
        ("ARB", "arbitrum", "chain:arbitrum"),
        ("42161", "arbitrum", "chain:arbitrum"),
        ("eip155:42161", "arbitrum", "chain:arbitrum"),
        ("BSC", "bnb-chain", "chain:bnb"),
        ("BNB Smart Chain", "bnb-chain", "chain:bnb"),
        ("OP Mainnet", "optimism", "chain:optimism"),
        ("Optimism", "optimism", "chain:optimism"),
        ("Polygon PoS", "polygon", "chain:polygon"),
        ("Linea", "linea", "chain:linea"),
        ("Avalanche C-Chain", "avalanche", "chain:avalanche"),
        ("Ethereum Mainnet", "ethereum", "chain:ethereum"),
        ("ERC-20", "ethereum", "chain:ethereum"),
    ],
)
def test_a_chain_is_known_by_its_names_and_has_one_node(words: str, text: str, node: str) -> None:
    assert known_chain(CATALOGUE, words) == text
    assert chain_node_id(CATALOGUE, text) == node


def test_an_unknown_chain_is_empty() -> None:
    assert known_chain(CATALOGUE, "Nowhere") == known_chain(CATALOGUE, "") == ""


@pytest.mark.parametrize(
    ("words", "unknown"),
    [("Foochain", True), ("mainnet", False), ("", False), ("N/A", False), ("ARB", False)],
)
def test_a_word_that_names_no_chain_is_no_unknown_chain(words: str, unknown: bool) -> None:
    assert is_unknown_chain(CATALOGUE, words) is unknown


def test_a_chain_is_called_as_it_is_written() -> None:
    assert [chain_name(f"chain:{c}") for c in ("cosmos-hub", "bnb", "ethereum")] == [
        "Cosmos Hub",
        "BNB Chain",
        "Ethereum",
    ]


@pytest.mark.parametrize("text", ["Kiln:60", "Kiln: 0.6", "Kiln 60 %", "P2P=40%"])
def test_a_name_with_a_share_after_it_is_no_name(text: str) -> None:
    assert find_entry(CATALOGUE, text, ("operator",)) is None
