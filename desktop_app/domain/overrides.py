"""The user's entry beside the shipped one of the same id: which fact stands in for which, and back again."""

from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any, Literal, TypeVar

from desktop_app.domain.catalogue import Entry, ExitFact, Fact, RewardFact, RiskFact, SlashingFact
from desktop_app.domain.positions import Origin

FactKind = Literal["exits", "slashing", "rewards", "risks"]
FACT_KINDS: tuple[FactKind, ...] = ("exits", "slashing", "rewards", "risks")

F = TypeVar("F", ExitFact, SlashingFact, RewardFact, RiskFact)


def facts_of(entry: Entry, kind: FactKind) -> tuple[Any, ...]:
    """Return the facts of one kind."""
    facts: tuple[Any, ...] = getattr(entry, kind)
    return facts


def with_facts(entry: Entry, kind: FactKind, facts: tuple[Any, ...]) -> Entry:
    """Return the entry with other facts of one kind."""
    changed: dict[str, Any] = {kind: facts}
    return replace(entry, **changed)


def counterparts(own: tuple[F, ...], shipped: tuple[F, ...]) -> tuple[F | None, ...]:
    """Return for each of the user's facts the shipped one in whose place it stands, None for a new one.

    Facts of the same name belong together, in their order; between two such pairs, as many others as there
    are on both sides stand in for each other.
    """
    found: list[F | None] = [None] * len(own)
    matcher = SequenceMatcher(None, [_name(f) for f in own], [_name(f) for f in shipped], autojunk=False)
    for deed, start, end, other, other_end in matcher.get_opcodes():
        if deed == "equal" or (deed == "replace" and end - start == other_end - other):
            found[start:end] = shipped[other:other_end]
    return tuple(found)


def _name(fact: Fact) -> tuple[str, ...]:
    match fact:
        case ExitFact():
            return fact.path, fact.name
        case SlashingFact():
            return (fact.condition,)
        case RewardFact():
            return fact.name, fact.as_of
        case RiskFact():
            return (fact.text,)


def is_same(fact: Fact, shipped: Fact) -> bool:
    """Tell whether two facts say the same, whoever says it."""
    return replace(fact, source=shipped.source) == shipped


def differs(entry: Entry, shipped: Entry) -> bool:
    """Tell whether an entry says anything else than the shipped one."""
    return replace(entry, origin=shipped.origin) != shipped


def restored(entry: Entry, shipped: Entry, kind: FactKind, index: int) -> Entry:
    """Return the entry with the shipped fact back in the place of the user's."""
    facts = facts_of(entry, kind)
    back = counterparts(facts, facts_of(shipped, kind))[index]
    if back is None:
        return entry
    return with_facts(entry, kind, (*facts[:index], back, *facts[index + 1 :]))


def yours(fact: Fact) -> bool:
    """Tell whether a fact is the user's."""
    return fact.source.origin is Origin.YOURS
