"""One sitting at the window, by clicks and keys: import, look around, edit, undo, print, close, reopen."""

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app import paths
from desktop_app.storage.store import Store
from desktop_app.ui.actions import PAGES
from desktop_app.ui.dialogs.import_wizard import ImportWizard
from desktop_app.ui.dialogs.position_editor import PositionEditor
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.dependencies import DependenciesPage
from desktop_app.ui.pages.positions import PositionsPage
from tests.drivers import button, choose, click, dialog, name_file, press, settle, write
from tests.ui.conftest import OpenWindow, open_window

__all__ = ["open_window"]  # the fixture

HOLDINGS = Path(__file__).parent.parent / "data" / "wealthfolio_holdings.csv"


def import_holdings(window: MainWindow, qtbot: QtBot) -> None:
    """Take the offer of the empty page, choose the file, agree to the plan."""
    click(button(window.page, "Import…"))
    wizard = dialog(qtbot, ImportWizard)
    name_file(qtbot, HOLDINGS)
    settle(qtbot)
    qtbot.waitUntil(wizard.foot.primary.isEnabled)
    assert window.document.portfolio.is_empty, "nothing is written before it is agreed to"
    click(wizard.foot.primary)
    settle(qtbot)


def look_at_every_page(window: MainWindow, qtbot: QtBot) -> None:
    """Click through the rail; every page must show the portfolio."""
    for name, _ in PAGES:
        click(window.rail, window.rail.row_rect(name).center())
        settle(qtbot)
        assert window.page.name == name
        assert not window.page.empty.isVisible()


def change_quantity(window: MainWindow, qtbot: QtBot, asset: str, quantity: str) -> None:
    """Choose a position of the list, open it with Enter, type another quantity."""
    choose(window, "go_positions")
    settle(qtbot)
    page = window.page
    assert isinstance(page, PositionsPage)
    page.list.choose(next(p.id for p in window.document.portfolio.positions.values() if p.asset == asset))
    press(page.list, Qt.Key.Key_Return)
    editor = dialog(qtbot, PositionEditor)
    settle(qtbot)
    field = editor.findChild(QLineEdit, "quantity")
    assert isinstance(field, QLineEdit)
    field.selectAll()
    write(field, quantity)
    qtbot.waitUntil(editor.foot.primary.isEnabled)
    click(editor.foot.primary)
    settle(qtbot)


def quantity_of(window: MainWindow, asset: str) -> Decimal | None:
    return next(p.quantity for p in window.document.portfolio.positions.values() if p.asset == asset)


def test_from_a_file_of_positions_to_paper(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(None)
    import_holdings(window, qtbot)
    imported = window.document.portfolio
    assert len(imported.positions) == 11

    look_at_every_page(window, qtbot)
    choose(window, "go_dependencies")
    settle(qtbot)
    graph = window.page
    assert isinstance(graph, DependenciesPage)
    assert {"protocol:lido", "platform:eigenlayer"} <= {t.id for t in graph.figure.targets}

    before = quantity_of(window, "weETH")
    change_quantity(window, qtbot, "weETH", "10")
    assert quantity_of(window, "weETH") == 10
    choose(window, "undo")
    assert quantity_of(window, "weETH") == before
    assert window.document.portfolio == imported
    choose(window, "redo")
    settle(qtbot)

    choose(window, "save_pdf")
    name_file(qtbot, tmp_path / "summary.pdf")
    settle(qtbot)
    assert (tmp_path / "summary.pdf").read_bytes().startswith(b"%PDF")

    held = window.document.portfolio
    window.close()
    assert Store.read(paths.default_portfolio()) == held
    again = open_window(None)
    assert again.document.portfolio == held
    assert quantity_of(again, "weETH") == 10
    assert again.page.name == "overview"
    assert not again.page.empty.isVisible()


def test_an_import_that_is_cancelled_changes_nothing(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(None)
    choose(window, "import_file")
    wizard = dialog(qtbot, ImportWizard)
    dialog(qtbot, QFileDialog).reject()
    click(wizard.foot.cancel)
    settle(qtbot)
    assert window.document.portfolio.is_empty
    assert window.document.undo_stack.count() == 0


def test_an_import_is_undone_as_one_step(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(None)
    import_holdings(window, qtbot)
    choose(window, "undo")
    settle(qtbot)
    assert window.document.portfolio.is_empty
    assert window.page.empty.isVisible()


def test_a_file_that_is_no_table_is_refused_and_all_else_goes_on(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(None)
    import_holdings(window, qtbot)
    held = window.document.portfolio
    (tmp_path / "picture.csv").write_bytes(bytes(range(256)) * 40)
    window.files.drop(tmp_path / "picture.csv")
    wizard = dialog(qtbot, ImportWizard)
    settle(qtbot)
    assert not wizard.foot.primary.isEnabled()
    click(wizard.foot.cancel)
    assert window.document.portfolio is held
    look_at_every_page(window, qtbot)
