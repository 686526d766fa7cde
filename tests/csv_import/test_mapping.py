import pytest

from desktop_app.csv_import.formats.generic import FIELDS
from desktop_app.csv_import.plan import Outcome
from desktop_app.csv_import.synonyms import SYNONYMS
from desktop_app.errors import UserError
from tests.csv_import.reading import holdings, plan, question, stopping

UNKNOWN = "Date,Coin,Amount,Wallet\n2024-01-02,ETH,1.5,Ledger\n2024-01-03,SOL,2,Ledger\n"


def test_a_list_of_movements_mapped_by_hand_is_warned_of() -> None:
    table = "When,Coin,Amount,Side\n2024-01-05,ETH,2,Buy\n2024-01-06,ETH,1,Sell\n"
    (warning,) = plan(table).warnings
    assert warning.startswith("“Side” says “Sell” on line 3: a list of movements is not added up here")
    assert plan(table.replace("Sell", "Buy")).warnings == ()
    assert plan("asset,quantity,notes\nETH,1,Sell\n").warnings == ()


def test_a_table_that_no_format_knows_is_a_question_with_a_guess() -> None:
    found = plan(UNKNOWN)
    asked = question(UNKNOWN, "columns")
    assert (found.outcome, found.format, found.kind) == (Outcome.ASK, None, "generic_positions")
    assert "“Coin” is asset" in asked.text
    assert found.counts.asked == 2
    assert holdings(UNKNOWN) == {"ETH": "1.5", "SOL": "2"}


def test_agreeing_to_the_guess_lets_it_in() -> None:
    found = plan(UNKNOWN, answers={"columns": "guess"})
    assert (found.outcome, found.format) == (Outcome.ACCEPT, None)
    assert [c.field for c in found.columns] == ["opened_on", "asset", "quantity", "account"]


@pytest.mark.parametrize(
    ("names", "fields"),
    [
        ("What?;How much;Where;When", "asset quantity account opened_on"),
        ("Coin;Holdings;Held at;Staked with;Network", "asset quantity account protocol chain"),
        ("Token;Balance;Price (USD);Total value;APR %", "asset quantity price_usd value_usd reward_apr"),
        ("Währung;Stück;Wo;Seit;Kommentar", "asset quantity account opened_on notes"),
        ("Wa\u0308hrung;Guthaben;Geldbörse;Zinssatz", "asset quantity account reward_apr"),
        ("Jeton;Quantité;Où ?;Date d'achat;Réseau", "asset quantity account opened_on chain"),
        ("Moneda;Cuanto;Dónde;Cuándo;Validador", "asset quantity account opened_on operator"),
    ],
)
def test_names_as_people_write_them_are_guessed_and_asked_about(names: str, fields: str) -> None:
    table = f"{names}\n{';'.join('1' * len(fields.split()))}\n"
    assert [column.field for column in plan(table).columns] == fields.split()
    assert stopping(table)[0] == "columns"


def test_no_name_is_a_guess_for_two_fields() -> None:
    names = [name for words in SYNONYMS.values() for name in words]
    assert len(names) == len(set(names))
    assert set(SYNONYMS) == set(FIELDS)


def test_a_table_of_its_own_names_says_which_columns_it_leaves_aside() -> None:
    found = plan("asset,quantity,Where,Colour\nETH,1,Ledger,red\n")
    assert (found.outcome, found.format) == (Outcome.ACCEPT, "generic")
    assert found.warnings == ("“Where” is left aside; if it stands for “account”, map it to that.",)
    told = plan("asset,quantity,Where,Colour\nETH,1,Ledger,red\n", column_map={"Where": "account"})
    assert ([row.account for row in told.rows], told.warnings) == (["Ledger"], ())


def test_when_makes_a_table_one_that_could_be_a_ledger() -> None:
    assert stopping("asset,quantity,When\nETH,1,2024-01-02\n") == ["columns"]


def test_what_is_called_a_name_can_be_the_asset() -> None:
    table = "Name,Holdings\nETH,1\nSOL,2\n"
    assert holdings(table, answers={"columns": "guess"}) == {"ETH": "1", "SOL": "2"}


def test_naming_the_columns_lets_it_in() -> None:
    found = plan(UNKNOWN, column_map={"Coin": "asset", "amount": "quantity"})
    assert found.outcome is Outcome.ACCEPT
    assert [c.field for c in found.columns] == ["", "asset", "quantity", ""]


def test_beside_the_named_columns_only_the_tables_own_names_count() -> None:
    column_map = {"Coin": "asset", "amount": "quantity"}
    found = plan("Coin,Amount,Account,Wallet\nETH,1,a,b\n", column_map=column_map)
    assert [c.field for c in found.columns] == ["asset", "quantity", "account", ""]


def test_a_column_may_be_named_by_its_number_and_ignored() -> None:
    table = "asset,quantity,quantity\nETH,1,2\n"
    assert stopping(table) == ["columns"]
    assert holdings(table, column_map={"3": "quantity", "2": "ignore"}) == {"ETH": "2"}


@pytest.mark.parametrize(
    ("column_map", "words"),
    [
        ({"Colour": "asset"}, "not in this file"),
        ({"Coin": "colour"}, "not a field"),
        ({"Coin": "asset", "Wallet": "asset"}, "Two columns"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(column_map: dict[str, str], words: str) -> None:
    with pytest.raises(UserError, match=words):
        plan(UNKNOWN, column_map=column_map)


def test_a_name_that_stands_twice_must_be_told_by_its_number() -> None:
    with pytest.raises(UserError, match="stands twice"):
        plan("asset,quantity,quantity\nETH,1,2\n", column_map={"quantity": "quantity"})


def test_equal_names_are_a_question_and_not_the_last_one() -> None:
    table = "asset,quantity,notes,notes\nETH,1,a,b\n"
    assert "“notes” stands twice" in question(table, "columns").text


@pytest.mark.parametrize(
    ("table", "missing"),
    [
        ("name,age\nBob,42\n", "asset"),
        ("symbol,colour\nETH,red\n", "quantity"),
        ("just some text\nand more of it\n", "asset"),
        ("Pool,Project,Chain\nSTETH,lido,Ethereum\n", "quantity"),
    ],
)
def test_a_table_without_holdings_is_refused_with_what_is_missing(table: str, missing: str) -> None:
    found = plan(table)
    assert (found.outcome, found.kind) == (Outcome.REFUSE_FILE, "reference")
    assert {"asset": "could name an asset", "quantity": "could hold a quantity"}[missing] in found.message


def test_without_a_header_the_values_tell_the_columns() -> None:
    table = "ETH,1.5\nSOL,2\n"
    assert stopping(table) == ["columns"]
    assert plan(table).detect.header_line is None
    assert holdings(table) == {"ETH": "1.5", "SOL": "2"}


def test_names_that_say_nothing_give_way_to_values() -> None:
    table = "was,wieviel\nETH,1.5\nSOL,2\n"
    assert plan(table).detect.header_line == 1
    assert holdings(table) == {"ETH": "1.5", "SOL": "2"}


def test_a_quantity_under_an_empty_name_is_found_by_its_values() -> None:
    table = "symbol,\nETH,1.5\nSOL\n"
    assert holdings(table, answers={"columns": "guess"}) == {"ETH": "1.5"}
    assert [row.code for row in plan(table).rows] == ["", "row_short"]


def test_a_forced_format_that_does_not_fit_is_refused() -> None:
    found = plan(UNKNOWN, format="wealthfolio")
    assert found.outcome is Outcome.REFUSE_FILE
    assert "columns of Wealthfolio" in found.message


def test_a_format_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UserError, match=r"no format “excel”.*generic, .*wealthfolio"):
        plan(UNKNOWN, format="excel")
