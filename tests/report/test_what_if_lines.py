"""Before and after in words: what differs is told in the digits that are shown, unknown is never a number."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings

from desktop_app.analysis.what_if import Comparison, compare
from desktop_app.domain.limits import LimitKind, limit_of
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import HIDDEN, Labels
from desktop_app.report.sentences import plain
from desktop_app.report.what_if_lines import (
    SAME,
    WhatIfLine,
    limit_sentences,
    what_if_lines,
    what_if_sentence,
)
from tests.analysis.strategies import portfolios
from tests.analysis.test_what_if import held
from tests.builders import layer, step, way_out

LABELS = Labels()


def lines(found: Comparison, labels: Labels = LABELS) -> dict[str, WhatIfLine]:
    return {line.measure: line for line in what_if_lines(found, {"X": "EigenLayer"}, labels)}


def told(before: Portfolio, after: Portfolio) -> dict[str, tuple[str, str, str]]:
    return {
        name: (line.before, line.after, line.change) for name, line in lines(compare(before, after)).items()
    }


def test_each_measure_says_before_after_and_the_change_between() -> None:
    before = held()
    found = told(before, before.without_positions("b"))
    assert found["Known value"] == ("1,000", "750", "−250")
    assert found["Positions"] == ("2", "1", "−1")
    assert found["Largest protocol"] == (
        "EigenLayer 75.0\u202f%",
        "EigenLayer 100.0\u202f%",
        "+25.0\u00a0points",
    )
    assert found["Operator not published"][2] == "+12.5\u00a0points"
    assert found["Reward a year"] == ("38", "38", SAME)
    assert found["Extra reward ÷ expected loss"] == ("0.40", "0.40", SAME)
    assert found["One year in 20 costs at least"] == ("375", "375", SAME)
    assert "Positions without a price" not in found
    assert "Limits broken" not in found


def test_days_change_by_as_many_as_are_seen() -> None:
    before = held()
    slow = replace(before.positions["a"], exit=way_out(step("queue", 15.2)))
    found = told(before, before.with_positions(slow))
    assert found["Days until 50\u202f% is out"] == ("14", "16", "+2")


def test_what_is_not_known_after_is_said_so() -> None:
    before = held()
    slow = replace(before.positions["a"], exit=way_out(step("queue", None)))
    half = replace(slow, layers=(layer("staking", 0.03), layer("restaking", None, "a>X")))
    found = lines(compare(before, before.with_positions(half)))
    days = found["Days until 50\u202f% is out"]
    assert (days.after, days.change, days.role) == ("unknown", "unknown", "warn")
    assert (found["Reward a year"].after, found["Reward a year"].change) == ("22 + ?", "unknown")


def test_another_name_with_the_same_share_differs() -> None:
    before = held()
    swapped = before.with_positions(
        replace(before.positions["a"], value=Decimal(250)), replace(before.positions["b"], value=Decimal(750))
    )
    assert told(before, swapped)["Largest protocol"][1:] == ("Y 75.0\u202f%", "another name")


def test_a_sentence_says_how_much_a_change_touches() -> None:
    before = held()
    some = what_if_lines(compare(before, before.without_positions("b")), {}, LABELS)
    none = what_if_lines(compare(before, before), {}, LABELS)
    assert plain(what_if_sentence(some, [])).startswith("Nothing is tried yet")
    assert plain(what_if_sentence(none, ["Rename b"])) == "With “Rename b”, no measure changes."
    differ = sum(line.differs for line in some)
    assert plain(what_if_sentence(some, ["Add c", "Delete b"])) == (
        f"With “Delete b” and one change before it, {differ} of {len(some)} measures change."
    )


def test_limits_that_would_break_or_be_mended_are_said_with_their_figures() -> None:
    before = held().with_limits(
        limit_of(LimitKind.NODE_SHARE, "X", 0.8), limit_of(LimitKind.NODE_SHARE, "Y", 0.2)
    )
    found = compare(before, before.without_positions("b"))
    assert limit_sentences(found, {"X": "EigenLayer"}, LABELS) == (
        "▲ Share of EigenLayer would be 100.0\u202f%, over your limit of 80\u202f% (now 75.0\u202f%).",
        "Share of Y would be within your limit again.",
    )
    assert lines(found)["Limits broken"].role == ""
    one = before.without_limits("node share:Y")
    worse = compare(one, one.without_positions("b"))
    assert lines(worse)["Limits broken"].role == "alarm"


def test_hidden_amounts_stay_hidden() -> None:
    before = held()
    found = lines(compare(before, before.without_positions("b")), Labels(hide_amounts=True))
    assert (found["Known value"].change, found["Reward a year"].change) == (HIDDEN, SAME)
    for name in ("Known value", "Reward a year", "Expected loss a year", "One year in 20 costs on average"):
        line = found[name]
        texts = (line.before, line.after, *line.exact)
        assert not any(sign.isdigit() for text in texts for sign in text), line


@settings(max_examples=20)
@given(portfolios())
def test_nothing_beside_itself_differs_in_words(portfolio: Portfolio) -> None:
    assert not any(line.differs for line in what_if_lines(compare(portfolio, portfolio), {}, LABELS))
