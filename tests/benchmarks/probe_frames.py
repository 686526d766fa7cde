"""Drags and zooms a graph of 2,000 nodes and 5,000 edges in the window; prints seconds a frame.

Two numbers, each what one frame in twenty takes or more: the graph as it opens, and with every node unfolded.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.__main__ import prepare
from desktop_app.ui.pages.dependencies import DependenciesPage

FRAMES = 40
PAUSE = 0.01
"""Seconds between two reports of a mouse; what comes faster is dropped."""
SIZE = (1920, 1080)


def main() -> None:
    """Open the file named first at its graph, move it, unfold it, move it again."""
    prepare()
    from desktop_app.app import show_window

    # isort: split
    from desktop_app.figures.graph_nodes import FOLD
    from desktop_app.ui.place import Place

    app, window = show_window(sys.argv[1])
    window.resize(*SIZE)
    wait(app)
    window.go(Place("dependencies"))
    wait(app)
    page = window.findChild(DependenciesPage)
    assert isinstance(page, DependenciesPage)
    folded = slow_frame(app, page.view.viewport())
    page.options = replace(page.options, hidden=frozenset())
    for _ in range(2):  # what a fold hides may make a fold of another column
        assert page.drawn is not None
        folds = frozenset(node for node in page.drawn.nodes if node.startswith(FOLD))
        page.options = replace(page.options, opened=page.options.opened | folds)
        page.view.resized.emit()
        wait(app)
    assert len(page.view.figure.targets) > 2_000
    print(folded, slow_frame(app, page.view.viewport()))
    window.document.close()


def wait(app: QApplication) -> None:
    """Let the window live until nothing is under way."""
    from desktop_app.ui import jobs

    app.processEvents()
    while jobs.busy():
        app.processEvents()
        time.sleep(0.001)
    app.processEvents()


def slow_frame(app: QApplication, canvas: QWidget) -> float:
    """Return the seconds that one frame in twenty takes, or more, while the graph is dragged and zoomed."""
    seconds = []
    for event in moves(QPointF(canvas.rect().center())):
        time.sleep(PAUSE)
        start = time.perf_counter()
        app.sendEvent(canvas, event)
        app.processEvents()
        seconds.append(time.perf_counter() - start)
    return sorted(seconds)[len(seconds) * 19 // 20]


def moves(middle: QPointF) -> Iterator[QMouseEvent | QWheelEvent]:
    """Yield a drag along the columns, zooming out far, a drag of the small picture, and zooming in again."""
    for turn in (-30, 30):
        yield mouse(QMouseEvent.Type.MouseButtonPress, middle)
        for step in range(FRAMES):
            yield mouse(QMouseEvent.Type.MouseMove, middle - QPointF(step, 5 * step))
        yield mouse(QMouseEvent.Type.MouseButtonRelease, middle)
        for _ in range(FRAMES):
            yield wheel(middle, turn)


def mouse(kind: QMouseEvent.Type, where: QPointF) -> QMouseEvent:
    """Return an event of the left button."""
    left = Qt.MouseButton.LeftButton
    return QMouseEvent(kind, where, where, left, left, Qt.KeyboardModifier.NoModifier)


def wheel(where: QPointF, turn: int) -> QWheelEvent:
    """Return an event of the wheel."""
    keys, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    return QWheelEvent(where, where, QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, keys, phase, False)


main()
