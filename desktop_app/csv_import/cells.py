"""Cells: the small rules on text that hold for every format (blanks, invisible signs, apostrophes, sums)."""

import re
from functools import lru_cache

from desktop_app.domain.spreadsheet import unprotected

MAX_CELL = 32_767
"""A spreadsheet's limit for the characters of a cell."""
PIECE = 1 << 18
"""So many characters are looked through at once: no other thread works meanwhile."""

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CONTROL_BYTES = bytes(code for code in range(256) if _CONTROL.match(chr(code)))
_OVERRIDE = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SUM = re.compile(r"(grand |sub-?)?(total|totals|sum|summe|gesamt|totale|somme)\b|\.\.\.$", re.IGNORECASE)
_MISSING = frozenset({"", "-", "—", "–", "n/a"})
_LONG = 4096
_NAME_GAPS = re.compile(r"[\s_\-]+")


def clean(text: str) -> str:
    """Return text without blanks around it and without zero-width signs anywhere."""
    return text.strip() if text.isascii() else text.translate(_INVISIBLE).strip()


def free_text(text: str) -> str:
    """Return a name or note as it was written, without direction overrides and a spreadsheet's apostrophe."""
    if not text.isascii():
        text = _OVERRIDE.sub("", text)
    return unprotected(text)


@lru_cache(2048)
def word(text: str) -> str:
    """Return a word that many rows share (an account, a protocol …), cleaned."""
    return free_text(clean(text))


def is_missing(text: str) -> bool:
    """Tell whether cleaned text stands for "nothing given"."""
    return len(text) <= 3 and text.lower() in _MISSING


def normal_name(text: str) -> str:
    """Return a header name as it is compared: no invisible signs, lower case, without gaps."""
    return _NAME_GAPS.sub("", clean(text).removeprefix("\ufeff").casefold())


def has_control(text: str) -> bool:
    """Tell whether there is a control character other than tab, CR and LF."""
    pieces = (text[at : at + PIECE].encode("latin-1", "replace") for at in range(0, len(text), PIECE))
    return any(len(piece.translate(None, _CONTROL_BYTES)) < len(piece) for piece in pieces)  # fast


def has_override(text: str) -> bool:
    """Tell whether text changes its own direction, which can make one symbol look like another."""
    return not text.isascii() and _OVERRIDE.search(text) is not None


def begins_sum(text: str) -> bool:
    """Tell whether a cell begins the line of sums, or the three points, under a table."""
    return _SUM.match(clean(text)) is not None


def shown(text: str, limit: int = 60) -> str:
    """Return text fit for a sentence: one line, no control characters, not too long."""
    text = _CONTROL.sub("�", _OVERRIDE.sub("", text)).replace("\r", " ").replace("\n", " ").replace("\t", " ")
    return text if len(text) <= limit else text[: limit - 1] + "…"
