"""Opens the real window on a portfolio file and ends when its first page has been painted with its answer."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.app import make_window
from desktop_app.ui import jobs, theme


def main() -> None:
    """Show the window, wait for the first page's answer, paint it, leave."""
    app = QApplication(sys.argv[:1])
    theme.set_up(app)
    window = make_window(Path(sys.argv[1]))
    window.resize(1280, 720)

    def painted() -> None:
        window.repaint()
        window.grab()
        app.quit()

    jobs.idle.connect(lambda: QTimer.singleShot(0, painted))
    window.show()
    app.exec()
    window.document.close()


main()
