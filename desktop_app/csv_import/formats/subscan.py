"""Subscan (Polkadot and its relatives): transfers of an address, and what a nomination pool paid out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.csv_import import addresses, layouts, ledger
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.ledger import Leg, Line, Rules
from desktop_app.csv_import.questions import Question

# Layouts, and that the file's name tells network and address: BittyTax/BittyTax, conv/parsers/subscan.py.
_PAID = "Value=amount,Action,Time=time"
_FITS = layouts.either(
    layouts.ordered(
        "ledger",
        "Extrinsic ID=id,Date=time,Block,Hash,Symbol=asset,From=from,To=to,Value=amount,Result=result",
        "Extrinsic ID=id,Block,Block Timestamp=time,From=from,To=to,Value=amount,Symbol=asset,Result=result,"
        "Hash",
    ),
    layouts.ordered(
        "rewards",
        *(
            f"Event ID=event,{block}Extrinsic ID,{pool}{_PAID}"
            for block in ("Block,", "")
            for pool in ("Pool,", "Pool,Pool,")
        ),
    ),
)

_ADDRESS = re.compile(r"[1-9A-HJ-NP-Za-km-z]{46,48}", re.ASCII)
_COINS = {"polkadot": "DOT", "kusama": "KSM"}
_TRANSFERS_ONLY = "The file has transfers only: fees, rewards and what is bonded are not in it."


def read(table: Table) -> Reading:
    """Return the rows; the own address tells what comes in, the network which coin a pool pays."""
    name = table.context.file_name
    pairs = list(_pairs(table))
    named = [address for address in dict.fromkeys(a for pair in pairs for a in pair) if address in name]
    own, candidates = addresses.owner(named, pairs)
    network = next((network for network in _COINS if network in name.casefold()), "")
    explorer = _Explorer(own, candidates, network)
    if table.fit.kind == "rewards":
        return ledger.read(table, Rules(explorer.paid, identity=("event",), holds=False))
    return ledger.read(table, Rules(explorer.moved, identity=("id", "from", "to", "amount"), nth=True))


def _pairs(table: Table) -> Iterator[tuple[str, ...]]:
    """Yield sender and recipient of each row, as far as they are addresses."""
    sides = [table.fit.columns[field] for field in ("from", "to") if field in table.fit.columns]
    for record in table.records:
        texts = [record.cells[at].strip() for at in sides if at < len(record.cells)]
        if pair := tuple(filter(_ADDRESS.fullmatch, texts)):
            yield pair


@dataclass(frozen=True)
class _Explorer:
    own: str
    candidates: tuple[str, ...]
    network: str

    def moved(self, line: Line) -> Sequence[Leg]:
        """Return a transfer, to the own address or away from it. Addresses differ by the case of letters."""
        line.warn(_TRANSFERS_ONLY)
        if line.word("result") != "true":
            raise line.skip("failed", "result")
        asset = line.asset()
        amount = line.amount(asset=asset)
        if not amount:
            raise line.skip("zero", "amount")
        own = self.own or addresses.ask_owner(line, self.candidates, _ADDRESS.fullmatch)
        if not own:
            return []
        sides = line.text("from"), line.text("to")
        if own not in sides:
            raise line.reject("not_own", "from")
        sign = (sides[1] == own) - (sides[0] == own)
        return [Leg(asset, sign * abs(amount), chain=self.network)] if sign else []

    def paid(self, line: Line) -> Sequence[Leg]:
        """Return what a pool paid out: income of which no file of this kind tells the balance."""
        coin = _COINS.get(self.network) or self._asked(line)
        return [Leg(coin, line.amount(asset=coin), reward=True, chain=self.network)]

    @staticmethod
    def _asked(line: Line) -> str:
        question = Question(
            "coin",
            "Subscan's file of a pool does not say which coin it pays, and its name names no network. Which "
            "is it?",
            choices=tuple(_COINS.values()),
            default=_COINS["polkadot"],
        )
        return line.ask(question) or _COINS["polkadot"]


def _account(file_name: str) -> str:
    found = _ADDRESS.search(file_name)
    return found[0] if found else ""


FORMAT = Format("subscan", "Subscan", _FITS, read, account_in=_account)
