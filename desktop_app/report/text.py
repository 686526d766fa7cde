"""Sections as plain text for a terminal: sentences, and tables whose columns stand under each other."""

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from desktop_app.report.blocks import Paragraph, Section, Table
from desktop_app.report.sentences import plain
from desktop_app.report.terminal import printable

WIDTH = 110
GAP = "  "


def to_text(sections: Iterable[Section]) -> str:
    """Return the sections one under the other; figures are left out."""
    return "\n\n".join("\n".join(_section(section)) for section in sections) + "\n"


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        yield section.heading
        yield "-" * _width(section.heading)
    for index, block in enumerate(section.blocks):
        if index and Table in {type(block), type(section.blocks[index - 1])}:
            yield ""
        if isinstance(block, Paragraph):
            yield textwrap.fill(printable(plain(block.text)), WIDTH, break_long_words=False)
        elif isinstance(block, Table):
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    titles = [column.title for column in table.columns]
    lines = [titles] if any(titles) else []
    lines += [[printable(run.text) for run in row] for row in (*table.rows, table.total) if row]
    widths = [max((_width(line[i]) for line in lines), default=0) for i in range(len(table.columns))]
    right = [column.align == "right" for column in table.columns]
    for line in lines:
        yield from _lines(line, widths, right)


def _lines(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    """Yield a row; the words of its last column go on in further lines where the terminal ends."""
    before = sum(widths[:-1]) + len(GAP) * (len(widths) - 1)
    last = [cells[-1]]
    if not right[-1]:
        last = textwrap.wrap(cells[-1], max(WIDTH - before, WIDTH // 3), break_long_words=False) or [""]
    padded = (
        " " * (width - _width(cell)) + cell if to_right else cell + " " * (width - _width(cell))
        for cell, width, to_right in zip((*cells[:-1], last[0]), widths, right, strict=True)
    )
    yield GAP.join(padded).rstrip()
    yield from (" " * before + rest for rest in last[1:])


def _width(text: str) -> int:
    """Return how many places a terminal gives the text."""
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )
