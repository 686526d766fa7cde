"""Ledgers that overlap: only what is new comes in, and the parts of a file lead where the whole leads."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from desktop_app import shipped
from desktop_app.csv_import.plan import Outcome
from desktop_app.csv_import.rows import Verdict
from desktop_app.domain import money
from desktop_app.domain.checks import check
from desktop_app.domain.import_undo import lost_with_import, without_import
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Status
from desktop_app.domain.stacks import add_holding, holding_of
from tests.csv_import.reading import holdings, imported, plan, question, rewards, skipped, stopping
from tests.csv_import.toy import HEADER, WITHOUT_BALANCE, rows, toy, with_rules

KRAKEN = "txid,refid,time,type,subtype,aclass,asset,wallet,amount,fee,balance\n"


@pytest.fixture(autouse=True)
def _toy() -> Iterator[None]:
    with toy():
        yield


def quantities(portfolio: Portfolio) -> dict[str, str]:
    return {
        p.name: money.amount_text(p.quantity) for p in portfolio.positions.values() if p.quantity is not None
    }


def sums_hold(portfolio: Portfolio) -> bool:
    """Tell whether every folded position holds the sum of its movements and the adjustment."""
    for position in portfolio.positions.values():
        amounts = [m.amount for m in portfolio.movements.values() if m.position == position.id]
        if position.adjustment is None or position.quantity != money.total([*amounts, position.adjustment]):
            return False
    return True


# -- parts of a file ---------------------------------------------------------------------------------------

changes = st.lists(
    st.tuples(
        st.sampled_from(["ETH", "SOL", "DOT"]),
        st.sampled_from(["spot / main", "earn / liquid"]),
        st.integers(-5, 20),
        st.integers(0, 3),
    ),
    min_size=3,
    max_size=20,
)


def kraken(found: Sequence[tuple[Any, ...]]) -> list[str]:
    """Return rows of a whole ledger: balances that follow, never below zero."""
    balances: dict[tuple[str, str], int] = {}
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    lines = []
    for number, (asset, wallet, change, hours) in enumerate(found):
        moment += timedelta(hours=hours)
        now = balances.get((asset, wallet), 0)
        amount = max(change, -now)
        balances[asset, wallet] = now + amount
        when = f"{moment:%Y-%m-%d %H:%M:%S}"
        lines.append(
            f"L{number},R{number},{when},trade,,currency,{asset},{wallet},{amount},0,{now + amount}\n"
        )
    return lines


def state(portfolio: Portfolio) -> dict[str, tuple[object, ...]]:
    """Return what each position that holds something holds, and since when."""
    return {
        p.import_key: (p.quantity, p.opened_on, p.status)
        for p in portfolio.positions.values()
        if p.status is not Status.CLOSED
    }


@settings(max_examples=60, deadline=None)
@given(changes, st.data())
def test_two_overlapping_parts_lead_where_the_whole_file_leads(
    found: list[tuple[str, str, int, int]], data: st.DataObject
) -> None:
    lines = kraken(found)
    start = data.draw(st.integers(0, len(lines) - 1))
    end = data.draw(st.integers(max(start, 1), len(lines)))
    parts = [KRAKEN + "".join(lines[:end]), KRAKEN + "".join(lines[start:])]
    if data.draw(st.booleans()):
        parts.reverse()
    after = Portfolio()
    for number, part in enumerate(parts):
        answers = {q.code: q.default or "" for q in plan(part, after).questions}
        after = imported(part, after, f"part {number}", answers={**answers, "same_file": "import"})
        assert sums_hold(after)
        assert check(after) == ()
    assert state(after) == state(imported(KRAKEN + "".join(lines)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=12), st.data())
def test_rows_without_an_identity_are_counted_with_multiplicity(
    found: list[tuple[int, int]], data: st.DataObject
) -> None:
    lines = [f"2025-01-0{day} 00:00:00,in,ETH,{amount},,,\n" for day, amount in sorted(found)]
    part = data.draw(st.lists(st.sampled_from(range(len(lines))), unique=True, min_size=1))
    answers = {"repeated_rows": "both", "same_file": "import"}
    first = imported(HEADER + "".join(lines[i] for i in sorted(part)), answers=answers)
    whole = HEADER + "".join(lines)
    again = plan(whole, first, answers=answers)
    assert again.counts.duplicate == len(part)
    assert quantities(imported(whole, first, "second", answers=answers)) == quantities(
        imported(whole, answers=answers)
    )


def test_the_same_ledger_under_another_name_adds_nothing() -> None:
    text = rows("reward ETH 2", "out ETH -1")
    stored = imported(text)
    again = plan(text + "\n", stored)
    assert (again.outcome, again.counts.duplicate, again.changes) == (Outcome.ACCEPT_PARTLY, 2, False)
    assert (again.holdings, again.rewards) == ({}, {})
    assert imported(text + "\n", stored, "second") is stored


def test_an_identity_that_repeats_in_a_file_is_there_already() -> None:
    row = "L1,R1,2025-01-01 00:00:00,deposit,,currency,ETH,spot / main,1,0,1\n"
    assert skipped(KRAKEN + row + row) == [(3, "stored")]
    assert holdings(KRAKEN + row + row) == {"ETH": "1"}
    again = plan(KRAKEN + row + row)
    assert [r.reason for r in again.skipped] == ["An earlier row of the file has the same identity, “L1”."]
    stored = plan(KRAKEN + row + row, imported(KRAKEN + row))
    assert {r.reason for r in stored.skipped} == {"It is stored already."}


def test_rows_that_repeat_in_a_file_without_identity_are_asked_about() -> None:
    text = rows("in ETH 2", "in ETH 2", days=0)
    assert stopping(text) == ["repeated_rows"]
    assert holdings(text, answers={"repeated_rows": "one"}) == {"ETH": "2"}
    assert holdings(text, answers={"repeated_rows": "both"}) == {"ETH": "4"}


def test_where_repeated_rows_are_known_to_be_real_nothing_is_asked() -> None:
    with toy(with_rules(repeated_are_real=True)):
        text = rows("in ETH 2", "in ETH 2", days=0)
        assert (stopping(text), holdings(text)) == ([], {"ETH": "4"})


def test_a_third_equal_row_in_a_later_file_is_new() -> None:
    answers = {"repeated_rows": "both"}
    stored = imported(rows("in ETH 2", "in ETH 2", days=0), answers=answers)
    later = rows("in ETH 2", "in ETH 2", "in ETH 2", days=0)
    assert plan(later, stored, answers=answers).counts.duplicate == 2
    assert quantities(imported(later, stored, "second", answers=answers)) == {"ETH": "6"}


# -- the user's own ----------------------------------------------------------------------------------------


def edited(portfolio: Portfolio, quantity: str) -> Portfolio:
    """Return the portfolio with the quantity of ETH typed in the editor."""
    holding = holding_of(portfolio, portfolio.positions["ETH"])
    return add_holding(portfolio, shipped.catalogue(), replace(holding, quantity=Decimal(quantity)), "ETH")


def test_a_quantity_typed_by_hand_is_an_adjustment_that_later_files_keep() -> None:
    stored = edited(imported(rows("in ETH 2")), "2.5")
    assert stored.positions["ETH"].adjustment == Decimal("0.5")
    after = imported(rows("in ETH 2", "in ETH 3"), stored, "second")
    assert quantities(after) == {"ETH": "5.5"}
    assert sums_hold(after)


def test_a_position_that_was_deleted_comes_back_whole_with_the_next_rows() -> None:
    gone = imported(rows("in ETH 2", "in SOL 1")).without_positions("ETH")
    assert {m.position for m in gone.movements.values()} == {"", "SOL"}
    after = imported(rows("in ETH 2", "in SOL 1", "in ETH 3"), gone, "second")
    assert quantities(after) == {"SOL": "1", "ETH": "5"}
    assert sums_hold(after)


def test_what_was_sold_out_closes_and_opens_again() -> None:
    first, second, third = (
        rows("in ETH 2"),
        rows("in ETH 2", "out ETH -2"),
        rows("in ETH 2", "out ETH -2", "in ETH 1"),
    )
    sold = imported(second, imported(first), "second")
    assert (quantities(sold), sold.positions["ETH"].status) == ({"ETH": "0"}, Status.CLOSED)
    again = imported(third, sold, "third")
    eth = again.positions["ETH"]
    assert (eth.quantity, eth.status, str(eth.opened_on)) == (Decimal(1), Status.ACTIVE, "2025-01-03")


def test_what_the_user_said_of_a_position_stays() -> None:
    stored = imported(rows("in ETH 2"))
    mine = stored.with_positions(replace(stored.positions["ETH"], notes="mine", account="Elsewhere"))
    eth = imported(rows("in ETH 2", "in ETH 1"), mine, "second").positions["ETH"]
    assert (eth.notes, eth.account, str(eth.quantity)) == ("mine", "Elsewhere", "3")


def test_other_accounts_are_left_alone() -> None:
    stored = imported(rows("in ETH 2"), account="A")
    after = imported(rows("in ETH 2"), stored, "second", account="B", answers={"same_file": "import"})
    assert [(p.account, str(p.quantity)) for p in after.positions.values()] == [("A", "2"), ("B", "2")]


# -- doubts ------------------------------------------------------------------------------------------------


def test_a_negative_balance_stops_and_names_its_lines() -> None:
    text = rows("in ETH 1", "out ETH -3", "in ETH 5")
    asked = question(text, "balance_negative:ETH")
    assert (asked.stops, asked.lines, asked.default, asked.choices) == (True, (3,), "go_on", ("go_on",))
    assert [row.verdict for row in plan(text).rows] == [Verdict.ADD, Verdict.ASK, Verdict.ADD]
    assert holdings(text) == {"ETH": "3"}
    assert quantities(imported(text, answers={"balance_negative": "go_on"})) == {"ETH": "3"}


def test_what_ends_below_zero_makes_no_position_until_the_rest_is_there() -> None:
    late = rows("in SOL 1", "out ETH -3")
    stored = imported(late, answers={"balance_negative": "go_on"})
    assert quantities(stored) == {"SOL": "1"}
    early = f"{HEADER}2024-12-01 00:00:00,in,ETH,5,,,\n"
    after = imported(early, stored, "second")
    assert quantities(after) == {"SOL": "1", "ETH": "2"}
    assert sums_hold(after)


def test_money_below_zero_is_no_question() -> None:
    assert stopping(rows("out EUR -5", "in ETH 1")) == []


def test_a_file_that_starts_in_the_middle_uses_its_own_balances_and_says_so() -> None:
    text = f"{HEADER}2025-01-01 00:00:00,in,ETH,1,,,6\n2025-01-02 00:00:00,out,ETH,-2,,,4\n"
    found = plan(text)
    assert holdings(text) == {"ETH": "4"}
    assert "starts in the middle" in found.warnings[0]
    assert "5 ETH in Toy" in found.warnings[0]


def test_balances_that_stop_following_from_the_rows_are_warned_of() -> None:
    text = f"{HEADER}2025-01-01 00:00:00,in,ETH,1,,,1\n2025-01-02 00:00:00,in,ETH,2,,,9\n"
    assert holdings(text) == {"ETH": "3"}
    assert "From line 3 on the balances of ETH in Toy do not follow" in plan(text).warnings[0]


def test_a_trusted_balance_counts_whatever_the_rows_say() -> None:
    text = f"{HEADER}2025-01-01 00:00:00,reward,stETH,1,,,6\n2025-01-02 00:00:00,reward,stETH,2,,,7\n"
    with toy(with_rules(trusts_balance=True)):
        assert (holdings(text), rewards(text)) == ({"stETH": "7"}, {"stETH": "3"})


# -- places ------------------------------------------------------------------------------------------------


def test_what_is_locked_up_without_a_row_for_it_stays() -> None:
    text = rows("in ETH 5 Spot", "lock ETH -2 Spot")
    assert quantities(imported(text)) == {"ETH": "3", "ETH, staked": "2"}
    assert quantities(imported(rows("in ETH 5 Spot", "lock ETH -2 Spot", "lock ETH 1.5 Spot"))) == {
        "ETH": "4.5",
        "ETH, staked": "0.5",
    }


def test_a_lock_with_both_its_rows_is_a_transfer() -> None:
    text = (
        f"{HEADER}2025-01-01 00:00:00,in,ETH,5,Spot,,\n"
        "2025-01-02 00:00:00,lock,ETH,-2,Spot,,\n2025-01-02 00:00:00,stake,ETH,2,Earn,,\n"
    )
    assert quantities(imported(text)) == {"ETH": "3", "ETH, staked": "2"}


def test_an_own_transfer_between_accounts_nets_to_zero() -> None:
    text = (
        f"{HEADER}2025-01-01 00:00:00,in,ETH,5,,A,\n"
        "2025-01-02 00:00:00,out,ETH,-2,,A,\n2025-01-02 00:00:00,in,ETH,2,,B,\n"
    )
    assert [(p.account, str(p.quantity)) for p in imported(text).positions.values()] == [
        ("A", "3"),
        ("B", "2"),
    ]
    assert holdings(text) == {"ETH": "5"}


def test_a_rebasing_token_without_a_balance_is_marked_as_a_lower_bound() -> None:
    text = f"{WITHOUT_BALANCE}2025-01-01 00:00:00,in,stETH,5,,\n"
    assert ["At least" in p.notes for p in imported(text).positions.values()] == [True]
    assert "The balance of stETH grows without a transfer" in plan(text).warnings[0]
    assert ["At least" in p.notes for p in imported(rows("in stETH 5")).positions.values()] == [False]


def test_rewards_without_a_balance_hold_nothing() -> None:
    with toy(with_rules(holds=False)):
        text = rows("reward ETH 0.5", "reward ETH -0.1")
        found = plan(text)
        assert (found.outcome, holdings(text), rewards(text)) == (Outcome.ACCEPT, {}, {"ETH": "0.4"})
        after = imported(text)
        assert (len(after.positions), len(after.movements)) == (0, 2)
        assert plan(text + "\n", after).counts.duplicate == 2


def test_a_neutral_row_is_accepted() -> None:
    text = rows("neutral - -", "in ETH 1")
    assert [row.verdict for row in plan(text).rows] == [Verdict.ACCEPT, Verdict.ADD]
    assert "no holding" in plan(text).rows[0].reason


def test_several_spellings_of_a_token_are_one_position() -> None:
    text = rows("in STETH 5", "out stETH -2")
    assert (stopping(text), holdings(text)) == ([], {"stETH": "3"})


# -- taking a ledger back ----------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(changes, st.data())
def test_taking_one_of_two_parts_back_is_never_having_imported_it(
    found: list[tuple[str, str, int, int]], data: st.DataObject
) -> None:
    lines = kraken([(*row, hours + 1) for *row, hours in found])
    cut = data.draw(st.integers(1, len(lines) - 1))
    parts = {"early": KRAKEN + "".join(lines[:cut]), "late": KRAKEN + "".join(lines[cut:])}
    order = data.draw(st.permutations(list(parts)))
    both = Portfolio()
    for name in order:
        both = imported(parts[name], both, name)
    for name, other in (("early", "late"), ("late", "early")):
        if {name, other} <= both.imports.keys():  # a part that changes nothing leaves no import
            left = without_import(both, shipped.catalogue(), name)
            made = {p.import_key for p in both.positions.values()}  # what was never a position becomes none
            assert state(left) == {k: v for k, v in state(imported(parts[other])).items() if k in made}
            assert sums_hold(left)
            assert check(left) == ()


@settings(max_examples=60, deadline=None)
@given(changes, st.data())
def test_taking_the_last_import_back_leads_to_what_was_there_also_with_rows_of_one_moment(
    found: list[tuple[str, str, int, int]], data: st.DataObject
) -> None:
    lines = kraken(found)
    start = data.draw(st.integers(0, len(lines) - 1))
    end = data.draw(st.integers(start + 1, len(lines)))
    parts = [KRAKEN + "".join(lines[:end]), KRAKEN + "".join(lines[start:])]
    first, second = data.draw(st.permutations(parts))
    assume(first != second)
    before = imported(first, import_id="first")
    after = imported(second, before, "second")
    if "second" in after.imports:
        left = without_import(after, shipped.catalogue(), "second")
        assert state(left) == state(before)
        assert {m.id: m.amount for m in left.movements.values()} == {
            m.id: m.amount for m in before.movements.values()
        }
        assert sums_hold(left)


def test_a_row_of_the_moment_at_which_an_earlier_file_begins_goes_with_its_own_import() -> None:
    first, second = (
        "L1,R1,2025-01-01 00:00:00,trade,,currency,ETH,spot / main,5,0,5\n",
        "L2,R2,2025-01-01 00:00:00,trade,,currency,ETH,spot / main,3,0,8\n",
    )
    before = imported(KRAKEN + first, import_id="first")
    after = imported(KRAKEN + first + second, before, "second")
    assert quantities(after) == {"ETH": "8"}
    assert quantities(without_import(after, shipped.catalogue(), "second")) == {"ETH": "5"}


def test_what_a_file_of_one_format_began_with_is_not_reckoned_from_the_rows_of_another() -> None:
    began = f"{KRAKEN}L1,R1,2025-01-02 00:00:00,trade,,currency,ETH,spot / main,1,0,6\n"
    kraken_ = imported(began, import_id="kraken")
    (opening,) = [m for m in kraken_.movements.values() if not m.line]
    assert (opening.amount, opening.told) == (Decimal(5), Decimal(5))
    both = imported(rows("in ETH 3", "in ETH 4"), imported(rows("in ETH 3"), kraken_, "a"), "b")
    together = {
        i: m._replace(account=opening.account, place=opening.place) for i, m in both.movements.items()
    }
    left = without_import(replace(both, movements=together), shipped.catalogue(), "b")
    assert left.movements[opening.id].amount == Decimal(5)


def test_the_adjustment_of_a_position_survives_taking_one_of_its_files_back() -> None:
    first = imported(rows("in ETH 2"), import_id="a")
    both = edited(imported(rows("in ETH 2", "in ETH 3"), first, "b"), "6")
    left = without_import(both, shipped.catalogue(), "b")
    assert (quantities(left), left.positions["ETH"].adjustment) == ({"ETH": "3"}, Decimal(1))
    assert quantities(without_import(both, shipped.catalogue(), "a")) == {"ETH": "4"}
    assert lost_with_import(first, "a") == ()
    assert "its quantity" in lost_with_import(edited(first, "5"), "a")[0].text
