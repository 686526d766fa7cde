"""What stands beside the ladder: the same words on page and paper."""

from dataclasses import replace

from desktop_app.analysis.withdrawals import Withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.report.blocks import Strip
from desktop_app.report.sections.way_out import ladder_remarks, way_out_section
from tests.builders import drawn, step, way_out
from tests.report.answers import finishing
from tests.report.holdings import spoken
from tests.report.sections.subjects import drawn_words, figures, notes, subject


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
    made = figures(way_out_section(subject(undated(1))))
    assert "Typical: no time is known for USD 1,000." in drawn_words(made[-1])


def test_each_position_is_a_slice_under_a_head_that_is_repeated() -> None:
    strip = way_out_section(subject(undated(3))).blocks[0]
    assert isinstance(strip, Strip)
    assert [drawn_words(part).split()[0] for part in strip.slices] == ["p0", "p1", "p2"]
    assert "Earliest, latest" in drawn_words(strip.head)
    assert "slashable not slashable" in drawn_words(strip.foot)


def test_a_long_way_out_is_folded_and_says_so() -> None:
    section = way_out_section(subject(undated(5), most_rows=2))
    strip = section.blocks[0]
    assert isinstance(strip, Strip)
    assert len(strip.slices) == 2
    assert notes(section) == ["3 more in the CSV."]


def undated(count: int) -> Portfolio:
    """Return positions whose way out has no typical time."""
    held = drawn(*(f"p{i}: 1000 -> Lido" for i in range(count)))
    slow = way_out(step("queue", 1, None, 5))
    return held.with_positions(*(replace(p, exit=slow) for p in held.positions.values()))
