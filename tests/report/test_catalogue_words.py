import pytest

from desktop_app.domain.catalogue import Entry
from desktop_app.report.catalogue_words import (
    chain_word,
    entry_name,
    kind_word,
    old_facts_sentence,
    show_old,
    what_it_is,
)
from desktop_app.shipped import catalogue

SHIPPED = catalogue()


@pytest.mark.parametrize(
    ("ident", "word"),
    [
        ("eth", "asset"),
        ("ethereum-native-staking", "staking"),
        ("lido", "liquid staking"),
        ("etherfi", "liquid restaking"),
        ("eigenlayer", "platform"),
        ("p2p", "operator"),
        ("eigenda", "service"),
        ("aave-v3", "lending"),
        ("pendle-pt", "fixed yield"),
        ("wbtc", "wrapped token"),
        ("ethena-susde", "yield token"),
        ("curve-lp", "liquidity pool"),
    ],
)
def test_every_kind_has_the_fields_own_word(ident: str, word: str) -> None:
    assert kind_word(SHIPPED, SHIPPED.entries[ident]) == word


@pytest.mark.parametrize("layer", ["bridge", "oracle"])
def test_own_kinds_are_called_what_they_are(layer: str) -> None:
    assert kind_word(SHIPPED, Entry("x", "X", layer, "")) == layer


def test_a_line_says_what_an_entry_is() -> None:
    assert what_it_is(SHIPPED, SHIPPED.entries["eigenlayer"]) == "platform, Ethereum"
    assert what_it_is(SHIPPED, SHIPPED.entries["jitosol"]) == "liquid staking, Solana; tokens JitoSOL, JTO"
    assert what_it_is(SHIPPED, Entry("x", "X", "defi", "multi", ("T",))) == "yield token; token T"


def test_names_of_entries_and_chains_are_as_people_write_them() -> None:
    assert entry_name(SHIPPED, "lido") == "Lido"
    assert entry_name(SHIPPED, "moon") == "moon"
    assert chain_word(SHIPPED, "cosmoshub") == "Cosmos Hub"
    assert chain_word(SHIPPED, "") == ""


@pytest.mark.parametrize(
    ("count", "undated", "words"),
    [
        (8, 0, "Eight facts that your positions rest on are more than a year old."),
        (1, 0, "One fact that your positions rest on is more than a year old."),
        (2, 2, "Two facts that your positions rest on are without a date."),
        (20, 3, "20 facts that your positions rest on are more than a year old or without a date."),
    ],
)
def test_the_banner_says_how_many_facts_in_use_are_old(count: int, undated: int, words: str) -> None:
    deed = "It still counts; check it at its" if count == 1 else "They still count; check them at their"
    assert old_facts_sentence(count, undated) == f"{words} {deed} source."


def test_the_link_counts_them() -> None:
    assert [show_old(1), show_old(8), show_old(20)] == ["Show it", "Show the eight", "Show the 20"]
