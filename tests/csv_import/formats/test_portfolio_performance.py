"""Portfolio Performance: transactions and the statement of assets; the locale decides how numbers read."""

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import (
    TODAY,
    holdings,
    imported,
    plan,
    question,
    rejected,
    rewards,
    skipped,
    stopping,
)

ENGLISH = (
    "Date,Type,Value,Transaction Currency,Gross Amount,Currency Gross Amount,Exchange Rate,Fees,Taxes,Shares,"
    "ISIN,WKN,Ticker Symbol,Security Name,Note\r\n"
)
GERMAN = (
    "Datum;Typ;Wert;Buchungswährung;Bruttobetrag;Währung Bruttobetrag;Wechselkurs;Gebühren;Steuern;Stück;"
    "ISIN;WKN;Ticker-Symbol;Wertpapiername;Notiz\r\n"
)
BUY = '2024-01-15T00:00,Buy,"2,500.00",EUR,,,,1.00,,"1,234.5",,,ETH-EUR,Ethereum,\r\n'
KAUF = "2024-01-15T00:00;Kauf;15.311,25;EUR;;;;1,00;;1.000;;;ETH-EUR;Ethereum;\r\n"


def test_an_english_account_folds_to_its_holdings() -> None:
    text = (
        f"{ENGLISH}{BUY}"
        "2024-01-16T09:30,Sell,-200.00,EUR,,,,,,34.5,,,ETH-EUR,Ethereum,\r\n"
        "2024-01-17T00:00,Delivery (Inbound),10.00,EUR,,,,,,0.00000198,,,SOL,Solana,staking reward\r\n"
        "2024-01-18T00:00,Transfer (Inbound),10.00,EUR,,,,,,2,,,,WSTETH,\r\n"
        "2024-01-19T00:00,Transfer (Outbound),-5.00,EUR,,,,,,0.5,,,,WSTETH,\r\n"
        "2024-01-20T00:00,Delivery (Outbound),-5.00,EUR,,,,,,200,,,ETH-USD,Ethereum,\r\n"
    )
    found = plan(text, file_name="Cold wallet.csv")
    assert (found.format, found.kind, found.outcome) == ("portfolio_performance", "ledger", Outcome.ACCEPT)
    assert found.account == "Cold wallet"
    assert holdings(text) == {"ETH": "1000", "SOL": "0.00000198", "WSTETH": "1.5"}
    assert rewards(text) == {"SOL": "0.00000198"}
    assert question(text, "delivery_reward").lines == (4,)
    assert rewards(text, answers={"delivery_reward": "delivery"}) == {}
    assert stopping(text) == []


def test_a_german_account_reads_a_point_as_thousands() -> None:
    text = (
        f"{GERMAN}{KAUF}"
        "2024-01-16T00:00;Einlieferung;0,50;EUR;;;;;;0,00000198;;;SOL-EUR;Solana;Belohnung\r\n"
        "2024-01-17T00:00;Verkauf;-20,00;EUR;;;;;;1,5;;;ETH-EUR;Ethereum;\r\n"
        "2024-01-18T00:00;Auslieferung;-20,00;EUR;;;;;;8,5;;;ETH-EUR;Ethereum;\r\n"
        "2024-01-19T00:00;Umbuchung (Eingang);20,00;EUR;;;;;;11;;;ETH-EUR;Ethereum;\r\n"
        "2024-01-20T00:00;Umbuchung (Ausgang);-20,00;EUR;;;;;;1;;;ETH-EUR;Ethereum;\r\n"
    )
    assert holdings(text) == {"ETH": "1000", "SOL": "0.00000198"}
    assert rewards(text) == {"SOL": "0.00000198"}
    assert plan(text).outcome is Outcome.ACCEPT


def test_a_swiss_account_has_semicolons_and_points() -> None:
    text = GERMAN + "2024-01-15T00:00;Kauf;15’311.25;CHF;;;;;;1’234.567;;;ETH-CHF;Ethereum;\r\n"
    assert holdings(text) == {"ETH": "1234.567"}


def test_a_later_layout_has_the_ex_date_before_the_type() -> None:
    text = (
        ENGLISH.replace("Date,", "Date,Ex-Date,", 1)
        + "2024-01-15T00:00,,Buy,250.00,EUR,,,,,,3,,,ETH,Ethereum,\r\n"
    )
    assert holdings(text) == {"ETH": "3"}


def test_without_a_value_that_tells_the_decimal_sign_is_asked() -> None:
    text = GERMAN + "2024-01-15T00:00;Einlieferung;;EUR;;;;;;1,234;;;ETH;Ethereum;\r\n"
    assert stopping(text) == ["decimal_sign:Stück"]
    assert plan(text).counts.asked == 1
    assert holdings(text, answers={"decimal_sign": ","}) == {"ETH": "1.234"}
    assert holdings(text, answers={"decimal_sign": "."}) == {"ETH": "1234"}


def test_stocks_are_skipped_and_the_numbers_that_banks_give_to_coins_are_no_stocks() -> None:
    text = (
        f"{ENGLISH}2024-01-15T00:00,Buy,250.00,EUR,,,,,,3,US0378331005,865985,APC.DE,Apple,\r\n"
        "2024-01-15T00:00,Buy,250.00,EUR,,,,,,3,XF000ETH0019,,ETH,Ethereum,\r\n"
    )
    assert skipped(text) == [(2, "not_crypto")]
    assert holdings(text) == {"ETH": "3"}


def test_an_account_of_money_moves_no_coins() -> None:
    text = (
        f"{ENGLISH}2024-01-14T00:00,Deposit,250.00,EUR,,,,,,,,,,,\r\n"
        '2024-01-15T00:00,Buy,"-2,500.00",EUR,,,,,,3,,,ETH,Ethereum,\r\n'
        "2024-01-16T00:00,Transfer (Outbound),-5.00,EUR,,,,,,,,,,,\r\n"
    )
    found = plan(text)
    assert (found.counts.accepted, found.holdings) == (3, {})
    assert any("account of money" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2024-01-15T00:00,Staking,2.00,EUR,,,,,,3,,,ETH,,", "type_unknown"),
        ("2024-01-15T00:00,Buy,2.00,EUR,,,,,,,,,ETH,,", "quantity_missing"),
        ("2024-01-15T00:00,Buy,2.00,EUR,,,,,,0,,,ETH,,", "quantity_zero"),
        ("2024-01-15T00:00,Buy,2.00,EUR,,,,,,●●●,,,ETH,,", "quantity_invalid"),
        ('2024-01-15T00:00,Buy,2.00,EUR,,,,,,"1,5",,,ETH,,', "decimal_minority"),
        ("2024-01-15T00:00,Buy,2.00,EUR,,,,,,3,,,,,", "asset_missing"),
        ("15.01.2024,Buy,2.00,EUR,,,,,,3,,,ETH,,", "date_invalid"),
        ("2024-01-15T00:00,Buy,2.00,EUR,,,,,,3,,,ETH", "row_short"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(f"{ENGLISH}{row}\r\n{BUY}") == [(2, code)]


ASSETS = (
    "Bestand;Name;Symbol;Kurs;Marktwert;Anteil in %\r\n"
    ";Kryptowährungen (3);;;4.152,10;72,47%\r\n"
    "1.000;Ethereum;ETH-EUR;EUR 152,10;EUR 2.152,10;37,53%\r\n"
    "0,12345678;Solana;SOL;USD 1.152,1025;2.000,00;34,94%\r\n"
    "2,5;wstETH;;3,20;8,00;0,14%\r\n"
    ";Konto;;;1.572,10;27,39%\r\n"
    ";Summe;;;5.732,20;100,00%\r\n"
)


def test_a_statement_of_assets_is_a_snapshot_of_today() -> None:
    found = plan(ASSETS)
    counts = found.counts
    assert (found.format, found.kind) == ("portfolio_performance_assets", "snapshot")
    assert (counts.data_rows, counts.accepted, counts.skipped) == (6, 3, 3)
    assert holdings(ASSETS) == {"ETH": "1000", "SOL": "0.12345678", "wstETH": "2.5"}
    assert skipped(ASSETS) == [(2, "group"), (6, "group"), (7, "total")]
    assert question(ASSETS, "snapshot_date").default == TODAY.isoformat()
    assert stopping(ASSETS) == []


def test_the_day_of_a_statement_may_be_answered() -> None:
    days = {p.opened_on for p in imported(ASSETS, answers={"snapshot_date": "2024-03-31"}).positions.values()}
    assert days == {date(2024, 3, 31)}


def test_only_prices_that_name_the_currency_are_taken() -> None:
    prices = {p.asset: p.unit_price for p in imported(ASSETS).positions.values()}
    assert prices == {"ETH": None, "SOL": Decimal("1152.1025"), "wstETH": None}


def test_an_english_statement_reads_a_comma_as_thousands() -> None:
    text = (
        'Shares,Name,Symbol,Quote,Market Value,Share in %\n"1,000",Ethereum,ETH-USD,2.10,"2,100.00",1.00%\n'
    )
    assert holdings(text) == {"ETH": "1000"}
    stocks = "Shares,Name,ISIN,Market Value\n5,Apple,US0378331005,100.00\n2,SOL,,200.00\n"
    assert (holdings(stocks), skipped(stocks)) == ({"SOL": "2"}, [(2, "not_crypto")])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (";Ethereum;ETH;1,00;2,00;1,00%", "quantity_missing"),
        ("x;Ethereum;ETH;1,00;2,00;1,00%", "quantity_invalid"),
        ("1.5;Ethereum;ETH;1,00;2,00;1,00%", "decimal_minority"),
        ("1;Ethereum;<b>;1,00;2,00;1,00%", "asset_invalid"),
        ("1;;;1,00;2,00;1,00%", "asset_missing"),
        ("1;Ethereum;ETH;x;2,00;1,00%", "price_invalid"),
    ],
)
def test_a_row_of_a_statement_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(f"Bestand;Name;Symbol;Kurs;Marktwert;Anteil in %\n{row}\n1,5;x;SOL;;2,00;1,00%\n") == [
        (2, code)
    ]


def test_a_statement_without_a_telling_number_asks_for_the_decimal_sign() -> None:
    text = "Bestand;Name;Symbol;Marktwert\n1,234;Ethereum;ETH;\n"
    assert stopping(text) == ["decimal_sign:Bestand"]
    assert holdings(text, answers={"decimal_sign": ","}) == {"ETH": "1.234"}
