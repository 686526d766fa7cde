"""Own entries and overrides: what is typed, what follows it, one edit at the end, and the way back."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop_app.domain.catalogue import Entry
from desktop_app.domain.positions import Origin
from desktop_app.domain.stacks import Holding, add_holding
from desktop_app.shipped import full_catalogue
from desktop_app.ui.dialogs.catalogue_editor import CatalogueEditor, edit_entry
from desktop_app.ui.dialogs.fact_form import FactForm
from desktop_app.ui.dialogs.fields import Field
from desktop_app.ui.main_window import MainWindow
from tests.conftest import Undoable
from tests.drivers import choose, click, dialog, press, settle, write


@pytest.fixture
def window(sample_window: MainWindow) -> MainWindow:
    sample_window.resize(1280, 720)
    return sample_window


def opened(window: MainWindow, qtbot: QtBot, ident: str | None = None) -> CatalogueEditor:
    editor = edit_entry(window, window.document, ident, ("exits", 0) if ident else None)
    settle_consequence(editor, qtbot)
    return editor


def settle_consequence(editor: CatalogueEditor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not editor.is_waiting())
    settle(qtbot)


def put(field: Field, text: str) -> None:
    editor = field.editor
    if isinstance(editor, QComboBox):
        editor.setCurrentText(text)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)
    else:
        assert isinstance(editor, QPlainTextEdit)
        editor.setPlainText(text)


def fill(editor: CatalogueEditor, qtbot: QtBot, **fields: str) -> None:
    for name, text in fields.items():
        put(editor.form.fields[name], text)
    settle_consequence(editor, qtbot)


def fact(editor: CatalogueEditor) -> FactForm:
    assert editor.facts.form is not None
    return editor.facts.form


def state(editor: CatalogueEditor, qtbot: QtBot, **fields: str) -> None:
    for name, text in fields.items():
        put(fact(editor).fields[name], text)
    settle_consequence(editor, qtbot)


# -- own entries -------------------------------------------------------------------------------------------


def test_an_own_entry_is_added_with_a_fact_as_one_step(
    window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    editor = opened(window, qtbot)
    fill(editor, qtbot, name="My pool", kind="Liquid staking", chain="Ethereum", symbols="mX; wmX")
    fill(editor, qtbot, depends_on="Ethereum validators; EigenLayer", note="said by a friend")
    editor.facts.added.emit("exits")
    state(editor, qtbot, name="queue", minimum="1.5", maximum="30", slashable="yes", cited="a friend")
    assert editor.foot.primary.isEnabled()
    with undoable(window.document):
        click(editor.foot.primary)
    entry = window.document.portfolio.entries["my-pool"]
    assert (entry.layer, entry.chain, entry.symbols) == ("liquid-staking", "ethereum", ("mX", "wmX"))
    assert entry.depends_on == ("ethereum-native-staking", "eigenlayer")
    assert entry.note == "said by a friend"
    (step,) = entry.exits
    assert (step.name, step.minimum, step.typical, step.maximum) == ("queue", 1.5, None, 30.0)
    assert (step.slashable, step.source.cited, step.source.origin) == (True, "a friend", Origin.YOURS)
    assert window.document.undo_stack.undoText() == "Add My pool to the catalogue"


def test_nothing_can_be_added_before_it_has_a_name_and_a_kind(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot)
    assert editor.foot.reason.text() == "Enter a name"
    fill(editor, qtbot, name="My oracle")
    assert editor.foot.reason.text() == "Choose a kind"
    fill(editor, qtbot, kind="Oracle")
    assert editor.foot.reason.text() == ""
    editor.facts.added.emit("risks")
    assert editor.foot.reason.text() == "Enter “What can go wrong”"
    assert not editor.foot.primary.isEnabled()
    editor.reject()


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("name", "EigenLayer", "another entry called EigenLayer"),
        ("depends_on", "Moon", "“Moon” is not in the catalogue"),
        ("symbols", "weETH", "weETH is a symbol of ether.fi"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    window: MainWindow, qtbot: QtBot, field: str, text: str, words: str
) -> None:
    editor = opened(window, qtbot)
    fill(editor, qtbot, name="Mine", kind="Liquid staking")
    fill(editor, qtbot, **{field: text})
    assert words in editor.form.fields[field].note.text()
    assert editor.foot.reason.text().startswith("Correct")
    editor.reject()


def test_names_are_offered_for_the_last_of_several(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot)
    field = editor.form.fields["depends_on"].editor
    assert isinstance(field, QLineEdit)
    write(field, "Ethereum validators; rocket")
    completer = field.completer()
    assert completer.currentCompletion() == "Ethereum validators; Rocket Pool"
    editor.reject()


# -- overrides ---------------------------------------------------------------------------------------------


def test_an_override_says_what_follows_and_is_one_edit_with_it(
    window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    editor = opened(window, qtbot, "cosmos-hub-staking")
    assert editor.foot.reason.text() == "Nothing is changed yet"
    assert fact(editor).before.text().startswith("The catalogue says: Unbonding: takes 21")
    state(editor, qtbot, minimum="40", maximum="50", typical="45")
    assert editor.consequence.text().startswith("With this change ")
    with undoable(window.document):
        click(editor.foot.primary)
    after = window.document.portfolio
    assert after.entries["cosmos-hub-staking"].exits[0].typical == 45.0
    assert after.entries["cosmos-hub-staking"].risks == full_catalogue().entries["cosmos-hub-staking"].risks


def test_what_follows_is_the_way_out_of_the_positions_on_it(window: MainWindow, qtbot: QtBot) -> None:
    held = Holding("weETH", Decimal(1), Decimal(1), name="My weETH")
    window.document.edit("Add weETH", add_holding(window.document.portfolio, window.catalogue, held))
    editor = opened(window, qtbot, "etherfi")
    state(editor, qtbot, minimum="2", typical="3", maximum="4")
    assert "My weETH takes another way out: it is typically out in 3" in editor.consequence.text()
    click(editor.foot.primary)
    after = window.document.portfolio
    (position,) = (p for p in after.positions.values() if p.name == "My weETH")
    (step,) = position.exit.tranches[0].steps
    assert (step.typical, step.origin) == (3.0, Origin.YOURS)


def test_the_source_of_an_overridden_fact_is_never_the_shipped_one(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot, "eigenlayer")
    state(editor, qtbot, maximum="20", typical="20")
    source = editor.entry.exits[0].source
    assert (source.cited, source.origin, source.verified) == ("", Origin.YOURS, False)
    editor.reject()


def test_a_changed_fact_and_a_changed_entry_go_back_to_what_is_shipped(
    window: MainWindow, qtbot: QtBot
) -> None:
    editor = opened(window, qtbot, "eigenlayer")
    shipped = full_catalogue().entries["eigenlayer"]
    state(editor, qtbot, maximum="20", cited="x")
    assert fact(editor).back.isVisible()
    click(fact(editor).back)
    settle_consequence(editor, qtbot)
    assert editor.entry == shipped
    assert editor.foot.reason.text() == "Nothing is changed yet"
    fill(editor, qtbot, name="My platform")
    assert editor.form.fields["name"].note.text() == "Catalogue: EigenLayer"
    click(editor.back)
    settle_consequence(editor, qtbot)
    assert editor.entry == shipped
    assert editor.form.fields["name"].text() == "EigenLayer"
    assert editor.back.isHidden()
    editor.reject()


def test_a_fact_typed_as_it_is_shipped_is_the_shipped_one(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot, "eigenlayer")
    state(editor, qtbot, maximum="20")
    state(editor, qtbot, maximum="14")
    assert editor.entry == full_catalogue().entries["eigenlayer"]
    editor.reject()


def test_a_fact_can_be_removed_and_another_one_chosen(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot, "eigenlayer")
    count = len(editor.entry.exits)
    fact(editor).removed.emit()
    assert len(editor.entry.exits) == count - 1
    editor.facts.rows.followed.emit("slashing:1")
    assert fact(editor).kind == "slashing"
    state(editor, qtbot, max_fraction="30.5", allocation="may overlap")
    rule = editor.entry.slashing[1]
    assert (rule.max_fraction, rule.allocation) == (0.305, "shared")
    editor.reject()


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("exits", {"name": "q", "minimum": "x"}, "Not a number"),
        ("exits", {"name": "q", "minimum": "-1"}, "cannot be negative"),
        ("exits", {"name": "q", "minimum": "5", "maximum": "4"}, "must rise"),
        ("slashing", {"condition": "c", "max_fraction": "101"}, "more than 100"),
        ("rewards", {"name": "r", "as_of": "yesterday"}, "Not a date"),
        ("risks", {"text": "r", "dated": "yesterday"}, "Not a date"),
    ],
)
def test_a_fact_that_cannot_be_waits_with_a_sentence(
    window: MainWindow, qtbot: QtBot, kind: str, fields: dict[str, str], words: str
) -> None:
    editor = opened(window, qtbot)
    fill(editor, qtbot, name="Mine", kind="Service")
    editor.facts.added.emit(kind)
    state(editor, qtbot, **fields)
    assert any(words in field.note.text() for field in fact(editor).fields.values())
    assert editor.foot.reason.text().startswith("Correct")
    editor.reject()


def test_a_reward_is_typed_in_per_cent_and_dated(window: MainWindow, qtbot: QtBot) -> None:
    editor = opened(window, qtbot, "lido")
    editor.facts.added.emit("rewards")
    state(editor, qtbot, name="mine", rate="3.21", as_of="2026-10-01", dated="2026-10-02", cited="me")
    reward = editor.entry.rewards[-1]
    assert (reward.rate, reward.as_of, reward.source.dated) == (0.0321, "2026-10-01", "2026-10-02")
    editor.reject()


def test_an_own_entry_can_be_changed_also_in_its_kind(
    window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    own = Entry("mine", "Mine", "oracle", "", origin=Origin.YOURS)
    window.document.edit("Add Mine", window.document.portfolio.with_entries(own))
    editor = opened_without_fact(window, qtbot)
    assert editor.form.fields["kind"].text() == "Oracle"
    fill(editor, qtbot, kind="Bridge", name="My bridge")
    with undoable(window.document):
        click(editor.foot.primary)
    changed = window.document.portfolio.entries["mine"]
    assert (changed.layer, changed.name) == ("bridge", "My bridge")


def opened_without_fact(window: MainWindow, qtbot: QtBot) -> CatalogueEditor:
    editor = edit_entry(window, window.document, "mine")
    settle_consequence(editor, qtbot)
    return editor


def test_an_entry_is_added_from_any_page_by_its_command(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "add_entry")
    editor = dialog(qtbot, CatalogueEditor)
    press(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_the_dialog_fits_a_large_font_and_names_of_forty_letters(window: MainWindow, qtbot: QtBot) -> None:
    editor = CatalogueEditor(window, window.document, "aave-v3-loop", None, date(2026, 11, 24))
    qtbot.addWidget(editor)
    editor.show()
    settle_consequence(editor, qtbot)
    fill(editor, qtbot, name="A name of more than forty letters for one entry")
    assert editor.width() <= window.width()
    assert editor.height() <= window.height()
    editor.reject()
