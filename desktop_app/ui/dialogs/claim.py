"""The dialog of a claim: when it was, and whether what was received becomes a holding of its own."""

from datetime import UTC, datetime
from decimal import Decimal

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from desktop_app.domain import money
from desktop_app.domain.claims import claimed_for, is_counted_here, paid_out
from desktop_app.domain.holdings import Holding, holding_of
from desktop_app.domain.own_entries import effective
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.figures.texts import one_line
from desktop_app.report.request_words import amount_words, edit_words
from desktop_app.report.sentences import Sentence, bold, sentence
from desktop_app.shipped import full_catalogue
from desktop_app.ui import messages, theme
from desktop_app.ui.dialogs.clock_fields import MomentFields, beside
from desktop_app.ui.dialogs.fields import Field, choice, line
from desktop_app.ui.dialogs.foot import Foot
from desktop_app.ui.dialogs.typed import read_amount, write_amount
from desktop_app.ui.document import Document
from desktop_app.ui.widgets.section import Rule, Words
from desktop_app.ui.widgets.sentence_label import SentenceLabel

WIDTH = 480
RECEIVED = "&Add what was received as a holding"


class ClaimDialog(QDialog):
    """Makes one edit of the document when the user agrees; nothing before that."""

    def __init__(
        self,
        parent: QWidget | None,
        document: Document,
        labels: Labels,
        position_id: str,
        request_id: str,
        now: datetime | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("claim")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document, self._labels = document, labels
        self._locale = QLocale(labels.locale)
        portfolio = document.portfolio
        self._catalogue = effective(full_catalogue(), portfolio.entries)
        self._position = portfolio.positions[position_id]
        self._request = next(r for r in self._position.requests if r.id == request_id)
        self.what = Words(amount_words(self._request, self._position, labels), bold=True, wrap=True)
        self.claimed = MomentFields("claimed", "Claimed on", labels, "28 Nov 2026")
        self.add_box = QCheckBox(RECEIVED)
        symbols = sorted({t.symbol for t in self._catalogue.tokens}, key=str.casefold)
        self.received = QWidget()
        self.asset = Field("asset", "Received", choice(symbols, placeholder="ETH, SOL …"))
        self.amount = Field("amount", "Amount", line(number=True))
        self.price = Field("price", f"Price, {portfolio.currency}", line("not known", number=True))
        self.sentence = SentenceLabel(theme.TEXT)
        self.foot = Foot("One step to undo.", "Record claim")
        self.setWindowTitle(f"Withdrawal of {one_line(self._position.name)} claimed")
        self._lay_out()
        self._start(max(now or datetime.now(UTC), self._request.requested_at))
        self._connect()
        self._changed()

    def _lay_out(self) -> None:
        numbers = QWidget()
        beside(numbers, self.amount, self.price, equal=True)
        fields = QVBoxLayout(self.received)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(9)
        fields.addWidget(self.asset)
        fields.addWidget(numbers)
        inside = QVBoxLayout()
        inside.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN, 12)
        inside.setSpacing(10)
        for widget in (self.what, self.claimed, self.add_box, self.received, Rule("rule"), self.sentence):
            inside.addWidget(widget)
        inside.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inside, 1)
        column.addWidget(self.foot)
        self.setMinimumWidth(round(WIDTH * max(1.0, theme.pixels() / 13)))

    def _start(self, at: datetime) -> None:
        position, asset = self._position, paid_out(self._catalogue, self._position, self._request)
        same = asset == position.asset
        self.claimed.start(at.replace(microsecond=0))
        self.asset.start_with(asset)
        self.amount.start_with(write_amount(self._request.amount, self._locale) if same else "")
        self.price.start_with(write_amount(position.unit_price, self._locale) if same else "")
        self.add_box.setChecked(is_counted_here(position, asset))

    def _connect(self) -> None:
        self.add_box.toggled.connect(self._changed)
        for field in (self.claimed, self.asset, self.amount, self.price):
            field.edited.connect(self._changed)
        self.foot.cancel.clicked.connect(self.reject)
        self.foot.primary.clicked.connect(self.save)

    # -- while typing --------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self.received.setVisible(self.add_box.isChecked())
        for field in (self.amount, self.price):
            wrong = bool(field.text()) and self._number(field) is None
            field.say("not a number that can stand here" if wrong else "", "alarm" if wrong else "text2")
        reason = self.reason()
        self.foot.hold(reason)
        said = self._consequence()
        self.sentence.set_parts([(run.text, run.bold, "", run.warn) for run in said])
        self.adjustSize()

    def _number(self, field: Field) -> Decimal | None:
        found = read_amount(field.text(), self._locale)
        return None if found is None or found < 0 or (field is self.amount and not found) else found

    def reason(self) -> str:
        """Return why the claim cannot be recorded yet; empty where it can."""
        at = self.claimed.moment()
        if at is None:
            return "Enter when it was claimed"
        if at < self._request.requested_at:
            return "Enter a time after it was asked for"
        if not self.add_box.isChecked():
            return ""
        if not self.asset.text():
            return "Enter what was received"
        if self._number(self.amount) is None:
            return "Enter how much was received"
        return "Correct the price" if self.price.text() and self._number(self.price) is None else ""

    def holding(self) -> Holding | None:
        """Return what was received as a holding of its own, None where none is wanted."""
        at = self.claimed.moment()
        if not self.add_box.isChecked() or at is None or self.reason():
            return None
        position, price = self._position, self._number(self.price)
        kept = price is not None and price == position.unit_price
        day = self._labels.day_of(at)
        return Holding(
            self.asset.text(),
            self._number(self.amount),
            price,
            priced_on=position.priced_on if kept else day if price is not None else None,
            account=position.account,
            custody=holding_of(self._document.portfolio, position).custody,
            opened_on=day,
        )

    def _consequence(self) -> Sentence:
        position, labels = self._position, self._labels
        left = money.difference(position.quantity or Decimal(0), self._request.amount)
        asset = one_line(position.asset)
        goes = f"{labels.quantity(left)} {asset} stay" if left else f"{one_line(position.name)} is closed"
        received = self.holding()
        if received is None:
            return sentence(f"{goes}; nothing takes the place of what was claimed.")
        what = f"{labels.quantity(received.quantity)} {one_line(received.asset)}"
        where = f" in {one_line(received.account)}" if received.account else ""
        return sentence(f"{goes}; ", bold(what), f" come in as a holding of their own{where}.")

    # -- the deed ------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Record the claim and close; a sentence stays where it cannot be."""
        at = self.claimed.moment()
        if at is None:
            return
        about = (self._position.id, self._request.id)
        try:
            after = claimed_for(self._document.portfolio, self._catalogue, *about, at, self.holding())
        except UserError as error:
            messages.show_error(error)
            return
        self._document.edit(edit_words("Claim", self._position), after)
        self.accept()
