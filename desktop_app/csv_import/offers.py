"""Offers: what goes out of an account into a protocol can be kept as a position there."""

from desktop_app.csv_import.ledger import Leg, Line
from desktop_app.csv_import.questions import Question

_TAKEN, _GONE = "position", "gone"


def offered(line: Line, what: str, text: str, leg: Leg) -> list[Leg]:
    """Return the leg into a position that takes up what went out, once the user has taken that offer."""
    question = Question(f"offer:{what}", text, stops=False, choices=(_TAKEN, _GONE), default=_GONE)
    return [leg] if line.ask(question) == _TAKEN else []


def is_taken(line: Line, what: str) -> bool:
    """Tell whether the user has taken an offer."""
    return line.context.inquiry.given(f"offer:{what}") == _TAKEN
