"""The small parts of the window do what their words say, by mouse and by keyboard."""

from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.widgets.as_of_button import AsOfButton
from desktop_app.ui.widgets.bars import Banner, ExplanationBar
from desktop_app.ui.widgets.empty_page import EmptyPage, Offer
from desktop_app.ui.widgets.palette import Palette
from desktop_app.ui.widgets.rail import Rail
from desktop_app.ui.widgets.row_list import Cell, Item, Lane, RowList
from desktop_app.ui.widgets.section import Section, Words
from desktop_app.ui.widgets.tooltip import plain_tooltip
from tests.drivers import click, press, write


def test_words_from_a_file_are_never_markup(qtbot: QtBot) -> None:
    words = Words("<b>bold</b>")
    qtbot.addWidget(words)
    assert words.textFormat() is Qt.TextFormat.PlainText
    assert plain_tooltip("<img src='x'>\n2") == "<span>&lt;img src=&#x27;x&#x27;&gt;<br>2</span>"


def test_each_offer_of_an_empty_page_can_be_taken(qtbot: QtBot) -> None:
    offers = (Offer("one", "One", "First.", "Do one"), Offer("two", "Two", "Second.", "Do two"))
    page = EmptyPage("Nothing yet.", "Would show.")
    page.set_offers(offers)
    qtbot.addWidget(page)
    page.show()
    taken: list[str] = []
    page.taken.connect(taken.append)
    for button in page.buttons.values():
        click(button)
    assert taken == ["one", "two"]


def test_only_the_first_offer_is_the_primary_one(qtbot: QtBot) -> None:
    offers = (Offer("one", "One", "First.", "Do one"), Offer("two", "Two", "Second.", "Do two"))
    page = EmptyPage("Nothing yet.", "Would show.")
    page.set_offers(offers)
    qtbot.addWidget(page)
    assert [bool(button.property("primary")) for button in page.buttons.values()] == [True, False]


def rail(qtbot: QtBot) -> Rail:
    widget = Rail((("overview", "Overview"), ("positions", "Positions")))
    qtbot.addWidget(widget)
    widget.resize(168, 300)
    widget.show()
    return widget


def test_a_click_on_the_rail_chooses_a_page(qtbot: QtBot) -> None:
    widget = rail(qtbot)
    with qtbot.waitSignal(widget.chosen) as chosen:
        click(widget, widget.row_rect("positions").center())
    assert chosen.args == ["positions"]


def test_arrow_keys_walk_the_rail(qtbot: QtBot) -> None:
    widget = rail(qtbot)
    with qtbot.waitSignal(widget.chosen) as chosen:
        press(widget, Qt.Key.Key_Down)
    assert chosen.args == ["positions"]


def test_the_palette_does_the_command_that_was_typed(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    done: list[object] = []
    actions = [QAction(name, owner) for name in ("&Import…", "&Print…", "Hide amounts")]
    for action in actions:
        action.triggered.connect(partial(done.append, action.text()))
    palette = Palette(actions, owner)
    palette.open()
    write(palette.field, "pri")
    press(palette.field, Qt.Key.Key_Return)
    assert done == ["&Print…"]


def test_the_palette_leaves_out_what_cannot_be_done_now(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    actions = [QAction("Undo", owner), QAction("Redo", owner)]
    actions[0].setEnabled(False)
    palette = Palette(actions, owner)
    assert [item.text(0) for item in palette.items()] == ["Redo"]


def test_a_row_is_followed_by_click_and_by_enter(qtbot: QtBot) -> None:
    rows = RowList((Lane(stretch=True), Lane(right=True)), "Largest")
    qtbot.addWidget(rows)
    rows.set_items([Item("a", (Cell("A"), Cell("1"))), Item("b", (Cell("B"), Cell("2")))])
    rows.resize(200, rows.sizeHint().height())
    rows.show()
    followed: list[str] = []
    rows.followed.connect(followed.append)
    click(rows, rows.row_rect(1).center())
    press(rows, Qt.Key.Key_Up)
    press(rows, Qt.Key.Key_Return)
    assert followed == ["b", "a"]


@pytest.mark.parametrize(("amount", "is_drawn"), [("33,264,887", True), ("1,234,567,890,123,456", False)])
def test_a_long_amount_leaves_the_name_its_room(qtbot: QtBot, amount: str, *, is_drawn: bool) -> None:
    rows = RowList((Lane(stretch=True), Lane(right=True, spare=True), Lane(right=True)), "Largest")
    qtbot.addWidget(rows)
    rows.set_items([Item("a", (Cell("EigenLayer and more"), Cell(amount), Cell("52 %")))])
    rows.resize(236, rows.sizeHint().height())
    rows.show()
    name, number, _ = rows.lane_widths()
    assert name >= 236 // 3
    assert (number > 0) is is_drawn


def test_a_list_tells_readers_its_rows(qtbot: QtBot) -> None:
    rows = RowList((Lane(), Lane()), "Largest")
    qtbot.addWidget(rows)
    rows.set_items([Item("a", (Cell("EigenLayer"), Cell("52 %")))])
    assert rows.accessibleDescription() == "EigenLayer 52 %"


def test_the_link_of_a_section_is_followed_by_keyboard(qtbot: QtBot) -> None:
    section = Section("Title", link="More")
    qtbot.addWidget(section)
    section.show()
    with qtbot.waitSignal(section.followed):
        press(section.link, Qt.Key.Key_Return)


def test_the_explanation_closes_with_escape(qtbot: QtBot) -> None:
    bar = ExplanationBar()
    qtbot.addWidget(bar)
    bar.tell("How 52 % came about", ("1 ÷ 2",))
    assert bar.isVisible()
    press(bar, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_a_banner_says_its_sentence_until_it_is_hidden(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.tell("The disk is full.")
    assert banner.isVisible()
    hide = next(label for label in banner.findChildren(QLabel) if label.text() == "Hide")
    click(hide, QPoint(2, 2))
    assert not banner.isVisible()


def test_a_day_of_the_calendar_is_chosen(qtbot: QtBot) -> None:
    button = AsOfButton()
    qtbot.addWidget(button)
    button.show_day(date(2026, 11, 24), "24 Nov 2026")
    button.show()
    click(button)
    with qtbot.waitSignal(button.chosen) as chosen:
        button.popup.calendar.clicked.emit(QDate(2026, 12, 1))
    assert chosen.args == [date(2026, 12, 1)]
    assert button.text() == "As of 24 Nov 2026"


def test_a_long_name_wraps_where_a_list_says_so(qtbot: QtBot) -> None:
    lanes = (Lane(stretch=True), Lane(right=True))
    items = [Item("a", (Cell("Short"), Cell("1"))), Item("b", (Cell("A name of many words " * 3), Cell("2")))]
    cut, wrapped = (RowList(lanes, "Nodes", wrap=wrap) for wrap in (False, True))
    for rows in (cut, wrapped):
        qtbot.addWidget(rows)
        rows.resize(160, 200)
        rows.set_items(items)
    assert wrapped.row_rect(0) == cut.row_rect(0)
    assert wrapped.row_rect(1).height() > 2 * cut.row_rect(1).height()
    assert wrapped.sizeHint().height() == wrapped.row_rect(1).bottom() + 1
    with qtbot.waitSignal(wrapped.followed) as followed:
        click(wrapped, wrapped.row_rect(1).center())
    assert followed.args == ["b"]
