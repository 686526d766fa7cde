"""The window for tests: on a home of its own, on a fixed day, closed at the end."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import paths, shipped
from desktop_app.ui import theme
from desktop_app.ui.document import Document
from desktop_app.ui.main_window import MainWindow
from tests.drivers import settle

TODAY = date(2026, 11, 24)

OpenWindow = Callable[[Path | None], MainWindow]


@pytest.fixture
def open_window(qapp: QApplication, qtbot: QtBot) -> Iterator[OpenWindow]:
    """Open windows as the program does, without its event loop."""
    theme.set_up(qapp)
    opened: list[MainWindow] = []

    def open_one(path: Path | None) -> MainWindow:
        window = MainWindow(Document(), shipped.catalogue(), lambda: TODAY)
        window.files.start(path)
        window.show()
        opened.append(window)
        settle(qtbot)
        return window

    yield open_one
    settle(qtbot)
    for window in opened:
        window.close()
        window.deleteLater()


@pytest.fixture
def empty_window(open_window: OpenWindow) -> MainWindow:
    """The window of the first start."""
    return open_window(None)


@pytest.fixture
def sample_window(open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """The window with the sample open."""
    window = open_window(None)
    window.files.open_sample()
    settle(qtbot)
    assert window.document.path == paths.data_folder() / "sample.stakeout"
    return window


SCHEMES = ("http", "https", "file", "javascript", "smb")


class Browser(QObject):
    """Takes what the system's browser would be given."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser(qapp: QApplication) -> Iterator[Browser]:
    """What stands in for the system's browser."""
    taker = Browser()
    for scheme in SCHEMES:
        QDesktopServices.setUrlHandler(scheme, taker, "take")  # type: ignore[arg-type]  # the stubs are wrong
    yield taker
    for scheme in SCHEMES:
        QDesktopServices.unsetUrlHandler(scheme)
