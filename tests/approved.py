"""What reports of known portfolios say, as it was last approved: read it in the files of the folder beside.

``python -m tests.approved`` writes the files anew; whoever changed the words looks at the difference.

The PDF is read from one sheet that is as high as the whole report, and compared without its blanks: where
lines and pages end depends on the fonts of the machine, what stands on them does not. Where pages end is
tested in ``tests/ui/test_sheets.py`` and ``test_page_breaks.py``.
"""

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from desktop_app import __version__, paths
from desktop_app.domain import interchange
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Text
from desktop_app.report.answers import Asked
from desktop_app.report.blocks import Block, FigureBlock, Report, Section, Strip
from desktop_app.report.choices import SHEETS, Choices, Sheet
from desktop_app.report.content import summary
from desktop_app.report.html import to_html
from desktop_app.report.sections.registry import SECTIONS
from desktop_app.shipped import catalogue
from desktop_app.ui.printing import page_image, write_pdf
from desktop_app.ui.sheets import Sheets

FOLDER = Path(__file__).parent / "data" / "approved"
KINDS = ("pdf", "html")
LOCALES = {"en": "en_US", "de": "de_DE"}
HIGH = 4_900.0
"""Millimetres: a PDF cannot be higher than 5,080."""
PICTURE = "sample-figures.png"
HEIGHT, FOOT, SAMPLES = 200, 10, 6
"""Of the page and of its foot, which is left out, in pixels; each is the mean of so many by so many."""


def portfolios() -> dict[str, Portfolio]:
    """Return the portfolios by the name of their files."""
    example = Path(__file__).parent / "data/portfolio/open-example.json"
    sample = paths.resources() / "samples" / "marlow.json"
    found = {"open-example": example, "sample": sample}
    return {name: interchange.loads(path.read_text("utf-8")) for name, path in found.items()}


def report_of(portfolio: Portfolio, locale: str, sheet: Sheet) -> Report:
    """Return the report with every section."""
    assert portfolio.as_of is not None
    asked = Asked(portfolio, "all", portfolio.as_of)
    every = Choices(sections=tuple(named.key for named in SECTIONS))
    labels = Labels(locale, portfolio.currency)
    return summary(asked, "Marlow.stakeout", labels, catalogue(), every, sheet)


def outputs(name: str, locale: str) -> dict[str, str]:
    """Return what the PDF says and how the HTML is built, each under the name of its file."""
    portfolio, spoken = portfolios()[name], LOCALES[locale]
    tall = report_of(portfolio, spoken, Sheet(SHEETS["a4"].width, HIGH))
    page = to_html(report_of(portfolio, spoken, SHEETS["a4"]))
    return {
        f"{name}.{locale}.pdf.txt": pdf_text(tall).replace(__version__, "VERSION"),
        f"{name}.{locale}.html.txt": html_outline(page).replace(__version__, "VERSION"),
    }


def picture() -> QImage:
    """Return the figures of the sample on paper, in grey, small and wordless: what is drawn, how dark."""
    sample = portfolios()["sample"]
    assert sample.as_of is not None
    choices = Choices(sections=("layers", "dependencies", "withdrawals", "stress"))
    report = summary(Asked(sample, "all", sample.as_of), "", Labels(), catalogue(), choices)
    sections = tuple(Section("", tuple(_wordless(section))) for section in report.sections)
    report = replace(report, title="", subtitle="", foot="", sections=sections)
    image = page_image(Sheets(report, grey=True), 0, HEIGHT * SAMPLES)
    small = image.scaled(
        image.width() // SAMPLES,
        HEIGHT,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    body = small.copy(0, 0, small.width(), HEIGHT - FOOT)
    return body.convertToFormat(QImage.Format.Format_Grayscale8)


def _wordless(section: Section) -> Iterator[Block]:
    """Yield the figures of a section without their words, which look different in every font."""
    for block in section.blocks:
        found = block.figures if isinstance(block, Strip) else ()
        for figure in (block.figure,) if isinstance(block, FigureBlock) else found:
            shapes = tuple(shape for shape in figure.shapes if not isinstance(shape, Text))
            yield FigureBlock(replace(figure, shapes=shapes))


def pdf_text(report: Report) -> str:
    """Return the words of a report of one page, as its PDF holds them."""
    with TemporaryDirectory() as folder:
        write_pdf(report, Path(folder) / "a.pdf")
        (page,) = PdfReader(Path(folder) / "a.pdf").pages
        return "\n".join(line.strip() for line in page.extract_text().splitlines() if line.strip()) + "\n"


def html_outline(page: str) -> str:
    """Return each element of a page with its class and its own words, indented; of figures what is said."""
    outline = _Outline()
    outline.feed(page)
    return "\n".join(outline.lines) + "\n"


class _Outline(HTMLParser):
    """Collects a line for each element."""

    void = frozenset({"meta", "br"})
    drawn = frozenset({"svg", "rect", "path", "polyline", "polygon", "title"})
    told = frozenset({"class", "role", "aria-label", "content"})

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.drawn:
            said = [f"{key}={value}" for key, value in attrs if key in self.told]
            self.lines.append("  " * len(self._open) + " ".join([tag, *said]))
        if tag not in self.void and tag not in self.drawn:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.drawn:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open and self._open[-1] != "style":
            self.lines[-1] += f" | {' '.join(data.split())}"


def main() -> None:
    """Write every file anew."""
    FOLDER.mkdir(exist_ok=True)
    for name in portfolios():
        for locale in LOCALES:
            for file, text in outputs(name, locale).items():
                (FOLDER / file).write_text(text, "utf-8")
    picture().save(str(FOLDER / PICTURE))


if __name__ == "__main__":
    application = QGuiApplication(["approved", "-platform", "offscreen"])
    main()
