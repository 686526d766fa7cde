"""The key of the timeline: its marks in a line under it, or in as many lines as its words need."""

from collections.abc import Collection, Sequence

from desktop_app.figures.hatching import slashable_hatch
from desktop_app.figures.keys import Entry, key_line, moved
from desktop_app.figures.shapes import Figure, Line, Measure, Rect
from desktop_app.figures.short_sources import Sign
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.texts import estimate
from desktop_app.figures.timeline_marks import sign_line

SAMPLE = 22.0


def timeline_key(
    width: float, sizes: Sizes = SCREEN, measure: Measure = estimate, signs: Collection[Sign] = ()
) -> Figure:
    """Return the key of the timeline: in fewer words where the width asks for it, at last in more lines.

    ``signs``: those that stand at its bars.
    """
    drawn = (key_line(_entries(words, sizes, signs), sizes, measure) for words in _WORDINGS)
    fitting = next((key for key in drawn if key.width <= width), None)
    return fitting or _key_lines(_entries(_WORDINGS[-1], sizes, signs), width, sizes, measure)


_WORDINGS = (
    ("slashable while waiting", "in parallel, does not hold you"),
    ("slashable while waiting", "in parallel"),
    ("slashable", "in parallel"),
)


def _key_lines(entries: Sequence[Entry], width: float, sizes: Sizes, measure: Measure) -> Figure:
    """Return a key broken into as many lines as it needs."""
    lines: list[list[Entry]] = [[]]
    for entry in entries:
        if lines[-1] and key_line([*lines[-1], entry], sizes, measure).width > width:
            lines.append([])
        lines[-1].append(entry)
    drawn = [key_line(line, sizes, measure) for line in lines]
    shapes = (moved(s, 0, number * sizes.row) for number, line in enumerate(drawn) for s in line.shapes)
    headline = "Key: " + ", ".join(words for words, _, _ in entries)
    return Figure(max(d.width for d in drawn), len(drawn) * sizes.row, tuple(shapes), headline=headline)


def _entries(words: tuple[str, str], sizes: Sizes, signs: Collection[Sign]) -> list[Entry]:
    bar, top = sizes.bar, -sizes.bar / 2
    slashable, beside = words
    thin = Rect(0, -bar / 4, SAMPLE, bar / 2, fill="page", outline="text2")
    whisker = (
        Line(((0, 0), (SAMPLE, 0)), "ink", 1.3),
        Line(((0, -4), (0, 4)), "ink", 1.3),
        Line(((SAMPLE, -4), (SAMPLE, 4)), "ink", 1.3),
        Line(((SAMPLE / 2, -7), (SAMPLE / 2, 7)), "ink", 2.6),
    )
    return [
        (slashable, SAMPLE, [slashable_hatch(0, top, SAMPLE, bar, "text2")]),
        ("not slashable", SAMPLE, [Rect(0, top, SAMPLE, bar, fill="text2")]),
        ("already waited", SAMPLE, [Rect(0, top, SAMPLE, bar, fill="faint", outline="field")]),
        ("earliest, typical, latest", SAMPLE, whisker),
        (beside, SAMPLE, [thin]),
        *((str(sign), SAMPLE, [sign_line(sign, 0, SAMPLE, 0)]) for sign in Sign if sign in signs),
    ]
