from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop_app.figures.labels import Labels
from desktop_app.ui import theme
from desktop_app.ui.tables import kinds
from desktop_app.ui.tables.table_model import CURRENCY, Column, TableModel

pytestmark = pytest.mark.usefixtures("qapp")

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
LABELS = Labels("en_US", "EUR")


@dataclass(frozen=True)
class Coin:
    id: str
    amount: Decimal | None
    note: str = ""


COLUMNS = (
    Column("Coin", lambda r: r.id, second=lambda r, _: r.note),
    Column(CURRENCY, lambda r: r.amount, kinds.MONEY, total=True),
)


def model(*coins: Coin) -> TableModel:
    made = TableModel(COLUMNS)
    made.set_rows(coins, LABELS)
    return made


def ids(table: TableModel) -> list[str]:
    return [row.id for row in table.rows]


A, B, C = Coin("a", Decimal(2)), Coin("b", None, "lent on Aave"), Coin("C", Decimal(10))


def test_qt_finds_nothing_wrong_while_rows_come_are_filtered_sorted_and_go() -> None:
    table = model()
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.set_rows([A, B, C], LABELS)
    table.sort(1, DOWN)
    table.set_filter("a")
    table.sort(0, UP)
    table.set_filter("")
    table.set_rows([], LABELS)
    assert tester.model() is table


def test_numbers_are_ordered_by_value_and_not_by_their_text() -> None:
    table = model(C, A)
    table.sort(1, UP)
    assert ids(table) == ["a", "C"]


def test_differences_beyond_floating_point_are_ordered() -> None:
    near = [Coin(str(i), Decimal(f"1.{'0' * 30}{i}")) for i in (3, 1, 2)]
    table = model(*near)
    table.sort(1, UP)
    assert ids(table) == ["1", "2", "3"]


@pytest.mark.parametrize("order", [UP, DOWN])
def test_unknown_stands_last_in_either_order(order: Qt.SortOrder) -> None:
    table = model(B, A, C)
    table.sort(1, order)
    assert ids(table)[-1] == "b"


def test_words_are_ordered_without_regard_to_case() -> None:
    table = model(C, B, A)
    table.sort(0, UP)
    assert ids(table) == ["a", "b", "C"]


@given(st.lists(st.one_of(st.none(), st.decimals(allow_nan=False, allow_infinity=False))))
def test_sorting_keeps_every_row(amounts: list[Decimal | None]) -> None:
    table = model(*(Coin(str(i), amount) for i, amount in enumerate(amounts)))
    table.sort(1, DOWN)
    known = [row.amount for row in table.rows if row.amount is not None]
    assert known == sorted(known, reverse=True)
    assert sorted(ids(table)) == sorted(str(i) for i in range(len(amounts)))


def test_a_kept_index_follows_its_row_when_the_order_changes() -> None:
    from PySide6.QtCore import QPersistentModelIndex

    table = model(A, C)
    kept = QPersistentModelIndex(table.index(0, 0))
    table.sort(1, DOWN)
    assert kept.row() == 1
    assert kept.data() == "a"


@pytest.mark.parametrize("text", ["aave", "AAVE lent", "b"])
def test_the_filter_finds_words_of_both_lines_in_any_order_and_case(text: str) -> None:
    table = model(A, B, Coin("C", None))
    table.set_filter(text)
    assert ids(table) == ["b"]
    assert table.hidden_rows == 2


def test_the_sorted_column_carries_an_arrow() -> None:
    table = model(A)
    table.sort(1, DOWN)
    headings = [table.headerData(i, Qt.Orientation.Horizontal) for i in (0, 1)]
    assert headings == ["Coin", "EUR ▾"]


def test_an_unknown_value_is_said_in_ochre_and_is_not_zero() -> None:
    table = model(B)
    cell = table.index(0, 1)
    assert cell.data() == "unknown"
    assert cell.data(Qt.ItemDataRole.ForegroundRole) == theme.colour("warn")


def test_a_sum_is_exact_and_says_that_something_is_missing() -> None:
    thirds = [Coin(str(i), Decimal("0.1")) for i in range(3)]
    assert model(*thirds, Coin("big", Decimal("1e30"))).total(1).startswith("1,000,000")
    assert model(A, C).total(1) == "12"
    assert model(A, B, C).total(1) == "12 + ?"
    assert model(B).total(1) == "unknown"


def test_a_sum_follows_the_filter_and_new_rows() -> None:
    table = model(A, C)
    assert table.total(1) == "12"
    table.set_filter(A.id)
    assert table.total(1) == model(A).total(1) != "12"
    table.set_rows([C], table.labels)
    table.set_filter("")
    assert table.total(1) == model(C).total(1)


def test_copied_rows_are_tab_separated_under_their_headings() -> None:
    table = model(Coin("=evil", Decimal("1234.50")), B)
    assert table.table_text(table.rows) == "Coin\tEUR\n'=evil\t1234.5\nb\tunknown\n"


def test_a_name_is_shown_as_it_is_written() -> None:
    table = model(Coin("<img src=x>", None))
    assert table.index(0, 0).data() == "<img src=x>"


def test_rows_have_no_children() -> None:
    table = model(A)
    assert table.rowCount(table.index(0, 0)) == 0
    assert table.rowCount(QModelIndex()) == 1
