"""Bitvavo: its list of transactions, each with the zone of its time."""

from collections.abc import Sequence

from desktop_app.csv_import import dates, layouts, ledger
from desktop_app.csv_import.format import Format, Reading, Table
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Columns: public importers' lists of the header; types and states: what two of them read.
_FITS = layouts.ordered(
    "ledger",
    "Timezone=zone,Date=time,Time=clock,Type=type,Currency=asset,Amount=amount,Quote Currency,Quote Price,"
    "Received / Paid Currency=paid_asset,Received / Paid Amount=paid,Fee currency=fee_asset,Fee amount=fee,"
    "Status=status,Transaction ID=id,Address",
)

_REWARDS = frozenset({"staking", "staking reward", "fixed staking"})
_IN = _REWARDS | {"buy", "deposit", "affiliate", "rebate", "distribution", "reward"}
_OUT = frozenset({"sell", "withdrawal"})
_INSIDE = frozenset({"internal transfer", "withdrawal cancelled"})
_DONE = frozenset({"completed", "distributed"})
_OPEN = frozenset({"pending", "processing", "awaiting processing", "awaiting email confirmation"})


def read(table: Table) -> Reading:
    """Return the rows, each with the moment that day, clock and zone give together."""
    return ledger.read(table.joined("time", "clock", "zone"), _RULES)


def _legs(line: Line) -> Sequence[Leg]:
    """Return the coin, what was received or paid for it, and the fee, which comes on top."""
    status, kind = line.word("status"), line.word("type").replace("_", " ")
    if status not in _DONE:
        raise line.skip("not_settled" if status in _OPEN else "failed", "status")
    if kind in _INSIDE:
        return []
    if kind not in _IN | _OUT:
        raise line.reject("type_unknown", "type")
    asset = line.asset()
    sign = 1 if kind in _IN else -1
    legs = [Leg(asset, sign * abs(line.moving(asset=asset)), reward=kind in _REWARDS)]
    if kind in {"buy", "sell"}:
        paid = line.asset("paid_asset")
        legs.append(Leg(paid, -sign * abs(line.moving("paid", paid))))
    if fee := line.fee(asset=line.text("fee_asset")):
        legs.append(Leg(line.asset("fee_asset"), -abs(fee)))
    return legs


_RULES = Rules(
    _legs,
    moment=dates.zoned,
    date_format="YYYY-MM-DD HH:MM:SS zone",
    identity=("id", "type", "asset"),
    nth=True,
)

FORMAT = Format("bitvavo", "Bitvavo", _FITS, read, exchange=True)
