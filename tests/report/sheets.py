"""Builders of small reports to print."""

from desktop_app.figures.shapes import Figure, Hatch, Line, Rect, Text
from desktop_app.report.blocks import Block, Column, FigureBlock, Paragraph, Report, Section, Table
from desktop_app.report.sentences import Run, bold, sentence, warn


def a_figure(word: str = "EigenLayer", width: float = 400, height: float = 120) -> Figure:
    """Return a picture with a bar, a hatch, a line and a word."""
    shapes = (
        Rect(0, 20, 200, 10, fill="dimension:platform"),
        Hatch(0, 40, 200, 10, "text2", True, 4, 1.2, outline="text2"),
        Line(((0, 60), (200, 60)), "accent", 2, (2.0, 3.0)),
        Text(210, 30, word),
    )
    return Figure(width, height, shapes, headline=f"A bar called {word}")


def a_table(rows: int, name: str = "Position") -> Table:
    """Return a table of so many rows with a sum."""
    columns = (Column("Position", width=60), Column("USD", "right", 40))
    lines = tuple((Run(f"{name} {number}"), Run(f"{number},000")) for number in range(rows))
    return Table(columns, lines, (Run(f"{rows} positions"), Run("999", bold=True)))


def a_report(
    *blocks: Block, title: str = "Exposure summary", subtitle: str = "Marlow, as of today"
) -> Report:
    """Return a report of one section with these blocks, or a sentence, a table and a figure."""
    filled = blocks or (Paragraph(sentence("A line.")), a_table(3), FigureBlock(a_figure()))
    first = sentence(bold("USD\u00a0412,284"), " in 12 positions, ", warn("one without a price"), ".")
    return Report(
        title=title,
        subtitle=subtitle,
        sections=(Section("", (Paragraph(first, lead=True),)), Section("Positions", filled, "a note")),
        foot="Made with Stakeout from Marlow.stakeout. No advice.",
    )
