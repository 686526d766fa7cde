"""How far a report is, told in words while it is made; who hears them may raise StoppedError to end it."""

from collections.abc import Callable

Progress = Callable[[str], None]


def unheard(words: str) -> None:
    """Hear how far it is, and do nothing about it."""
