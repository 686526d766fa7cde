"""Avalanche: the stakes of a wallet on the P-Chain, each with its end and its reward."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from desktop_app.csv_import import dates, layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Columns: the header list of the wallets' staking file in public code.
_FITS = layouts.ordered(
    "ledger",
    "Tx ID=id,Tx Date=time,Type,Node ID=node,Stake Amount=amount,Stake Start=start,Reward Date (Stake "
    "End)=end,"
    "Is Rewarded=rewarded,Reward Amount=reward",
)

_COIN = "AVAX"
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0", ""})
_WALLET = "A stake that has ended lies in the wallet again, whose balance this file does not tell."


def _legs(line: Line) -> Sequence[Leg]:
    """Return a stake and, once it has ended, that it goes back to the wallet with its reward."""
    node = line.text("node")
    stake = Leg(_COIN, abs(line.moving(asset=_COIN)), staked=True, operator=node, chain="avalanche")
    end = dates.moment(line.text("end"))
    if end is None:
        raise line.reject("date_invalid" if line.text("end") else "date_missing", "end")
    tonight = datetime.combine(line.context.today, time(), UTC) + timedelta(days=1)
    if end >= tonight:
        return [stake]
    line.warn(_WALLET)
    back = stake._replace(amount=-stake.amount, at=end)
    rewarded = line.word("rewarded")
    if rewarded not in _YES | _NO:
        raise line.reject("type_unknown", "rewarded")
    reward = abs(line.amount("reward", _COIN)) if rewarded in _YES else Decimal(0)
    if not reward:
        return [stake, back]
    paid = Leg(_COIN, reward, "wallet", reward=True, chain="avalanche", elsewhere=True, at=end)
    return [stake, back, paid]


_RULES = Rules(_legs, date_format="YYYY-MM-DD", identity=("id",))

FORMAT = Format("avalanche", "Avalanche wallet", _FITS, partial(ledger.read, rules=_RULES))
