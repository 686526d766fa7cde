"""Past events that are no scenario here by themselves: what was measured, to be tried on any node."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.catalogue import Event
from desktop_app.figures.labels import Labels
from desktop_app.report.stressed import event_words
from desktop_app.ui import theme
from desktop_app.ui.widgets.row_list import Cell, Item, Lane, RowList
from desktop_app.ui.widgets.section import Section, Words

NOTE = (
    "Of these it is not published what a holder lost, or you hold nothing they struck. Choose one to see "
    "what was measured, and try it on nodes that you pick."
)


class EventList(QWidget):
    """``wished`` carries the event that shall be tried."""

    wished = Signal(object)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._events: dict[str, Event] = {}
        self._chosen: Event | None = None
        self.section = Section("Past events", NOTE)
        self.rows = RowList(
            (Lane(stretch=True), Lane(right=True, scale=theme.NOTE)),
            "Past events",
            row=22,
            lines=False,
            inset=8,
        )
        self.words = Words("", theme.NOTE, "text2", wrap=True)
        self.use = QPushButton("Use what was measured")
        self.use.setAutoDefault(False)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.words, 1)
        below.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.section.body.addLayout(below)
        self.section.body.addSpacing(8)
        self.section.body.addWidget(self.rows)
        column.addWidget(self.section)
        self.hide()
        self.use.hide()
        self.rows.followed.connect(self._choose)
        self.use.clicked.connect(lambda: self.wished.emit(self._chosen))

    def show_events(self, events: Sequence[Event]) -> None:
        """Show events, the newest first."""
        self._events = {e.id: e for e in sorted(events, key=lambda e: e.date, reverse=True)}
        self.rows.set_items(
            [
                Item(e.id, (Cell(e.name), Cell(event_words(e, self._labels).day, "text2")))
                for e in self._events.values()
            ]
        )
        self.setVisible(bool(self._events))

    def _choose(self, ident: str) -> None:
        event = self._chosen = self._events[ident]
        self.rows.mark(ident)
        said = event_words(event, self._labels)
        self.words.setText(said.text)
        self.use.setText(f"Use {said.fraction}" if said.fraction else "Try it on nodes")
        self.use.show()
