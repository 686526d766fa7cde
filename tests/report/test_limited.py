"""The limits on the shares of a dimension, and the sentences and bars that they change."""

from desktop_app.analysis.limits import LimitState, limits
from desktop_app.domain.limits import LimitKind, limit_of
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.report.concentrated import concentration_sentence, dimension_bars_of
from desktop_app.report.limited import DimensionLimits, dimension_limits, limit_place, share_bounds
from tests.builders import drawn
from tests.report.holdings import ask, spoken

HELD = drawn("a: 34 -> operator:P2P", "b: 16 -> operator:Kiln", "c: 39 -> unknown:operator", "d: 11 -> X")


def states(portfolio: Portfolio) -> tuple[LimitState, ...]:
    return limits(portfolio, ask(portfolio).overview.exposed)


def found(portfolio: Portfolio, dimension: str = "operator") -> DimensionLimits:
    return dimension_limits(dimension, portfolio, states(portfolio))


def said(portfolio: Portfolio) -> str:
    return spoken(concentration_sentence("operator", ask(portfolio).overview, Labels(), found(portfolio)))


def test_the_tighter_of_two_limits_bounds_a_name() -> None:
    portfolio = HELD.with_limits(
        limit_of(LimitKind.LARGEST_SHARE, "operator", 0.3),
        limit_of(LimitKind.NODE_SHARE, "operator:Kiln", 0.1),
        limit_of(LimitKind.UNKNOWN_SHARE, "operator", 0.5),
        limit_of(LimitKind.DAYS_OUT, "0.9", 30),
    )
    bounds = {
        node: found(portfolio).bound(node) for node in ("operator:P2P", "operator:Kiln", "unknown:operator")
    }
    assert bounds == {"operator:P2P": 0.3, "operator:Kiln": 0.1, "unknown:operator": 0.5}
    bars = dimension_bars_of("operator", ask(portfolio).overview, 9, None, found(portfolio))
    assert {bar.id: bar.is_over for bar in bars} == {
        "unknown:operator": False,
        "operator:P2P": True,
        "operator:Kiln": True,
    }


def test_limits_belong_to_their_dimension() -> None:
    portfolio = HELD.with_limits(limit_of(LimitKind.NODE_SHARE, "X", 0.05))
    assert not found(portfolio).is_broken
    assert found(portfolio, "protocol").is_broken
    assert not found(portfolio, "underlying").is_broken


def test_a_limit_on_a_node_that_is_gone_bounds_nothing() -> None:
    portfolio = HELD.with_limits(limit_of(LimitKind.NODE_SHARE, "gone", 0.05))
    assert found(portfolio).nodes == {}


def test_the_sentence_says_above_and_within() -> None:
    over = HELD.with_limits(limit_of(LimitKind.LARGEST_SHARE, "operator", 0.3))
    assert said(over).startswith(
        "34 % stands on the operator operator:P2P, above your limit of 30 %. For 39 %"
    )
    within = HELD.with_limits(limit_of(LimitKind.LARGEST_SHARE, "operator", 0.4))
    assert said(within).startswith("No operator carries more than 34 %, within your limit of 40 %. For 39 %")
    unknown = HELD.with_limits(limit_of(LimitKind.UNKNOWN_SHARE, "operator", 0.2))
    assert said(unknown).endswith("For 39 % nobody publishes who operates it, above your limit of 20 %.")


def test_largest_nodes_know_their_bounds() -> None:
    portfolio = HELD.with_limits(limit_of(LimitKind.LARGEST_SHARE, "operator", 0.3))
    seen = ask(portfolio).overview
    bounds = share_bounds(seen.largest, portfolio, states(portfolio))
    assert bounds == {"operator:P2P": 0.3, "operator:Kiln": 0.3}


def test_a_limit_leads_to_the_page_that_shows_what_it_bounds() -> None:
    places = {
        kind: limit_place(limit_of(kind, subject, 0.5), HELD)
        for kind, subject in (
            (LimitKind.NODE_SHARE, "X"),
            (LimitKind.LARGEST_SHARE, "operator"),
            (LimitKind.DAYS_OUT, "0.9"),
            (LimitKind.EXPECTED_LOSS, ""),
            (LimitKind.REWARD_RATIO, ""),
        )
    }
    assert places == {
        LimitKind.NODE_SHARE: ("concentration", "protocol"),
        LimitKind.LARGEST_SHARE: ("concentration", "operator"),
        LimitKind.DAYS_OUT: ("withdrawals", ""),
        LimitKind.EXPECTED_LOSS: ("stress", ""),
        LimitKind.REWARD_RATIO: ("rewards", ""),
    }
