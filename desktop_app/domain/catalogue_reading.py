"""Reading the catalogue from its JSON texts: at first what stacks need, the rest when somebody looks."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from desktop_app.domain.catalogue import (
    Ambiguity,
    Catalogue,
    Constant,
    Entry,
    Event,
    ExitFact,
    RewardFact,
    RiskFact,
    Shock,
    SlashingFact,
    Source,
    Token,
)
from desktop_app.errors import UserError

SCHEMA = "stakeout-catalogue/1"

F = TypeVar("F", ExitFact, SlashingFact, RewardFact)


def from_json(entries_text: str, tokens_text: str) -> Catalogue:
    """Return the catalogue of its two JSON texts; raise UserError if one of them is not such a text."""
    entries, tokens = _opened(entries_text, "entries"), _opened(tokens_text, "tokens")
    return Catalogue(
        version=max(entries["version"], tokens["version"]),
        entries={r["id"]: _entry(r) for r in entries["entries"]},
        tokens=tuple(Token(**_values(r)) for r in tokens["tokens"]),
        ambiguous=tuple(Ambiguity(**_values(r)) for r in tokens.get("ambiguous", ())),
    )


def with_details(catalogue: Catalogue, details_text: str, events_text: str, constants_text: str) -> Catalogue:
    """Return the catalogue with notes, risks, past events and constants; raise UserError as ``from_json``."""
    details = _opened(details_text, "details")["details"]
    return replace(
        catalogue,
        entries={i: _detailed(e, details[i]) if i in details else e for i, e in catalogue.entries.items()},
        events=tuple(_event(r) for r in _opened(events_text, "events")["events"]),
        constants=tuple(Constant(**_values(r)) for r in _opened(constants_text, "constants")["constants"]),
    )


def _opened(text: str, kind: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise UserError(
            f"The catalogue's {kind} are not readable: {error}.", "Install the program again."
        ) from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or kind not in data:
        raise UserError(
            f"The catalogue's {kind} are of another kind than {SCHEMA}.", "Install the program again."
        )
    return data


def _entry(record: dict[str, Any]) -> Entry:
    facts: dict[str, Any] = {
        "exits": tuple(ExitFact(**_values(r)) for r in record.get("exits", ())),
        "slashing": tuple(SlashingFact(**_values(r)) for r in record.get("slashing", ())),
        "rewards": tuple(RewardFact(**_values(r)) for r in record.get("rewards", ())),
    }
    return Entry(**(_values(record) | facts))


def _detailed(entry: Entry, texts: Mapping[str, Any]) -> Entry:
    return replace(
        entry,
        note=texts.get("note", ""),
        risks=tuple(RiskFact(**_values(r)) for r in texts.get("risks", ())),
        exits=_noted(entry.exits, texts.get("exits")),
        slashing=_noted(entry.slashing, texts.get("slashing")),
        rewards=_noted(entry.rewards, texts.get("rewards")),
    )


def _noted(facts: tuple[F, ...], notes: list[str] | None) -> tuple[F, ...]:
    if notes is None:
        return facts
    if len(notes) != len(facts):
        raise UserError("The catalogue's details are of another catalogue.", "Install the program again.")
    return tuple(replace(fact, note=note) for fact, note in zip(facts, notes, strict=True))


def _event(record: dict[str, Any]) -> Event:
    shocks = tuple(Shock(**r) for r in record.get("shocks", ()))
    return Event(**(_values(record) | {"shocks": shocks}))


def _values(record: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in record.items()}
    if "source" in values:
        values["source"] = Source(**values["source"])
    return values
