"""What the reader of a report chooses: its sections, its title, its paper, what is hidden."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from desktop_app.report.earlier import Earlier

Paper = Literal["a4", "letter"]

MARGIN, MARGINS = 15, (10, 15, 20, 25)
"""Millimetres that are left free at each edge of a sheet: the usual, and those to choose from."""

PIXELS_PER_MM = 96 / 25.4
"""Figures are drawn in logical pixels, 96 to the inch."""

MOST_ROWS = 60
"""Longer tables are folded, unless the whole is asked for."""

TITLE = "Exposure summary"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper as it lies: width, height and margins in millimetres."""

    width: float
    height: float
    margin: float = MARGIN

    @property
    def body_width(self) -> float:
        """The width between the margins, in logical pixels."""
        return (self.width - 2 * self.margin) * PIXELS_PER_MM

    @property
    def body_height(self) -> float:
        """The height between the margins, in logical pixels."""
        return (self.height - 2 * self.margin) * PIXELS_PER_MM


SHEETS = {"a4": Sheet(210.0, 297.0), "letter": Sheet(215.9, 279.4)}


@dataclass(frozen=True, slots=True)
class Choices:
    """``sections``: keys of ``report.sections``, in the order in which they are to stand (None: the usual).

    ``whole`` tables are not folded after ``MOST_ROWS`` rows. ``earlier``: the file to compare with.
    """

    sections: tuple[str, ...] | None = None
    title: str = TITLE
    paper: Paper = "a4"
    landscape: bool = False
    margin: int = MARGIN
    hide_amounts: bool = False
    grey: bool = False
    whole: bool = False
    earlier: "Earlier | None" = None

    @property
    def sheet(self) -> Sheet:
        """The sheet, turned where it is to lie across."""
        sheet = replace(SHEETS[self.paper], margin=self.margin)
        return replace(sheet, width=sheet.height, height=sheet.width) if self.landscape else sheet
