"""A section of a page: dark rule, bold title, a grey line of explanation, a link at the end of the title."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.sentence_label import SentenceLabel

WIDGET_MAX = 16_777_215
"""Qt's own limit: no limit."""


class Words(QLabel):
    """Plain text in one of the sizes and colour roles of the theme."""

    def __init__(
        self,
        text: str = "",
        scale: float = theme.TEXT,
        role: str = "ink",
        *,
        bold: bool = False,
        wrap: bool = False,
    ) -> None:
        super().__init__(text)
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(scale, bold=bold))
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._colour()
        theme.changed.connect(self._colour)

    def set_role(self, role: str) -> None:
        """Take the colour of another role."""
        self._role = role
        self._colour()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the colour again: the style sheet gives a label that was hidden the palette it had before."""
        super().showEvent(event)
        self._colour()

    def _colour(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._role))
        self.setPalette(palette)


class Link(Words):
    """Words that lead somewhere: click, Enter or Space."""

    clicked = Signal()

    def __init__(self, text: str, scale: float = theme.NOTE) -> None:
        super().__init__(text, scale, "accent")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(theme.colour("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Rule(QWidget):
    """A line across: the dark rule above a section, or a hairline."""

    def __init__(self, role: str = "ink") -> None:
        super().__init__()
        self._role = role
        self.setFixedHeight(1)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        role = "text2" if self._role == "ink" and theme.current() == "dark" else self._role
        QPainter(self).fillRect(self.rect(), theme.colour(role))


class UprightRule(Rule):
    """A hairline between a page and its panel."""

    def __init__(self) -> None:
        super().__init__("rule")
        self.setMaximumHeight(WIDGET_MAX)
        self.setMinimumHeight(0)
        self.setFixedWidth(1)


class Section(QWidget):
    """``body`` takes what the section shows; ``followed`` is emitted by the link."""

    followed = Signal()

    def __init__(self, title: str, note: str = "", link: str = "", *, beside: bool = False) -> None:
        """``beside``: the explanation stands on the line of the title."""
        super().__init__()
        self.title = Words(title, bold=True, wrap=not beside)
        self.note = SentenceLabel(theme.NOTE, role="text2")
        self.set_note(note)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        heading = QHBoxLayout()
        heading.setSpacing(12)
        heading.addWidget(self.title, 0 if beside else 1)
        if beside:
            heading.addWidget(self.note, 1)
        if link:
            self.link = Link(link)
            self.link.clicked.connect(self.followed)
            heading.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addSpacing(6)
        column.addLayout(heading)
        if not beside:
            column.addWidget(self.note)
        column.addSpacing(6)
        column.addLayout(self.body)

    def set_note(self, text: str) -> None:
        """Show a grey line of explanation under the title, or none."""
        self.note.set_text(text)
        self.note.setVisible(bool(text))


def stacked(*widgets: QWidget) -> QWidget:
    """Return widgets under each other, at the top of the room there is."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch()
    return holder


def beside(*widgets: QWidget) -> QWidget:
    """Return widgets beside each other, at the left of the room there is."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return holder
