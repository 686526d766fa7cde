"""Bytes to text: what is no table is refused by name, and the encoding is found out or asked for."""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.csv_import.questions import Inquiry, Question

_SIGNATURES = (
    (b"\x1f\x8b", "is a gzip archive, not a table; unpack it and import the file inside."),
    (
        b"PK\x03\x04",
        "is a zip archive or a spreadsheet (xlsx, ods), not CSV text; unpack it or save it as CSV.",
    ),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook, not CSV text; save it as CSV and import that."),
    (b"\x89PNG", "is a picture (PNG), not a table."),
    (b"\xff\xd8\xff", "is a picture (JPEG), not a table."),
    (b"%PDF", "is a PDF document, not a table; ask its source for a CSV export."),
    (b"\xff\xfe\x00\x00", "is saved as UTF-32, which hardly any program reads; save it as UTF-8."),
    (b"\x00\x00\xfe\xff", "is saved as UTF-32, which hardly any program reads; save it as UTF-8."),
    (b"SQLite format 3\0", "is a database, not a table; a portfolio is opened, not imported."),
)
_PAGE = "is a web page (HTML), probably a login or error page saved under the download's name."
_TEXT_BEGINNINGS = (
    *((start, _PAGE) for start in ("<!doctype", "<html", "<!--", "<head", "<table")),
    ("<?xml", "is an XML file, not a CSV table."),
    ("{", "is JSON, not a CSV table."),
    ("[", "is JSON, not a CSV table."),
)
EMPTY = "is empty: it holds not a single row."
BINARY = "is not a text file: it is full of control characters and zero bytes."

CODECS = {
    "utf-8": "utf-8",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "windows-1252": "cp1252",
    "iso-8859-1": "latin-1",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}",
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HEAD = 65_536
_PIECE = 1 << 20  # so many bytes are decoded at once: no other thread works meanwhile
_REPLACEMENT = "�"


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text, how it was decoded, and the lines in which bytes could not be read."""

    text: str
    encoding: str
    damaged: frozenset[int] = frozenset()


def refusal(data: bytes) -> str | None:
    """Return what the file is instead of a table, as the rest of a sentence, or None if it may be text."""
    if not data or data.isspace():
        return EMPTY
    for signature, sentence in _SIGNATURES:
        if data.startswith(signature):
            return sentence
    head = data[:_HEAD]
    if (
        _marked(data) is None
        and _unmarked_utf16(head) is None
        and len(_CONTROL.findall(head)) * 20 > len(head)
    ):
        return BINARY
    return None


def text_refusal(text: str) -> str | None:
    """Return what decoded text is instead of a table (a web page, JSON …), or None."""
    beginning = text[:1000].lstrip("\ufeff \t\r\n").lower()
    if not beginning and not text.strip("\ufeff \t\r\n"):
        return EMPTY
    return next((sentence for start, sentence in _TEXT_BEGINNINGS if beginning.startswith(start)), None)


def decode(data: bytes, inquiry: Inquiry) -> Text:
    """Return the text: by its mark, as UTF-8, unmarked UTF-16 or Windows-1252; damaged text is a question."""
    mark = _marked(data)
    body = data[len(mark[0]) :] if mark else data
    found = mark[1] if mark else _guess(data)
    answer = inquiry.given("encoding")
    if answer is None and found is not None:
        try:
            return Text(_decoded(body, found), found)
        except UnicodeDecodeError:
            pass
    assumed = found or "utf-8"
    damaged = _damaged_lines(_decoded(body, assumed, "replace")) if answer is None else ()
    question = Question(
        "encoding",
        "Some letters of this file cannot be read; which encoding was it saved in?",
        lines=tuple(damaged),
        choices=tuple(CODECS),
        default=assumed,
    )
    chosen = inquiry.settle(question) or assumed
    return Text(_decoded(body, chosen, "replace"), chosen, frozenset(damaged))


def _decoded(data: bytes, encoding: str, errors: str = "strict") -> str:
    """Return the text of bytes; with ``errors`` "strict" a UnicodeDecodeError ends it."""
    return "".join(_pieces(data, encoding, errors))


def _pieces(data: bytes, encoding: str, errors: str = "strict") -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(CODECS[encoding])(errors)
    for at in range(0, len(data), _PIECE):
        yield decoder.decode(data[at : at + _PIECE])
    yield decoder.decode(b"", final=True)


def _marked(data: bytes) -> tuple[bytes, str] | None:
    return next((mark for mark in _MARKS if data.startswith(mark[0])), None)


def _guess(data: bytes) -> str | None:
    """Return the only encoding that fits bytes without a mark; None if they are damaged UTF-8."""
    if wide := _unmarked_utf16(data[:_HEAD]):
        return wide
    try:
        for _ in _pieces(data, "utf-8"):
            pass
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    return None if _UTF8_SEQUENCE.search(data) else "windows-1252"


def _unmarked_utf16(head: bytes) -> str | None:
    """Return which UTF-16 it is if nearly every other byte is zero and none of those between."""
    even, odd = head[::2], head[1::2]
    if len(head) < 4:
        return None
    if odd.count(0) * 10 > len(odd) * 7 and not even.count(0):
        return "utf-16-le"
    if even.count(0) * 10 > len(even) * 7 and not odd.count(0):
        return "utf-16-be"
    return None


def _damaged_lines(text: str) -> list[int]:
    lines = io.StringIO(text, newline="")
    return [number for number, line in enumerate(lines, 1) if _REPLACEMENT in line]
