"""Shapes can be moved whole, and keys stand in one line."""

import pytest

from desktop_app.figures.hatching import unknown_hatch
from desktop_app.figures.keys import key_line, moved
from desktop_app.figures.shapes import Curve, Line, Polygon, Rect, Shape, Text
from desktop_app.figures.texts import estimate


@pytest.mark.parametrize(
    ("shape", "there"),
    [
        (Line(((0, 0), (5, 0)), "ink"), Line(((3, 4), (8, 4)), "ink")),
        (Polygon(((0, 0), (5, 0), (5, 5)), "ink"), Polygon(((3, 4), (8, 4), (8, 9)), "ink")),
        (Curve((0, 0), ((1, 1, 2, 2, 3, 3),), "ink"), Curve((3, 4), ((4, 5, 5, 6, 6, 7),), "ink")),
        (Rect(0, 0, 5, 5, fill="ink"), Rect(3, 4, 5, 5, fill="ink")),
        (Text(0, 0, "a"), Text(3, 4, "a")),
        (unknown_hatch(0, 0, 5, 5), unknown_hatch(3, 4, 5, 5)),
    ],
)
def test_a_shape_moves_whole(shape: Shape, there: Shape) -> None:
    assert moved(shape, 3, 4) == there


def test_entries_of_a_key_do_not_touch() -> None:
    entries = [(words, 22.0, [Rect(0, -5, 22, 10, fill="ink")]) for words in ("one", "another", "a third")]
    key = key_line(entries)
    rects = [shape.x for shape in key.shapes if isinstance(shape, Rect)]
    texts = [shape for shape in key.shapes if isinstance(shape, Text)]
    ends = [text.x + estimate(text.text, text.size, False) for text in texts]
    assert all(end < start for end, start in zip(ends, rects[1:], strict=False))
    assert ends[-1] == pytest.approx(key.width)
    assert key.headline == "Key: one, another, a third"
