"""The words about the exit queue (look.md, Withdrawals)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.analysis.exit_queue import RECORD_ETH, ExitQueue, Leaver, Maturity
from desktop_app.domain.congestion import Congestion, Fork
from desktop_app.figures.labels import Labels
from desktop_app.report.exit_queue import (
    edit_words,
    maturity_words,
    queue_explanation,
    queue_note,
    queue_sentence,
    record_words,
    what_if_sentence,
)
from tests.report.holdings import spoken

AS_OF = date(2026, 11, 24)
LABELS = Labels()
READ = Congestion(Decimal(1_240_000), date(2026, 11, 23))
QUEUE = ExitQueue(READ, Decimal(256), 4848, 4848 * 384 / 86400, 1, Leaver("p", 26.58, is_known=True))
LONGER = replace(QUEUE, epochs=10_161, days=45.16, last=Leaver("p", 50.2, is_known=True))
UNKNOWN = ExitQueue(Congestion(), Decimal(256), None, None, 1, None)


def said(queue: ExitQueue, name: str = "32 ETH validator") -> str:
    return spoken(queue_sentence(queue, name, LABELS, AS_OF))


def test_the_sentence_of_the_picture() -> None:
    assert said(QUEUE) == (
        "21.5 days to leave at 256 ETH an epoch. The 32 ETH validator is out on 21 December."
    )
    bold = [
        (run.text.replace("\u00a0", " "), run.explain)
        for run in queue_sentence(QUEUE, "x", LABELS, AS_OF)
        if run.bold
    ]
    assert bold == [("21.5 days", "queue"), ("21 December", "queue-out")]


def test_variants() -> None:
    assert said(replace(QUEUE, last=None)) == "21.5 days to leave at 256 ETH an epoch."
    assert said(replace(QUEUE, leavers=3)).endswith("The last of 3 positions is out on 21 December.")
    open_end = replace(QUEUE, last=Leaver("p", 50.2, is_known=False))
    assert said(open_end, "Lighthouse").endswith("Lighthouse is out no earlier than 14 January 2027.")
    assert said(UNKNOWN).startswith("How long it takes to leave is not known: enter the ETH")


def test_what_if() -> None:
    assert spoken(what_if_sentence(QUEUE, LONGER, LABELS, AS_OF)) == (
        "With 2,600,000 ETH it would be 45 days and 14 January 2027."
    )
    assert spoken(what_if_sentence(UNKNOWN, replace(LONGER, last=None), LABELS, AS_OF)) == (
        "With 2,600,000 ETH it would be 45 days."
    )
    record = replace(QUEUE, congestion=replace(READ, queue_eth=RECORD_ETH))
    assert what_if_sentence(record, LONGER, LABELS, AS_OF) == ""
    assert spoken(record_words(LABELS)) == "2.6 m, Sep 2025"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (Congestion(Decimal(5)), "Exit queue of 5 ETH"),
        (replace(READ, queue_eth=None), "Exit queue unknown"),
        (replace(READ, total_stake_eth=Decimal(40_000_000)), "Stake of 40,000,000 ETH"),
        (replace(READ, fork=Fork.GLOAS), "Churn by Gloas"),
        (replace(READ, dated=date(2026, 11, 1)), "Exit queue read on 1 Nov 2026"),
        (replace(READ, dated=None), "Exit queue undated"),
    ],
)
def test_each_edit_has_a_name(after: Congestion, words: str) -> None:
    assert spoken(edit_words(READ, after, LABELS)) == words


def test_the_stake_can_be_forgotten() -> None:
    assert edit_words(replace(READ, total_stake_eth=Decimal(1)), READ, LABELS) == "Stake assumed"


def test_both_numbers_are_explained() -> None:
    leave = queue_explanation("queue", QUEUE, LABELS, AS_OF)
    assert leave is not None
    assert leave.title == "How 21.5 days came about"
    assert spoken(leave.formula) == "4,848 epochs × 6.4 minutes = 21.55 days"
    sources = [spoken(line) for line in leave.sources]
    assert sources[:2] == ["Queue of 1,240,000 ETH: yours, 23 Nov 2026", "36,000,000 ETH at stake, assumed"]
    assert sources[2].startswith("256 ETH an epoch, ethereum/consensus-specs")
    out = queue_explanation("queue-out", QUEUE, LABELS, AS_OF)
    assert out is not None
    assert spoken(out.title) == "How 21 December came about"
    assert spoken(out.formula).endswith("= 21.55 days, then 5.03 days more")
    assert queue_explanation("queue", UNKNOWN, LABELS, AS_OF) is None
    assert queue_explanation("queue-out", replace(QUEUE, last=None), LABELS, AS_OF) is None


@pytest.mark.parametrize(("days", "left"), [(0, "matured"), (1, "tomorrow"), (121, "in 121 days")])
def test_maturities(days: int, left: str) -> None:
    found = maturity_words(Maturity("p", date(2027, 3, 25), days), LABELS)
    assert [spoken(words) for words in found] == [left, "25 Mar 2027, 00:00 UTC"]


def test_paper_and_terminal_say_what_it_rests_on() -> None:
    note = spoken(queue_note(QUEUE, {"p": "32 ETH validator"}, LABELS, AS_OF))
    assert note.startswith(
        "Ethereum’s exit queue: 21.5 days to leave at 256 ETH an epoch. The 32 ETH validator"
    )
    assert note.endswith("Queue of 1,240,000 ETH: yours, 23 Nov 2026; 36,000,000 ETH at stake, assumed.")
    assert "is not known" in spoken(queue_note(UNKNOWN, {}, LABELS, AS_OF))
    assert queue_note(None, {}, LABELS, AS_OF) == ()
