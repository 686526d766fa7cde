"""How the tests read a file: text or bytes in, plan out, with the catalogue that ships with the program."""

from datetime import UTC, date, datetime
from typing import Any

from desktop_app import shipped
from desktop_app.csv_import.plan import Options, Plan, read_plan
from desktop_app.csv_import.questions import Question
from desktop_app.domain.money import amount_text
from desktop_app.domain.portfolio import Portfolio

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def plan(
    data: str | bytes, portfolio: Portfolio | None = None, file_name: str = "file.csv", **options: Any
) -> Plan:
    raw = data.encode() if isinstance(data, str) else data
    return read_plan(raw, file_name, portfolio or Portfolio(), shipped.catalogue(), TODAY, Options(**options))


def imported(
    data: str | bytes, portfolio: Portfolio | None = None, import_id: str = "first", **options: Any
) -> Portfolio:
    """Return the portfolio after importing a file."""
    return plan(data, portfolio, **options).apply(
        portfolio or Portfolio(), shipped.catalogue(), NOW, import_id
    )


def rejected(data: str | bytes, **options: Any) -> list[tuple[int, str]]:
    """Return line and code of every rejected row."""
    return [(row.line, row.code) for row in plan(data, **options).rejected]


def skipped(data: str | bytes, **options: Any) -> list[tuple[int, str]]:
    """Return line and code of every skipped row."""
    return [(row.line, row.code) for row in plan(data, **options).skipped]


def holdings(data: str | bytes, **options: Any) -> dict[str, str]:
    """Return the totals as text."""
    return {asset: amount_text(amount) for asset, amount in plan(data, **options).holdings.items()}


def rewards(data: str | bytes, **options: Any) -> dict[str, str]:
    """Return the totals of what was earned as text."""
    return {asset: amount_text(amount) for asset, amount in plan(data, **options).rewards.items()}


def stopping(data: str | bytes, portfolio: Portfolio | None = None, **options: Any) -> list[str]:
    """Return the codes of the questions that stop the import."""
    return [q.code for q in plan(data, portfolio, **options).questions if q.stops]


def question(data: str | bytes, code: str, portfolio: Portfolio | None = None, **options: Any) -> Question:
    """Return the question with a code."""
    return next(q for q in plan(data, portfolio, **options).questions if q.code == code)
