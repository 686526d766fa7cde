"""Cosmos SDK chains: unbonding to the second, redelegation, parallel entries; Stride's batches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from desktop_app.analysis.clocks.answer import (
    CHECKED,
    DAY,
    NOTHING_KNOWN,
    Answer,
    Wait,
    anywhere,
    days,
    delayed,
    later,
    ranged,
    until,
)
from desktop_app.analysis.clocks.cycles import cyclic
from desktop_app.domain.catalogue import Source
from desktop_app.errors import UserError

MAX_ENTRIES = 7
"""Unbondings that one delegator may have open with one validator."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Seconds of unbonding, None where only a range is published; the fraction lost for signing twice."""

    unbonding: int | None
    source: Source
    wait: Wait = NOTHING_KNOWN
    double_sign: str | None = None
    downtime: str | None = None


def _at(cited: str, dated: str, *, verified: bool = True) -> Source:
    return Source(cited, dated, verified, CHECKED)


CHAINS: Mapping[str, Chain] = {
    "cosmoshub": Chain(
        21 * DAY, _at("cosmos/gaia docs", "2026-08-21"), double_sign="0.05", downtime="0.0001"
    ),
    "osmosis": Chain(14 * DAY, _at("cosmos/chain-registry osmosis/chain.json", "2026-08-21")),
    "celestia": Chain(
        337 * 3600,
        _at("celestiaorg/celestia-app pkg/appconsts/app_consts.go", "2026-08-21"),
        double_sign="0.02",
        downtime="0",
    ),
    "dydx": Chain(
        30 * DAY,
        _at(
            "dydxprotocol/v4-documentation docs/pages/concepts/trading/rewards", "2026-04-22", verified=False
        ),
        double_sign="0",
        downtime="0",
    ),
    "injective": Chain(21 * DAY, _at("InjectiveLabs/injective-docs .gitbook/defi/staking.mdx", "2026-08-04")),
    "babylon-genesis": Chain(
        None,
        _at("https://docs.babylonlabs.io/stakers", "undated"),
        wait=days(None, "2", "21"),
        double_sign="0.05",
        downtime="0",
    ),
}

STRIDE_SOURCE = Source(
    "https://github.com/Stride-Labs/stride/blob/40c6e3860b36c97b2af566a061a9f6ca96697b9f/x/stakeibc/keeper/"
    "grpc_query.go",
    "2026-07-23",
    verified=True,
    checked=CHECKED,
)


def undelegation(
    chain: str, requested: datetime | None = None, open_entries: Sequence[datetime] = ()
) -> Answer:
    """Return when an undelegation completes; slashable all the while.

    ``open_entries``: earlier undelegations from the same validator; with seven of them open the next is
    refused until one completes, and counts from then.
    """
    rule = CHAINS[chain]
    if rule.unbonding is None:
        return ranged(rule.source, rule.wait, requested)
    if requested is None:
        return delayed(rule.source, rule.unbonding, None)
    begun = _entered(rule.unbonding, requested, open_entries)
    claim = later(begun, rule.unbonding)
    return Answer(
        rule.source,
        until(requested, claim),
        requested,
        claim,
        slashable_until=claim,
        figures={
            "entered_at": begun,
            "double_sign_fraction": _fraction(rule.double_sign),
            "downtime_fraction": _fraction(rule.downtime),
        },
    )


def redelegation(chain: str, requested: datetime | None = None) -> Answer:
    """Return when stake redelegated at ``requested`` may be redelegated again; the first time is at once."""
    rule = CHAINS[chain]
    if rule.unbonding is None:
        return ranged(rule.source, rule.wait, requested)
    return delayed(rule.source, rule.unbonding, requested)


def _entered(unbonding: int, requested: datetime, earlier: Sequence[datetime]) -> datetime:
    """Return when the request finds a place among the open entries."""
    ends = sorted(later(entry, unbonding) for entry in earlier)
    still_open = [end for end in ends if end > requested]
    if len(still_open) < MAX_ENTRIES:
        return requested
    return still_open[len(still_open) - MAX_ENTRIES]


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


# -- Stride --------------------------------------------------------------------------------------------------


def frequency(unbonding_days: int) -> int:
    """Return the days between two batches."""
    return unbonding_days // 7 + 1


def stride_batch(
    unbonding_days: int, requested: datetime | None = None, batch_start: datetime | None = None
) -> Answer:
    """Return when the next batch starts; ``batch_start`` is the start of any."""
    return cyclic(STRIDE_SOURCE, requested, batch_start, frequency(unbonding_days) * DAY, 1)


def stride(
    unbonding_days: int,
    day: int | None = None,
    next_day: datetime | None = None,
    requested: datetime | None = None,
) -> Answer:
    """Return the protocol's own estimate for a request whose batch has not started.

    ``day`` is the number of the running day epoch, ``next_day`` its end. Without them the range over all
    days and moments of the day.
    """
    every = frequency(unbonding_days)
    rest = (every - 1) * 7 + 1
    if (
        requested is not None
        and next_day is not None
        and not timedelta() < next_day - requested <= timedelta(days=1)
    ):
        raise UserError("The request is not of the day that ends at next_day.", "Correct one of them.")
    if day is None:
        return Answer(STRIDE_SOURCE, anywhere(rest * DAY + 1, (every + rest) * DAY), requested)
    until_batch = every - day % every
    after_day = (until_batch - 1 + rest) * DAY
    if next_day is None:
        return Answer(STRIDE_SOURCE, anywhere(after_day + 1, after_day + DAY), requested)
    claim = next_day + timedelta(seconds=after_day)
    wait = anywhere(after_day + 1, after_day + DAY) if requested is None else until(requested, claim)
    return Answer(STRIDE_SOURCE, wait, requested, claimable_at=claim, figures={"days_to_batch": until_batch})
