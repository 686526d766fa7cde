"""A sentence with bold words and explained numbers: click or Enter asks for the explanation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui import theme

ZERO_WIDTH = "\u200b"
_BREAKS = (" ", "\n", ZERO_WIDTH)

Part = tuple[str, bool, str, bool]
"""(text, bold, key of its explanation or "", warn)."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, a space or a line feed of a part, where it stands."""

    text: str
    part: int
    x: float
    line: int
    width: float


class SentenceLabel(QWidget):
    """Plain text only: nothing in it is ever read as markup. ``explained`` carries the key of a number."""

    explained = Signal(str)

    def __init__(self, scale: float = theme.SENTENCE, *, role: str = "ink", links: bool = False) -> None:
        """``links``: parts with a key lead somewhere, and look so, instead of explaining themselves."""
        super().__init__()
        self._links = links
        self._scale = scale
        self._role = role
        self._parts: tuple[Part, ...] = ()
        self._pieces: tuple[_Word, ...] = ()
        self._words: list[_Word] = []
        self._heights: dict[int, int] = {}
        self._chosen = -1
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        theme.changed.connect(self.update)

    # -- content -------------------------------------------------------------------------------------------

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Show a sentence; a part may start a new line with a line feed."""
        self._parts = tuple(parts)
        self._chosen = -1
        self.setAccessibleName(self.text())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self._explained() else Qt.FocusPolicy.NoFocus)
        self._pieces = tuple(self._measured())
        self._heights.clear()
        self._words = _broken(self._pieces, self.width())
        self.updateGeometry()
        self.update()

    def set_text(self, text: str) -> None:
        """Show plain words."""
        self.set_parts([(text, False, "", False)])

    def text(self) -> str:
        """Return the sentence as plain text."""
        return "".join(part[0] for part in self._parts)

    def _explained(self) -> list[int]:
        return [i for i, part in enumerate(self._parts) if part[2]]

    # -- geometry ------------------------------------------------------------------------------------------

    def _metrics(self, *, bold: bool) -> QFontMetricsF:
        return QFontMetricsF(theme.font(self._scale, bold=bold))

    def _measured(self) -> Iterator[_Word]:
        for index, (text, bold, _, _) in enumerate(self._parts):
            metrics = self._metrics(bold=bold)
            for piece in _pieces(text):
                yield _Word(piece, index, 0.0, 0, 0.0 if piece == "\n" else metrics.horizontalAdvance(piece))

    def _line_height(self) -> float:
        return round(self._metrics(bold=False).height() * (1.28 if self._scale > theme.SENTENCE else 1.2))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:  # a layout asks for the same one many times
            words = _broken(self._pieces, width)
            self._heights[width] = int(((words[-1].line if words else 0) + 1) * self._line_height())
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, int(self._line_height()))

    def resizeEvent(self, event: object) -> None:
        self._words = _broken(self._pieces, self.width())

    def _boxes(self, part: int) -> list[QRect]:
        height = self._line_height()
        words = [w for w in self._words if w.part == part and w.text.strip()]
        return [QRect(int(w.x), int(w.line * height), int(w.width) + 1, int(height)) for w in words]

    def _part_at(self, point: QPoint) -> int:
        return next((i for i in self._explained() if any(box.contains(point) for box in self._boxes(i))), -1)

    # -- painting ------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = self._line_height()
        for word in self._words:
            _, bold, key, warn = self._parts[word.part]
            link = bool(key) and self._links
            metrics = self._metrics(bold=bold)
            painter.setFont(theme.font(self._scale, bold=bold))
            painter.setPen(theme.colour("warn" if warn else "accent" if link else self._role))
            baseline = word.line * height + (height + metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPoint(round(word.x), round(baseline)), word.text)
            if key and not link:
                pen = QPen(theme.colour("text3"), 1, Qt.PenStyle.DotLine)
                painter.setPen(pen)
                below = round(baseline) + max(3, round(metrics.descent() * 0.6))
                painter.drawLine(round(word.x), below, round(word.x + word.width), below)
        if self.hasFocus() and self._chosen >= 0:
            painter.setPen(QPen(theme.colour("accent"), 2))
            for box in self._boxes(self._chosen):
                painter.drawRect(box.adjusted(1, 1, -1, -1))

    # -- pointing and keys ---------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._part_at(event.position().toPoint()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        part = self._part_at(event.position().toPoint())
        if part >= 0:
            self.explained.emit(self._parts[part][2])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = self._explained()
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step and keys:
            at = keys.index(self._chosen) if self._chosen in keys else 0
            self._chosen = keys[max(0, min(len(keys) - 1, at + step))]
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen >= 0:
            self.explained.emit(self._parts[self._chosen][2])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        keys = self._explained()
        self._chosen = self._chosen if self._chosen in keys else keys[0] if keys else -1
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()


def breakable(address: str) -> str:
    """Return an address or a path that may go on in the next line after each of its parts."""
    return address.replace("/", f"/{ZERO_WIDTH}")


def _pieces(text: str) -> list[str]:
    """Return words, single spaces and line feeds; no-break spaces stay inside words."""
    result: list[str] = []
    for letter in text:
        if letter in _BREAKS or not result or result[-1] in _BREAKS:
            result.append(letter)
        else:
            result[-1] += letter
    return result


def _broken(pieces: Sequence[_Word], width: float) -> list[_Word]:
    """Return the pieces where they stand in lines of this width, broken at spaces only."""
    words: list[_Word] = []
    x, line, run = 0.0, 0, 0
    for piece in pieces:
        words.append(_Word(piece.text, piece.part, x, line, piece.width))
        x += piece.width
        if piece.text == "\n":
            x, line = 0.0, line + 1
        if piece.text in _BREAKS:
            run = len(words)
        elif x > width and (shift := words[run].x) > 0:
            line += 1
            words[run:] = [_Word(w.text, w.part, w.x - shift, line, w.width) for w in words[run:]]
            x -= shift
    return words
