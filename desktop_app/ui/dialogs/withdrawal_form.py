"""The fields of a withdrawal: what is asked for, when, and what is known of the protocol's epochs."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.analysis.clocks.steps import can_expire
from desktop_app.domain.positions import ExitStep, PathTerms, Position, Request
from desktop_app.domain.requests import fault, free_amount
from desktop_app.figures.labels import Labels
from desktop_app.ui import theme
from desktop_app.ui.dialogs.clock_fields import ClockFields, MomentFields
from desktop_app.ui.dialogs.fields import Field, choice, line
from desktop_app.ui.dialogs.typed import read_amount, write_amount, write_day

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
        today = write_day(date(2026, 11, 28), self._locale)
        self.asked = MomentFields("asked", "Asked for on", labels, today, "09:15")
        self.clock = ClockFields(labels)
        self.expiry = MomentFields("expiry", "Expires on", labels, "by its rule")
        self.note = Field("note", "Transaction or note", line("0x…"))
        self._lay_out()
        for field in (self.position, self.amount, self.asked, self.clock, self.expiry):
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
        for fields in (self.asked, self.clock, self.expiry, self.note):
            column.addWidget(fields)
        column.addStretch()
        for field in (self.position, self.amount, self.note):
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
        self.asked.start(now.replace(second=0, microsecond=0) if request is None else request.requested_at)
        self.expiry.start(None if request is None else request.expires_at)
        self.clock.start(PathTerms("") if request is None else _clock_of(request))
        self.note.start_with("" if request is None else request.note)
        self._check()

    def offer(self, steps: Sequence[ExitStep], terms: PathTerms) -> None:
        """Show the fields that a clock of the steps of a way has a use for, with what is known of it."""
        self.clock.offer(steps, terms if self._request is None else None)
        self.expiry.setVisible(any(map(can_expire, steps)))

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
        return self.asked.moment()

    def request(self) -> Request | None:
        """Return the request without a way out, None while something is wrong or missing."""
        amount, at = self._amount(), self.requested_at()
        if self.reason() or amount is None or at is None:
            return None
        known = self.clock.terms()
        return Request(
            self._ident,
            amount,
            at,
            note=self.note.text(),
            phase=known.phase,
            expires_at=self.expiry.moment() if self.expiry.day.text() else None,
            maturity_seconds=known.maturity_seconds,
            deadline_seconds=known.deadline_seconds,
        )

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
        return self._wrong_time()

    def _wrong_time(self) -> str:
        if self.requested_at() is None:
            return "Enter when it was asked for"
        if self.expiry.is_wrong():
            return f"Correct “{self.expiry.day.label_text.lower()}”"
        return self.clock.reason()

    def _amount(self) -> Decimal | None:
        return read_amount(self.amount.text(), self._locale)

    # -- saying what is wrong ------------------------------------------------------------------------------

    def _check(self) -> None:
        self.amount.say(*self._of_amount())
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


def _clock_of(request: Request) -> PathTerms:
    """Return what the user told the clock of a request."""
    return PathTerms(
        request.path,
        phase=request.phase,
        maturity_seconds=request.maturity_seconds,
        deadline_seconds=request.deadline_seconds,
    )
