"""Withdrawal requests in words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from desktop_app.analysis.alternatives import Way
from desktop_app.analysis.request_states import Progress, RequestState
from desktop_app.analysis.withdrawals import Days
from desktop_app.domain.catalogue import Source
from desktop_app.domain.positions import Request
from desktop_app.figures.labels import Labels
from desktop_app.report import request_words as said
from desktop_app.report.sentences import plain
from tests.builders import position, step

AS_OF = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LABELS = Labels()
RULE = Source("https://example.org/src/Queue.sol", "2024-12-18", verified=True, checked="2026-11-22")
ASKED = Request("r", Decimal(2), NOON, steps=(step("a", 5, slashable=True),))


def waiting(*days: float | None, **fields: object) -> Progress:
    moments = tuple(None if d is None else NOON + timedelta(days=d) for d in days)
    first, typical, last = moments if len(moments) == 3 else moments * 3
    made = Progress("p", ASKED, RequestState.WAITING, (first, typical, last), (first, typical, last), None)
    return replace(made, **fields)  # type: ignore[arg-type]


def clean(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (waiting(1), ("tomorrow", "text2")),
        (waiting(9), ("in 9 days", "text2")),
        (waiting(0.2), ("today", "text2")),
        (waiting(None), ("waiting", "text2")),
        (waiting(1, state=RequestState.CLAIMABLE), ("claimable", "text2")),
        (waiting(1, state=RequestState.OVERDUE), ("overdue", "warn")),
        (waiting(1, state=RequestState.EXPIRED), ("expired", "warn")),
    ],
)
def test_a_request_stands_somewhere(found: Progress, words: tuple[str, str]) -> None:
    assert said.standing(found, AS_OF, LABELS) == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (waiting(5), "Claim from 29 Nov 2026, 12:00 UTC"),
        (
            waiting(1, 5, 9),
            (
                "Claim typically from 29 Nov 2026, 12:00 UTC, at the earliest on 25 Nov 2026, "
                "at the latest on 3 Dec 2026"
            ),
        ),
        (waiting(5, 5, 9), "Claim typically from 29 Nov 2026, 12:00 UTC, at the latest on 3 Dec 2026"),
        (waiting(1, None, None), "Claim from 25 Nov 2026, 12:00 UTC at the earliest"),
        (waiting(None), "When it can be claimed is not known"),
        (waiting(1, 5, 9, state=RequestState.OVERDUE), "Should have been out by 3 Dec 2026, 12:00 UTC"),
        (
            waiting(5, expires=NOON + timedelta(days=8)),
            "Claim from 29 Nov 2026, 12:00 UTC, before 2 Dec 2026, 12:00 UTC (your date)",
        ),
        (
            waiting(5, expires=NOON + timedelta(days=8), expiry_rule=RULE),
            "Claim from 29 Nov 2026, 12:00 UTC, before 2 Dec 2026, 12:00 UTC (by Queue.sol, 18 Dec 2024)",
        ),
        (
            waiting(5, expires=NOON + timedelta(days=8), state=RequestState.EXPIRED),
            "Expired on 2 Dec 2026, 12:00 UTC (your date): ask for it again.",
        ),
    ],
)
def test_the_claim_is_dated(found: Progress, words: str) -> None:
    assert clean(said.claim_words(found, LABELS)) == words


def test_slashing_is_told_to_its_end() -> None:
    assert said.slashable_words(waiting(5), LABELS) == "Slashable until then"
    earlier = waiting(5, slashable=(None, NOON, NOON))
    assert clean(said.slashable_words(earlier, LABELS)) == "Slashable until 24 Nov 2026, 12:00 UTC"
    assert said.slashable_words(waiting(5, slashable=(NOON, None, None)), LABELS) == (
        "Slashable until nobody knows when"
    )
    open_ = waiting(5, slashable=(None, NOON, None))
    assert clean(said.slashable_words(open_, LABELS)) == (
        "Typically slashable until 24 Nov 2026, 12:00 UTC, the latest end is not known"
    )
    unsaid_later = waiting(
        5, slashable=(NOON, NOON, NOON), steps=(step("a", 5, slashable=True), step("b", 1))
    )
    assert clean(said.slashable_words(unsaid_later, LABELS)) == (
        "Slashable until 24 Nov 2026, 12:00 UTC, then not known"
    )
    over = said.slashable_words(waiting(-5, freed=True), LABELS)
    assert over == "Not slashable any more: it counts for no operator or service"
    safe = waiting(5, slashable=None, steps=(step("a", 5, slashable=False),))
    assert said.slashable_words(safe, LABELS) == "Not slashable meanwhile"
    for unsaid in ((step("a", 5),), ()):
        assert "not known" in said.slashable_words(waiting(5, slashable=None, steps=unsaid), LABELS)


def test_the_consequence_is_said_first() -> None:
    assert clean(plain(said.consequence(waiting(5), LABELS))) == (
        "Claim from 29 Nov 2026, 12:00 UTC. Slashable until then. It counts for operators and services while "
        "it may be slashed, for all else until it is claimed."
    )


def test_moments_are_told_in_the_zone_and_hidden_amounts_stay_hidden() -> None:
    chatham = Labels(zone=ZoneInfo("Pacific/Chatham"))
    assert clean(said.claim_words(waiting(5), chatham)) == "Claim from 30 Nov 2026, 01:45 UTC+13:45"
    assert said.standing(waiting(0.5), AS_OF, chatham) == ("tomorrow", "text2")
    assert said.amount_words(ASKED, position("p"), Labels(hide_amounts=True)) == "••• ETH"
    assert said.edit_words("Start", position("p")) == "Start withdrawal of p"


WAY = Way("", (step("a", 5, slashable=True),), Days(1, 5, 9), 1.0, 0.0, Days(1, 5, 9))


def test_a_way_is_told_in_words() -> None:
    assert clean(said.when_words(WAY, LABELS)) == "5 days, 1 to 9"
    assert clean(said.when_words(replace(WAY, finish=Days(1, None, None)), LABELS)) == "1 to ?"
    assert said.when_words(replace(WAY, finish=Days(None, None, None)), LABELS) == "not known"
    assert said.when_words(replace(WAY, finish=Days(0, 0, 0)), LABELS) == "at once"
    assert clean(said.arrives_words(WAY, 1000.0, LABELS)) == "all, USD 1,000"
    part = replace(WAY, arrives=0.5, cost=0.01)
    assert clean(said.arrives_words(part, 1000.0, LABELS)) == "49.5 %, USD 495"
    assert said.arrives_words(replace(WAY, cost=None), None, LABELS) == "all less the fee"
    assert clean(said.arrives_words(replace(WAY, cost=None), 9.0, LABELS)) == "USD 9 less the fee"
    assert said.arrives_words(replace(WAY, arrives=None), 1000.0, LABELS) == "not known"
    assert (said.cost_words(WAY, LABELS), said.cost_words(replace(WAY, cost=None), LABELS)) == (
        "nothing",
        "fee not known",
    )
    assert clean(said.until_words(WAY, LABELS)) == "9 days"
    assert said.until_words(replace(WAY, slashable=None, steps=()), LABELS) == "not known"
    assert said.until_words(replace(WAY, path="market", slashable=None), LABELS) == "no"
    assert said.until_words(replace(WAY, slashable=Days(1, None, None)), LABELS) == "no end known"
    babylon = replace(WAY, steps=(*WAY.steps, step("b", 0.01)), slashable=Days(None, 2, None))
    assert clean(said.until_words(babylon, LABELS)) == "2 days or more"
    open_ = replace(WAY, slashable=Days(None, 2, None))
    assert clean(said.until_words(open_, LABELS)) == "typically 2 days"


def test_what_speaks_for_a_way_is_marked() -> None:
    own = replace(WAY, path="instant", chosen=True)
    assert said.marks(own, own, own) == "fastest, cheapest, yours"
    barred = replace(WAY, only_when="approved users only", note="Slow.")
    assert said.marks(barred, None, None) == "conditional"
    assert said.note_words(barred) == "Only under this condition: approved users only. Slow."
    assert said.path_words("fast-exit") == "fast exit"
