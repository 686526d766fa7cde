"""Keys: the marks that repeat in a picture, each with its words, in one line; and moving shapes about."""

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.figures.shapes import Curve, Figure, Line, Measure, Polygon, Shape, Text
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.texts import estimate

Entry = tuple[str, float, Sequence[Shape]]
"""Words, how wide their sample is, and the sample."""


def moved(shape: Shape, right: float, down: float) -> Shape:
    """Return the shape at another place."""
    match shape:
        case Line() | Polygon():
            return replace(shape, points=tuple((x + right, y + down) for x, y in shape.points))
        case Curve():
            x, y = shape.start
            by = (right, down) * 3
            shifted = ((a + b for a, b in zip(s, by, strict=True)) for s in shape.segments)
            segments = tuple((x1, y1, x2, y2, x3, y3) for x1, y1, x2, y2, x3, y3 in shifted)
            return replace(shape, start=(x + right, y + down), segments=segments)
        case _:
            return replace(shape, x=shape.x + right, y=shape.y + down)


def key_line(entries: Sequence[Entry], sizes: Sizes = SCREEN, measure: Measure = estimate) -> Figure:
    """Return one line of samples with their words; a sample is drawn from x = 0, around y = 0, so wide."""
    shapes: list[Shape] = []
    middle, x = sizes.row / 2, 0.0
    for words, width, sample in entries:
        shapes += [moved(shape, x, middle) for shape in sample]
        shapes.append(Text(x + width + 6, middle + sizes.note * 0.36, words, "text2", sizes.note))
        x += width + 6 + measure(words, sizes.note, False) + 18
    headline = "Key: " + ", ".join(words for words, _, _ in entries)
    return Figure(max(x - 18, 0), sizes.row, tuple(shapes), headline=headline)
