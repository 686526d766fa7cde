"""The yardstick of the start: a bare PySide6 window, shown and painted once."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

app = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1280, 720)
window.show()


def painted() -> None:
    """Paint once and leave."""
    window.grab()
    app.quit()


QTimer.singleShot(0, painted)
app.exec()
