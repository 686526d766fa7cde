"""Columns on paper: they fill the width, keep numbers whole, and wrap words where they must."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.blocks import Column, Table
from desktop_app.report.sentences import Run
from desktop_app.ui.column_widths import blank, column_widths
from desktop_app.ui.typesetting import TEXT, advance

pytestmark = pytest.mark.usefixtures("qapp")

ROOM = 8000.0

words = st.text(st.sampled_from("abcdef ghij"), max_size=200)
numbers = st.integers(0, 10**12).map(lambda n: f"{n:,}")
rows = st.lists(st.tuples(words, numbers, words, numbers), min_size=1, max_size=12)
COLUMNS = (Column("Name"), Column("USD", "right", 10), Column("Note", quiet=True), Column("Days", "right"))


def table(found: Sequence[tuple[str, ...]], columns: tuple[Column, ...] = COLUMNS) -> Table:
    return Table(columns, tuple(tuple(Run(cell) for cell in row) for row in found))


@given(rows)
def test_the_columns_fill_the_width(found: list[tuple[str, ...]]) -> None:
    assert sum(column_widths(table(found), ROOM)) == pytest.approx(ROOM)


@given(rows)
def test_numbers_stand_on_one_line(found: list[tuple[str, ...]]) -> None:
    widths = column_widths(table(found), ROOM)
    for row in found:
        for i in (1, 3):
            assert advance(row[i], TEXT) <= widths[i] - blank(COLUMNS, i)


@given(rows)
def test_no_column_vanishes(found: list[tuple[str, ...]]) -> None:
    assert min(column_widths(table(found), ROOM)) > 0


def test_numbers_that_alone_are_wider_than_the_page_share_it() -> None:
    wide = [("name", "9" * 200, "note", "9" * 200)]
    widths = column_widths(table(wide), ROOM)
    assert sum(widths) == pytest.approx(ROOM)
    assert min(widths) > 0


def test_a_hint_is_taken_where_there_is_room_and_given_up_where_there_is_none() -> None:
    columns = (Column("A", width=50), Column("B"))
    assert column_widths(table([("a", "b")], columns), ROOM)[0] == pytest.approx(ROOM / 2)
    widths = column_widths(table([("a", "b " * 400)], columns), ROOM)
    assert widths[0] < ROOM / 4


def test_words_after_numbers_keep_their_distance() -> None:
    assert blank(COLUMNS, 2) == 2 * blank(COLUMNS, 0)


def test_a_table_without_rows_has_columns_as_wide_as_their_headings() -> None:
    assert sum(column_widths(Table(COLUMNS, ()), ROOM)) == pytest.approx(ROOM)


@pytest.mark.parametrize("factor", [1.1, 1.5, 1.8, 1.9, 2.0, 2.1, 2.2, 2.3])
def test_no_word_is_torn_where_all_longest_words_have_room(factor: float) -> None:
    columns = (Column("Position"), Column("Layer"), Column("Loss", "right"), Column("Break-even"))
    end = ("not assumed", "Reward not known: enter a rate to see whether it pays")
    names = ("stETH", "weETH", "ezETH", "JitoSOL", "PT-weETH-26DEC2024")
    cells = [(name, layer, *end) for name in names for layer in ("Liquid staking", "Liquid restaking")]
    longest = (names[-1][:16], "restaking", end[0], "whether")
    least = [advance(word, TEXT) + blank(columns, i) for i, word in enumerate(longest)]
    widths = column_widths(table(cells, columns), factor * (sum(least) + 4))
    assert all(width >= wanted for width, wanted in zip(widths, least, strict=True))
