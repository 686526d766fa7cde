"""The catalogue with the age of its facts, in words and for programs."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from desktop_app.analysis.catalogue_review import Checked, EntryReview, Review, count
from desktop_app.domain.facts import Fault
from desktop_app.figures.labels import Labels
from desktop_app.report import words
from desktop_app.report.blocks import Column, Paragraph, Row, Section, Table
from desktop_app.report.position_facts import dated_words
from desktop_app.report.sentences import Run, sentence

SCHEMA = "stakeout-catalogue-list/1"


def catalogue_sections(review: Review, labels: Labels, *, stale: bool) -> tuple[Section, ...]:
    """Return a line for each entry; ``stale``: a line for each fact with something wrong instead."""
    title = f"Catalogue of {dated_words(review.version, labels)}"
    blocks = tuple(Paragraph(sentence(words.capital(line))) for line in _summary(review, labels))
    if not stale:
        return (Section(title, (*blocks, _entries(review.entries, labels))),)
    parts = {
        "Entries": [(e.entry.short_name, fact) for e in review.entries for fact in e.poor],
        "Tokens": [(token.symbol, fact) for token, fact in review.tokens if fact.faults],
        "Past events": [(event.id, fact) for event, fact in review.events if fact.faults],
    }
    found = [Section(name, (_facts(rows, labels),)) for name, rows in parts.items() if rows]
    return (Section(title, blocks), *found)


def _summary(review: Review, labels: Labels) -> Iterable[str]:
    facts = [fact for entry in review.entries for fact in entry.facts]
    entries = words.counted(len(review.entries), "entry", "entries")
    yield f"{entries} with {words.counted(len(facts), 'fact')}: {_counts(facts, labels)}."
    tokens, events = [f for _, f in review.tokens], [f for _, f in review.events]
    yield f"{words.counted(len(tokens), 'token')}: {_counts(tokens, labels)}."
    yield f"{words.counted(len(events), 'past event')}: {_counts(events, labels)}."


def _counts(facts: Sequence[Checked], labels: Labels) -> str:
    counts = {fault: count(facts, fault) for fault in Fault}
    said = [f"{labels.number(n)} {words.fault_words([fault])}" for fault, n in counts.items() if n]
    return words.listed(said) or "nothing old, undated or unverified"


def _entries(entries: Sequence[EntryReview], labels: Labels) -> Table:
    texts = [Column(title) for title in ("Entry", "Kind", "Oldest")]
    numbers = [Column(title, "right") for title in ("Facts", "Undated", "Over a year", "Unverified")]
    return Table((*texts, *numbers), tuple(_entry(entry, labels) for entry in entries))


def _entry(reviewed: EntryReview, labels: Labels) -> Row:
    found = (count(reviewed.facts, fault) for fault in Fault)
    cells = (
        reviewed.entry.short_name,
        reviewed.entry.layer.replace("-", " "),
        dated_words(reviewed.oldest, labels) or ("undated" if reviewed.facts else "no facts"),
        labels.number(len(reviewed.facts)),
        *map(labels.number, found),
    )
    return tuple(Run(cell) for cell in cells)


def _facts(rows: Sequence[tuple[str, Checked]], labels: Labels) -> Table:
    columns = tuple(Column(title) for title in ("Of", "Dated", "Why", "Fact"))
    return Table(
        columns,
        tuple(
            (
                Run(owner),
                Run(dated_words(fact.source.dated, labels)),
                Run(words.fault_words(fact.faults)),
                Run(fact.name),
            )
            for owner, fact in rows
        ),
    )


# -- for programs --------------------------------------------------------------------------------------


def catalogue_json(review: Review, *, stale: bool) -> str:
    """Return the list as JSON (resources/schema/catalogue.json); ``stale``: only what has something wrong."""
    entries = [e for e in review.entries if e.poor or not stale]
    record = {
        "schema": SCHEMA,
        "version": review.version,
        "as_of": review.as_of.isoformat(),
        "stale_only": stale,
        "entries": [_entry_record(entry, stale=stale) for entry in entries],
        "tokens": [
            {"symbol": token.symbol, "chain": token.chain, "entry": token.entry or None, **_record(fact)}
            for token, fact in review.tokens
            if fact.faults or not stale
        ],
        "events": [
            {"id": event.id, "name": event.name, "date": event.date, **_record(fact)}
            for event, fact in review.events
            if fact.faults or not stale
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _entry_record(reviewed: EntryReview, *, stale: bool) -> dict[str, Any]:
    entry = reviewed.entry
    listed = reviewed.poor if stale else reviewed.facts
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.layer,
        "chain": entry.chain,
        "facts": len(reviewed.facts),
        "oldest": reviewed.oldest or None,
        **{fault.value: count(reviewed.facts, fault) for fault in Fault},
        "listed": [{"kind": fact.kind, "name": fact.name, **_record(fact)} for fact in listed],
    }


def _record(fact: Checked) -> dict[str, Any]:
    source = {key: getattr(fact.source, key) for key in ("cited", "dated", "verified", "checked")}
    return {"source": source, "faults": [fault.value for fault in fact.faults]}
