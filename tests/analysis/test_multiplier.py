"""The least multiplier at which a loss equals a reward is found, or told not to exist."""

import numpy as np
import pytest

from desktop_app.analysis.losses import Floats
from desktop_app.analysis.multiplier import MOST, hazard_multiplier, riskier


@pytest.mark.parametrize("wanted", [1e-9, 3e-4, 0.73, 1.0, 42.0, 9999.0])
def test_the_root_is_found_in_any_size(wanted: float) -> None:
    def loss(m: Floats) -> Floats:
        return 1 - np.exp(-m / 1000)

    reward = float(loss(np.array([wanted]))[0])
    assert hazard_multiplier(loss, reward) == pytest.approx(wanted, rel=1e-9)


def test_of_several_roots_the_least_is_told() -> None:
    def loss(m: Floats) -> Floats:
        return m * np.exp(-m)

    assert hazard_multiplier(loss, 0.2) == pytest.approx(0.2591711018190738, rel=1e-9)


def test_what_pays_at_any_risk_or_at_none_has_no_multiplier() -> None:
    def loss(m: Floats) -> Floats:
        return np.minimum(m, MOST) * 1e-6

    assert hazard_multiplier(loss, 0.02) is None
    assert hazard_multiplier(lambda m: 1 + m, 0.5) is None


def test_a_hazard_grows_with_its_multiplier_and_a_certain_failure_stays_certain() -> None:
    assert riskier(0.1, np.array([0.0, 1.0, 2.0])) == pytest.approx([0.0, 0.1, 0.19])
    assert riskier(1.0, np.array([0.0, 2.0])) == pytest.approx([1.0, 1.0])
