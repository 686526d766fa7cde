"""What calendar files have told: kept with a portfolio but no part of it, as undo takes no file back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import uuid4


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as the newest file has it: of a whole ``day``, or of the moment ``at`` on it (both UTC).

    ``digest`` of all that it says; ``sequence`` and ``changed`` (UTC) rise when that becomes another.
    ``is_off``: it has been called off.
    """

    uid: str
    title: str
    day: date
    at: datetime | None
    digest: str
    sequence: int
    changed: datetime
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class CalendarLog:
    """The entries told so far, by uid. ``identity`` is the portfolio's own, of its file and of all copies."""

    identity: str = field(default_factory=lambda: str(uuid4()))
    told: Mapping[str, Told] = field(default_factory=dict)
