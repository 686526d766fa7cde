"""The vocabulary of the catalogue: what entries, their kinds and their chains are called."""

from collections.abc import Iterable, Mapping

from desktop_app.domain.catalogue import Catalogue, Entry
from desktop_app.domain.issuers import wrapper_layer
from desktop_app.domain.resolve import chain_name, chain_node_id
from desktop_app.report.words import capital, number, spelled

_KINDS = {
    "native-staking": "staking",
    "restaking-platform": "platform",
}
_WRAPPERS = {
    "collateral": "lending",
    "fixed yield": "fixed yield",
    "hold": "wrapped token",
    "yield": "yield token",
}


def kind_word(catalogue: Catalogue, entry: Entry) -> str:
    """Return what kind of thing an entry is, in lower case: "liquid staking", "platform", "lending"."""
    if entry.layer != "defi":
        return _KINDS.get(entry.layer, entry.layer.replace("-", " "))
    if "trading-fees" in entry.reward_layers:
        return "liquidity pool"
    tokens = [rows[0] for s in entry.symbols if (rows := catalogue.tokens_by_symbol.get(s))]
    return _WRAPPERS[wrapper_layer(catalogue, entry, tokens[0] if tokens else None)]


def entry_name(catalogue: Catalogue, ident: str) -> str:
    """Return the name of an entry by its id; the id itself of one that is not there."""
    entry = catalogue.entries.get(ident)
    return ident if entry is None else catalogue.titles.get(ident, entry.short_name)


def entry_names(catalogue: Catalogue, idents: Iterable[str]) -> list[str]:
    """Return the names of entries by their ids."""
    return [entry_name(catalogue, ident) for ident in idents]


def chain_word(catalogue: Catalogue, chain: str) -> str:
    """Return the name of a chain that entries and tokens call by a text such as "cosmoshub"."""
    return chain_name(chain_node_id(catalogue, chain)) if chain and chain != "multi" else ""


def what_it_is(catalogue: Catalogue, entry: Entry) -> str:
    """Return "platform, Ethereum; token EIGEN": kind, chain and symbols of an entry in a line."""
    governing = [t.symbol for t in catalogue.tokens if t.governs == entry.id]
    symbols = list(dict.fromkeys((*entry.symbols, *governing)))
    where = ", ".join(w for w in (kind_word(catalogue, entry), chain_word(catalogue, entry.chain)) if w)
    word = "token" if len(symbols) == 1 else "tokens"
    return f"{where}; {word} {', '.join(symbols)}" if symbols else where


STATES: Mapping[bool, str] = {True: "✓ verified", False: "unverified"}
"""What stands beside a fact, by whether somebody has checked it at its source."""

YOURS = "yours"
"""What stands beside a fact that the user has entered."""


def old_facts_sentence(count: int, undated: int) -> str:
    """Return what the banner says of facts in use that are more than a year old, or of unknown age."""
    what = "more than a year old"
    if undated:
        what = "without a date" if undated == count else "more than a year old or without a date"
    which = spelled(count, "fact")
    verb, they, them = ("is", "It still counts", "it") if count == 1 else ("are", "They still count", "them")
    where = "its" if count == 1 else "their"
    said = f"{capital(which)} that your positions rest on {verb} {what}."
    return f"{said} {they}; check {them} at {where} source."


def show_old(count: int) -> str:
    """Return the words of the link that shows these facts alone: "Show the eight"."""
    return "Show it" if count == 1 else f"Show the {number(count)}"
