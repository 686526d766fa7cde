"""Hatches are lines inside their rectangle, the same on screen and paper."""

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.figures.hatching import hatch_lines, slashable_hatch, unknown_hatch

SIZES = st.floats(0.5, 200)


@given(SIZES, SIZES, st.booleans())
def test_lines_stay_inside_their_rectangle_caps_and_all(width: float, height: float, rising: bool) -> None:
    make = unknown_hatch if rising else slashable_hatch
    hatch = make(10, 20, width, height, "text2")
    room = hatch.line_width / 2 / 2**0.5
    for x1, y1, x2, y2 in hatch_lines(hatch):
        assert all(10 + room - 1e-9 <= x <= 10 + width - room + 1e-9 for x in (x1, x2))
        assert all(20 + room - 1e-9 <= y <= 20 + height - room + 1e-9 for y in (y1, y2))


@given(SIZES, SIZES, st.booleans())
def test_unknown_rises_and_slashable_falls(width: float, height: float, rising: bool) -> None:
    make = unknown_hatch if rising else slashable_hatch
    for x1, y1, x2, y2 in hatch_lines(make(0, 0, width, height, "text2")):
        assert abs(x2 - x1) == pytest.approx(abs(y2 - y1))
        assert (y2 < y1) == rising


def test_lines_stand_as_far_apart_as_written() -> None:
    first, second = hatch_lines(unknown_hatch(0, 0, 400, 400, "text2"))[:2]
    assert hypot(second[0] - first[0], second[1] - first[1]) == pytest.approx(5 * 2**0.5)
    assert (second[1] - first[1]) / 2**0.5 == pytest.approx(5)


def test_small_areas_are_hatched_closer() -> None:
    assert unknown_hatch(0, 0, 9, 34).spacing == 4
    assert unknown_hatch(0, 0, 40, 34).spacing == 5


def test_nothing_to_hatch_has_no_lines() -> None:
    assert hatch_lines(unknown_hatch(0, 0, 0, 10)) == []
