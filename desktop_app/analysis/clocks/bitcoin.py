"""Babylon in Bitcoin blocks, and what is built on it: LBTC, SolvBTC, xSolvBTC."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from desktop_app.analysis.clocks.answer import CHECKED, DAY, Answer, Wait, until
from desktop_app.domain.catalogue import Source
from desktop_app.errors import UserError

BLOCK = 600
"""Seconds expected; a Bitcoin block can take less or more."""

OLD_BLOCKS, NEW_BLOCKS = 1008, 301
TIMELOCK = 64_000
LAST_OLD_VERSION = 4
"""Stakes of parameter versions 0 to 4 keep 1008 blocks."""

PARAMETERS_SOURCE = Source(
    "https://github.com/babylonlabs-io/babylon/blob/ced926192aba4cfdad040d5c99691cac8b8afdbf/app/upgrades/v1/"
    "mainnet/btcstaking_params.go",
    "2025-04-04",
    verified=True,
    checked=CHECKED,
)
PROPOSED_SOURCE = Source(
    "https://forum.babylon.foundation/t/reduce-btc-stake-unbonding-delay-from-1008-to-301-bitcoin-blocks/661",
    "undated",
    verified=False,
    checked=CHECKED,
)
LOMBARD_SOURCE = Source(
    "https://docs.lombard.finance/developers/lombard-sdk-v3/guide-redeem-lbtc-for-btc",
    "undated",
    verified=True,
    checked=CHECKED,
)
XSOLV_SOURCE = Source(
    "https://app.solv.finance/xsolvbtc?network=bnb-chain", "undated", verified=True, checked=CHECKED
)
SOLV_SOURCE = Source(
    "https://docs.solv.finance/key-products/solvbtc-1/minting-and-redemption",
    "undated",
    verified=False,
    checked=CHECKED,
)


def unbonding(
    blocks: int | None = None,
    version: int | None = None,
    unbonding_block: int | None = None,
    requested: datetime | None = None,
) -> Answer:
    """Return in which block unbonded BTC can be spent; the parameter version of the stake fixes the blocks.

    A time is only expected: blocks have no shortest and no longest. Slashable all the while.
    """
    blocks, source = _blocks(blocks, version)
    return Answer(
        source,
        Wait(typical=Fraction(blocks * BLOCK)),
        requested,
        claimable_block=None if unbonding_block is None else unbonding_block + blocks,
        figures={"blocks": blocks},
    )


def expiry(staking_block: int, blocks: int, timelock: int = TIMELOCK) -> Answer:
    """Return in which block a stake is spendable that nobody unbonds, and from which it earns nothing."""
    if blocks > timelock:
        raise UserError("The timelock is shorter than the unbonding.", "Enter a larger timelock.")
    return Answer(
        PARAMETERS_SOURCE,
        Wait(typical=Fraction(timelock * BLOCK)),
        claimable_block=staking_block + timelock,
        figures={"inactive_from_block": staking_block + timelock - blocks},
    )


def slashing(
    stake_sat: int, fee_sat: int, rate: Fraction = Fraction(1, 1000), blocks: int = NEW_BLOCKS
) -> Answer:
    """Return what a slash burns and returns, in sat; the fee signed in advance is lost too."""
    burned = int(stake_sat * rate)
    returned = stake_sat - burned - fee_sat
    if returned < 0 or stake_sat == 0:
        raise UserError("The stake is too small to pay the fee.", "Enter a larger stake_sat.")
    return Answer(
        PARAMETERS_SOURCE,
        Wait(typical=Fraction(blocks * BLOCK)),
        figures={
            "burned_sat": burned,
            "returned_sat": returned,
            "effective_loss": rate + Fraction(fee_sat, stake_sat),
        },
    )


def lombard(
    blocks: int | None = None, version: int | None = None, requested: datetime | None = None
) -> Answer:
    """Return the longest wait for BTC from LBTC: Babylon's unbonding and two days."""
    if blocks is None and version is None:
        blocks = OLD_BLOCKS
    blocks, _ = _blocks(blocks, version)
    return Answer(LOMBARD_SOURCE, Wait(maximum=Fraction(blocks * BLOCK + 2 * DAY)), requested)


def _blocks(blocks: int | None, version: int | None) -> tuple[int, Source]:
    if blocks is not None:
        return blocks, PROPOSED_SOURCE if blocks == NEW_BLOCKS else PARAMETERS_SOURCE
    if version is None:
        raise UserError("Babylon's blocks are missing.", "Enter blocks (301 or 1008) or version.")
    return (OLD_BLOCKS, PARAMETERS_SOURCE) if version <= LAST_OLD_VERSION else (NEW_BLOCKS, PROPOSED_SOURCE)


# -- Solv's calendars ----------------------------------------------------------------------------------------


def xsolvbtc(requested: datetime | None = None) -> Answer:
    """Return the day (UTC) on which xSolvBTC asked back is paid; holidays are not known.

    The least of an unknown day is that of a request late on 19 February, paid as the 28th begins.
    """
    if requested is None:
        return Answer(XSOLV_SOURCE, Wait(Fraction(8 * DAY), None, Fraction(23 * DAY)))
    return _on_day(XSOLV_SOURCE, requested, business_day(_scheduled(requested.date())))


def solvbtc(requested: datetime | None = None) -> Answer:
    """Return the Monday on which SolvBTC asked back in a week from Sunday to Saturday is paid.

    A request of a Sunday can be read as of the week that it ends or of the one that it begins.
    """
    if requested is None:
        return Answer(SOLV_SOURCE, Wait(Fraction(0), None, Fraction(8 * DAY)))
    monday = _on_day(SOLV_SOURCE, requested, requested.date() + timedelta(days=7 - requested.weekday()))
    if requested.weekday() < 6 or monday.wait.minimum is None:
        return monday
    return Answer(SOLV_SOURCE, Wait(monday.wait.minimum, None, monday.wait.minimum + 7 * DAY), requested)


def _scheduled(day: date) -> date:
    """Return the day of the schedule: the 20th, the last of the month, the 10th of the next one."""
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    if day.day <= 9:
        return day.replace(day=20)
    if day.day <= 19:
        return following - timedelta(days=1)
    return following.replace(day=10)


def business_day(day: date) -> date:
    """Return the day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def _on_day(source: Source, requested: datetime, day: date) -> Answer:
    claim = datetime.combine(day, time(), UTC)
    return Answer(source, until(requested, claim), requested, claimable_at=claim)
