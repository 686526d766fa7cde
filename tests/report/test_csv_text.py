"""CSV that a spreadsheet reads as it was meant."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.spreadsheet import unprotected
from desktop_app.report.csv_text import to_csv
from desktop_app.report.tables import DataTable

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def read(table: DataTable) -> list[list[str]]:
    return list(csv.reader(io.StringIO(to_csv(table), newline="")))


@given(st.lists(st.tuples(words, words), max_size=5))
def test_text_comes_back_as_it_was(rows: list[tuple[str, str]]) -> None:
    table = DataTable("t", ("a", "b"), tuple(rows))
    back = [[unprotected(cell) for cell in row] for row in read(table)[1:]]
    assert back == [[*row] for row in rows]


@given(st.sampled_from("=+-@\t\r"), words)
def test_no_text_begins_like_a_formula(sign: str, text: str) -> None:
    table = DataTable("t", ("a",), ((sign + text,),))
    assert read(table)[1][0].startswith(f"'{sign}")


@given(words)
def test_text_stays_in_its_cell_whatever_stands_in_it(text: str) -> None:
    table = DataTable("t", ("a", "b", "c"), ((text, Decimal(-5), text),))
    assert [len(row) for row in read(table)] == [3, 3]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal(-5), "-5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.000000000000000001"), "0.000000000000000001"),
        (Decimal("1E+200"), "1E+200"),
        (-0.5, "-0.5"),
        (3, "3"),
        (True, "true"),
        (None, ""),
    ],
)
def test_numbers_stay_numbers_to_the_last_digit(value: object, written: str) -> None:
    assert to_csv(DataTable("t", ("a",), ((value,),))) == f'"a"\r\n{written}\r\n'


def test_what_looks_like_a_number_and_is_a_name_is_text() -> None:
    assert to_csv(DataTable("t", ("a",), (("007",), ("-5",)))) == '"a"\r\n"007"\r\n"\'-5"\r\n'


def test_a_null_sign_which_no_csv_can_hold_is_left_out() -> None:
    assert to_csv(DataTable("t", ("a",), (("a\0b",),))) == '"a"\r\n"ab"\r\n'
