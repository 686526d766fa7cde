from desktop_app.domain.portfolio import Portfolio
from tests.csv_import.reading import imported, plan

HEADER = "name,asset,quantity,protocol,operator,services\n"


def warned(table: str, portfolio: Portfolio | None = None) -> list[str]:
    return [w for w in plan(HEADER + table, portfolio).warnings if "also count for all" in w]


def test_names_for_a_pooled_token_count_for_all_that_stands_on_it() -> None:
    (sentence,) = warned("a,weETH,1,,P2P,EigenDA\nb,weETH,2,,,\nc,eETH,3,,,\nd,stETH,1,,,\n")
    assert "ether.fi (3 positions)" in sentence


def test_stored_positions_count_too() -> None:
    stored = imported(HEADER + "a,weETH,1,,,\nb,stETH,1,,,\n")
    (sentence,) = warned("c,weETH,2,,Kiln,\n", stored)
    assert "ether.fi (2 positions)" in sentence


def test_services_of_a_role_count_for_all_that_it_works_for() -> None:
    (sentence,) = warned("a,stETH,1,EigenLayer,P2P,EigenDA\nb,ETH,2,EigenLayer,P2P,\n")
    assert "(2 positions)" in sentence


def test_very_many_names_are_told_of_without_counting() -> None:
    (sentence,) = warned("".join(f"n{i},weETH,1,,Op {i},\n" for i in range(501)))
    assert "share their issuer" in sentence


def test_names_that_reach_nothing_else_are_not_mentioned() -> None:
    assert warned("a,weETH,1,,P2P,EigenDA\nb,stETH,1,,,\nc,ETH,2,,Kiln,\nd,ETH,1,,Kiln,\n") == []
