"""What a report is made of, whatever it is written to: sections of sentences, tables and figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desktop_app.figures.shapes import Figure
from desktop_app.report.choices import SHEETS, Sheet
from desktop_app.report.sentences import Run, Sentence

Row = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``width`` is the least part of the page's width that it takes, in per cent."""

    title: str
    align: Literal["left", "right"] = "left"
    width: int = 0
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings, with a line of sums at the end ("()" none).

    ``grouped``: rows that begin with the same words belong together, and say them once (a page).
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row = ()
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences in a row; ``note`` in the small grey size, ``lead`` in that of a report's first sentences."""

    text: Sentence
    note: bool = False
    lead: bool = False


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A picture as wide as the page or narrower."""

    figure: Figure


@dataclass(frozen=True, slots=True)
class Strip:
    """A long picture in slices, none of which is torn: ``head`` is repeated on each page, ``foot`` is not."""

    head: Figure
    slices: tuple[Figure, ...]
    foot: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Head, slices and foot, from top to bottom."""
        return self.head, *self.slices, self.foot


Block = Table | Paragraph | FigureBlock | Strip


@dataclass(frozen=True, slots=True)
class Section:
    """A dark rule, a bold heading with a grey note at the right end of its line, and what stands below.

    Without a heading there is no rule either. ``whole``: it is not torn where one page can hold it.
    ``half``: it may stand beside another half one.
    """

    heading: str
    blocks: tuple[Block, ...]
    note: str = ""
    whole: bool = False
    half: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; its figures fit ``sheet``, and ``foot`` stands on every page."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    foot: str
    sheet: Sheet = SHEETS["a4"]


def side_by_side(sections: Sequence[Section]) -> tuple[tuple[Section, ...], ...]:
    """Return the sections in their order, two half ones that follow each other as a pair."""
    groups: list[tuple[Section, ...]] = []
    for section in sections:
        last = groups[-1] if groups else ()
        if section.half and len(last) == 1 and last[0].half:
            groups[-1] = (*last, section)
        else:
            groups.append((section,))
    return tuple(groups)
