"""Text to records: separator, quotes, line ends; each record knows the physical line on which it starts."""

import csv
import io
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from operator import attrgetter
from typing import NamedTuple, overload

from desktop_app.csv_import import cells
from desktop_app.csv_import.encoding import Text
from desktop_app.csv_import.questions import Inquiry, Question
from desktop_app.errors import UserError

csv.field_size_limit(
    2**31 - 1
)  # the library's limit of 131,072 would end the whole file; ours rejects one row

Progress = Callable[[int], None]

SEPARATORS = (",", ";", "\t", "|")
_HINT = re.compile(r'"?sep=([^\w\s"]|\t)"?[\r\n]*', re.IGNORECASE)
_END = "\0end of the file\0"
_SAMPLE = 20
_BEGINNING = 1 << 20  # characters in which these records are looked for


class Record(NamedTuple):
    """One record: the physical line on which it starts, from 1, and its cells."""

    line: int
    cells: list[str]


class _Piece(NamedTuple):
    """A stretch of a text that ends with a record: where it starts and ends, and its first line.

    Its records are those from ``first`` to before ``after``.
    """

    start: int
    end: int
    line: int
    first: int
    after: int


class Records(Sequence[Record]):
    """The records of a text, or some of them that follow each other.

    They are read anew wherever they are looked at: their cells take ten times the memory of their text.
    """

    def __init__(self, text: str, delimiter: str, pieces: Sequence[_Piece], where: range) -> None:
        self._text = text
        self._delimiter = delimiter
        self._pieces = pieces
        self._where = where
        self._last: tuple[_Piece | None, list[Record]] = (None, [])

    def __len__(self) -> int:
        return len(self._where)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | Sequence[Record]:
        if isinstance(index, slice):
            return Records(self._text, self._delimiter, self._pieces, self._where[index])
        place = self._where[index]
        piece = self._piece(place)
        if self._last[0] is not piece:
            self._last = piece, list(self._read(piece))
        return self._last[1][place - piece.first]

    def __iter__(self) -> Iterator[Record]:
        place, stop = self._where.start, self._where.stop
        while place < stop:
            piece = self._piece(place)
            yield from islice(self._read(piece), place - piece.first, stop - piece.first)
            place = piece.after

    def _piece(self, place: int) -> _Piece:
        return self._pieces[bisect_right(self._pieces, place, key=attrgetter("first")) - 1]

    def _read(self, piece: _Piece) -> Iterator[Record]:
        rows = csv.reader(
            io.StringIO(self._text[piece.start : piece.end], newline=""), delimiter=self._delimiter
        )
        line = piece.line
        for row in rows:
            yield Record(line, row)
            line = piece.line + rows.line_num


@dataclass(frozen=True, slots=True)
class Sheet:
    """All records of a file. ``doubtful`` says for which starting lines which question stands open.

    ``suspicious`` is False if no cell holds a control character, so that nobody has to look again.
    """

    records: Sequence[Record]
    encoding: str
    delimiter: str
    suspicious: bool
    doubtful: dict[int, str]


def read(text: Text, inquiry: Inquiry, progress: Progress | None = None, piece: int = cells.PIECE) -> Sheet:
    """Return the records of a file in linear time; a quote that is never closed is a question.

    ``progress`` hears now and then that no row has been understood so far; it may raise to cancel. At least
    ``piece`` characters are read at a time.
    """
    content = text.text
    hint = _HINT.fullmatch(content[: _end_of_line(content)])
    delimiter = _wanted_separator(inquiry) or (hint.group(1) if hint else _separator(content))
    records: Sequence[Record]
    records, open_line = _records(content, delimiter, progress, piece)
    doubtful: dict[int, str] = {}
    if open_line is not None:
        if _close_quote(open_line, inquiry):
            records, _ = _records(_closed(content, open_line), delimiter, progress, piece)
        else:
            doubtful[records[-1].line] = "open_quote"
    if hint:
        records = records[1:]
    while records and not records[-1].cells:
        records = records[:-1]
    if text.damaged:
        doubtful.update(dict.fromkeys(_starts(records, text.damaged), "encoding"))
    return Sheet(records, text.encoding, delimiter, cells.has_control(content), doubtful)


def _wanted_separator(inquiry: Inquiry) -> str | None:
    """Return the separator that the user named (a tab by that word), None where it is to be found out."""
    given = inquiry.given("separator")
    if given is None:
        return None
    sign = "\t" if given == "tab" else given
    if sign not in SEPARATORS:
        raise UserError(f"“{given}” is no separator.", "Choose one of “,”, “;”, “tab”, “|”.")
    return sign


def _end_of_line(text: str) -> int:
    return len(next(iter(io.StringIO(text[:100], newline="")), ""))


def _separator(text: str) -> str:
    """Return the separator that gives most of the first records the same number of cells greater than one."""
    text = text[:_BEGINNING]

    def score(delimiter: str) -> tuple[int, int]:
        lengths = Counter(len(r) for r in islice(filter(None, _csv(text, delimiter)), _SAMPLE) if len(r) > 1)
        return max(((count, length) for length, count in lengths.items()), default=(0, 0))

    return max(SEPARATORS, key=score)


def _csv(text: str, delimiter: str) -> Iterable[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _records(text: str, delimiter: str, progress: Progress | None, least: int) -> tuple[Records, int | None]:
    """Return the records and, if a quote is still open at the end, the line on which it was opened.

    After each piece a line of our own tells: it comes back as a record of its own unless a quote swallows it.
    """
    pieces: list[_Piece] = []
    start, line, first, size = 0, 1, 0, least
    open_line = None
    while start < len(text):
        if start and progress:
            progress(0)
        end = text.find("\n", start + size) + 1 or len(text)
        rows = csv.reader(chain(io.StringIO(text[start:end], newline=""), [_END]), delimiter=delimiter)
        number, last = 0, [_END]
        for number, last in enumerate(rows):  # noqa: B007 - only the last one is wanted
            pass
        if last != [_END]:
            if end < len(text):
                size *= 2  # all that was read of it is read again, which at most doubles the time
                continue
            number += 1
            own_line = rows.line_num if text.endswith(("\r", "\n")) else rows.line_num - 1
            open_line = line - 1 + own_line - _breaks(last[-1].removesuffix(_END))
        pieces.append(_Piece(start, end, line, first, first + number))
        start, line, first, size = end, line + rows.line_num - 1, first + number, least
    return Records(text, delimiter, pieces, range(first)), open_line


def _breaks(cell: str) -> int:
    return sum(1 for line in io.StringIO(cell, newline="") if line.endswith(("\r", "\n")))


def lines_of(text: str, progress: Progress | None) -> Iterator[str]:
    """Yield the lines with their ends, a piece of the text at a time, so that it is never held twice."""
    start = 0
    while start < len(text):
        if start and progress:
            progress(0)
        end = text.find("\n", start + cells.PIECE) + 1 or len(text)
        yield from io.StringIO(text[start:end], newline="")
        start = end


def _close_quote(line: int, inquiry: Inquiry) -> bool:
    question = Question(
        "open_quote",
        f"The quote opened on line {line} is never closed; close it at the end of that line?",
        lines=(line,),
        choices=("close",),
    )
    return inquiry.settle(question) == "close"


def _closed(text: str, line: int) -> str:
    """Return the text with the quote closed at the end of a line."""
    lines = list(io.StringIO(text, newline=""))
    whole = lines[line - 1]
    bare = whole.rstrip("\r\n")
    lines[line - 1] = bare + '"' + whole[len(bare) :]
    return "".join(lines)


def _starts(records: Iterable[Record], lines: Iterable[int]) -> set[int]:
    """Return the starting lines of the records in which the given physical lines lie."""
    starts = [r.line for r in records]
    return {starts[at - 1] for line in lines if (at := bisect_right(starts, line))}
