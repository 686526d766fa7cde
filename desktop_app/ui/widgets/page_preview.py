"""Sheets of paper side by side, as high as the view; their pictures are made when they come into sight."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from desktop_app.ui import theme

ABOVE, BESIDE = 18, 9
MOST_KEPT = 24
"""So many pictures are kept; those farthest from sight go first."""


@dataclass(slots=True)
class _Picture:
    image: QImage
    edition: int
    height: int


class PagePreview(QAbstractScrollArea):
    """``wanted`` carries the number of a page, its height in pixels and the sharpness of the screen."""

    wanted = Signal(int, int, float)

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._ratio = 1.0
        self._edition = 0
        self._asked: dict[int, tuple[int, int]] = {}
        self._pictures: dict[int, _Picture] = {}
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalScrollBar().valueChanged.connect(self._look)
        theme.changed.connect(self.viewport().update)

    def show_pages(self, count: int, ratio: float) -> None:
        """Show so many pages, ``ratio`` times as wide as high; the old pictures stay until new ones come."""
        self._edition += 1
        self.count, self._ratio = count, ratio
        self._pictures = {n: picture for n, picture in self._pictures.items() if n < count}
        self._fit()

    def show_picture(self, number: int, image: QImage, edition: int) -> None:
        """Take the picture of a page; one of an ``edition`` that is gone is thrown away."""
        if edition == self._edition and number < self.count:
            height = round(image.height() / image.devicePixelRatio())
            self._pictures[number] = _Picture(image, edition, height)
            self._forget_far()
            self.viewport().update(self.page_rect(number))

    @property
    def edition(self) -> int:
        """Counts what :meth:`show_pages` has shown: pictures are of one edition."""
        return self._edition

    def has_picture(self, number: int) -> bool:
        """Tell whether a page shows its newest picture."""
        picture = self._pictures.get(number)
        return picture is not None and (picture.edition, picture.height) == (
            self._edition,
            self._size().height(),
        )

    # -- geometry ------------------------------------------------------------------------------------------

    def _size(self) -> QSize:
        height = max(40, self.viewport().height() - 2 * ABOVE)
        return QSize(max(1, round(height * self._ratio)), height)

    def page_rect(self, number: int) -> QRect:
        """Return where a page lies in the view."""
        size = self._size()
        whole = self.count * (size.width() + BESIDE) + BESIDE
        left = max(0, (self.viewport().width() - whole) // 2) + BESIDE - self.horizontalScrollBar().value()
        return QRect(left + number * (size.width() + BESIDE), ABOVE, size.width(), size.height())

    def visible_pages(self) -> list[int]:
        """Return the pages that are in sight, if only in part."""
        view = self.viewport().rect()
        return [number for number in range(self.count) if self.page_rect(number).intersects(view)]

    def _fit(self) -> None:
        width = self._size().width() + BESIDE
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(0, self.count * width + BESIDE - self.viewport().width()))
        bar.setPageStep(max(width, self.viewport().width() - width))
        bar.setSingleStep(max(1, width // 4))
        self._look()

    def _look(self) -> None:
        """Ask for the pictures of the pages in sight that have none."""
        height, sharpness = self._size().height(), self.devicePixelRatioF()
        for number in self.visible_pages() if self.isVisible() else ():
            wish = (self._edition, height)
            if not self.has_picture(number) and self._asked.get(number) != wish:
                self._asked[number] = wish
                self.wanted.emit(number, height, sharpness)
        self.setAccessibleDescription(self._where())
        self.viewport().update()

    def _where(self) -> str:
        seen = self.visible_pages()
        return f"Page {seen[0] + 1} of {self.count}" if seen else ""

    def _forget_far(self) -> None:
        seen = self.visible_pages() or [0]
        near = sorted(self._pictures, key=lambda n: min(abs(n - s) for s in seen))
        for number in near[MOST_KEPT:]:
            del self._pictures[number]
            self._asked.pop(number, None)

    # -- Qt ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

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
        step = turned.x() or turned.y()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - round(step / 120 * bar.singleStep()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, width = self.horizontalScrollBar(), self._size().width() + BESIDE
        to = {
            Qt.Key.Key_Left: bar.value() - bar.singleStep(),
            Qt.Key.Key_Right: bar.value() + bar.singleStep(),
            Qt.Key.Key_PageUp: bar.value() - width,
            Qt.Key.Key_PageDown: bar.value() + width,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: bar.maximum(),
        }.get(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(to)
