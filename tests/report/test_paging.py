"""Where pages end, whatever stands on them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.paging import Bond, Page, Piece, paginate

ROOM = 100.0

heights = st.floats(1, 40)
pieces = st.lists(
    st.builds(Piece, heights, gap=st.floats(0, 10), bond=st.sampled_from(Bond)), min_size=1, max_size=60
)


def table(rows: int, head: float = 10.0, row: float = 9.0) -> list[Piece]:
    """Return a head and its rows, the first two and the last two of which hold together."""
    held = {0, rows - 2}
    body = [
        Piece(row, bond=Bond.FIRM if i in held and i < rows - 1 else Bond.FREE, head=0) for i in range(rows)
    ]
    return [Piece(head, bond=Bond.FIRM), *body]


def bottom(page: Page, laid: Sequence[Piece]) -> float:
    return max((placed.top + laid[placed.piece].height for placed in page), default=0.0)


def page_of(pages: Sequence[Page]) -> dict[int, int]:
    """Return on which page each piece stands first."""
    found: dict[int, int] = {}
    for number, page in enumerate(pages):
        for placed in page:
            found.setdefault(placed.piece, number)
    return found


@given(pieces)
def test_every_piece_stands_once_and_in_its_order(laid: list[Piece]) -> None:
    placed = [p.piece for page in paginate(laid, ROOM) for p in page]
    assert placed == list(range(len(laid)))


@given(pieces)
def test_no_page_holds_more_than_it_can(laid: list[Piece]) -> None:
    assert all(bottom(page, laid) <= ROOM + 1e-9 for page in paginate(laid, ROOM))


@given(pieces)
def test_pieces_of_a_page_do_not_overlap(laid: list[Piece]) -> None:
    for page in paginate(laid, ROOM):
        for above, below in pairwise(page):
            assert below.top >= above.top + laid[above.piece].height - 1e-9


@given(pieces)
def test_what_holds_on_firmly_is_torn_only_where_no_page_could_hold_it(laid: list[Piece]) -> None:
    page = page_of(paginate(laid, ROOM))
    for i, piece in enumerate(laid[:-1]):
        if piece.bond is Bond.FIRM and page[i] != page[i + 1]:
            start, end = i, i + 1
            while start and laid[start - 1].bond is Bond.FIRM:
                start -= 1
            while end < len(laid) and laid[end - 1].bond is Bond.FIRM:
                end += 1
            run = laid[start:end]
            assert sum(p.height + p.gap for p in run) - run[0].gap > ROOM - 1e-9


@given(pieces)
def test_no_page_is_empty_and_none_is_left_early(laid: list[Piece]) -> None:
    pages = paginate([replace(piece, bond=Bond.FREE) for piece in laid], ROOM)
    assert all(pages)
    for page, following in pairwise(pages):
        first = laid[following[0].piece]
        assert bottom(page, laid) + first.gap + first.height > ROOM


@given(st.integers(2, 300))
def test_a_long_table_has_its_head_on_every_page_and_never_a_row_alone(rows: int) -> None:
    laid = table(rows)
    pages = paginate(laid, ROOM)
    assert all(page[0].piece == 0 for page in pages)
    assert all(len(page) >= 3 for page in pages)
    assert [p.piece for page in pages for p in page if p.piece] == list(range(1, rows + 1))


@given(st.integers(0, 9), st.integers(3, 40))
def test_a_heading_takes_two_rows_with_it(before: int, rows: int) -> None:
    lines = [Piece(10.0) for _ in range(before)]
    heading = Piece(12.0, gap=8.0, bond=Bond.FIRM)
    moved = [replace(p, head=None if p.head is None else before + 1) for p in table(rows)]
    laid = [*lines, heading, *moved]
    page = page_of(paginate(laid, ROOM))
    assert len({page[before + i] for i in range(4)}) == 1


def test_what_holds_on_loosely_stays_together_where_a_page_can_hold_it() -> None:
    loose = [Piece(30.0, bond=Bond.LOOSE), Piece(30.0, bond=Bond.LOOSE), Piece(30.0)]
    assert page_of(paginate([Piece(20.0), *loose], ROOM)) == {0: 0, 1: 1, 2: 1, 3: 1}
    longer = [Piece(20.0), *loose[:2], *loose]
    assert page_of(paginate(longer, ROOM)) == {0: 0, 1: 0, 2: 0, 3: 1, 4: 1, 5: 1}


def test_what_holds_on_loosely_and_is_longer_than_a_page_fills_the_pages() -> None:
    laid = [Piece(10.0), *(Piece(30.0, bond=Bond.LOOSE) for _ in range(8)), Piece(30.0)]
    page = page_of(paginate(laid, ROOM))
    assert [list(page.values()).count(number) for number in range(4)] == [4, 3, 3, 0]


def test_what_is_higher_than_a_page_stands_on_one_alone() -> None:
    assert page_of(paginate([Piece(10.0), Piece(300.0), Piece(10.0)], ROOM)) == {0: 0, 1: 1, 2: 2}


def test_nothing_is_one_empty_page() -> None:
    assert paginate([], ROOM) == ((),)


def test_the_blank_above_a_piece_is_left_out_at_the_top_of_a_page() -> None:
    pages = paginate([Piece(60.0, gap=20.0), Piece(60.0, gap=20.0)], ROOM)
    assert [placed.top for page in pages for placed in page] == [0.0, 0.0]
