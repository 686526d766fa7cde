from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.csv_import.plan import Outcome
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension
from tests.csv_import.reading import holdings, imported, plan, rejected, skipped, stopping

SAMPLE = (Path(__file__).parents[2] / "data" / "wealthfolio_holdings.csv").read_bytes()
HEADER = "date,symbol,quantity,price,currency\n"


def test_the_sample_gives_exactly_its_counts() -> None:
    found = plan(SAMPLE)
    counts = found.counts
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT_PARTLY, "wealthfolio", "snapshot")
    assert (counts.data_rows, counts.accepted, counts.rejected, counts.skipped, counts.asked) == (
        18,
        12,
        0,
        6,
        0,
    )
    assert counts.duplicate == 0


def test_the_sample_gives_exactly_its_holdings() -> None:
    expected = (
        "ETH 1.75, stETH 12.1042, wstETH 4.25, weETH 3.3, ezETH 2, PT-weETH-26DEC2024 1.05, "
        "SOL 40, jitoSOL 101.25, ATOM 618.75, DOT 900, sUSDe 5000"
    )
    assert ", ".join(f"{asset} {amount}" for asset, amount in holdings(SAMPLE).items()) == expected


def test_the_earlier_snapshot_is_skipped() -> None:
    assert skipped(SAMPLE) == [(line, "earlier_snapshot") for line in range(2, 8)]


def test_nothing_in_the_sample_stops_the_import() -> None:
    assert stopping(SAMPLE) == []


def test_positions_carry_the_price_of_their_day() -> None:
    weeth = next(p for p in imported(SAMPLE).positions.values() if p.asset == "weETH")
    assert (weeth.quantity, weeth.unit_price, weeth.priced_on) == (
        Decimal("3.3"),
        Decimal("3512.90"),
        date(2024, 6, 30),
    )
    assert "snapshot" in weeth.notes


def test_the_default_account_is_no_custody_and_a_named_one_is() -> None:
    default, named = imported(SAMPLE), imported(SAMPLE, account="My broker")
    assert {p.account for p in default.positions.values()} == {"Wealthfolio"}
    assert not [n for n in default.nodes.values() if n.dimension is Dimension.CUSTODY]
    assert [n.name for n in named.nodes.values() if n.dimension is Dimension.CUSTODY] == ["My broker"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("30.06.2024,ETH,1,,USD", "date_invalid"),
        (",ETH,1,,USD", "date_missing"),
        ("2030-01-01,ETH,1,,USD", "date_out_of_range"),
        ("1970-01-01,ETH,1,,USD", "date_out_of_range"),
        ("2024-06-30,,1,,USD", "asset_missing"),
        ("2024-06-30,ETH,,,USD", "quantity_missing"),
        ('2024-06-30,ETH,"1,5",,USD', "decimal_minority"),
        ("2024-06-30,ETH,-1,,USD", "quantity_negative"),
        ("2024-06-30,ETH,1,x,USD", "price_invalid"),
        ("2024-06-30,ETH,1", "row_short"),
        ("2024-06-30,ETH,1,2,USD,3", "row_long"),
    ],
)
def test_a_row_that_does_not_fit_the_format_is_rejected(row: str, code: str) -> None:
    assert rejected(f"{HEADER}{row}\n2024-06-30,SOL,1,,USD\n") == [(2, code)]


def test_a_broken_row_of_an_earlier_day_is_no_loss() -> None:
    assert skipped(f"{HEADER}2024-01-01,ETH,x,,USD\n2024-06-30,SOL,1,,USD\n") == [(2, "earlier_snapshot")]


def test_a_zero_balance_is_skipped() -> None:
    assert skipped(f"{HEADER}2024-06-30,ETH,0,,USD\n2024-06-30,SOL,1,,USD\n") == [(2, "zero")]


def test_a_programs_unknown_symbol_is_kept_as_its_own() -> None:
    table = f"{HEADER}2024-06-30,WOBBLE,1,,USD\n"
    assert (stopping(table), holdings(table)) == ([], {"WOBBLE": "1"})


@pytest.mark.parametrize(
    "symbol", ["NULL1", "0x1BBe973BeF3a977Fc51CbED703E8ffDEfE001Fed", "\u0415\u0422\u041d"]
)
def test_stand_ins_addresses_and_look_alikes_are_asked_about(symbol: str) -> None:
    assert stopping(f"{HEADER}2024-06-30,{symbol},1,,USD\n") == [f"asset_unknown:{symbol}"]


def test_prices_in_another_currency_are_left_empty() -> None:
    found = plan(SAMPLE, Portfolio(currency="EUR"))
    assert all(row.holding.unit_price is None for row in found.rows if row.holding)
    assert "EUR" in found.warnings[0]


def test_the_average_cost_is_no_price() -> None:
    found = plan("date,symbol,quantity,avgCost,currency\n2024-06-30,ETH,1,900,USD\n")
    assert found.rows[0].holding is not None
    assert found.rows[0].holding.unit_price is None
    assert "average cost" in found.warnings[0]


def test_prices_may_be_average_costs_which_is_said_once() -> None:
    found = plan(SAMPLE)
    assert [w for w in found.warnings if "average cost" in w] == list(found.warnings)
    assert len(found.warnings) == 1
    assert any(row.holding.unit_price is not None for row in found.rows if row.holding)


def test_further_columns_at_the_end_are_allowed() -> None:
    assert holdings("date,symbol,quantity,price,currency,note\n2024-06-30,ETH,1,,USD,x\n") == {"ETH": "1"}
