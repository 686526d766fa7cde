"""Accounts of plain-text bookkeeping (hledger, beancount): which of them hold something."""

import re

from desktop_app.csv_import.cells import shown
from desktop_app.csv_import.format import Context
from desktop_app.csv_import.questions import Question
from desktop_app.csv_import.rows import Unfit, Verdict

# The names by which hledger tells the type of an account, as its manual lists them (Account types).
_ASSETS = re.compile(r"assets?", re.IGNORECASE)
_DEBTS = re.compile(r"debts?|liabilit(y|ies)", re.IGNORECASE)
_FLOWS = re.compile(r"equity|(income|revenue)s?|expenses?", re.IGNORECASE)


def asset_account(context: Context, account: str, column: str, line: int) -> str:
    """Return the question for which a row of an account waits, "" if it holds assets.

    Raises Unfit for none, for sums, debts, equity, income and expenses, and for what the user leaves out.
    """
    root = account.partition(":")[0].strip()
    if not root:
        raise Unfit("account_missing", column, account)
    if account.strip().casefold() in {"total", "total:"}:
        raise Unfit("total", column, account, Verdict.SKIP)
    if _ASSETS.fullmatch(root):
        return ""
    if _DEBTS.fullmatch(root):
        raise Unfit("liability", column, account, Verdict.SKIP)
    if _FLOWS.fullmatch(root):
        raise Unfit("not_asset", column, account, Verdict.SKIP)
    question = Question(
        f"asset_accounts:{root}",
        f"“{shown(root)}” is no name of an account that says what is in it. Does it hold assets?",
        lines=(line,),
        choices=("assets", "leave"),
        default="assets",
    )
    answer = context.inquiry.settle(question)
    if answer == "leave":
        raise Unfit("left_out", column, account, Verdict.SKIP)
    return "" if answer else question.code
