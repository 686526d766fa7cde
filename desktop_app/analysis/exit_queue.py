"""Days that a clock sets for all: Ethereum's exit queue as the user read it, and maturities."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desktop_app.analysis.clocks import ethereum
from desktop_app.analysis.clocks.answer import DAY
from desktop_app.analysis.clocks.steps import QUEUED, is_ethereums
from desktop_app.analysis.withdrawals import PositionPlan, Withdrawals, plan_of
from desktop_app.domain.catalogue import Source
from desktop_app.domain.congestion import Congestion
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Origin
from desktop_app.domain.principal import principal

RECORD_ETH = Decimal(2_600_000)
RECORD_ON = date(2025, 9, 16)
RECORD_SOURCE = Source("holder.io", RECORD_ON.isoformat(), verified=False, checked="2026-11-22")
"""The longest queue so far: 2.5 to 2.6 million ETH, reported as 44 to 46 days."""


@dataclass(frozen=True, slots=True)
class Leaver:
    """A position behind the queue: its typical days; ``is_known`` False where it takes no less than these."""

    position: str
    days: float
    is_known: bool


@dataclass(frozen=True, slots=True)
class Maturity:
    """A position that matures on a day at 00:00 UTC; ``days`` until then, 0 once it is over."""

    position: str
    on: date
    days: int


@dataclass(frozen=True, slots=True)
class ExitQueue:
    """``days`` and ``epochs`` to the exit of a validator asked for on the as-of date, None unknown.

    ``churn_eth`` may leave in an epoch. ``leavers``: how many positions wait behind it; ``last``: the one
    that is out last, None where there is none or the queue is not known.
    """

    congestion: Congestion
    churn_eth: Decimal
    epochs: int | None
    days: float | None
    leavers: int
    last: Leaver | None


def leavers(portfolio: Portfolio) -> tuple[str, ...]:
    """Return the positions whose way out leads through the queue, as the catalogue has it."""
    if "ethereum-native-staking" in portfolio.entries:
        return ()
    return tuple(
        position.id
        for position in portfolio.counted_positions()
        if any(
            step.id in QUEUED and step.origin is Origin.CATALOGUE
            for tranche in position.exit.tranches
            for step in tranche.steps
        )
    )


def has_other_queues(out: Withdrawals) -> bool:
    """Tell whether anything waits in a queue that no clock rules."""
    steps = (s.step for plan in out.positions.values() for part in plan.tranches for s in part.steps)
    return any(step.is_queue and not is_ethereums(step) for step in steps)


def exit_queue(
    portfolio: Portfolio,
    as_of: date,
    congestion: Congestion | None = None,
    only: tuple[str, ...] | None = None,
    plans: Mapping[str, PositionPlan] | None = None,
) -> ExitQueue:
    """Return what the queue means in days from the as-of date; another ``congestion`` answers "what if".

    ``only`` these positions are looked at for the last one out, all behind the queue by default; ``plans``
    are those of the portfolio as it is, where they are known already.
    """
    crowded = portfolio.congestion if congestion is None else congestion
    total = crowded.total_stake_eth or ethereum.TOTAL_STAKE
    limit = ethereum.churn(ethereum.gwei(total, "The total stake"), crowded.fork).exit
    behind = leavers(portfolio)
    known = crowded.queue_eth is not None and not crowded.fault
    epochs = None if crowded.queue_eth is None or not known else _epochs(crowded.queue_eth, total, crowded)
    queued = replace(portfolio, congestion=crowded)
    return ExitQueue(
        congestion=crowded,
        churn_eth=Decimal(limit) / ethereum.GWEI,
        epochs=epochs,
        days=None if epochs is None else epochs * ethereum.EPOCH / DAY,
        leavers=len(behind),
        last=_last(queued, behind if only is None else only, as_of, plans or {}) if known else None,
    )


def _epochs(queue: Decimal, total: Decimal, crowded: Congestion) -> int | None:
    return ethereum.exit_queue(queue, total_stake_eth=total, fork=crowded.fork).exit_epoch_offset


def _last(
    portfolio: Portfolio, behind: tuple[str, ...], as_of: date, plans: Mapping[str, PositionPlan]
) -> Leaver | None:
    found = [
        _leaver(plans.get(position) or plan_of(portfolio, portfolio.positions[position], as_of))
        for position in behind
    ]
    return max(found, key=lambda leaver: (leaver.days, not leaver.is_known), default=None)


def _leaver(plan: PositionPlan) -> Leaver:
    if plan.finish.typical is not None:
        return Leaver(plan.position, plan.finish.typical, is_known=True)
    least = (tranche.at_least.typical or 0.0 for tranche in plan.tranches)
    return Leaver(plan.position, max(least, default=0.0), is_known=False)


def maturities(portfolio: Portfolio, as_of: date) -> tuple[Maturity, ...]:
    """Return the positions whose token names the day of its maturity, the next one first."""
    found = [
        Maturity(position.id, named.maturity, max(0, (named.maturity - as_of).days))
        for position in portfolio.counted_positions()
        if (named := principal(position.asset)) is not None
    ]
    return tuple(sorted(found, key=lambda maturity: maturity.on))
