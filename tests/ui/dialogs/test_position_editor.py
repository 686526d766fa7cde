"""Adding and changing a position: what is typed, what is said meanwhile, one exact edit at the end."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.domain.catalogue import Entry
from desktop_app.domain.positions import Position, Status
from desktop_app.domain.stacks import holding_of
from desktop_app.ui.dialogs.fields import DOT
from desktop_app.ui.dialogs.position_editor import PositionEditor, edit_position
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.widgets.section import Words
from tests.conftest import Undoable
from tests.drivers import click, press, settle

Fields = dict[str, str]


@pytest.fixture
def window(sample_window: MainWindow) -> MainWindow:
    sample_window.resize(1280, 720)
    return sample_window


def opened(window: MainWindow, qtbot: QtBot, ident: str | None = None) -> PositionEditor:
    editor = edit_position(window, window.document, window.catalogue, ident)
    settle_preview(editor, qtbot)
    return editor


def settle_preview(editor: PositionEditor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not editor.is_waiting())
    settle(qtbot)


def fill(editor: PositionEditor, qtbot: QtBot, **fields: str) -> None:
    for name, text in fields.items():
        widget = editor.form.fields[name].editor
        if isinstance(widget, QComboBox):
            widget.setCurrentText(text)
        elif not isinstance(widget, QLabel):
            widget.setProperty("plainText" if name == "notes" else "text", text)
    settle_preview(editor, qtbot)


def weeth(window: MainWindow) -> Position:
    return next(p for p in window.document.portfolio.positions.values() if p.asset == "weETH")


def note(editor: PositionEditor, name: str) -> Words:
    return editor.form.fields[name].note


# -- adding ------------------------------------------------------------------------------------------------


def test_a_position_is_added_with_its_stack_as_one_step(
    window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    editor = opened(window, qtbot)
    fill(editor, qtbot, asset="rsETH", quantity="1.000000000000000001", price="3,500.10", account="Cold")
    before = set(window.document.portfolio.positions)
    with undoable(window.document):
        click(editor.foot.primary)
    after = window.document.portfolio
    (new,) = set(after.positions) - before
    position = after.positions[new]
    assert position.quantity == Decimal("1.000000000000000001")
    assert position.unit_price == Decimal("3500.10")
    assert {"token:rsETH", "platform:eigenlayer", "custody:cold"} <= after.reached()
    assert window.document.undo_stack.undoText() == "Add rsETH"


def test_a_token_of_the_users_own_is_offered_and_known(window: MainWindow, qtbot: QtBot) -> None:
    mine = Entry("mine", "Mine", "liquid-staking", "ethereum", ("mETHx",), ("ethereum-native-staking",))
    window.document.edit("Add Mine", window.document.portfolio.with_entries(mine))
    editor = opened(window, qtbot)
    fill(editor, qtbot, asset="mETHx", quantity="1")
    asset = editor.form.fields["asset"].editor
    assert isinstance(asset, QComboBox)
    assert asset.findText("mETHx") >= 0
    assert note(editor, "asset").text() == "Mine"
    editor.reject()


def test_nothing_can_be_added_before_asset_and_quantity_are_there(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot)
    assert editor.foot.reason.text() == "Choose an asset"
    fill(editor, qtbot, asset="stETH")
    assert editor.foot.reason.text() == "Enter a quantity"
    assert not editor.foot.primary.isEnabled()
    fill(editor, qtbot, quantity="2")
    assert editor.foot.reason.text() == ""
    assert editor.foot.primary.isEnabled()
    editor.reject()


def test_a_plain_coin_is_restaked_with_operators_and_services(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot)
    fill(
        editor,
        qtbot,
        asset="ETH",
        quantity="32",
        protocol="EigenLayer",
        layer="Restaking",
        operators="P2P; Figment",
        services="EigenDA",
        opened_on="3 Mar 2025",
        status="Pending",
        reward="3.15",
        notes="mine",
    )
    editor.save()
    portfolio = window.document.portfolio
    position = list(portfolio.positions.values())[-1]
    held = holding_of(portfolio, position)
    assert held.protocol == "EigenLayer"
    assert held.services == ("EigenDA",)
    assert len(held.operators) == 2
    assert position.opened_on == date(2025, 3, 3)
    assert position.status is Status.PENDING
    assert held.reward_rate == pytest.approx(0.0315)
    assert position.notes == "mine"


def test_a_symbol_that_may_mean_something_else_says_so(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot)
    fill(editor, qtbot, asset="cUSD", quantity="5")
    assert note(editor, "asset").text().endswith("; the symbol is also the Celo dollar")


def test_an_asset_that_nobody_knows_is_taken_and_said_to_be_unknown(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot)
    fill(editor, qtbot, asset="<img src=x>", quantity="5")
    assert note(editor, "asset").text().startswith("Not in the catalogue")
    assert editor.foot.primary.isEnabled()
    editor.save()
    assert list(window.document.portfolio.positions.values())[-1].asset == "<img src=x>"


def test_numbers_are_read_in_the_users_locale(window: MainWindow, qtbot: QtBot) -> None:
    QLocale.setDefault(QLocale("de_DE"))
    try:
        editor = opened(window, qtbot)
        fill(editor, qtbot, asset="ETH", quantity="1.234,5", price="2.000,25")
        editor.save()
    finally:
        QLocale.setDefault(QLocale.c())
    position = list(window.document.portfolio.positions.values())[-1]
    assert position.quantity == Decimal("1234.5")
    assert position.unit_price == Decimal("2000.25")


# -- changing ----------------------------------------------------------------------------------------------


def test_a_change_is_one_step_and_leaves_everything_else_as_it_was(
    window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    old = weeth(window)
    editor = opened(window, qtbot, old.id)
    fill(editor, qtbot, quantity="26.4")
    with undoable(window.document):
        click(editor.foot.primary)
    new = window.document.portfolio.positions[old.id]
    assert new.quantity == Decimal("26.4")
    assert (new.layers, new.exit, new.unit_price, new.priced_on) == (
        old.layers,
        old.exit,
        old.unit_price,
        old.priced_on,
    )
    assert window.document.undo_stack.undoText() == "Change weETH"


def test_opening_and_closing_changes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    for ident in window.document.portfolio.positions:
        editor = opened(window, qtbot, ident)
        assert not editor.form.is_changed()
        assert editor.foot.reason.text() == "Nothing is changed yet"
        press(editor, Qt.Key.Key_Escape)
        assert not editor.isVisible()
    assert not window.document.undo_stack.canUndo()


def test_a_new_price_is_dated_today(window: MainWindow, qtbot: QtBot) -> None:
    editor = PositionEditor(window, window.document, window.catalogue, weeth(window).id, date(2026, 11, 24))
    fill(editor, qtbot, price="4000")
    editor.save()
    assert weeth(window).priced_on == date(2026, 11, 24)


def test_a_changed_field_is_marked(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot, weeth(window).id)
    fill(editor, qtbot, quantity="14")
    marked = [name for name, field in editor.form.fields.items() if field.label.is_marked]
    assert marked == ["quantity"]
    fill(editor, qtbot, quantity="13.2")
    assert not editor.form.is_changed()
    editor.reject()


# -- what is wrong -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("quantity", "three", "This is not a number; write it like 1234.5."),
        ("quantity", "0", "A position must hold more than nothing."),
        ("quantity", "-1", "A position must hold more than nothing."),
        ("price", "-1", "A price cannot be negative."),
        ("price", "NaN", "This is not a number; write it like 1234.5."),
        ("reward", "much", "This is not a number; write it like 1234.5."),
        ("opened_on", "yesterday", "This is not a date; write it like 3 Mar 2025."),
    ],
)
def test_a_wrong_value_has_a_sentence_under_it_and_holds_the_deed(
    window: MainWindow, qtbot: QtBot, name: str, text: str, sentence: str
) -> None:
    editor = opened(window, qtbot, weeth(window).id)
    fill(editor, qtbot, **{name: text})
    field = editor.form.fields[name]
    assert field.note.text() == sentence
    assert field.editor.property("wrong") is True
    assert not editor.foot.primary.isEnabled()
    assert field.label_text in editor.foot.reason.text()
    editor.save()
    assert not window.document.undo_stack.canUndo()
    editor.reject()


def test_without_a_price_the_field_says_what_that_means(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot)
    fill(editor, qtbot, asset="stETH", quantity="5")
    assert note(editor, "price").text() == "Without it the value is unknown."
    assert editor.consequence.text() == "Its value is not known, so it changes no share of the portfolio."
    editor.reject()


# -- what it would become ----------------------------------------------------------------------------------


def test_the_stack_and_the_consequence_follow_the_fields(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot, weeth(window).id)
    fill(editor, qtbot, quantity="26.4")
    nodes = {target.id for target in editor.preview.strata.figure.targets}
    assert {"protocol:etherfi", "platform:eigenlayer", "unknown:operator"} <= nodes
    said = editor.consequence.text()
    assert said.startswith("With this change weETH goes from 17.4 to 26.2\u202f% of the portfolio")
    editor.reject()


def test_the_preview_says_who_says_so(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot, weeth(window).id)
    said = {words.text() for words in editor.preview.edges.findChildren(Words)}
    assert any(text.startswith("catalogue") for text in said)
    assert "yours" in said
    assert "unknown" in said
    editor.reject()


def test_the_preview_says_which_steps_nobody_has_verified(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot, "rsETH")
    steps = {words.text() for words in editor.preview.way_out.findChildren(Words)}
    assert any("unverified" in text for text in steps)
    editor.reject()


def test_every_placeholder_and_choice_is_whole(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot)
    for field in editor.form.fields.values():
        box = field.editor
        text = box.currentText() if isinstance(box, QComboBox) else str(box.property("placeholderText") or "")
        room = box.width() - (38 if isinstance(box, QComboBox) else 26)
        assert box.fontMetrics().horizontalAdvance(text) <= room, field.label_text
    editor.reject()


@pytest.mark.parametrize("name", ["operators", "services"])
def test_shares_are_refused_with_a_sentence(window: MainWindow, qtbot: QtBot, name: str) -> None:
    editor = opened(window, qtbot)
    fill(editor, qtbot, asset="ETH", quantity="2", **{name: "Kiln:60; P2P:40"})
    told = note(editor, name).text()
    assert told == f"Name {name} only; their shares are given in “Stack and loan…” (Ctrl+L)."
    assert editor.form.holding() is None


def test_typing_begins_in_the_asset_field(window: MainWindow, qtbot: QtBot) -> None:
    for ident in (None, weeth(window).id):
        editor = opened(window, qtbot, ident)
        assert editor.focusWidget() is editor.form.fields["asset"].editor
        editor.reject()


def test_the_dot_of_a_changed_field_moves_nothing(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot, weeth(window).id)
    label = editor.form.fields["reward"].label
    before = (label.size(), label.text())
    fill(editor, qtbot, reward="9")
    assert label.is_marked
    assert (label.size(), label.text()) == before
    assert label.fontMetrics().horizontalAdvance(label.text()) + 2 * DOT <= label.width()
    editor.reject()


def test_a_node_that_several_lines_lead_to_is_told_with_where_from(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot, weeth(window).id)
    names = [words.text() for words in editor.preview.findChildren(Words)]
    lines = [name for name in names if name.endswith("Ethereum")]
    assert len(lines) > 1
    assert len(set(lines)) == len(lines)
    assert "ether.fi → Ethereum" in lines
    editor.reject()
