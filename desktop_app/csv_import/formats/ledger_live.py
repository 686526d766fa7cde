"""Ledger Live: the history of operations of all accounts of a wallet."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import Leg, Line, Rules

# Columns: LedgerHQ/ledger-live, libs/ledger-live-common/src/csvExport.ts; older ones: BittyTax/BittyTax,
# conv/parsers/ledgerlive.py; what a type does to the balance: libs/coin-framework/src/operation.ts.
_FITS = layouts.ordered(
    "ledger",
    *(
        f"Operation Date=time,{status}Currency Ticker=asset,Operation Type=type,Operation Amount=amount,"
        "Operation Fees=fee,Operation Hash=id,Account Name=account,Account xpub|Account id=secret"
        for status in ("Status=status,", "")
    ),
)

_IN = frozenset({"in", "reward", "reward_payout", "withdraw", "supply"})
_OUT = frozenset(
    {
        *("out", "fees", "reveal", "create", "delegate", "undelegate", "redelegate", "opt_in", "opt_out"),
        *("slash", "lock", "redeem", "burn", "associate_token", "contract_call", "update_account"),
    }
)
_FEE_ONLY = frozenset(
    {
        *("bond", "unbond", "rebond", "withdraw_unbonded", "nominate", "chill", "set_controller", "stake"),
        *("unstake", "withdraw_unstaked", "freeze", "unfreeze", "legacy_unfreeze", "undelegate_resource"),
        *("withdraw_expire_unfreeze", "vote", "revoke", "activate", "unlock", "approve", "register"),
    }
)
_STAKING = frozenset({"delegate", "bond", "stake", "freeze", "lock", "nominate"})


def _legs(line: Line) -> Sequence[Leg]:
    """Return the one leg of an operation: its amount, which holds the fee where there is one."""
    kind = line.word("type")
    if line.word("status") == "failed":
        raise line.skip("failed", "status")
    if kind in {"nft_in", "nft_out"}:
        raise line.skip("nft", "type")
    if kind not in _IN | _OUT | _FEE_ONLY:
        raise line.reject("type_unknown", "type")
    if kind in _STAKING:
        line.warn(ledger.UNKNOWN_STAKE)
    asset = line.asset()
    amount, fee = abs(line.amount(asset=asset)), abs(line.fee(asset=asset))
    if kind in _FEE_ONLY:
        amount = fee or amount
    reward = kind in {"reward", "reward_payout"}
    sign = 1 if kind in _IN else -1
    return [Leg(asset, sign * amount, reward=reward, account=line.text("account"))]


_RULES = Rules(
    _legs,
    date_format="YYYY-MM-DDTHH:MM:SS.000Z",
    identity=("id", "type", "asset", "account"),
    nth=True,
)

FORMAT = Format("ledger_live", "Ledger Live", _FITS, partial(ledger.read, rules=_RULES))
