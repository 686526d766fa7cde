"""Binance, Coinbase and Bitpanda: statements of exchanges, whose coins lie there."""

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, rejected, rewards, skipped, stopping

BINANCE = "UTC_Time,Account,Operation,Coin,Change,Remark\n"
COINBASE = (
    '\nTransactions\nUser,Jo Doe,1b2c\n"ID","Timestamp","Transaction Type","Asset","Quantity Transacted",'
    '"Price Currency","Price at Transaction","Subtotal","Total (inclusive of fees and/or spread)",'
    '"Fees and/or Spread","Notes"\n'
)
COINBASE_OLD = (
    "Timestamp,Transaction Type,Asset,Quantity Transacted,Spot Price Currency,Spot Price at Transaction,"
    "Subtotal,Total (inclusive of fees),Fees,Notes\n"
)
BITPANDA = (
    "Disclaimer: all data is without warranty.\nJo Doe,jo@example.org\n2021-01-01 - 2024-06-30\n\n"
    "Transaction ID,Timestamp,Transaction Type,In/Out,Amount Fiat,Fiat,Amount Asset,Asset,Asset market price,"
    "Asset market price currency,Asset class,Product ID,Fee,Fee asset,Spread,Spread Currency\n"
)


def _coinbase(kind: str, asset: str, amount: str, note: str = "", day: str = "17", number: str = "a") -> str:
    return (
        f"{number}{day},2025-01-{day} 16:57:02 UTC,{kind},{asset},{amount},EUR,€3343.11,€1,€1,€0.00,{note}\n"
    )


def _bitpanda(kind: str, direction: str, amount: str, asset: str, kind_of: str, fee: str = "-,-") -> str:
    return (
        f"T{amount}{kind},2024-06-01T10:00:00+01:00,{kind},{direction},100.00,EUR,{amount},{asset},-,-,"
        f"{kind_of},1,"
        f"{fee},-,-\n"
    )


# -- Binance -------------------------------------------------------------------------------------------


def test_binance_adds_the_signed_changes_whatever_the_operation_is_called() -> None:
    text = (
        f"{BINANCE}2021-04-01 10:00:00,Spot,Deposit,ETH,3,\n"
        "2021-04-02 10:00:00,Spot,ETH 2.0 Staking,ETH,-1,\n2021-04-02 10:00:00,Spot,ETH 2.0 Staking,BETH,1,\n"
        "2021-04-03 10:00:00,Spot,ETH 2.0 Staking Rewards,BETH,3.605E-05,\n"
        "2021-04-04 10:00:00,Spot,Transaction Related,ETH,-0.5,\n"
    )
    assert plan(text).outcome is Outcome.ACCEPT
    assert holdings(text) == {"ETH": "1.5", "BETH": "1.00003605"}
    assert rewards(text) == {"BETH": "0.00003605"}


def test_binance_keeps_what_is_locked_up_by_a_row_with_one_leg() -> None:
    text = (
        f"{BINANCE}2021-04-01 10:00:00,Spot,Deposit,DOT,30,\n"
        "2021-04-02 10:00:00,Spot,POS savings purchase,DOT,-20,\n"
        "2021-04-20 10:00:00,Spot,POS savings interest,DOT,0.1,\n"
        "2021-05-02 10:00:00,Spot,POS savings redemption,DOT,5,\n"
    )
    assert holdings(text) == {"DOT": "30.1"}
    assert {p.name: str(p.quantity) for p in imported(text).positions.values()} == {
        "DOT": "15.1",
        "DOT, staked": "15",
    }


def test_equal_rows_of_binance_are_real() -> None:
    row = "2021-04-01 10:00:00,Spot,Buy,ETH,0.5,\n"
    assert stopping(BINANCE + row + row) == []
    assert holdings(BINANCE + row + row) == {"ETH": "1"}


def test_other_exports_of_binance_are_refused_with_what_to_export() -> None:
    found = plan(
        "Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n2021-04-01 10:00:00,ETHEUR,BUY,1,1ETH,1EUR,0\n"
    )
    assert (found.outcome, found.format, found.kind) == (Outcome.REFUSE_FILE, "binance", "reference")
    assert "statement" in found.message


# -- Coinbase ------------------------------------------------------------------------------------------


def test_coinbase_folds_by_the_type_and_not_by_the_sign() -> None:
    text = (
        COINBASE
        + _coinbase("Buy", "BTC", "0.5", day="10")
        + _coinbase("Send", "BTC", "-0.1", day="11")
        + _coinbase("Send", "BTC", "0.1", day="12")
        + _coinbase("Convert", "BTC", "-0.2", "Converted 0.2 BTC to 4 ETH", day="13")
        + _coinbase("Staking Income", "ETH", "0.000037835729", day="14")
        + _coinbase("Retail Staking Transfer", "ETH", "1", day="15")
    )
    found = plan(text)
    assert (found.format, found.outcome, found.detect.header_line) == ("coinbase", Outcome.ACCEPT, 4)
    assert holdings(text) == {"BTC": "0.1", "ETH": "4.000037835729"}
    assert rewards(text) == {"ETH": "0.000037835729"}


def test_coinbases_eth2_is_staked_ether_that_comes_back() -> None:
    text = (
        COINBASE_OLD
        + "2023-04-20 10:00:00 UTC,Send,ETH2,1.5,EUR,1,1,1,0,\n"
        + "2023-04-20 10:00:00 UTC,Receive,ETH,1.5,EUR,1,1,1,0,\n"
        + "2021-04-20 10:00:00 UTC,Receive,ETH2,2,EUR,1,1,1,0,\n"
    )
    assert holdings(text) == {"ETH": "2"}
    assert {p.name for p in imported(text).positions.values()} == {"ETH", "ETH, staked"}


def test_the_name_above_coinbases_header_is_kept_nowhere() -> None:
    after = imported(COINBASE + _coinbase("Buy", "BTC", "0.5"))
    assert "Jo Doe" not in repr(after)


def test_a_reward_of_zero_comes_in() -> None:
    assert plan(COINBASE + _coinbase("Staking Income", "ETH", "0")).outcome is Outcome.ACCEPT


# -- Bitpanda ------------------------------------------------------------------------------------------


def test_bitpanda_reads_below_its_preamble() -> None:
    text = (
        BITPANDA
        + _bitpanda("deposit", "incoming", "-", "EUR", "Fiat")
        + _bitpanda("buy", "outgoing", "2", "ETH", "Cryptocurrency")
        + _bitpanda("withdrawal", "outgoing", "0.5", "ETH", "Cryptocurrency", "0.01,ETH")
        + _bitpanda("buy", "outgoing", "1", "AAPL", "Stock (derivative)")
    )
    assert holdings(text) == {"ETH": "1.49"}
    assert skipped(text) == [(9, "not_crypto")]


BITPANDA_BEFORE = "ID,Type,In/Out,Amount Fiat,Fee,Fiat,Amount Asset,Asset,Status,Created at\n"


def test_the_list_of_before_names_no_asset_of_its_fees() -> None:
    text = (
        f"{BITPANDA_BEFORE}a1,deposit,incoming,500.00,0.00,EUR,0,EUR,finished,2021-01-05T09:05:00+01:00\n"
        "a2,buy,outgoing,300.00,2.00,EUR,0.25,ETH,finished,2021-01-05T09:06:00+01:00\n"
        "a3,buy,outgoing,300.00,2.00,EUR,0.25,ETH,canceled,2021-01-05T09:07:00+01:00\n"
        "a4,buy,outgoing,300.00,2.00,EUR,0.25,ETH,processing,2021-01-05T09:08:00+01:00\n"
        f"\n{BITPANDA_BEFORE}a5,withdrawal,outgoing,0,0.001,EUR,0.1,ETH,finished,2021-02-05T09:05:00+01:00\n"
        "a6,buy,outgoing,60.00,0.50,EUR,1,XAU,finished,2021-02-06T09:05:00+01:00\n"
    )
    assert (plan(text).format, plan(text).outcome) == ("bitpanda", Outcome.ACCEPT_PARTLY)
    assert holdings(text) == {"ETH": "0.149"}
    assert skipped(text) == [
        *((4, "failed"), (5, "not_settled"), (6, "blank"), (7, "header"), (9, "not_crypto")),
    ]
    assert rejected(
        f"{BITPANDA_BEFORE}a1,staking,incoming,0,0,EUR,1,ETH,finished,2021-01-05T09:05:00+01:00\n"
        "a2,buy,outgoing,300.00,2.00,EUR,0,ETH,finished,2021-01-05T09:06:00+01:00\n"
    ) == [(2, "type_unknown"), (3, "quantity_zero")]


# -- what cannot be read -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "row", "good", "code"),
    [
        (BINANCE, "2021-04-01 10:00:00,Spot,Buy,,1,", "2021-04-01 10:00:00,Spot,Buy,ETH,1,", "asset_missing"),
        (BINANCE, ",Spot,Buy,ETH,1,", "2021-04-01 10:00:00,Spot,Buy,ETH,1,", "date_missing"),
        (
            COINBASE,
            _coinbase("Gift", "BTC", "1").strip(),
            _coinbase("Buy", "BTC", "1").strip(),
            "type_unknown",
        ),
        (
            COINBASE,
            _coinbase("Convert", "BTC", "1", "for fun").strip(),
            _coinbase("Buy", "BTC", "1").strip(),
            "type_unknown",
        ),
        (
            COINBASE,
            _coinbase("Buy", "BTC", "0").strip(),
            _coinbase("Buy", "BTC", "1").strip(),
            "quantity_zero",
        ),
        (
            COINBASE,
            _coinbase("Convert", "BTC", "0", "Converted 1 BTC to 20 ETH").strip(),
            _coinbase("Buy", "BTC", "1").strip(),
            "quantity_zero",
        ),
        (
            COINBASE,
            _coinbase("Convert", "BTC", "1", "Converted 1 BTC to 0 ETH").strip(),
            _coinbase("Buy", "BTC", "1").strip(),
            "quantity_zero",
        ),
        (
            BITPANDA,
            _bitpanda("staking reward", "incoming", "1", "ETH", "Cryptocurrency").strip(),
            _bitpanda("buy", "outgoing", "1", "ETH", "Cryptocurrency").strip(),
            "type_unknown",
        ),
        (
            BITPANDA,
            _bitpanda("buy", "outgoing", "-", "ETH", "Cryptocurrency").strip(),
            _bitpanda("buy", "outgoing", "1", "ETH", "Cryptocurrency").strip(),
            "quantity_missing",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(header: str, row: str, good: str, code: str) -> None:
    line = header.count("\n") + 1
    assert rejected(f"{header}{row}\n{good}\n") == [(line, code)]
