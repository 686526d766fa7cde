"""The catalogue that holds for one portfolio: the shipped one under the user's own entries and overrides."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from desktop_app.domain.catalogue import TOKEN_KINDS, Catalogue, Entry, tokens_of
from desktop_app.domain.issues import Issue
from desktop_app.domain.names import joined


def effective(shipped: Catalogue, entries: Mapping[str, Entry]) -> Catalogue:
    """Return the shipped catalogue with the user's entries in the place of, or beside, the shipped ones.

    Symbols of theirs that the shipped tokens lack resolve to them. What ``entry_issues`` objects to is left
    out: dependencies that are not there or lead back.
    """
    return shipped.extended(tuple(entries.values()), _extended) if entries else shipped


def _extended(shipped: Catalogue, own: tuple[Entry, ...]) -> Catalogue:
    entries = {**shipped.entries, **{e.id: e for e in own}}
    for entry in own:
        known = tuple(d for d in entry.depends_on if d in entries and entry.id not in _below(entries, d))
        nearest = entry.chain_entry if entry.chain_entry in entries else ""
        entries[entry.id] = replace(entry, depends_on=known, chain_entry=nearest)
    for entry in own:
        if not entry.underlying:
            entries[entry.id] = replace(entries[entry.id], underlying=_asset_below(entries, entry.id))
    return replace(
        shipped, entries=entries, tokens=(*shipped.tokens, *tokens_of(own, shipped.tokens_by_folded_symbol))
    )


def _asset_below(entries: Mapping[str, Entry], entry: str) -> str:
    """Return the one asset that an entry stands on in the end, "" if it is none or not one alone."""
    assets = [e for e in _below(entries, entry) if e != entry and entries[e].layer == "asset"]
    return assets[0] if len(assets) == 1 else ""


def _below(entries: Mapping[str, Entry], start: str) -> set[str]:
    """Return an entry and everything that it depends on."""
    seen: set[str] = set()
    todo = [start]
    while todo:
        name = todo.pop()
        if name not in seen and name in entries:
            seen.add(name)
            todo.extend(entries[name].depends_on)
    return seen


def entry_issues(shipped: Catalogue, entries: Mapping[str, Entry], entry: Entry) -> tuple[Issue, ...]:
    """Return why an entry cannot join the user's ``entries``; each issue's place is the name of a field."""
    others = {**shipped.entries, **{i: e for i, e in entries.items() if i != entry.id}}
    before = shipped.entries.get(entry.id)
    called = _called(others, entry) if before is None or before.name != entry.name else ()
    texts = [("name", f"There is another entry called {e.short_name}.") for e in called]
    texts += [
        ("depends_on", f"“{name}” is not in the catalogue.")
        for name in entry.depends_on
        if name not in others and name != entry.id
    ]
    texts += [
        ("depends_on", f"{others[name].short_name if name in others else entry.name} depends on this entry.")
        for name in entry.depends_on
        if name == entry.id or entry.id in _below(others, name)
    ]
    if entry.layer in TOKEN_KINDS:
        texts += [("symbols", text) for text in _taken(shipped, entries, entry)]
    return tuple(Issue(place, text) for place, text in texts)


def _called(others: Mapping[str, Entry], entry: Entry) -> Iterable[Entry]:
    """Yield another entry of the same name, which a search for the name would no longer find."""
    same = (e for e in others.values() if e.id != entry.id and joined(entry.name) in e.names)
    yield from list(same)[:1]


def _taken(shipped: Catalogue, entries: Mapping[str, Entry], entry: Entry) -> Iterable[str]:
    others = {i: e for i, e in entries.items() if i != entry.id}
    known = effective(shipped, others)
    for symbol in entry.symbols:
        token = next(iter(known.tokens_by_folded_symbol.get(symbol.casefold(), ())), None)
        if token is not None and token.entry != entry.id:
            owner = known.entries.get(token.entry)
            yield f"{symbol} is a symbol of {owner.short_name if owner else token.name} already."
