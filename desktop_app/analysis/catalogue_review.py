"""Which facts of the catalogue are old, undated or unverified on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.catalogue import (
    Catalogue,
    Entry,
    Event,
    ExitFact,
    Fact,
    RewardFact,
    RiskFact,
    SlashingFact,
    Source,
    Token,
)
from desktop_app.domain.facts import Fault, faults, is_undated


@dataclass(frozen=True, slots=True)
class Checked:
    """One fact: its ``kind`` (exit, slashing, reward, risk, token, event), what it says, what is wrong."""

    kind: str
    name: str
    source: Source
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class EntryReview:
    """An entry with all its facts."""

    entry: Entry
    facts: tuple[Checked, ...]

    @property
    def oldest(self) -> str:
        """Return the earliest date of a fact, "" where none has a date."""
        return min((f.source.dated for f in self.facts if not is_undated(f.source.dated)), default="")

    @property
    def poor(self) -> tuple[Checked, ...]:
        """Return the facts with something wrong."""
        return tuple(fact for fact in self.facts if fact.faults)


@dataclass(frozen=True, slots=True)
class Review:
    """The whole catalogue on a day. A token is one fact; an event that happened does not get old."""

    version: str
    as_of: date
    entries: tuple[EntryReview, ...]
    tokens: tuple[tuple[Token, Checked], ...]
    events: tuple[tuple[Event, Checked], ...]


def review(catalogue: Catalogue, as_of: date) -> Review:
    """Return every fact of a catalogue with what is wrong with it on a day."""
    return Review(
        catalogue.version,
        as_of,
        tuple(
            EntryReview(entry, tuple(_checked(fact, as_of) for fact in entry.facts))
            for entry in catalogue.entries.values()
        ),
        tuple((t, _of("token", f"{t.symbol} on {t.chain}", t.source, as_of)) for t in catalogue.tokens),
        tuple((e, _of("event", e.name, e.source, None)) for e in catalogue.events),
    )


def count(facts: Iterable[Checked], fault: Fault) -> int:
    """Return how many facts have a fault."""
    return sum(fault in fact.faults for fact in facts)


def _checked(fact: Fact, as_of: date) -> Checked:
    match fact:
        case ExitFact():
            return _of("exit", f"{fact.path}: {fact.name}", fact.source, as_of)
        case SlashingFact():
            return _of("slashing", fact.condition, fact.source, as_of)
        case RewardFact():
            return _of("reward", fact.name, fact.source, as_of)
        case RiskFact():
            return _of("risk", fact.text, fact.source, as_of)


def _of(kind: str, name: str, source: Source, as_of: date | None) -> Checked:
    return Checked(kind, name, source, faults(source.dated, source.verified, as_of))
