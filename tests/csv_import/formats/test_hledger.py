from datetime import date
from decimal import Decimal

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, question, rejected, skipped, stopping

# After simonmichael/hledger (2026-08-22), hledger/test/balance/layout.test and hledger/test/holdings.test.
DEFAULT = (
    '"account","balance"\n'
    '"Assets:Cold:Lido","3.50 ETH, 1.05 ""PT-weETH-26DEC2024"", 12.1042 stETH, 5120.50 USD"\n'
    '"Assets:Kraken","$-7.00, 40 SOL"\n'
    '"Assets:Empty","0"\n'
    '"Liabilities:Aave","1.00 ETH"\n'
    '"Income:Rewards","-0.20 stETH"\n'
    '"Total:","3.50 ETH"\n'
)
BARE = '"account","commodity","balance"\n'
TIDY = '"account","period","start_date","end_date","commodity","value"\n'
UNITS = (
    '"account","commodity","date","age","units","unitcost","price","cost","value","weight","ugain","ugainpct",'
    '"rgain","xirr"\n'
)
OLD = '"account","commodity","date","age","quantity","unitcost","cost","price","value","gain","gainpct"\n'


def test_the_default_layout_holds_several_assets_in_one_row() -> None:
    found = plan(DEFAULT)
    counts = found.counts
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT_PARTLY, "hledger", "snapshot")
    assert (counts.data_rows, counts.accepted, counts.rejected, counts.skipped) == (6, 2, 0, 4)
    assert holdings(DEFAULT) == {"ETH": "3.5", "PT-weETH-26DEC2024": "1.05", "stETH": "12.1042", "SOL": "40"}
    assert skipped(DEFAULT) == [(4, "zero"), (5, "liability"), (6, "not_asset"), (7, "total")]
    assert {p.account for p in imported(DEFAULT).positions.values()} == {"Assets:Cold:Lido", "Assets:Kraken"}


def test_an_exchange_among_the_accounts_keeps_its_coins() -> None:
    after = imported(DEFAULT)
    kept = [
        after.positions[e.source].asset for e in after.edges.values() if e.target == "custody:assets-kraken"
    ]
    assert kept == ["SOL"]


def test_one_bad_amount_rejects_the_whole_row() -> None:
    text = (
        '"account","balance"\n"Assets:A","1 ETH, many SOL"\n"Assets:B","1 ETH, -2 SOL"\n"Assets:C","3 ETH"\n'
    )
    assert rejected(text) == [(2, "quantity_invalid"), (3, "quantity_negative")]
    assert holdings(text) == {"ETH": "3"}


def test_the_next_report_changes_single_assets_of_a_row() -> None:
    later = DEFAULT.replace("12.1042", "12.2").replace("40 SOL", "40 SOL, 7 DOT")
    after = imported(later, imported(DEFAULT), "second", answers={"changed_quantity": "new"})
    held = {p.asset: str(p.quantity) for p in after.positions.values()}
    assert held == {"ETH": "3.50", "PT-weETH-26DEC2024": "1.05", "stETH": "12.2", "SOL": "40", "DOT": "7"}


def test_bare_rows_name_their_commodity_and_a_row_without_one_is_a_zero() -> None:
    text = f'{BARE}"Assets:A","ETH","3.50"\n"Assets:A","","0"\n"Assets:A","$","12"\n"Total:","ETH","3.50"\n'
    assert holdings(text) == {"ETH": "3.5"}
    assert skipped(text) == [(3, "zero"), (5, "total")]
    assert holdings(text.replace('"', "").replace(",", "\t")) == {"ETH": "3.5"}


def test_the_last_of_several_days_counts_and_is_the_day_of_the_snapshot() -> None:
    head = '"account","commodity","2024-01-31","2024-02-29"\n'
    text = f'{head}"Assets:A","ETH","1","2"\n"Assets:A","DOT","5","0"\n'
    (position,) = imported(text).positions.values()
    assert (str(position.quantity), position.opened_on) == ("2", date(2024, 2, 29))
    assert stopping(text) == []


def test_whether_the_numbers_of_periods_are_balances_is_asked() -> None:
    text = '"account","commodity","2024-01","2024-02"\n"Assets:A","ETH","1","2"\n'
    assert stopping(text) == ["periods"]
    assert holdings(text) == {"ETH": "2"}
    (position,) = imported(text, answers={"periods": "balances"}).positions.values()
    assert position.opened_on == date(2024, 2, 29)


def test_the_total_of_all_changes_is_the_balance() -> None:
    text = '"account","2012","2013","total"\n"Assets:A","10.00 ETH","-3.00 ETH, 1 DOT","7.00 ETH, 1 DOT"\n'
    assert holdings(text) == {"ETH": "7", "DOT": "1"}
    assert stopping(text) == []


def test_of_tidy_rows_those_of_the_last_period_count() -> None:
    text = (
        f'{TIDY}"Assets:A","2023","2023-01-01","2023-12-31","ETH","1"\n'
        '"Assets:A","2024","2024-01-01","2024-12-31","ETH","2"\n'
        '"Assets:A","2024","2024-01-01","soon","ETH","3"\n'
    )
    assert holdings(text) == {"ETH": "2"}
    assert skipped(text) == [(2, "earlier_snapshot")]
    assert rejected(text) == [(4, "date_invalid")]
    assert stopping(text) == ["periods"]


def test_a_period_that_is_not_over_ends_today() -> None:
    text = f'{TIDY}"Assets:A","2026","2026-01-01","2026-12-31","ETH","1"\n'
    assert [p.opened_on for p in imported(text).positions.values()] == [date(2026, 11, 23)]


def test_holdings_follow_the_decimal_sign_of_their_commodity_and_have_day_and_price() -> None:
    text = (
        f'{UNITS}"assets:stocks","ETH","2026-01-15","75","1000,5","2,25 €","3,10 €","2251,12 €","3101,55 €",'
        '"1","","","",""\n'
        '"assets:broker:{2026-02-01, $60}","SOL","2026-02-01","58","1.234","$60","$72","1","1","1","","",'
        '"",""\n'
        '"assets:mixed","DOT","","","5","","","","","","","","",""\n'
    )
    assert holdings(text) == {"ETH": "1000.5", "SOL": "1.234", "DOT": "5"}
    eth, sol, dot = imported(text).positions.values()
    assert (eth.unit_price, eth.opened_on) == (None, date(2026, 1, 15))
    assert (sol.unit_price, sol.priced_on, sol.account) == (Decimal(72), date(2026, 3, 31), "assets:broker")
    assert (dot.opened_on, "snapshot" in dot.notes) == (date(2026, 3, 31), True)
    old = f'{OLD}"assets:apples","ETH","2026-01-15","75","10","$50","$500","$72","$720","$220","44.0"\n'
    assert [str(p.unit_price) for p in imported(old).positions.values()] == ["72"]


def test_an_account_of_another_name_is_asked_about() -> None:
    text = f'{BARE}"Wallets:A","ETH","3"\n"Wallets:B","SOL","4"\n'
    asked = question(text, "asset_accounts:Wallets")
    assert (asked.stops, asked.lines, asked.default) == (True, (2, 3), "assets")
    assert holdings(text, answers={"asset_accounts": "assets"}) == {"ETH": "3", "SOL": "4"}
    assert skipped(text, answers={"asset_accounts": "leave"}) == [(2, "left_out"), (3, "left_out")]


def test_without_a_day_the_name_of_the_file_tells_it_or_the_user() -> None:
    text = f'{BARE}"Assets:A","ETH","3"\n'
    assert (question(text, "snapshot_date").stops, question(text, "snapshot_date").default) == (
        False,
        "2026-11-23",
    )
    answered = imported(text, answers={"snapshot_date": "2024-05-01"})
    named = imported(text, file_name="balances-2024-05-01.csv")
    days = [[p.opened_on for p in found.positions.values()] for found in (answered, named)]
    assert days == [[date(2024, 5, 1)]] * 2


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ('"Assets:A","ETH",""', "quantity_missing"),
        ('"Assets:A","ETH","x"', "quantity_invalid"),
        ('"Assets:A","ETH","-1"', "quantity_negative"),
        ('"Assets:A","","5"', "asset_missing"),
        ('"Assets:A","<b>","5"', "asset_invalid"),
        ('"Assets:A","ETH"', "row_short"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(f'{BARE}{row}\n"Assets:A","SOL","1"\n') == [(2, code)]


def test_a_balance_without_an_account_is_rejected() -> None:
    assert rejected(f'{BARE}"","ETH","1"\n"Assets:Cold","ETH","2"\n') == [(2, "account_missing")]
