"""The words for answers, made in one place for pages, paper, command line and screen readers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence; ``bold`` for names and numbers; ``explain`` is the key of its explanation ("" = none)."""

    text: str
    bold: bool = False
    explain: str = ""
    warn: bool = False


Sentence = tuple[Run, ...]


def plain(sentence: Sentence) -> str:
    """Return a sentence as plain text."""
    return "".join(run.text for run in sentence)
