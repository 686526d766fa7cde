import hashlib
from pathlib import Path
from typing import Any

import pytest

from desktop_app import shipped
from desktop_app.csv_import.plan import Outcome, read_plan, refused
from desktop_app.csv_import.rows import Verdict
from desktop_app.csv_import.verdicts import as_record
from desktop_app.domain.checks import check
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from tests.csv_import.reading import NOW, TODAY, holdings, imported, plan, question, skipped, stopping

DATA = Path(__file__).parents[1] / "data"
UNKNOWN_TOKEN = "asset,quantity\nWOBBLE,3\nETH,1\n"


def test_an_import_is_recorded_with_hash_and_counts() -> None:
    data = (DATA / "wealthfolio_holdings.csv").read_bytes()
    record = imported(data, import_id="i-1").imports["i-1"]
    assert record.sha256 == hashlib.sha256(data).hexdigest()
    assert (record.format, record.kind, record.account) == ("wealthfolio", "snapshot", "Wealthfolio")
    assert (record.data_rows, record.accepted, record.rejected, record.skipped) == (18, 12, 0, 6)
    assert (record.imported_at, record.file_name) == (NOW, "file.csv")


@pytest.mark.parametrize("name", ["wealthfolio_holdings.csv", "generic_positions.csv"])
def test_what_comes_in_is_sound_and_knows_its_import(name: str) -> None:
    after = imported((DATA / name).read_bytes(), import_id="i-1")
    assert check(after) == ()
    assert {p.import_id for p in after.positions.values()} == {"i-1"}
    assert all(p.import_key for p in after.positions.values())


def test_each_accepted_holding_is_one_position() -> None:
    data = (DATA / "generic_positions.csv").read_bytes()
    accepted = [row.quantity for row in plan(data).rows if row.verdict is Verdict.ADD]
    assert [p.quantity for p in imported(data).positions.values()] == accepted


def test_an_unknown_token_in_a_table_is_asked_about_first() -> None:
    found = plan(UNKNOWN_TOKEN)
    asked = question(UNKNOWN_TOKEN, "asset_unknown:WOBBLE")
    assert (found.outcome, found.counts.asked, asked.lines, asked.default) == (Outcome.ASK, 1, (2,), "own")
    assert holdings(UNKNOWN_TOKEN) == {"WOBBLE": "3", "ETH": "1"}


def test_nothing_is_applied_while_a_question_is_open() -> None:
    with pytest.raises(UserError, match="question"):
        imported(UNKNOWN_TOKEN)


def test_nothing_is_applied_of_a_refused_file() -> None:
    with pytest.raises(UserError, match="empty"):
        imported(b"")


@pytest.mark.parametrize(
    ("answer", "totals"),
    [("own", {"WOBBLE": "3", "ETH": "1"}), ("stETH", {"stETH": "3", "ETH": "1"}), ("leave", {"ETH": "1"})],
)
def test_an_unknown_token_is_mapped_kept_or_left_out(answer: str, totals: dict[str, str]) -> None:
    answers = {"asset_unknown:WOBBLE": answer}
    assert holdings(UNKNOWN_TOKEN, answers=answers) == totals
    assert {p.asset for p in imported(UNKNOWN_TOKEN, answers=answers).positions.values()} == totals.keys()


def test_a_slip_of_the_pen_gets_a_suggestion() -> None:
    assert "wstETH" in question("asset,quantity\nwstEHT,1\n", "asset_unknown:wstEHT").choices


def test_a_token_with_a_link_is_left_out_by_default() -> None:
    table = "asset,quantity\nclaim-eth.com,5\nETH,1\n"
    assert question(table, "asset_unknown:claim-eth.com").default == "leave"
    assert holdings(table) == {"ETH": "1"}


@pytest.mark.parametrize("symbol", ["STETH", "steth", "WEETH"])
def test_a_symbol_in_capitals_holds_nothing_up_and_keeps_its_spelling(symbol: str) -> None:
    assert holdings(f"asset,quantity\n{symbol},1\n") == {symbol: "1"}


def test_several_spellings_of_a_token_come_under_its_symbol() -> None:
    assert holdings("asset,quantity\nSTETH,1\nsteth,2\n") == {"stETH": "3"}


def test_an_address_counts_to_its_token() -> None:
    assert holdings("asset,quantity,chain\n0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2,1,ethereum\n") == {
        "WETH": "1"
    }


def test_a_known_symbol_on_a_chain_that_the_list_lacks_is_no_stranger() -> None:
    assert stopping("asset,quantity,chain\nweETH,1,somewhere new\n") == []


def test_unticked_rows_stay_out_and_ask_nothing() -> None:
    assert skipped(UNKNOWN_TOKEN, left_out=frozenset({2})) == [(2, "left_out")]
    assert stopping(UNKNOWN_TOKEN, left_out=frozenset({2})) == []


def test_unticking_everything_is_no_refusal() -> None:
    assert plan("asset,quantity\nETH,1\n", left_out=frozenset({2})).outcome is Outcome.ACCEPT_PARTLY


def test_a_file_of_which_every_row_is_rejected_is_refused_with_its_reasons() -> None:
    found = plan("asset,quantity\nETH,-1\n<b>,2\n")
    assert (found.outcome, found.counts.rejected) == (Outcome.REFUSE_FILE, 2)
    assert len(found.rejected) == 2


def test_the_account_is_a_question_that_holds_nothing_up() -> None:
    table = "asset,quantity\nETH,1\n"
    asked = question(table, "account")
    assert (asked.stops, asked.default, plan(table).outcome) == (False, "Position table", Outcome.ACCEPT)
    (row,) = plan(table, answers={"account": "My ledger"}).rows
    assert row.holding is not None
    assert (row.account, row.holding.custody) == ("My ledger", True)


def test_a_row_without_a_holding_says_of_which_account_it_is() -> None:
    told = plan('account,asset,quantity\nHot,ETH,"1,234"\n,ETH,"2,345"\nCold,ETH,x\n')
    assert [(r.verdict, r.amount, r.account) for r in told.rows] == [
        ("ask", "1,234", "Hot"),
        ("ask", "2,345", "Position table"),
        ("reject", "x", "Cold"),
    ]
    (row,) = plan('asset,quantity\nETH,"1,234"\n', account="Mine").rows
    assert (row.verdict, row.account) == ("ask", "Mine")


def test_a_wrong_answer_is_told_what_else_would_be_one() -> None:
    table = "asset,quantity\nWOBBLE,1\n"
    with pytest.raises(UserError, match="“own”, “leave”, or give the symbol of a known token"):
        plan(table, answers={"asset_unknown:WOBBLE": "NOPE"})


def test_an_answer_to_no_question_is_mentioned() -> None:
    assert plan("asset,quantity\nETH,1\n", answers={"colour": "red"}).unused == ("colour",)


def test_progress_is_told_and_may_cancel() -> None:
    class CancelledError(Exception):
        pass

    heard: list[int] = []

    def progress(rows: int) -> None:
        heard.append(rows)
        if rows >= 1000:
            raise CancelledError

    data = ("asset,quantity\n" + "".join(f"ETH,{n}\n" for n in range(1, 5000))).encode()
    with pytest.raises(CancelledError):
        read_plan(data, "file.csv", Portfolio(), shipped.catalogue(), TODAY, progress=progress)
    assert heard == [500, 1000]


def test_a_file_that_could_not_be_read_is_refused_with_the_callers_sentence() -> None:
    found = refused("folder", "“folder” is a folder.")
    assert (found.outcome, found.kind, found.message) == (
        Outcome.REFUSE_FILE,
        "not_csv",
        "“folder” is a folder.",
    )


def test_a_position_that_is_gone_is_not_updated() -> None:
    stored = imported("asset,quantity\nETH,1\n")
    changed = plan("asset,quantity\nETH,2\n", stored, answers={"changed_quantity": "new"})
    with pytest.raises(UserError, match="has changed since"):
        changed.apply(Portfolio(), shipped.catalogue(), NOW, "second")


def test_sentences_on_one_row_are_in_the_singular() -> None:
    stored = imported("asset,quantity\nETH,1\n")
    assert "1 of 2 rows of “file.csv” comes in" in plan("asset,quantity\nETH,-1\nETH,1\n").message
    assert "1 row, but it is no holding" in plan("asset,quantity\nETH,-1\n").message
    again = plan("asset,quantity\r\nETH,1\r\n", stored)
    assert "1 of its 1 row is stored already" in again.message


def test_every_row_that_does_not_simply_come_in_says_why() -> None:
    money, asked, plain = plan("asset,quantity\nEUR,5\nWOBBLE,1\nETH,1\n").rows
    assert "money" in money.reason
    assert "asset_unknown:WOBBLE" in asked.reason
    assert plain.reason == ""


def test_fifty_thousand_columns_are_refused_without_delay() -> None:
    wide = ",".join(f"name {n}" for n in range(50_000))
    assert plan(f"{wide}\n{wide}\n").outcome is Outcome.REFUSE_FILE


def test_the_samples_go_one_after_another_into_one_portfolio_without_a_false_match() -> None:
    after = Portfolio()
    expected = 0
    for name in ("wealthfolio_holdings", "kraken_ledgers", "rotki_balances_snapshot_import"):
        data = (DATA / f"{name}.csv").read_bytes()
        found = plan(data, after)
        assert [q.code for q in found.questions if q.stops] == []
        assert found.counts == plan(data).counts
        before, after = after, imported(data, after, name)
        expected += len(imported(data).positions)
        assert all(after.positions[i].quantity == p.quantity for i, p in before.positions.items())
    assert len(after.positions) == expected == 11 + 6 + 16
    assert check(after) == ()


def test_the_beginning_of_a_file_asks_nothing_that_its_other_rows_may_settle() -> None:
    stored = imported("asset,quantity\nETH,1\nSOL,2\n")
    assert [q.code for q in plan("asset,quantity\nETH,1\nATOM,3\n", stored).questions] == [
        "account",
        "missing_positions",
    ]
    beginning = plan("asset,quantity\nETH,1\nATOM,3\n", stored, is_beginning=True)
    assert ([q.code for q in beginning.questions], beginning.closing) == (["account"], ())
    head = "Type,Location,Currency,Amount,Fee,Fee Currency,Description,Timestamp"
    ledger = f"{head}\nSpend,luno,ETH,1,0,ETH,,1659340800000\n"
    assert plan(ledger).outcome is Outcome.ASK
    assert plan(ledger, is_beginning=True).outcome is Outcome.ACCEPT


def test_a_row_that_is_stored_already_comes_in_where_the_user_wants_it_all_the_same() -> None:
    table = "asset,quantity\nETH,1\nSOL,2\n"
    again: dict[str, Any] = {"answers": {"same_file": "import"}, "anyway": frozenset({3})}
    stored = imported(table)
    found = plan(table, stored, **again)
    assert [row.verdict for row in found.rows] == [Verdict.DUPLICATE, Verdict.ADD]
    assert [q.code for q in found.questions if q.stops] == []
    twice = imported(table, stored, "second", **again)
    assert sorted(p.asset for p in twice.positions.values()) == ["ETH", "SOL", "SOL"]
    head = "Type,Location,Currency,Amount,Fee,Fee Currency,Description,Timestamp"
    ledger = f"{head}\nDeposit,luno,ETH,1,0,ETH,,1659340800000\nDeposit,luno,ETH,2,0,ETH,,1659340900000\n"
    booked = imported(ledger, imported(ledger), "second", **again)
    assert [str(p.quantity) for p in booked.positions.values()] == ["5"]
    assert check(twice) == check(booked) == ()
    told = {"answers": {"same_file": "import", "stored:3": "import"}}
    assert imported(table, stored, "second", **told) == twice
    assert imported(ledger, imported(ledger), "second", **told) == booked
    every = {"answers": {"same_file": "import", "stored": "import", "stored:2": "leave"}}
    assert imported(table, stored, "second", **every) == twice
    with pytest.raises(UserError, match="“yes” is no answer to “stored:2”"):
        plan(table, stored, answers={"same_file": "import", "stored": "yes"})
    needless = plan(table, answers={"stored": "import"})
    assert (needless.unused, needless.warnings) == (("stored",), ())
    assert as_record(needless)["warnings"] == ["Nothing was asked about “stored”."]
