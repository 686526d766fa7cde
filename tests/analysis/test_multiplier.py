"""The least multiplier at which a loss equals a reward is found, or told not to exist."""

from collections.abc import Callable

import numpy as np
import pytest

from desktop_app.analysis.losses import Floats
from desktop_app.analysis.multiplier import MOST, hazard_multipliers, riskier


def multiplier(loss: Callable[[Floats], Floats], reward: float) -> float | None:
    (found,) = hazard_multipliers(loss, np.array([reward]))
    return found


def saturating(m: Floats) -> Floats:
    return 1 - np.exp(-m / 1000)


@pytest.mark.parametrize("wanted", [1e-9, 3e-4, 0.73, 1.0, 42.0, 9999.0])
def test_the_root_is_found_in_any_size(wanted: float) -> None:
    reward = float(saturating(np.array([wanted]))[0])
    assert multiplier(saturating, reward) == pytest.approx(wanted, rel=1e-9)


def test_of_several_roots_the_least_is_told() -> None:
    assert multiplier(lambda m: m * np.exp(-m), 0.2) == pytest.approx(0.2591711018190738, rel=1e-9)


def test_a_root_on_a_point_that_is_looked_at_is_found() -> None:
    assert multiplier(lambda m: m, 1.0) == pytest.approx(1.0, rel=1e-12)
    assert multiplier(lambda m: m, MOST) == pytest.approx(MOST, rel=1e-12)


def test_what_pays_at_any_risk_or_at_none_has_no_multiplier() -> None:
    assert multiplier(lambda m: np.minimum(m, MOST) * 1e-6, 0.02) is None
    assert multiplier(lambda m: 1 + m, 0.5) is None


def test_many_layers_are_asked_about_at_once() -> None:
    rates = np.array([0.5, 2.0, 0.25])
    found = hazard_multipliers(lambda m: saturating(m) * np.array([[1.0], [1.0], [0.5]]), rates)
    half = 1000 * np.log(2)
    assert found == [pytest.approx(half), None, pytest.approx(half)]


def test_a_hazard_grows_with_its_multiplier_and_a_certain_failure_stays_certain() -> None:
    found = riskier(np.array([[0.1], [1.0]]), np.array([[0.0, 1.0, 2.0]]))
    assert found[0] == pytest.approx([0.0, 0.1, 0.19])
    assert found[1] == pytest.approx([1.0, 1.0, 1.0])
