"""rotki: the file of generic events that users write for it."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules
from desktop_app.csv_import.rotki_assets import located

# Columns and types: rotki/rotki (2026-08-21), rotkehlchen/data_import/importers/rotki_events.py.
_FITS = layouts.ordered(
    "ledger",
    "Type=type,Location=account,Currency=asset,Amount=amount,Fee=fee,Fee Currency=fee_asset,Description,"
    "Timestamp=time",
)

_IN, _OUT = {"deposit", "income", "staking"}, {"withdrawal", "loss", "spend"}


def _legs(line: Line) -> Sequence[Leg]:
    """Return the amount in or out of the location, and the fee."""
    kind = line.word("type")
    if kind not in _IN | _OUT:
        raise line.reject("type_unknown", "type")
    asset, chain = located(line.asset(), line.context.tokens, "Currency")
    account = line.text("account")
    moves = kind in {"deposit", "withdrawal"}
    amount = abs(line.moving(asset=asset) if moves else line.amount(asset=asset))
    sign = 1 if kind in _IN else -1
    legs = [Leg(asset, sign * amount, reward=kind == "staking", account=account, chain=chain)]
    if fee := line.fee("fee", line.text("fee_asset")):
        legs.append(Leg(line.asset("fee_asset"), -abs(fee), account=account))
    return legs


_RULES = Rules(_legs, date_format="Unix milliseconds")

FORMAT = Format("rotki_events", "rotki events", _FITS, partial(ledger.read, rules=_RULES))
