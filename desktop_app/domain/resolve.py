"""Finding things in the catalogue: the token of a symbol or address, the entry of a few words, chains."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from desktop_app.domain.catalogue import Catalogue, Entry, Token, address_key
from desktop_app.domain.chain_names import ALIASES, compared
from desktop_app.domain.names import joined, slug, without_share, words
from desktop_app.domain.principal import principal

_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
_CHAIN_NAMES = {"bnb": "BNB Chain", "ton": "TON", "dydx": "dYdX", "near": "NEAR"}


# -- tokens --------------------------------------------------------------------------------------------


def resolve(catalogue: Catalogue, asset: str, chain: str = "") -> Token | None:
    """Return the token of a symbol or address: exact first, then without regard to case if that is unique.

    An address beats a symbol; one that is on several chains says nothing of the chain. Where the table lacks
    a symbol on that chain, it is still the token: its address there is unknown.
    ``PT-X-DATE`` and ``YT-X-DATE`` with a known X resolve to a principal token made of X. None: not known.
    """
    asset = asset.strip()
    place = known_chain(catalogue, chain)
    if _ADDRESS.fullmatch(asset):
        return _by_address(catalogue, asset, chain.strip(), place)
    rows = catalogue.tokens_by_symbol.get(asset) or catalogue.tokens_by_other_id.get(address_key(asset))
    if rows is None:
        folded = catalogue.tokens_by_folded_symbol.get(asset.casefold(), ())
        rows = folded if len({t.symbol for t in folded}) == 1 else ()
    if rows:
        return _on_chain(rows, place)
    return _principal(catalogue, asset)


def home(catalogue: Catalogue, token: Token) -> Token:
    """Return the token's row on its home chain."""
    return catalogue.tokens_by_symbol.get(token.symbol, (token,))[0]


def home_chain(catalogue: Catalogue, token: Token) -> str:
    """Return the chain (its text) on which a token is issued; another form of a share is at home with it."""
    forms = (resolve(catalogue, symbol) for symbol in token.made_of)
    share = next((t for t in forms if t is not None and t.entry and t.entry == token.entry), None)
    return home(catalogue, token).chain if share is None else home_chain(catalogue, share)


def _by_address(catalogue: Catalogue, address: str, chain: str, place: str) -> Token | None:
    rows = [t for t in catalogue.tokens_by_other_id.get(address_key(address), ()) if t.address]
    if chain:
        return next((t for t in rows if t.chain == place), None)
    if len({t.symbol for t in rows}) != 1:
        return None
    return rows[0] if len({t.chain for t in rows}) == 1 else home(catalogue, rows[0])


def _on_chain(rows: tuple[Token, ...], place: str) -> Token:
    return next((t for t in rows if t.chain == place), rows[0])


def _principal(catalogue: Catalogue, asset: str) -> Token | None:
    named = principal(asset)
    if named is None:
        return None
    made_of = resolve(catalogue, named.inner)
    entry = next((e for e in catalogue.entries.values() if named.family in e.symbols), None)
    if made_of is None or entry is None:
        return None
    said = f"{named.maturity.day} {named.dated[-7:-4].capitalize()} {named.maturity.year}"
    symbol = f"{named.family}-{made_of.symbol}-{named.dated}"
    name = f"{entry.short_name} on {made_of.symbol}, {said}"
    inner_row = replace(home(catalogue, made_of), address="", decimals=None, other_ids=())
    return replace(
        inner_row, symbol=symbol, name=name, kind="principal", entry=entry.id, made_of=(made_of.symbol,)
    )


# -- entries -------------------------------------------------------------------------------------------


def find_entry(catalogue: Catalogue, text: str, layers: Collection[str] = ()) -> Entry | None:
    """Return the entry that a text such as "ether.fi" or "EigenLayer" names; None if none or several fit.

    ``layers`` narrows the search to entries of those layers. Exact names go first (an asset only if nothing
    else has that name), then names that begin with the text, then texts that begin with a name ("Lido DAO").
    """
    wanted, name = words(text), joined(text)
    if not wanted or without_share(text) != text:  # "Kiln:60" is not the operator Kiln: it says more
        return None
    pool = [e for e in catalogue.entries.values() if not layers or e.layer in layers]
    others = [e for e in pool if e.layer != "asset"]
    same = [e for e in others if name in e.names] or [e for e in pool if name in e.names]
    if same:
        return same[0] if len(same) == 1 else None
    longer = [e for e in others if any(_starts(spelled, wanted) for spelled in e.spellings)]
    if longer:
        return _shortest(longer)
    shorter = [e for e in others if any(_starts(wanted, spelled) for spelled in e.spellings)]
    return shorter[0] if len(shorter) == 1 else None


def _starts(name: list[str], beginning: list[str]) -> bool:
    return name[: len(beginning)] == beginning


def begins(entry: Entry, text: str) -> bool:
    """Tell whether one of an entry's names is, or begins with, the words of a text."""
    return joined(text) in entry.names or any(_starts(spelled, words(text)) for spelled in entry.spellings)


def _shortest(entries: list[Entry]) -> Entry | None:
    """Return the entry of which all others are special forms (Aave v3 of Aave v3 loops), or None."""
    first = min(entries, key=lambda e: len(e.id))
    return first if all(_starts(words(e.id), words(first.id)) for e in entries) else None


def closure(catalogue: Catalogue, entry: str) -> Mapping[str, Entry]:
    """Return the entries that every unit of ``entry`` depends on, itself first, near before far."""
    found: dict[str, Entry] = {}
    todo = [entry]
    while todo:
        name = todo.pop(0)
        if name not in found and name in catalogue.entries:
            found[name] = catalogue.entries[name]
            todo.extend(found[name].depends_on)
    return found


# -- chains --------------------------------------------------------------------------------------------


def known_chain(catalogue: Catalogue, chain: str) -> str:
    """Return the catalogue's text for a chain ("Cosmos Hub" → "cosmoshub"), "" if it is unknown.

    Other names ("BSC", "42161") count as well, also of chains that the catalogue has nothing on ("linea").
    """
    if not chain:
        return ""
    texts, name = catalogue.chain_texts, compared(chain)
    return texts.get(joined(chain), "") or texts.get(name, "") or ALIASES.get(name, "")


def is_unknown_chain(catalogue: Catalogue, chain: str) -> bool:
    """Tell whether a text names a chain, and one that nobody knows ("mainnet" alone names none)."""
    return bool(compared(chain)) and not known_chain(catalogue, chain)


def chain_node_id(catalogue: Catalogue, chain: str) -> str:
    """Return the node id of a chain given by the text that entries and tokens use for it ("cosmoshub")."""
    native = catalogue.chains.get(chain)
    return f"chain:{native.chain_slug if native else slug(chain)}"


def chain_name(chain_node: str) -> str:
    """Return the name of a chain node, as it is written."""
    short = chain_node.removeprefix("chain:")
    return _CHAIN_NAMES.get(short) or " ".join(w[:1].upper() + w[1:] for w in short.split("-"))
