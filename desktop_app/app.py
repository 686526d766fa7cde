"""The window program, put together once: application, theme, catalogue, document, window, bug handler."""

import gc
import logging
import sys
from datetime import date
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QDialog

from desktop_app import __version__, paths, shipped
from desktop_app.errors import UserError
from desktop_app.ui import jobs, messages, theme
from desktop_app.ui.document import Document
from desktop_app.ui.main_window import MainWindow, import_pages

logger = logging.getLogger(__name__)

_shown: list[QDialog] = []
"""The report on the screen: without a window above it nothing else would keep it alive."""


def run_window(path: str | None) -> int:
    """Open the window on a portfolio file, or on the user's own, and return the exit status at its end."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName(paths.APP_NAME)
    app.setApplicationDisplayName("Stakeout")
    app.setApplicationVersion(__version__)
    sys.excepthook = handle_exception
    theme.set_up(app)
    window = make_window(Path(path) if path else None)
    window.show()
    gc.freeze()
    jobs.run(window, import_pages, lambda _: None, topic="import")
    status = app.exec()
    jobs.finish()
    return status


def make_window(path: Path | None) -> MainWindow:
    """Return the window on a portfolio file, or on the user's own; not yet shown."""
    window = MainWindow(Document(), shipped.catalogue(), date.today)
    window.files.start(path)
    return window


def handle_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell of anything that no code has caught; the program goes on."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        QApplication.quit()
    elif isinstance(error, UserError):
        messages.show_error(error)
    else:
        logger.error("a mistake in the program", exc_info=(kind, error, trace))
        _show_bug(kind, error, trace)


def _show_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    from desktop_app.ui.dialogs.bug_report import BugReport, report_text

    if any(isinstance(widget, BugReport) and widget.isVisible() for widget in QApplication.topLevelWidgets()):
        return
    report = BugReport(report_text(kind, error, trace), QApplication.activeWindow())
    _shown.append(report)
    report.finished.connect(_shown.clear)
    report.open()
