from datetime import date

from desktop_app import shipped
from desktop_app.analysis.catalogue_review import Review, count, review
from desktop_app.domain.catalogue import (
    Catalogue,
    Entry,
    Event,
    ExitFact,
    RewardFact,
    RiskFact,
    SlashingFact,
    Source,
    Token,
)
from desktop_app.domain.facts import Fault

AS_OF = date(2026, 11, 28)


def read(dated: str, *, verified: bool = True) -> Source:
    return Source("page", dated, verified=verified, checked="")


POOL = Entry(
    "pool",
    "Pool",
    "liquid-staking",
    "x",
    exits=(ExitFact("standard", "queue", "queue", read("2026-05")),),
    slashing=(SlashingFact("double vote", "n/a", read("undated")),),
    rewards=(RewardFact("net rate", "base", "2025-01-02", read("2025-01-02", verified=False)),),
    risks=(RiskFact("One key.", read("2024-03")),),
)


def reviewed(*entries: Entry, tokens: tuple[Token, ...] = (), events: tuple[Event, ...] = ()) -> Review:
    return review(Catalogue("2026-11-22", {e.id: e for e in entries}, tokens, events=events), AS_OF)


def test_every_fact_of_an_entry_is_looked_at() -> None:
    (pool,) = reviewed(POOL).entries
    assert [(fact.kind, fact.name, fact.faults) for fact in pool.facts] == [
        ("exit", "standard: queue", ()),
        ("slashing", "double vote", (Fault.UNDATED,)),
        ("reward", "net rate", (Fault.OLD, Fault.UNVERIFIED)),
        ("risk", "One key.", (Fault.OLD,)),
    ]
    assert [fact.kind for fact in pool.poor] == ["slashing", "reward", "risk"]
    assert [count(pool.facts, fault) for fault in Fault] == [1, 2, 1]


def test_the_oldest_fact_is_the_one_with_the_earliest_date() -> None:
    assert reviewed(POOL).entries[0].oldest == "2024-03"


def test_without_a_date_nothing_is_the_oldest() -> None:
    undated = Entry("e", "E", "defi", "x", risks=(RiskFact("r", read("undated")),))
    assert [e.oldest for e in reviewed(undated, Entry("f", "F", "asset", "x")).entries] == ["", ""]


def test_a_token_is_one_fact() -> None:
    token = Token("T", "Token", "share", "base", source=read("2025-01", verified=False))
    ((_, fact),) = reviewed(tokens=(token,)).tokens
    assert (fact.name, fact.faults) == ("T on base", (Fault.OLD, Fault.UNVERIFIED))


def test_what_happened_does_not_get_old() -> None:
    events = tuple(Event("e", "E", "2021-02", "depeg", read("2021-02", verified=v)) for v in (True, False))
    assert [fact.faults for _, fact in reviewed(events=events).events] == [(), (Fault.UNVERIFIED,)]


def test_the_shipped_catalogue_on_a_day() -> None:
    found = review(shipped.full_catalogue(), AS_OF)
    facts = [fact for entry in found.entries for fact in entry.facts]
    assert len(facts) == 387
    assert [count(facts, fault) for fault in Fault] == [122, 83, 81]
    assert [count([f for _, f in found.tokens], fault) for fault in Fault] == [0, 27, 31]
    assert [count([f for _, f in found.events], fault) for fault in Fault] == [0, 0, 2]
