from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.csv_import.plan import Outcome
from desktop_app.csv_import.rows import Verdict
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.stacks import Holding
from tests.csv_import.reading import holdings, imported, plan, question, rejected, skipped, stopping

TABLE = (Path(__file__).parents[2] / "data" / "generic_positions.csv").read_text("utf-8")


def held(text: str) -> Holding:
    """Return the holding of the only row of a table with asset, quantity and further columns."""
    (row,) = plan(text).rows
    assert row.holding is not None
    return row.holding


def test_a_table_with_broken_rows_comes_in_partly() -> None:
    found = plan(TABLE)
    assert (found.outcome, found.format, found.kind) == (
        Outcome.ACCEPT_PARTLY,
        "generic",
        "generic_positions",
    )
    assert (found.counts.data_rows, found.counts.accepted, found.counts.rejected, found.counts.skipped) == (
        9,
        5,
        2,
        2,
    )
    assert rejected(TABLE) == [(8, "quantity_negative"), (9, "asset_invalid")]
    assert skipped(TABLE) == [(10, "blank"), (11, "total")]


def test_the_totals_are_exact() -> None:
    assert holdings(TABLE) == {"weETH": "10.5", "stETH": "5", "ETH": "34", "ATOM": "618.75"}


def test_every_field_reaches_the_holding() -> None:
    assert plan(TABLE).rows[0].holding == Holding(
        asset="weETH",
        quantity=Decimal("10.5"),
        unit_price=Decimal("3512.90"),
        name="Main restake",
        account="Ledger",
        custody=True,
        chain="ethereum",
        protocol="ether.fi",
        layer="liquid restaking",
        operators=("P2P",),
        services=("EigenDA", "AltLayer"),
        opened_on=date(2024, 5, 1),
        reward_rate=0.034,
        status="active",
        notes="two\nlines",
    )


def test_the_positions_stand_on_the_named_operators_and_services() -> None:
    after = imported(TABLE)
    assert {"operator:p2p", "operator:chorus-one", "service:eigenda", "custody:ledger"} <= after.nodes.keys()
    assert len(after.positions) == 5


def test_columns_come_in_any_order_and_any_spelling() -> None:
    table = "Reward-APR; QUANTITY ;\ufeffAsset;opened on\n3,5;1,5;stETH;2024-01-02\n"
    assert holdings(table) == {"stETH": "1.5"}
    assert held(table).reward_rate == 0.035


def test_further_columns_at_the_end_are_left_aside() -> None:
    found = plan("asset,quantity,colour\nETH,1,red\n")
    assert found.outcome is Outcome.ACCEPT
    assert [c.field for c in found.columns] == ["asset", "quantity", ""]


@pytest.mark.parametrize("header", ["asset,quantity,type", "date,asset,quantity", "colour,asset,quantity"])
def test_a_table_that_may_be_a_ledger_is_a_question(header: str) -> None:
    cells = {"asset": "ETH", "quantity": "1", "type": "sell", "date": "2024-01-01", "colour": "red"}
    table = f"{header}\n{','.join(cells[name] for name in header.split(','))}\n"
    assert stopping(table) == ["columns"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",1,,,,", "asset_missing"),
        ("-,1,,,,", "asset_missing"),
        ("ETH,,,,,", "quantity_missing"),
        ("ETH,N/A,,,,", "quantity_missing"),
        ("ETH,NaN,,,,", "quantity_invalid"),
        ("ETH,1e999999,,,,", "quantity_invalid"),
        ("ETH,1_000,,,,", "quantity_invalid"),
        ("ETH,\uff11,,,,", "quantity_invalid"),
        ("ETH,0,,,,", "quantity_zero"),
        ("ETH,-2,,,,", "quantity_negative"),
        ("ETH,(2),,,,", "quantity_negative"),
        ("ETH,5 SOL,,,,", "unit_contradicts"),
        ("ETH,1\u202e2,,,,", "control_character"),
        ("E\u202eTH,1,,,,", "control_character"),
        ("ETH,1,cheap,,,", "price_invalid"),
        ("ETH,1,-5,,,", "price_invalid"),
        ("ETH,1,,soon,,", "date_invalid"),
        ("ETH,1,,2027-01-01,,", "date_out_of_range"),
        ("ETH,1,,,much,", "rate_invalid"),
        ("ETH,1,,,5 ETH,", "rate_invalid"),
        ("ETH,1,,,,gone", "status_unknown"),
        ("<img src=x>,1,,,,", "asset_invalid"),
        ('"=HYPERLINK(""http://x"")",1,,,,', "asset_invalid"),
        ("'=HYPERLINK(x),1,,,,", "asset_invalid"),
        ('"E\nTH",1,,,,', "asset_invalid"),
        (f"{'X' * 65},1,,,,", "asset_invalid"),
        ("0x12,1,,,,", "asset_invalid"),
        ("ET\x07H,1,,,,", "control_character"),
    ],
)
def test_a_row_that_cannot_come_in_says_why(row: str, code: str) -> None:
    table = f"asset,quantity,price_usd,opened_on,reward_apr,status\n{row}\nSOL,2,,,,\n"
    found = plan(table)
    (left,) = found.rejected
    assert (left.line, left.code, found.counts.accepted) == (2, code, 1)
    assert left.reason.endswith((".", "?"))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("0x10", "“0x10” in “quantity” is not a number."),
        ("1e99", "“1e99” in “quantity” is too large or has too many digits."),
        ("five", "“five” in “quantity” is not a number."),
    ],
)
def test_the_reason_fits_the_cell(cell: str, words: str) -> None:
    (left,) = plan(f"asset,quantity\nETH,{cell}\nSOL,1\n").rejected
    assert (left.code, left.reason) == ("quantity_invalid", words)


def test_a_sign_settled_by_the_user_is_not_called_the_columns_majority() -> None:
    (left,) = plan('asset,quantity\nETH,"1,5"\nETH,0.032\n', answers={"decimal_sign": ","}).rejected
    assert (left.code, "most of" in left.reason) == ("decimal_minority", False)


def test_the_row_names_the_column_and_the_cell() -> None:
    (left,) = plan("asset, Quantity \nETH,five\nSOL,1\n").rejected
    assert (left.column, left.value) == (" Quantity ", "five")


def test_rates_below_one_without_a_per_cent_sign_are_a_question() -> None:
    table = "asset,quantity,reward_apr\nstETH,1,0.034\nSOL,1,\nJitoSOL,1,0.15\n"
    asked = question(table, "rate_unit")
    assert (asked.stops, asked.lines, asked.default) == (True, (2, 4), "per_cent")
    answered = plan(table, answers={"rate_unit": "fraction"})
    assert [row.holding.reward_rate for row in answered.rows if row.holding] == [0.034, None, 0.15]


@pytest.mark.parametrize("rates", [("0.5%", "0.7"), ("0.5", "3.2"), ("0", "0")])
def test_rates_that_can_only_be_per_cent_ask_nothing(rates: tuple[str, str]) -> None:
    table = f"asset,quantity,reward_apr\nETH,1,{rates[0]}\nSOL,1,{rates[1]}\n"
    assert stopping(table) == []


def test_an_ambiguous_quantity_waits_for_the_decimal_sign() -> None:
    table = 'asset,quantity\nETH,"1,234"\nSOL,5\n'
    found = plan(table)
    assert stopping(table) == ["decimal_sign:quantity"]
    assert [row.verdict for row in found.rows] == [Verdict.ASK, Verdict.ADD]
    assert holdings(table) == {"SOL": "5"}
    assert holdings(table, answers={"decimal_sign:quantity": ","}) == {"ETH": "1.234", "SOL": "5"}


def test_the_smaller_group_of_decimal_signs_is_rejected() -> None:
    assert rejected("asset;quantity\nETH;1.5\nSOL;2.5\nATOM;0,75\n") == [(4, "decimal_minority")]


def test_an_ambiguous_day_waits_for_the_order() -> None:
    table = "asset,quantity,opened_on\nETH,1,01/02/2024\n"
    assert stopping(table) == ["date_order:opened_on"]
    assert plan(table, answers={"date_order": "mdy"}).rows[0].opened_on == date(2024, 1, 2)


def test_prices_in_dollars_do_not_fit_a_portfolio_in_euros() -> None:
    found = plan("asset,quantity,price_usd\nETH,1,3000\n", Portfolio(currency="EUR"))
    assert found.rows[0].holding is not None
    assert found.rows[0].holding.unit_price is None
    assert "EUR" in found.warnings[0]


def test_a_price_in_another_currency_is_left_empty_with_a_warning() -> None:
    found = plan("asset,quantity,price_usd\nETH,1,€3000\nSOL,1,$150\n")
    assert [row.holding.unit_price for row in found.rows if row.holding] == [None, 150]
    assert "not in USD" in found.warnings[0]


def test_the_apostrophe_that_protects_a_cell_is_taken_off() -> None:
    assert held("asset,quantity,notes\nETH,'1.5,'=1+1\n").notes == "=1+1"
    assert held("asset,quantity,name\nETH,'1.5,'-x\n").quantity == Decimal("1.5")
    assert held("asset,quantity,notes\nETH,1,'quoted'\n").notes == "'quoted'"


def test_text_that_turns_its_direction_is_made_harmless_in_names() -> None:
    assert held("asset,quantity,name\nETH,1,a\u202eb\n").name == "ab"


def test_markup_in_names_stays_plain_text() -> None:
    assert held("asset,quantity,name\nETH,1,<b>x</b>{{7*7}}%s\n").name == "<b>x</b>{{7*7}}%s"


def test_an_account_that_the_user_typed_is_a_custody() -> None:
    typed = held("asset,quantity,account\nETH,1,Kraken\n")
    default = held("asset,quantity,account\nETH,1,\n")
    assert (typed.account, typed.custody) == ("Kraken", True)
    assert (default.account, default.custody) == ("Position table", False)


def test_an_unknown_layer_is_a_question_and_kept_as_a_note() -> None:
    table = "asset,quantity,layer\nETH,1,magic\n"
    assert stopping(table) == ["layer_unknown:magic"]
    own = plan(table, answers={"layer_unknown:magic": "own"}).rows[0].holding
    mapped = plan(table, answers={"layer_unknown:magic": "staking"}).rows[0].holding
    assert own is not None
    assert mapped is not None
    assert (own.layer, own.notes, mapped.layer) == ("", "Layer: magic", "staking")
    assert skipped(table, answers={"layer_unknown": "leave"}) == [(2, "left_out")]


@pytest.mark.parametrize("word", ["Liquid Staking", "liquid-staking", "LIQUID_STAKING"])
def test_layers_are_compared_like_names(word: str) -> None:
    assert held(f"asset,quantity,layer\nstETH,1,{word}\n").layer == "liquid staking"


def test_an_unknown_protocol_holds_nothing_up() -> None:
    table = "asset,quantity,protocol\nETH,1,Wobble Finance\n"
    asked = question(table, "protocol:Wobble Finance")
    assert (asked.stops, asked.default, plan(table).outcome) == (False, "own", Outcome.ACCEPT)
    assert held(table).protocol == "Wobble Finance"


def test_money_is_understood_and_gives_no_position() -> None:
    found = plan("asset,quantity\nEUR,500\nETH,1\n")
    assert [row.verdict for row in found.rows] == [Verdict.ACCEPT, Verdict.ADD]
    assert holdings("asset,quantity\nEUR,500\nETH,1\n") == {"ETH": "1"}


def test_a_number_rounded_by_a_spreadsheet_is_warned_of() -> None:
    assert "rounded" in plan("asset,quantity\nETH,1.23457E+15\n").warnings[0]
