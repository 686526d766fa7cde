"""The tables that stand in for charts hold the numbers of the answers."""

from dataclasses import replace
from datetime import date, timedelta

from desktop_app.analysis.dependencies import dependencies
from desktop_app.analysis.overview import overview
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Exit, ExitStep, Tranche
from desktop_app.figures.labels import Labels, whole_days
from desktop_app.shipped import sample_portfolio
from desktop_app.ui.tables.columns import (
    DEPENDENCIES,
    POSITION_LIST,
    WITHDRAWALS,
    dependency_rows,
    withdrawal_rows,
)
from desktop_app.ui.tables.position_rows import position_rows
from desktop_app.ui.tables.table_model import Column
from tests.builders import drawn

DAY = date(2026, 11, 24)


def cells(columns: tuple[Column, ...], row: object) -> dict[str, str]:
    return {column.heading: column.shown(row, Labels()) for column in columns}


def test_every_node_that_is_reached_has_a_row_with_its_share_and_gateway() -> None:
    portfolio = drawn("me: 100 -> A -> B", "you: 300 -> C")
    answer = overview(portfolio, DAY)
    rows = dependency_rows(answer.exposed, dependencies(portfolio, answer.exposed), answer.names)
    assert {row.id for row in rows} == {"A", "B", "C"}
    found = cells(DEPENDENCIES, next(row for row in rows if row.id == "B"))
    assert (found["{currency}"], found["Share"], found["Positions"]) == ("100", "25\u202f%", "1")
    assert (found["Fully on it"], found["Gateway"]) == ("1", "A")


def test_a_node_without_any_price_on_it_is_unknown_and_never_zero() -> None:
    portfolio = drawn("me: ? -> Renzo", "you: 300 -> Lido")
    answer = overview(portfolio, DAY)
    rows = dependency_rows(answer.exposed, dependencies(portfolio, answer.exposed), answer.names)
    found = cells(DEPENDENCIES, next(row for row in rows if row.id == "Renzo"))
    assert (found["{currency}"], found["Share"]) == ("unknown", "unknown")


def test_every_part_of_a_position_has_a_row_with_its_dates() -> None:
    portfolio = sample_portfolio()
    out = overview(portfolio, DAY).out
    rows = withdrawal_rows(out, portfolio, DAY, Labels())
    assert len(rows) == sum(len(plan.tranches) for plan in out.positions.values())
    for row in rows:
        typical = row.days.typical
        assert row.out_on == (None if typical is None else DAY + timedelta(days=whole_days(typical)))


def test_an_unknown_way_is_a_question_mark_and_says_what_is_known() -> None:
    portfolio = _without_a_typical_step()
    (row,) = withdrawal_rows(overview(portfolio, DAY).out, portfolio, DAY, Labels())
    assert cells(WITHDRAWALS, row)["Typical"] == "?"
    assert "At least" in WITHDRAWALS[7].tooltip(row, Labels())


def test_the_longest_step_is_named_where_only_its_least_is_known() -> None:
    portfolio = _without_a_typical_step()
    (row,) = withdrawal_rows(overview(portfolio, DAY).out, portfolio, DAY, Labels())
    assert (row.longest, row.source) == ("Queue", "yours")


def _without_a_typical_step() -> Portfolio:
    step = ExitStep("q", "Queue", minimum=1.0, maximum=5.0)
    drawing = drawn("me: 100 -> A")
    return drawing.with_positions(
        replace(drawing.positions["me"], exit=Exit((Tranche("all", 1.0, (step,)),)))
    )


def test_the_year_of_an_old_price_is_told_where_it_is_another_year() -> None:
    portfolio = sample_portfolio()
    answer = overview(portfolio, DAY)
    row = position_rows(portfolio, answer.exposed, answer.out, DAY)[0]
    notes = [
        POSITION_LIST[0].note(replace(row, price_day=day), Labels())
        for day in (date(2024, 6, 30), date(2026, 6, 30))
    ]
    assert notes == ["price of 30\u00a0Jun\u00a02024", "price of 30\u00a0Jun"]


def test_positions_of_one_name_are_told_apart_by_their_account_first() -> None:
    portfolio = sample_portfolio()
    first = next(iter(portfolio.positions.values()))
    portfolio = portfolio.with_positions(
        replace(first, account="Ledger"), replace(first, id="twin", account="Safe")
    )
    answer = overview(portfolio, DAY)
    rows = position_rows(portfolio, answer.exposed, answer.out, DAY)
    seconds = [POSITION_LIST[0].second(row, Labels()) for row in rows if row.name == first.name]
    assert [text.split(",")[0] for text in seconds] == ["Ledger", "Safe"]
