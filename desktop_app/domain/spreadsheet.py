"""Text in cells that a spreadsheet may open: nothing that a stranger wrote is ever computed as a formula."""

import re

_FORMULA = re.compile("['\"]*[-=+@\uff1d\uff0b\uff0d\uff20\t\r\n\0]")  # the signs of full width, too


def protected(text: str) -> str:
    """Return text as a cell that no spreadsheet takes for a formula: with an apostrophe if it looks so."""
    return f"'{text}" if _FORMULA.match(text) else text


def unprotected(text: str) -> str:
    """Return the text that ``protected`` made a cell of; any other text as it is."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text, 1) else text
