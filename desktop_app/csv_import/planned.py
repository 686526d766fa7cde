"""The plan of an import as a value: verdicts, questions and totals; applied, it makes one new portfolio."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from desktop_app.csv_import import keys, matching, stamping
from desktop_app.csv_import.booking import Booked
from desktop_app.csv_import.details import new_notes, without_rate
from desktop_app.csv_import.format import ColumnUse
from desktop_app.csv_import.long_rows import LongRows
from desktop_app.csv_import.posting import posted
from desktop_app.csv_import.questions import Question
from desktop_app.csv_import.rows import ACCEPTED, SKIPPED, Row, Verdict
from desktop_app.csv_import.sparse_rows import SparseRows, noted
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.drafts import Draft
from desktop_app.domain.import_undo import replaced
from desktop_app.domain.imports import ImportRecord, Movement, Replaced
from desktop_app.domain.ledgers import adjusted
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position, Status
from desktop_app.domain.stacks import add_holding, holding_of
from desktop_app.domain.stamped import Stamped
from desktop_app.errors import UserError


class Outcome(StrEnum):
    """What becomes of the file as a whole; with ``ask`` and ``refuse_file`` nothing can be applied."""

    ACCEPT = "accept"
    ACCEPT_PARTLY = "accept_partly"
    ASK = "ask"
    REFUSE_FILE = "refuse_file"


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of data rows by verdict; ``duplicate`` counts those of the skipped that are stored already."""

    data_rows: int = 0
    accepted: int = 0
    rejected: int = 0
    skipped: int = 0
    asked: int = 0
    duplicate: int = 0


@dataclass(frozen=True, slots=True)
class Detect:
    """How the file is written, as far as it was found out; ``header_line`` is a physical line, from 1."""

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    date_format: str | None = None
    header_line: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen to a portfolio, and what the file still leaves in doubt. ``message`` sums it up.

    ``format`` is None for a file that no format knows; rows without an account of their own come under
    ``account``. ``holdings`` are totals per asset over the accepted rows; with questions, what their defaults
    would give. ``closing`` are the stored positions that the file lacks and the user wants closed. ``booked``
    is what a ledger leads to. ``names`` is the header as written, ``left`` has the cells of the rejected
    rows by their number, ``unused`` the codes of answers to which there was no question.
    """

    file_name: str
    sha256: str
    outcome: Outcome
    message: str
    kind: str
    format: str | None = None
    account: str = ""
    detect: Detect = Detect()
    columns: tuple[ColumnUse, ...] = ()
    rows: Sequence[Row] = ()
    counts: Counts = Counts()
    questions: tuple[Question, ...] = ()
    warnings: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    holdings: Mapping[str, Decimal] = field(default_factory=dict)
    rewards: Mapping[str, Decimal] = field(default_factory=dict)
    booked: Booked | None = None
    names: tuple[str, ...] = ()
    left: Mapping[int, Sequence[str]] = field(default_factory=dict)

    @property
    def rejected(self) -> tuple[Row, ...]:
        """Return the rows that should come in and cannot."""
        return self._records({Verdict.REJECT})

    @property
    def skipped(self) -> tuple[Row, ...]:
        """Return the rows that hold nothing to take in, or nothing new."""
        return self._records(SKIPPED)

    def _records(self, verdicts: Collection[Verdict]) -> tuple[Row, ...]:
        found = by_record(noted(self.rows))
        return tuple(row for row in noted(self.rows) if not row.part and found[row.number] in verdicts)

    @property
    def changes(self) -> bool:
        """Tell whether applying the plan adds, changes or closes a position.

        A ledger may do so without a row that moves anything, by the balance that stands in it.
        """
        if self.closing or any(row.verdict in (Verdict.ADD, Verdict.UPDATE) for row in self.rows):
            return True
        results = self.booked.results if self.booked else ()
        return any(result.before is None or result.after != result.before for result in results)

    def apply(
        self, portfolio: Portfolio, catalogue: Catalogue, imported_at: datetime, import_id: str
    ) -> Portfolio:
        """Return the portfolio with this import; ``imported_at`` is UTC, ``import_id`` new in the portfolio.

        Where there is nothing to add or change, the same portfolio comes back, without a record.
        Raises UserError if a question is open, the file was refused, or a position to be changed is gone.
        """
        moved = self.moved(portfolio, catalogue, imported_at, import_id)
        if moved is not None:
            return moved[0].with_movements(*moved[1])
        if not self.changes:
            return portfolio
        updates = [row for row in noted(self.rows) if row.verdict is Verdict.UPDATE]
        after = self._with_rows(portfolio, catalogue, import_id, updates)
        there = [*(row.position for row in updates if row.position), *self.closing]
        return after.with_imports(self._record(imported_at, import_id, replaced(portfolio, after, there)))

    def stamped(
        self, portfolio: Portfolio, catalogue: Catalogue, imported_at: datetime, import_id: str
    ) -> tuple[Portfolio, Stamped] | None:
        """Return what ``apply`` returns, but the new positions by column; None where ``apply`` has to do it.

        Raises UserError as ``apply`` does.
        """
        self._must_be_ready()
        if not isinstance(self.rows, LongRows) or not self.changes:
            return None
        found = stamping.stamped(self.rows, portfolio, catalogue, import_id)
        if found is None:
            return None
        return found[0].with_imports(self._record(imported_at, import_id, ())), found[1]

    def moved(
        self, portfolio: Portfolio, catalogue: Catalogue, imported_at: datetime, import_id: str
    ) -> tuple[Portfolio, Iterator[Movement]] | None:
        """Return what ``apply`` returns, but the new movements one after the other; None for no ledger.

        Raises UserError as ``apply`` does.
        """
        self._must_be_ready()
        if self.booked is None or not self.changes:
            return None
        after, movements = posted(portfolio, catalogue, self.booked, import_id)
        there = [result.before.id for result in self.booked.results if result.before is not None]
        record = self._record(imported_at, import_id, replaced(portfolio, after, there))
        return after.with_imports(record), movements

    def _must_be_ready(self) -> None:
        if self.outcome in (Outcome.ASK, Outcome.REFUSE_FILE):
            raise UserError(self.message)

    def _with_rows(
        self, portfolio: Portfolio, catalogue: Catalogue, import_id: str, updates: Sequence[Row]
    ) -> Portfolio:
        """Return the portfolio with the positions of a table or a snapshot, new and changed."""
        changed = [_updated(portfolio, row) for row in updates]
        changed.extend(replace(_stored(portfolio, i), status=Status.CLOSED) for i in self.closing)
        draft = Draft(portfolio, catalogue)
        for row in self.rows:
            if row.verdict is Verdict.ADD and row.holding is not None:
                draft.add(row.holding, import_id=import_id, import_key=keys.text(matching.key_of(row)))
        after = draft.finished().with_positions(*changed)
        for row in updates:
            after = _restacked(after, catalogue, row)
        return after

    def _record(self, imported_at: datetime, import_id: str, changed: tuple[Replaced, ...]) -> ImportRecord:
        return ImportRecord(
            id=import_id,
            file_name=self.file_name,
            sha256=self.sha256,
            imported_at=imported_at,
            format=self.format or "",
            kind=self.kind,
            account=self.account,
            data_rows=self.counts.data_rows,
            accepted=self.counts.accepted,
            rejected=self.counts.rejected,
            skipped=self.counts.skipped,
            replaced=changed,
        )


_WEIGHT = {
    verdict: weight
    for weight, verdict in enumerate(
        (
            *(Verdict.SKIP, Verdict.DUPLICATE, Verdict.ACCEPT, Verdict.ADD, Verdict.UPDATE),
            *(Verdict.ASK, Verdict.REJECT),
        )
    )
}


def by_record(rows: Iterable[Row]) -> dict[int, Verdict]:
    """Return the verdict on each data row by its number: of several parts the one that weighs most."""
    result: dict[int, Verdict] = {}
    for row in rows:
        before = result.get(row.number)
        if before is None or _WEIGHT[row.verdict] > _WEIGHT[before]:
            result[row.number] = row.verdict
    return result


def counted(rows: Sequence[Row]) -> Counts:
    """Return the numbers of data rows by verdict."""
    found = Counter(by_record(noted(rows)).values())
    if isinstance(rows, SparseRows):
        found[Verdict.ADD] += rows.plain_count()
    return Counts(
        data_rows=found.total(),
        accepted=sum(found[v] for v in ACCEPTED),
        rejected=found[Verdict.REJECT],
        skipped=sum(found[v] for v in SKIPPED),
        asked=found[Verdict.ASK],
        duplicate=found[Verdict.DUPLICATE],
    )


def _updated(portfolio: Portfolio, row: Row) -> Position:
    """Return a stored position with the row's quantity, price and day; all else that the user entered stays.

    Where the file gives no price for a changed quantity, a total value typed before does not fit any more.
    """
    position, held = _stored(portfolio, row.position), row.holding
    if held is None:
        return position
    if held.unit_price is not None:
        price: Decimal | None = held.unit_price
        day = held.priced_on
    else:
        price, day = position.unit_price, position.priced_on
    total = position.total_value if held.quantity == position.quantity and held.unit_price is None else None
    fields = {change.field for change in row.changes}
    return replace(
        adjusted(position, replace(position, quantity=held.quantity)),
        unit_price=price,
        total_value=total,
        value=None,
        priced_on=day,
        status=Status(held.status) if "status" in fields else position.status,
        notes=new_notes(held, position) if "notes" in fields else position.notes,
    )


def _restacked(portfolio: Portfolio, catalogue: Catalogue, row: Row) -> Portfolio:
    """Return the portfolio with the row's layer, operators and reward rate under its position, if changed."""
    fields, held = {change.field for change in row.changes}, row.holding
    fields &= {"layer", "reward_apr", "delegation"}
    if not fields or held is None:
        return portfolio
    position = _stored(portfolio, row.position)
    new = holding_of(portfolio, position)
    if "layer" in fields:
        new = replace(new, layer=held.layer, protocol=held.protocol or new.protocol)
    if "delegation" in fields:
        new = replace(new, layer=held.layer, operators=held.operators)
    if "reward_apr" in fields:
        new = replace(new, reward_rate=held.reward_rate, notes=without_rate(new.notes))
    return add_holding(portfolio, catalogue, new, position.id)


def _stored(portfolio: Portfolio, ident: str | None) -> Position:
    position = portfolio.positions.get(ident or "")
    if position is None:
        raise UserError("The portfolio has changed since this file was read.", "Read the file again.")
    return position
