"""What stands beside the ladder: the same words on page and paper."""

from dataclasses import replace

from desktop_app.analysis.withdrawals import Withdrawals
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Text
from desktop_app.report.blocks import FigureBlock
from desktop_app.report.way_out import ladder_remarks, way_out_section
from tests.figures.examples import AS_OF, a_portfolio, some_withdrawals
from tests.report.answers import finishing
from tests.report.holdings import spoken


def missing(**unknown: float) -> Withdrawals:
    """Return a way out of 1,000 in which some passes have no day for a part of it."""
    out = finishing({"P": (7.0, 1000.0)})
    return replace(out, ladder=replace(out.ladder, unknown_value={**out.ladder.unknown_value, **unknown}))


def said(out: Withdrawals, labels: Labels | None = None) -> list[str]:
    return [spoken(text) for text, _ in ladder_remarks(out, labels or Labels())]


def test_value_without_a_typical_time_is_named() -> None:
    assert said(missing(typical=168_753.0)) == ["Typical: no time is known for USD 168,753."]


def test_what_several_curves_miss_is_said_once() -> None:
    out = missing(typical=400.0, max=400.0)
    assert said(out) == ["Typical and slowest: no time is known for USD 400."]
    assert said(missing(typical=400.0, max=500.0))[1] == "Slowest: no time is known for USD 500."


def test_hidden_amounts_become_shares() -> None:
    assert said(missing(max=250.0), Labels(hide_amounts=True)) == ["Slowest: no time is known for 25 %."]


def test_where_everything_has_a_date_nothing_is_said() -> None:
    assert said(missing()) == []


def test_paper_says_it_beside_the_ladder() -> None:
    out = some_withdrawals()
    out = replace(out, ladder=replace(out.ladder, unknown_value={"typical": 22_584.0}))
    blocks = way_out_section(a_portfolio(), out, Labels(), AS_OF, 680, 60).blocks
    figures = [block.figure for block in blocks if isinstance(block, FigureBlock)]
    words = spoken(" ".join(s.text for s in figures[-1].shapes if isinstance(s, Text)))
    assert "Typical: no time is known for USD 22,584." in words
