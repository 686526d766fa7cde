"""Rules are asked with KEY=VALUE texts, and wrong ones are told in one sentence."""

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks import kinds
from desktop_app.analysis.clocks.asking import WrongKeysError, asked
from desktop_app.analysis.clocks.rule import REPEATABLE
from desktop_app.analysis.clocks.rules import RULES
from desktop_app.errors import UserError
from tests.analysis.clocks.clocks import at

VALUES = {
    kinds.TIME: "2026-03-01T00:00:00Z",
    kinds.FLAG: "yes",
    kinds.SYMBOL: "PT-weETH-25MAR2027",
    kinds.ADAPTER: "50:86400",
    kinds.FRACTION: "0.5",
    kinds.AMOUNT: "2",
    kinds.ETH: "32",
}


MORE = {
    "babylon": ["blocks=301"],
    "loop-leverage": ["health_factor=1.01"],
    "symbiotic-stake": ["shares=1", "total_shares=2"],
    "symbiotic-v2": ["adapters=50:86400"],
}
"""What some rules need in one of several ways."""


def value(kind: kinds.Kind) -> str:
    """Return a text of a kind that its rules can work with."""
    return VALUES.get(kind) or (kind.choices[0] if kind.choices else "7")


@pytest.mark.parametrize("rule", list(RULES))
def test_every_rule_answers_without_what_it_can_do_without(rule: str) -> None:
    needed = [f"{key.name}={value(key.kind)}" for key in RULES[rule].keys if key.required]
    answer = asked(rule, needed + MORE.get(rule, [])).answer
    known = [p for p in (answer.wait.minimum, answer.wait.typical, answer.wait.maximum) if p is not None]
    assert known == sorted(known)
    assert known or answer.figures or answer.claimable_at
    assert (answer.source.cited, answer.source.dated) != ("", "")


def test_what_is_read() -> None:
    found = asked(
        "ethereum-exit", ["queue_eth=1e6", "fork=gloas", "requested=1772323200", "paying_validators=898000"]
    )
    assert found.given == {
        "queue_eth": Decimal(1_000_000),
        "fork": "gloas",
        "requested": at("2026-03-01T00:00:00"),
        "paying_validators": 898_000,
    }
    assert found.assumed == {"exit_eth": Decimal(32), "total_stake_eth": Decimal(36_000_000)}


def test_some_keys_are_given_several_times() -> None:
    found = asked("susde", ["requested=2026-02-01", "requested=2026-02-05", "cooldown_days=7"])
    assert found.answer.claimable_at == at("2026-02-12T00:00:00")
    two = asked("symbiotic-v2", ["free=0", "ahead=0", "amount=60", "adapters=50:86400", "adapters=10:3600"])
    assert two.answer.wait.minimum == 86_400
    assert all(name in {key.name for key in RULES[rule].keys} for rule, name in REPEATABLE)


@pytest.mark.parametrize(
    ("rule", "texts", "told"),
    [
        ("", [], "No rule is named"),
        ("moon", [], "There is no rule “moon”"),
        ("jito", ["slots=1"], "“jito” has no key “slots”. It takes slot, requested, epoch_start."),
        ("jito", ["slot"], "“slot” is no key with a value"),
        ("jito", ["slot=1", "slot=2"], "“slot” is given twice"),
        ("symbiotic", [], "“symbiotic” needs epoch_seconds. Add epoch_seconds=…."),
        ("babylon-slashing", [], "needs stake_sat and fee_sat"),
    ],
)
def test_wrong_keys(rule: str, texts: list[str], told: str) -> None:
    with pytest.raises(WrongKeysError) as failed:
        asked(rule, texts)
    assert told in str(failed.value)


@pytest.mark.parametrize(
    ("rule", "text", "told"),
    [
        ("jito", "slot=-1", "slot cannot be “-1”. Enter a whole number from 0 on."),
        ("jito", "slot=1.5", "cannot be “1.5”"),
        ("jito", "slot=١٢", "cannot be"),
        ("jito", f"slot={'9' * 70}", "cannot be “999"),
        ("susde", "cooldown_days=91", "Enter a number from 0 to 90."),
        ("susde", "cooldown_days=NaN", "cannot be “NaN”"),
        ("susde", "requested=yesterday", "a time such as 2026-01-31T12:00:00Z, or Unix seconds"),
        ("susde", "requested=20260131", "cannot be “20260131”"),
        ("susde", "requested=999999999999", "cannot be"),
        ("susde", "requested=0001-01-01T00:00+14:00", "cannot be"),
        ("ethereum-exit", "fork=fusaka", "Enter one of electra, gloas."),
        ("ethereum-exit", "queue_eth=1e99", "from 0 to 1000000000"),
        ("polkadot", "validator=maybe", "Enter yes or no."),
        ("pendle", "symbol=", "cannot be “”"),
        ("symbiotic-v2", "adapters=5", "an amount and seconds"),
        ("cosmos", "chain=luna", "one of cosmoshub, osmosis"),
    ],
)
def test_wrong_values(rule: str, text: str, told: str) -> None:
    with pytest.raises(UserError) as failed:
        asked(rule, [text])
    assert not isinstance(failed.value, WrongKeysError)
    assert told in str(failed.value)


def test_what_ends_after_the_year_9999_is_told() -> None:
    texts = ["requested=2026-01-01", "epoch_start=2025-01-01", f"epoch_seconds={10**17}"]
    with pytest.raises(UserError, match="after the year 9999"):
        asked("symbiotic", texts)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-05T12:34:56Z", "2026-01-05T12:34:56"),
        ("2026-01-05T12:34:56", "2026-01-05T12:34:56"),
        ("2026-01-05T14:34:56+02:00", "2026-01-05T12:34:56"),
        ("2026-01-05", "2026-01-05T00:00:00"),
        ("1767616496", "2026-01-05T12:34:56"),
    ],
)
def test_times_are_utc(text: str, moment: str) -> None:
    assert kinds.TIME.read(text) == at(moment)
    assert kinds.shown(kinds.TIME.read(text)) == f"{moment}Z"


@given(st.text(max_size=30), st.sampled_from(sorted(RULES)), st.data())
def test_no_text_breaks_a_key(text: str, rule: str, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(RULES[rule].keys))
    with suppress(UserError):
        asked(rule, [f"{key.name}={text}"])


@given(st.datetimes(datetime(1980, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_time_reads_back(moment: datetime) -> None:
    assert kinds.TIME.read(kinds.utc_text(moment)) == moment


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        (True, "yes"),
        (False, "no"),
        (Fraction(1, 1000), "0.001"),
        (Decimal("1E+3"), "1000"),
        (7, "7"),
    ],
)
def test_values_are_shown_as_they_are_typed(value: object, text: str | None) -> None:
    assert kinds.shown(value) == text
