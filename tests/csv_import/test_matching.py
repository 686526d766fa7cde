from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.csv_import.plan import Outcome
from desktop_app.csv_import.rows import Verdict
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position
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


def test_what_the_file_lacks_is_kept_and_named() -> None:
    stored = imported(SAMPLE)
    shorter = "".join(line for line in SAMPLE.splitlines(keepends=True) if "weETH,3.3" not in line)
    again = plan(shorter, stored)
    assert any("weETH" in warning and "kept" in warning for warning in again.warnings)
    assert "weETH" in imported(shorter, stored, "second").positions


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
    assert question(table, "repeated_rows").lines == (3,)
    assert plan(table).holdings == {"ETH": 2}
    assert plan(table, answers={"repeated_rows": "one"}).holdings == {"ETH": 1}
    assert plan(table, answers={"repeated_rows": "both"}).outcome is Outcome.ACCEPT


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
