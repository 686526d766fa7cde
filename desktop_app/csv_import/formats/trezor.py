"""Trezor Suite: the transactions of one account."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.csv_import import cells, layouts, ledger
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.ledger import Leg, Line, Rules
from desktop_app.csv_import.questions import Question

# Columns and types: trezor/trezor-suite (2024-10-25), packages/suite/src/utils/wallet/
# exportTransactionsUtils.ts.
_FITS = layouts.ordered(
    "ledger",
    "Timestamp=time,Date,Time,Type=type,Transaction ID=id,Fee=fee,Fee unit=fee_asset,Address=address,"
    "Label,Amount=amount,Amount unit=asset,Fiat ({}),Other",
)

_EVM = re.compile(r"0x[0-9a-fA-F]{40}")
_OWN = "own_address"
_OPEN = frozenset({"joint", "contract", "unknown"})
_DIRECTIONS = {"in": "recv", "out": "sent", "neither": "self"}


def read(table: Table) -> Reading:
    """Return the rows of an account; what comes in is told by the account's own address."""
    return ledger.read(table, Rules(_Account(_own(table)).legs, date_format="Unix seconds"))


def _own(table: Table) -> str:
    """Return the address at which most was received, "" if nothing was; else the user is asked."""
    at = table.fit.columns
    found = Counter(
        record.cells[at["address"]].strip().lower()
        for record in table.records
        if len(record.cells) > max(at.values()) and cells.clean(record.cells[at["type"]]).upper() == "RECV"
    )
    return found.most_common(1)[0][0] if found else ""


@dataclass(frozen=True)
class _Account:
    own: str

    def legs(self, line: Line) -> Sequence[Leg]:
        """Return the amount of a row, signed, and the fee on the first row of its transaction."""
        kind = line.word("type")
        if kind not in {"recv", "sent", "self", "failed", *_OPEN}:
            raise line.reject("type_unknown", "type")
        if line.text("amount").upper().startswith("ID "):
            raise line.skip("nft", "amount")
        kind = _told(line, kind) if kind in _OPEN else kind
        legs = self._moved(line, kind) if kind in {"recv", "sent"} else []
        fee = line.fee("fee", line.text("fee_asset"))
        return [*legs, Leg(line.asset("fee_asset"), -fee)] if fee else legs

    def _moved(self, line: Line, kind: str) -> list[Leg]:
        asset = line.asset()
        amount = abs(line.amount("amount", "" if _EVM.fullmatch(asset) else asset))
        comes_in = kind == "recv" or line.word("address") == self._address(line)
        contract = asset if _EVM.fullmatch(asset) else ""
        sign = 1 if comes_in else -1
        return [Leg(asset, sign * amount, address=contract, chain="ethereum" if contract else "")]

    def _address(self, line: Line) -> str:
        if self.own:
            return self.own
        question = Question(
            _OWN,
            "In a file of Trezor Suite tokens that come in stand as sent to the account's own address, and "
            "no row tells which that is. Which is it?",
        )
        answer = line.ask(question, lambda text: bool(text.strip()))
        return (answer or "").strip().lower()


def _told(line: Line, kind: str) -> str:
    """Return the type that the user makes of one that tells no direction; meanwhile it moves nothing."""
    question = Question(
        f"direction:{kind.upper()}",
        f"Rows of the type {kind.upper()} do not tell which way the coins went. Did they come in or go out?",
        choices=tuple(_DIRECTIONS),
    )
    return _DIRECTIONS[line.ask(question) or "neither"]


FORMAT = Format("trezor", "Trezor Suite", _FITS, read)
