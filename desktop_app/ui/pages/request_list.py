"""The open withdrawal requests beside the timeline: where each one stands, and what can be done with it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.analysis.request_states import Progress, RequestState
from desktop_app.domain.positions import Position
from desktop_app.figures.labels import Labels
from desktop_app.figures.texts import one_line
from desktop_app.report import request_words as said
from desktop_app.ui import theme
from desktop_app.ui.widgets.section import Link, Section, Words

MOST = 8
"""So many requests are listed; the others stand in the timeline and the table."""


class RequestList(Section):
    """``claimed`` and ``changed`` carry the ids of a position and of one of its requests."""

    claimed = Signal(str, str)
    changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("Requests")
        self.rows = QVBoxLayout()
        self.rows.setSpacing(14)
        self.body.addLayout(self.rows)
        self.body.addSpacing(18)

    def show_requests(
        self, found: Sequence[Progress], positions: Mapping[str, Position], labels: Labels, as_of: date
    ) -> None:
        """List requests, the next one first, and say up to when they have waited."""
        self.setVisible(bool(found))
        at = next((progress.at for progress in found), None)
        self.set_note("" if at is None else f"As of {labels.moment(at)}")
        while (item := self.rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for progress in found[:MOST]:
            row = _Request(progress, positions[progress.position], labels, as_of)
            about = (progress.position, progress.request.id)
            row.claimed.clicked.connect(partial(self.claimed.emit, *about))
            row.change.clicked.connect(partial(self.changed.emit, *about))
            self.rows.addWidget(row)
        if len(found) > MOST:
            self.rows.addWidget(Words(f"{labels.number(len(found) - MOST)} more", theme.NOTE, "text2"))


class _Request(QWidget):
    """One request: amount, state, dates, and two deeds."""

    def __init__(self, found: Progress, position: Position, labels: Labels, as_of: date) -> None:
        super().__init__()
        name = said.amount_words(found.request, position, labels)
        state, role = said.standing(found, as_of, labels)
        early = is_early(found)
        self.claimed = QPushButton("Claimed…")
        self.claimed.setEnabled(not early)
        self.claimed.setAccessibleName(f"{name}: claimed")
        self.change = Link("Change…")
        self.change.setAccessibleName(f"{name}: change")
        first = QHBoxLayout()
        first.addWidget(Words(name, bold=True, wrap=True), 1)
        first.addWidget(Words(state, theme.NOTE, role), 0, Qt.AlignmentFlag.AlignTop)
        deeds = QHBoxLayout()
        deeds.setSpacing(10)
        deeds.addWidget(self.claimed)
        if early:
            self.claimed.setAccessibleDescription("not before then")
            deeds.addWidget(Words("not before then", theme.NOTE, "text2"))
        deeds.addStretch()
        deeds.addWidget(self.change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(first)
        if position.name.casefold() != position.asset.casefold():
            column.addWidget(Words(one_line(position.name), theme.NOTE, "text2", wrap=True))
        column.addWidget(Words(said.claim_words(found, labels), theme.NOTE, wrap=True))
        column.addWidget(Words(said.slashable_words(found, labels), theme.NOTE, "text2", wrap=True))
        column.addSpacing(4)
        column.addLayout(deeds)


def is_early(found: Progress) -> bool:
    """Tell whether it is surely too early for a claim: the earliest moment that is known lies ahead.

    Where only a range is known the protocol may be quicker than it says.
    """
    return found.is_exact and found.state in {RequestState.WAITING, RequestState.REQUESTED}
