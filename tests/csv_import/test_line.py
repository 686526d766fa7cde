"""Cells of a ledger's row by field: cleaned, read exactly, and refused with the right verdict."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from desktop_app import shipped
from desktop_app.csv_import.format import Context, Fit, Table
from desktop_app.csv_import.line import Line
from desktop_app.csv_import.questions import Inquiry, Question
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Unfit, Verdict
from desktop_app.csv_import.tokens import Tokens

NAMES = ("Kind", "Coin", "Change", "Fee")
FIELDS = {"type": 0, "asset": 1, "amount": 2, "fee": 3}


def line(*cells: str, decimal: str = ".", answers: dict[str, str] | None = None) -> Line:
    """Return a row with these cells, on line 7."""
    inquiry = Inquiry(answers or {})
    tokens = Tokens(shipped.catalogue(), inquiry, known_program=True)
    context = Context(date(2026, 11, 23), "USD", inquiry, tokens)
    table = Table(
        NAMES,
        (),
        Fit("ledger", FIELDS, 4),
        "Toy",
        exchange=False,
        suspicious=False,
        doubtful={},
        context=context,
    )
    result = Line(table, decimal)
    result.turn_to(Record(7, list(cells)))
    return result


def verdict(read: Callable[[], object]) -> tuple[str, str, Verdict]:
    """Return code, column and verdict of what a reading raises."""
    with pytest.raises(Unfit) as caught:
        read()
    return caught.value.code, caught.value.column, caught.value.verdict


def test_text_is_cleaned_and_what_means_nothing_is_empty() -> None:
    row = line(" Spot\u200b ", "N/A", "-", "'=x")
    assert [row.text(field) for field in ("type", "asset", "amount", "fee", "other")] == [
        "Spot",
        "",
        "",
        "=x",
        "",
    ]
    assert (row.word("type"), row.has("fee"), row.has("other")) == ("spot", True, False)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1.5", "1.5"),
        ("-1.5", "-1.5"),
        ("0", "0"),
        ("1,234.5", "1234.5"),
        ("2 ETH", "2"),
        ("3.6E-05", "0.000036"),
    ],
)
def test_amounts_are_exact_with_their_sign(cell: str, amount: str) -> None:
    assert line("", "ETH", cell, "").amount(asset="ETH") == Decimal(amount)


def test_a_decimal_comma_is_that_of_the_format() -> None:
    assert line("", "ETH", "1,5", "", decimal=",").amount() == Decimal("1.5")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "quantity_missing"),
        ("x", "quantity_invalid"),
        ("1,5", "decimal_minority"),
        ("1 SOL", "unit_contradicts"),
    ],
)
def test_an_amount_that_is_none_says_why(cell: str, code: str) -> None:
    row = line("", "ETH", cell, "")
    assert verdict(lambda: row.amount(asset="ETH")) == (code, "Change", Verdict.REJECT)


def test_what_must_move_something_is_not_zero() -> None:
    assert verdict(line("", "ETH", "0.00", "").moving) == ("quantity_zero", "Change", Verdict.REJECT)


def test_a_fee_may_be_empty_but_not_any_text() -> None:
    assert line("", "ETH", "1", "").fee() == 0
    assert verdict(line("", "ETH", "1", "cheap").fee)[0] == "fee_invalid"


def test_an_asset_must_be_there() -> None:
    assert verdict(line("", "", "1", "").asset) == ("asset_missing", "Coin", Verdict.REJECT)


def test_a_row_may_be_skipped_by_its_format() -> None:
    row = line("failed", "ETH", "1", "")

    def skip() -> None:
        raise row.skip("failed", "type")

    assert verdict(skip) == ("failed", "Kind", Verdict.SKIP)


def test_a_question_that_stops_lets_the_row_wait_with_its_default() -> None:
    question = Question("own_address", "Which?", choices=("mine",), default="mine")
    row = line("", "ETH", "1", "")
    assert (row.ask(question), row.waits) == ("mine", ["own_address"])
    assert row.context.inquiry.questions()[0].lines == (7,)
    row = line("", "ETH", "1", "", answers={"own_address": "mine"})
    assert (row.ask(question), row.waits) == ("mine", [])
