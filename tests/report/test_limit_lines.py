"""Limits as rows that are typed into, and what a new one can be about."""

from dataclasses import replace

import pytest

from desktop_app.analysis.limits import LimitState
from desktop_app.domain.limits import LimitKind, limit_of
from desktop_app.figures.labels import Labels
from desktop_app.report.limit_lines import KINDS, bound_of, limit_line, subjects, unit
from tests.builders import drawn

HELD = drawn("a: 10 -> X -> role:R -> operator:X")


@pytest.mark.parametrize("kind", LimitKind)
def test_what_is_typed_is_what_is_shown(kind: LimitKind) -> None:
    limit = limit_of(kind, "x", 0.3)
    line = limit_line(LimitState(limit, 0.4), {}, Labels())
    assert bound_of(kind, line.bound) == pytest.approx(0.3)
    assert line.unit == unit(kind)


def test_a_line_says_how_a_limit_stands() -> None:
    limit = limit_of(LimitKind.LARGEST_SHARE, "operator", 0.3)
    line = limit_line(LimitState(limit, 0.34), {}, Labels())
    assert (line.subject, line.bound, line.now, line.state) == (
        "Share of the largest operator",
        30,
        "34.0\u202f%",
        "broken",
    )
    assert limit_line(LimitState(limit, None), {}, Labels()).broken is None


def test_every_kind_is_offered_with_what_it_can_be_about() -> None:
    assert set(KINDS) == set(LimitKind)
    offered = {kind: dict(subjects(kind, HELD, Labels())) for kind in LimitKind}
    assert offered[LimitKind.LARGEST_SHARE] == {"protocol": "protocol", "operator": "operator"}
    assert set(offered[LimitKind.NODE_SHARE].values()) == {"X", "role:R", "operator:X"}
    assert offered[LimitKind.DAYS_OUT]["90\u202f%"] == "0.9"
    assert offered[LimitKind.EXPECTED_LOSS] == {"": ""}


def test_nodes_of_one_name_are_told_apart() -> None:
    twice = HELD.with_graph([replace(HELD.nodes["operator:X"], name="X")])
    assert set(subjects(LimitKind.NODE_SHARE, twice, Labels())) == {"X", "X, operator", "role:R"}
