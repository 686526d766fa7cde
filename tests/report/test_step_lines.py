"""The steps of one part in words: how long, why, who says so, what is doubtful, how the date came about."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app import shipped
from desktop_app.analysis.withdrawals import withdrawals
from desktop_app.domain.congestion import Congestion
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, ExitStep, Origin, Tranche
from desktop_app.figures.labels import Labels
from desktop_app.report.sentences import plain
from desktop_app.report.step_lines import ASSUMED, NO_SOURCE, StepLine, WayWords, shipped_fact
from tests.builders import drawn

DAY = date(2026, 11, 24)
READ = ExitStep(
    "q",
    "exit queue",
    minimum=1.0,
    typical=5.0,
    maximum=9.0,
    slashable=True,
    origin=Origin.CATALOGUE,
    cited="docs",
    dated="2026-05-01",
    verified=True,
    kind="queue",
)


def way(*steps: ExitStep, portfolio: Portfolio | None = None) -> WayWords:
    whole = portfolio or drawn("me: 100 -> A")
    position = replace(whole.positions["me"], exit=Exit((Tranche("all", 1.0, steps),)))
    whole = whole.with_positions(position)
    plan = withdrawals(whole, DAY).positions["me"].tranches[0]
    return WayWords(plan, whole, shipped.catalogue(), Labels(), DAY)


def line(step: ExitStep) -> StepLine:
    return way(step).lines()[0]


def said(found: StepLine) -> str:
    return ". ".join(found.said).replace("\u00a0", " ")


def test_a_step_says_how_long_it_takes_when_and_whether_it_can_be_slashed() -> None:
    found = line(READ)
    assert said(found) == "Takes 1 to 9 days, usually 5 days: 24 Nov to 29 Nov. Slashable while waiting"
    assert (found.cited, found.dated, found.state, found.old) == (
        "docs",
        "1\u00a0May\u00a02026",
        "✓ verified",
        False,
    )


def test_the_headline_has_the_day_and_its_range() -> None:
    words = plain(way(READ).headline("me#0")).replace("\u00a0", " ")
    assert words == "Typically out in 5 days, on 29 Nov 2026; earliest 25 Nov, latest 3 Dec."
    fixed = plain(way(replace(READ, minimum=5.0, maximum=5.0)).headline("me#0"))
    assert fixed.endswith("2026.")
    assert plain(way(replace(READ, maximum=None)).headline("me#0")).endswith("latest not known.")


def test_what_is_doubtful_has_a_word() -> None:
    assert line(replace(READ, verified=False)).state == "unverified"
    assert line(replace(READ, dated="2025-03")).old
    assert line(replace(READ, dated="undated")).dated == "undated"
    assert line(replace(READ, cited="")).state == NO_SOURCE
    assert line(replace(READ, origin=Origin.ASSUMED)).state == ASSUMED
    assert line(ExitStep("q", "Queue", typical=5.0)).state == "yours"


def test_an_unknown_length_is_said_and_dates_nothing() -> None:
    words = way(replace(READ, typical=None, maximum=None))
    assert "takes at least 1\u00a0day, how long is not published" in words.lines()[0].said[0].lower()
    assert (
        plain(words.headline("me#0")).replace("\u00a0", " ")
        == "No typical date is known, 1 day at the least."
    )
    assert words.explained() is None


def test_a_crowded_queue_says_how_its_days_came_about() -> None:
    crowded = replace(drawn("me: 100 -> A"), congestion=Congestion(others=Decimal("1.5")))
    found = way(READ, portfolio=crowded).lines()[0]
    assert "1.50 times as long as recorded, as you set for other queues" in found.said
    assert "usually 7.5\u00a0days" in found.said[0]


def test_time_that_is_over_is_told() -> None:
    assert "2 days waited, 3 days to go" in said(line(replace(READ, elapsed_days=2.0)))
    late = line(replace(READ, elapsed_days=12.0))
    assert late.doubt.startswith("Overdue")
    assert "Its typical time is over" in late.said
    assert "Slashable while waiting" not in late.said


def test_where_the_users_figure_stands_the_shipped_one_is_told() -> None:
    own = ExitStep("lido/standard/1", "queue", minimum=2.0, typical=3.0, maximum=40.0)
    fact = shipped_fact(own, shipped.catalogue())
    assert fact is not None
    assert line(own).shipped.startswith("Withdrawal request in the queue")
    as_shipped = replace(own, minimum=fact.minimum, typical=fact.typical, maximum=fact.maximum)
    assert line(as_shipped).shipped == ""


def test_only_a_step_of_the_catalogue_has_a_shipped_fact() -> None:
    found = (
        shipped_fact(ExitStep(ident, "x"), shipped.catalogue())
        for ident in ("x", "lido/standard/9", "step/2")
    )
    assert list(found) == [None] * 3


def test_the_date_is_the_sum_of_the_steps_that_hold() -> None:
    second = replace(READ, id="s", name="sweep", typical=2.5, maximum=3.0, after=("q",))
    explained = way(READ, second).explained()
    assert explained is not None
    assert explained.title.replace("\u00a0", " ") == "How 8 days came about"
    assert explained.formula.replace("\u00a0", " ") == (
        "exit queue 5 days + sweep 2.5 days = 7.5 days; 24 Nov 2026 + 8 = 2 Dec 2026"
    )
    assert len(explained.sources) == 2
