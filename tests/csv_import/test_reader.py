import csv
import io
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.csv_import.encoding import Text
from desktop_app.csv_import.plan import Outcome
from desktop_app.csv_import.questions import Inquiry
from desktop_app.csv_import.reader import read
from tests.csv_import.reading import holdings, plan, question, rejected, skipped, stopping


def lines(text: str) -> list[int]:
    return [record.line for record in read(Text(text, "utf-8"), Inquiry({})).records]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_also_inside_quotes(end: str) -> None:
    assert lines(f'a,b{end}1,"x{end}{end}y"{end}3,4') == [1, 2, 5]


def test_mixed_line_ends_are_counted_as_they_come() -> None:
    assert lines("a,b\r\n1,2\r3,4\n\n5,6\n\n") == [1, 2, 3, 4, 5]


def test_other_separators_of_lines_stay_inside_cells() -> None:
    assert lines("a,b\n1,x\u2028y\n2,z\x85w\n") == [1, 2, 3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(delimiter: str) -> None:
    table = f"asset{delimiter}quantity\nETH{delimiter}1\n"
    assert holdings(table) == {"ETH": "1"}
    assert plan(table).detect.delimiter == delimiter


def test_decimal_commas_do_not_pass_for_separators() -> None:
    assert holdings("asset;quantity\nETH;1,5\nSOL;2,25\n") == {"ETH": "1.5", "SOL": "2.25"}


def test_a_separator_inside_quotes_is_text() -> None:
    assert holdings('asset,quantity,notes\nETH,1,"a;b;c;d"\nSOL,2,"e;f;g;h"\n') == {"ETH": "1", "SOL": "2"}


def test_the_hint_of_a_spreadsheet_is_no_header() -> None:
    table = "sep=;\r\nasset;quantity\r\nETH;1\r\n"
    assert holdings(table) == {"ETH": "1"}
    assert plan(table).detect.header_line == 2


def test_a_quote_that_is_never_closed_is_a_question_that_names_its_line() -> None:
    table = 'asset,quantity,notes\nETH,1,ok\nSOL,2,"open\nstETH,3,lost\n'
    assert question(table, "open_quote").lines == (3,)
    assert plan(table).counts.asked == 1


def test_closing_the_quote_at_its_line_saves_the_rows_below() -> None:
    table = 'asset,quantity,notes\nETH,1,ok\nSOL,2,"open\nstETH,3,safe\n'
    assert holdings(table, answers={"open_quote": "close"}) == {"ETH": "1", "SOL": "2", "stETH": "3"}


def test_a_missing_last_line_end_is_no_loss() -> None:
    assert holdings("asset,quantity\nETH,1\nSOL,2") == {"ETH": "1", "SOL": "2"}


def test_line_ends_at_the_end_are_no_rows_and_blank_lines_between_are() -> None:
    table = "asset,quantity\nETH,1\n\n ,\nSOL,2\n\n\n"
    assert skipped(table) == [(3, "blank"), (4, "blank")]
    assert plan(table).counts.data_rows == 4


def test_the_header_need_not_stand_first() -> None:
    table = "\nMy stakes\nBob,42\nAsset,Quantity\nETH,1\n"
    assert holdings(table) == {"ETH": "1"}
    assert plan(table).detect.header_line == 4


def test_a_header_without_rows_is_refused() -> None:
    read_plan = plan("asset,quantity\n\n")
    assert read_plan.outcome is Outcome.REFUSE_FILE
    assert "no rows" in read_plan.message


def test_a_cell_beyond_a_spreadsheets_limit_rejects_its_row() -> None:
    table = f"asset,quantity,notes\nETH,1,{'x' * 200_000}\nSOL,2,y\n"
    assert rejected(table) == [(2, "cell_too_long")]


def test_rows_of_another_length_are_judged_by_their_cells() -> None:
    table = "asset,quantity,notes\nETH,1,a,,\nSOL,1,b,c\nstETH,1\n"
    assert rejected(table) == [(3, "row_long"), (4, "row_short")]


def test_the_sum_ends_the_table() -> None:
    table = "asset,quantity,notes\nETH,1,a\nTotal,1,\nprinted by me\nSOL,2,b\n"
    assert skipped(table) == [(3, "total"), (4, "total")]


def test_a_position_may_be_called_total() -> None:
    assert holdings("name,asset,quantity\nTotal stake,ETH,2\n") == {"ETH": "2"}


def test_ten_thousand_columns_do_not_matter() -> None:
    many = "," * 10_000
    assert stopping(f"a,b{many}\n1,2{many}\n") == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_of_many_pieces_keeps_its_lines_and_its_control_characters(end: str) -> None:
    rows = [f'{number},"{"x" * 90}{end}y"' for number in range(8_000)]
    sheet = read(Text(end.join(["a,b", *rows, "last,\0"]), "utf-8"), Inquiry({}))
    assert [record.line for record in sheet.records] == [1, *range(2, 16_001, 2), 16_002]
    assert sheet.suspicious
    assert {tuple(record.cells[1].split(end)) for record in sheet.records[1:-1]} == {("x" * 90, "y")}


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet='a",\r\n', max_size=60), piece=st.integers(1, 20), start=st.integers(0, 5))
def test_records_are_the_same_in_pieces_of_any_size(text: str, piece: int, start: int) -> None:
    whole, asked = read(Text(text, "utf-8"), inquiry := Inquiry({"separator": ","})), Inquiry(inquiry.answers)
    pieces = read(Text(text, "utf-8"), asked, piece=piece)
    records = list(whole.records)
    if not text.endswith('"'):  # a quote that opens at the very end
        assert [record.cells for record in records] == trimmed(csv.reader(io.StringIO(text, newline="")))
    assert list(pieces.records) == records
    assert [pieces.records[i] for i in range(-len(records), len(records))] == [*records, *records]
    assert list(pieces.records[start:]) == [*pieces.records[start : start + 3], *records[start + 3 :]]
    assert (pieces.doubtful, asked.questions()) == (whole.doubtful, inquiry.questions())


def trimmed(rows: Iterable[list[str]]) -> list[list[str]]:
    """Return the rows without blank ones at the end."""
    found = list(rows)
    while found and not found[-1]:
        found.pop()
    return found


def test_a_quote_that_is_never_closed_is_read_in_linear_time() -> None:
    heard: list[int] = []
    text = 'a,b\n"' + "1,2\n" * 50_000
    sheet = read(Text(text, "utf-8"), Inquiry({}), heard.append, piece=4)
    assert sheet.doubtful == {2: "open_quote"}
    assert len(heard) < 20


def test_a_record_beyond_the_last_is_an_error() -> None:
    records = read(Text("a,b\n1,2\n", "utf-8"), Inquiry({})).records
    with pytest.raises(IndexError):
        records[2]
