"""What becomes of a file as a whole: counts, outcome, totals per asset and one sentence."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.csv_import import matching
from desktop_app.csv_import.cells import shown
from desktop_app.csv_import.planned import Counts, Outcome, Plan, counted
from desktop_app.csv_import.questions import Inquiry
from desktop_app.csv_import.rows import ACCEPTED, Row, Verdict
from desktop_app.domain import money

_CHOSEN = ("left_out", "kept", "repeated")
"""Codes of rows that stay out because the user wants it so."""


def summed_up(plan: Plan, inquiry: Inquiry, left_out: frozenset[int]) -> Plan:
    """Return the plan with counts, outcome, message, questions and totals that follow from its rows."""
    questions = inquiry.questions(left_out)
    counts = counted(plan.rows)
    stopping = sum(question.stops for question in questions)
    outcome = _outcome(plan, counts, stopping)
    unused = [f"Nothing was asked about “{shown(code)}”." for code in inquiry.unused()]
    return replace(
        plan,
        outcome=outcome,
        message=_message(plan, outcome, counts, stopping),
        counts=counts,
        questions=questions,
        warnings=(*plan.warnings, *unused),
        holdings=_totals(plan.rows, inquiry),
    )


def _outcome(plan: Plan, counts: Counts, stopping: int) -> Outcome:
    if stopping:
        return Outcome.ASK
    if counts.accepted == counts.data_rows:
        return Outcome.ACCEPT
    wanted_so = any(row.code in _CHOSEN for row in plan.rows)
    return Outcome.ACCEPT_PARTLY if counts.accepted or counts.duplicate or wanted_so else Outcome.REFUSE_FILE


def _message(plan: Plan, outcome: Outcome, counts: Counts, stopping: int) -> str:
    sentence = _of_rows(plan, outcome, counts, stopping)
    if not plan.closing or outcome in (Outcome.ASK, Outcome.REFUSE_FILE):
        return sentence
    gone = len(plan.closing)
    return f"{sentence} {'1 position' if gone == 1 else f'{gone} positions'} that it lacks: closed."


def _of_rows(plan: Plan, outcome: Outcome, counts: Counts, stopping: int) -> str:
    name, rows = f"“{shown(plan.file_name)}”", f"{counts.data_rows} row{'' if counts.data_rows == 1 else 's'}"
    if outcome is Outcome.ASK:
        some = "a question" if stopping == 1 else f"{stopping} questions"
        return f"{name} leaves {some} open; nothing comes in before that is answered."
    if outcome is Outcome.REFUSE_FILE:
        none = "it is no holding" if counts.data_rows == 1 else "none of them is a holding"
        return f"{name} has {rows}, but {none} that can come in."
    if outcome is Outcome.ACCEPT:
        return f"Everything in {name} comes in: {rows}."
    left = f"{counts.rejected} rejected, {counts.skipped} skipped"
    if not plan.changes and counts.duplicate:
        are = "is" if counts.duplicate == 1 else "are"
        return f"There is nothing new in {name}: {counts.duplicate} of its {rows} {are} stored already."
    stored = f" ({counts.duplicate} of them stored already)" if counts.duplicate else ""
    come = "comes" if counts.accepted == 1 else "come"
    return f"{counts.accepted} of {rows} of {name} {come} in; {left}{stored}."


def _totals(rows: Sequence[Row], inquiry: Inquiry) -> dict[str, Decimal]:
    """Return totals under the file's own symbols; several spellings of one token come under the token's."""
    sums: dict[str, Decimal] = {}
    spellings: dict[str, str] = {}
    for row in rows:
        if row.quantity is None or not _comes_in(row, inquiry):
            continue
        if spellings.setdefault(row.symbol, row.asset) != row.asset:
            spellings[row.symbol] = row.symbol
        sums[row.symbol] = money.EXACT.add(sums.get(row.symbol, Decimal(0)), row.quantity)
    return {_key(spellings[symbol], symbol): amount for symbol, amount in sums.items()}


def _key(written: str, symbol: str) -> str:
    """Return the file's spelling of a symbol, the token's symbol for another name or an address."""
    return written if written.casefold() == symbol.casefold() else symbol


def _comes_in(row: Row, inquiry: Inquiry) -> bool:
    if row.verdict is not Verdict.ASK:
        return row.verdict in ACCEPTED
    defaults = [inquiry.default(code) for code in row.waits]
    return None not in defaults and matching.LEAVE not in defaults
