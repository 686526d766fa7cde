"""Bookmarks for a PDF, which Qt cannot write: they are appended (ISO 32000-1, 7.5.6 and 12.3.3)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_END = re.compile(rb"trailer\s*<<(?P<trailer>.*?)>>\s*startxref\s*(?P<start>\d+)\s*%%EOF\s*\Z", re.DOTALL)
_DICTIONARY = re.compile(rb"\d+ 0 obj\s*<<(?P<body>.*?)>>\s*endobj", re.DOTALL)
_KIDS = re.compile(rb"/Kids\s*\[(?P<kids>[^\]]*)\]")
_ENTRY = 20
"""Bytes of a line of the table of objects."""

_VIEW = b"/PageMode /UseOutlines\n/ViewerPreferences <</DisplayDocTitle true>>\n/Lang (en)\n"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A title that leads to a page, counted from 0, and there to ``top`` points above its lower edge."""

    title: str
    page: int
    top: float


def with_bookmarks(pdf: bytes, bookmarks: Sequence[Bookmark]) -> bytes:
    """Return a PDF of Qt's with bookmarks in the order given; as it is where there are none.

    Raises ValueError where the file is not built as Qt builds it.
    """
    if not bookmarks:
        return pdf
    end = _END.search(pdf)
    if end is None:
        raise ValueError("The PDF has no table of its objects at its end.")
    trailer, start = end["trailer"], int(end["start"])
    root, size = _number(rb"/Root (\d+) 0 R", trailer), _number(rb"/Size (\d+)", trailer)
    catalogue = _dictionary(pdf, start, root)
    kids = _KIDS.search(_dictionary(pdf, start, _number(rb"/Pages (\d+) 0 R", catalogue)))
    pages = [] if kids is None else re.findall(rb"(\d+) 0 R", kids["kids"])
    objects = {
        root: b"%s/Outlines %d 0 R\n%s" % (catalogue, size, _VIEW),
        size: b"/Type /Outlines /First %d 0 R /Last %d 0 R /Count %d\n"
        % (size + 1, size + len(bookmarks), len(bookmarks)),
        **dict(enumerate(_items(bookmarks, pages, size), size + 1)),
    }
    longer = re.sub(rb"/Size \d+", b"/Size %d\n/Prev %d" % (size + len(bookmarks) + 1, start), trailer)
    return pdf + _appended(objects, len(pdf), longer)


def _items(bookmarks: Sequence[Bookmark], pages: Sequence[bytes], outlines: int) -> Iterator[bytes]:
    """Yield the dictionary of each bookmark; the first one's object has the number ``outlines`` + 1."""
    for number, mark in enumerate(bookmarks, outlines + 1):
        title = ("\ufeff" + mark.title).encode("utf-16-be", "replace").hex().encode()
        place = b"[%s 0 R /XYZ null %.2f null]" % (pages[mark.page], mark.top)
        before = b"/Prev %d 0 R " % (number - 1) if number > outlines + 1 else b""
        after = b"/Next %d 0 R " % (number + 1) if number < outlines + len(bookmarks) else b""
        yield b"/Title <%s> /Parent %d 0 R %s%s/Dest %s\n" % (title, outlines, before, after, place)


def _appended(objects: dict[int, bytes], offset: int, trailer: bytes) -> bytes:
    """Return the objects with their table, as they stand ``offset`` bytes from the start of the file."""
    body, table = b"", b"xref\n0 1\n0000000000 65535 f \n"
    for number, dictionary in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, offset + len(body))
        body += b"%d 0 obj\n<<\n%s>>\nendobj\n" % (number, dictionary.lstrip())
    return body + table + b"trailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, offset + len(body))


def _dictionary(pdf: bytes, table: int, number: int) -> bytes:
    """Return the inside of an object that is a dictionary, found by the table of objects at its end."""
    first = re.compile(rb"xref\s+0 \d+\s*\n").match(pdf, table)
    entry = -1 if first is None else first.end() + number * _ENTRY
    found = _DICTIONARY.match(pdf, int(pdf[entry : entry + 10])) if entry >= 0 else None
    if found is None:
        raise ValueError(f"The PDF has no dictionary of the number {number}.")
    return found["body"]


def _number(pattern: bytes, text: bytes) -> int:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"The PDF does not say {pattern!r}.")
    return int(found[1])
