"""Formats of trackers and tax programs with the usual two-sided rows: the rules that each adds to them."""

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, rejected, rewards, skipped, stopping

ROTKI_EVENTS = "Type,Location,Currency,Amount,Fee,Fee Currency,Description,Timestamp\n"
COINTRACKER = (
    "Date,Received Quantity,Received Currency,Sent Quantity,Sent Currency,Fee Amount,Fee Currency,Tag\n"
)
COINTRACKER_EXPORT = (
    "Date,Type,Transaction ID,Received Quantity,Received Currency,Received Cost Basis (USD),Received Wallet,"
    "Received Address,Received Comment,Sent Quantity,Sent Currency,Sent Cost Basis (USD),Sent Wallet,"
    "Sent Address,Sent Comment,Fee Amount,Fee Currency,Fee Cost Basis (USD),Realized Return (USD),"
    "Fee Realized Return (USD),Transaction Hash\n"
)
DELTA = (
    "Date,Way,Base amount,Base currency (name),Base type,Quote amount,Quote currency,Exchange,"
    "Sent/Received from,Sent to,Fee amount,Fee currency (name),Broker,Notes\n"
)
BLOCKPIT = (
    "Blockpit ID;Timestamp;Source Type;Source Name;Integration;Transaction Type;Outgoing Asset;"
    "Outgoing Amount;Incoming Asset;Incoming Amount;Fee Asset;Fee Amount;Transaction ID;Note;Merge ID\n"
)
BLOCKPIT_TEMPLATE = (
    "Date (UTC),Integration Name,Label,Outgoing Asset,Outgoing Amount,Incoming Asset,Incoming Amount,"
    "Fee Asset (optional),Fee Amount (optional),Comment (optional),Trx. ID (optional)\n"
)
BITTYTAX = (
    "Type,Buy Quantity,Buy Asset,Buy Value in GBP,Sell Quantity,Sell Asset,Sell Value in GBP,Fee Quantity,"
    "Fee Asset,Fee Value in GBP,Wallet,Timestamp,Note\n"
)
COINLEDGER = (
    "Timestamp (UTC),Type,Internal Id,Platform,Account Name,Platform Id,Blockchain Id,Record Type,Asset,"
    "Amount,Description\n"
)
STAKETAX = (
    "timestamp,tx_type,received_amount,received_currency,sent_amount,sent_currency,fee,fee_currency,comment,"
    "txid,url,exchange,wallet_address\n"
)


@pytest.mark.parametrize(
    ("name", "text", "held", "earned"),
    [
        (
            "rotki_events",
            (
                f"{ROTKI_EVENTS}Deposit,luno,ETH,2,0.01,ETH,,1659340800000\n"
                "Staking,luno,ETH,0.0513,0,ETH,QRS,1659427200000\nSpend,luno,ETH,0.5,,,,1659513600000\n"
            ),
            {"ETH": "1.5413"},
            {"ETH": "0.0513"},
        ),
        (
            "cointracker",
            (
                f"{COINTRACKER}2/27/2022 12:09,3,ETH,,,0.01,ETH,\n02/28/2022 12:09:30,0.2,ETH,,,,,staked\n"
                "03/01/2022 10:00:00,20,SOL,1,ETH,,,\n"
            ),
            {"ETH": "2.19", "SOL": "20"},
            {"ETH": "0.2"},
        ),
        (
            "delta",
            (
                f"{DELTA}2023-06-01 19:31:54-04:00,BUY,100,SOL (Solana),CRYPTO,2,ETH,Binance,,,0.5,"
                "SOL (Solana),,\n"
                "2023-05-09 14:51:31-04:00,DEPOSIT,5,ETH,CRYPTO,,,Binance,DIVIDENDS,MY_WALLET,,,,\n"
                "2023-06-02 10:00:00+00:00,TRANSFER,3,ETH,CRYPTO,,,Binance,Binance,MY_WALLET,0.1,ETH,,\n"
            ),
            {"ETH": "2.9", "SOL": "99.5"},
            {"ETH": "5"},
        ),
        (
            "blockpit",
            (
                f"{BLOCKPIT}1,55E+13;31.12.2021 08:30;exchange;Bitpanda;x;Deposit;;;ETH;1.5;;;;;\n"
                "2,55E+13;01.01.2022 08:30;exchange;Bitpanda;x;Staking;;;ETH;0.25;;;;;\n"
                "3,55E+13;02.01.2022 08:30;exchange;Bitpanda;x;Trade;ETH;1;SOL;20;ETH;0.01;;;\n"
            ),
            {"ETH": "0.74", "SOL": "20"},
            {"ETH": "0.25"},
        ),
        (
            "blockpit",
            f"{BLOCKPIT_TEMPLATE}31.12.2021 08:30:00,Ledger,Deposit,,,ATOM,12,,,,\n",
            {"ATOM": "12"},
            {},
        ),
        (
            "bittytax",
            (
                f"{BITTYTAX}Deposit,10,ETH,,,,,0.1,ETH,,Kraken,2024-01-10 09:00:00,\n"
                "Stake,,,,4,ETH,,,,,Kraken,2024-01-11 09:00:00,\n"
                "Staking-Reward,0.02,ETH,,,,,,,,Kraken,2024-02-11 09:00:00,\n"
                "Unstake,1,ETH,,,,,,,,Kraken,2024-03-11 09:00:00,\n"
            ),
            {"ETH": "9.92"},
            {"ETH": "0.02"},
        ),
        (
            "coinledger",
            (
                f"{COINLEDGER}2025-10-01T13:00:00.000,Staking,5000000004,Binance,Binance,,,Credit,ETH,0.2,\n"
                "2025-10-02T13:00:00.000,Trade,5000000005,Binance,Binance,,,Debit,ETH,-0.05,\n"
                "2025-10-02T13:00:00.000,Trade,5000000006,Binance,Binance,,,Platform Fee,ETH,-0.01,\n"
            ),
            {"ETH": "0.14"},
            {"ETH": "0.2"},
        ),
        (
            "staketax",
            (
                f"{STAKETAX}2024-02-02 10:00:00,_STAKING_DELEGATE,,,,,0.004,ATOM,,t3,,cosmos_blockchain,"
                f"cosmos1x\n"
                "2024-02-01 10:00:00,STAKING,0.5,ATOM,,,,,,t2,,cosmos_blockchain,cosmos1x\n"
                "2024-01-01 10:00:00,TRANSFER,20,ATOM,,,,,,t1,,cosmos_blockchain,cosmos1x\n"
            ),
            {"ATOM": "20.496"},
            {"ATOM": "0.5"},
        ),
    ],
)
def test_rows_fold_to_what_is_held_and_what_was_earned(
    name: str, text: str, held: dict[str, str], earned: dict[str, str]
) -> None:
    found = plan(text)
    assert (found.format, found.kind, found.outcome) == (name, "ledger", Outcome.ACCEPT)
    assert (holdings(text), rewards(text)) == (held, earned)


@pytest.mark.parametrize(
    ("header", "row", "good", "code"),
    [
        (
            ROTKI_EVENTS,
            "Gift,luno,ETH,2,,,,1659340800000",
            "Deposit,luno,ETH,2,,,,1659340800000",
            "type_unknown",
        ),
        (
            ROTKI_EVENTS,
            "Deposit,luno,ETH,0,,,,1659340800000",
            "Deposit,luno,ETH,2,,,,1659340800000",
            "quantity_zero",
        ),
        (COINTRACKER, "27/02/2022 12:09,3,ETH,,,,,", "2/27/2022 12:09,3,ETH,,,,,", "date_invalid"),
        (COINTRACKER, "2/27/2022 12:09,,,,,,,", "2/27/2022 12:09,3,ETH,,,,,", "quantity_missing"),
        (
            DELTA,
            "2023-05-09 14:51:31Z,STAKE,5,ETH,CRYPTO,,,Binance,,,,,,",
            "2023-05-09 14:51:31Z,DEPOSIT,5,ETH,CRYPTO,,,Binance,,,,,,",
            "type_unknown",
        ),
        (
            BLOCKPIT,
            "1;31.12.2021 08:30;e;Bitpanda;x;Deposit;;;ETH;1,5;;;;;",
            "1;31.12.2021 08:30;e;Bitpanda;x;Deposit;;;ETH;1.5;;;;;",
            "decimal_minority",
        ),
        (
            BITTYTAX,
            "Deposit,10,,,,,,,,,Kraken,2024-01-10 09:00:00,",
            "Deposit,10,ETH,,,,,,,,Kraken,2024-01-10 09:00:00,",
            "asset_missing",
        ),
        (
            COINLEDGER,
            "2025-10-01T13:00:00.000,Staking,5,Binance,Binance,,,Bonus,ETH,0.2,",
            "2025-10-01T13:00:00.000,Staking,5,Binance,Binance,,,Credit,ETH,0.2,",
            "type_unknown",
        ),
        (
            STAKETAX,
            "2024-02-01 10:00:00,STAKING,lots,ATOM,,,,,,t2,,cosmos_blockchain,cosmos1x",
            "2024-02-01 10:00:00,STAKING,1,ATOM,,,,,,t2,,cosmos_blockchain,cosmos1x",
            "quantity_invalid",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(header: str, row: str, good: str, code: str) -> None:
    assert rejected(f"{header}{row}\n{good}\n") == [(2, code)]


def test_a_transfer_between_two_wallets_of_the_export_nets_to_zero() -> None:
    rows = (
        "02/27/2022 12:00:00,RECEIVE,a,5,ETH,,Kraken,,,,,,,,,,,,,,\n"
        "02/28/2022 12:00:00,TRANSFER,b,2,ETH,,Ledger,,,2,ETH,,Kraken,,,0.01,ETH,,,,\n"
        "03/01/2022 12:00:00,SPAM,c,1000,FREE,,Ledger,,,,,,,,,,,,,,\n"
        "...,,,,,,,,,,,,,,,,,,,,\n"
    )
    text = COINTRACKER_EXPORT + rows
    held = {p.account: str(p.quantity) for p in imported(text).positions.values()}
    assert held == {"Kraken": "2.99", "Ledger": "2"}
    assert skipped(text) == [(4, "spam"), (5, "total")]


def test_stocks_are_skipped() -> None:
    row = "2023-05-09 14:51:31Z,BUY,5,AAPL,STOCK,500,USD,Broker,,,,,,\n"
    good = "2023-05-09 14:51:31Z,DEPOSIT,5,ETH,CRYPTO,,,Binance,,,,,,\n"
    assert skipped(DELTA + row + good) == [(2, "not_crypto")]


def test_what_is_staked_is_a_position_of_its_own() -> None:
    text = (
        f"{BITTYTAX}Deposit,10,ETH,,,,,,,,Kraken,2024-01-10 09:00:00,\n"
        "Stake,,,,4,ETH,,,,,Kraken,2024-01-11 09:00:00,\n"
    )
    assert {p.name: str(p.quantity) for p in imported(text).positions.values()} == {
        "ETH": "6",
        "ETH, staked": "4",
    }


def test_original_columns_to_the_right_are_left_aside() -> None:
    text = (
        BITTYTAX.replace("Note\n", "Note,Date,Coin\n") + "Deposit,1,ETH,,,,,,,,K,2024-01-10 09:00:00,,x,y\n"
    )
    assert holdings(text) == {"ETH": "1"}


def test_a_contract_in_rotkis_currency_beats_the_symbol() -> None:
    steth = "eip155:1/erc20:0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84"
    assert holdings(f"{ROTKI_EVENTS}Deposit,luno,{steth},2,,,,1659340800000\n") == {"stETH": "2"}


@pytest.mark.parametrize("footer", ["...", "...,,,,,,,"])
def test_the_three_points_under_cointrackers_table_are_no_row(footer: str) -> None:
    text = f"{COINTRACKER}2/27/2022 12:09,3,ETH,,,,,\n{footer}\n"
    assert holdings(text) == {"ETH": "3"}
    assert skipped(text) == [(3, "total")]


@pytest.mark.parametrize(
    ("header", "row", "good"),
    [
        (
            COINTRACKER_EXPORT,
            "02/27/2022 12:00:00,TRADE,a,5,ETH,,Kraken,,,,,,,,,,,,,,",
            "02/27/2022 12:00:00,RECEIVE,b,5,ETH,,Kraken,,,,,,,,,,,,,,",
        ),
        (
            COINTRACKER_EXPORT,
            "02/27/2022 12:00:00,SEND,a,,,,,,,,,,,,,1,ETH,,,,",
            "02/27/2022 12:00:00,RECEIVE,b,5,ETH,,Kraken,,,,,,,,,,,,,,",
        ),
        (
            BLOCKPIT,
            "1;31.12.2021 08:30;e;Bitpanda;x;Trade;;;ETH;1.5;;;;;",
            "1;31.12.2021 08:30;e;Bitpanda;x;Deposit;;;ETH;1.5;;;;;",
        ),
        (
            BITTYTAX,
            "Trade,10,ETH,,,,,,,,Kraken,2024-01-10 09:00:00,",
            "Deposit,10,ETH,,,,,,,,Kraken,2024-01-10 09:00:00,",
        ),
        (
            STAKETAX,
            "2024-02-01 10:00:00,STAKING,,,,,0.1,ATOM,,t2,,cosmos_blockchain,cosmos1x",
            "2024-02-01 10:00:00,TRANSFER,1,ATOM,,,,,,t1,,cosmos_blockchain,cosmos1x",
        ),
        (
            STAKETAX,
            "2024-02-01 10:00:00,TRANSFER,,,,,,,,t2,,cosmos_blockchain,cosmos1x",
            "2024-02-01 10:00:00,TRANSFER,1,ATOM,,,,,,t1,,cosmos_blockchain,cosmos1x",
        ),
        (
            DELTA,
            "2023-05-09 14:51:31Z,BUY,5,ETH,CRYPTO,,,Binance,,,,,,",
            "2023-05-09 14:51:31Z,DEPOSIT,5,ETH,CRYPTO,,,Binance,,,,,,",
        ),
    ],
)
def test_a_row_without_an_amount_that_its_type_needs_is_rejected(header: str, row: str, good: str) -> None:
    assert rejected(f"{header}{row}\n{good}\n") == [(2, "quantity_missing")]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (COINTRACKER, "02/27/2022 12:09:30,0,ETH,,,,,staked"),
        (BLOCKPIT, "1;31.12.2021 08:30;e;Bitpanda;x;Staking;;;ETH;0;;;;;"),
        (BLOCKPIT, "1;31.12.2021 08:30;e;Bitpanda;x;Fee;;;;;ETH;0;;;"),
        (BITTYTAX, "Staking-Reward,0,ETH,,,,,,,,Kraken,2024-01-10 09:00:00,"),
        (STAKETAX, "2024-02-01 10:00:00,STAKING,0,ATOM,,,,,,t2,,cosmos_blockchain,cosmos1x"),
        (COINLEDGER, "2025-10-01T13:00:00.000,Staking,5,Binance,Binance,,,Credit,ETH,0,"),
        (DELTA, "2023-05-09 14:51:31Z,DEPOSIT,0,ETH,CRYPTO,,,,DIVIDENDS,,,,,"),
    ],
)
def test_a_reward_or_a_fee_of_zero_comes_in(header: str, row: str) -> None:
    found = plan(f"{header}{row}\n")
    assert (found.outcome, found.holdings) == (Outcome.ACCEPT, {})


def test_delta_keeps_all_in_one_place_and_reads_dates_as_mails_have_them() -> None:
    text = (
        f'{DELTA}"Thu, 01 Jun 2023 19:31:54 GMT",DEPOSIT,5,ETH,CRYPTO,,,,,,,,,\n'
        "2023-06-02 10:00:00Z,BUY,10,SOL (Solana),CRYPTO,2,ETH,Binance,,,,,,\n"
    )
    held = [(p.account, str(p.quantity)) for p in imported(text).positions.values()]
    assert held == [("Delta", "3"), ("Delta", "10")]
    assert "local" in plan(text.replace("00Z", "00")).warnings[0]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (COINTRACKER_EXPORT, "02/27/2022 12:00:00,RECEIVE,b,5,ETH,,Kraken,,,,,,,,,,,,,,"),
        (STAKETAX, "2024-02-01 10:00:00,STAKING,1,ATOM,,,,,,t1,,cosmos_blockchain,cosmos1x"),
    ],
)
def test_equal_rows_are_asked_about_where_several_rows_may_share_an_identity(header: str, row: str) -> None:
    text = f"{header}{row}\n{row}\n"
    assert stopping(text) == ["repeated_rows"]
    first = imported(text, answers={"repeated_rows": "both"})
    again = plan(f"{text}{row}\n", first, answers={"repeated_rows": "both"})
    assert (again.counts.duplicate, again.counts.accepted) == (2, 1)
