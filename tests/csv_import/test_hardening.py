"""Files that are broken in one of the usual ways: each has its one result, and what is whole comes in."""

import pytest

from desktop_app.csv_import.plan import Outcome
from tests.csv_import.reading import holdings, imported, plan, question, rejected, skipped, stopping

HEAD = "asset,quantity,notes\n"
LAST = "SOL,2,whole\n"
MEGABYTES = 10_000_000


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("asset,quantity\nETH,1\n".encode("utf-32"), "UTF-32"),
        (b"<!-- saved from the exchange --><html>", "web page"),
        (b"<table><tr><td>asset</td></tr></table>", "web page"),
        (b"<?xml version='1.0'?><rows/>", "XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel"),
        (b"\xff\xd8\xff\xe0JFIF", "JPEG"),
        (b"\x7fELF" + bytes(range(32)) * 40, "control characters"),
    ],
)
def test_what_only_has_the_name_of_a_table_is_refused_by_what_it_is(data: bytes, words: str) -> None:
    refused = plan(data)
    assert (refused.outcome, refused.kind) == (Outcome.REFUSE_FILE, "not_csv")
    assert words in refused.message


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("y" * MEGABYTES, None),
        ("y," * (MEGABYTES // 2), None),
        (f"{HEAD}ETH,1,{'y' * MEGABYTES}\n{LAST}", [(2, "cell_too_long")]),
        (f'{HEAD}ETH,1,"{chr(34) * MEGABYTES}"\n{LAST}', [(2, "cell_too_long")]),
        (f"{HEAD}{' ' * MEGABYTES}\n{LAST}", []),
    ],
)
def test_one_line_of_ten_megabytes_is_no_obstacle(text: str, result: list[tuple[int, str]] | None) -> None:
    found = plan(text)
    assert (found.outcome is Outcome.REFUSE_FILE) == (result is None)
    if result is not None:
        assert [(row.line, row.code) for row in found.rejected] == result
        assert list(found.holdings) == ["SOL"]


def test_more_cells_than_a_table_can_have_are_refused_with_their_line() -> None:
    message = plan("a,b\n" + "," * 20_000 + "\n").message
    assert message == "“file.csv” has 20,001 cells on line 2; a table has at most 16,384."


def test_a_header_that_comes_again_is_skipped_and_asks_nothing() -> None:
    text = f"{HEAD}ETH,1,a\n{HEAD}{LAST}"
    assert skipped(text) == [(3, "header")]
    assert holdings(text) == {"ETH": "1", "SOL": "2"}
    assert stopping(text) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("E\0TH,1,a", "control_character"),
        ("ETH,1,a\0b", "control_character"),
        ("\u202eHTE,1,a", "control_character"),
        ("ETH,\u202e12,a", "control_character"),
        ("ETH,\u206612\u2069,a", "control_character"),
        ("ETH,=1+1,a", "quantity_invalid"),
        ('"=HYPERLINK(""http://x"")",1,a', "asset_invalid"),
        ("@SUM(A1),1,a", "asset_invalid"),
        ("<b>ETH</b>,1,a", "asset_invalid"),
        ('"ET\nH",1,a', "asset_invalid"),
    ],
)
def test_what_hides_in_a_cell_rejects_its_row_alone(row: str, code: str) -> None:
    text = f"{HEAD}{row}\n{LAST}"
    assert rejected(text) == [(2, code)]
    assert holdings(text) == {"SOL": "2"}


@pytest.mark.parametrize("asset", ["\u200fETH\u200e", "E\u200bTH", "\ufeffETH", "ETH\u00a0", "E\u00adTH"])
def test_signs_that_nobody_sees_do_not_make_another_token(asset: str) -> None:
    assert [p.asset for p in imported(f"{HEAD}{asset},1,a\n").positions.values()] == ["ETH"]


@pytest.mark.parametrize("asset", ["\u0415\u0422\u041d", "\uff25\uff34\uff28", "s\u0442ETH", "\u0391TOM"])
def test_letters_that_only_look_like_a_tokens_are_asked_about(asset: str) -> None:
    assert question(f"{HEAD}{asset},1,a\n{LAST}", f"asset_unknown:{asset}").stops


def test_markup_and_formulas_in_names_and_notes_stay_as_they_are() -> None:
    text = "name,asset,quantity,notes\n<img src=x>,ETH,1,<b>&lt;%s{{7*7}}\n"
    (position,) = imported(text).positions.values()
    assert (position.name, position.notes) == ("<img src=x>", "<b>&lt;%s{{7*7}}")


@pytest.mark.parametrize(
    "hint", ["sep=;\n", '"sep=;"\r\n', "\ufeffsep=;\r\n", "SEP=;\r", "sep=;\nMy stakes\n\n# of 2024\n"]
)
def test_a_hint_and_a_preamble_stand_before_the_header(hint: str) -> None:
    assert holdings(f"{hint}asset;quantity\nETH;1\n") == {"ETH": "1"}


def test_a_hint_in_utf16_is_read_too() -> None:
    assert holdings("sep=\t\r\nasset\tquantity\r\nETH\t1\r\n".encode("utf-16")) == {"ETH": "1"}


def test_a_quoted_line_end_does_not_shift_the_lines_below() -> None:
    text = 'asset,quantity,notes\r\nETH,1,"a\rb\nc\r\nd"\rSOL,x,e\n'
    assert rejected(text) == [(6, "quantity_invalid")]


def test_bytes_of_two_encodings_are_a_question_with_the_lines_in_doubt() -> None:
    text = b"asset,quantity,notes\nETH,1,Z\xc3\xbcrich\nSOL,2,Z\xfcrich\n"
    assert question(text, "encoding").lines == (3,)


def test_half_a_letter_at_the_end_of_utf16_is_a_question() -> None:
    assert stopping("asset,quantity\nETH,1\n".encode("utf-16")[:-1]) == ["encoding"]
