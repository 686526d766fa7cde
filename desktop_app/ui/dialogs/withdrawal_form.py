"""The fields of a withdrawal: what is asked for, when, and what is known of the protocol's epochs."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.positions import Position, Request
from desktop_app.domain.requests import fault, free_amount
from desktop_app.figures.labels import Labels, zone_name
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import Field, choice, line
from desktop_app.ui.dialogs.typed import (
    moment_of,
    read_amount,
    read_day,
    read_time,
    write_amount,
    write_day,
)

WIDTH = 252
"""At a font of 13 pixels; it grows with the font."""
_ANY = datetime(2000, 1, 1, tzinfo=UTC)


class WithdrawalForm(QWidget):
    """Says which request stands in its fields. ``edited`` is emitted with every change.

    Days and times are those of the labels' zone; a request holds UTC.
    """

    edited = Signal()

    def __init__(self, positions: Sequence[Position], labels: Labels, request: Request | None) -> None:
        super().__init__()
        self.setFixedWidth(round(WIDTH * max(1.0, theme.pixels() / 13)))
        self._positions = positions
        self._labels = labels
        self._locale = QLocale(labels.locale)
        self._request = request
        self.box = choice([p.name for p in positions], editable=False)
        self.position = Field("position", "Position", self.box)
        self.amount = Field("amount", "Amount", line(number=True))
        self.whole = QPushButton("All of it")
        self.day = Field("day", "Asked for on", line(write_day(date(2026, 11, 28), self._locale)))
        self.time = Field("time", "at", line("09:15"))
        self.phase_day = Field("phase_day", "One of its epochs began on", line("not known"))
        self.phase_time = Field("phase_time", "at", line("00:00"))
        self.expiry_day = Field("expiry_day", "Expires on", line("not known"))
        self.expiry_time = Field("expiry_time", "at", line("00:00"))
        self.note = Field("note", "Transaction or note", line("0x…"))
        self._lay_out()
        for field in (self.position, self.amount, *(f for pair in self._moments() for f in pair)):
            field.edited.connect(self._check)
        self.note.edited.connect(self.edited)
        self.whole.clicked.connect(self.ask_for_all)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        self.whole.setAutoDefault(False)
        column.addWidget(self.position)
        column.addWidget(self.amount)
        column.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignRight)
        for first, second in self._moments():
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(first, 3, Qt.AlignmentFlag.AlignTop)
            row.addWidget(second, 2, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        column.addWidget(self.note)
        column.addStretch()
        for field in (self.position, self.amount, self.note, *(f for pair in self._moments() for f in pair)):
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)

    # -- starting ------------------------------------------------------------------------------------------

    def start(self, position_id: str, now: datetime) -> None:
        """Fill the fields: with the stored request, else with ``now`` (UTC) and no amount."""
        request = self._request
        ids = [position.id for position in self._positions]
        index = ids.index(position_id) if position_id in ids else -1
        self.position.start_with("" if index < 0 else self._positions[index].name)
        self.box.setCurrentIndex(index)
        self.box.setEnabled(request is None)
        self.amount.start_with("" if request is None else write_amount(request.amount, self._locale))
        at = now.replace(second=0, microsecond=0) if request is None else request.requested_at
        self._start(self.day, self.time, at)
        self._start(self.phase_day, self.phase_time, None if request is None else request.phase)
        self._start(self.expiry_day, self.expiry_time, None if request is None else request.expires_at)
        self.note.start_with("" if request is None else request.note)
        self._check()

    def _start(self, day: Field, clock: Field, moment: datetime | None) -> None:
        local = None if moment is None else moment.astimezone(self._labels.zone)
        day.start_with(write_day(None if local is None else local.date(), self._locale))
        clock.start_with("" if local is None else f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}")

    def offer_phase(self, *, wanted: bool) -> None:
        """Show the fields of the phase, where a step of the way depends on it."""
        self.phase_day.setVisible(wanted)
        self.phase_time.setVisible(wanted)

    def offer_expiry(self, *, wanted: bool) -> None:
        """Show the fields of the expiry, where a request of the way has one."""
        self.expiry_day.setVisible(wanted)
        self.expiry_time.setVisible(wanted)

    def _moments(self) -> tuple[tuple[Field, Field], ...]:
        """Return the fields of days, each with that of its time."""
        return (
            (self.day, self.time),
            (self.phase_day, self.phase_time),
            (self.expiry_day, self.expiry_time),
        )

    def ask_for_all(self) -> None:
        """Ask for everything that is free."""
        position = self.chosen()
        free = None if position is None else free_amount(position, self._ident)
        self.amount.put(write_amount(free, self._locale))

    # -- reading -------------------------------------------------------------------------------------------

    @property
    def _ident(self) -> str:
        return "" if self._request is None else self._request.id

    def chosen(self) -> Position | None:
        """Return the position that is asked."""
        index = self.box.currentIndex()
        return self._positions[index] if 0 <= index < len(self._positions) else None

    def requested_at(self) -> datetime | None:
        """Return when it was asked for, in UTC."""
        return self._moment(self.day, self.time)

    def request(self) -> Request | None:
        """Return the request without a way out, None while something is wrong or missing."""
        amount, at = self._amount(), self.requested_at()
        if self.reason() or amount is None or at is None:
            return None
        phase = self._moment(self.phase_day, self.phase_time)
        expires = self._moment(self.expiry_day, self.expiry_time)
        return Request(self._ident, amount, at, note=self.note.text(), phase=phase, expires_at=expires)

    def reason(self) -> str:
        """Return why nothing can be asked for yet; empty where it can."""
        position, amount = self.chosen(), self._amount()
        if position is None:
            return "Choose a position"
        if free_amount(position) is None:
            return "Enter its quantity first"
        if not self.amount.text():
            return "Enter how much"
        if amount is None or fault(position, Request(self._ident, amount, _ANY)):
            return "Correct the amount"
        if self.requested_at() is None:
            return "Enter when it was asked for"
        unread = (day for day, clock in self._moments() if day.text() and self._moment(day, clock) is None)
        wrong = next(unread, None)
        return "" if wrong is None else f"Correct “{wrong.label_text.lower()}”"

    def _amount(self) -> Decimal | None:
        return read_amount(self.amount.text(), self._locale)

    def _moment(self, day: Field, clock: Field) -> datetime | None:
        on, at = read_day(day.text(), self._locale), read_time(clock.text() or "00:00")
        return None if on is None or at is None else moment_of(on, at, self._labels.zone)

    # -- saying what is wrong ------------------------------------------------------------------------------

    def _check(self) -> None:
        self.amount.say(*self._of_amount())
        for day, clock in self._moments():
            wrong = bool(day.text()) and read_day(day.text(), self._locale) is None
            day.say("not a date" if wrong else "", "alarm" if wrong else "text2")
            wrong = bool(clock.text()) and read_time(clock.text()) is None
            at = self._moment(day, clock)
            zone = "" if at is None else zone_name(at.astimezone(self._labels.zone))
            clock.say("not a time" if wrong else zone, "alarm" if wrong else "text2")
        self.edited.emit()

    def _of_amount(self) -> tuple[str, str]:
        """Return what is wrong with the amount, else how much is free."""
        position, amount = self.chosen(), self._amount()
        if position is None:
            return "", "text2"
        free = free_amount(position, self._ident)
        if free is None:
            return "How much of it there is, is not known.", "warn"
        if self.amount.text() and amount is None:
            return f"“{self.amount.text()}” is not a number.", "alarm"
        wrong = "" if amount is None else fault(position, Request(self._ident, amount, _ANY))
        return (wrong, "alarm") if wrong else (f"of {self._labels.quantity(free)} {position.asset}", "text2")
