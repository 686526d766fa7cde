"""Which clock rules which step of a way out, and what it reckons with (definitions.md 8).

The clocks are imported when a step first needs one: no page waits for them at the start of the program.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop_app.domain import money
from desktop_app.domain.congestion import MOST_ETH, NOTHING_READ, Congestion
from desktop_app.domain.positions import ExitStep, Origin

if TYPE_CHECKING:
    from desktop_app.analysis.clocks.answer import Answer
    from desktop_app.domain.catalogue import Source

Three = tuple[float | None, float | None, float | None]
"""Days: (min, typical, max); None is unknown."""

QUEUE_STEP = "ethereum-native-staking/standard/1"
"""Ethereum's exit queue."""

_LEAST_ETH = Decimal(32)
"""A validator leaves with no less."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A rule of ``clocks.rules`` and its inputs; ``dated``: its wait depends on the day of the request."""

    rule: str
    ask: "Callable[..., Answer]"
    inputs: tuple[tuple[str, object], ...] = ()
    dated: bool = False

    def answer(self, requested: datetime | None) -> "Answer":
        """Return what the clock says of a request; raise OverflowError past the year 9999."""
        return self.ask(**dict(self.inputs), requested=requested)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaves: units of an asset (None unknown), through queues as crowded as ``congestion`` says.

    ``own_entries``: the catalogue entries that the user has replaced, for which no shipped rule speaks.
    """

    asset: str
    amount: Decimal | None
    congestion: Congestion = NOTHING_READ
    own_entries: Container[str] = ()

    @property
    def eth(self) -> Decimal:
        """Return the ETH that the exit takes from the churn: whole ETH, as effective balances are."""
        if self.asset != "ETH" or self.amount is None:
            return _LEAST_ETH
        return min(max(self.amount.to_integral_value(ROUND_CEILING, money.EXACT), _LEAST_ETH), MOST_ETH)


def clock_of(step: ExitStep, leaving: Leaving) -> Clock | None:
    """Return the clock of a step that stands as the catalogue has it, None where no clock tells more."""
    find = _CLOCKS.get(step.id)
    shipped = step.origin is Origin.CATALOGUE and step.id.partition("/")[0] not in leaving.own_entries
    return find(leaving) if find is not None and shipped else None


class Claims:
    """When each step of one way out is over: by its clock where it has one, else by its own days.

    All days are counted from the as-of date; without one, clocks that need the date of a request rest.
    """

    def __init__(self, leaving: Leaving, as_of: date | None) -> None:
        self._leaving = leaving
        self._today = None if as_of is None else datetime.combine(as_of, time(), UTC)

    def __call__(self, step: ExitStep, asked: float) -> Three:
        """Return the days on which a step is over that is asked for on the day ``asked``."""
        answer = self._answer(step, asked)
        if answer is None:
            return _after(asked, (step.minimum, step.typical, step.maximum))
        if answer.claimable_at is not None and self._today is not None:
            return ((answer.claimable_at - self._today) / timedelta(days=1),) * 3
        return _after(asked, answer.wait.days)

    def source_of(self, step: ExitStep, asked: float) -> "Source | None":
        """Return where the rule of a step's clock was read, None where it has none."""
        answer = self._answer(step, asked)
        return None if answer is None else answer.source

    def _answer(self, step: ExitStep, asked: float) -> "Answer | None":
        clock = clock_of(step, self._leaving)
        if clock is None or (clock.dated and self._today is None):
            return None
        try:
            dated = self._today + timedelta(days=asked) if clock.dated and self._today else None
            return _answer(clock, dated)
        except OverflowError:
            return None


@lru_cache(1 << 12)
def _answer(clock: Clock, requested: datetime | None) -> "Answer":
    return clock.answer(requested)


def _after(asked: float, days: Three) -> Three:
    minimum, typical, maximum = (None if d is None else asked + d for d in days)
    return minimum, typical, maximum


# -- the clocks ---------------------------------------------------------------------------------------------


def exit_queue(leaving: Leaving) -> Clock | None:
    """Return the clock of Ethereum's exit queue, None where nobody has said how long it is."""
    congestion = leaving.congestion
    if congestion.queue_eth is None or congestion.fault:
        return None
    from desktop_app.analysis.clocks import ethereum

    inputs: dict[str, object] = {
        "queue_eth": congestion.queue_eth,
        "exit_eth": leaving.eth,
        "fork": congestion.fork,
    }
    if congestion.total_stake_eth is not None:
        inputs["total_stake_eth"] = congestion.total_stake_eth
    return Clock("ethereum-queue", ethereum.exit_queue, tuple(inputs.items()))


def _sweep(_: Leaving) -> Clock:
    from desktop_app.analysis.clocks import ethereum

    return Clock("ethereum-sweep", ethereum.sweep)


def _eigenlayer(_: Leaving) -> Clock:
    from desktop_app.analysis.clocks import eigenlayer

    return Clock("eigenlayer-withdrawal", eigenlayer.withdrawal)


def _maturity(leaving: Leaving) -> Clock | None:
    from desktop_app.analysis.clocks import wrappers

    expiry = wrappers.expiry_of(leaving.asset)
    return None if expiry is None else Clock("pendle", wrappers.pendle, (("expiry", expiry),), dated=True)


def _solvbtc(_: Leaving) -> Clock:
    from desktop_app.analysis.clocks import bitcoin

    return Clock("solvbtc", bitcoin.solvbtc, dated=True)


def _xsolvbtc(_: Leaving) -> Clock:
    from desktop_app.analysis.clocks import bitcoin

    return Clock("xsolvbtc", bitcoin.xsolvbtc, dated=True)


def _cosmos(chain: str) -> Callable[[Leaving], Clock]:
    def clock(_: Leaving) -> Clock:
        from desktop_app.analysis.clocks import cosmos

        return Clock("cosmos", cosmos.undelegation, (("chain", chain),))

    return clock


_CLOCKS: Mapping[str, Callable[[Leaving], Clock | None]] = {
    QUEUE_STEP: exit_queue,
    "ethereum-native-staking/standard/3": _sweep,
    "eigenlayer/standard/1": _eigenlayer,
    "eigenlayer/native/1": _eigenlayer,
    "pendle-pt/standard/1": _maturity,
    "solvbtc/standard/1": _solvbtc,
    "solv-xsolvbtc/standard/1": _xsolvbtc,
    "cosmos-hub-staking/standard/1": _cosmos("cosmoshub"),
    "osmosis-staking/standard/1": _cosmos("osmosis"),
    "celestia-staking/standard/1": _cosmos("celestia"),
    "dydx-staking/standard/1": _cosmos("dydx"),
    "injective-staking/standard/1": _cosmos("injective"),
    "stride-statom/standard/2": _cosmos("cosmoshub"),
    "stride-stosmo/standard/2": _cosmos("osmosis"),
    "stride-sttia/standard/2": _cosmos("celestia"),
}
"""Steps of the catalogue (entry/path/number) whose days a clock tells better than the catalogue does.

The other clocks need a phase (slot, era, epoch of a vault) that no portfolio holds; without it they say what
the catalogue says.
"""
