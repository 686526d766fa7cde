import gzip
import zipfile
from io import BytesIO

import pytest

from desktop_app.csv_import.encoding import decode
from desktop_app.csv_import.plan import Outcome
from desktop_app.csv_import.questions import Inquiry
from tests.csv_import.reading import holdings, plan, rejected, stopping

TABLE = "asset,quantity,notes\nETH,1,Zürich €\n"


def a_zip() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("xl/workbook.xml"), "<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (gzip.compress(TABLE.encode(), mtime=0), "gzip"),
        (a_zip(), "spreadsheet"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "PNG"),
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"\n<!DOCTYPE html><title>Sign in</title>", "login"),
        (b"<html><body>404", "web page"),
        (b'{"schema": "other"}', "JSON"),
        (b'[{"asset": "ETH"}]', "JSON"),
        (bytes(range(256)), "control characters"),
        (b"asset,quantity\n" + bytes(200), "zero bytes"),
        (b"SQLite format 3\0" + bytes(84), "database"),
        ("\ufeff<html>".encode("utf-16"), "web page"),
    ],
)
def test_what_is_no_table_is_refused_by_name(data: bytes, words: str) -> None:
    refused = plan(data)
    assert refused.outcome is Outcome.REFUSE_FILE
    assert refused.kind == "not_csv"
    assert words in refused.message


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TABLE.encode("utf-8"), "utf-8"),
        (TABLE.encode("utf-8-sig"), "utf-8"),
        (TABLE.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), "utf-16-be"),
        (TABLE.encode("utf-16-le"), "utf-16-le"),
        (TABLE.encode("utf-16-be"), "utf-16-be"),
        (TABLE.encode("cp1252"), "windows-1252"),
    ],
)
def test_every_usual_encoding_is_found_out(data: bytes, encoding: str) -> None:
    found = plan(data)
    assert found.detect.encoding == encoding
    assert [row.holding.notes for row in found.rows if row.holding] == ["Zürich €"]


DAMAGED = "asset,quantity,notes\nETH,1,Zürich\nSOL,2,fine\nstETH,3,x".encode() + b"\xff\xe4y\n"


def test_damaged_utf8_is_a_question_that_names_the_lines() -> None:
    read = plan(DAMAGED)
    (asked,) = (q for q in read.questions if q.stops)
    assert (asked.code, asked.lines, read.counts.asked, read.counts.accepted) == ("encoding", (4,), 1, 2)


def test_the_user_overrides_the_encoding() -> None:
    read = plan(DAMAGED, answers={"encoding": "windows-1252"})
    assert read.outcome is Outcome.ACCEPT
    assert read.rows[2].holding is not None
    assert read.rows[2].holding.notes == "xÿäy"


def test_bytes_that_no_encoding_knows_are_a_question() -> None:
    assert stopping(b"asset,quantity,notes\nETH,1,\x81\n") == ["encoding"]


def test_one_zero_byte_rejects_its_row_only() -> None:
    data = b"asset,quantity\nETH,1\nSO\x00L,2\nstETH,3\n"
    assert rejected(data) == [(3, "control_character")]
    assert holdings(data) == {"ETH": "1", "stETH": "3"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_letter_across_the_border_of_two_pieces_stays_whole(encoding: str) -> None:
    text = "x" + "€ß🤓" * 400_000
    found = decode(text.encode(encoding), Inquiry({"encoding": "utf-16-be"} if "be" in encoding else {}))
    assert found.text == text
    assert not found.damaged
