"""rotki: its export of history events; the columns behind the first ones depend on what is in the file."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import dates, layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules
from desktop_app.csv_import.rotki_assets import located

# Columns: rotki/rotki (2026-08-21), rotkehlchen/history/events/structures/base.py; the form of the time is a
# setting, by default "%d/%m/%Y %H:%M:%S %Z" (rotkehlchen/db/settings.py), rows in issue 10997.
_FITS = layouts.any_order(
    "ledger",
    (
        "timestamp=time",
        "event_type=type",
        "event_subtype=subtype",
        "location=location",
        "location_label=account",
        "asset=asset",
        "asset_symbol=symbol",
        "amount=amount",
        "direction=direction",
    ),
    ("identifier=id", "counterparty=protocol", "entry_type=entry", "validator_index=validator"),
)

_SIGNS = {"in": 1, "out": -1}


def _legs(line: Line) -> Sequence[Leg]:
    """Return what an event moves; a neutral one moves nothing, however large its amount."""
    direction = line.word("direction")
    if direction in {"", "neutral"}:
        return []
    if direction not in _SIGNS:
        raise line.reject("type_unknown", "direction")
    asset, chain = located(line.asset(), line.context.tokens, line.names[0])
    symbol = line.text("symbol") or asset
    kind, subtype = line.word("type"), line.word("subtype")
    return [
        Leg(
            symbol,
            _SIGNS[direction] * abs(line.amount(asset=symbol)),
            reward=kind == "staking" and subtype == "reward",
            account=" ".join(filter(None, (line.text("location"), line.text("account")))),
            chain=chain,
            address=asset if chain else "",
        )
    ]


_RULES = Rules(
    _legs, moment=partial(dates.zoned, order="dmy"), date_format="DD/MM/YYYY HH:MM:SS zone", identity=("id",)
)

FORMAT = Format("rotki_history", "rotki history", _FITS, partial(ledger.read, rules=_RULES))
