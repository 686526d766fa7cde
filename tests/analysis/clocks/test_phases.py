"""Where the phase of a clock is unknown, its range holds what every phase would give."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.clocks import bitcoin, chains, cosmos, polkadot, solana, symbiotic, wrappers
from desktop_app.analysis.clocks.answer import DAY, Answer, Wait
from desktop_app.analysis.clocks.claims import Claims
from desktop_app.analysis.clocks.steps import _PHASED, Leaving, cycle_of
from desktop_app.domain.exits import STANDARD
from desktop_app.domain.positions import ExitStep, Origin
from desktop_app.shipped import catalogue
from tests.analysis.clocks.clocks import moments, ordered

Known = Callable[[datetime, datetime], Answer]
"""A request and the start of some cycle."""

CLOCKS: dict[str, tuple[Answer, Known]] = {
    "symbiotic": (
        symbiotic.withdrawal(7 * DAY),
        lambda asked, start: symbiotic.withdrawal(7 * DAY, asked, start - timedelta(weeks=2000)),
    ),
    "solana": (
        solana.deactivation(),
        lambda asked, start: solana.deactivation(requested=asked, epoch_start=start),
    ),
    "jito": (
        solana.jito_ticket(),
        lambda asked, start: solana.jito_ticket(requested=asked, epoch_start=start),
    ),
    "marinade": (
        solana.marinade_ticket(),
        lambda asked, start: solana.marinade_ticket(requested=asked, epoch_start=start),
    ),
    "marinade, late": (
        solana.marinade_ticket(),
        lambda asked, start: solana.marinade_ticket(late=True, requested=asked, epoch_start=start),
    ),
    "stride": (
        cosmos.stride_batch(21),
        lambda asked, start: cosmos.stride_batch(21, asked, start),
    ),
    "polkadot": (
        polkadot.unbonding(nominators_slashable=True),
        lambda asked, start: polkadot.unbonding(nominators_slashable=True, requested=asked, era_start=start),
    ),
    "polkadot, either regime": (
        polkadot.unbonding(),
        lambda asked, start: polkadot.unbonding(nominators_slashable=False, requested=asked, era_start=start),
    ),
    "kusama": (polkadot.kusama(), polkadot.kusama),
    "ton": (chains.ton(), chains.ton),
    "aptos": (chains.aptos(), chains.aptos),
    "near": (chains.near(), chains.near),
    "solvbtc": (bitcoin.solvbtc(), lambda asked, _: bitcoin.solvbtc(asked)),
    "xsolvbtc": (bitcoin.xsolvbtc(), lambda asked, _: bitcoin.xsolvbtc(asked)),
    "susde": (
        wrappers.susde(),
        lambda asked, start: wrappers.susde([asked], Fraction(1 + start.second % 7)),
    ),
}


def holds(outer: Wait, inner: Wait) -> bool:
    """Tell whether a range lies within another; what is unknown outside holds everything."""
    least, most = inner.minimum, inner.maximum
    assert least is not None
    assert most is not None
    return (outer.minimum or 0) <= least and (outer.maximum is None or most <= outer.maximum)


@pytest.mark.parametrize("name", CLOCKS)
@given(asked=moments, start=moments)
def test_the_range_of_an_unknown_phase_holds_every_phase(name: str, asked: datetime, start: datetime) -> None:
    unknown, known = CLOCKS[name]
    found = known(asked, start)
    assert ordered(unknown)
    assert ordered(found)
    assert holds(unknown.wait, found.wait)


HALF_AN_HOUR = 1 / 48
"""Marinade's ticket is due so long into its epoch, which the catalogue's longest wait leaves out."""


@pytest.mark.parametrize("name", _PHASED)
@given(asked=moments, start=moments)
def test_the_range_of_a_step_holds_what_any_phase_makes_of_it(
    name: str, asked: datetime, start: datetime
) -> None:
    entry, path, number = name.split("/")
    fact = [f for f in catalogue().entries[entry].exits if f.path == path][int(number) - 1]
    step = ExitStep(name, fact.name, (), fact.minimum, fact.typical, fact.maximum, origin=Origin.CATALOGUE)
    leaving = Leaving("X", None)
    least, typical, most = Claims(leaving, asked.date())(step, 0.5)
    low, middle, high = Claims(replace(leaving, phase=start), asked.date())(step, 0.5)
    assert least is not None
    assert most is not None
    assert low is not None
    assert high is not None
    assert least - 1e-9 <= low <= high <= most + HALF_AN_HOUR + 1e-9
    assert middle is None or (typical is not None and low <= middle <= high)


@pytest.mark.parametrize(
    ("name", "cycle"),
    [
        ("symbiotic/standard/1", "epoch"),
        ("polkadot-staking/fast-unbond/1", "era"),
        ("stride-statom/standard/1", "batch"),
        ("ton-staking/standard/1", "election"),
        ("aptos-staking/standard/1", "lockup"),
    ],
)
def test_the_user_is_asked_for_the_cycle_that_tells_the_phase(name: str, cycle: str) -> None:
    assert cycle_of(ExitStep(name, name)) == cycle


def test_all_phases_are_of_steps_of_the_catalogue() -> None:
    entries = catalogue().entries
    for name in _PHASED:
        entry, path, number = name.split("/")
        paths = [fact.path for fact in entries[entry].exits]
        assert paths.count(path) >= int(number)
        assert path == STANDARD or entry == "polkadot-staking"


@given(st.sampled_from(sorted(CLOCKS)), moments, moments, st.integers(1, 10**6))
def test_a_later_request_is_never_paid_earlier(
    name: str, asked: datetime, start: datetime, later: int
) -> None:
    if name == "susde":
        return
    _, known = CLOCKS[name]
    first, second = known(asked, start), known(asked + timedelta(seconds=later), start)
    if first.claimable_at is not None and second.claimable_at is not None:
        assert first.claimable_at <= second.claimable_at
