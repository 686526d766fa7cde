"""Words inside pictures: how wide they are about, how they are cut, and that they are one line."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from heapq import nlargest

from desktop_app.figures.shapes import Measure

ELLIPSIS = "…"
BOLD = 1.1
MEASURED = 200

# Widths in hundredths of the size, by a wide sans-serif (DejaVu Sans), so that narrower fonts fit as well.
_WIDTHS = {
    28: "'ijlIJ",
    32: " ,.\u00a0",
    36: "/:;\\|f-",
    40: "()[]t!r",
    50: '"*_`sz–',
    54: "?cL",
    60: "FkvxyPTYaoe•",
    64: "ESbdghnpqu$0123456789{}",
    69: "KAVBRXZC",
    76: "UHNDG▲",
    84: "&OQw#+<=>^~M−",
    100: "%mW@…",
    20: "\u202f",
}
_WIDTH = {sign: width / 100 for width, signs in _WIDTHS.items() for sign in signs}


@lru_cache(maxsize=8192)
def _ems(text: str) -> float:
    return sum(_WIDTH.get(sign) or _other(sign) for sign in text)


def _other(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.65


def estimate(text: str, size: float, bold: bool) -> float:
    """Return about how wide a text is, in the unit of ``size``; rather too wide than too narrow."""
    return _ems(text) * size * (BOLD if bold else 1)


def widest(texts: Iterable[str], size: float, measure: Measure, *, bold: bool = False) -> float:
    """Return how wide the widest of texts is, 0 of none; of very many the longest in letters are measured."""
    longest = nlargest(MEASURED, set(texts), key=len)
    return max([measure(text, size, bold) for text in longest], default=0.0)


def one_line(text: str) -> str:
    """Return a text from a file without line breaks, control signs and signs that turn its direction."""
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = (" " if s.isspace() and s not in "\u00a0\u202f" else s for s in text)
    return "".join(s for s in kept if unicodedata.category(s) not in {"Cc", "Cf", "Cs"}).strip()


def cut(text: str, width: float, size: float, measure: Measure, *, bold: bool = False) -> str:
    """Return the text, or as much of its beginning as fits into ``width`` with an ellipsis."""
    if measure(text, size, bold) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + ELLIPSIS, size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def cut_at_word(text: str, width: float, size: float, measure: Measure, *, bold: bool = False) -> str:
    """Return the text cut like ``cut``, but after a whole word where that leaves a third of the width."""
    shown = cut(text, width, size, measure, bold=bold)
    if shown == text:
        return text
    kept = shown.removesuffix(ELLIPSIS)
    whole = kept if text[len(kept) : len(kept) + 1].isspace() else kept.rpartition(" ")[0]
    return whole + ELLIPSIS if measure(whole, size, bold) >= width / 3 else shown


def in_lines(text: str, most: int, width: float, size: float, measure: Measure) -> list[str]:
    """Return the text broken between words into at most so many lines, each cut to ``width``."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if measure(longer, size, False) <= width or not lines[-1] or len(lines) == most:
            lines[-1] = longer
        else:
            lines.append(word)
    return [cut(line, width, size, measure) for line in lines]


SHORTEST = 4
"""Letters that a short name has at least."""
JOINING = frozenset({"on", "of", "in", "and", "for", "the"})
"""Words that no name ends with."""


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Return name -> its first words, as many as it takes to tell it from all other names: "Symbiotic".

    For where the whole name finds no room; the whole then stands in the tooltip.
    """
    listed = {name: tuple(name.split()) for name in names}
    starts = Counter(
        tuple(word.casefold() for word in words[:count])
        for words in set(listed.values())
        for count in range(1, len(words) + 1)
    )
    return {name: _short(words, starts) for name, words in listed.items()}


def _short(words: tuple[str, ...], starts: Mapping[tuple[str, ...], int]) -> str:
    for count in range(1, len(words)):
        beginning = " ".join(words[:count])
        alone = starts[tuple(word.casefold() for word in words[:count])] == 1
        if alone and len(beginning) >= SHORTEST and words[count - 1] not in JOINING:
            return beginning
    return " ".join(words)


def fitting(name: str, short: str, width: float, size: float, measure: Measure, *, bold: bool = False) -> str:
    """Return the whole name if there is room for it, else its short one, cut if even that is too wide."""
    if measure(name, size, bold) <= width or not short:
        return cut_at_word(name, width, size, measure, bold=bold)
    return cut_at_word(short, width, size, measure, bold=bold)
