"""Zerion: the history of an address, a row a transaction, with all its changes as JSON."""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from desktop_app.csv_import import addresses, layouts, ledger, numbers, offers
from desktop_app.csv_import.cells import shown
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Columns and the JSON: BittyTax/BittyTax, conv/parsers/zerion.py.
_FITS = layouts.ordered(
    "ledger",
    "Date=time,Time=clock,Transaction Type=type,Status=status,Application=application,Accounting Type,"
    "Buy Amount=received,Buy Currency=received_asset,Buy Currency Address=received_address,Buy Fiat Amount,"
    "Buy Fiat Currency,Sell Amount=sent,Sell Currency=sent_asset,Sell Currency Address=sent_address,"
    "Sell Fiat Amount,Sell Fiat Currency,Fee Amount=fee,Fee Currency=fee_asset,Fee Fiat Amount,Fee Fiat "
    "Currency,"
    "Sender,Receiver,Tx Hash=id,Link,Timestamp,Changes JSON=changes",
)

_LOCAL = "The times of this file are local and name no zone; they are read as UTC."
_INTO, _OUT_OF = frozenset({"deposit", "stake"}), frozenset({"withdraw", "unstake"})


def read(table: Table) -> Reading:
    """Return the rows, each with the moment that day and clock give together."""
    return ledger.read(table.joined("time", "clock"), _RULES)


def _legs(line: Line) -> Sequence[Leg]:
    """Return what comes in, what goes out and the fee; of what is not confirmed only the fee."""
    line.warn(_LOCAL)
    legs = list(_changes(line)) if line.word("status") == "confirmed" else []
    legs.extend(_kept(line, tuple(legs)))
    if fee := line.fee(asset=line.text("fee_asset")):
        legs.append(Leg(line.asset("fee_asset"), -abs(fee)))
    if not legs and line.word("status") != "confirmed":
        raise line.skip("failed", "status")
    return legs


def _changes(line: Line) -> Iterator[Leg]:
    """Yield the changes of a transaction: from the JSON, without one from the cells, a line each."""
    cells = [leg for field, sign in (("received", 1), ("sent", -1)) for leg in _listed(line, field, sign)]
    text = line.text("changes")
    if not text:
        yield from cells
        return
    contracts = {leg.asset: leg.address for leg in cells}
    for change in _json(line, text):
        asset, amount = str(change.get("symbol") or "").strip(), numbers.parse(str(change.get("amount")), ".")
        if change.get("type") not in ("in", "out") or not asset or amount is None:
            raise line.reject("quantity_invalid", "changes")
        yield Leg(
            asset, abs(amount) * (1 if change["type"] == "in" else -1), address=contracts.get(asset, "")
        )


def _json(line: Line, text: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(change, dict) for change in found):
        raise line.reject("quantity_invalid", "changes")
    return found


def _listed(line: Line, field: str, sign: int) -> Iterator[Leg]:
    """Yield what the cells of one side list, line by line."""
    parts = [line.text(f"{field}{end}").splitlines() for end in ("", "_asset", "_address")]
    amounts, assets, contracts = parts
    if len(amounts) != len(assets):
        raise line.reject("quantity_missing" if not amounts else "quantity_invalid", field)
    contracts += [""] * len(assets)
    for amount, asset, contract in zip(amounts, assets, contracts, strict=False):
        value = numbers.parse(amount.strip(), ".")
        if value is None:
            raise line.reject("quantity_invalid", field)
        address = contract.strip() if addresses.EVM.fullmatch(contract.strip()) else ""
        yield Leg(asset.strip(), sign * abs(value), address=address)


def _kept(line: Line, legs: Sequence[Leg]) -> Iterator[Leg]:
    """Yield the other side of what goes into an application, or comes back, if it is kept as a position."""
    application, kind = line.text("application"), line.word("type")
    if not application or len({leg.amount > 0 for leg in legs}) != 1:
        return
    goes_in = kind in _INTO and legs[0].amount < 0
    comes_back = kind in _OUT_OF and legs[0].amount > 0
    for leg in legs:
        other = leg._replace(amount=-leg.amount, place=application, protocol=application)
        if goes_in:
            text = (
                f"Coins went into {shown(application)} and nothing came back: keep them as a position there?"
            )
            yield from offers.offered(line, application, text, other)
        elif comes_back and offers.is_taken(line, application):
            yield other


_RULES = Rules(_legs, date_format="YYYY-MM-DD HH:MM:SS, local", identity=("id",), nth=True)

FORMAT = Format("zerion", "Zerion", _FITS, read)
