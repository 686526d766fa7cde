"""rotki: its balances snapshot, written for another rotki or for people (with symbols)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.csv_import import cells
from desktop_app.csv_import.columns import date_column
from desktop_app.csv_import.format import Fit, Format, Reading, Table
from desktop_app.csv_import.judging import Judge, asset_cell, column_uses, identity_of
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rotki_assets import located
from desktop_app.csv_import.rows import Row, Unfit, Verdict
from desktop_app.csv_import.snapshots import Balances

# Names and order: rotki/rotki (2026-08-21), rotkehlchen/db/utils.py (DBAssetBalance, LocationData).
_FOR_ROTKI = ("timestamp", "category", "assetidentifier", "amount", "usdvalue")
_FOR_PEOPLE = ("timestamp", "category", "asset", "assetsymbol", "amount")
_ACCOUNTS = ("address", "addressextras", "chain", "label", "tags")
_VALUE = re.compile(r"([a-z]{2,10})value")
_LOCATIONS = re.compile(r"timestamp location [a-z]{2,10}value")


def fits(names: Sequence[str]) -> Fit | None:
    """Fit the names of a balances file in their order; values per location and accounts fit to be refused."""
    if tuple(names[: len(_FOR_ROTKI)]) == _FOR_ROTKI:
        return Fit("snapshot", {"date": 0, "category": 1, "asset": 2, "quantity": 3, "value": 4}, len(names))
    if tuple(names[:5]) == _FOR_PEOPLE and len(names) > 5 and _VALUE.fullmatch(names[5]):
        return Fit("snapshot", {"date": 0, "category": 1, "asset": 2, "quantity": 4, "value": 5}, len(names))
    if tuple(names) == _ACCOUNTS:
        refusal = (
            "is rotki's list of accounts: addresses, but no balances; import balances_snapshot_import.csv."
        )
        return Fit("reference", {}, len(names), refusal)
    if _LOCATIONS.fullmatch(" ".join(names)):
        refusal = "has rotki's values per location, but no holdings; import balances_snapshot_import.csv."
        return Fit("reference", {}, len(names), refusal)
    return None


def read(table: Table) -> Reading:
    """Return the balances; liabilities and NFTs are skipped."""
    judge = Judge(table)
    context = table.context
    dates = date_column(table.names[0], judge.values("date"), context.today, context.inquiry)
    reader = _BalanceReader(table, judge, dates)
    rows = judge.rows(reader.row)
    written = {
        "quantity": (".", None),
        "value": (".", None),
        "date": (None, ", ".join(dates.forms) or None),
    }
    return Reading(rows, column_uses(table, written), tuple(reader.warnings))


class _BalanceReader(Balances):
    """Reads one row after the other. No row says where its balance lies, so all are in one account."""

    def row(self, record: Record, number: int) -> Row:
        """Return the holding of a row. Raises Unfit where it cannot come in or is no holding."""
        texts, context = record.cells, self.table.context
        day = self.day(texts)
        self._check_category(texts)
        written = asset_cell(texts[self.at["asset"]], self.name("asset"))
        asset, chain = located(written, context.tokens, self.name("asset"))
        identity = identity_of(self.table, asset, chain, record.line)
        quantity = self.quantity(texts, asset, money=identity.money)
        value = self._total(texts)
        holding = replace(
            self.holding(identity, quantity, day),
            total_value=value,
            priced_on=None if value is None else day,
            chain=chain,
        )
        return self.row_of(record, number, written, identity, None if identity.money else holding)

    def _check_category(self, texts: list[str]) -> None:
        category = cells.clean(texts[self.at["category"]]).lower()
        if category == "liability":
            raise Unfit("liability", self.name("category"), category, Verdict.SKIP)
        if category != "asset":
            raise Unfit("type_unknown", self.name("category"), category)

    def _total(self, texts: list[str]) -> Decimal | None:
        """Return the value of the whole balance in the portfolio's currency; rotki writes 0 for unknown."""
        value, _ = self.price(texts, "value")
        if not value:
            self.warn("Some balances have no value in the file; their prices are left empty.")
            return None
        own = self.table.context.currency
        currency = _VALUE.fullmatch(cells.normal_name(self.name("value")))
        if currency is None or currency[1].upper() != own:
            self.warn(
                f"The values in the file are not in {own}, the portfolio's currency; they are left empty."
            )
            return None
        return value


FORMAT = Format("rotki", "rotki", fits, read)
