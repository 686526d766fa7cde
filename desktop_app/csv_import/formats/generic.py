"""The generic position table: what people type into a spreadsheet, a row a position, in any order."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.csv_import import cells
from desktop_app.csv_import.columns import DateColumn, NumberColumn, Values, date_column, number_column
from desktop_app.csv_import.format import ColumnUse, Fit, Format, Reading, Table
from desktop_app.csv_import.judging import (
    Judge,
    asset_cell,
    column_uses,
    identity_of,
    price_cell,
    quantity_cell,
    rounded_warning,
)
from desktop_app.csv_import.questions import Question
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Row, Unfit, Verdict
from desktop_app.csv_import.synonyms import SYNONYMS, plain
from desktop_app.csv_import.tokens import MONEY, Identity, rate_note
from desktop_app.domain.names import without_share
from desktop_app.domain.positions import Status
from desktop_app.domain.stacks import Holding

FIELDS = (
    *(
        "name",
        "account",
        "asset",
        "quantity",
        "price_usd",
        "value_usd",
        "protocol",
        "layer",
        "operator",
        "services",
        "chain",
    ),
    *("opened_on", "reward_apr", "status", "notes"),
)
_BY_NAME = {cells.normal_name(field): field for field in FIELDS}
_IN_CURRENCY = re.compile(r"(price|value)_?([a-z]{3})")
_LEDGER_WORDS = frozenset({"type", "action", "buysell", "way", "operation", *SYNONYMS["opened_on"]})


def fits(names: Sequence[str]) -> Fit | None:
    """Fit a header with ``asset`` and ``quantity`` among the table's names; others only at the end."""
    columns: dict[str, int] = {}
    for index, name in enumerate(names):
        field = _BY_NAME.get(name) or _in_currency(name)
        if field in columns:
            return None
        if field:
            columns[field] = index
    others = [index for index, name in enumerate(names) if name and index not in columns.values()]
    if "asset" not in columns or "quantity" not in columns:
        return None
    if others and (
        min(others) < max(columns.values()) or any(plain(names[i]) in _LEDGER_WORDS for i in others)
    ):
        return None
    return Fit("generic_positions", columns, len(columns))


def _in_currency(name: str) -> str | None:
    """Return the field of a column of money whose name says another currency ("price_eur")."""
    match = _IN_CURRENCY.fullmatch(name)
    return f"{match[1]}_usd" if match and match[2].upper() in MONEY else None


def read(table: Table) -> Reading:
    """Return the rows; numbers and dates are read as their whole column writes them."""
    judge = Judge(table)
    numbers = {
        field: number_column(column_name(table, field), judge.values(field), table.context.inquiry)
        for field in NUMBERS
    }
    reader = PositionReader(table, written(table, judge.values, numbers))
    rows = judge.rows(reader.row)
    return Reading(rows, reader.uses(), tuple(reader.warnings))


NUMBERS = ("quantity", "price_usd", "value_usd", "reward_apr")


@dataclass(frozen=True, slots=True)
class Written:
    """How the columns write numbers and dates; ``rate_unit``: "per_cent", "fraction", or None if asked."""

    numbers: Mapping[str, NumberColumn]
    dates: DateColumn
    rate_unit: str | None


def written(table: Table, values: Callable[[str], Values], numbers: Mapping[str, NumberColumn]) -> Written:
    """Decide, besides the ``numbers``, how dates and rates are written, from all values by field."""
    day, inquiry = column_name(table, "opened_on"), table.context.inquiry
    dates = date_column(day, values("opened_on"), table.context.today, inquiry)
    return Written(numbers, dates, _ask_rate_unit(table, values("reward_apr"), numbers["reward_apr"]))


def column_name(table: Table, field: str) -> str:
    """Return the name of a field's column as the file writes it."""
    index = table.fit.columns.get(field)
    return field if index is None else table.names[index]


def currency_of(name: str) -> str:
    """Return the currency that a column of money has by its name."""
    match = _IN_CURRENCY.fullmatch(cells.normal_name(name))
    return match[2].upper() if match and match[2].upper() in MONEY else "USD"


def _ask_rate_unit(table: Table, rates: Values, rule: NumberColumn) -> str | None:
    """Return "per_cent" or "fraction"; None while it is open: all rates below 1, none with a "%"."""
    some = False
    for _, cell in rates:
        rate = rule.read(cell)
        if rate.unit == "%" or (rate.value is not None and rate.value >= 1):
            return "per_cent"
        some = some or bool(rate.value)
    if not some:
        return "per_cent"
    question = Question(
        "rate_unit",
        f"Every rate in “{column_name(table, 'reward_apr')}” is below 1: are they per cent (0.5 is 0.5 %) "
        "or fractions (0.5 is 50 %)?",
        choices=("per_cent", "fraction"),
        default="per_cent",
    )
    return table.context.inquiry.settle(question)


class PositionReader:
    """Reads one row after the other; knows the column of every field and how it is written."""

    def __init__(self, table: Table, how: Written) -> None:
        self._table = table
        self._at: Mapping[str, int] = table.fit.columns
        self._context = table.context
        self._numbers = how.numbers
        self._dates = how.dates
        self._rate_unit = how.rate_unit
        self.warnings: dict[str, None] = {}

    def uses(self) -> tuple[ColumnUse, ...]:
        """Return what each column was read as."""
        return column_uses(self._table, self._written())

    def _written(self) -> dict[str, tuple[str | None, str | None]]:
        """Return decimal sign and date format by field."""
        result: dict[str, tuple[str | None, str | None]] = {
            field: (rule.decimal or None, None) for field, rule in self._numbers.items()
        }
        result["opened_on"] = (None, ", ".join(self._dates.forms) or None)
        return result

    def row(self, record: Record, number: int) -> Row:
        """Return the position of a row. Raises Unfit where it cannot come in."""
        texts = record.cells
        asset = asset_cell(texts[self._at["asset"]], self._name("asset"))
        chain = self._clean(texts, "chain")
        identity = identity_of(self._table, asset, chain, record.line)
        waits = [identity.waits] if identity.waits else []
        quantity = self._quantity(texts, asset, waits)
        price = self._money(texts, "price_usd", waits)
        value = self._money(texts, "value_usd", waits) if price is None else None
        opened_on = self._day(texts, waits)
        rate = self._rate(texts, waits, record.line)
        layer, layer_note = self._layer(texts, waits, record.line)
        if identity.money:
            return Row(
                record.line, number, Verdict.ASK if waits else Verdict.ACCEPT, asset=asset, waits=tuple(waits)
            )
        account = self._clean(texts, "account")
        protocol = self._protocol(texts, identity.asset, record.line)
        operators, services = self._list(texts, "operator"), self._list(texts, "services")
        rate_note = ""
        if not (layer or protocol or operators or services):
            layer, rate, rate_note = self._only_held(identity, chain, rate, record.line)
        notes = (self._free(texts, "notes"), layer_note, rate_note)
        holding = Holding(
            asset=identity.asset,
            quantity=quantity,
            unit_price=price,
            total_value=value,
            name=self._free(texts, "name").strip(),
            account=account or self._context.account or self._table.title,
            custody=bool(account or self._context.account),
            chain=chain,
            protocol=protocol,
            layer=layer,
            operators=operators,
            services=services,
            opened_on=opened_on,
            reward_rate=rate,
            status=self._status(texts),
            notes="\n".join(filter(None, notes)),
        )
        verdict = Verdict.ASK if waits else Verdict.ADD
        shown = holding if quantity is not None else None
        return Row(
            record.line,
            number,
            verdict,
            asset=asset,
            symbol=identity.symbol,
            holding=shown,
            waits=tuple(waits),
            amount="" if shown else cells.shown(cells.clean(texts[self._at["quantity"]])),
            whose="" if shown else holding.account,
        )

    # -- one field each ---------------------------------------------------------------------------------

    def _quantity(self, texts: list[str], asset: str, waits: list[str]) -> Decimal | None:
        rule, cell = self._numbers["quantity"], texts[self._at["quantity"]]
        quantity = quantity_cell(rule, cell, self._name("quantity"), asset)
        if quantity is None:
            waits.append(rule.question)
        elif not quantity:
            raise Unfit("quantity_zero", self._name("quantity"), cell)
        if warning := rounded_warning(cell, self._name("quantity")):
            self._warn(warning)
        return quantity

    def _money(self, texts: list[str], field: str, waits: list[str]) -> Decimal | None:
        """Return the price of one unit or the value of all; None: not given, or not in the right currency."""
        if field not in self._at:
            return None
        rule, name = self._numbers[field], self._name(field)
        cell = texts[self._at[field]]
        price, currency = price_cell(rule, cell, name)
        if price is None:
            if rule.read(cell).trouble:
                waits.append(rule.question)
            return None
        own = currency_of(name)
        if self._context.currency != own:
            self._warn(
                f"Prices in “{name}” are in {own}, the portfolio is in {self._context.currency}: left empty."
            )
            return None
        if currency not in ("", own):
            self._warn(f"Some prices in “{cells.shown(name)}” are not in {own}; they are left empty.")
            return None
        return price

    def _day(self, texts: list[str], waits: list[str]) -> date | None:
        if "opened_on" not in self._at:
            return None
        cell = texts[self._at["opened_on"]]
        day = self._dates.read(cell)
        if day.trouble == "ask":
            waits.append(self._dates.question)
        elif day.trouble:
            code = "date_out_of_range" if day.trouble == "range" else "date_invalid"
            raise Unfit(code, self._name("opened_on"), cell)
        return day.value

    def _rate(self, texts: list[str], waits: list[str], line: int) -> float | None:
        if "reward_apr" not in self._at:
            return None
        rule, cell = self._numbers["reward_apr"], texts[self._at["reward_apr"]]
        number = rule.read(cell)
        if number.trouble == "ask":
            waits.append(rule.question)
        elif number.trouble or number.unit not in ("", "%"):
            code = "decimal_minority" if number.trouble == "minority" else "rate_invalid"
            raise Unfit(code, self._name("reward_apr"), cell)
        if number.value is None:
            return None
        if self._rate_unit is None:
            waits.append("rate_unit")
            self._context.inquiry.add_lines("rate_unit", (line,))
        fraction = self._rate_unit == "fraction"
        return float(number.value if fraction else number.value.scaleb(-2))

    def _only_held(
        self, identity: Identity, chain: str, rate: float | None, line: int
    ) -> tuple[str, float | None, str]:
        """Return layer, rate and note of a row that names only its asset: a rate alone stakes nothing."""
        if identity.layer or not rate:
            return identity.layer, rate, ""
        staked = self._context.tokens.staked(identity.asset, chain, line)
        if staked is False:
            return "", None, rate_note(rate)
        return "staking" if staked else "", rate, ""

    def _layer(self, texts: list[str], waits: list[str], line: int) -> tuple[str, str]:
        word = self._clean(texts, "layer")
        if not word:
            return "", ""
        layer, question = self._context.tokens.layer(word, line)
        if question:
            waits.append(question)
        return layer, "" if layer else f"Layer: {word}"

    def _protocol(self, texts: list[str], asset: str, line: int) -> str:
        word = self._clean(texts, "protocol")
        return self._context.tokens.protocol(word, asset, line) if word else ""

    def _status(self, texts: list[str]) -> str:
        word = self._clean(texts, "status").lower()
        if word and word not in _STATUSES:
            raise Unfit("status_unknown", self._name("status"), word)
        return word or Status.ACTIVE

    def _list(self, texts: list[str], field: str) -> tuple[str, ...]:
        text = self._clean(texts, field)
        if not text:
            return ()
        parts = [part for part in map(str.strip, text.split(";")) if part]
        names = [without_share(part) for part in parts]
        if names != parts:
            self._warn(
                f"“{cells.shown(text)}” in “{self._name(field)}” gives shares, which cannot be read yet: "
                "the names come in without them."
            )
        return tuple(filter(None, names))

    def _clean(self, texts: list[str], field: str) -> str:
        index = self._at.get(field)
        return "" if index is None else cells.word(texts[index])

    def _free(self, texts: list[str], field: str) -> str:
        index = self._at.get(field)
        return "" if index is None else cells.free_text(texts[index])

    def _name(self, field: str) -> str:
        return column_name(self._table, field)

    def _warn(self, sentence: str) -> None:
        self.warnings.setdefault(sentence)


_STATUSES = frozenset(map(str, Status))

FORMAT = Format("generic", "Position table", fits, read, known_program=False)
