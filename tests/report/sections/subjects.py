"""Subjects of sections, and what a section says, with plain blanks."""

from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Text
from desktop_app.report.answers import Asked
from desktop_app.report.blocks import FigureBlock, Paragraph, Section, Strip, Table
from desktop_app.report.choices import SHEETS
from desktop_app.report.sections.subject import Subject
from desktop_app.shipped import catalogue
from tests.report.holdings import TODAY, spoken


def subject(portfolio: Portfolio, labels: Labels | None = None, most_rows: int = 60) -> Subject:
    """Return a portfolio as the sections get it, on A4."""
    asked = Asked(portfolio, "all", portfolio.as_of or TODAY)
    return Subject(asked, catalogue(), labels or Labels(), SHEETS["a4"], most_rows)


def rows(section: Section) -> list[list[str]]:
    """Return the cells of the section's one table, its sums last."""
    (found,) = [block for block in section.blocks if isinstance(block, Table)]
    return [[spoken(cell.text) for cell in row] for row in (*found.rows, found.total) if row]


def notes(section: Section) -> list[str]:
    """Return the paragraphs of a section."""
    return [spoken(block.text) for block in section.blocks if isinstance(block, Paragraph)]


def figures(*sections: Section) -> list[Figure]:
    """Return the figures of sections in the order in which they stand."""
    found: list[Figure] = []
    for block in (block for section in sections for block in section.blocks):
        found += [block.figure] if isinstance(block, FigureBlock) else []
        found += block.figures if isinstance(block, Strip) else []
    return found


def drawn_words(figure: Figure) -> str:
    """Return the words of a figure."""
    return spoken(" ".join(shape.text for shape in figure.shapes if isinstance(shape, Text)))
