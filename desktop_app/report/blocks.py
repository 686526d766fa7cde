"""What a report is made of, whatever it is written to: sections of sentences, tables and figures."""

from dataclasses import dataclass
from typing import Literal

from desktop_app.figures.shapes import Figure
from desktop_app.report.sentences import Run, Sentence

Row = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``width`` is a part of the page's width in per cent, 0 what is left."""

    title: str
    align: Literal["left", "right"] = "left"
    width: int = 0
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings, with a line of sums at the end ("()" none)."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences in a row; ``note`` in the small grey size."""

    text: Sentence
    note: bool = False


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A picture as wide as the page or narrower."""

    figure: Figure


Block = Table | Paragraph | FigureBlock


@dataclass(frozen=True, slots=True)
class Section:
    """A dark rule, a bold heading with a grey note at the right end of its line, and what stands below."""

    heading: str
    blocks: tuple[Block, ...]
    note: str = ""
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``lead`` are its first sentences, a line each; ``foot`` stands on every page."""

    title: str
    subtitle: str
    lead: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    foot: str
    language: str = "en"


def figures(report: Report) -> tuple[Figure, ...]:
    """Return the figures in the order in which they stand."""
    blocks = (block for section in report.sections for block in section.blocks)
    return tuple(block.figure for block in blocks if isinstance(block, FigureBlock))
