"""Which clock rules which step of a way out, and what it reckons with (definitions.md 8).

The clocks are imported when a step first needs one: no page waits for them at the start of the program.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from importlib import import_module
from typing import TYPE_CHECKING

from desktop_app.domain import money
from desktop_app.domain.congestion import MOST_ETH, NOTHING_READ, Congestion
from desktop_app.domain.positions import ExitStep, Origin

if TYPE_CHECKING:
    from desktop_app.analysis.clocks.answer import Answer

QUEUE_STEP = "ethereum-native-staking/standard/1"
"""Ethereum's exit queue."""

PARTIAL_STEP = "ethereum-native-staking/partial/1"
"""What of a validator leaves through the same queue."""

QUEUED = (QUEUE_STEP, PARTIAL_STEP)

COOLDOWN_STEP = "ethena-susde/standard/1"
"""sUSDe's cooldown, which every call starts again for all that is in it."""

_GWEI = Decimal(1).scaleb(-9)

LEAST_ETH = Decimal(32)
"""A validator leaves with no less, and a partial withdrawal leaves as much in it."""


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
    ``together``: ETH that leaves beside it at the same time, itself included. ``phase``: when any epoch or
    era of the protocol began, None where nobody knows. ``maturity`` and ``deadline``: seconds until a window
    opens, and from then until it closes. ``calls``: the requests of its position that start sUSDe's cooldown,
    itself included.
    """

    asset: str
    amount: Decimal | None
    congestion: Congestion = NOTHING_READ
    own_entries: Container[str] = ()
    together: Decimal | None = None
    phase: datetime | None = None
    maturity: int | None = None
    deadline: int | None = None
    calls: tuple[datetime, ...] = ()

    @property
    def eth(self) -> Decimal:
        """Return the ETH that the exit takes from the churn: whole ETH, as effective balances are."""
        if self.asset != "ETH" or self.amount is None:
            return LEAST_ETH
        return min(max(self.amount.to_integral_value(ROUND_CEILING, money.EXACT), LEAST_ETH), MOST_ETH)

    @property
    def part_eth(self) -> Decimal:
        """Return the ETH that a partial withdrawal takes from the churn, in whole gwei."""
        if self.asset != "ETH" or self.amount is None:
            return Decimal(1)
        return min(max(self.amount.quantize(_GWEI, ROUND_CEILING, money.EXACT), _GWEI), MOST_ETH)

    def by(self, step: ExitStep) -> Decimal | None:
        """Return the ETH that a step takes through the exit queue, None for any other step."""
        shipped = step.origin is Origin.CATALOGUE
        return {QUEUE_STEP: self.eth, PARTIAL_STEP: self.part_eth}.get(step.id) if shipped else None

    def beside(self, own: Decimal) -> Decimal:
        """Return the ETH that has left once this and all that leaves beside it has."""
        return min(max(own, self.together or own), MOST_ETH)


def is_ethereums(step: ExitStep) -> bool:
    """Tell whether a step is of the way out of Ethereum's own staking, whose queue is told in ETH."""
    return step.id.partition("/")[0] == QUEUE_STEP.partition("/")[0]


def clock_of(step: ExitStep, leaving: Leaving) -> Clock | None:
    """Return the clock of a step that stands as the catalogue has it, None where no clock tells more."""
    find = (_PHASED.get(step.id) if leaving.phase else None) or _CLOCKS.get(step.id)
    shipped = step.origin is Origin.CATALOGUE and step.id.partition("/")[0] not in leaving.own_entries
    return find(leaving) if find is not None and shipped else None


# -- the clocks ---------------------------------------------------------------------------------------------


def exit_queue(leaving: Leaving) -> Clock | None:
    """Return the clock of Ethereum's exit queue, None where nobody has said how long it is."""
    from desktop_app.analysis.clocks import ethereum

    return _queued(leaving, "ethereum-queue", ethereum.exit_queue, exit_eth=leaving.beside(leaving.eth))


def _partial(leaving: Leaving) -> Clock | None:
    from desktop_app.analysis.clocks import ethereum

    amount = leaving.beside(leaving.part_eth)
    return _queued(leaving, "ethereum-partial", ethereum.partial_withdrawal, amount_eth=amount)


def _locked(leaving: Leaving) -> Clock | None:
    from desktop_app.analysis.clocks import ethereum_slashing

    inputs = {"slashed_eth": leaving.eth, "effective_eth": leaving.eth}
    return _queued(leaving, "ethereum-slashing", ethereum_slashing.slashing, **inputs)


def _queued(leaving: Leaving, rule: str, ask: "Callable[..., Answer]", **inputs: object) -> Clock | None:
    """Return a clock that reckons with Ethereum's exit queue, None where nobody has said how long it is."""
    congestion = leaving.congestion
    if congestion.queue_eth is None or congestion.fault:
        return None
    inputs |= {"queue_eth": congestion.queue_eth, "fork": congestion.fork}
    if congestion.total_stake_eth is not None:
        inputs["total_stake_eth"] = congestion.total_stake_eth
    return Clock(rule, ask, tuple(inputs.items()))


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


def _veda(leaving: Leaving) -> Clock | None:
    if leaving.maturity is None:
        return None
    from desktop_app.analysis.clocks import wrappers

    inputs = (("maturity_seconds", leaving.maturity), ("deadline_seconds", leaving.deadline))
    return Clock("veda", wrappers.veda, inputs, dated=True)


def _veda_delayed(leaving: Leaving) -> Clock | None:
    if leaving.maturity is None:
        return None
    from desktop_app.analysis.clocks import wrappers

    window = wrappers.VEDA_WINDOW if leaving.deadline is None else leaving.deadline
    inputs = (("delay_seconds", leaving.maturity), ("window_seconds", window))
    return Clock("veda-delayed", wrappers.veda_delayed, inputs, dated=True)


def _cosmos(chain: str) -> Callable[[Leaving], Clock]:
    def clock(_: Leaving) -> Clock:
        from desktop_app.analysis.clocks import cosmos

        return Clock("cosmos", cosmos.undelegation, (("chain", chain),))

    return clock


def _round(_: Leaving) -> Clock:
    from desktop_app.analysis.clocks import chains

    return Clock("ton", chains.ton)


_CLOCKS: Mapping[str, Callable[[Leaving], Clock | None]] = {
    QUEUE_STEP: exit_queue,
    "ethereum-native-staking/standard/3": _sweep,
    PARTIAL_STEP: _partial,
    "ethereum-native-staking/slashed/1": _locked,
    "eigenlayer/standard/1": _eigenlayer,
    "eigenlayer/native/1": _eigenlayer,
    "eigenlayer/duration-vault/2": _eigenlayer,
    "pendle-pt/standard/1": _maturity,
    "solvbtc/standard/1": _solvbtc,
    "solv-xsolvbtc/standard/1": _xsolvbtc,
    "veda-boring-vault/standard/1": _veda,
    "veda-boring-vault/delayed-withdraw/1": _veda_delayed,
    "cosmos-hub-staking/standard/1": _cosmos("cosmoshub"),
    "osmosis-staking/standard/1": _cosmos("osmosis"),
    "celestia-staking/standard/1": _cosmos("celestia"),
    "dydx-staking/standard/1": _cosmos("dydx"),
    "injective-staking/standard/1": _cosmos("injective"),
    "stride-statom/standard/2": _cosmos("cosmoshub"),
    "stride-stosmo/standard/2": _cosmos("osmosis"),
    "stride-sttia/standard/2": _cosmos("celestia"),
    "ton-staking/standard/1": _round,
}
"""Steps of the catalogue (entry/path/number) whose days a clock tells better than the catalogue does."""


# -- clocks of a known phase --------------------------------------------------------------------------------


def _symbiotic(leaving: Leaving) -> Clock:
    from desktop_app.analysis.clocks import symbiotic

    start = None if leaving.phase is None else leaving.phase - _LONG_AGO
    inputs = (("epoch_seconds", _WEEK), ("epoch_start", start))
    return Clock("symbiotic", symbiotic.withdrawal, inputs, dated=True)


def _phased(module: str, ask: str, rule: str, key: str, **more: object) -> Callable[[Leaving], Clock]:
    """Return the finder of a clock that takes the start of any cycle as ``key``."""

    def clock(leaving: Leaving) -> Clock:
        found = getattr(import_module(f"desktop_app.analysis.clocks.{module}"), ask)
        return Clock(rule, found, ((key, leaving.phase), *more.items()), dated=True)

    return clock


def _batch(unbonding_days: int) -> Callable[[Leaving], Clock]:
    return _phased("cosmos", "stride_batch", "stride-batch", "batch_start", unbonding_days=unbonding_days)


_WEEK = 7 * 86400
_LONG_AGO = timedelta(weeks=1000)
"""Whole epochs: any start of an epoch stands for one before all requests."""

_deactivation = _phased("solana", "deactivation", "solana", "epoch_start")
_ticket = _phased("solana", "jito_ticket", "jito", "epoch_start")
_era = _phased("polkadot", "unbonding", "polkadot", "era_start", nominators_slashable=True)
_fast_era = _phased("polkadot", "unbonding", "polkadot", "era_start", nominators_slashable=False)

_EXPIRING = frozenset({"veda-boring-vault/standard/1", "veda-boring-vault/delayed-withdraw/1"})

_PHASED: Mapping[str, Callable[[Leaving], Clock | None]] = {
    "symbiotic/standard/1": _symbiotic,
    "mellow/standard/1": _symbiotic,
    "solana-staking/standard/1": _deactivation,
    "jitosol/standard/1": _deactivation,
    "solayer-ssol/standard/1": _deactivation,
    "marinade-msol/standard/1": _phased("solana", "marinade_ticket", "marinade", "epoch_start"),
    "jito-restaking/standard/1": _ticket,
    "renzo-ezsol/standard/1": _ticket,
    "polkadot-staking/standard/1": _era,
    "polkadot-staking/fast-unbond/1": _fast_era,
    "polkadot-nomination-pools/standard/1": _era,
    "kusama-staking/standard/1": _phased("polkadot", "kusama", "kusama", "era_start"),
    "near-staking/standard/1": _phased("chains", "near", "near", "epoch_start"),
    "aptos-staking/standard/1": _phased("chains", "aptos", "aptos", "cycle_start"),
    "ton-staking/standard/1": _phased("chains", "ton", "ton", "election_start"),
    "stride-statom/standard/1": _batch(21),
    "stride-stosmo/standard/1": _batch(14),
}
"""Steps that a clock rules once it is known when any of their epochs or eras began; a range until then."""


def can_expire(step: ExitStep) -> bool:
    """Tell whether a request that walks this step has a window, after which it has to be made again."""
    return step.id in _EXPIRING and step.origin is Origin.CATALOGUE


def takes_phase(step: ExitStep) -> bool:
    """Tell whether the rest of a step's clock follows from when any of its epochs began."""
    return step.id in _PHASED and step.origin is Origin.CATALOGUE


_CYCLES = {
    "polkadot-staking": "era",
    "polkadot-nomination-pools": "era",
    "kusama-staking": "era",
    "stride-statom": "batch",
    "stride-stosmo": "batch",
    "ton-staking": "election",
    "aptos-staking": "lockup",
}


def cycle_of(step: ExitStep) -> str:
    """Return "epoch", "era", "batch" …: the day on which one began tells the phase of a step's clock."""
    return _CYCLES.get(step.id.partition("/")[0], "epoch")
