"""Solana: the table of stake accounts that a script makes of the output of `solana stakes`."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from desktop_app.csv_import import cells, layouts, snapshots
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.judging import Judge, column_uses
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Row, Unfit
from desktop_app.csv_import.snapshots import Balances

# Columns: the script as it stands in public code; `solana stake-account` prints balances in SOL.
_REST = (
    "balance=quantity,stake_authority,withdraw_authority,delegated_to=operator,lockup_timestamp=lockup,"
    "checked_at_slot"
)
_FITS = layouts.ordered(
    "snapshot", f"program,account_address=name,{_REST}", f"stake_account_address|account_address=name,{_REST}"
)

_ADDRESS = re.compile(r"[1-9A-HJ-NP-Za-km-z]{32,44}", re.ASCII)
_RENT = Decimal("0.00228288")
_RENT_NOTE = f"The balance includes the rent reserve of the account, {_RENT} SOL, which earns nothing."


def read(table: Table) -> Reading:
    """Return a position for each stake account; what is delegated is staked, with its vote account."""
    judge = Judge(table)
    reader = _StakeReader(table, judge, snapshots.day_of(table.context))
    rows = judge.rows(reader.row)
    return Reading(rows, column_uses(table, {"quantity": (".", None)}), tuple(reader.warnings))


class _StakeReader(Balances):
    """Reads one account after the other."""

    def row(self, record: Record, number: int) -> Row:
        """Return the holding of a row. Raises Unfit where it cannot come in."""
        texts = record.cells
        address, vote = self._address(texts, "name"), self._address(texts, "operator")
        if not address:
            raise Unfit("address_invalid", self.name("name"), texts[self.at["name"]])
        identity = self.table.context.tokens.identify("SOL", "solana", record.line)
        quantity = self.quantity(texts, "SOL")
        held = self.holding(identity, quantity, self.day(texts))
        notes = [held.notes, _RENT_NOTE, self._lockup(texts)]
        held = replace(
            held,
            name=f"Stake account {address}",
            chain="solana",
            layer="staking" if vote else "",
            operators=(vote,) if vote else (),
            notes="\n".join(filter(None, notes)),
        )
        return replace(self.row_of(record, number, "SOL", identity, held), by_name=True)

    def _address(self, texts: list[str], field: str) -> str:
        text = cells.clean(texts[self.at[field]])
        if text and not _ADDRESS.fullmatch(text):
            raise Unfit("address_invalid", self.name(field), text)
        return text

    def _lockup(self, texts: list[str]) -> str:
        """Return the note of an account that is locked up for some more time."""
        text = cells.clean(texts[self.at["lockup"]])
        if cells.is_missing(text) or text == "0":
            return ""
        day = _unix_day(text)
        if day is None:
            raise Unfit("date_invalid", self.name("lockup"), text)
        return f"Locked up until {day.isoformat()}." if day > self.table.context.today else ""


def _unix_day(text: str) -> date | None:
    if not (text.isascii() and text.isdecimal() and len(text) <= 11):
        return None
    return datetime.fromtimestamp(int(text), UTC).date()


FORMAT = Format("solana_stakes", "Solana stake accounts", _FITS, read)
