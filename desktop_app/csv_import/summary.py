"""What becomes of a file as a whole: counts, outcome, totals per asset and one sentence."""

from dataclasses import replace

from desktop_app.csv_import import totals
from desktop_app.csv_import.cells import shown
from desktop_app.csv_import.planned import Counts, Outcome, Plan, counted
from desktop_app.csv_import.questions import Inquiry
from desktop_app.csv_import.sparse_rows import noted

_CHOSEN = ("left_out", "kept", "repeated")
"""Codes of rows that stay out because the user wants it so."""


def summed_up(plan: Plan, inquiry: Inquiry, left_out: frozenset[int]) -> Plan:
    """Return the plan with counts, outcome, message, questions and totals that follow from its rows."""
    questions = inquiry.questions(left_out, frozenset(row.line for row in plan.rejected))
    counts = counted(plan.rows)
    stopping = sum(question.stops for question in questions)
    outcome = _outcome(plan, counts, stopping)
    return replace(
        plan,
        outcome=outcome,
        message=_message(plan, outcome, counts, stopping),
        counts=counts,
        questions=questions,
        unused=inquiry.unused(),
        holdings=plan.holdings if plan.booked else totals.of_rows(plan.rows, inquiry),
    )


def _outcome(plan: Plan, counts: Counts, stopping: int) -> Outcome:
    if stopping:
        return Outcome.ASK
    if counts.accepted == counts.data_rows:
        return Outcome.ACCEPT
    wanted_so = any(row.code in _CHOSEN for row in noted(plan.rows))
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
