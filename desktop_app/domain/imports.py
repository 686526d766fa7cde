"""What has been imported: each file, and for ledgers each movement that was read from it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Replaced:
    """A field of a stored position that an import changed, as text before and after; "" is nothing.

    Both are the same where a file brought the position and the user has typed something else over it since.
    """

    position: str
    field: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One applied import. ``sha256`` is of the file's bytes, ``imported_at`` UTC, counts as in the plan.

    ``replaced`` is what it changed in positions that were there before.
    """

    id: str
    file_name: str
    sha256: str
    imported_at: datetime
    format: str
    kind: str
    account: str
    data_rows: int
    accepted: int
    rejected: int
    skipped: int
    replaced: tuple[Replaced, ...] = ()


class Movement(NamedTuple):
    """One line of a ledger: ``amount`` of ``asset`` in or out of a place; ``identity`` is the file's own.

    ``cells``: a digest of the row's content, for rows without an identity. ``position``: the id of the
    position that it was folded into. ``line`` 0: what was there before the file; ``told`` is then the balance
    that the file's own gives before its first row there.
    """

    id: str
    import_id: str
    account: str
    place: str
    asset: str
    amount: Decimal
    moved_at: datetime
    identity: str
    line: int
    reward: bool = False
    cells: str = ""
    position: str = ""
    told: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """The price of one unit of an asset on a day, in a currency, and who gave it."""

    asset: str
    on: date
    currency: str
    price: Decimal
    source: str
