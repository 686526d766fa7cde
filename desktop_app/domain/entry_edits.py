"""Edits of the user's catalogue entries: what is stored of an entry that was made, changed or taken back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from desktop_app.domain.catalogue import Catalogue, Entry, Source
from desktop_app.domain.names import slug
from desktop_app.domain.overrides import FACT_KINDS, counterparts, differs, facts_of, is_same, with_facts
from desktop_app.domain.positions import Origin

ENTERED = "entered by you"
KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "asset": ("asset", ()),
    "staking": ("native-staking", ()),
    "liquid staking": ("liquid-staking", ("staking",)),
    "liquid restaking": ("liquid-restaking", ("staking", "restaking")),
    "platform": ("restaking-platform", ()),
    "operator": ("operator", ()),
    "service": ("service", ()),
    "lending": ("defi", ("lending-interest",)),
    "yield token": ("defi", ("protocol-revenue",)),
    "wrapped token": ("defi", ()),
    "bridge": ("bridge", ()),
    "oracle": ("oracle", ()),
}
"""What kind of thing an own entry can be -> its layer and what its rewards are made of."""


def own_source(cited: str, day: date) -> Source:
    """Return the source of a fact that the user enters on a day."""
    return Source(cited, day.isoformat(), verified=False, checked="", origin=Origin.YOURS)


def free_id(shipped: Catalogue, entries: Mapping[str, Entry], name: str) -> str:
    """Return a readable id that no entry has yet."""
    base, number = slug(name), 1
    while (ident := base if number == 1 else f"{base}-{number}") in shipped.entries or ident in entries:
        number += 1
    return ident


def with_entry(shipped: Catalogue, entries: Mapping[str, Entry], entry: Entry, day: date) -> dict[str, Entry]:
    """Return the user's entries with one more or another; one that says what is shipped is none.

    Facts that say what the shipped ones say are these. What an entry newly depends on is dated with the day.
    """
    before = shipped.entries.get(entry.id)
    settled = replace(_settled(entry, before, day) if before else entry, origin=Origin.YOURS)
    others = {i: e for i, e in entries.items() if i != entry.id}
    if before is not None and not differs(settled, before):
        return others
    if before is None:
        settled = replace(settled, cited=settled.cited or ENTERED, dated=settled.dated or day.isoformat())
    return {i: settled if i == entry.id else e for i, e in {**entries, entry.id: settled}.items()}


def _settled(entry: Entry, before: Entry, day: date) -> Entry:
    for kind in FACT_KINDS:
        facts = facts_of(entry, kind)
        shipped = counterparts(facts, facts_of(before, kind))
        kept = tuple(s if s is not None and is_same(f, s) else f for f, s in zip(facts, shipped, strict=True))
        entry = with_facts(entry, kind, kept)
    if (entry.depends_on, entry.chain) == (before.depends_on, before.chain):
        return replace(entry, cited=before.cited, dated=before.dated)
    return replace(entry, cited=ENTERED, dated=day.isoformat())


def without_entry(entries: Mapping[str, Entry], ident: str) -> dict[str, Entry]:
    """Return the user's entries without one: the shipped one of its id, if there is one, counts again."""
    return {i: e for i, e in entries.items() if i != ident}


def users_of(entries: Mapping[str, Entry], ident: str) -> list[Entry]:
    """Return the user's other entries that depend on one."""
    return [e for e in entries.values() if ident in e.depends_on and e.id != ident]
