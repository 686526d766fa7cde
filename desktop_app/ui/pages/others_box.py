"""How crowded the other queues are: so many times as long as the catalogue says."""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.congestion import NOTHING_READ, Congestion
from desktop_app.figures.labels import Labels
from desktop_app.report.exit_queue import edit_words
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import line, mark_wrong
from desktop_app.ui.dialogs.typed import read_amount, write_amount
from desktop_app.ui.widgets.section import Words

WIDTH = 56


class OthersBox(QWidget):
    """``edited`` carries the words of an edit and what holds after it."""

    edited = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._congestion = NOTHING_READ
        self._labels = Labels()
        self.times = line(number=True)
        self.times.setAccessibleName("Other queues, times as long as the catalogue says")
        self.times.setFixedWidth(round(WIDTH * max(1.0, theme.pixels() / 13)))
        self.wrong = Words("", theme.AXIS, "alarm", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.times)
        row.addWidget(Words("times as long as in the catalogue", theme.NOTE, "text2", wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 18)
        column.setSpacing(3)
        column.addWidget(Words("Other queues", theme.NOTE, "text2"))
        column.addLayout(row)
        column.addWidget(self.wrong)
        self.wrong.hide()
        self.times.editingFinished.connect(self._type)

    def show_congestion(self, congestion: Congestion, labels: Labels) -> None:
        """Show what is stored."""
        self._congestion, self._labels = congestion, labels
        self.times.setText(write_amount(congestion.others, QLocale(labels.locale)))
        self._say("")

    def _type(self) -> None:
        text = self.times.text().strip()
        value = read_amount(text, QLocale(self._labels.locale)) if text else Decimal(1)
        if value is None:
            self._say(f"“{text}” is not a number.")
            return
        after = replace(self._congestion, others=value)
        self._say(after.fault)
        if not after.fault and after != self._congestion:
            self.edited.emit(edit_words(self._congestion, after, self._labels), after)

    def _say(self, fault: str) -> None:
        mark_wrong(self.times, wrong=bool(fault))
        self.times.setAccessibleDescription(fault)
        self.wrong.setText(fault)
        self.wrong.setVisible(bool(fault))
