"""Importing: a plan first, questions answered under it, rows left out by a tick, one step at the end."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot

from desktop_app.csv_import.plan import LONG
from desktop_app.domain import interchange
from desktop_app.domain.catalogue import Entry
from desktop_app.domain.portfolio import Portfolio
from desktop_app.shipped import sample_portfolio
from desktop_app.storage.store import Store
from desktop_app.ui.dialogs.import_reading import MOST, TOO_LARGE
from desktop_app.ui.dialogs.import_rows import IMPORT_COLUMNS
from desktop_app.ui.dialogs.import_wizard import ImportWizard, import_file
from desktop_app.ui.main_window import MainWindow
from tests.builders import drawn
from tests.conftest import Undoable
from tests.drivers import choose, click, dialog, name_file, press, settle, write

HEAD = "asset,quantity,price_usd,account\n"
THREE = HEAD + "weETH,1.5,3000,Cold\nstETH,2,2500,Cold\nETH,0.5,2500,Warm\n"
DATA = Path(__file__).parents[2] / "data"

Read = Callable[[str | bytes], ImportWizard]


@pytest.fixture
def read(empty_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Read:
    empty_window.resize(1280, 720)

    def open_one(content: str | bytes) -> ImportWizard:
        path = tmp_path / "wallets.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return opened(empty_window, qtbot, path)

    return open_one


def opened(window: MainWindow, qtbot: QtBot, path: Path | None) -> ImportWizard:
    wizard = import_file(window, window.document, window.catalogue, path)
    settle(qtbot)
    return wizard


def verdicts(wizard: ImportWizard) -> list[str]:
    return [row.verdict for row in wizard.plan_page.table.rows_model.rows]


def pick(wizard: ImportWizard, choice: str) -> None:
    chosen = wizard.plan_page.question.findChild(QRadioButton, f"choice:{choice}")
    assert isinstance(chosen, QRadioButton)
    chosen.setChecked(True)
    click(wizard.plan_page.question.answer_button)


def close(wizard: ImportWizard) -> None:
    wizard.reject()


# -- the plan ----------------------------------------------------------------------------------------------


def test_the_plan_says_what_was_recognised_and_what_would_happen(read: Read) -> None:
    wizard = read(THREE)
    page = wizard.plan_page
    assert page.recognised.text() == "Position table, UTF-8, comma, point, 3 rows"
    said = "3 of 3 rows would change the portfolio: 3 new positions, USD\u00a010,750."
    assert page.summary.text() == said
    assert verdicts(wizard) == ["add"] * 3
    assert wizard.foot.primary.text() == "Import 3 rows"
    assert not wizard.foot.reason.text()
    close(wizard)


def test_a_symbol_of_the_users_own_entry_is_known(read: Read, empty_window: MainWindow, qtbot: QtBot) -> None:
    mine = Entry("mine", "Mine", "liquid-staking", "ethereum", ("mETHx",), ("ethereum-native-staking",))
    empty_window.document.edit("Add Mine", Portfolio().with_entries(mine))
    wizard = read(HEAD + "mETHx,1,3000,Cold\n")
    assert verdicts(wizard) == ["add"]
    click(wizard.foot.primary)
    settle(qtbot)
    assert "protocol:mine" in empty_window.document.portfolio.nodes


def test_nothing_is_written_before_the_user_agrees(read: Read, empty_window: MainWindow) -> None:
    wizard = read(THREE)
    assert empty_window.document.portfolio.is_empty
    close(wizard)
    assert empty_window.document.portfolio.is_empty
    assert not empty_window.document.undo_stack.canUndo()


def test_an_import_is_one_step(
    sample_window: MainWindow, qtbot: QtBot, tmp_path: Path, undoable: Undoable
) -> None:
    path = tmp_path / "wallets.csv"
    path.write_text(THREE)
    wizard = opened(sample_window, qtbot, path)
    with undoable(sample_window.document):
        click(wizard.foot.primary)
        settle(qtbot)
    assert sample_window.document.undo_stack.undoText() == "Import 3 positions"
    assert not any(isinstance(w, ImportWizard) and w.isVisible() for w in QApplication.topLevelWidgets())


def test_every_row_that_does_not_come_in_says_why(read: Read) -> None:
    wizard = read(HEAD + "weETH,1.5,3000,Cold\nETH,-1,,\nETH,much,,\n,,,\n")
    rows = {row.line: row for row in wizard.plan_page.table.rows_model.rows}
    assert [rows[line].verdict for line in (2, 3, 4, 5)] == ["add", "reject", "reject", "skip"]
    assert "negative" in rows[3].why
    assert "much" in rows[4].why
    assert all(row.why for row in rows.values())
    close(wizard)


def test_a_second_file_updates_and_says_from_what_to_what(read: Read, qtbot: QtBot) -> None:
    first = read(THREE)
    first.do_import()
    settle(qtbot)
    second = read(THREE.replace("1.5", "2.5"))
    while any(question.stops for question in second.plan_page.questions):
        second.answer(second.plan_page.questions[0].code, "new")
        settle(qtbot)
    row = next(r for r in second.plan_page.table.rows_model.rows if r.asset == "weETH")
    assert row.verdict == "update"
    assert row.why == "quantity 1.50 → 2.50"
    assert row.change == 3000
    close(second)


def test_filter_boxes_count_and_hide_rows_of_a_verdict(read: Read) -> None:
    wizard = read(HEAD + "weETH,1.5,3000,Cold\nETH,-1,,\n")
    boxes = wizard.plan_page.boxes
    assert {name: box.text() for name, box in boxes.items()} == {"add": "add  1", "reject": "reject  1"}
    boxes["reject"].setChecked(False)
    assert verdicts(wizard) == ["add"]
    close(wizard)


@pytest.mark.parametrize("way", ["click", "space"])
def test_a_cleared_tick_leaves_the_row_out_and_a_set_one_takes_it_in(
    read: Read, qtbot: QtBot, empty_window: MainWindow, way: str
) -> None:
    wizard = read(THREE)
    table = wizard.plan_page.table

    def tick() -> None:
        if way == "click":
            click(table.viewport(), table.visualRect(table.rows_model.index(1, 0)).topLeft() + QPoint(14, 12))
        else:
            table.choose("2")
            press(table, Qt.Key.Key_Space)
        settle(qtbot)

    tick()
    assert verdicts(wizard) == ["add", "skip", "add"]
    assert wizard.foot.primary.text() == "Import 2 rows"
    tick()
    assert verdicts(wizard) == ["add", "add", "add"]
    tick()
    wizard.do_import()
    settle(qtbot)
    assert {p.asset for p in empty_window.document.portfolio.positions.values()} == {"weETH", "ETH"}


def test_names_that_look_like_markup_or_formulas_stay_text(
    read: Read, qtbot: QtBot, empty_window: MainWindow
) -> None:
    wizard = read("asset,quantity,account,notes\nETH,1,<img src=x>,=1+1\n")
    assert wizard.plan_page.table.rows_model.index(0, 4).data() == "<img src=x>"
    wizard.do_import()
    settle(qtbot)
    (position,) = empty_window.document.portfolio.positions.values()
    assert (position.account, position.notes) == ("<img src=x>", "=1+1")


# -- questions ---------------------------------------------------------------------------------------------

UNKNOWN = HEAD + "weETHH,1.5,3000,Cold\nETH,1,2500,Cold\n"


def test_an_open_question_holds_the_import_and_says_so(read: Read) -> None:
    wizard = read(UNKNOWN)
    page = wizard.plan_page
    assert page.question.isVisible()
    assert "weETHH" in page.question.title.text()
    assert page.table.chosen_ids() == ["1"]
    assert not wizard.foot.primary.isEnabled()
    assert wizard.foot.reason.text() == "Answer one question first"
    wizard.do_import()
    assert wizard.isVisible()
    close(wizard)


def test_an_answer_is_planned_with_at_once(read: Read, qtbot: QtBot) -> None:
    wizard = read(UNKNOWN)
    pick(wizard, "weETH")
    settle(qtbot)
    assert verdicts(wizard) == ["add", "add"]
    assert wizard.plan_page.table.rows_model.rows[0].asset == "weETH"
    assert wizard.foot.primary.isEnabled()
    click(wizard.plan_page.forget)
    settle(qtbot)
    assert "ask" in verdicts(wizard)
    close(wizard)


def test_what_is_asked_about_is_shown_as_the_file_has_it(read: Read) -> None:
    wizard = read("asset;quantity;opened_on\nETH;1,234;03/04/2025\n")
    model = wizard.plan_page.table.rows_model
    assert [IMPORT_COLUMNS[3].shown(row, model.labels) for row in model.rows] == ["1,234"]
    assert [question.text for question in wizard.plan_page.questions[:2]] == [
        "In column “quantity”, is the point or the comma the decimal sign? “1,234” can be read both ways.",
        "In column “opened_on”, does the day or the month stand first? “03/04/2025” can be read both ways.",
    ]
    close(wizard)


def test_another_answer_can_be_typed_and_a_wrong_one_is_refused_with_a_sentence(
    read: Read, qtbot: QtBot
) -> None:
    wizard = read(UNKNOWN)
    box = wizard.plan_page.question
    write(box.other, "nonsense-coin")
    press(box.other, Qt.Key.Key_Return)
    settle(qtbot)
    assert "nonsense-coin" in box.wrong.text()
    assert "ask" in verdicts(wizard)
    box.other.clear()
    write(box.other, "stETH")
    press(box.other, Qt.Key.Key_Return)
    settle(qtbot)
    assert wizard.plan_page.table.rows_model.rows[0].asset == "stETH"
    close(wizard)


def test_the_question_of_the_chosen_row_is_shown(read: Read) -> None:
    wizard = read(HEAD + "weETHH,1,,\nstETHH,2,,\n")
    wizard.plan_page.table.choose("2")
    assert "stETHH" in wizard.plan_page.question.title.text()
    click(wizard.plan_page.question.next)
    assert "weETHH" in wizard.plan_page.question.title.text()
    assert wizard.plan_page.table.chosen_ids() == ["1"]
    close(wizard)


def test_the_same_file_again_is_asked_about(read: Read, qtbot: QtBot) -> None:
    read(THREE).do_import()
    settle(qtbot)
    wizard = read(THREE)
    assert "imported on" in wizard.plan_page.question.title.text()
    pick(wizard, "leave")
    settle(qtbot)
    assert wizard.foot.reason.text() == "There is nothing to import"
    close(wizard)


# -- files that cannot come in -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"only words\nhere\n", b'{"schema": "other"}', b"{torn"]
)
def test_a_file_that_cannot_come_in_is_refused_with_a_sentence(read: Read, content: bytes) -> None:
    wizard = read(content)
    assert wizard.start.isVisible()
    assert wizard.start.words.text().endswith((".", ")"))
    assert not wizard.foot.primary.isEnabled()
    assert wizard.start.button.text() == "Choose another file…"
    close(wizard)


def test_a_file_that_is_not_there_is_said_to_be_missing(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    wizard = opened(empty_window, qtbot, tmp_path / "gone.csv")
    assert "gone.csv" in wizard.start.words.text()
    close(wizard)


# -- whole portfolios --------------------------------------------------------------------------------------


def test_a_portfolio_in_json_becomes_an_empty_one(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "mine.json"
    path.write_text(interchange.dumps(sample_portfolio()))
    wizard = opened(empty_window, qtbot, path)
    assert wizard.foot.primary.text() == "Import 12 positions"
    click(wizard.foot.primary)
    settle(qtbot)
    assert empty_window.document.portfolio == sample_portfolio()
    assert empty_window.document.undo_stack.undoText() == "Import 12 positions"


def test_a_portfolio_in_json_is_refused_where_something_is_recorded(
    sample_window: MainWindow, qtbot: QtBot
) -> None:
    wizard = opened(sample_window, qtbot, DATA / "portfolio" / "open-example.json")
    assert "only come into an empty one" in wizard.start.words.text()
    close(wizard)


def test_a_portfolio_with_a_circle_in_it_is_refused(read: Read) -> None:
    circle = json.loads(interchange.dumps(drawn("me: 1000 -> A -> B", "B -> A")))
    wizard = read(json.dumps(circle))
    assert wizard.start.isVisible()
    assert "A" in wizard.start.words.text()
    close(wizard)


# -- the way in --------------------------------------------------------------------------------------------


def test_the_menu_asks_for_a_file_first(empty_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "wallets.csv"
    path.write_text(THREE)
    choose(empty_window, "import_file")
    name_file(qtbot, path)
    wizard = dialog(qtbot, ImportWizard)
    settle(qtbot)
    assert len(verdicts(wizard)) == 3
    close(wizard)


def test_several_chosen_files_come_one_after_the_other(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{name}.csv" for name in ("one", "two", "three")]
    for path in paths:
        path.write_text(f"asset,quantity,name\nETH,1,{path.stem}\n")
    choose(empty_window, "import_file")
    name_file(qtbot, *paths)
    titles = []
    for _ in paths:
        wizard = dialog(qtbot, ImportWizard)
        settle(qtbot)
        titles.append(wizard.windowTitle())
        if len(titles) == 2:
            close(wizard)
        else:
            click(wizard.foot.primary)
        settle(qtbot)
    waiting = ["Import one.csv, then 2 more files", "Import two.csv, then one more file", "Import three.csv"]
    assert titles == waiting
    assert [p.name for p in empty_window.document.portfolio.positions.values()] == ["one", "three"]


def test_a_large_file_shows_its_first_rows_before_the_rest_is_read(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "large.csv"
    rows = "".join(f"ETH,{n},{'x' * 1000}\n" for n in range(1, 5_001))
    path.write_text(f"asset,quantity,notes\n{rows}ETH,none,\n")
    wizard = import_file(empty_window, empty_window.document, empty_window.catalogue, path)
    page = wizard.plan_page
    seen: dict[str, tuple[int, bool, bool]] = {}

    def look() -> None:
        rows = len(page.table.rows_model.rows)
        seen[page.summary.text()] = rows, wizard.foot.primary.isEnabled(), page.save_rejected.isVisible()

    page.table.arranged.connect(look)
    settle(qtbot)
    (beginning, shown), *_, (whole, _) = seen.items()
    assert beginning == "Of its first 259 rows, of about 5,000, 259 would come in. The rest is being read."
    assert shown == (259, False, False)
    assert whole.startswith("5,000 of 5,001 rows would change the portfolio")
    assert len(page.table.rows_model.rows) == 5_001
    assert page.save_rejected.isVisible()
    assert wizard.foot.primary.isEnabled()
    close(wizard)


def too_large(path: Path, beginning: bytes) -> Path:
    """Return a file that begins so; the rest is a hole, which takes no room on the disk."""
    with path.open("wb") as file:
        file.write(beginning)
        file.truncate(MOST + 1)
    return path


def test_of_a_file_too_large_for_a_window_the_first_rows_are_shown_and_nothing_can_come_in(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = "".join(f"ETH,{n},3000,{'Cold' * 100}\n" for n in range(1, 1_001))
    wizard = opened(empty_window, qtbot, too_large(tmp_path / "large.csv", (HEAD + rows).encode()))
    page = wizard.plan_page
    assert page.summary.text().startswith("Of its first 633 rows, of about 320,000, 633 would come in.")
    assert page.summary.text().endswith(TOO_LARGE)
    assert len(page.table.rows_model.rows) == 633
    assert (wizard.foot.primary.isEnabled(), wizard.foot.reason.text()) == (False, "The file is too large")
    wizard.map_columns({"1": "asset", "2": "quantity", "3": "ignore"})
    settle(qtbot)
    assert page.summary.text().endswith(TOO_LARGE)
    assert not wizard.foot.primary.isEnabled()
    close(wizard)
    assert empty_window.document.portfolio.is_empty


@pytest.mark.parametrize(
    ("beginning", "words"),
    [
        (b"PK\x03\x04", "spreadsheet"),
        (b"colour,shape\n" + b"red,round\n" * 30_000, TOO_LARGE),
    ],
)
def test_a_large_file_that_tells_nothing_at_first_is_refused_without_being_read(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path, beginning: bytes, words: str
) -> None:
    wizard = opened(empty_window, qtbot, too_large(tmp_path / "large.csv", beginning))
    assert wizard.pages.currentWidget() is wizard.start
    assert words in wizard.start.words.text()
    assert not wizard.foot.primary.isEnabled()
    close(wizard)


def test_a_changed_price_is_asked_about_with_the_old_one_and_the_new(read: Read, qtbot: QtBot) -> None:
    click(read(THREE).foot.primary)
    settle(qtbot)
    second = read(THREE.replace("weETH,1.5,3000", "weETH,1.5,3100.5"))
    row = second.plan_page.table.rows_model.rows[0]
    assert (row.verdict, row.why) == ("ask", "price 3,000.00 → 3,100.50, quantity as stored")
    close(second)


def test_a_row_that_is_stored_already_can_be_ticked_to_come_in_again(read: Read, qtbot: QtBot) -> None:
    click(read(THREE).foot.primary)
    settle(qtbot)
    second = read(THREE + "SOL,4,150,Cold\n")
    assert verdicts(second) == ["duplicate"] * 3 + ["add"]
    table = second.plan_page.table
    table.ticked.emit(table.rows_model.rows[1].id)
    settle(qtbot)
    assert verdicts(second) == ["duplicate", "add", "duplicate", "add"]
    table.ticked.emit(table.rows_model.rows[1].id)
    settle(qtbot)
    assert verdicts(second) == ["duplicate"] * 3 + ["add"]
    close(second)


@pytest.mark.parametrize("first", ["", THREE])
def test_a_long_table_comes_into_the_file_by_column_and_can_be_undone(
    read: Read, empty_window: MainWindow, qtbot: QtBot, tmp_path: Path, first: str
) -> None:
    if first:
        click(read(first).foot.primary)
        settle(qtbot)
    name = "Position " * 50
    rows = "".join(f"{name}{n},weETH,{n}.5,3000,{'Vault' if n % 2 else 'Warm'}\n" for n in range(1, 1_301))
    path = tmp_path / "long.csv"
    path.write_text(f"name,asset,quantity,price_usd,account\n{rows}")
    assert len(rows) > LONG
    document = empty_window.document
    before = document.portfolio
    click(opened(empty_window, qtbot, path).foot.primary)
    settle(qtbot)
    after = document.portfolio
    assert document.path is not None
    assert len(after.positions) == len(before.positions) + 1_300
    assert Store.read(document.path) == after
    document.stack.undo()
    assert Store.read(document.path) == before
    document.stack.redo()
    assert Store.read(document.path).positions == after.positions


def test_a_closed_dialog_keeps_nothing_of_the_file(read: Read, qtbot: QtBot) -> None:
    wizard = read(THREE)
    model = wizard.plan_page.table.rows_model
    close(wizard)
    settle(qtbot)
    assert wizard.reading is None
    assert model.rows == []


def test_cancel_while_reading_stops_it_and_changes_nothing(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "large.csv"
    path.write_text(HEAD + "ETH,1,2500,Cold\n" * 30_000)
    wizard = import_file(empty_window, empty_window.document, empty_window.catalogue, path)
    qtbot.waitUntil(lambda: "rows so far" in wizard.wait.words.text(), timeout=20_000)
    click(wizard.foot.cancel)
    settle(qtbot)
    assert empty_window.document.portfolio.is_empty


def test_a_rejected_row_shows_what_the_file_says_and_which_cell_is_wrong(read: Read) -> None:
    wizard = read("asset,quantity\nETH,five\nSOL,0\nATOM,3\n")
    model = wizard.plan_page.table.rows_model
    shown = {row.asset: IMPORT_COLUMNS[3].shown(row, model.labels) for row in model.rows}
    assert shown == {"ETH": "five", "SOL": "0", "ATOM": "3.00"}
    roles = {row.asset: (IMPORT_COLUMNS[2].colour(row), IMPORT_COLUMNS[3].colour(row)) for row in model.rows}
    assert roles["ETH"] == ("ink", "alarm")
    close(wizard)


def test_long_accounts_leave_the_money_in_sight(read: Read) -> None:
    wizard = read(f"asset,quantity,price_usd,account\nETH,1,3000,{'Long account name ' * 3}\n")
    wizard.resize(1000, 600)
    table = wizard.plan_page.table
    assert table.horizontalHeader().length() <= table.viewport().width()
    close(wizard)


# -- ledgers -----------------------------------------------------------------------------------------------

KRAKEN = (DATA / "kraken_ledgers.csv").read_bytes()
HALF = b"".join(KRAKEN.splitlines(keepends=True)[:12])


def test_a_ledger_shows_the_positions_that_it_leads_to_above_its_rows(read: Read) -> None:
    wizard = read(KRAKEN)
    rows = wizard.plan_page.table.rows_model.rows
    assert verdicts(wizard) == ["add"] * 6 + ["accept"] * 16 + ["skip"] + ["accept"] * 4
    assert [(row.line, row.asset, str(row.quantity)) for row in rows[2:4]] == [
        (None, "ETH", "1.0004249920"),
        (None, "DOT", "200.4898720000"),
    ]
    assert rows[2].why == "new, Ether, staked, layers from the catalogue; 0.0004250 of it rewards"
    assert [row.why for row in rows[11:13]] == ["out, spot / main", "in, earn / liquid"]
    assert wizard.plan_page.summary.text() == (
        "17 of 21 rows would change the portfolio: 6 new positions, 6 values not known."
    )
    assert wizard.foot.primary.text() == "Import 17 rows"
    close(wizard)


def test_a_movement_can_be_left_out(read: Read, qtbot: QtBot) -> None:
    wizard = read(KRAKEN)
    wizard.tick([17])
    settle(qtbot)
    assert "SOL" not in [row.asset for row in wizard.plan_page.table.rows_model.rows if row.line is None]
    close(wizard)


def test_the_rest_of_a_ledger_changes_the_positions_that_are_there(
    read: Read, empty_window: MainWindow, qtbot: QtBot, undoable: Undoable
) -> None:
    first = read(HALF)
    first.do_import()
    settle(qtbot)
    wizard = read(KRAKEN)
    rows = [row for row in wizard.plan_page.table.rows_model.rows if row.line is None]
    assert [(row.asset, row.verdict) for row in rows[:3]] == [
        ("ETH", "update"),
        ("DOT", "update"),
        ("ETH", "update"),
    ]
    assert rows[0].why == "quantity 0.2000 → 0.04940"
    with undoable(empty_window.document):
        wizard.do_import()
        settle(qtbot)
    assert len(empty_window.document.portfolio.positions) == 6
