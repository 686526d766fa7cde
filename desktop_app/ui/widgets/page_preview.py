"""Sheets of paper side by side, as high as the view; their pictures are made when they come into sight."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from desktop_app.ui import theme

ABOVE, BESIDE = 18, 9
MOST_KEPT = 64_000_000
"""Bytes of pictures that are kept; those farthest from sight go first."""
STEP, LARGEST, READABLE = 1.25, 4.0, 2.0
"""One step of zoom; the largest size; that of a double click. All in multiples of the height of the view."""


@dataclass(frozen=True, slots=True)
class _Picture:
    image: QImage
    edition: int
    height: int


class PagePreview(QAbstractScrollArea):
    """``wanted`` carries the number of a page, its height in pixels and the sharpness of the screen.

    Arrow keys, Page Up and Down, Home and End walk; + and − and Ctrl with the wheel zoom, 0 fits the height,
    and so does a double click, every second time.
    """

    wanted = Signal(int, int, float)

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.edition = 0
        """Counts what :meth:`show_pages` has shown: a picture is of one edition."""
        self.zoom = 1.0
        self._ratio = 1.0
        self._asked: dict[int, tuple[int, int]] = {}
        self._pictures: dict[int, _Picture] = {}
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.horizontalScrollBar().valueChanged.connect(self._look)
        self.verticalScrollBar().valueChanged.connect(self._look)
        theme.changed.connect(self.viewport().update)

    def show_pages(self, count: int, ratio: float) -> None:
        """Show so many pages, ``ratio`` times as wide as high; the old pictures stay until new ones come."""
        self.edition += 1
        self.count, self._ratio = count, ratio
        self._pictures = {n: picture for n, picture in self._pictures.items() if n < count}
        self._fit()

    def show_picture(self, number: int, image: QImage, edition: int) -> None:
        """Take the picture of a page; one of an ``edition`` that is gone is thrown away."""
        if edition == self.edition and number < self.count:
            height = round(image.height() / image.devicePixelRatio())
            self._pictures[number] = _Picture(image, edition, height)
            self._forget_far()
            self.viewport().update(self.page_rect(number))

    def has_picture(self, number: int) -> bool:
        """Tell whether a page shows its newest picture."""
        picture = self._pictures.get(number)
        newest = (self.edition, self._size().height())
        return picture is not None and (picture.edition, picture.height) == newest

    def set_zoom(self, zoom: float) -> None:
        """Show the pages so many times as high as the view; what is in its middle stays there."""
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        middles = [
            (bar.value() + bar.pageStep() / 2) / max(bar.maximum() + bar.pageStep(), 1) for bar in bars
        ]
        self.zoom = min(max(zoom, 1.0), LARGEST)
        self._fit()
        for bar, middle in zip(bars, middles, strict=True):
            bar.setValue(round(middle * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))

    # -- geometry ------------------------------------------------------------------------------------------

    def _size(self) -> QSize:
        height = max(40, round((self.viewport().height() - 2 * ABOVE) * self.zoom))
        return QSize(max(1, round(height * self._ratio)), height)

    def page_rect(self, number: int) -> QRect:
        """Return where a page lies in the view."""
        size = self._size()
        whole = self.count * (size.width() + BESIDE) + BESIDE
        left = max(0, (self.viewport().width() - whole) // 2) + BESIDE - self.horizontalScrollBar().value()
        top = ABOVE - self.verticalScrollBar().value()
        return QRect(left + number * (size.width() + BESIDE), top, size.width(), size.height())

    def visible_pages(self) -> list[int]:
        """Return the pages that are in sight, if only in part."""
        view = self.viewport().rect()
        return [number for number in range(self.count) if self.page_rect(number).intersects(view)]

    def _fit(self) -> None:
        size, view = self._size(), self.viewport().size()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        width = size.width() + BESIDE
        across.setRange(0, max(0, self.count * width + BESIDE - view.width()))
        across.setPageStep(view.width())
        across.setSingleStep(max(1, width // 4))
        down.setRange(0, max(0, size.height() + 2 * ABOVE - view.height()) if self.zoom > 1 else 0)
        down.setPageStep(view.height())
        down.setSingleStep(max(1, view.height() // 8))
        self._look()

    def _look(self) -> None:
        """Ask for the pictures of the pages in sight that have none."""
        seen = self.visible_pages()
        wish = (self.edition, self._size().height())
        for number in seen if self.isVisible() else ():
            if not self.has_picture(number) and self._asked.get(number) != wish:
                self._asked[number] = wish
                self.wanted.emit(number, wish[1], self.devicePixelRatioF())
        self.setAccessibleDescription(f"Page {seen[0] + 1} of {self.count}" if seen else "")
        self.viewport().update()

    def _forget_far(self) -> None:
        seen = self.visible_pages() or [0]
        room = MOST_KEPT
        for number in sorted(self._pictures, key=lambda n: min(abs(n - s) for s in seen)):
            room -= self._pictures[number].image.sizeInBytes()
            if room < 0 and number not in seen:
                del self._pictures[number]
                self._asked.pop(number, None)

    # -- Qt ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("faint"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in self.visible_pages():
            box = self.page_rect(number)
            painter.fillRect(box, Qt.GlobalColor.white)
            picture = self._pictures.get(number)
            if picture is not None:
                painter.drawImage(box, picture.image)
            painter.setPen(QPen(theme.colour("field"), 1))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * STEP ** (turned.y() / 120))
        else:
            upright = self.verticalScrollBar().maximum() > 0 and abs(turned.y()) > abs(turned.x())
            bar = self.verticalScrollBar() if upright else self.horizontalScrollBar()
            bar.setValue(bar.value() - round((turned.x() or turned.y()) / 120 * bar.singleStep()))
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.set_zoom(1.0 if self.zoom > 1 else READABLE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        page, key = self._size().width() + BESIDE, Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Left: (across, -across.singleStep()),
            Qt.Key.Key_Right: (across, across.singleStep()),
            Qt.Key.Key_Up: (down, -down.singleStep()),
            Qt.Key.Key_Down: (down, down.singleStep()),
            Qt.Key.Key_PageUp: (across, -page),
            Qt.Key.Key_PageDown: (across, page),
            Qt.Key.Key_Home: (across, -across.maximum()),
            Qt.Key.Key_End: (across, across.maximum()),
        }
        zooms = {Qt.Key.Key_Plus: STEP, Qt.Key.Key_Minus: 1 / STEP, Qt.Key.Key_0: 0.0}
        if key in steps:
            bar, step = steps[key]
            bar.setValue(bar.value() + step)
        elif key in zooms:
            self.set_zoom(self.zoom * zooms[key])
        else:
            super().keyPressEvent(event)
