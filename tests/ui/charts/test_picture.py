"""Pictures of any chart: PNG and SVG, with free space around, written whole or told why not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui import messages
from desktop_app.ui.charts.picture import MARGIN, SHARPNESS, below_each_other, offer_pictures, save_picture
from tests.drivers import click, dialog, name_file
from tests.report.sheets import a_figure


def test_a_png_has_more_pixels_than_the_screen(tmp_path: Path) -> None:
    save_picture(a_figure(width=100, height=50), tmp_path / "a.png")
    image = QImage(str(tmp_path / "a.png"))
    assert (image.width(), image.height()) == (SHARPNESS * (100 + 2 * MARGIN), SHARPNESS * (50 + 2 * MARGIN))


def test_an_svg_keeps_its_words(tmp_path: Path) -> None:
    save_picture(a_figure("<EigenLayer>"), tmp_path / "a.svg")
    text = (tmp_path / "a.svg").read_text("utf-8")
    assert "&lt;EigenLayer&gt;" in text


def test_figures_below_each_other_keep_their_heights() -> None:
    both = below_each_other(a_figure(width=100, height=50), a_figure(width=80, height=30))
    assert (both.width, both.height) == (100, 80)
    assert len(both.shapes) == 2 * len(a_figure().shapes)


def test_what_cannot_be_written_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(messages.posted):
        save_picture(a_figure(), tmp_path / "no folder" / "a.svg")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """Yield a window that outlives the menus and dialogs of the test."""
    made = QWidget()
    made.show()
    yield made
    made.close()


def test_of_several_pictures_one_is_chosen_in_a_menu(window: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    pictures = {"Bars": lambda: a_figure("bars"), "Matrix": lambda: a_figure("matrix")}
    offer_pictures(window, pictures, window.pos())
    menu = dialog(qtbot, QMenu)
    assert [action.text() for action in menu.actions()] == ["Bars", "Matrix"]
    click(menu, menu.actionGeometry(menu.actions()[1]).center())
    name_file(qtbot, tmp_path / "a.svg")
    assert "matrix" in (tmp_path / "a.svg").read_text("utf-8")
