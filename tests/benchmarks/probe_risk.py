"""Times the risk questions of a large portfolio, and dense products of the same sizes, in one process."""

import gc
import json
import resource
import sys
import time
from collections.abc import Callable

import numpy as np

from desktop_app.analysis.annual import expected_annual_loss
from desktop_app.analysis.concentration import concentration
from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.failures import DRAWS, POINTS_LOG2
from desktop_app.analysis.stress import stress
from desktop_app.analysis.year import year
from tests.benchmarks.generate import stacked_portfolio

STACKS, ATOMS, FAILING = 400, 10, 300
PART = 16
"""The dense product of the year is measured on a part of the states and multiplied."""


def seconds(function: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def main(positions: int, stacks: int = STACKS, *, alone: bool = False) -> None:
    """Print the seconds of the answers and of the year, each with its yardstick or ``alone``."""
    portfolio = stacked_portfolio(positions, stacks)
    gc.freeze()
    dice = np.random.default_rng(0)

    def answers() -> None:
        concentration(portfolio, exposure(portfolio))
        stress(portfolio)
        expected_annual_loss(portfolio)

    found = {"answers": seconds(answers), "year": seconds(lambda: year(portfolio))}
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if not alone:
        found |= yardsticks(positions, dice)
    print(json.dumps(found))


def yardsticks(positions: int, dice: np.random.Generator) -> dict[str, float]:
    """Return the seconds of dense products of the same sizes."""
    values, parts = dice.random(positions), dice.random((positions, FAILING + STACKS))
    found = {"product": seconds(lambda: values @ parts)}
    states = (dice.random(((DRAWS << POINTS_LOG2) // PART, FAILING)) < 0.01).astype(np.float64)
    left, amounts = -0.3 * dice.random((FAILING, STACKS * ATOMS)), dice.random(STACKS * ATOMS)
    return found | {"dense": PART * seconds(lambda: -np.expm1(states @ left) @ amounts)}


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:]]
    main(*sizes, alone=len(sizes) > 1)
