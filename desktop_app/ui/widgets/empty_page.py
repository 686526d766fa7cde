"""What a page without data shows: a bold sentence, what the page would show, and offers that fill it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.section import Rule, Words
from desktop_app.ui.widgets.sentence_label import SentenceLabel

WIDEST = 760
BUTTON_WIDTH = 148


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to fill the page: ``key`` is emitted by its button."""

    key: str
    title: str
    text: str
    button: str


class EmptyPage(QWidget):
    """``taken`` carries the key of the offer whose button was pressed. The first offer is the primary one."""

    taken = Signal(str)

    def __init__(self, headline: str, text: str, foot: str = "") -> None:
        super().__init__()
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        self.buttons: dict[str, QPushButton] = {}
        self._offers: tuple[Offer, ...] = ()
        self._rows = QWidget()
        self._inner = QVBoxLayout(inner)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(4)
        self._inner.addWidget(Words(headline, theme.TITLE, bold=True))
        what = SentenceLabel()
        what.set_text(text)
        self._inner.addWidget(what)
        self._inner.addSpacing(24)
        self._inner.addWidget(Rule())
        self._inner.addWidget(self._rows)
        if foot:
            self._inner.addSpacing(6)
            self._inner.addWidget(Words(foot, theme.TEXT, "text2"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PAGE_MARGIN, 18, theme.PAGE_MARGIN, 24)
        column.addWidget(inner)
        column.addStretch()

    def set_offers(self, offers: Sequence[Offer]) -> None:
        """Show these offers in the place of those before."""
        if tuple(offers) == self._offers:
            return
        self._offers = tuple(offers)
        old, self._rows = self._rows, QWidget()
        rows = QGridLayout(self._rows)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(64)
        rows.setVerticalSpacing(4)
        rows.setColumnStretch(0, 1)
        self.buttons = {offer.key: self._add(rows, 4 * i, offer) for i, offer in enumerate(offers)}
        if offers:
            self.buttons[offers[0].key].setProperty("primary", True)
        self._inner.replaceWidget(old, self._rows)
        old.hide()
        old.deleteLater()

    def _add(self, rows: QGridLayout, row: int, offer: Offer) -> QPushButton:
        button = QPushButton(offer.button)
        button.setFixedWidth(max(BUTTON_WIDTH, button.sizeHint().width()))
        button.clicked.connect(lambda: self.taken.emit(offer.key))
        rows.setRowMinimumHeight(row, 10)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Words(offer.title, theme.SENTENCE, bold=True))
        what = SentenceLabel(theme.TEXT, role="text2")
        what.set_text(offer.text)
        words.addWidget(what)
        rows.addLayout(words, row + 1, 0)
        rows.addWidget(button, row + 1, 1)
        rows.setRowMinimumHeight(row + 2, 20)
        rows.addWidget(Rule("rule"), row + 3, 0, 1, 2)
        return button
