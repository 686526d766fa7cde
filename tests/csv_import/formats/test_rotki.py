from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.csv_import.plan import Outcome
from desktop_app.domain.checks import check
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension
from tests.csv_import.reading import holdings, imported, plan, rejected, skipped, stopping

# Written by hand after rotki/rotki (2026-08-21), rotkehlchen/db/utils.py; the token contracts are real.
SAMPLE = (Path(__file__).parents[2] / "data" / "rotki_balances_snapshot_import.csv").read_bytes()
HEADER = "timestamp,category,asset_identifier,amount,usd_value\n"
WEETH = "eip155:1/erc20:0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee"


def row(text: str) -> str:
    return f"{HEADER}{text}\n1711843200,asset,SOL,1,150\n"


def test_the_sample_gives_exactly_its_counts() -> None:
    found = plan(SAMPLE)
    counts = found.counts
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT_PARTLY, "rotki", "snapshot")
    assert (counts.data_rows, counts.accepted, counts.rejected, counts.skipped) == (18, 16, 0, 2)
    assert (counts.asked, counts.duplicate) == (0, 0)


def test_the_sample_gives_exactly_its_holdings() -> None:
    expected = (
        "ETH 68.339237021992817653, stETH 12.750000000000000001, wstETH 7.3049, rETH 3.5, weETH 9.81234567, "
        "ezETH 2.25, rsETH 5, pufETH 1.1, sUSDe 15000, LBTC 0.08123456, BTC 0.41, "
        "SOL 310.5, JitoSOL 120.123456789, ATOM 820.000001, DOT 1500.1234567891"
    )
    assert ", ".join(f"{asset} {amount}" for asset, amount in holdings(SAMPLE).items()) == expected


def test_liabilities_and_nfts_are_skipped_and_nothing_is_asked() -> None:
    assert skipped(SAMPLE) == [(18, "nft"), (19, "liability")]
    assert stopping(SAMPLE) == []


def test_ether_on_validators_is_a_staked_position_beside_the_other_ether() -> None:
    after = imported(SAMPLE)
    ether = [p for p in after.positions.values() if p.asset == "ETH"]
    assert [(p.name, str(p.quantity), [la.name for la in p.layers]) for p in ether] == [
        ("ETH", "4.218753104992817653", ["hold"]),
        ("ETH, staked", "64.120483917", ["hold", "staking"]),
    ]
    assert check(after) == ()


def test_positions_carry_the_value_and_the_day_of_the_snapshot() -> None:
    weeth = next(p for p in imported(SAMPLE).positions.values() if p.asset == "weETH")
    assert (weeth.total_value, weeth.unit_price) == (Decimal("36600.0493491"), None)
    assert (weeth.priced_on, weeth.opened_on, weeth.chain) == (
        date(2024, 3, 31),
        date(2024, 3, 31),
        "ethereum",
    )
    assert "snapshot" in weeth.notes


def test_a_tracker_is_no_custody_and_an_account_that_was_named_is_one() -> None:
    default, named = imported(SAMPLE), imported(SAMPLE, account="Safe")
    assert {p.account for p in default.positions.values()} == {"rotki"}
    assert not [n for n in default.nodes.values() if n.dimension is Dimension.CUSTODY]
    assert [n.name for n in named.nodes.values() if n.dimension is Dimension.CUSTODY] == ["Safe"]


def test_the_next_snapshot_finds_both_kinds_of_ether_again() -> None:
    stored = imported(SAMPLE)
    later = SAMPLE.replace(b"ETH,4.218753104992817653", b"ETH,64.120483917")
    later = later.replace(b"ETH2,64.120483917", b"ETH2,4.218753104992817653")
    after = imported(later, stored, "second", answers={"changed_quantity": "new"})
    ether = {p.name: str(p.quantity) for p in after.positions.values() if p.asset == "ETH"}
    assert ether == {"ETH": "64.120483917", "ETH, staked": "4.218753104992817653"}
    assert len(after.positions) == len(stored.positions)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1711843200,loan,ETH,1,3000", "type_unknown"),
        ("1711843200,asset,eip155:1/erc20:0x12,1,3000", "asset_invalid"),
        ("1711843200,asset,solana/token:short,1,3000", "asset_invalid"),
        ("1711843200,asset,,1,3000", "asset_missing"),
        ("1711843200,asset,ETH,,3000", "quantity_missing"),
        ("1711843200,asset,ETH,-1,3000", "quantity_negative"),
        ("soon,asset,ETH,1,3000", "date_invalid"),
        (",asset,ETH,1,3000", "date_missing"),
    ],
)
def test_a_row_that_does_not_fit_the_format_is_rejected(text: str, code: str) -> None:
    assert rejected(row(text)) == [(2, code)]


def test_a_zero_balance_is_skipped() -> None:
    assert skipped(row("1711843200,asset,ETH,0,0")) == [(2, "zero")]


def test_a_value_of_zero_is_an_unknown_price() -> None:
    (eth, _) = imported(row("1711843200,asset,ETH,1,0")).positions.values()
    assert (eth.total_value, eth.priced_on) == (None, None)


def test_values_in_another_currency_are_left_empty() -> None:
    found = plan(SAMPLE, Portfolio(currency="EUR"))
    assert all(r.holding.total_value is None for r in found.rows if r.holding)
    assert "EUR" in " ".join(found.warnings)


def test_an_address_that_no_list_knows_is_asked_about() -> None:
    unknown = "0x1BBe973BeF3a977Fc51CbED703E8ffDEfE001Fed"
    assert stopping(row(f"1711843200,asset,eip155:1/erc20:{unknown},1,5")) == [f"asset_unknown:{unknown}"]


def test_a_known_address_on_another_chain_is_not_that_token() -> None:
    address = WEETH.rpartition(":")[2]
    assert stopping(row(f"1711843200,asset,eip155:8453/erc20:{address},1,5")) == [f"asset_unknown:{address}"]


def test_the_file_for_people_is_read_too() -> None:
    text = (
        "timestamp,category,asset,asset_symbol,amount,usd_value\n"
        f"2024-03-31 00:00:00,asset,{WEETH},weETH,2,7000\n2024-03-31 00:00:00,asset,ETH2,ETH2,32,100000\n"
    )
    assert holdings(text) == {"weETH": "2", "ETH": "32"}


def test_values_per_location_are_refused() -> None:
    found = plan("timestamp,location,usd_value\n1711843200,blockchain,5\n")
    assert (found.outcome, found.kind) == (Outcome.REFUSE_FILE, "reference")
    assert "no holdings" in found.message
