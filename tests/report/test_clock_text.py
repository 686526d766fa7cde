"""Answers of the clocks in words."""

from fractions import Fraction

import pytest

from desktop_app.analysis.clocks.asking import asked
from desktop_app.analysis.clocks.rules import RULES
from desktop_app.report.clock_text import answer_section, duration, rules_sections
from desktop_app.report.clock_words import TITLES, figure_words
from desktop_app.report.text import to_text


def told(rule: str, *texts: str) -> str:
    """Return an answer in words, each run of blanks as one."""
    return " ".join(to_text([answer_section(asked(rule, texts))]).split())


def test_every_rule_has_a_title() -> None:
    assert set(TITLES) == set(RULES)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "unknown"),
        (0, "at once"),
        (1_209_612, "14 days 12 s"),
        (86_400, "1 day"),
        (3_723, "1 h 2 min 3 s"),
        (Fraction(2, 5), "at once"),
    ],
)
def test_waits_are_told_to_the_second(seconds: int | None, words: str) -> None:
    assert duration(None if seconds is None else Fraction(seconds)) == words


def test_a_fixed_wait_has_one_line_and_a_date() -> None:
    found = told("cosmos", "chain=celestia", "requested=2026-01-05T12:34:56Z")
    assert "Wait 14 days 1 h Claimable from 2026-01-19 13:34:56 UTC" in found
    assert "Double sign fraction 0.02" in found
    assert "2026-08-21" in found


def test_a_range_has_three_and_says_what_is_assumed() -> None:
    found = told("ethereum-exit", "queue_eth=500000", "requested=2026-03-01")
    assert "Earliest 9 days 20 h 9 min 36 s 2026-03-10 20:09:36 UTC" in found
    assert "Latest 17 days" in found
    assert "Epochs to the exit 1,958" in found
    assert "paying_validators=898000" in found


def test_what_is_unknown_or_unverified_says_so() -> None:
    assert "Typical unknown" in told("polkadot")
    assert "undated, unverified" in told("babylon", "blocks=301")
    assert "Claimable epoch unknown" in told("marinade", "slot=0")


def test_a_rule_without_a_wait_tells_its_figures_alone() -> None:
    held = ("active=1000", "current=50", "following=100")
    found = told("symbiotic-slashing", *held, "amount=230", "capture=current")
    assert "Active after 791" in found
    assert "Earliest" not in found
    assert figure_words("sy") == "SY paid"


def test_the_list_names_keys_units_defaults_and_sources() -> None:
    found = " ".join(to_text(rules_sections(RULES.values())).split())
    assert "symbiotic --------- A claim from a Symbiotic v1 vault." in found
    assert "epoch_seconds seconds required" in found
    assert "total_stake_eth ETH 36000000" in found
    assert "fork one of these electra electra, gloas" in found
    assert "requested UTC time repeatable cooldown_days days unknown" in found
    unbroken = found.replace(" ", "")  # long addresses run over several lines
    assert all(source.cited.replace(" ", "") in unbroken for r in RULES.values() for source in r.sources)
