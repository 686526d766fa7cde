"""What the words of a table mean: other names of tokens and chains, protocols, and rates of plain coins."""

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, question, stopping


def warned(table: str) -> str:
    return " ".join(plan(table).warnings)


def codes(table: str) -> list[str]:
    return [q.code for q in plan(table).questions]


def test_an_unknown_chain_is_kept_with_an_unknown_bridge_and_said() -> None:
    table = "asset,quantity,chain\nweETH,1,Foochain\n"
    assert {"chain:foochain", "unknown:bridge"} <= {e.target for e in imported(table).edges.values()}
    assert "“Foochain” is not known" in warned(table)


def test_another_name_of_a_chain_is_not_warned_of() -> None:
    table = "asset,quantity,chain\nweETH,1,Arbitrum One\n"
    assert {"chain:arbitrum", "unknown:bridge"} <= {e.target for e in imported(table).edges.values()}
    assert plan(table).warnings == ()


def test_a_protocol_is_known_if_the_token_stands_on_it() -> None:
    assert codes("asset,quantity,protocol\nPT-weETH-26DEC2024,1,Pendle\n") == ["account"]


def test_a_protocol_that_could_be_several_is_not_called_unknown() -> None:
    asked = question("asset,quantity,protocol\nsUSDe,1,Pendle\n", "protocol:Pendle")
    assert "could be Pendle Principal Token or Pendle Yield Token" in asked.text
    assert "is not in the catalogue" not in asked.text


@pytest.mark.parametrize(("asset", "protocol"), [("stETH", "Rocket Pool"), ("weETH", "Lido")])
def test_a_token_beside_another_issuer_is_kept_and_warned_of(asset: str, protocol: str) -> None:
    table = f"asset,quantity,protocol\n{asset},1,{protocol}\n"
    assert f"but the file names {protocol} as its protocol" in warned(table)
    assert plan(table).outcome is Outcome.ACCEPT


@pytest.mark.parametrize(
    ("asset", "protocol"),
    [
        ("stETH", "Lido"),
        ("stETH", "Kelp"),
        ("ETH", "Rocket Pool"),
        ("weETH", "Aave v3"),
        ("stETH", "EigenLayer"),
    ],
)
def test_a_token_where_it_can_be_is_not_warned_of(asset: str, protocol: str) -> None:
    assert warned(f"asset,quantity,protocol\n{asset},1,{protocol}\n") == ""


def test_a_rate_alone_stakes_nothing_and_becomes_a_note() -> None:
    table = "asset,quantity,reward_apr\nETH,1,3\n"
    asked = question(table, "staked_share:ETH")
    assert (asked.stops, asked.default, asked.choices) == (False, "held", ("held", "staked"))
    (position,) = imported(table).positions.values()
    assert [(la.name, la.reward_rate) for la in position.layers] == [("hold", 0.0)]
    assert position.notes == "Reward rate in the file: 3 %"


def test_the_answer_stakes_the_coin_at_that_rate() -> None:
    table = "asset,quantity,reward_apr\nETH,1,3\n"
    (position,) = imported(table, answers={"staked_share:ETH": "staked"}).positions.values()
    assert [(la.name, la.reward_rate) for la in position.layers] == [("hold", 0.0), ("staking", 0.03)]


@pytest.mark.parametrize(
    "row",
    ["stETH,1,3,,,", "ETH,1,3,staking,,", "ETH,1,3,,P2P,", "ETH,1,3,,,Ethereum", "ETH,1,0,,,", "ETH,1,,,,"],
)
def test_a_rate_of_what_is_staked_asks_nothing(row: str) -> None:
    assert codes(f"asset,quantity,reward_apr,layer,operator,protocol\n{row}\n") == ["account"]


@pytest.mark.parametrize("symbol", ["ETH2", "ETH2.S", "ETH.S", "XETH", "ETH.F"])
def test_an_exchanges_name_counts_to_its_coin_and_is_said(symbol: str) -> None:
    table = f"asset,quantity\n{symbol},1\n"
    assert stopping(table) == []
    assert holdings(table) == {"ETH": "1"}
    assert f"“{symbol}” is read as" in warned(table)


@pytest.mark.parametrize(
    ("symbol", "layers"),
    [
        ("ETH2", ["hold", "staking"]),
        ("DOT28.S", ["hold", "staking"]),
        ("ETH.F", ["hold"]),
        ("XXBT", ["hold"]),
    ],
)
def test_the_name_says_whether_it_is_staked(symbol: str, layers: list[str]) -> None:
    (position,) = imported(f"asset,quantity\n{symbol},1\n").positions.values()
    assert [la.name for la in position.layers] == layers


def test_beth_is_a_token_of_its_own() -> None:
    assert stopping("asset,quantity\nBETH,1\n") == []
    assert holdings("asset,quantity\nBETH,1\nETH,2\n") == {"BETH": "1", "ETH": "2"}


def test_a_suffix_on_an_unknown_name_is_still_a_question() -> None:
    assert stopping("asset,quantity\nFOO.S,1\n") == ["asset_unknown:FOO.S"]


def test_a_look_alike_is_named_with_its_foreign_letter_and_what_it_resembles() -> None:
    asked = question("asset,quantity\n\u051deETH,1\n", "asset_unknown:\u051deETH")
    assert "“\u051d” (Cyrillic small letter we)" in asked.text
    assert "looks like weETH, but is not" in asked.text
    assert (asked.stops, asked.default, "weETH" in asked.choices) == (True, "own", True)


@pytest.mark.parametrize("row", ["FOO,much,", "ETH,0,odd"])
def test_a_word_that_only_rejected_rows_hold_is_not_asked_about(row: str) -> None:
    text = f"asset,quantity,layer\nETH,1,\n{row}\n"
    found = plan(text)
    assert (found.outcome, found.counts.accepted, found.counts.rejected) == (Outcome.ACCEPT_PARTLY, 1, 1)
    assert not stopping(text)


def test_a_word_of_a_rejected_row_is_asked_about_where_a_sound_row_holds_it_too() -> None:
    assert stopping("asset,quantity\nFOO,much\nFOO,2\n") == ["asset_unknown:FOO"]
