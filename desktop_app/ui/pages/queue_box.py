"""Ethereum's exit queue to enter, with what it means: its date, "what if", the stake, the fork."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.analysis.exit_queue import RECORD_ETH
from desktop_app.domain.congestion import NOTHING_READ, Congestion, Fork
from desktop_app.figures.labels import Labels
from desktop_app.report import exit_queue as said
from desktop_app.report.sentences import Sentence
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import line, mark_wrong
from desktop_app.ui.dialogs.typed import read_amount
from desktop_app.ui.pages.page import parts
from desktop_app.ui.widgets.amount_slider import AmountSlider
from desktop_app.ui.widgets.calendar_popup import CalendarPopup
from desktop_app.ui.widgets.section import Link, Words
from desktop_app.ui.widgets.sentence_label import SentenceLabel

MOST_ETH, STEP_ETH = 3_000_000, 20_000
AMOUNT_WIDTH = 104


class QueueBox(QWidget):
    """``edited`` carries the words of an edit and what holds after it; ``moved`` ETH as the handle moves."""

    edited = Signal(str, object)
    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._congestion = NOTHING_READ
        self._labels = Labels()
        self._as_of = date.min
        self.amount = line("unknown", number=True)
        self.unit = Words("ETH", theme.NOTE, "text2")
        self.dated = Link("")
        self.calendar = CalendarPopup(self.dated)
        self.wrong = Words("", theme.AXIS, "alarm", wrap=True)
        self.slider = AmountSlider(MOST_ETH, STEP_ETH, int(RECORD_ETH))
        self.record = Words("", theme.AXIS, "text2")
        self.sentence = SentenceLabel(theme.NOTE)
        self.what_if = Words("", theme.NOTE, "text2", wrap=True)
        self.stake = line(number=True)
        self.staked = Words("", theme.NOTE, "text2")
        self.gloas = QCheckBox(said.GLOAS)
        self._name_all()
        self._lay_out()
        self._connect()

    def _name_all(self) -> None:
        for widget, name in (
            (self.amount, "Ethereum exit queue, ETH"),
            (self.slider, "Ethereum exit queue, ETH, as a slider"),
            (self.stake, "ETH at stake in all"),
        ):
            widget.setAccessibleName(name)
        for editor in (self.amount, self.stake):
            editor.setFixedWidth(round(AMOUNT_WIDTH * max(1.0, theme.pixels() / 13)))
        self.gloas.setFont(theme.font(theme.NOTE))
        self.wrong.hide()

    def _lay_out(self) -> None:
        first = _row(self.amount, self.unit, self.dated)
        ends = QHBoxLayout()
        ends.addWidget(Words("0", theme.AXIS, "text2"))
        ends.addStretch()
        ends.addWidget(self.record)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 18)
        column.setSpacing(0)
        column.addWidget(Words("Ethereum exit queue", bold=True))
        column.addSpacing(6)
        column.addLayout(first)
        column.addWidget(self.wrong)
        column.addSpacing(8)
        column.addWidget(self.slider)
        column.addLayout(ends)
        column.addSpacing(10)
        column.addWidget(self.sentence)
        column.addSpacing(4)
        column.addWidget(self.what_if)
        column.addSpacing(12)
        column.addWidget(Words("At stake in all", theme.NOTE, "text2"))
        column.addSpacing(3)
        column.addLayout(_row(self.stake, self.staked))
        column.addSpacing(8)
        column.addWidget(self.gloas)

    def _connect(self) -> None:
        self.amount.editingFinished.connect(lambda: self._type(self.amount, "queue_eth"))
        self.stake.editingFinished.connect(lambda: self._type(self.stake, "total_stake_eth"))
        self.gloas.clicked.connect(self._choose_fork)
        self.dated.clicked.connect(self.calendar.drop_down)
        self.calendar.chosen.connect(self._choose_day)
        self.slider.sliderMoved.connect(self.moved)
        self.slider.valueChanged.connect(self._slide)

    # -- showing -------------------------------------------------------------------------------------------

    def show_congestion(self, congestion: Congestion, labels: Labels, as_of: date) -> None:
        """Show what is stored."""
        self._congestion, self._labels, self._as_of = congestion, labels, as_of
        queue = congestion.queue_eth
        self.amount.setText(_grouped(queue, labels))
        self.stake.setText(_grouped(congestion.total_stake_eth, labels))
        self.stake.setPlaceholderText(said.assumed_stake(labels))
        self.staked.setText("ETH, assumed" if congestion.total_stake_eth is None else "ETH")
        self.gloas.setChecked(congestion.fork is Fork.GLOAS)
        self.slider.show_value(None if queue is None else min(int(queue), MOST_ETH))
        self.record.setText(said.record_words(labels))
        self.dated.setVisible(queue is not None)
        self.dated.setText(labels.day(congestion.dated) if congestion.dated else "undated")
        self.dated.setAccessibleName(f"Read on {self.dated.text()}")
        self.calendar.show_day(congestion.dated or as_of)
        self.unit.setText("ETH," if queue is not None else "ETH")
        for editor in (self.amount, self.stake):
            self._say(editor, "")

    def show_words(self, sentence: Sentence, what_if: str) -> None:
        """Show what the queue means."""
        self.sentence.set_parts(parts(sentence))
        self.what_if.setText(what_if)
        self.what_if.setVisible(bool(what_if))

    # -- edits ---------------------------------------------------------------------------------------------

    def _slide(self, value: int) -> None:
        self._wish(self.amount, queue_eth=Decimal(value), dated=self._as_of)

    def _type(self, editor: QLineEdit, key: str) -> None:
        text, stored = editor.text().strip(), getattr(self._congestion, key)
        value = read_amount(text, QLocale(self._labels.locale))
        if value == stored and (text == "") == (stored is None):
            editor.setText(_grouped(stored, self._labels))
            self._say(editor, "")
            return
        if text and value is None:
            self._say(editor, f"“{text}” is no amount of ETH.")
            return
        dated = {"dated": self._as_of if value is not None else None} if key == "queue_eth" else {}
        self._wish(editor, **{key: value}, **dated)

    def _choose_day(self, day: date | None) -> None:
        self._wish(self.amount, dated=day or self._as_of)

    def _choose_fork(self, gloas: bool) -> None:
        self._wish(self.amount, fork=Fork.GLOAS if gloas else Fork.ELECTRA)

    def _wish(self, editor: QLineEdit, **changes: object) -> None:
        after = replace(self._congestion, **changes)  # type: ignore[arg-type]
        self._say(editor, after.fault)
        if not after.fault and after != self._congestion:
            self.edited.emit(said.edit_words(self._congestion, after, self._labels), after)

    def _say(self, editor: QLineEdit, fault: str) -> None:
        mark_wrong(editor, wrong=bool(fault))
        editor.setAccessibleDescription(fault)
        self.wrong.setText(fault)
        self.wrong.setVisible(bool(fault))


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row


def _grouped(value: Decimal | None, labels: Labels) -> str:
    """Return every digit, grouped, as it can be typed; "" for unknown. Nobody's amount: never hidden."""
    if value is None:
        return ""
    exponent = value.normalize().as_tuple().exponent
    return labels.number(value, decimals=max(0, -exponent) if isinstance(exponent, int) else 0)
