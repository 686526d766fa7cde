"""Allocations become weights with which the graph loses what the protocols take."""

from decimal import Decimal

import pytest

from desktop_app.analysis.clocks.eigenlayer_slashing import WAD, Allocation
from desktop_app.analysis.clocks.symbiotic_slashing import Delegator, operator_stake
from desktop_app.analysis.slash_weights import ethereum_severity, shared_weights, unique_weights
from desktop_app.analysis.stress import stress
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Group, Mode, Scenario
from desktop_app.errors import UserError
from tests.builders import drawn, edge, node


def lost(portfolio: Portfolio, **shocks: float) -> float:
    """Return the fraction of the position that these shocks take."""
    return stress(portfolio.with_scenarios(Scenario("s", "s", tuple(shocks.items()))))["s"].share


def allocated(magnitudes: dict[str, int], maximum: int) -> Portfolio:
    edges = [
        edge("role:r", service, weight, Mode.SPLIT, "role:r#unique")
        for service, weight in unique_weights(magnitudes, maximum).items()
    ]
    services = [node(service) for service in magnitudes]
    return drawn("p: 200 -> role:r").with_graph(services, edges, [Group("role:r#unique", "role:r")])


def test_a_slash_takes_its_fraction_of_the_slice() -> None:
    shares = {"avs1": 20, "avs2": 25, "eigenda": 20}
    portfolio = allocated({service: part * WAD // 100 for service, part in shares.items()}, WAD)
    assert lost(portfolio, avs1=0.5) == pytest.approx(0.1)
    before = Allocation(WAD, WAD // 5)
    assert lost(portfolio, avs1=0.5) == pytest.approx(1 - before.slashed(WAD // 2).maximum / WAD)


def test_after_a_slash_what_is_left_is_the_whole() -> None:
    left = allocated({"avs1": WAD // 10, "avs2": WAD // 4, "eigenda": WAD // 5}, WAD * 9 // 10)
    assert lost(left, avs2=1.0) == pytest.approx(50 / 180)


def test_slashes_of_different_sets_never_meet() -> None:
    portfolio = allocated(dict.fromkeys(("a", "b", "c", "d"), WAD // 4), WAD)
    assert lost(portfolio, a=1.0, b=1.0, c=1.0) == pytest.approx(0.75)


def test_networks_share_the_same_stake() -> None:
    networks = dict.fromkeys(("x", "y", "z"), 1000)
    edges = [edge("role:r", n, w, Mode.SHARED) for n, w in shared_weights(networks, 1000).items()]
    portfolio = drawn("p: 200 -> role:r").with_graph([node(n) for n in networks], edges)
    assert lost(portfolio, x=0.5, y=0.5, z=0.5) == pytest.approx(0.875)


def test_a_limit_below_the_active_stake_is_a_part_of_it() -> None:
    full, by_network = (
        operator_stake(kind, 1000, 800, 700, 3, 4).figures["stake"]
        for kind in (Delegator.FULL_RESTAKE, Delegator.NETWORK_RESTAKE)
    )
    assert isinstance(full, int)
    assert isinstance(by_network, int)
    assert shared_weights({"x": full, "y": by_network, "z": 5000}, 1000) == {"x": 0.7, "y": 0.6, "z": 1.0}


@pytest.mark.parametrize(
    ("slashed", "severity"),
    [(32, 0.0631 / 32), (360_000, (0.0078125 + 0.96 + 0.05521408) / 32), (12_000_000, 1.0)],
)
def test_the_severity_on_ethereum_grows_with_what_is_slashed_together(slashed: int, severity: float) -> None:
    assert ethereum_severity(Decimal(slashed), Decimal(36_000_000)) == pytest.approx(severity, rel=1e-3)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(UserError, match="more of the operator than it has left"):
        unique_weights({"a": WAD}, WAD - 1)
    with pytest.raises(UserError, match="backs nothing"):
        shared_weights({"a": 1}, 0)
    with pytest.raises(UserError, match="nothing can be slashed"):
        ethereum_severity(Decimal(32), Decimal(0))
