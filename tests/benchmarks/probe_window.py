"""Opens the program's window on a portfolio file and ends when its first page is painted with its answer."""

import sys

from desktop_app.__main__ import prepare


def main() -> None:
    """Start as ``__main__`` does, wait for the first page's answer, paint it, leave."""
    prepare()
    from desktop_app.app import show_window

    # isort: split
    from PySide6.QtCore import QTimer

    from desktop_app.ui import jobs

    app, window = show_window(sys.argv[1])

    def painted() -> None:
        window.repaint()
        window.grab()
        app.quit()

    jobs.idle.connect(lambda: QTimer.singleShot(0, painted))
    app.exec()
    window.document.close()


main()
