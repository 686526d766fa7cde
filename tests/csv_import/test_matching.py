from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.csv_import.plan import Outcome
from desktop_app.csv_import.rows import Verdict
from desktop_app.domain.checks import check
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position, Status
from desktop_app.errors import UserError
from tests.csv_import.reading import imported, plan, question, stopping

SAMPLE = (Path(__file__).parents[1] / "data" / "wealthfolio_holdings.csv").read_text("utf-8")
TWO_LOTS = "name,asset,quantity,protocol\ncold,ETH,1,Lido\nhot,ETH,2,Lido\n"


def quantities(portfolio: Portfolio) -> dict[str, str]:
    return {p.id: str(p.quantity) for p in portfolio.positions.values()}


def test_the_same_bytes_again_are_a_question_before_anything_else() -> None:
    stored = imported(SAMPLE)
    assert stopping(SAMPLE, stored) == ["same_file"]
    assert question(SAMPLE, "same_file", stored).default == "leave"


def test_leaving_the_same_file_changes_nothing() -> None:
    stored = imported(SAMPLE)
    again = plan(SAMPLE, stored, answers={"same_file": "leave"})
    assert (again.outcome, again.counts.duplicate) == (Outcome.ACCEPT_PARTLY, 18)
    assert imported(SAMPLE, stored, "second", answers={"same_file": "leave"}) is stored


def test_importing_the_same_file_again_adds_nothing() -> None:
    stored = imported(SAMPLE)
    assert imported(SAMPLE, stored, "second", answers={"same_file": "import"}) is stored


def test_the_same_quantities_in_another_file_are_stored_already() -> None:
    stored = imported(SAMPLE)
    again = plan(SAMPLE + "\n", stored)
    assert (again.outcome, again.counts.duplicate, again.counts.accepted) == (Outcome.ACCEPT_PARTLY, 11, 1)
    assert "nothing new" in again.message


def test_a_changed_quantity_is_a_question_with_old_and_new() -> None:
    stored, changed = imported(SAMPLE), SAMPLE.replace("3.3,3512.90", "4.4,3512.90")
    asked = question(changed, "changed_quantity:weETH", stored)
    assert (asked.stops, asked.default, asked.lines) == (True, "new", (11,))
    assert "3.3 → 4.4" in asked.text


def test_agreeing_updates_quantity_and_leaves_the_rest() -> None:
    stored, changed = imported(SAMPLE), SAMPLE.replace("3.3,3512.90", "4.4,3600")
    answers = {"changed_quantity": "new"}
    row = plan(changed, stored, answers=answers).rows[9]
    after = imported(changed, stored, "second", answers=answers)
    assert (row.verdict, row.before, row.quantity) == (Verdict.UPDATE, Decimal("3.3"), Decimal("4.4"))
    assert quantities(after) == {**quantities(stored), "weETH": "4.4"}
    assert after.positions["weETH"].unit_price == 3600
    assert after.positions["weETH"].layers == stored.positions["weETH"].layers
    assert after.positions["weETH"].import_id == "first"
    assert list(after.imports) == ["first", "second"]


def test_keeping_the_stored_quantity_changes_nothing() -> None:
    stored, changed = imported(SAMPLE), SAMPLE.replace("3.3,3512.90", "4.4,3512.90")
    assert imported(changed, stored, "second", answers={"changed_quantity:weETH": "keep"}) is stored


def test_a_changed_price_is_a_question_of_its_own() -> None:
    stored, changed = imported(SAMPLE), SAMPLE.replace("3512.90", "3600")
    assert stopping(changed, stored) == ["changed_price"]
    after = imported(changed, stored, "second", answers={"changed_price": "new"})
    assert after.positions["weETH"].unit_price == 3600


def without_weeth() -> str:
    return "".join(line for line in SAMPLE.splitlines(keepends=True) if "weETH,3.3" not in line)


def test_what_the_file_lacks_is_kept_and_named() -> None:
    stored = imported(SAMPLE)
    asked = question(without_weeth(), "missing_positions", stored)
    assert (asked.stops, asked.default, asked.choices) == (False, "keep", ("keep", "close"))
    assert asked.text.startswith("The file no longer holds 1 stored position, kept")
    assert "weETH" in asked.text
    assert imported(without_weeth(), stored, "second") is stored


def test_what_the_file_lacks_is_closed_if_the_user_says_so() -> None:
    stored = imported(SAMPLE)
    after = imported(without_weeth(), stored, "second", answers={"missing_positions": "close"})
    assert [p.id for p in after.positions.values() if p.status is Status.CLOSED] == ["weETH"]
    assert list(after.imports) == ["first", "second"]
    assert [q.code for q in plan(without_weeth() + "\n", after).questions] == ["account"]


DETAILED = (
    "asset,quantity,status,layer,reward_apr,notes\n"
    "ETH,1,active,staking,3,a\n"
    "weETH,2,,liquid restaking,3.2,\n"
    "PT-weETH-26DEC2024,1,,yield,5,x\n"
    "DOT,5,,,3,\n"
)


def test_the_same_details_are_no_change() -> None:
    again = plan(DETAILED + "\n", imported(DETAILED))
    assert (again.counts.duplicate, [q.code for q in again.questions if q.stops]) == (4, [])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("active", "closed", "ETH, line 2: status active → closed"),
        ("3,a", "4,a", "ETH, line 2: reward rate 3 % → 4 %"),
        ("3,a", "3,b", "ETH, line 2: notes “a” → “b”"),
        ("DOT,5,,,3,", "DOT,5,,staking,3,", "DOT, line 5: layer hold → staking, reward rate none → 3 %"),
    ],
)
def test_changed_details_are_a_question_with_old_and_new(old: str, new: str, words: str) -> None:
    stored, changed = imported(DETAILED), DETAILED.replace(old, new)
    asked = question(changed, "changed_details", stored)
    assert (asked.stops, asked.choices, asked.default) == (True, ("new", "keep"), "new")
    assert words in asked.text
    assert imported(changed, stored, "second", answers={"changed_details": "keep"}) is stored


def test_agreeing_takes_the_details() -> None:
    changed = DETAILED.replace("active,staking,3,a", "closed,staking,4,b").replace(
        "DOT,5,,,", "DOT,5,,staking,"
    )
    after = imported(changed, imported(DETAILED), "second", answers={"changed_details": "new"})
    eth, dot = after.positions["ETH"], after.positions["DOT"]
    assert (eth.status, eth.notes, eth.layers[-1].reward_rate) == (Status.CLOSED, "b", 0.04)
    assert [(la.name, la.reward_rate) for la in dot.layers] == [("hold", 0.0), ("staking", 0.03)]
    assert (dot.notes, dot.import_id, str(eth.quantity)) == ("", "first", "1")
    assert check(after) == ()
    assert plan(changed + "\n", after).counts.duplicate == 4


def test_details_that_the_file_does_not_give_stay_the_users() -> None:
    stored = imported(DETAILED)
    mine = stored.with_positions(replace(stored.positions["weETH"], status=Status.UNBONDING, notes="mine"))
    assert stopping(DETAILED + "\n", mine) == []


def test_a_changed_quantity_names_the_details_that_come_with_it() -> None:
    stored, changed = imported(DETAILED), DETAILED.replace("ETH,1,active", "ETH,2,closed")
    assert "1 → 2 and status active → closed" in question(changed, "changed_quantity:ETH", stored).text
    after = imported(changed, stored, "second", answers={"changed_quantity": "new"})
    assert quantities(after)["ETH"] == "2"
    assert after.positions["ETH"].status is Status.CLOSED


def test_several_rows_for_one_stored_position_are_asked_which_it_is() -> None:
    stored, lots = imported("asset,quantity\nETH,1\n"), "asset,quantity\nETH,2\nETH,3\n"
    asked = question(lots, "changed_quantity:ETH@2", stored)
    assert asked.choices == ("update", "add", "leave")
    assert "could be the stored “ETH” (1 → 2)" in asked.text
    assert [q.code for q in plan(lots, stored).questions if q.code == "missing_positions"] == []
    after = imported(lots, stored, "second", answers={"changed_quantity:ETH@2": "update"})
    assert quantities(after) == {"ETH": "2", "ETH-2": "3"}


def test_two_rows_cannot_both_be_the_stored_position() -> None:
    stored, lots = imported("asset,quantity\nETH,1\n"), "asset,quantity\nETH,2\nETH,3\n"
    answers = {"changed_quantity:ETH@2": "update", "changed_quantity:ETH@3": "update"}
    with pytest.raises(UserError, match="no answer"):
        plan(lots, stored, answers=answers)


def test_another_account_is_not_matched() -> None:
    stored = imported(SAMPLE)
    assert plan(SAMPLE + "\n", stored, account="Elsewhere").counts.duplicate == 0


def test_another_format_is_not_matched() -> None:
    stored = imported(SAMPLE)
    table = "account,asset,quantity\nWealthfolio,weETH,9\n"
    assert stopping(table, stored) == []


def test_lots_of_one_asset_are_told_apart_by_name() -> None:
    stored = imported(TWO_LOTS)
    changed = TWO_LOTS.replace("hot,ETH,2", "hot,ETH,3")
    after = imported(changed, stored, "second", answers={"changed_quantity": "new"})
    assert sorted(quantities(after).values()) == ["1", "3"]


def test_a_file_that_says_less_still_finds_a_unique_position() -> None:
    stored = imported("name,asset,quantity,protocol\ncold,stETH,1,Lido\n")
    assert stopping("asset,quantity\nstETH,2\n", stored) == ["changed_quantity:stETH"]


def test_a_row_that_could_be_several_positions_is_a_question() -> None:
    stored = imported(TWO_LOTS)
    unclear = "asset,quantity\nETH,5\n"
    (code,) = stopping(unclear, stored)
    assert code == "changed_quantity:ETH@2"
    assert len(imported(unclear, stored, "second", answers={code: "add"}).positions) == 3


def test_equal_rows_are_matched_with_multiplicity() -> None:
    twice = "asset,quantity,notes\nETH,1,a\nETH,1,b\n"
    stored = imported(twice)
    again = plan(twice + "ETH,1,c\n", stored)
    assert (again.counts.duplicate, again.counts.accepted) == (2, 1)


def test_a_position_that_the_user_renamed_is_found_again() -> None:
    stored = imported(SAMPLE)
    renamed = stored.with_positions(*(_renamed(position) for position in stored.positions.values()))
    assert plan(SAMPLE + "\n", renamed).counts.duplicate == 11


def _renamed(position: Position) -> Position:
    return replace(position, name=f"my {position.name}", account="Somewhere else")


def test_repeated_rows_are_a_question() -> None:
    table = "asset,quantity\nETH,1\nETH,1\n"
    asked = question(table, "repeated_rows")
    assert (asked.lines, asked.text.startswith("1 row repeats")) == ((3,), True)
    assert plan(table).holdings == {"ETH": 2}
    assert plan(table, answers={"repeated_rows": "one"}).holdings == {"ETH": 1}
    assert plan(table, answers={"repeated_rows": "both"}).outcome is Outcome.ACCEPT


def test_repeated_rows_that_are_all_stored_are_no_question_again() -> None:
    table = "asset,quantity\nETH,1\nETH,1\n"
    stored = imported(table, answers={"repeated_rows": "both"})
    longer = plan(f"{table}SOL,2\n", stored)
    assert (longer.outcome, longer.counts.duplicate) == (Outcome.ACCEPT_PARTLY, 2)
    assert question(f"{table}ETH,1\n", "repeated_rows", stored).lines == (4,)
    once = imported(table, answers={"repeated_rows": "one"})
    assert question(f"{table}SOL,2\n", "repeated_rows", once).lines == (3,)


def test_an_asset_kept_as_own_is_not_asked_about_again() -> None:
    table = "asset,quantity\nWOBBLE,1\n"
    stored = imported(table, answers={"asset_unknown:WOBBLE": "own"})
    assert stopping("asset,quantity\nWOBBLE,1\nETH,1\n", stored) == []


@pytest.mark.parametrize("count", [3000])
def test_many_equal_rows_are_matched_in_linear_time(count: int) -> None:
    table = "asset,quantity\n" + "ETH,1\n" * count
    stored = imported(table, answers={"repeated_rows": "both"})
    again = plan(table + "SOL,1\n", stored, answers={"repeated_rows": "both"})
    assert (again.counts.duplicate, again.counts.accepted) == (count, 1)
