"""Days to a share, drawn at random: the same answer every time, within the range of the passes."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given

from desktop_app.analysis.percentiles import DRAWS, LEVELS, _pert, percentiles
from desktop_app.analysis.withdrawals import SHARES, withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit
from tests.analysis.strategies import exits
from tests.builders import position, step, way_out


def held(*ways: Exit) -> Portfolio:
    return Portfolio().with_positions(*(position(f"p{n}", "1000", exit=w) for n, w in enumerate(ways)))


def days(portfolio: Portfolio, share: float = 1.0) -> tuple[float | None, ...]:
    return percentiles(withdrawals(portfolio)).days[share]


def test_the_mean_and_the_spread_are_those_of_pert() -> None:
    drawn = _pert(1.0, 3.0, 11.0, "a")
    assert drawn.shape == (DRAWS,)
    mean, spread = (1 + 4 * 3 + 11) / 6, (4 - 1) * (11 - 4) / 7
    assert np.mean(drawn) == pytest.approx(mean, rel=0.03)
    assert np.var(drawn) == pytest.approx(spread, rel=0.1)
    assert (drawn.min() >= 1, drawn.max() <= 11) == (True, True)


def test_what_has_one_length_has_one_day() -> None:
    assert days(held(way_out(step("a", 5), step("b", 2, after="a")))) == (7, 7, 7)


def test_the_answer_never_varies_and_other_positions_do_not_change_a_way() -> None:
    way, other = way_out(step("a", 1, 3, 11)), way_out(step("b", 40))
    assert days(held(way)) == days(held(way))
    assert days(held(way, other), 0.5) == days(held(way))


def test_who_waits_in_the_same_queue_waits_equally_long() -> None:
    queue, apart = way_out(step("q", 1, 3, 11)), way_out(step("r", 1, 3, 11))
    assert days(held(queue, queue)) == days(held(queue))
    together, alone = days(held(queue, apart)), days(held(queue))
    assert (together[1] or 0) > (alone[1] or 0)


def test_what_has_no_latest_day_never_arrives_and_is_told() -> None:
    portfolio = held(way_out(step("a", 1, 3, None)), way_out(step("b", 2)))
    found = percentiles(withdrawals(portfolio))
    assert (found.days[0.5], found.days[0.75], found.undrawn) == ((2, 2, 2), (None,) * 3, 1000)
    narrow = held(way_out(step("a", 2, capacity=Decimal(400))))
    assert percentiles(withdrawals(narrow)).undrawn == 600


def test_a_calendar_day_stays_where_it_is() -> None:
    portfolio = held(way_out(step("a", 5, 3, 1)))
    assert withdrawals(portfolio).positions["p0"].finish.typical is None  # unsound: no way is known
    assert days(portfolio) == (None,) * 3


def test_with_nothing_priced_there_is_nothing_to_draw() -> None:
    unpriced = Portfolio().with_positions(position("p", None, exit=way_out(step("a", 5))))
    assert days(unpriced) == (None,) * 3
    assert days(Portfolio()) == (None,) * 3


@given(exits())
def test_levels_rise_with_level_and_share_and_stay_within_the_passes(way: Exit) -> None:
    out = withdrawals(held(way, way_out(step("own", 2, 4, 9))))
    found = percentiles(out)
    for share in SHARES:
        known = [day for day in found.days[share] if day is not None]
        assert len(found.days[share]) == len(LEVELS)
        assert known == sorted(known)
        least, most = out.days_to_share["min"][share], out.days_to_share["max"][share]
        assert all(least is not None and day >= least - 1e-9 for day in known)
        assert most is None or (len(known) == len(LEVELS) and known[-1] <= most + 1e-9)
    medians = [found.days[share][1] for share in SHARES]
    reached = [day for day in medians if day is not None]
    assert reached == sorted(reached)
