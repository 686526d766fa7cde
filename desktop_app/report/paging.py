"""Where pages end: nothing is torn, headings keep what they stand over, heads of tables repeat."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class Bond(IntEnum):
    """How firmly a piece holds on to the next: not at all, where a page has room for both, or always."""

    FREE = 0
    LOOSE = 1
    FIRM = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of paper that is never torn; lengths in any one unit.

    ``gap``: blank above it, unless it stands first on a page. ``bond``: with the next piece. ``head``: the
    index of the piece that is repeated above this one where it begins a page.
    """

    height: float
    gap: float = 0.0
    bond: Bond = Bond.FREE
    head: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """The index of a piece and its top, from the upper margin."""

    piece: int
    top: float


Page = tuple[Placed, ...]


def paginate(pieces: Sequence[Piece], room: float) -> tuple[Page, ...]:
    """Return the pages, ``room`` high each, that hold all pieces in their order; at least one page.

    A firm bond breaks only where what it holds together is higher than a page; a loose one where, besides,
    the firm ones allow. A piece that is higher than a page stands on one alone.
    """
    sheets = _Sheets(pieces, room)
    start = 0
    while start < len(pieces):
        start = sheets.place(start)
    return tuple(tuple(page) for page in sheets.pages)


class _Sheets:
    """Pages that are being filled."""

    def __init__(self, pieces: Sequence[Piece], room: float) -> None:
        self.pages: list[list[Placed]] = [[]]
        self._pieces = pieces
        self._room = room
        self._bottom = 0.0

    def place(self, start: int) -> int:
        """Place the longest bonded run from ``start`` that a page can hold; return where the rest begins."""
        begins = start == 0 or self._pieces[start - 1].bond is Bond.FREE
        for bond in (Bond.LOOSE, Bond.FIRM) if begins else (Bond.FIRM,):
            end = self._run(start, bond)
            if self._height(start, end, first=True) <= self._room:
                break
        else:
            end = start + 1
        first = not self.pages[-1]
        if not first and self._bottom + self._height(start, end, first=False) > self._room:
            self.pages.append([])
            self._bottom, first = 0.0, True
        for index in range(start, end):
            self._put(index, first=first and index == start)
        return end

    def _run(self, start: int, bond: Bond) -> int:
        """Return the end of the pieces that hold on to each other at least so firmly."""
        end = start + 1
        while end < len(self._pieces) and self._pieces[end - 1].bond >= bond:
            end += 1
        return end

    def _height(self, start: int, end: int, *, first: bool) -> float:
        run = self._pieces[start:end]
        height = sum(piece.gap + piece.height for piece in run)
        return height - run[0].gap + self._head_height(start) if first else height

    def _head_height(self, index: int) -> float:
        head = self._pieces[index].head
        return 0.0 if head is None else self._pieces[head].height

    def _put(self, index: int, *, first: bool) -> None:
        piece = self._pieces[index]
        if first and piece.head is not None:
            self._add(piece.head, 0.0)
        self._add(index, 0.0 if first else piece.gap)

    def _add(self, index: int, gap: float) -> None:
        self.pages[-1].append(Placed(index, self._bottom + gap))
        self._bottom += gap + self._pieces[index].height
