"""The timeline: who is out when, what is known of it, and nothing in the way of anything else."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest

from desktop_app.analysis.withdrawals import Days, PositionPlan
from desktop_app.domain.positions import ExitStep, Origin, Position, Request
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Hatch, Line, Rect, Text
from desktop_app.figures.short_sources import Sign, step_source
from desktop_app.figures.sizes import PAPER, SCREEN, Sizes
from desktop_app.figures.texts import estimate
from desktop_app.figures.time_axis import day_after
from desktop_app.figures.timeline import (
    TimelineColumns,
    range_words,
    timeline,
    timeline_columns,
    timeline_head,
    typical_words,
)
from desktop_app.figures.timeline_key import timeline_key
from desktop_app.figures.timeline_rows import TimelineRow, signs_of, timeline_rows
from tests.figures.examples import AS_OF, a_plan, a_portfolio, a_step, some_withdrawals

LABELS = Labels()


def rows_of(*plans: object) -> tuple[TimelineRow, ...]:
    return timeline_rows(some_withdrawals(plans), a_portfolio())  # type: ignore[arg-type]


def columns_of(rows: tuple[TimelineRow, ...], width: float = 798, sizes: Sizes = SCREEN) -> TimelineColumns:
    return timeline_columns(rows, AS_OF, LABELS, width, sizes)


def drawn(*plans: object) -> Figure:
    rows = rows_of(*plans)
    return timeline(rows, columns_of(rows), LABELS)


ALL = timeline_rows(some_withdrawals(), a_portfolio())


def test_rows_are_sorted_by_their_typical_finish_unknown_last() -> None:
    finishes = [row.finish.typical for row in ALL]
    known = [finish for finish in finishes if finish is not None]
    assert finishes == [*sorted(known), None]


def test_every_part_of_a_position_has_a_row() -> None:
    plan = a_plan("wstETH", 100, Days(1, 5, 27))
    parts = (replace(plan, name="requested"), replace(plan, name="rest"))
    answer = some_withdrawals((plan,))
    position = PositionPlan("wstETH", plan.finish, parts)
    rows = timeline_rows(replace(answer, positions={"wstETH": position}), a_portfolio())
    assert [(row.id, row.name) for row in rows] == [
        ("wstETH#0", "wstETH, requested"),
        ("wstETH#1", "wstETH, rest"),
    ]


def test_a_position_without_any_way_out_says_so() -> None:
    answer = some_withdrawals((a_plan("wstETH", 100, Days(1, 5, 27)),))
    nothing = PositionPlan("wstETH", Days(None, None, None), ())
    rows = timeline_rows(replace(answer, positions={"wstETH": nothing}), a_portfolio())
    figure = timeline(rows, columns_of(rows), LABELS)
    assert [s.text for s in figure.shapes if isinstance(s, Text) and s.colour == "warn"] == ["?", "?"]


def test_a_step_has_the_colour_of_the_node_that_imposes_it() -> None:
    figure = drawn(a_plan("wstETH", 100, Days(2, 2, 2), a_step("Repay", "aave", 0, 2)))
    assert "dimension:lender" in [shape.fill for shape in figure.shapes if isinstance(shape, Rect)]


def test_slashable_steps_are_hatched_falling_and_unknown_ones_rising() -> None:
    figure = drawn(
        a_plan(
            "wstETH",
            100,
            Days(9, 9, 9),
            a_step("Queue", "lido", 0, 3, slashable=True),
            a_step("Vote", "lido", 3, 6, slashable=None),
            a_step("Claim", "lido", 6, 9, slashable=False),
        )
    )
    assert [shape.rising for shape in figure.shapes if isinstance(shape, Hatch)] == [False, True]


def test_what_runs_beside_the_critical_path_is_half_as_high() -> None:
    figure = drawn(
        a_plan(
            "wstETH",
            100,
            Days(9, 9, 9),
            a_step("Queue", "lido", 0, 9),
            a_step("Delay", "lido", 0, 4, beside=1),
        )
    )
    bars = [
        shape.height for shape in figure.shapes if isinstance(shape, Rect) and shape.fill.startswith("dim")
    ]
    assert bars == [SCREEN.bar, SCREEN.bar / 2]


def test_time_already_waited_lies_left_of_today() -> None:
    rows = rows_of(a_plan("wstETH", 100, Days(1, 1, 1), a_step("Queue", "lido", 0, 1, waited=7)))
    columns = columns_of(rows)
    figure = timeline(rows, columns, LABELS)
    waited = next(s for s in figure.shapes if isinstance(s, Rect) and s.fill == "faint")
    assert waited.x + waited.width == pytest.approx(columns.axis.x(0))
    assert waited.x == pytest.approx(columns.axis.x(-7))


def test_an_unknown_latest_ends_in_dots_and_a_question_mark() -> None:
    figure = drawn(
        a_plan("wstETH", 100, Days(1, 5, None), a_step("Queue", "lido", 0, 5), at_least=Days(1, 5, 12))
    )
    assert any(isinstance(shape, Line) and shape.dash == (3.0, 3.0) for shape in figure.shapes)
    signs = [s for s in figure.shapes if isinstance(s, Text) and s.text == "?"]
    assert [(sign.colour, sign.bold) for sign in signs] == [("warn", True)]


def test_without_a_typical_time_the_range_is_drawn_alone() -> None:
    rows = rows_of(a_plan("wstETH", 100, Days(3, None, 9), at_least=Days(3, 3, 9)))
    columns = columns_of(rows)
    figure = timeline(rows, columns, LABELS)
    lines = [s.points for s in figure.shapes if isinstance(s, Line) and s.colour == "ink"]
    ends = [points for points in lines if points[0][1] == points[1][1]]
    assert [(ends[0][0][0], ends[0][1][0])] == [(columns.axis.x(3), columns.axis.x(9))]
    assert [s.text for s in figure.shapes if isinstance(s, Text) and s.text == "?"] == ["?"]


def test_beyond_the_axis_stands_an_arrow() -> None:
    rows = rows_of(a_plan("PT-weETH", 100, Days(122, 128, 148), a_step("Maturity", "lido", 0, 128)))
    columns = columns_of(rows)
    figure = timeline(rows, columns, LABELS)
    arrows = [s for s in figure.shapes if isinstance(s, Line) and len(s.points) == 3]
    assert len(arrows) == 1
    bar = next(s for s in figure.shapes if isinstance(s, Rect))
    assert bar.x + bar.width == pytest.approx(columns.axis.right)


def test_dates_are_said_with_a_year_only_where_it_is_another() -> None:
    rows = rows_of(a_plan("weETH", 1, Days(1, 7, 27)), a_plan("PT-weETH", 1, Days(122, 128, 148)))
    assert [typical_words(row, AS_OF, LABELS) for row in rows] == ["1\u00a0Dec", "1\u00a0Apr\u00a02027"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (Days(1, 7, 27), "25\u00a0Nov – 21\u00a0Dec"),
        (Days(0, 1, 2), "24–26\u00a0Nov"),
        (Days(15, 20, None), "9\u00a0Dec – ?"),
        (Days(9, 9, 9), ""),
        (Days(None, None, None), ""),
        (Days(1, 400, 800), "25\u00a0Nov – 1\u00a0Feb\u00a02029"),
    ],
)
def test_the_range_is_said_as_shortly_as_it_can_be(days: Days, words: str) -> None:
    plan = a_plan("wstETH", 1, days)
    assert range_words(rows_of(plan)[0], AS_OF, LABELS) == words


def test_absurd_days_have_a_date_all_the_same() -> None:
    assert day_after(AS_OF, 1e12) == date.max


@pytest.mark.parametrize(("width", "sizes"), [(798, SCREEN), (680, PAPER), (1438, SCREEN)])
def test_texts_of_a_row_do_not_touch(width: float, sizes: Sizes) -> None:
    columns = columns_of(ALL, width, sizes)
    for row in ALL:
        texts = [s for s in timeline((row,), columns, LABELS, sizes).shapes if isinstance(s, Text) and s.text]
        spans = []
        for text in texts:
            long = estimate(text.text, text.size, text.bold)
            left = text.x - (long if text.anchor == "end" else 0)
            spans.append((left, left + long))
        spans.sort()
        assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize(("width", "sizes"), [(798, SCREEN), (680, PAPER)])
def test_dates_on_the_axis_do_not_touch_and_today_is_there(width: float, sizes: Sizes) -> None:
    head = timeline_head(columns_of(ALL, width, sizes), LABELS, sizes)
    words = [s for s in head.shapes if isinstance(s, Text) and s.anchor == "middle"]
    assert "today" in [word.text for word in words]
    spans = sorted(
        (w.x - estimate(w.text, w.size, w.bold) / 2, w.x + estimate(w.text, w.size, w.bold) / 2)
        for w in words
    )
    assert all(first[1] < second[0] for first, second in pairwise(spans))
    apart = [after.x - word.x for word, after in pairwise(words)]
    assert apart == pytest.approx([apart[0]] * len(apart))


def test_a_slice_of_rows_starts_at_the_top_with_the_same_columns() -> None:
    columns = columns_of(ALL)
    part = timeline(ALL[3:5], columns, LABELS)
    assert part.height == 2 * SCREEN.row
    assert [target.id for target in part.targets] == [row.id for row in ALL[3:5]]


def test_every_row_can_be_pointed_at_and_tells_its_steps() -> None:
    figure = timeline(ALL, columns_of(ALL), LABELS)
    assert [target.id for target in figure.targets] == [row.id for row in ALL]
    tooltip = next(t.tooltip for t in figure.targets if t.id.startswith("LBTC"))
    assert tooltip.splitlines()[1:] == [
        "Earliest, latest: 28\u00a0Nov – 3\u00a0Dec",
        "Babylon unbonding: 5\u00a0days (yours)",
        "Lombard: 2\u00a0days (yours)",
    ]


def test_a_request_tells_its_state_its_amount_and_the_way_that_was_chosen() -> None:
    request = Request("r", Decimal("2.5"), datetime(2026, 11, 20, 9, tzinfo=UTC), path="fast-exit")
    plan = replace(
        a_plan("wstETH", 100, Days(0, 0, 0), a_step("Queue", "lido", 0, 0)),
        request=request,
        amount=request.amount,
        asked=-3.625,
        claim=Days(-1, -1, -1),
    )
    (row,) = rows_of(plan)
    figure = timeline([row], columns_of((row,)), LABELS)
    lines = figure.targets[0].tooltip.splitlines()
    assert lines[0] == "wstETH, 2.50 requested: typically out 23\u00a0Nov"
    assert lines[1:3] == ["Withdrawal: claimable", "Way out: fast exit (yours)"]
    assert any(isinstance(s, Text) and s.text == "claimable" for s in figure.shapes)
    assert row.waited == 3.625
    hidden = Labels(hide_amounts=True)
    assert row.name_in(hidden) == "wstETH, ••• requested"
    long = replace(row, name="wstETH in a vault with a name of more than forty letters")
    words = [s for s in timeline([long], columns_of((long,)), LABELS).shapes if isinstance(s, Text)]
    assert words[0].text.endswith("…, 2.50 requested")
    assert words[0].tooltip == long.name_in(LABELS)


def test_hidden_amounts_stay_hidden_in_tooltips() -> None:
    hidden = Labels(hide_amounts=True)
    figure = timeline(ALL, timeline_columns(ALL, AS_OF, hidden, 798), hidden)
    assert "103,954" not in repr(figure)


def test_the_key_says_less_where_there_is_less_room_and_breaks_at_last() -> None:
    whole, narrow, broken = timeline_key(1000), timeline_key(700), timeline_key(250)
    assert whole.width > narrow.width
    assert whole.height == narrow.height < broken.height
    assert broken.width <= 250


def test_the_key_names_the_signs_that_stand_at_the_bars() -> None:
    assert "yours" not in timeline_key(1000).headline
    assert timeline_key(1000, signs={Sign.YOURS}).headline.endswith("yours")


OWN = ExitStep("q", "Queue", typical=5)
READ = replace(OWN, origin=Origin.CATALOGUE, cited="docs", dated="2026-05-01", verified=True)


@pytest.mark.parametrize(
    ("step", "sign"),
    [
        (OWN, Sign.YOURS),
        (READ, None),
        (replace(READ, verified=False), Sign.DOUBTED),
        (replace(READ, dated="2025-03-01"), Sign.DOUBTED),
        (replace(READ, dated="undated"), Sign.DOUBTED),
        (replace(OWN, origin=Origin.ASSUMED), Sign.DOUBTED),
    ],
)
def test_a_bar_has_a_sign_where_its_length_is_doubted_or_the_users_own(
    step: ExitStep, sign: Sign | None
) -> None:
    plan = a_plan("wstETH", 100, Days(5, 5, 5), replace(a_step("Queue", "lido", 0, 5), step=step))
    rows = rows_of(plan)
    columns = columns_of(rows)
    assert signs_of(rows, AS_OF) == ({sign} if sign else set())
    found = [
        (s.colour, bool(s.dash))
        for s in timeline(rows, columns, LABELS).shapes
        if isinstance(s, Line) and s.points[0][0] == columns.axis.x(0) and s.points[1][0] == columns.axis.x(5)
    ]
    assert found == {None: [], Sign.YOURS: [("accent", False)], Sign.DOUBTED: [("warn", True)]}[sign]


def test_without_room_the_words_of_the_range_are_left_out_and_the_whisker_stays() -> None:
    columns = columns_of(ALL)
    narrow = replace(columns, spans=False)
    wide, tight = timeline(ALL, columns, LABELS), timeline(ALL, narrow, LABELS)
    said = {range_words(row, AS_OF, LABELS) for row in ALL} - {""}
    assert said <= {s.text for s in wide.shapes if isinstance(s, Text)}
    assert said.isdisjoint(s.text for s in tight.shapes if isinstance(s, Text))
    assert "Earliest, latest" not in {
        s.text for s in timeline_head(narrow, LABELS).shapes if isinstance(s, Text)
    }
    assert [s for s in wide.shapes if isinstance(s, Line)] == [s for s in tight.shapes if isinstance(s, Line)]


def test_the_chosen_row_stands_out() -> None:
    columns = columns_of(ALL)
    figure = timeline(ALL, columns, LABELS, chosen=ALL[1].id)
    (band,) = (s for s in figure.shapes if isinstance(s, Rect) and s.fill == "sel")
    assert (band.y, band.width) == (SCREEN.row, columns.range)
    assert [s.text for s in figure.shapes if isinstance(s, Text) and s.bold and s.x == 0] == [
        ALL[1].name_in(LABELS)
    ]


def test_a_step_of_unknown_length_is_told_once_with_its_least() -> None:
    queue = replace(a_step("Queue", None, 0, None), step=ExitStep("q", "Queue", minimum=1.0))
    tooltip = drawn(a_plan("wstETH", 100, Days(1, None, 5), queue)).targets[0].tooltip
    assert [line for line in tooltip.splitlines() if "Queue" in line] == [
        "Queue: at least 1\u00a0day (yours)"
    ]


def test_a_step_names_its_source_and_what_is_wrong_with_it() -> None:
    read = ExitStep("q", "Queue", origin=Origin.CATALOGUE, cited="https://help.lido.fi/x", dated="2025-03-01")
    doubted = replace(read, verified=False, dated="2026-05-01")
    assert [step_source(step, LABELS, AS_OF) for step in (read, doubted)] == [
        "help.lido.fi, 1\u00a0Mar\u00a02025, old",
        "help.lido.fi, 1\u00a0May\u00a02026, unverified",
    ]
    assert step_source(ExitStep("q", "Queue", origin=Origin.ASSUMED), LABELS, AS_OF) == "assumed"


def test_where_no_step_is_critical_the_longest_of_those_that_overlap_holds() -> None:
    plan = a_plan(
        "validator",
        96000,
        Days(14, None, None),
        a_step("Exit queue", "ethereum", 0, 0.5, True, beside=1),
        a_step("EigenLayer delay", "eigenlayer", 0, 14, True, beside=1),
    )
    portfolio = a_portfolio().with_positions(Position("validator", "validator", "ETH", "ETH"))
    rows = timeline_rows(some_withdrawals((plan,)), portfolio)
    assert {bar.name: bar.main for bar in rows[0].bars} == {"EigenLayer delay": True, "Exit queue": False}
