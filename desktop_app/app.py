"""The window program, put together once: application, theme, catalogue, document, window, bug handler."""

import gc
import logging
import os
import sys
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType

from desktop_app import __version__, paths, shipped
from desktop_app.analysis import agenda, limits, overview
from desktop_app.domain import own_entries
from desktop_app.errors import UserError
from desktop_app.figures import bars, curves, layer_bars, layer_words
from desktop_app.report import agenda_words, explain, limit_words, limited, missing_table, progress, sentences
from desktop_app.storage import store

# isort: split
# Qt comes last: from then on PySide6 looks through the source of every module that is imported, which makes
# an import slower by a third. Hence the first page's modules above, although nothing here needs them.
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog

from desktop_app.ui import jobs, messages, theme
from desktop_app.ui.document import Document
from desktop_app.ui.main_window import MainWindow, import_pages

logger = logging.getLogger(__name__)

BEFORE_QT = (
    *(agenda, overview, limits, own_entries, bars, curves, layer_bars, layer_words),
    *(agenda_words, explain, limit_words, limited, missing_table, progress, sentences, store),
)
"""What is imported for that reason alone."""

NO_DISPLAY = (
    "Stakeout cannot open its window: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set). "
    "Commands such as “stakeout show overview” work without one; “stakeout --help” lists them.\n"
)

_shown: list[QDialog] = []
"""The report on the screen: without a window above it nothing else would keep it alive."""


def run_window(path: str | None) -> int:
    """Open the window on a portfolio file, or on the user's own, and return the exit status at its end."""
    if not has_display(os.environ):
        sys.stderr.write(NO_DISPLAY)
        return 1
    app, window = show_window(path)
    import_rest = partial(jobs.run, window, import_pages, lambda _: None, topic="import")
    if jobs.busy():  # the first page comes first
        jobs.idle.connect(import_rest, Qt.ConnectionType.SingleShotConnection)
    else:
        import_rest()
    status = app.exec()
    jobs.finish()
    return status


def has_display(environment: Mapping[str, str]) -> bool:
    """Tell whether a window can be shown. Without a display Qt would end the whole process (abort)."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def show_window(path: str | None) -> tuple[QApplication, MainWindow]:
    """Make the application and show its window; the answer of its first page is then under way."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName(paths.APP_NAME)
    app.setApplicationDisplayName("Stakeout")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(paths.APP_NAME)  # by this the desktop finds name and icon under Wayland
    app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "stakeout.svg")))
    sys.excepthook = handle_exception
    theme.set_up(app)
    window = make_window(Path(path) if path else None)
    window.show()
    gc.freeze()
    return app, window


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
