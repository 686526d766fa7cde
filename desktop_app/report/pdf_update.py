"""What Qt's PDF lacks, appended to it as PDF's own update (ISO 32000-1, 7.5.6): nothing in it is changed.

Bookmarks (12.3.3), which Qt cannot write; and blanks: where a font has one glyph for the tab and the blank
(Noto Sans has), Qt says that it stands for the tab, so that words that are copied would have tabs between.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_END = re.compile(rb"trailer\s*<<(?P<trailer>.*?)>>\s*startxref\s*(?P<start>\d+)\s*%%EOF\s*\Z", re.DOTALL)
_OBJECT = re.compile(rb"\d+ 0 obj\s*<<(?P<body>.*?)>>\s*(?P<next>endobj|stream\r?\n)", re.DOTALL)
_KIDS = re.compile(rb"/Kids\s*\[(?P<kids>[^\]]*)\]")
_ENTRY = 20
"""Bytes of a line of the table of objects."""

_VIEW = b"/ViewerPreferences <</DisplayDocTitle true>>\n/Lang (en)\n"
_TAB = b"<0009>"
_MEANT = re.compile(rb"\[[^\]]*\]|(?<=> )<0009>(?=\s*\n)")
"""What the glyphs of a range stand for: a list, or the first of a row of letters."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A title that leads to a page, counted from 0, and there to ``top`` points above its lower edge."""

    title: str
    page: int
    top: float


def updated(pdf: bytes, bookmarks: Sequence[Bookmark]) -> bytes:
    """Return a PDF of Qt's with bookmarks in the order given, and with blanks that are blanks.

    Raises ValueError where the file is not built as Qt builds it.
    """
    end = _END.search(pdf)
    if end is None:
        raise ValueError("The PDF has no table of its objects at its end.")
    trailer, start = end["trailer"], int(end["start"])
    root, size = _number(rb"/Root (\d+) 0 R", trailer), _number(rb"/Size (\d+)", trailer)
    catalogue = _object(pdf, start, root)["body"]
    kids = _KIDS.search(_object(pdf, start, _number(rb"/Pages (\d+) 0 R", catalogue))["body"])
    pages = [] if kids is None else re.findall(rb"(\d+) 0 R", kids["kids"])
    objects = {root: b"<<%s%s>>" % (catalogue, _VIEW), **dict(_letters(pdf, start))}
    if bookmarks:
        objects[root] = b"<<%s%s/PageMode /UseOutlines\n/Outlines %d 0 R>>" % (catalogue, _VIEW, size)
        ends = (size + 1, size + len(bookmarks), len(bookmarks))
        objects[size] = b"<</Type /Outlines /First %d 0 R /Last %d 0 R /Count %d>>" % ends
        objects.update(enumerate(_items(bookmarks, pages, size), size + 1))
    now = max(size, *(number + 1 for number in objects))
    longer = re.sub(rb"/Size \d+", b"/Size %d\n/Prev %d" % (now, start), trailer)
    return pdf + _appended(objects, len(pdf), longer)


def _items(bookmarks: Sequence[Bookmark], pages: Sequence[bytes], outlines: int) -> Iterator[bytes]:
    """Yield the dictionary of each bookmark; the first one's object has the number ``outlines`` + 1."""
    for number, mark in enumerate(bookmarks, outlines + 1):
        title = ("\ufeff" + mark.title).encode("utf-16-be", "replace").hex().encode()
        place = b"[%s 0 R /XYZ null %.2f null]" % (pages[mark.page], mark.top)
        before = b"/Prev %d 0 R " % (number - 1) if number > outlines + 1 else b""
        after = b"/Next %d 0 R " % (number + 1) if number < outlines + len(bookmarks) else b""
        yield b"<</Title <%s> /Parent %d 0 R %s%s/Dest %s>>" % (title, outlines, before, after, place)


def _letters(pdf: bytes, table: int) -> Iterator[tuple[int, bytes]]:
    """Yield the tables that say which letter a glyph stands for, where one of them stands for the tab."""
    for number in sorted({int(found) for found in re.findall(rb"/ToUnicode (\d+) 0 R", pdf)}):
        found = _object(pdf, table, number)
        if b"/FlateDecode" in found["body"]:
            letters = zlib.decompressobj().decompress(pdf[found.end() :])
        else:
            letters = pdf[found.end() : pdf.index(b"endstream", found.end())]
        mended = _MEANT.sub(lambda meant: meant[0].replace(_TAB, b"<0020>"), letters)
        if mended != letters:
            packed = zlib.compress(mended)
            head = b"<</Length %d /Filter /FlateDecode>>" % len(packed)
            yield number, head + b"\nstream\n" + packed + b"\nendstream"


def _appended(objects: dict[int, bytes], offset: int, trailer: bytes) -> bytes:
    """Return the objects with their table, as they stand ``offset`` bytes from the start of the file."""
    body, table = b"", b"xref\n0 1\n0000000000 65535 f \n"
    for number, content in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, offset + len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return body + table + b"trailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, offset + len(body))


def _object(pdf: bytes, table: int, number: int) -> "re.Match[bytes]":
    """Return a dictionary, or that of a stream, found by the table of objects at the end of the file."""
    first = re.compile(rb"xref\s+0 \d+\s*\n").match(pdf, table)
    entry = -1 if first is None else first.end() + number * _ENTRY
    found = _OBJECT.match(pdf, int(pdf[entry : entry + 10])) if entry >= 0 else None
    if found is None:
        raise ValueError(f"The PDF has no dictionary of the number {number}.")
    return found


def _number(pattern: bytes, text: bytes) -> int:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"The PDF does not say {pattern!r}.")
    return int(found[1])
