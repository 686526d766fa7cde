"""Hatches as clipped lines: one geometry for the screen, SVG and print (look.md 3)."""

from math import sqrt

from desktop_app.figures.shapes import Hatch

UNKNOWN_LINES = (5.0, 1.2)
"""Spacing and line width for what is not published; ``SMALL_UNKNOWN`` in areas under 12 px."""
SMALL_UNKNOWN = (4.0, 1.2)
SLASHABLE_LINES = (4.0, 1.7)


def unknown_hatch(
    x: float, y: float, width: float, height: float, colour: str = "text2", id_: str = ""
) -> Hatch:
    """Return the hatch for what nobody has published."""
    spacing, line = SMALL_UNKNOWN if min(width, height) < 12 else UNKNOWN_LINES
    return Hatch(x, y, width, height, colour, True, spacing, line, outline=colour, id=id_)


def slashable_hatch(x: float, y: float, width: float, height: float, colour: str, id_: str = "") -> Hatch:
    """Return the hatch for a stretch of time in which the stake can still be slashed."""
    spacing, line = SLASHABLE_LINES
    return Hatch(x, y, width, height, colour, False, spacing, line, outline=colour, id=id_)


def hatch_lines(hatch: Hatch) -> list[tuple[float, float, float, float]]:
    """Return the lines (x1, y1, x2, y2) of a hatch, ends included, all inside its rectangle.

    ``spacing`` is measured across the lines. The rectangle is made smaller by what flat caps stick out.
    """
    inset = hatch.line_width / (2 * sqrt(2))
    width, height = hatch.width - 2 * inset, hatch.height - 2 * inset
    left, top = hatch.x + inset, hatch.y + inset
    if width <= 0 or height <= 0:
        return []
    step = hatch.spacing * sqrt(2)
    lines = []
    for number in range(int((width + height) / step) + 1):
        total = (number + 0.5) * step  # along a rising line x + y is the same everywhere
        start, end = max(0.0, total - height), min(width, total)
        if start < end:
            from_y, to_y = total - start, total - end
            if not hatch.rising:
                from_y, to_y = height - from_y, height - to_y
            lines.append((left + start, top + from_y, left + end, top + to_y))
    return lines
