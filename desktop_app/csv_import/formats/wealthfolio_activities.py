"""Wealthfolio: its list of activities."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from desktop_app.csv_import import layouts, ledger
from desktop_app.csv_import.fold import in_order
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.ledger import Leg, Line, Rules
from desktop_app.csv_import.rows import Row
from desktop_app.domain import money

# Columns and types: afadil/wealthfolio (2026-04-27), apps/frontend/public/sample-import.csv and
# src/lib/constants.ts.
_FITS = layouts.ordered(
    "ledger",
    "date=time,type=type,symbol=asset,instrumentType=class,quantity=quantity,unit_price,currency,fee,amount,"
    "comment,fxRate,subtype=subtype",
    "date=time,type=type,symbol=asset,instrumentType=class,quantity=quantity,unit_price,currency,fee,amount",
)

_SIGNS = {"buy": 1, "deposit": 1, "transfer_in": 1, "sell": -1, "withdrawal": -1, "transfer_out": -1}
_NEUTRAL = frozenset({"dividend", "interest", "fee", "tax", "credit"})
_STOCKS = frozenset({"equity", "stock", "etf", "fund", "mutualfund", "bond", "option", "metal"})


def read(table: Table) -> Reading:
    """Return the rows; a split multiplies what the file has led to until then."""
    before = _Activities(None)
    reading = ledger.read(table, before.rules())
    if not before.ratios:
        return reading
    return ledger.read(table, _Activities(_gained(reading.rows, before.ratios)).rules())


def _gained(rows: Iterable[Row], ratios: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Return what the splits, ratios by line, bring or take by line; nothing where there is nothing held."""
    held: dict[str, Decimal] = {}
    gained = {}
    for entry in in_order([row.entry for row in rows if row.entry is not None]):
        line = entry.line
        for slot, amount, _ in entry.moves:
            before = held.get(slot.key, Decimal(0))
            if line not in ratios:
                held[slot.key] = money.total((before, amount))
            elif before > 0:
                held[slot.key] = money.product(before, ratios[line])
                gained[line] = money.difference(held[slot.key], before)
    return gained


class _Activities:
    """Reads rows; ``gained`` is what the splits bring by line, None before that is worked out.

    ``ratios`` are those of the splits that were read.
    """

    def __init__(self, gained: Mapping[int, Decimal] | None) -> None:
        self.ratios: dict[int, Decimal] = {}
        self._gained = gained

    def rules(self) -> Rules:
        """Return the rules of a list of activities."""
        return Rules(self._legs, date_format="YYYY-MM-DD")

    def _legs(self, line: Line) -> Sequence[Leg]:
        """Return what an activity moves; a staking reward is interest that raises the quantity."""
        kind = line.word("type")
        reward = kind == "interest" and line.word("subtype") == "staking_reward"
        if kind not in _SIGNS and kind not in _NEUTRAL and kind != "split":
            raise line.reject("type_unknown", "type")
        if line.word("class") in _STOCKS:
            raise line.skip("not_crypto", "class")
        if (kind in _NEUTRAL and not reward) or line.text("asset").startswith("$CASH"):
            return []
        asset = line.asset()
        if kind == "split":
            return [Leg(asset, self._split(line, asset))]
        amount = abs(line.moving("quantity", asset))
        return [Leg(asset, amount if reward else _SIGNS[kind] * amount, reward=reward)]

    def _split(self, line: Line, asset: str) -> Decimal:
        """Return what a split brings; its quantity is the ratio of after to before."""
        ratio = line.moving("quantity", asset)
        if ratio < 0:
            raise line.reject("quantity_negative", "quantity")
        self.ratios[line.number] = ratio
        if self._gained is None:
            return Decimal(0)
        if line.number not in self._gained:
            raise line.reject("nothing_to_split", "asset")
        return self._gained[line.number]


FORMAT = Format("wealthfolio_activities", "Wealthfolio activities", _FITS, read)
