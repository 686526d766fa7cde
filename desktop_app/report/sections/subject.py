"""What every section of a report is made from."""

from dataclasses import dataclass

from desktop_app.analysis.overview import Overview
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.report.answers import Asked
from desktop_app.report.choices import MOST_ROWS, Sheet
from desktop_app.report.earlier import Earlier


@dataclass(frozen=True, slots=True)
class Subject:
    """A portfolio with its answers, each worked out once, and how they are to be written.

    ``most_rows``: longer tables are folded. ``sheet``: the paper that figures have to fit. ``earlier``: what
    it is compared with.
    """

    asked: Asked
    catalogue: Catalogue
    labels: Labels
    sheet: Sheet
    most_rows: int = MOST_ROWS
    earlier: Earlier | None = None

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio that is reported."""
        return self.asked.portfolio

    @property
    def overview(self) -> Overview:
        """The first page in numbers."""
        return self.asked.overview

    @property
    def width(self) -> float:
        """How wide figures may be, in logical pixels."""
        return self.sheet.body_width

    def more(self, rows: int) -> str:
        """Return what stands under a table of so many rows where it is folded; "" where it is whole."""
        folded = rows - self.most_rows
        return f"{self.labels.number(folded)} more in the CSV." if folded > 0 else ""
