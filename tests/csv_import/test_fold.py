"""Running balances: order, what was there before, what goes below zero; with generated movements."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.csv_import.entries import Entry, Move, Slot
from desktop_app.csv_import.fold import Folded, fold, in_order, openings
from desktop_app.domain.money import total

SPOT = Slot("Kraken", "spot", "ETH", "ETH", key="held")
EARN = Slot("Kraken", "earn", "ETH", "ETH", staked=True, key="staked")
CASH = Slot("Kraken", "spot", "EUR", "EUR", money=True)
START = datetime(2025, 1, 1, tzinfo=UTC)


def entry(line: int, day: int, *moves: tuple[Slot, str], balance: str = "", reward: bool = False) -> Entry:
    legs = tuple(Move(slot, Decimal(amount), reward) for slot, amount in moves)
    told = Decimal(balance) if balance else None
    return Entry(START + timedelta(days=day), legs, balance=told, line=line)


def missing(folded: Folded) -> list[Decimal]:
    """Return by how much the file's balances differ at each place where they begin or change."""
    return [gap.missing for gap in folded.gaps.get(SPOT, [])]


amounts = st.decimals(-1000, 1000, places=18, allow_nan=False, allow_infinity=False)
moves = st.builds(Move, st.sampled_from([SPOT, EARN, CASH]), amounts, st.booleans())
entries = st.builds(
    lambda day, legs: Entry(START + timedelta(days=day), tuple(legs)),
    st.integers(0, 20),
    st.lists(moves, max_size=3),
)
ledgers = st.lists(entries, max_size=25).map(
    lambda found: [e._replace(line=n) for n, e in enumerate(found, 2)]
)


@given(ledgers.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_the_rows_does_not_change_what_is_left(
    pair: tuple[list[Entry], Sequence[Entry]],
) -> None:
    first, second = (fold(in_order(rows)) for rows in pair)
    assert (first.balances, first.totals, first.rewards) == (second.balances, second.totals, second.rewards)


@given(ledgers)
def test_what_is_left_is_the_exact_sum_of_all_that_moved(rows: list[Entry]) -> None:
    folded = fold(in_order(rows))
    for slot in (SPOT, EARN):
        assert folded.balances.get(slot, Decimal(0)) == total(
            m.amount for row in rows for m in row.moves if m.slot is slot
        )
    assert CASH not in folded.balances


@given(ledgers)
def test_a_file_that_is_newest_first_folds_like_one_that_is_oldest_first(rows: list[Entry]) -> None:
    oldest_first = in_order(rows)
    turned = oldest_first[::-1]
    if turned and turned[0].moved_at > turned[-1].moved_at:
        assert in_order(turned) == oldest_first


def test_a_transfer_between_own_places_nets_to_zero() -> None:
    folded = fold([entry(2, 0, (SPOT, "5")), entry(3, 1, (SPOT, "-2"), (EARN, "2"))])
    assert folded.balances == {SPOT: Decimal(3), EARN: Decimal(2)}
    assert folded.negative == {}


def test_a_balance_below_zero_names_its_lines() -> None:
    folded = fold([entry(2, 0, (SPOT, "1")), entry(3, 1, (SPOT, "-2")), entry(4, 2, (SPOT, "5"))])
    assert folded.negative == {SPOT: [3]}


def test_within_one_moment_the_order_is_no_proof_of_a_negative_balance() -> None:
    assert fold([entry(2, 0, (SPOT, "-2")), entry(3, 0, (SPOT, "2"))]).negative == {}


def test_money_may_go_below_zero() -> None:
    assert fold([entry(2, 0, (CASH, "-2"))]).negative == {}


def test_rewards_are_collected_by_account_and_asset() -> None:
    folded = fold([entry(2, 0, (SPOT, "1"), reward=True), entry(3, 1, (EARN, "0.5"), reward=True)])
    assert folded.rewards == {("Kraken", "ETH"): Decimal("1.5")}


def test_the_opening_is_the_start_of_the_current_run() -> None:
    rows = [
        entry(2, 0, (SPOT, "1")),
        entry(3, 1, (SPOT, "-1")),
        entry(4, 2, (SPOT, "3")),
        entry(5, 3, (SPOT, "1")),
    ]
    assert fold(rows).opened == {"held": START + timedelta(days=2)}
    assert fold(rows[:2]).opened == {}


def test_balances_that_follow_from_the_rows_leave_no_gap() -> None:
    folded = fold([entry(2, 0, (SPOT, "1"), balance="1"), entry(3, 1, (SPOT, "2"), balance="3")])
    assert missing(folded) == [0]


def test_a_constant_difference_from_the_first_row_on_was_there_before() -> None:
    rows = [entry(2, 0, (SPOT, "1"), balance="6"), entry(3, 1, (SPOT, "-2"), balance="4")]
    before = openings(fold(rows), trusts_balance=False)
    assert [m.amount for e in before for m in e.moves] == [Decimal(5)]
    mended = fold(in_order(before, rows))
    assert (mended.balances, missing(mended), mended.negative) == ({SPOT: Decimal(4)}, [Decimal(0)], {})


def test_a_difference_that_begins_later_is_no_opening() -> None:
    rows = [entry(2, 0, (SPOT, "1"), balance="1"), entry(3, 1, (SPOT, "2"), balance="9")]
    folded = fold(rows)
    assert [m.amount for s in openings(folded, trusts_balance=False) for m in s.moves] == [0]
    assert [(g.line, g.missing, g.first) for g in folded.gaps[SPOT]] == [
        (2, Decimal(0), True),
        (3, Decimal(6), False),
    ]


def test_where_the_balance_is_trusted_every_difference_is_made_up() -> None:
    rows = [entry(2, 0, (SPOT, "1"), balance="6"), entry(3, 1, (SPOT, "2"), balance="7")]
    mended = fold(in_order(openings(fold(rows), trusts_balance=True), rows))
    assert mended.balances == {SPOT: Decimal(7)}


def test_balances_within_one_moment_may_stand_in_any_order() -> None:
    rows = [entry(2, 0, (SPOT, "1"), balance="3"), entry(3, 0, (SPOT, "2"), balance="2")]
    assert missing(fold(rows)) == [0]


def test_what_a_stored_file_said_was_there_before_it_stays_whatever_comes_earlier() -> None:
    stored = [
        Entry(START + timedelta(days=5), (Move(SPOT, Decimal(5)),), "opening", Decimal(5)),
        Entry(START + timedelta(days=5), (Move(SPOT, Decimal(1)),)),
    ]
    folded = fold(in_order([entry(2, 0, (SPOT, "3"), balance="3")], stored))
    assert (folded.balances, folded.settled) == ({SPOT: Decimal(6)}, {"opening": Decimal(2)})
