from dataclasses import dataclass
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.figures.labels import Labels
from desktop_app.ui.tables import kinds
from desktop_app.ui.tables.sum_row import SumRow
from desktop_app.ui.tables.table_model import Column
from desktop_app.ui.tables.table_view import TableView
from tests.drivers import press, write

LABELS = Labels("en_US")
COLUMNS = (
    Column("Coin", lambda r: r.id, second=lambda *_: "held", stretch=True),
    Column("USD", lambda r: r.amount, kinds.MONEY, total=True),
    Column("Note", lambda _: "x"),
)


@dataclass(frozen=True)
class Coin:
    id: str
    amount: Decimal | None = None


COINS = [Coin("a", Decimal(1)), Coin("b", Decimal(3)), Coin("c", Decimal(2))]


@pytest.fixture
def view(qtbot: QtBot) -> TableView:
    return made(qtbot)


def made(qtbot: QtBot) -> TableView:
    view = TableView("coins", COLUMNS, two_lines=True)
    qtbot.addWidget(view)
    view.show_rows(COINS, LABELS)
    view.resize(400, 300)
    view.show()
    return view


def ids(view: TableView) -> list[str]:
    return [row.id for row in view.rows_model.rows]


def test_a_table_that_was_not_seen_fits_its_columns_when_it_is(view: TableView) -> None:
    view.hide()
    before = view.columnWidth(1)
    view.show_rows([Coin("a", Decimal(123456789012345))], LABELS)
    view.show()
    assert view.columnWidth(1) > before


def test_what_was_chosen_stays_chosen_when_rows_change_and_move(view: TableView) -> None:
    view.choose("c")
    view.show_rows([COINS[2], Coin("d")], LABELS)
    assert view.chosen_ids() == ["c"]
    view.sort_by(0, Qt.SortOrder.DescendingOrder)
    assert view.chosen_ids() == ["c"]


def test_a_choice_is_told_once(qtbot: QtBot, view: TableView) -> None:
    with qtbot.waitSignal(view.picked) as told:
        view.choose("a", "b")
    assert told.args == [["a", "b"]]


def test_a_choice_that_the_filter_hides_is_told_as_gone(qtbot: QtBot, view: TableView) -> None:
    view.choose("a")
    with qtbot.waitSignal(view.picked) as told:
        view.set_filter("b")
    assert told.args == [[]]


def test_enter_opens_the_current_row(qtbot: QtBot, view: TableView) -> None:
    view.choose("b")
    with qtbot.waitSignal(view.opened) as told:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.args == ["b"]


def test_ctrl_c_copies_the_chosen_rows_exactly(view: TableView) -> None:
    view.choose("b")
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Coin\tUSD\tNote\nb\t3\tx\n"


def test_a_click_on_a_heading_sorts_and_is_remembered(qtbot: QtBot, view: TableView) -> None:
    header = view.horizontalHeader()
    centre = header.sectionViewportPosition(1) + header.sectionSize(1) // 2
    point = header.viewport().rect().center()
    point.setX(centre)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert ids(view) == ["b", "c", "a"]
    assert ids(made(qtbot)) == ["b", "c", "a"]


def test_a_hidden_column_stays_hidden_and_is_not_copied(qtbot: QtBot, view: TableView) -> None:
    view.columns_menu().actions()[1].trigger()
    again = made(qtbot)
    assert again.isColumnHidden(2)
    assert [column.heading for column in again.shown_columns()] == ["Coin", "USD"]


def test_the_sum_row_counts_what_is_shown_and_what_is_chosen(qtbot: QtBot, view: TableView) -> None:
    foot = SumRow(view, "coin")
    qtbot.addWidget(foot)
    assert foot.count_text() == "3 coins"
    view.set_filter("a")
    assert foot.count_text() == "1 of 3 coins"
    view.choose("a")
    assert foot.chosen_text() == "1 selected"


def test_rows_and_sums_are_painted_without_a_complaint(qtbot: QtBot, view: TableView) -> None:
    foot = SumRow(view, "coin")
    qtbot.addWidget(foot)
    view.choose("a")
    assert not view.grab().isNull()
    assert not foot.grab().isNull()


def test_columns_grow_with_their_cells_until_the_user_gives_them_a_width(
    qtbot: QtBot, view: TableView
) -> None:
    before = view.columnWidth(1)
    view.show_rows([Coin("a", Decimal(10) ** 15)], LABELS)
    assert view.columnWidth(1) > before
    header = view.horizontalHeader()
    edge = QPoint(header.sectionViewportPosition(1) + header.sectionSize(1) - 1, 10)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(-30, 0))
    given = view.columnWidth(1)
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(-30, 0))
    view.show_rows(COINS, LABELS)
    assert view.columnWidth(1) == given


def test_the_box_of_a_row_is_told_by_click_and_by_space(qtbot: QtBot) -> None:
    view = TableView("ticks", (Column("Coin", lambda r: r.id, ticked=lambda r: r.amount is not None),))
    qtbot.addWidget(view)
    view.show_rows(COINS, LABELS)
    view.show()
    with qtbot.waitSignal(view.ticked) as told:
        place = view.visualRect(view.rows_model.index(1, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["b"]
    with qtbot.waitSignal(view.ticked) as told:
        QTest.keyClick(view, Qt.Key.Key_Space)
    assert told.args == ["b"]


# -- typing ------------------------------------------------------------------------------------------------


def typed_into(qtbot: QtBot) -> TableView:
    columns = (
        Column("Name", lambda r: r.name, swatch=lambda _: "accent"),
        Column("Years", lambda r: r.value, kinds.COUNT, edit="years"),
    )
    view = TableView("typed into", columns)
    qtbot.addWidget(view)
    view.show_rows([Typed("a", "A", 5), Typed("b", "B", None)], Labels())
    with qtbot.waitExposed(view):
        view.show()
    return view


@dataclass(frozen=True)
class Typed:
    id: str
    name: str
    value: int | None


def type_over(view: TableView, row: int, text: str) -> None:
    view.setCurrentIndex(view.rows_model.index(row, 1))
    press(view, Qt.Key.Key_Return)
    editor = view.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    write(editor, text)
    press(editor, Qt.Key.Key_Return)


def test_what_is_typed_into_a_cell_is_told_and_changes_nothing_here(qtbot: QtBot) -> None:
    view = typed_into(qtbot)
    with qtbot.waitSignal(view.entered) as entered:
        type_over(view, 1, "12")
    assert entered.args == ["b", "years", "12"]
    assert view.rows_model.index(1, 1).data() == "unknown"


def test_typing_the_same_again_tells_nothing(qtbot: QtBot) -> None:
    view = typed_into(qtbot)
    told: list[object] = []
    view.entered.connect(lambda *what: told.append(what))
    type_over(view, 0, "5")
    assert told == []


def test_enter_opens_a_row_where_nothing_is_typed(qtbot: QtBot) -> None:
    view = typed_into(qtbot)
    view.setCurrentIndex(view.rows_model.index(0, 0))
    with qtbot.waitSignal(view.opened) as opened:
        press(view, Qt.Key.Key_Return)
    assert opened.args == ["a"]
