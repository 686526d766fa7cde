"""Light and dark: every colour comes from its role, readable on the page, and changes without a restart."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.figures import colours
from desktop_app.ui import theme

TEXT = 4.5
CONTROL = 3.0


@pytest.fixture(autouse=True)
def set_up(qapp: QApplication) -> Iterator[None]:
    theme.set_up(qapp)
    yield
    theme.choose("system")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_is_readable_on_the_page(name: theme.Choice) -> None:
    theme.choose(name)
    for role in ("ink", "text2", "text3", "accent", "alarm", "warn"):
        assert colours.contrast(theme.code(role), theme.code("page")) >= TEXT, role


@pytest.mark.parametrize("name", ["light", "dark"])
def test_chosen_rows_keep_their_text_readable(name: theme.Choice) -> None:
    theme.choose(name)
    for role in ("ink", "text2", "accent", "alarm", "warn"):
        assert colours.contrast(theme.code(role), theme.code("sel")) >= TEXT, role


@pytest.mark.parametrize("name", ["light", "dark"])
def test_borders_of_fields_can_be_seen(name: theme.Choice) -> None:
    theme.choose(name)
    assert colours.contrast(theme.code("field"), theme.code("page")) >= CONTROL


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_palette_follows_the_theme(name: theme.Choice, qapp: QApplication) -> None:
    theme.choose(name)
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Window) == theme.colour("page")
    assert palette.color(QPalette.ColorRole.Text) == theme.colour("ink")
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == theme.colour("text3")


def test_a_change_is_told_and_reaches_open_widgets(qtbot: QtBot) -> None:
    theme.choose("light")
    label = QLabel("text")
    qtbot.addWidget(label)
    label.show()
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(colours.colour("ink", "dark"))


def test_the_system_is_followed_only_where_nothing_was_chosen(qapp: QApplication) -> None:
    system = qapp.styleHints().colorSchemeChanged
    theme.choose("system")
    system.emit(Qt.ColorScheme.Dark)
    assert theme.current() == "dark"
    theme.choose("dark")
    system.emit(Qt.ColorScheme.Light)
    assert theme.current() == "dark"
    theme.choose("system")
    assert theme.current() == "light"


def test_the_choice_is_remembered(qapp: QApplication) -> None:
    theme.choose("dark")
    theme.set_up(qapp)
    assert theme.choice() == theme.current() == "dark"


def test_the_style_sheet_names_no_role_and_no_colour_of_the_other_theme() -> None:
    theme.choose("dark")
    sheet = theme.style_sheet()
    assert "@" not in sheet
    assert colours.colour("page", "light") not in sheet


def test_figures_are_of_equal_width_in_every_font() -> None:
    for scale in (theme.TITLE, theme.TEXT, theme.AXIS):
        font = theme.font(scale)
        assert font.featureValue(QFont.Tag("tnum")) == 1


def test_no_font_is_smaller_than_eight_points() -> None:
    assert theme.font(0.3).pointSizeF() >= theme.SMALLEST_POINTS
