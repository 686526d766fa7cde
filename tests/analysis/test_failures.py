"""States are all, those with few failures, or drawn; each knows which nodes fail in it, and its chance."""

import itertools
import math

import numpy as np
import pytest

from desktop_app.analysis.failures import (
    DRAWS,
    POINTS_LOG2,
    EveryState,
    States,
    count_up_to,
    drawn_states,
    few_failures,
    missing_beyond,
)

CHANCES = (0.1, 0.02, 0.5, 0.3)


def listed(states: States, nodes: int) -> dict[tuple[bool, ...], float]:
    """Return which nodes fail -> chance."""
    fails = [states.fails(node) for node in range(nodes)]
    found = [tuple(bool(f[i]) for f in fails) for i in range(len(states.chances))]
    assert len(set(found)) == len(found)
    return dict(zip(found, states.chances.tolist(), strict=True))


def by_hand(failed: tuple[bool, ...], chances: tuple[float, ...] = CHANCES) -> float:
    return math.prod(q if fails else 1 - q for fails, q in zip(failed, chances, strict=True))


def test_all_states_are_there_once() -> None:
    found = listed(EveryState(CHANCES), 4)
    assert found == pytest.approx({f: by_hand(f) for f in itertools.product([False, True], repeat=4)})


@pytest.mark.parametrize("most", range(5))
def test_states_with_few_failures_are_there_once_and_the_rest_is_missing(most: int) -> None:
    states = few_failures(CHANCES, most)
    few = [f for f in itertools.product([False, True], repeat=4) if sum(f) <= most]
    assert listed(states, 4) == pytest.approx({f: by_hand(f) for f in few})
    assert len(few) == count_up_to(4, most)
    assert states.missing == pytest.approx(1 - sum(map(by_hand, few)), abs=1e-12)
    assert states.missing == pytest.approx(missing_beyond(CHANCES, 4)[most], abs=1e-12)


def test_what_is_certain_to_fail_does_not_count_as_one_of_few() -> None:
    chances = (0.1, 1.0, 0.2)
    found = listed(few_failures(chances, 1), 3)
    assert found == pytest.approx(
        {f: by_hand(f, chances) for f in [(False, True, False), (True, True, False), (False, True, True)]}
    )


@pytest.mark.parametrize("states", [EveryState(CHANCES), few_failures(CHANCES, 4)])
def test_an_index_tells_which_of_some_nodes_fail(states: States) -> None:
    index = states.index([0, 3])
    assert index.tolist() == (states.fails(0) * 1 + states.fails(3) * 2).tolist()
    weights = np.arange(len(states.chances), dtype=float)
    assert states.sums([0, 3], weights).tolist() == np.bincount(index, weights).tolist()
    assert states.sum_where(3, weights) == weights[states.fails(3)].sum()


def test_some_of_the_states_keep_what_fails_in_them() -> None:
    states = few_failures(CHANCES, 2)
    chosen = np.flatnonzero(states.fails(2))
    some = states.only(chosen)
    assert some.fails(2).all()
    assert some.chances.tolist() == states.chances[chosen].tolist()
    assert some.fails(0).tolist() == states.fails(0)[chosen].tolist()


def test_a_spared_node_fails_in_no_state_and_the_others_as_often_as_before() -> None:
    states = EveryState(CHANCES)
    spared = States(states.spared(2), [np.flatnonzero(states.fails(n)) for n in range(4)])
    assert spared.sum_where(2, spared.chances) == 0
    assert [spared.sum_where(n, spared.chances) for n in (0, 1, 3)] == pytest.approx([0.1, 0.02, 0.3])


def test_drawn_states_fail_as_often_as_they_should_also_together() -> None:
    chances = [0.01] * 40
    states = drawn_states(chances)
    assert len(states.chances) == DRAWS << POINTS_LOG2
    assert states.missing == 0
    often = [states.sum_where(node, states.chances) for node in range(40)]
    assert often == pytest.approx([0.01] * 40, rel=1e-3)
    assert (states.fails(3) & states.fails(29)).mean() == pytest.approx(1e-4, rel=0.5)
    failures = np.sum([states.fails(node) for node in range(40)], axis=0)
    assert (failures == 0).mean() == pytest.approx(0.99**40, rel=1e-3)


def test_drawn_states_are_those_of_scipy_in_another_order() -> None:
    from scipy.stats import qmc

    points = qmc.Sobol(3, rng=0).random_base2(POINTS_LOG2)
    states = drawn_states([0.25, 0.5, 0.125])
    first = slice(0, 1 << POINTS_LOG2)
    mine = [states.fails(node)[first] for node in range(3)]
    theirs = [points[:, node] < chance for node, chance in enumerate([0.25, 0.5, 0.125])]
    for left, right in itertools.combinations(range(3), 2):
        assert (mine[left] & mine[right]).sum() == (theirs[left] & theirs[right]).sum()
