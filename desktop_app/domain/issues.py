"""Problems with the user's data, as values: a place and one sentence."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much an issue stops."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem: ``place`` is the id of the node, position or edge, ``text`` the sentence."""

    place: str
    text: str
    severity: Severity = Severity.ERROR
