from dataclasses import replace
from datetime import date

from desktop_app.analysis.catalogue_review import review
from desktop_app.domain.catalogue import Catalogue, Entry, Event, RiskFact, Source, Token
from desktop_app.domain.facts import Fault
from desktop_app.figures.labels import Labels
from desktop_app.report.catalogue_text import catalogue_sections
from desktop_app.report.text import to_text
from desktop_app.report.words import fault_words

OLD = Source("page", "2024-03-01", verified=False, checked="")
NEW = Source("page", "2026-05", verified=True, checked="")
POOL = Entry(
    "pool", "Pool (POOL)", "liquid-staking", "x", risks=(RiskFact("One key.", OLD), RiskFact("Two.", NEW))
)
BARE = Entry("eth", "Ether", "asset", "x")
TOKEN = Token("T", "Token", "share", "base", "pool", source=OLD)
EVENT = Event("fall", "A fall", "2021-02", "depeg", replace(OLD, dated="2021-02"))


def shown(catalogue: Catalogue, *, stale: bool = False) -> list[str]:
    sections = catalogue_sections(review(catalogue, date(2026, 11, 28)), Labels(), stale=stale)
    return to_text(sections).replace("\u00a0", " ").splitlines()


FULL = Catalogue("2026-11-22", {"pool": POOL, "eth": BARE}, (TOKEN,), events=(EVENT,))
SOUND = Catalogue("2026-11-22", {"eth": BARE})


def test_an_entry_has_a_line_with_its_kind_its_facts_and_their_state() -> None:
    assert shown(FULL) == [
        "Catalogue of 22 Nov 2026",
        "------------------------",
        "2 entries with 2 facts: 1 older than a year and 1 unverified.",
        "One token: 1 older than a year and 1 unverified.",
        "One past event: 1 unverified.",
        "",
        "Entry  Kind            Oldest      Facts  Undated  Over a year  Unverified",
        "Pool   liquid staking  1 Mar 2024      2        0            1           1",
        "Ether  asset           no facts        0        0            0           0",
    ]


def test_the_stale_facts_are_listed_one_by_one_with_what_is_wrong() -> None:
    assert shown(FULL, stale=True)[6:] == [
        "Entries",
        "-------",
        "Of    Dated       Why                            Fact",
        "Pool  1 Mar 2024  older than a year, unverified  One key.",
        "",
        "Tokens",
        "------",
        "Of  Dated       Why                            Fact",
        "T   1 Mar 2024  older than a year, unverified  T on base",
        "",
        "Past events",
        "-----------",
        "Of    Dated     Why         Fact",
        "fall  Feb 2021  unverified  A fall",
    ]


def test_a_catalogue_without_faults_says_so_and_lists_nothing() -> None:
    lines = shown(SOUND, stale=True)
    assert lines[2] == "One entry with 0 facts: nothing old, undated or unverified."
    assert len(lines) == 5


def test_every_fault_has_words() -> None:
    assert fault_words(Fault) == "undated, older than a year, unverified"
    assert fault_words(()) == ""
