"""How names are compared: by their words, without regard to case, blanks and signs."""

import re
from collections.abc import Collection

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the words of a text, folded ("ether.fi" → ether, fi)."""
    return _WORD.findall(text.casefold())


def joined(text: str) -> str:
    """Return the words of a text without anything between them, for comparing names."""
    return "".join(words(text))


def without_end(name: str, ends: Collection[str]) -> str:
    """Return a name without its last word where that is one of ``ends`` and words are left before it."""
    before, _, last = name.rpartition(" ")
    return before if last in ends and before[-1:].isalnum() else name


def slug(text: str) -> str:
    """Return a readable id part of a free text; the text itself where nothing of it can be read."""
    return "-".join(words(text)) or text.strip()
