"""Text from files, made harmless for a terminal."""


def printable(text: str) -> str:
    """Return text on one line without anything that a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else "\ufffd" for sign in text)
