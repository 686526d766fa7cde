"""Problems with the user's data, as values: a place and one sentence."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much an issue stops."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem: ``place`` names the thing (a node, position or edge id, a key), ``text`` is the sentence."""

    place: str
    text: str
    severity: Severity = Severity.ERROR
