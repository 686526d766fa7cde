"""`when` answers the rules of the protocols: the keys and fields that programs rely on."""

import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from desktop_app import paths
from desktop_app.analysis.clocks.rules import RULES
from tests.commands import Run, assert_asks_the_user

SCHEMA = json.loads((paths.resources() / "schema/when.json").read_text(encoding="utf-8"))


def answered(run: Run, rule: str, *texts: str) -> Any:
    """Return the JSON of an answer, which its schema describes."""
    ran = run("when", rule, *texts, "--json")
    assert (ran.status, ran.err) == (0, "")
    jsonschema.validate(json.loads(ran.out), SCHEMA)
    return ran.json


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("ethereum-exit queue_eth=500000 exit_eth=32", {"exit_epoch_offset": 1958}),
        (
            "ethereum-exit active_epochs=200 partial_epochs=300",
            {"exit_epoch_offset": 305, "accepted_epoch_offset": 300},
        ),
        (
            "ethereum-partial queue_eth=500000 amount_eth=10 balance_eth=40",
            {"exit_epoch_offset": 1958, "withdrawn_eth": 8},
        ),
        ("ethereum-exit queue_eth=10000 total_stake_eth=36000000 fork=gloas", {"exit_epoch_offset": 14}),
        (
            "ethereum-slashing slashed_eth=32 total_stake_eth=36000000 effective_eth=32",
            {
                "initial_eth": Decimal("0.0078125"),
                "correlation_eth": Decimal("0.000085312"),
                "fraction": Decimal("0.000002666"),
            },
        ),
        ("eigenlayer-withdrawal requested_block=20000000", {"claimable_block": 20_100_801}),
        ("eigenlayer-withdrawal requested=2026-03-01T12:00:00Z", {"claimable_at": "2026-03-15T12:00:12Z"}),
        (
            "symbiotic requested=1738627201 epoch_start=1738022400 epoch_seconds=604800",
            {"claimable_at": "2025-02-18T00:00:00Z", "bucket": 2},
        ),
        ("babylon unbonding_block=900000 blocks=301", {"claimable_block": 900_301}),
        ("jito slot=432000", {"claimable_slot": 1_296_000}),
        (
            "cosmos chain=celestia requested=2026-01-05T12:34:56Z",
            {"claimable_at": "2026-01-19T13:34:56Z"},
        ),
        ("stride unbonding_days=21 day=7 next_day=2026-01-06", {"claimable_at": "2026-01-28T00:00:00Z"}),
        (
            "susde requested=2026-02-01 requested=2026-02-05T00:00Z cooldown_days=7",
            {"claimable_at": "2026-02-12T00:00:00Z"},
        ),
        (
            "veda requested=2026-02-01 maturity_seconds=259200 deadline_seconds=86400",
            {"claimable_at": "2026-02-04T00:00:00Z", "expires_at": "2026-02-05T00:00:00Z"},
        ),
        (
            "marinade requested=2026-02-01 epoch_start=2026-01-31T12:00 late=no",
            {"claimable_at": "2026-02-02T12:30:00Z"},
        ),
        (
            "stride-batch unbonding_days=21 requested=2026-02-01T06:00 batch_start=2026-01-01",
            {"claimable_at": "2026-02-02T00:00:00Z"},
        ),
        ("pendle-yield yt=0.05 pt=0.95 days=365", {"implied_apy": Decimal("0.05263157894736842")}),
        ("symbiotic-v2 free=1 ahead=0 amount=1 adapters=50:86400", {"claimable_at": None}),
    ],
)
def test_the_rules_that_programs_rely_on(run: Run, command: str, fields: dict[str, object]) -> None:
    found = answered(run, *command.split())
    assert {name: found[name] for name in fields} == fields


def test_waits_stand_in_days(run: Run) -> None:
    found = answered(run, "ethereum-exit", "queue_eth=500000")["wait_days"]
    assert [round(found[name], 2) for name in ("min", "typical", "max")] == [
        Decimal("9.84"),
        Decimal("13.74"),
        Decimal("17.64"),
    ]
    unknown = answered(run, "babylon", "blocks=1008")["wait_days"]
    assert unknown == {"min": None, "typical": 7, "max": None}


def test_what_was_given_and_assumed_is_said(run: Run) -> None:
    found = answered(run, "ethereum-exit", "queue_eth=500000")
    assert found["given"] == {"queue_eth": "500000"}
    assert found["assumed"]["total_stake_eth"] == "36000000"
    assert found["source"]["dated"] == "2026-08-07"


WITHOUT_NEEDS = [name for name, rule in RULES.items() if not any(key.required for key in rule.keys)]


@pytest.mark.parametrize("rule", WITHOUT_NEEDS)
def test_every_rule_that_needs_nothing_answers_by_its_schema(run: Run, rule: str) -> None:
    if rule == "babylon":
        assert_asks_the_user(run("when", rule), "Babylon's blocks are missing.")
    else:
        assert answered(run, rule)["rule"] == rule


def test_the_list(run: Run) -> None:
    ran = run("when", "--list", "--json")
    jsonschema.validate(json.loads(ran.out), SCHEMA)
    assert [rule["rule"] for rule in ran.json["rules"]] == list(RULES)
    listed = run("when", "--list")
    assert (listed.status, listed.err) == (0, "")
    assert all(f"\n{name}\n---" in f"\n{listed.out}" for name in RULES)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("", "No rule is named."),
        ("moon", "There is no rule “moon”."),
        ("jito slots=1", "“jito” has no key “slots”. It takes slot, requested, epoch_start."),
        ("jito slot", "“slot” is no key with a value. Write KEY=VALUE."),
        ("symbiotic", "“symbiotic” needs epoch_seconds."),
        ("jito slot=1 slot=2", "“slot” is given twice."),
    ],
)
def test_wrong_usage_is_one_sentence_and_status_2(run: Run, command: str, told: str) -> None:
    ran = run("when", *command.split(), "--json")
    assert (ran.status, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("jito slot=-1", "For “jito”, slot cannot be “-1”."),
        ("susde requested=yesterday", "Enter a time such as 2026-01-31T12:00:00Z, or Unix seconds."),
        ("symbiotic requested=2025-01-01 epoch_start=2026-01-01 epoch_seconds=1", "older than the vault"),
        ("symbiotic requested=2025-01-01 epoch_start=2024-01-01 epoch_seconds=99999999999999", "year 9999"),
        ("ethereum-exit queue_eth=0.0000000001", "up to nine decimals"),
    ],
)
def test_a_wrong_value_is_one_sentence_and_status_1(run: Run, command: str, told: str) -> None:
    assert_asks_the_user(run("when", *command.split()), told)
