"""Letters of other alphabets that look like Latin ones, as fraudulent tokens use them."""

import unicodedata

_FOREIGN = "АВЕЅЗІЈКМНОРСТУХԜҮаеоріјѕсухԝһԁԛѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧορνυικταε"
_LATIN = "ABES3IJKMHOPCTYXWYaeopijscyxwhdqvABEZHIKMNOPTYXopvuiktae"
_ALIKE = dict(zip(map(ord, _FOREIGN), _LATIN, strict=True))


def plain(text: str) -> str:
    """Return text in the Latin letters that it seems to be written in."""
    marked = unicodedata.normalize("NFKD", text.translate(_ALIKE))
    return "".join(c for c in marked if not unicodedata.combining(c)).translate(_ALIKE)


def foreign_letter(text: str) -> str:
    """Return the first sign that is not ASCII with its name, "“ё” (Cyrillic small letter io)", or ""."""
    sign = next((c for c in text if not c.isascii()), "")
    name = unicodedata.name(sign, "") if sign else ""
    return f"“{sign}” ({name.capitalize()})" if name else ""
