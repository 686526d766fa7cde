"""The tables hold what the answers hold."""

from dataclasses import replace
from decimal import Decimal

from desktop_app.domain.limits import Limit, LimitKind
from desktop_app.domain.portfolio import Portfolio
from desktop_app.report.tables import DataTable, data_tables
from tests.builders import drawn, scenario, step, way_out
from tests.report.holdings import held, holding, open_example
from tests.report.sections.subjects import subject


def tables(portfolio: Portfolio) -> dict[str, DataTable]:
    return {table.name: table for table in data_tables(subject(portfolio))}


def column(table: DataTable, name: str) -> list[object]:
    return [row[table.columns.index(name)] for row in table.rows]


def test_every_position_has_its_row_with_exact_amounts_and_days() -> None:
    portfolio = held(holding("weETH", "1.000000000000000001", "3500"), holding("ETH", price=None))
    table = tables(portfolio)["positions"]
    assert column(table, "quantity")[0] == Decimal("1.000000000000000001")
    assert column(table, "value") == [Decimal("3500.0000000000000035"), None]
    assert column(table, "days_min")[0] is not None


def test_long_tables_are_not_folded() -> None:
    portfolio = drawn(*(f"p{n}: 1000 -> Lido" for n in range(90)))
    assert len(tables(portfolio)["positions"].rows) == 90


def test_ids_have_their_names_beside_them() -> None:
    portfolio = drawn("me: 1000 -> X", "X -30%-> operator:O", "X -rest-> unknown:operator")
    named = portfolio.with_graph([replace(portfolio.nodes["X"], name="Lido")])
    table = tables(named)["exposure"]
    assert sorted(zip(column(table, "node"), column(table, "node_name"), strict=True)) == [
        ("X", "Lido"),
        ("operator:O", "operator:O"),
        ("unknown:operator", "Operators not published"),
    ]


def test_scenarios_and_what_each_position_loses_in_them() -> None:
    portfolio = drawn("me: 1000 -> X", "you: 500 -> Y", scenarios=[scenario("x", X=0.5)])
    found = tables(portfolio)
    assert column(found["scenarios"], "loss") == [500.0]
    assert found["scenario-positions"].rows == (("x", "me", "me", 500.0), ("x", "you", "you", 0.0))


def test_the_ladder_has_a_row_a_day_and_each_part_its_dates() -> None:
    portfolio = drawn("me: 1000 -> X")
    portfolio = portfolio.with_positions(replace(portfolio.positions["me"], exit=way_out(step("q", 1, 5, 9))))
    found = tables(portfolio)
    assert column(found["ladder"], "day") == list(portfolio.ladder_days)
    assert column(found["ladder"], "protocol_typical")[:3] == [0.0, 0.0, 1000.0]
    assert [column(found["withdrawals"], name) for name in ("min", "typical", "max")] == [[1], [5], [9]]
    assert column(found["steps"], "step") == ["q"]


def test_the_year_has_its_levels_its_curve_and_its_parts() -> None:
    portfolio = drawn("me: 1000 -> X")
    risky = replace(portfolio.nodes["X"], failure_probability=0.02, loss_given_failure=0.5)
    found = tables(portfolio.with_graph([risky]))
    assert column(found["bad-years"], "level") == [0.9, 0.95, 0.99]
    assert column(found["bad-years"], "var") == [0.0, 0.0, 500.0]
    assert found["year"].rows[0][:3] == ("me", "me", 10.0)
    assert column(found["year"], "cvar_0.99") == [500.0]
    assert column(found["leave-one-out"], "cvar_0.99") == [500.0]
    assert column(found["exceedance"], "loss") == [500.0]


def test_limits_and_what_cannot_be_computed_are_listed() -> None:
    limit = Limit("l", LimitKind.NODE_SHARE, "X", 0.4)
    portfolio = replace(drawn("me: 1000 -> X", "you: ? -> X"), limits={"l": limit})
    found = tables(portfolio)
    assert column(found["limits"], "broken") == [True]
    assert any("expected_annual_loss" in str(path) for path in column(found["unavailable"], "path"))


def test_a_table_without_rows_has_its_columns() -> None:
    found = tables(Portfolio())
    assert all(table.columns for table in found.values())
    assert found["positions"].rows == ()
    assert "quantity" in found["positions"].columns


def test_the_worked_example_fills_every_kind_of_table() -> None:
    found = tables(open_example())
    filled = {name for name, table in found.items() if table.rows}
    assert {
        "positions",
        "nodes",
        "exposure",
        "edges",
        "concentration",
        "withdrawals",
        "ladder",
        "rewards",
    } <= filled
    assert all(len(row) == len(table.columns) for table in found.values() for row in table.rows)
