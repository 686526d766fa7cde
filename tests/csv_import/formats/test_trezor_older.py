"""Trezor Suite's older list: which coin, which order of day and month, and whose the fee is."""

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, plan, question, rejected, stopping

HEADER = "Date & Time;Type;Transaction ID;Addresses;Fee;Total\n"
GOOD = "13/02/2021, 10:03:12;RECV;b1;bc1qa;0.0001;2\n"
NAME = "export-btc-20210301T100000.csv"


def test_the_name_tells_the_coin_and_the_sender_pays_the_fee() -> None:
    rows = "14/02/2021, 9:00:00;SENT;b2;bc1qb;0.001;0.5\n15/02/2021, 9:00:00;SELF;b3;bc1qa;0.002;1\n"
    found = plan(HEADER + GOOD + rows, file_name=NAME)
    assert (found.format, found.outcome, found.counts.accepted) == ("trezor_older", Outcome.ACCEPT, 3)
    assert {asset: str(amount) for asset, amount in found.holdings.items()} == {"BTC": "1.497"}


def test_without_a_coin_in_the_name_it_is_asked_for() -> None:
    assert stopping(HEADER + GOOD) == ["coin"]
    assert question(HEADER + GOOD, "coin").lines == (2,)


def test_an_order_that_no_day_settles_is_asked_for() -> None:
    text = HEADER + GOOD.replace("13/02/2021", "03/02/2021")
    coin = {"coin": "BTC"}
    assert stopping(text, answers=coin) == ["date_order:Date & Time"]
    assert holdings(text, answers={**coin, "date_order:Date & Time": "mdy"}) == {"BTC": "2"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("14/02/2021;JOINT;b2;bc1qb;0;1", "type_unknown"),
        ("14/02/2021;RECV;b2;bc1qb;0;", "quantity_missing"),
        ("14/02/2021;RECV;b2;bc1qb;0;0", "quantity_zero"),
        ("14/02/2021;SENT;b2;bc1qb;much;1", "fee_invalid"),
        ("noon;SENT;b2;bc1qb;0;1", "date_invalid"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(row: str, code: str) -> None:
    assert rejected(f"{HEADER}{GOOD}{row}\n", answers={"coin": "BTC"}) == [(3, code)]


def test_a_unit_beside_the_amount_tells_the_coin() -> None:
    assert holdings(f"{HEADER}{GOOD.strip()} ETH\n") == {"ETH": "2"}
