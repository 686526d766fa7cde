"""How large things are in pictures: one geometry, measured for the screen and for paper (look.md 3)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Heights in logical pixels: texts of tables, second lines (``note``) and axes; rows; bars."""

    text: float = 13
    note: float = 12
    axis: float = 11
    row: float = 24
    bar: float = 10

    @property
    def drop(self) -> float:
        """Return how far below the middle of a row the baseline of its text lies."""
        return round(self.text * 0.36)


SCREEN = Sizes()
PAPER = Sizes(text=11, note=10, axis=10, row=18, bar=8)
