"""Where pages of generated portfolios end, read back from the PDF: no head alone, nothing over anything."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.figures.labels import Labels
from desktop_app.report.answers import Asked
from desktop_app.report.blocks import Report, Table
from desktop_app.report.choices import MARGIN, Choices
from desktop_app.report.content import summary
from desktop_app.shipped import catalogue
from desktop_app.ui.typesetting import POINT, Style, advance
from tests.benchmarks.generate import layered_portfolio
from tests.report.holdings import TODAY
from tests.ui.pdf_words import Word, printed

pytestmark = pytest.mark.usefixtures("qapp")

POINTS = 72 / 25.4
SECTIONS = (
    *("summary", "positions", "accounts", "layers", "dependencies", "withdrawals", "limits", "rewards"),
    *("concentration", "missing", "graph", "facts", "assumptions", "method"),
)

choices = st.builds(
    Choices,
    sections=st.lists(st.sampled_from(SECTIONS), min_size=2, max_size=6, unique=True).map(tuple),
    paper=st.sampled_from(["a4", "letter"]),
    landscape=st.booleans(),
)


def pages_of(positions: int, chosen: Choices) -> tuple[Report, list[list[Word]]]:
    asked = Asked(layered_portfolio(positions, 20, 20, 40), "all", TODAY)
    report = summary(asked, "Marlow.stakeout", Labels(), catalogue(), chosen)
    with TemporaryDirectory() as folder:
        return report, printed(Path(folder), report)


def heads(report: Report) -> list[str]:
    """Return the first title of each table's head, and every heading."""
    blocks = [block for section in report.sections for block in section.blocks]
    titles = [block.columns[0].title for block in blocks if isinstance(block, Table)]
    return [title for title in (*titles, *(section.heading for section in report.sections)) if title]


def overlapping(words: list[Word]) -> list[tuple[str, str]]:
    """Return the words that are surely inked where another word is."""
    found = []
    by_top = sorted(((word.y - 0.6 * word.size, word) for word in words), key=lambda pair: pair[0])
    for i, (_, one) in enumerate(by_top):
        for top, other in by_top[i + 1 :]:
            if top > one.y - 0.5:
                break
            if one.x < right(other) - 0.5 and other.x < right(one) - 0.5:
                found.append((one.text, other.text))
    return found


def right(word: Word) -> float:
    return word.x + 0.95 * advance(word.text, Style(word.size)) / POINT


def test_what_overlaps_is_found() -> None:
    one, beside, over = Word("Position", 100, 100, 8), Word("USD", 160, 100, 8), Word("Lido", 110, 103, 8)
    assert overlapping([beside, one]) == []
    assert overlapping([one, beside, over]) == [("Position", "Lido")]


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 120), choices)
def test_no_page_is_empty_or_ends_with_a_head_and_no_words_stand_over_others(
    positions: int, chosen: Choices
) -> None:
    report, pages = pages_of(positions, chosen)
    for words in pages:
        told = [word for word in words if word.y < (report.sheet.height - MARGIN) * POINTS]
        last = max(word.y for word in told)
        assert not {word.text for word in told if last - word.y < 2} & set(heads(report))
        assert overlapping(words) == []
