from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, rejected, rewards, skipped

# Columns after rotki/rotki, history/events/structures/base.py; hashes and amounts are made up.
HEADER = (
    "timestamp,event_type,event_subtype,location,location_label,asset,asset_symbol,amount,fiat_value,"
    "identifier,entry_type,group_identifier,sequence_index,direction,extra_data,user_notes,tx_ref\n"
)
STETH = "eip155:1/erc20:0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84"


def _row(time: str, kinds: str, asset: str, amount: str, number: int, direction: str) -> str:
    return f"{time},{kinds},ethereum,0xabc,{asset},{amount},1,{number},evm event,g,0,{direction},,,0x1\n"


ROWS = (
    _row("31/12/2023 18:00:00 UTC", "receive,none", "ETH,ETH", "10", 1, "in")
    + _row("01/01/2024 18:00:00 CET", "deposit,deposit for wrapped", "ETH,ETH", "4", 2, "out")
    + _row("01/01/2024 18:00:00 CET", "receive,receive wrapped", f"{STETH},stETH", "4", 3, "in")
    + _row("01/01/2024 18:00:00 CET", "spend,fee", "ETH,ETH", "0.01", 4, "out")
    + _row("02/01/2024 18:00:00 CET", "informational,approve", f"{STETH},stETH", "9" * 60, 5, "neutral")
    + _row("03/01/2024 18:00:00 CET", "staking,reward", f"{STETH},stETH", "0.002", 6, "in")
)


def test_events_fold_by_their_direction_and_a_neutral_one_moves_nothing() -> None:
    found = plan(HEADER + ROWS)
    assert (found.format, found.outcome, found.counts.accepted) == ("rotki_history", Outcome.ACCEPT, 6)
    assert holdings(HEADER + ROWS) == {"ETH": "5.99", "stETH": "4.002"}
    assert rewards(HEADER + ROWS) == {"stETH": "0.002"}


def test_columns_are_found_by_their_names_and_not_by_their_places() -> None:
    text = (
        "direction,amount,asset_symbol,asset,location_label,location,event_subtype,event_type,timestamp,"
        "validator_index\nin,2,ETH,ETH,me,ethereum,none,receive,01/02/2024 10:00:00,7\n"
    )
    assert holdings(text) == {"ETH": "2"}


def test_the_account_is_place_and_label() -> None:
    assert {p.account for p in imported(HEADER + ROWS).positions.values()} == {"ethereum 0xabc"}


def test_a_second_export_that_overlaps_adds_only_what_is_new() -> None:
    more = _row("04/01/2024 18:00:00 CET", "staking,reward", f"{STETH},stETH", "0.003", 7, "in")
    first = imported(HEADER + ROWS)
    again = plan(HEADER + ROWS + more, first)
    assert (again.counts.duplicate, again.counts.accepted) == (5, 2)  # what moves nothing is not stored


def test_nfts_are_skipped_and_unknown_directions_rejected() -> None:
    text = (
        HEADER
        + ROWS
        + _row("04/01/2024 18:00:00 CET", "receive,none", "_nft_0x1_5,", "1", 8, "in")
        + _row("04/01/2024 18:00:00 CET", "receive,none", "ETH,ETH", "1", 9, "sideways")
    )
    assert skipped(text) == [(8, "nft")]
    assert rejected(text) == [(9, "type_unknown")]
