"""Where the words of a printed page stand, read back from the PDF."""

from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

from desktop_app.report.blocks import Report
from desktop_app.ui.printing import write_pdf


@dataclass(frozen=True)
class Word:
    """A stretch of text with its left end and its base line, in points from the upper left corner."""

    text: str
    x: float
    y: float
    size: float


def printed(tmp_path: Path, report: Report) -> list[list[Word]]:
    """Print a report and return the words of each page."""
    path = tmp_path / "sheets.pdf"
    write_pdf(report, path)
    return [_words(page, float(page.mediabox.height)) for page in PdfReader(path).pages]


def _words(page: object, height: float) -> list[Word]:
    found: list[Word] = []

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        said = " ".join(text.split())
        if said:
            x, y = cm[0] * tm[4] + cm[4], cm[3] * tm[5] + cm[5]
            found.append(Word(said, x, height - y, abs(cm[3] * tm[3] * size)))

    page.extract_text(visitor_text=visit)  # type: ignore[attr-defined]
    return found


def pages_with(pages: list[list[Word]], text: str) -> list[int]:
    """Return the numbers of the pages on which a text stands."""
    return [number for number, words in enumerate(pages) if any(text in word.text for word in words)]
