"""The fields of what a protocol's clock has to be told: when an epoch began, how long a window stays open."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.analysis.clocks.steps import can_expire, cycle_of, takes_phase
from desktop_app.domain import money
from desktop_app.domain.positions import ExitStep, PathTerms
from desktop_app.figures.labels import Labels, zone_name
from desktop_app.ui.dialogs.fields import Field, line
from desktop_app.ui.dialogs.typed import (
    moment_of,
    read_amount,
    read_day,
    read_time,
    write_amount,
    write_day,
)

DAY = Decimal(86400)
"""Seconds."""
BEGAN = {
    "epoch": "One of its epochs began on",
    "era": "One of its eras began on",
    "batch": "One of its batches began on",
    "election": "Its election began on",
    "lockup": "Its lockup began on",
}
"""What the phase of a clock is told by."""
MOST_DAYS = Decimal(10_000)
_SHOWN = Decimal("0.000001")


class MomentFields(QWidget):
    """A day and a time of day beside it, in the labels' zone; empty is not known."""

    edited = Signal()

    def __init__(self, name: str, label: str, labels: Labels, day: str, time: str = "00:00") -> None:
        super().__init__()
        self._labels = labels
        self._locale = QLocale(labels.locale)
        self.day = Field(f"{name}_day", label, line(day))
        self.time = Field(f"{name}_time", "at", line(time))
        beside(self, self.day, self.time)
        for field in (self.day, self.time):
            field.edited.connect(self._check)

    def start(self, moment: datetime | None) -> None:
        """Fill the fields with a moment (UTC)."""
        local = None if moment is None else moment.astimezone(self._labels.zone)
        self.day.start_with(write_day(None if local is None else local.date(), self._locale))
        self.time.start_with(
            "" if local is None else f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
        )

    def moment(self) -> datetime | None:
        """Return what stands in the fields, in UTC; None where it is none."""
        on, at = read_day(self.day.text(), self._locale), read_time(self.time.text() or "00:00")
        return None if on is None or at is None else moment_of(on, at, self._labels.zone)

    def is_wrong(self) -> bool:
        """Tell whether what stands in the fields cannot be read."""
        return bool(self.day.text()) and self.moment() is None

    def _check(self) -> None:
        wrong = bool(self.day.text()) and read_day(self.day.text(), self._locale) is None
        self.day.say("not a date" if wrong else "", "alarm" if wrong else "text2")
        wrong = bool(self.time.text()) and read_time(self.time.text()) is None
        at = self.moment()
        zone = "" if at is None else zone_name(at.astimezone(self._labels.zone))
        self.time.say("not a time" if wrong else zone, "alarm" if wrong else "text2")
        self.edited.emit()


class ClockFields(QWidget):
    """Says what the user knows of a clock; fields that no step of the way needs are not shown."""

    edited = Signal()

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._locale = QLocale(labels.locale)
        self._stored = PathTerms("")
        self.phase = MomentFields("phase", BEGAN["epoch"], labels, "not known")
        self.opening = QWidget()
        self.maturity = Field("maturity", "Opens after, days", line("not known", number=True))
        self.deadline = Field("deadline", "Stays open, days", line("not known", number=True))
        beside(self.opening, self.maturity, self.deadline, equal=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        column.addWidget(self.phase)
        column.addWidget(self.opening)
        self.phase.edited.connect(self.edited)
        for field in (self.maturity, self.deadline):
            field.edited.connect(self._check)

    def start(self, terms: PathTerms) -> None:
        """Fill the fields."""
        self._stored = terms
        self.phase.start(terms.phase)
        self.maturity.start_with(self._days(terms.maturity_seconds))
        self.deadline.start_with(self._days(terms.deadline_seconds))

    def offer(self, steps: Iterable[ExitStep], terms: PathTerms | None = None) -> None:
        """Show the fields that a clock of these steps has a use for; ``terms`` where nothing is typed."""
        walked = tuple(steps)
        if terms is not None and not self.is_changed():
            self.start(terms)
        cycles = [cycle_of(step) for step in walked if takes_phase(step)]
        if cycles:
            self.phase.day.rename(BEGAN[cycles[0]])
        self.phase.setVisible(bool(cycles))
        self.opening.setVisible(any(map(can_expire, walked)))
        self.setVisible(self.phase.isVisibleTo(self) or self.opening.isVisibleTo(self))

    def is_changed(self) -> bool:
        """Tell whether something else stands in the fields than what they were started with."""
        fields = (self.phase.day, self.phase.time, self.maturity, self.deadline)
        return any(not field.is_unchanged() for field in fields)

    def terms(self) -> PathTerms:
        """Return the terms that the fields were started with, as the fields have them now."""
        return replace(
            self._stored,
            phase=self.phase.moment() if self.phase.day.text() else None,
            maturity_seconds=self._seconds(self.maturity, self._stored.maturity_seconds),
            deadline_seconds=self._seconds(self.deadline, self._stored.deadline_seconds),
        )

    def reason(self) -> str:
        """Return why the fields say nothing yet, as a short sentence; empty where they do."""
        if self.phase.is_wrong():
            return f"Correct “{self.phase.day.label_text.lower()}”"
        wrong = next((f for f in (self.maturity, self.deadline) if self._is_wrong(f)), None)
        return "" if wrong is None else f"Correct “{wrong.label_text.lower()}”"

    def _is_wrong(self, field: Field) -> bool:
        days = read_amount(field.text(), self._locale)
        return bool(field.text()) and (days is None or not 0 <= days <= MOST_DAYS)

    def _check(self) -> None:
        for field in (self.maturity, self.deadline):
            wrong = self._is_wrong(field)
            field.say("not a number of days" if wrong else "", "alarm" if wrong else "text2")
        self.edited.emit()

    def _days(self, seconds: int | None) -> str:
        days = None if seconds is None else (Decimal(seconds) / DAY).quantize(_SHOWN).normalize()
        return write_amount(days, self._locale)

    def _seconds(self, field: Field, stored: int | None) -> int | None:
        """Return typed days in whole seconds; an untouched field keeps what is stored."""
        if field.is_unchanged():
            return stored
        days = read_amount(field.text(), self._locale)
        return None if days is None or self._is_wrong(field) else round(money.product(days, DAY))


def beside(parent: QWidget, first: QWidget, second: QWidget, *, equal: bool = False) -> None:
    """Put two fields side by side, the first one wider."""
    row = QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(first, 1 if equal else 3)
    row.addWidget(second, 1 if equal else 2)
