"""One fact: a sentence, its sources under it, at the right who has checked it and when it was read."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.section import Link
from desktop_app.ui.widgets.sentence_label import Part, SentenceLabel, breakable
from desktop_app.ui.widgets.tooltip import plain_tooltip

NOTE = "note"
"""The key of the link that unfolds the note."""

SIDE = 96
"""The right column is so wide at a font of 13 pixels, so that the rows of all sections line up."""


@dataclass(frozen=True, slots=True)
class ShownFact:
    """What a row shows; ``sources``: (text, web address or ""); ``role`` is the colour of ``state``.

    ``before``: what stood there before the user changed it; ``back``: the link that brings it back.
    """

    text: str
    sources: Sequence[tuple[str, str]]
    dated: str
    state: str
    role: str = "text2"
    dated_role: str = "text2"
    note: str = ""
    before: str = ""
    back: str = ""


class FactRow(QWidget):
    """``opened`` carries the web address of a source that was clicked; ``restored``: back to ``before``.

    State, date and hairline are painted, not widgets of their own: an entry has dozens of rows.
    """

    opened = Signal(str)
    restored = Signal()

    def __init__(self, fact: ShownFact) -> None:
        super().__init__()
        self.fact = fact
        self.text = SentenceLabel(theme.TEXT)
        self.text.set_text(fact.text)
        self.sources = SentenceLabel(theme.NOTE, role="text2", links=True)
        self.sources.set_parts(_parts(fact))
        self.sources.setToolTip(plain_tooltip("\n".join(url for _, url in fact.sources if url)))
        self.note: SentenceLabel | None = None
        side = round(SIDE * max(1.0, theme.pixels() / 13))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 5, side + 16, 6)
        self._column.setSpacing(1)
        self._column.addWidget(self.text)
        self._column.addWidget(self.sources)
        if fact.before:
            self._add(f"The catalogue says: {fact.before}")
        if fact.back:
            back = Link(fact.back)
            self._column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
            back.clicked.connect(self.restored)
        self.setAccessibleName(", ".join(p for p in (fact.text, fact.state, fact.dated) if p))
        self.sources.explained.connect(self._follow)
        theme.changed.connect(self.update)

    def _add(self, text: str) -> SentenceLabel:
        label = SentenceLabel(theme.NOTE, role="text2")
        label.set_text(text)
        self._column.addWidget(label)
        return label

    def _follow(self, key: str) -> None:
        if key != NOTE:
            self.opened.emit(key)
        elif self.note is None:
            self.note = self._add(self.fact.note)
        else:
            self.note.setVisible(self.note.isHidden())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(theme.NOTE))
        for text, role, beside in (
            (self.fact.state, self.fact.role, self.text),
            (self.fact.dated, self.fact.dated_role, self.sources),
        ):
            box = QRect(self.text.geometry().right(), beside.y(), self.width(), beside.height())
            box.setRight(self.width() - 1)
            painter.setPen(theme.colour(role))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, text)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("rule"))


def _parts(fact: ShownFact) -> list[Part]:
    parts: list[Part] = [(breakable(text), False, url, False) for text, url in fact.sources]
    if fact.note:
        parts += [(" · " if parts else "", False, "", False), ("note", False, NOTE, False)]
    return parts
