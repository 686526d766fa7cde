"""The fields of a position: what is typed becomes a holding, or sentences that say what is wrong."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.domain import money
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.names import without_share
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import LAYER_NAMES, Position, Status
from desktop_app.domain.stacks import Holding, holding_of, resolve
from desktop_app.figures.labels import Labels
from desktop_app.figures.layer_words import layer_word
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import Field, choice, line
from desktop_app.ui.dialogs.typed import read_amount, read_day, write_amount, write_day

WIDTH = 280
"""At a font of 13 pixels; it grows with the font."""
PLACES = frozenset({"restaking-platform", "liquid-staking", "liquid-restaking", "defi", "native-staking"})
_LAYER_WORDS = {layer_word(name): name for name in LAYER_NAMES}
_STATE_WORDS = {status.value.capitalize(): status for status in Status}
FROM_ASSET = "as the asset says"
HUNDRED = Decimal(100)
WIDE = {"layer": 5, "reward": 4}


def form_width() -> int:
    """Return the width of the form in the system's font."""
    return round(WIDTH * max(1.0, theme.pixels() / 13))


class PositionForm(QWidget):
    """Holds no portfolio: starts with a position's holding, says which holding stands in its fields now.

    ``edited`` is emitted with every change. ``today`` dates a price that the user enters.
    """

    edited = Signal()

    def __init__(
        self, portfolio: Portfolio, catalogue: Catalogue, position: Position | None, today: date
    ) -> None:
        super().__init__()
        self.setFixedWidth(form_width())
        self._catalogue = catalogue
        self._locale = QLocale()
        self._today = today
        self._labels = Labels(self._locale.name(), portfolio.currency)
        self._stored = holding_of(portfolio, position) if position else Holding("", custody=True)
        self._valued = position is not None and position.quantity is None and position.value is not None
        self.fields = self._fields(portfolio)
        self._lay_out()
        self._start()
        for field in self.fields.values():
            field.edited.connect(self._check)
        self._check()

    # -- building ------------------------------------------------------------------------------------------

    def _fields(self, portfolio: Portfolio) -> dict[str, Field]:
        held, entries = portfolio.positions.values(), self._catalogue.entries.values()
        first = [rows[0] for rows in self._catalogue.tokens_by_symbol.values()]
        tokens = [t.symbol for t in first if t.kind in {"asset", "share", "principal"}]
        chains = [t.chain for t in self._catalogue.tokens]
        places = _sorted(e.short_name for e in entries if e.layer in PLACES)
        notes = QPlainTextEdit()
        notes.setFixedHeight(54)
        notes.setTabChangesFocus(True)
        return {
            field.editor.objectName(): field
            for field in (
                Field("asset", "Asset", choice(_sorted(tokens), placeholder="weETH, stETH, ATOM …")),
                Field("name", "Name", line()),
                Field("quantity", "Quantity", line(number=True)),
                Field("price", f"Price, {portfolio.currency}", line(number=True)),
                Field("account", "Account", choice(_sorted(p.account for p in held), placeholder="none")),
                Field("chain", "Chain", choice(_sorted(chains), placeholder="its own")),
                Field("protocol", "Staked or lent at", choice(places, placeholder="as the asset says")),
                Field("layer", "Layer", choice([FROM_ASSET, *_LAYER_WORDS], editable=False)),
                Field("operators", "Operators", line("Kiln; P2P")),
                Field("services", "Services", line("EigenDA")),
                Field("opened_on", "Held since", line(write_day(date(2025, 3, 3), self._locale))),
                Field("status", "State", choice(list(_STATE_WORDS), editable=False)),
                Field("reward", "Reward, % a year", line("not known", number=True)),
                Field("notes", "Notes", notes),
            )
        }

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        for names in (
            ("asset",),
            ("name",),
            ("quantity", "price"),
            ("account", "chain"),
            ("protocol",),
            ("layer", "reward"),
            ("operators", "services"),
            ("opened_on", "status"),
            ("notes",),
        ):
            row = QHBoxLayout()
            row.setSpacing(12)
            for name in names:
                row.addWidget(self.fields[name], WIDE.get(name, 2))
            column.addLayout(row)
        column.addStretch()

    def _start(self) -> None:
        held = self._stored
        rate = None if held.reward_rate is None else money.product(Decimal(repr(held.reward_rate)), HUNDRED)
        texts = {
            "asset": held.asset,
            "name": held.name,
            "quantity": write_amount(held.quantity, self._locale),
            "price": write_amount(held.unit_price, self._locale),
            "account": held.account,
            "chain": held.chain,
            "protocol": held.protocol,
            "layer": layer_word(held.layer) if held.layer else FROM_ASSET,
            "operators": "; ".join(held.operators),
            "services": "; ".join(held.services),
            "opened_on": write_day(held.opened_on, self._locale),
            "status": held.status.capitalize(),
            "reward": write_amount(rate, self._locale),
            "notes": held.notes,
        }
        for name, text in texts.items():
            self.fields[name].start_with(text)

    # -- reading -------------------------------------------------------------------------------------------

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        return self.fields[name].text()

    def is_changed(self) -> bool:
        """Tell whether the fields say something else than what is stored."""
        return self.holding() != self._stored

    def holding(self) -> Holding | None:
        """Return what the fields say, None while something in them is wrong or missing."""
        if self.reason():
            return None
        held, price = self._stored, self._amount("price")
        repriced = price is not None and price != held.unit_price
        account, rate = self.text("account"), self._amount("reward")
        return replace(
            held,
            asset=self.text("asset"),
            name=self.text("name"),
            quantity=self._amount("quantity"),
            unit_price=price,
            total_value=None if price is not None else held.total_value,
            priced_on=self._today if repriced else held.priced_on,
            account=account,
            custody=bool(account) if account != held.account else held.custody,
            chain=self.text("chain"),
            protocol=self.text("protocol"),
            layer=_LAYER_WORDS.get(self.text("layer"), ""),
            operators=_names(self.text("operators")),
            services=_names(self.text("services")),
            opened_on=read_day(self.text("opened_on"), self._locale),
            reward_rate=self._rate(rate),
            status=_STATE_WORDS[self.text("status")].value,
            notes=self.text("notes"),
        )

    def _rate(self, percent: Decimal | None) -> float | None:
        """Return the typed rate as a fraction; an untouched field keeps the stored one to the last digit."""
        unchanged = self.fields["reward"].is_unchanged()
        return (
            self._stored.reward_rate if unchanged else None if percent is None else float(percent / HUNDRED)
        )

    def _amount(self, name: str) -> Decimal | None:
        return read_amount(self.text(name), self._locale)

    # -- checking ------------------------------------------------------------------------------------------

    def reason(self) -> str:
        """Return why the fields make no position yet, as a short sentence; "" if they do."""
        wrong = self._wrong()
        if not self.text("asset"):
            return "Choose an asset"
        if not self.text("quantity") and not self._valued:
            return "Enter a quantity"
        if wrong:
            return f"Correct “{self.fields[next(iter(wrong))].label_text}”"
        return ""

    def _wrong(self) -> dict[str, str]:
        """Return a sentence for each field whose value cannot be."""
        wrong = {}
        for name in ("quantity", "price", "reward"):
            text, amount = self.text(name), self._amount(name)
            if text and amount is None:
                example = write_amount(Decimal("1234.5"), self._locale)
                wrong[name] = f"This is not a number; write it like {example}."
            elif amount is not None and name == "quantity" and amount <= 0:
                wrong[name] = "A position must hold more than nothing."
            elif amount is not None and name == "price" and amount < 0:
                wrong[name] = "A price cannot be negative."
        if self.text("opened_on") and read_day(self.text("opened_on"), self._locale) is None:
            example = write_day(date(2025, 3, 3), self._locale)
            wrong["opened_on"] = f"This is not a date; write it like {example}."
        for name in ("operators", "services"):
            if any(without_share(part) != part for part in _names(self.text(name))):
                wrong[name] = f"Name {name} only; their shares are given in “Stack and loan…” (Ctrl+L)."
        return wrong

    def _check(self) -> None:
        wrong = self._wrong()
        for name, field in self.fields.items():
            field.say(wrong.get(name, ""), "alarm" if name in wrong else "text2")
        if "price" not in wrong and "quantity" not in wrong:
            self.fields["price"].say(*self._worth())
        self.fields["asset"].say(*self._known_as())
        self.edited.emit()

    def _worth(self) -> tuple[str, str]:
        """Return the note under the price: the value, or that it is not known."""
        quantity, price = self._amount("quantity"), self._amount("price")
        if price is None:
            total = self._stored.total_value
            if total is not None:
                return f"Worth {self._labels.money(total, decimals=2)} in all.", "text2"
            return ("Without it the value is unknown.", "warn") if quantity is not None else ("", "text2")
        if quantity is None:
            return "", "text2"
        return f"Value {self._labels.money(money.product(quantity, price), decimals=2)}", "text2"

    def _known_as(self) -> tuple[str, str]:
        """Return the note under the asset: what the catalogue knows of it."""
        text = self.text("asset")
        if not text:
            return "", "text2"
        token = resolve(self._catalogue, text, self.text("chain"))
        if token is None:
            return "Not in the catalogue: it becomes an asset of your own, without layers.", "warn"
        entry = self._catalogue.entries.get(token.entry)
        issuer = f", {entry.short_name}" if entry and entry.short_name != token.name else ""
        doubt = next((a.reason for a in self._catalogue.ambiguous if a.symbol == token.symbol), "")
        return f"{token.name}{issuer}{doubt and f'; the symbol is {doubt}'}", "warn" if doubt else "text2"


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(";") if (name := part.strip()))


def _sorted(items: Iterable[str]) -> list[str]:
    return sorted({item for item in items if item}, key=str.casefold)
