"""A plan as the JSON of ``stakeout import --json``: plain values, amounts as exact decimal text."""

from dataclasses import asdict
from typing import Any

from desktop_app.csv_import.cells import shown
from desktop_app.csv_import.entries import Entry, Move
from desktop_app.csv_import.planned import Plan
from desktop_app.csv_import.questions import Question
from desktop_app.csv_import.rows import ACCEPTED, Row, Verdict
from desktop_app.domain.money import amount_text


def as_record(plan: Plan, *, with_rows: bool = True) -> dict[str, Any]:
    """Return the answer of an import as a JSON object; its shape is ``resources/schema/import.json``.

    ``with_rows``: list the rows that come in, which only programs read.
    """
    accepted = plan.rows if with_rows else ()
    coming = [row for row in accepted if row.verdict in ACCEPTED or row.verdict is Verdict.ASK]
    return {
        "file": plan.file_name,
        "outcome": plan.outcome.value,
        "format": plan.format,
        "kind": plan.kind,
        "detect": asdict(plan.detect),
        "columns": _columns(plan),
        "counts": asdict(plan.counts),
        "holdings": {asset: amount_text(amount) for asset, amount in plan.holdings.items()},
        "rewards": {asset: amount_text(amount) for asset, amount in plan.rewards.items()},
        "rows": [record for row in coming for record in _of_row(row)],
        "rejected": [_left(row) for row in plan.rejected],
        "skipped": [_left(row) for row in plan.skipped],
        "questions": [_question(question) for question in plan.questions],
        "warnings": [*plan.warnings, *(f"Nothing was asked about “{shown(code)}”." for code in plan.unused)],
        "message": plan.message,
    }


def _of_row(row: Row) -> list[dict[str, Any]]:
    """Return what a row holds, or each of its movements."""
    if row.entry is not None:
        return [_movement(row.line, row.entry, move) for move in row.entry.moves]
    return [] if row.holding is None else [_holding(row)]


def _movement(line: int, entry: Entry, move: Move) -> dict[str, Any]:
    return {
        "line": line,
        "account": move.slot.account,
        "asset": move.slot.symbol,
        "quantity": amount_text(move.amount),
        "opened_on": None,
        "place": move.slot.place,
        "moved_at": entry.moved_at.isoformat(),
        "reward": move.reward,
    }


def _holding(row: Row) -> dict[str, Any]:
    return {
        "line": row.line,
        "account": row.account,
        "asset": row.asset,
        "quantity": None if row.quantity is None else amount_text(row.quantity),
        "opened_on": None if row.opened_on is None else row.opened_on.isoformat(),
    }


def _left(row: Row) -> dict[str, Any]:
    return {
        "line": row.line,
        "row": row.number,
        "column": row.column,
        "value": row.value[:200],
        "code": row.code,
        "reason": row.reason,
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "code": question.code,
        "stops": question.stops,
        "lines": list(question.lines),
        "text": question.text,
        "choices": list(question.choices),
        "default": question.default,
    }


def _columns(plan: Plan) -> dict[str, dict[str, Any]]:
    """Return name → what it was read as; a name that stands twice gets its number."""
    result: dict[str, dict[str, Any]] = {}
    for column in plan.columns:
        name = column.name if column.name not in result else f"{column.name} ({column.index + 1})"
        result[name] = {
            "field": column.field or None,
            "decimal": column.decimal,
            "date_format": column.date_format,
        }
    return result
