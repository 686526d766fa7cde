"""The fields of a position's bridge and loan, and of what each of its layers pays."""

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain import money
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, PathTerms, Position
from desktop_app.domain.terms import Terms, terms_of
from desktop_app.figures.labels import Labels
from desktop_app.figures.layer_words import layer_word
from desktop_app.ui.dialogs.clock_fields import ClockFields
from desktop_app.ui.dialogs.fields import Field, choice, line
from desktop_app.ui.dialogs.typed import read_amount, write_amount
from desktop_app.ui.widgets.section import Section

HUNDRED = Decimal(100)
_PERCENT = ("threshold", "penalty")
_NUMBERS = ("debt", "threshold", "penalty", "liquidity")
RATE = "rate:"
"""The name of a layer's field begins so."""


class StackForm(QWidget):
    """Starts with what has been said of a position; ``edited`` is emitted with every change."""

    edited = Signal()

    def __init__(
        self, portfolio: Portfolio, catalogue: Catalogue, position: Position, labels: Labels
    ) -> None:
        super().__init__()
        self._locale = QLocale(labels.locale)
        self._labels = labels
        self._stored = terms_of(portfolio, position)
        worth = portfolio.worth(position)
        self._gross = None if worth is None else money.total((worth, position.debt or Decimal(0)))
        currency = portfolio.currency

        def named(dimension: Dimension) -> list[str]:
            nodes = {n.name for n in portfolio.nodes.values() if n.dimension is dimension}
            entries = {e.short_name for e in catalogue.entries.values() if e.layer == str(dimension)}
            return sorted(nodes | entries, key=str.casefold)

        self.fields = {
            "bridge": Field("bridge", "Bridge", choice(named(Dimension.BRIDGE), placeholder="not named")),
            "oracle": Field(
                "oracle", "Price oracle", choice(named(Dimension.ORACLE), placeholder="not named")
            ),
            "debt": Field("debt", f"Debt, {currency}", line("none", number=True)),
            "threshold": Field("threshold", "Liquidated at, %", line("83", number=True)),
            "penalty": Field("penalty", "Penalty, %", line("5", number=True)),
            "liquidity": Field(
                "liquidity", f"The lender pays out now, {currency}", line("not known", number=True)
            ),
        }
        for layer in position.layers:
            name = f"{RATE}{layer.name}"
            self.fields[name] = Field(name, layer_word(layer.name), line("not known", number=True))
        self.clock = ClockFields(labels)
        self._tranches = position.exit.tranches
        self._lay_out()
        self._start()
        for field in self.fields.values():
            field.edited.connect(self._check)
        self.clock.edited.connect(self._check)
        self._check()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        loan = Section("Bridge and loan")
        rates = Section(
            "What each layer pays, % a year", "Of what is yours after the debt; borrowing counts below zero."
        )
        rows = [("bridge",), ("oracle",), ("debt",), ("threshold", "penalty"), ("liquidity",)]
        layers = [name for name in self.fields if name.startswith(RATE)]
        pairs = [tuple(layers[i : i + 2]) for i in range(0, len(layers), 2)]
        for section, lines in ((loan, rows), (rates, pairs)):
            section.body.setSpacing(8)
            for names in lines:
                row = QHBoxLayout()
                row.setSpacing(12)
                for name in names:
                    row.addWidget(self.fields[name], 1)
                section.body.addLayout(row)
            column.addWidget(section)
        leaving = Section("Way out", "What its clock needs to name a day, where you know it.")
        leaving.body.addWidget(self.clock)
        column.addWidget(leaving)
        column.addStretch()
        self.clock.offer(step for part in self._tranches for step in part.steps)
        leaving.setVisible(not self.clock.isHidden())

    def _start(self) -> None:
        said = self._stored
        texts: dict[str, str] = {
            "bridge": said.bridge,
            "oracle": said.oracle,
            "debt": write_amount(said.debt, self._locale),
            "threshold": self._percent(said.threshold),
            "penalty": self._percent(said.penalty),
            "liquidity": write_amount(said.liquidity, self._locale),
        }
        texts |= {f"{RATE}{name}": self._percent(rate) for name, rate in said.rates.items()}
        for name, text in texts.items():
            self.fields[name].start_with(text)
        self.clock.start(said.clock or PathTerms(""))

    def _percent(self, fraction: float | None) -> str:
        if fraction is None:
            return ""
        return write_amount(money.product(Decimal(repr(fraction)), HUNDRED), self._locale)

    # -- reading -------------------------------------------------------------------------------------------

    def terms(self) -> Terms | None:
        """Return what the fields say, None while a number is none."""
        if self.reason():
            return None
        return Terms(
            bridge=self.fields["bridge"].text(),
            oracle=self.fields["oracle"].text(),
            debt=self._amount("debt"),
            threshold=self._fraction("threshold", self._stored.threshold),
            penalty=self._fraction("penalty", self._stored.penalty),
            liquidity=self._amount("liquidity"),
            rates=self._rates(),
            clock=self.clock.terms(),
        )

    def _rates(self) -> Mapping[str, float | None]:
        return {name: self._fraction(f"{RATE}{name}", rate) for name, rate in self._stored.rates.items()}

    def _amount(self, name: str) -> Decimal | None:
        return read_amount(self.fields[name].text(), self._locale)

    def _fraction(self, name: str, stored: float | None) -> float | None:
        """Return a typed per cent as a fraction; an untouched field keeps every stored digit."""
        if self.fields[name].is_unchanged():
            return stored
        percent = self._amount(name)
        return None if percent is None else float(percent / HUNDRED)

    def is_changed(self) -> bool:
        """Tell whether the fields say something else than what is stored."""
        return self.clock.is_changed() or any(not field.is_unchanged() for field in self.fields.values())

    # -- checking ------------------------------------------------------------------------------------------

    def reason(self) -> str:
        """Return why the fields make no terms yet, as a short sentence; "" if they do."""
        wrong = next((f for name, f in self.fields.items() if self._is_wrong(name)), None)
        if wrong is not None:
            return f"Correct “{wrong.label_text}”"
        if self.fields["debt"].text():
            empty = next((n for n in _PERCENT if not self.fields[n].text()), None)
            if empty:
                return f"Enter “{self.fields[empty].label_text}” of the debt"
        return self.clock.reason()

    def _is_wrong(self, name: str) -> bool:
        text, amount = self.fields[name].text(), self._amount(name)
        if name not in _NUMBERS and not name.startswith(RATE):
            return False
        if not text:
            return False
        if amount is None:
            return True
        if name in _PERCENT:
            return not 0 <= amount <= HUNDRED
        return name in {"debt", "liquidity"} and amount < 0

    def _check(self) -> None:
        for name, field in self.fields.items():
            if name != "debt":
                wrong = self._is_wrong(name)
                field.say(
                    "This is not a number that can stand here." if wrong else "",
                    "alarm" if wrong else "text2",
                )
        self.fields["debt"].say(*self._leverage())
        self.edited.emit()

    def _leverage(self) -> tuple[str, str]:
        """Return the note under the debt: the loan-to-value and the leverage, or what is wrong."""
        debt, gross = self._amount("debt"), self._gross
        if self._is_wrong("debt"):
            return "This is not an amount.", "alarm"
        if not debt or gross is None or gross <= 0:
            return (
                ("Its collateral has no known value yet.", "warn")
                if debt and gross is None
                else ("", "text2")
            )
        if debt >= gross:
            return "As large as the collateral or larger: nothing would be left.", "alarm"
        ratio, times = float(debt / gross), float(gross / (gross - debt))
        part, leverage = self._labels.share(ratio, decimals=1), self._labels.number(times, decimals=1)
        return f"{part} of the collateral, leverage {leverage}", "text2"
