from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.limits import LimitState, limits
from desktop_app.domain.limits import Limit, LimitKind
from desktop_app.domain.portfolio import Portfolio
from tests.builders import drawn, layer, node, step, way_out


def held() -> Portfolio:
    """Return 1,000 in two positions: 750 on X with two operators, 250 on Y."""
    found = drawn(
        "a: 750 -> X -30%-> operator:A",
        "X -20%-> operator:B",
        "X -rest-> unknown:operator",
        "b: 250 -> Y",
    )
    risky = found.with_graph([node("X", 0.02, 0.5), node("Y", 0.0)])
    return risky.with_positions(
        replace(
            risky.positions["a"],
            layers=(layer("staking", 0.03), layer("restaking", 0.02, "a>X")),
            exit=way_out(step("queue", 7, 14, 21)),
        ),
        replace(risky.positions["b"], exit=way_out(step("queue", 1, 2, 3))),
    )


def states(portfolio: Portfolio, *wanted: tuple[LimitKind, str, float]) -> list[LimitState]:
    limited = portfolio.with_limits(*(Limit(f"l{n}", *limit) for n, limit in enumerate(wanted)))
    return list(limits(limited, exposure(limited)))


def figure(portfolio: Portfolio, kind: LimitKind, subject: str = "") -> float | None:
    (state,) = states(portfolio, (kind, subject, 0.0))
    return state.figure


@pytest.mark.parametrize(
    ("kind", "subject", "expected"),
    [
        (LimitKind.NODE_SHARE, "X", 0.75),
        (LimitKind.NODE_SHARE, "nothing stands on this", 0.0),
        (LimitKind.LARGEST_SHARE, "operator", 0.225),
        (LimitKind.LARGEST_SHARE, "service", 0.0),
        (LimitKind.UNKNOWN_SHARE, "operator", 0.375),
        (LimitKind.UNKNOWN_SHARE, "service", 0.0),
        (LimitKind.DAYS_OUT, "0.25", 2.0),
        (LimitKind.DAYS_OUT, "0.6", 14.0),
        (LimitKind.EXPECTED_LOSS, "", 0.0075),
        (LimitKind.REWARD_RATIO, "", 15 / 7.5),
    ],
)
def test_each_kind_has_its_figure(kind: LimitKind, subject: str, expected: float) -> None:
    assert figure(held(), kind, subject) == pytest.approx(expected, rel=1e-9)


def unpriced() -> Portfolio:
    return held().with_positions(*(replace(p, value=None) for p in held().positions.values()))


def without_assumptions() -> Portfolio:
    return held().with_graph([node("X"), node("Y")])


def with_an_unknown_reward() -> Portfolio:
    a = held().positions["a"]
    return held().with_positions(replace(a, layers=(*a.layers[:1], layer("restaking", None, "a>X"))))


def with_an_unknown_way_out() -> Portfolio:
    return held().with_positions(replace(held().positions["a"], exit=way_out(step("queue", None))))


@pytest.mark.parametrize(
    ("portfolio", "kind", "subject"),
    [
        (unpriced(), LimitKind.NODE_SHARE, "X"),
        (unpriced(), LimitKind.LARGEST_SHARE, "operator"),
        (unpriced(), LimitKind.UNKNOWN_SHARE, "operator"),
        (unpriced(), LimitKind.DAYS_OUT, "0.5"),
        (Portfolio(), LimitKind.NODE_SHARE, "X"),
        (without_assumptions(), LimitKind.EXPECTED_LOSS, ""),
        (without_assumptions(), LimitKind.REWARD_RATIO, ""),
        (with_an_unknown_reward(), LimitKind.REWARD_RATIO, ""),
        (with_an_unknown_way_out(), LimitKind.DAYS_OUT, "0.9"),
        (held(), LimitKind.LARGEST_SHARE, "moon"),
        (held(), LimitKind.DAYS_OUT, "most"),
        (held(), LimitKind.DAYS_OUT, "nan"),
    ],
)
def test_what_cannot_be_computed_is_unknown_and_neither_broken_nor_kept(
    portfolio: Portfolio, kind: LimitKind, subject: str
) -> None:
    (state,) = states(portfolio, (kind, subject, 0.5))
    assert (state.figure, state.broken) == (None, None)


def test_a_limit_is_broken_beyond_its_bound_alone() -> None:
    found = states(
        held(),
        (LimitKind.NODE_SHARE, "X", 0.75),
        (LimitKind.NODE_SHARE, "X", 0.74),
        (LimitKind.DAYS_OUT, "1", 14),
        (LimitKind.DAYS_OUT, "1", 13.9),
        (LimitKind.REWARD_RATIO, "", 2.0),
        (LimitKind.REWARD_RATIO, "", 2.1),
    )
    assert [state.broken for state in found] == [False, True, False, True, False, True]


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_wider_limit_is_never_broken_where_a_tighter_one_is_kept(a: float, b: float) -> None:
    tight, wide = states(
        held(), (LimitKind.NODE_SHARE, "X", min(a, b)), (LimitKind.NODE_SHARE, "X", max(a, b))
    )
    assert tight.broken or not wide.broken
