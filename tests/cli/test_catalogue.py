"""`catalogue` lists the entries with the age of their facts, for people and for programs."""

import json
from typing import Any

import jsonschema
import pytest

from desktop_app import paths, shipped
from tests.commands import Run

SCHEMA = json.loads((paths.resources() / "schema/catalogue.json").read_text(encoding="utf-8"))
AS_OF = ("--as-of", "2026-11-28")


def listed(run: Run, *options: str) -> Any:
    """Return the JSON of the list, which its schema describes."""
    ran = run("catalogue", *options, "--json")
    assert (ran.status, ran.err) == (0, "")
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(ran.out))
    return json.loads(ran.out)


def test_every_entry_has_its_line(run: Run) -> None:
    ran = run("catalogue", *AS_OF)
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.replace("\u00a0", " ").splitlines()
    assert lines[:3] == [
        "Catalogue of 22 Nov 2026",
        "------------------------",
        "138 entries with 387 facts: 122 undated, 83 older than a year and 81 unverified.",
    ]
    assert "Lido liquid staking 15 May 2023 14 1 2 3" in (" ".join(line.split()) for line in lines)
    assert len(lines) == 7 + 138


def test_only_what_has_a_fault_is_stale(run: Run) -> None:
    ran = run("catalogue", "--stale", *AS_OF)
    assert (ran.status, ran.err) == (0, "")
    assert "Past events\n-----------\n" in ran.out
    assert "undated, unverified" in ran.out
    assert "First in, first out." not in ran.out


def test_programs_get_every_fact_with_its_source(run: Run) -> None:
    found = listed(run, *AS_OF)
    assert (found["version"], found["as_of"], found["stale_only"]) == ("2026-11-22", "2026-11-28", False)
    assert [e["id"] for e in found["entries"]] == list(shipped.catalogue().entries)
    assert all(len(e["listed"]) == e["facts"] for e in found["entries"])
    assert (len(found["tokens"]), len(found["events"])) == (136, 19)
    lido = next(e for e in found["entries"] if e["id"] == "lido")
    assert lido["listed"][0] == {
        "kind": "exit",
        "name": "standard: withdrawal request in the queue (turbo mode)",
        "source": {
            "cited": "https://help.lido.fi/en/articles/7858292-faq-ethereum-withdrawals",
            "dated": "undated",
            "verified": True,
            "checked": "2026-11-22",
        },
        "faults": ["undated"],
    }


def test_programs_get_only_what_is_stale_if_they_ask(run: Run) -> None:
    found, everything = listed(run, "--stale", *AS_OF), listed(run, *AS_OF)
    assert found["stale_only"]
    assert all(fact["faults"] for e in found["entries"] for fact in e["listed"])
    assert all(thing["faults"] for thing in (*found["tokens"], *found["events"]))
    counts = {e["id"]: e["facts"] for e in everything["entries"]}
    assert all(e["facts"] == counts[e["id"]] for e in found["entries"])
    whole = sum(bool(fact["faults"]) for e in everything["entries"] for fact in e["listed"])
    assert sum(len(e["listed"]) for e in found["entries"]) == whole


def test_without_a_day_it_is_today(run: Run) -> None:
    assert listed(run)["as_of"] >= "2026-11-22"


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "other/1"},
        {"entries": [{"id": "x"}]},
        {"tokens": [{"symbol": "T", "chain": "x", "entry": None, "source": {}, "faults": []}]},
        {"more": 1},
    ],
    ids=str,
)
def test_the_schema_refuses_what_is_no_such_list(run: Run, change: dict[str, Any]) -> None:
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid({**listed(run, *AS_OF), **change})
