"""Limits: one for each kind and subject, with a bound that can be."""

import math

import pytest

from desktop_app.domain.limits import LimitKind, limit_of
from desktop_app.errors import UserError


def test_a_limit_is_known_by_what_it_bounds() -> None:
    first = limit_of(LimitKind.LARGEST_SHARE, "operator", 0.3)
    assert first.id == limit_of(LimitKind.LARGEST_SHARE, "operator", 0.4).id
    assert first.id != limit_of(LimitKind.UNKNOWN_SHARE, "operator", 0.3).id


@pytest.mark.parametrize(
    ("kind", "bound"),
    [
        (LimitKind.NODE_SHARE, 1.01),
        (LimitKind.EXPECTED_LOSS, -0.1),
        (LimitKind.DAYS_OUT, -1.0),
        (LimitKind.REWARD_RATIO, math.inf),
    ],
)
def test_a_bound_that_cannot_be_is_refused(kind: LimitKind, bound: float) -> None:
    with pytest.raises(UserError):
        limit_of(kind, "x", bound)


def test_days_and_ratios_are_no_shares() -> None:
    assert limit_of(LimitKind.DAYS_OUT, "0.9", 30.0).bound == 30.0
