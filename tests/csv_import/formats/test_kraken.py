from datetime import date
from pathlib import Path

import pytest

from desktop_app.csv_import.plan import Outcome
from desktop_app.domain.checks import check
from tests.csv_import.reading import holdings, imported, plan, rejected, rewards, skipped, stopping

# Written by hand after BittyTax/BittyTax, conv/parsers/kraken.py, and rows quoted in its issues.
SAMPLE = (Path(__file__).parents[2] / "data" / "kraken_ledgers.csv").read_bytes()
HEADER = '"txid","refid","time","type","subtype","aclass","asset","wallet","amount","fee","balance"\n'
OLD = '"txid","refid","time","type","subtype","aclass","asset","amount","fee","balance"\n'
SOL = "L9,R9,2025-02-03 09:00:00,deposit,,currency,SOL,spot / main,1,0,1\n"


def test_the_sample_gives_exactly_its_counts() -> None:
    found = plan(SAMPLE)
    counts = found.counts
    assert (found.outcome, found.format, found.kind) == (Outcome.ACCEPT_PARTLY, "kraken", "ledger")
    assert (counts.data_rows, counts.accepted, counts.rejected, counts.skipped) == (21, 20, 0, 1)
    assert (counts.asked, counts.duplicate) == (0, 0)


def test_the_sample_gives_exactly_its_holdings_and_rewards() -> None:
    assert holdings(SAMPLE) == {
        "ETH": "1.049824992",
        "DOT": "310.989872",
        "SOL": "42.75",
        "BTC": "0.0000294667",
    }
    assert rewards(SAMPLE) == {"BTC": "0.0000294667", "DOT": "0.489872", "ETH": "0.000424992"}


def test_the_row_that_is_not_settled_is_skipped_and_nothing_is_asked() -> None:
    assert skipped(SAMPLE) == [(18, "not_settled")]
    assert stopping(SAMPLE) == []
    assert plan(SAMPLE).warnings == ()


def test_what_earns_is_a_staked_position_of_its_own() -> None:
    after = imported(SAMPLE)
    found = [
        (p.name, f"{p.quantity:f}".rstrip("0"), p.opened_on, len(p.layers)) for p in after.positions.values()
    ]
    assert found == [
        ("ETH", "0.0494", date(2025, 2, 3), 1),
        ("DOT", "110.5", date(2025, 2, 3), 1),
        ("ETH, staked", "1.000424992", date(2025, 2, 4), 2),
        ("DOT, staked", "200.489872", date(2025, 2, 4), 2),
        ("SOL", "42.75", date(2025, 2, 14), 1),
        ("BTC", "0.0000294667", date(2025, 3, 4), 1),
    ]
    assert check(after) == ()


def test_kraken_keeps_the_coins_and_is_a_node() -> None:
    after = imported(SAMPLE)
    kept = [e.source for e in after.edges.values() if e.target == "custody:kraken"]
    assert sorted(kept) == sorted(after.positions)


def test_money_is_accepted_and_gives_no_position_or_movement() -> None:
    after = imported(SAMPLE)
    assert "EUR" not in {p.asset for p in after.positions.values()}
    assert {m.asset for m in after.movements.values()} == {"ETH", "DOT", "SOL", "BTC"}
    assert len([m for m in after.movements.values() if m.line]) == 17


def test_what_was_staked_before_there_were_wallets_is_told_by_its_code() -> None:
    text = (
        f"{OLD}L1,R1,2021-01-01 00:00:00,deposit,,currency,DOT,100,0,100\n"
        "L2,R2,2021-01-02 00:00:00,transfer,spottostaking,currency,DOT,-60,0,40\n"
        "L3,R2,2021-01-02 00:00:00,transfer,stakingfromspot,currency,DOT28.S,60,0,60\n"
        "L4,R3,2021-01-08 00:00:00,staking,,currency,DOT28.S,0.5,0,60.5\n"
        "L5,R5,2021-01-09 00:00:00,deposit,,currency,XXBT,1,0,1\n"
        "L6,R6,2021-01-09 00:00:00,deposit,,currency,XETH,2,0,2\n"
        "L7,R7,2021-01-10 00:00:00,staking,,currency,ETH2,0.1,0,0.1\n"
        "L8,R8,2021-01-10 00:00:00,receive,,currency,KFEE,500,0,500\n"
    )
    assert holdings(text) == {"DOT": "100.5", "BTC": "1", "ETH": "2.1"}
    assert rewards(text) == {"DOT": "0.5", "ETH": "0.1"}
    named = {p.name: str(p.quantity) for p in imported(text).positions.values()}
    assert named == {"DOT": "40", "DOT, staked": "60.5", "BTC": "1", "ETH": "2", "ETH, staked": "0.1"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("L1,R1,2025-02-03 09:00:00,hybridearnwithdrawal,,currency,ETH,spot / main,1,0,1", "type_unknown"),
        ("L1,R1,2025-02-03 09:00:00,earn,magic,currency,ETH,spot / main,1,0,1", "type_unknown"),
        ("L1,R1,,deposit,,currency,ETH,spot / main,1,0,1", "date_missing"),
        ("L1,R1,03.02.2025,deposit,,currency,ETH,spot / main,1,0,1", "date_invalid"),
        ("L1,R1,2030-02-03 09:00:00,deposit,,currency,ETH,spot / main,1,0,1", "date_out_of_range"),
        ("L1,R1,2025-02-03 09:00:00,deposit,,currency,,spot / main,1,0,1", "asset_missing"),
        ("L1,R1,2025-02-03 09:00:00,deposit,,currency,ETH,spot / main,,0,1", "quantity_missing"),
        ("L1,R1,2025-02-03 09:00:00,deposit,,currency,ETH,spot / main,0,0,1", "quantity_zero"),
        ("L1,R1,2025-02-03 09:00:00,deposit,,currency,ETH,spot / main,x,0,1", "quantity_invalid"),
        ("L1,R1,2025-02-03 09:00:00,deposit,,currency,ETH,spot / main,1,x,1", "fee_invalid"),
        ("L1,R1,2025-02-03 09:00:00,deposit,,currency,ETH,spot / main,1,0,x", "quantity_invalid"),
        ("L1,R1,2025-02-03 09:00:00,deposit,,currency,<b>,spot / main,1,0,1", "asset_invalid"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(f"{HEADER}{row}\n{SOL}") == [(2, code)]


def test_a_reward_of_zero_is_accepted_and_moves_nothing() -> None:
    text = f"{HEADER}L1,R1,2025-02-03 08:00:00,earn,reward,currency,ETH,spot / main,0,0,0\n{SOL}"
    assert plan(text).outcome is Outcome.ACCEPT
    assert holdings(text) == {"SOL": "1"}


def test_a_further_column_at_the_end_is_allowed() -> None:
    text = f'{HEADER.strip()},"amountusd"\n{SOL.strip()},150\n'
    assert holdings(text) == {"SOL": "1"}
