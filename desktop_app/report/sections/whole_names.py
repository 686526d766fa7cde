"""Names that a figure had to cut, told in full under it: paper has no tooltips."""

from collections.abc import Iterator
from dataclasses import replace

from desktop_app.figures.shapes import Text
from desktop_app.figures.texts import ELLIPSIS
from desktop_app.report import words
from desktop_app.report.blocks import Block, FigureBlock, Paragraph, Section, Strip
from desktop_app.report.sentences import sentence

MOST_NAMES = 60
LONGEST = 160
"""Letters of a name; what is longer is no name that somebody reads."""


def with_whole_names(section: Section) -> Section:
    """Return the section with a note under each figure in which names are cut."""
    return replace(section, blocks=tuple(_noted(section)))


def _noted(section: Section) -> Iterator[Block]:
    for block in section.blocks:
        yield block
        if names := list(dict.fromkeys(_cut_names(block))):
            told = "; ".join(words.cut(names, MOST_NAMES))
            yield Paragraph(sentence(f"In full: {told}."), note=True)


def _cut_names(block: Block) -> Iterator[str]:
    figures = block.figures if isinstance(block, Strip) else ()
    for figure in (block.figure,) if isinstance(block, FigureBlock) else figures:
        for shape in figure.shapes:
            if isinstance(shape, Text) and shape.text.endswith(ELLIPSIS) and shape.tooltip:
                name = shape.tooltip
                yield name if len(name) <= LONGEST else name[:LONGEST] + ELLIPSIS
