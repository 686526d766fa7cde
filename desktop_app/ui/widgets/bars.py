"""The strips of the window: the banner under the header, the explanation bar at the foot of a page."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.section import Link, Words


class Banner(QWidget):
    """One sentence that asks for something, with a bar of its colour at the left; hidden at first.

    ``acted`` is emitted by the link that says what can be done, ``hidden`` by "Hide".
    """

    acted = Signal()
    hidden = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._role = "warn"
        self.words = Words(wrap=True)
        self.action = Link("")
        self.action.hide()
        hide = Link("Hide")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PAGE_MARGIN, 7, theme.PAGE_MARGIN, 7)
        row.setSpacing(14)
        row.addWidget(self.words, 1)
        row.addWidget(self.action)
        row.addWidget(hide)
        self.hide()
        self.action.clicked.connect(self.acted)
        hide.clicked.connect(self.hide)
        hide.clicked.connect(self.hidden)
        theme.changed.connect(self.update)

    def tell(self, text: str, role: str = "alarm", action: str = "") -> None:
        """Show a sentence; ``role`` is "warn" or "alarm", ``action`` what can be done about it."""
        self._role = role
        self.action.setText(action)
        self.action.setAccessibleName(action)
        self.action.setVisible(bool(action))
        self.words.setText(text)
        self.setAccessibleName(text)
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint_strip(self, self._role)


class ChoiceBar(QWidget):
    """One sentence on a state that lasts, with what can be done about it; it cannot be put away.

    ``chosen`` carries the key of a choice.
    """

    chosen = Signal(str)

    def __init__(self, choices: Mapping[str, str]) -> None:
        """``choices``: key -> words."""
        super().__init__()
        self._role = "warn"
        self.words = Words(wrap=True)
        self.links = {key: Link(words) for key, words in choices.items()}
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PAGE_MARGIN, 7, theme.PAGE_MARGIN, 7)
        row.setSpacing(14)
        row.addWidget(self.words, 1)
        for key, link in self.links.items():
            row.addWidget(link)
            link.clicked.connect(lambda key=key: self.chosen.emit(key))
        self.hide()
        theme.changed.connect(self.update)

    def tell(self, text: str, role: str = "warn") -> None:
        """Show a sentence; ``role`` is "warn", "alarm" or, for what is only chosen, "accent"."""
        self._role = role
        self.words.setText(text)
        self.setAccessibleName(text)
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint_strip(self, self._role)


def _paint_strip(strip: QWidget, role: str) -> None:
    painter = QPainter(strip)
    painter.fillRect(strip.rect(), theme.colour("band"))
    painter.fillRect(0, 0, 3, strip.height(), theme.colour(role))


class ExplanationBar(QWidget):
    """How a number came about: the formula with its values, where each came from, the definition."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = Words(bold=True)
        self.lines = Words(wrap=True)
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy, close = QPushButton("Copy"), QPushButton("Close")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(copy)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PAGE_MARGIN, 8, theme.PAGE_MARGIN, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.lines)
        self.hide()
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.close_bar)
        theme.changed.connect(self.update)

    def tell(self, title: str, lines: Sequence[str]) -> None:
        """Show an explanation and take the focus, so that Esc closes it."""
        self.title.setText(title)
        self.lines.setText("\n".join(lines))
        self.setAccessibleName(title)
        self.setAccessibleDescription(self.lines.text())
        self.show()
        self.setFocus()

    def close_bar(self) -> None:
        """Hide the bar."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.title.text()}\n{self.lines.text()}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("band"))
        painter.fillRect(0, 0, self.width(), 1, theme.colour("rule"))


class StatusParts(QWidget):
    """The status bar: the file, whether every change is saved, and at the right dates and "Offline".

    ``stop`` ends what ``saved`` tells of; it is seen while something is under way.
    """

    def __init__(self, left: int) -> None:
        super().__init__()
        self.file = self._label()
        self.file.setFixedWidth(left)
        self.saved = self._label()
        self.stop = Link("Stop")
        self.stop.hide()
        self.right = self._label()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 10, 0)
        row.setSpacing(8)
        row.addWidget(self.file)
        row.addWidget(self.saved)
        row.addWidget(self.stop)
        row.addStretch()
        row.addWidget(self.right)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _label(self) -> QLabel:
        return Words("", theme.NOTE, "text2")
