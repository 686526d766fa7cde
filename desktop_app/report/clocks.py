"""The answers of the clocks, and the list of their rules, as JSON."""

import json
from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import Any

from desktop_app.analysis.clocks.answer import Figure
from desktop_app.analysis.clocks.asking import Asked
from desktop_app.analysis.clocks.kinds import shown, utc_text
from desktop_app.analysis.clocks.rule import Key, Rule
from desktop_app.domain.catalogue import Source
from desktop_app.report.clock_words import TITLES

SCHEMA = "stakeout-when/1"

NAMES = ("min", "typical", "max")

Record = dict[str, Any]


def answer_record(asked: Asked) -> Record:
    """Return an answer; what its rule does not fix is null, figures of its own stand beside the rest."""
    answer = asked.answer
    return {
        "schema": SCHEMA,
        "rule": asked.rule.name,
        "given": {name: _typed(value) for name, value in asked.given.items()},
        "assumed": {name: _typed(value) for name, value in asked.assumed.items()},
        "wait_days": dict(zip(NAMES, answer.wait.days, strict=True)),
        "dates": {n: _utc(date) for n, date in zip(NAMES, answer.dates, strict=True)},
        "claimable_at": _utc(answer.claimable_at),
        "claimable_block": answer.claimable_block,
        "claimable_slot": answer.claimable_slot,
        "exit_epoch_offset": answer.exit_epoch_offset,
        "expires_at": _utc(answer.expires_at),
        "slashable_until": _utc(answer.slashable_until),
        "source": _source(answer.source),
        **{name: _figure(figure) for name, figure in answer.figures.items()},
    }


def rules_record(rules: Iterable[Rule]) -> Record:
    """Return the list of the rules with their keys, units, defaults and sources."""
    return {
        "schema": SCHEMA,
        "rules": [
            {
                "rule": rule.name,
                "title": TITLES[rule.name],
                "keys": [_key(key) for key in rule.keys],
                "sources": [_source(source) for source in rule.sources],
            }
            for rule in rules
        ],
    }


def to_json(record: Record) -> str:
    """Return a record as JSON."""
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _key(key: Key) -> Record:
    return {
        "key": key.name,
        "unit": key.kind.unit,
        "required": key.required,
        "repeatable": key.repeatable,
        "default": shown(key.default),
        "choices": list(key.kind.choices),
    }


def _typed(value: object) -> Any:
    if isinstance(value, tuple) and all(isinstance(part, tuple) for part in value):
        return [":".join(str(shown(part)) for part in parts) for parts in value]
    return [shown(part) for part in value] if isinstance(value, tuple) else shown(value)


def _source(source: Source) -> Record:
    return {"cited": source.cited, "dated": source.dated, "verified": source.verified}


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else utc_text(moment)


def _figure(figure: Figure) -> Any:
    if isinstance(figure, datetime):
        return utc_text(figure)
    return float(figure) if isinstance(figure, Fraction) else figure
