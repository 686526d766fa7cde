"""How names are compared: by their words, without regard to case, blanks and signs."""

import re

_SHARED = re.compile(r"\s*[:=]\s*[\d.,]*\d[\d.,]*\s*%?\s*$|\s+\d+([.,]\d+)?\s*%\s*$")
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the words of a text, folded ("ether.fi" → ether, fi)."""
    return _WORD.findall(text.casefold())


def joined(text: str) -> str:
    """Return the words of a text without anything between them, for comparing names."""
    return "".join(words(text))


def without_share(text: str) -> str:
    """Return a name without the share typed after it ("Kiln:60", "Kiln: 0.6" → "Kiln"), else the text."""
    return _SHARED.sub("", text)


def slug(text: str) -> str:
    """Return a readable id part of a free text; the text itself where nothing of it can be read."""
    return "-".join(words(text)) or text.strip()
