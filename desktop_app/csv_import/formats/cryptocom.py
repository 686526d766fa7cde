"""Crypto.com: the transactions of its app; what is locked up there stays a position."""

from collections.abc import Sequence
from functools import partial

from desktop_app.csv_import import layouts, ledger
from desktop_app.csv_import.format import Format
from desktop_app.csv_import.ledger import LOCKED, Leg, Line, Rules

# Columns and kinds: BittyTax/BittyTax, conv/parsers/cryptocom.py.
_FITS = layouts.ordered(
    "ledger",
    "Timestamp (UTC)=time,Transaction Description=description,Currency=asset,Amount=amount,"
    "To Currency=to_asset,To Amount=to,Native Currency,Native Amount,Native Amount (in USD),"
    "Transaction Kind=type",
)

_STAKING = "finance.dpos.{}.crypto_wallet"
_TRADES = frozenset(
    {
        *("viban_purchase", "van_purchase", "crypto_viban_exchange", "crypto_exchange"),
        *("crypto_to_van_sell_order", "trading.limit_order.fiat_wallet.sell_commit", "recurring_buy_order"),
    }
)
_NEUTRAL = ("dynamic_coin_swap_bonus_exchange_deposit", "trading.limit_order.")
_SIGNED = frozenset({"crypto_transfer", "crypto_purchase"})
_REWARDS = frozenset(
    {
        *("crypto_earn_interest_paid", "crypto_earn_extra_interest_paid", "mco_stake_reward"),
        *("supercharger_reward_to_app_credited", _STAKING.format("non_compound_interest")),
        *(_STAKING.format("compound_interest"), "finance.lockup.dpos_compound_interest.crypto_wallet"),
    }
)
_SIGNS: dict[tuple[int, int], tuple[str, ...]] = {
    (1, 0): (
        *("crypto_deposit", "exchange_to_crypto_transfer", "referral_bonus", "referral_gift"),
        *("referral_card_cashback", "transfer_cashback", "reimbursement", "gift_card_reward"),
        *("admin_wallet_credited", "campaign_reward", "rewards_platform_deposit_credited"),
        *("dust_conversion_credited", "dynamic_coin_swap_credited", "interest_swap_credited"),
        *("crypto_wallet_swap_credited", "crypto_earn_interest_paid", "crypto_earn_extra_interest_paid"),
        *("mco_stake_reward", "supercharger_reward_to_app_credited"),
        _STAKING.format("non_compound_interest"),
    ),
    (-1, 0): (
        *("crypto_withdrawal", "crypto_to_exchange_transfer", "crypto_payment", "card_top_up"),
        *("card_cashback_reverted", "reimbursement_reverted", "dust_conversion_debited"),
        *("dynamic_coin_swap_debited", "interest_swap_debited", "crypto_wallet_swap_debited"),
    ),
    (-1, 1): (
        *("lockup_lock", "lockup_upgrade", "crypto_earn_program_created", "supercharger_deposit"),
        *("council_node_deposit_created", "finance.lockup.dpos_lock.crypto_wallet"),
        _STAKING.format("staking"),
    ),
    (1, -1): (
        *("lockup_unlock", "crypto_earn_program_withdrawn", "supercharger_withdrawal"),
        *("finance.lockup.dpos_unlock.crypto_wallet", _STAKING.format("unstaking")),
    ),
    (0, 1): (
        *("lockup_swap_credited", "finance.lockup.dpos_compound_interest.crypto_wallet"),
        _STAKING.format("compound_interest"),
    ),
    (0, -1): ("lockup_swap_debited",),
}
_MOVES = {kind: signs for signs, kinds in _SIGNS.items() for kind in kinds}
"""What a kind does to the coins in the wallet and to those that are locked up."""


def _legs(line: Line) -> Sequence[Leg]:
    """Return what a row moves; a lock-up is written with one leg, and so is its end."""
    kind, asset = line.word("type"), line.asset()
    if kind.startswith(_NEUTRAL) and kind not in _TRADES:
        return []
    amount = line.moving(asset=asset)
    if kind in _TRADES:
        to = line.asset("to_asset")
        return [Leg(asset, -abs(amount)), Leg(to, abs(line.moving("to", to)))]
    if kind in _SIGNED:
        return [Leg(asset, amount)]
    if kind not in _MOVES:
        return _without_kind(line, kind, Leg(asset, amount))
    wallet, locked = (sign * abs(amount) for sign in _MOVES[kind])
    reward = kind in _REWARDS
    legs = [Leg(asset, wallet, reward=reward), Leg(asset, locked, LOCKED, staked=True, reward=reward)]
    return [leg for leg in legs if leg.amount]


def _without_kind(line: Line, kind: str, leg: Leg) -> list[Leg]:
    """Return a transfer of the fiat wallet, whose rows have no kind but a description."""
    description = line.word("description")
    if kind or not ("deposit" in description or "withdrawal" in description):
        raise line.reject("type_unknown", "type")
    return [leg._replace(amount=-abs(leg.amount) if "withdrawal" in description else abs(leg.amount))]


_RULES = Rules(_legs)

FORMAT = Format("cryptocom", "Crypto.com", _FITS, partial(ledger.read, rules=_RULES), exchange=True)
