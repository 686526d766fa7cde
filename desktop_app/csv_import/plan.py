"""A file's bytes to a plan: what would be added, changed, skipped, rejected, asked. Nothing is written."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from desktop_app.csv_import import encoding, header, long_columns, long_reading, matching, reader, summary
from desktop_app.csv_import.booking import Booking
from desktop_app.csv_import.cells import clean, shown, word
from desktop_app.csv_import.details import delegations, differences
from desktop_app.csv_import.entries import Book
from desktop_app.csv_import.format import Context, Reading, Table
from desktop_app.csv_import.ledger_rows import LedgerRows
from desktop_app.csv_import.long_columns import LongColumns
from desktop_app.csv_import.long_rows import LongRows, cells_of
from desktop_app.csv_import.planned import Counts, Detect, Outcome, Plan
from desktop_app.csv_import.questions import OF_THE_WHOLE, Inquiry, Question
from desktop_app.csv_import.rows import Change, Row, Verdict, unticked
from desktop_app.csv_import.sharing import sharing_warnings
from desktop_app.csv_import.stored import StoredLedger
from desktop_app.csv_import.tokens import Tokens
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.holdings import holding_of
from desktop_app.domain.imports import ImportRecord
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position

LONG = 1 << 19
"""Letters of a table from which on it is read by column."""

_ONCE = frozenset({"ledger", "rewards"})
"""Kinds of files whose records are looked at once, so that nothing has to keep them."""

__all__ = ["Counts", "Detect", "Options", "Outcome", "Plan", "read_plan", "refused"]


@dataclass(frozen=True, slots=True)
class Options:
    """What the user said of a file: its format, columns (name or number → field), answers by code, account.

    ``left_out`` are the lines of rows that were unticked, ``anyway`` those of rows that come in although they
    are stored already; so do those with the answer "import" to "stored:line", or all with it to "stored".
    ``is_beginning``: only the first rows of a file are given, and nothing is asked that its other rows may
    settle.
    """

    format: str | None = None
    column_map: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    account: str = ""
    left_out: frozenset[int] = frozenset()
    anyway: frozenset[int] = frozenset()
    is_beginning: bool = False

    def unanswered(self) -> "Options":
        """Return the options with which rows are taken or left, and nothing else is said."""
        return Options(left_out=self.left_out, anyway=self.anyway)

    def turned(self, lines: Collection[int], stored: Collection[int]) -> "Options":
        """Return the options with the ticks of some rows turned; ``stored``: the lines of what is there."""
        again = self.anyway.union(stored).intersection(lines)
        left_out = self.left_out.symmetric_difference(set(lines) - again)
        return replace(self, left_out=left_out, anyway=self.anyway ^ again)


def read_plan(
    data: bytes,
    file_name: str,
    portfolio: Portfolio,
    catalogue: Catalogue,
    today: date,
    options: Options = Options(),
    progress: Callable[[int], None] | None = None,
    long: int = LONG,
) -> Plan:
    """Return what importing a file would do to a portfolio, in time linear in the file.

    A table of positions of at least ``long`` letters is read by column where that can be done. ``today``
    bounds the dates. ``progress`` hears every few hundred rows how many are read; it may raise to
    cancel. Raises UserError for options that do not fit: an unknown format, column, field or answer.
    """
    return _Planning(file_name, portfolio, catalogue, today, options, progress, long).plan(data)


def refused(file_name: str, message: str, kind: str = "not_csv") -> Plan:
    """Return the plan of a file of which nothing comes in; ``message`` is the whole sentence."""
    return Plan(file_name, "", Outcome.REFUSE_FILE, message, kind)


class _Planning:
    """One reading of one file: holds what every step needs to know."""

    def __init__(
        self,
        file_name: str,
        portfolio: Portfolio,
        catalogue: Catalogue,
        today: date,
        options: Options,
        progress: Callable[[int], None] | None,
        long: int,
    ) -> None:
        self._file_name = file_name
        self._portfolio = portfolio
        self._catalogue = catalogue
        self._today = today
        self._options = options
        self._progress = progress
        self._long = long
        self._inquiry = Inquiry(options.answers, OF_THE_WHOLE if options.is_beginning else frozenset())
        self._anyway = _Anyway(options.anyway, self._inquiry)

    def plan(self, data: bytes) -> Plan:
        """Return the plan for the bytes of a file."""
        if problem := encoding.refusal(data):
            return self._refused(problem)
        text = encoding.decode(data, self._inquiry)
        if problem := encoding.text_refusal(text.text):
            return self._refused(problem)
        sha256 = hashlib.sha256(data).hexdigest()
        return self._of_columns(text, sha256) or self._of_records(text, sha256)

    def _of_records(self, text: encoding.Text, sha256: str) -> Plan:
        sheet = reader.read(text, self._inquiry, self._progress)
        found = self._found(sheet, self._inquiry)
        if isinstance(found, str):
            return replace(
                self._refused(found, "reference"),
                detect=Detect(sheet.encoding, sheet.delimiter),
                columns=header.columns_of(sheet, self._catalogue),
            )
        if found.fit.refusal:
            plan = self._refused(found.fit.refusal, found.fit.kind)
            return replace(plan, format=found.format_name, detect=_detected(sheet, found))
        if len(sheet.records) == found.first:
            return self._refused("has a header, but no rows under it.", found.fit.kind)
        table = self._table(sheet, found)
        return self._read(sheet, found, sha256, table, found.format.read(table))

    def _of_columns(self, text: encoding.Text, sha256: str) -> Plan | None:
        """Return the plan of a long position table in which all is new, None for any other file."""
        trial = Inquiry(self._options.answers)
        head = long_columns.head(text, self._long)
        if head is None or self._before(sha256) is not None:
            return None
        found = self._found(reader.read(head, trial), trial)
        if isinstance(found, str) or found.format.name != header.GENERIC or trial.questions():
            return None
        if trial.given("header_line") not in (None, str(found.header_line)):  # it may stand further down
            return None
        sheet = reader.read(head, self._inquiry)  # again, and this too, so that the answers count as used
        self._found(sheet, self._inquiry)
        columns = long_columns.read(text.text, sheet.delimiter, found, self._progress)
        table = replace(self._table(sheet, found), records=[])
        if columns is None or self._is_stored(found, table, columns):
            return None
        reading = long_reading.read(table, columns, self._options.left_out)
        return None if reading is None else self._read(sheet, found, sha256, table, reading)

    def _is_stored(self, found: header.Found, table: Table, columns: LongColumns) -> bool:
        """Tell whether an earlier table of this kind brought in positions of an account of this one."""
        stored = matching.accounts(self._portfolio, found.format_name or "")
        named = columns.different(table.fit.columns.get("account"))
        silent = table.context.account or table.title
        return not stored.isdisjoint((word(cell) or silent).casefold() for cell in named)

    def _found(self, sheet: reader.Sheet, inquiry: Inquiry) -> header.Found | str:
        options = self._options
        return header.find(sheet, self._catalogue, inquiry, options.format, options.column_map)

    def _refused(self, problem: str, kind: str = "not_csv") -> Plan:
        return refused(self._file_name, f"“{shown(self._file_name)}” {problem}", kind)

    def _read(
        self, sheet: reader.Sheet, found: header.Found, sha256: str, table: Table, reading: Reading
    ) -> Plan:
        plan = Plan(
            file_name=self._file_name,
            sha256=sha256,
            outcome=Outcome.ACCEPT,
            message="",
            kind=found.fit.kind,
            format=found.format_name,
            account=table.context.account or self._title(found),
            detect=_detected(sheet, found, reading),
            columns=header.with_examples(reading.columns, table.records or sheet.records[found.first :]),
        )
        plan = self._with_reading(plan, found, table, reading)
        plan = replace(
            plan,
            warnings=(
                *header.overlooked(found),
                *reading.warnings,
                *header.movement_warnings(found, table.records or sheet.records[found.first :]),
                *table.context.tokens.warnings,
                *plan.warnings,
            ),
            names=found.names,
            left={row.number: cells_of(row, plan.rows, table.records) for row in plan.rejected},
        )
        return summary.summed_up(plan, self._inquiry, self._options.left_out)

    def _with_reading(self, plan: Plan, found: header.Found, table: Table, reading: Reading) -> Plan:
        if isinstance(reading.rows, LongRows):  # they are all new: there is nothing to compare
            shared = sharing_warnings(reading.rows, self._portfolio, self._catalogue)
            return replace(plan, rows=reading.rows, warnings=tuple(shared))
        left_out, rows = self._options.left_out, reading.rows
        if self._same_file(plan.sha256) == matching.LEAVE:
            stored = [
                replace(row, verdict=Verdict.DUPLICATE, code="stored", waits=())
                for row in (unticked(row) if row.line in left_out else row for row in rows)
            ]
            return replace(plan, rows=tuple(stored))
        if isinstance(rows, LedgerRows) and reading.book is not None:
            return self._with_entries(plan, table, rows, reading.book)
        ticked = [unticked(row) if row.line in left_out else row for row in rows]
        return self._with_rows(plan, found, table, ticked)

    def _account(self, found: header.Found) -> str:
        """Return the account that the user named, "" if none; where the file has none either, mention it."""
        if self._options.account.strip():
            return self._options.account.strip()
        if "account" in found.fit.columns:
            return ""
        title = self._title(found)
        silent = "The file does not say which account or wallet it is of; it is kept as"
        whose = silent if title == found.format.title else "By its name the file is of"
        question = Question(
            "account",
            f"{whose} “{shown(title)}”.",
            stops=False,
            choices=(title,),
            default=title,
        )
        answer = self._inquiry.settle(question, lambda text: bool(text.strip()))
        return "" if answer is None or answer == title else answer.strip()

    def _title(self, found: header.Found) -> str:
        """Return the account of rows that name none: the one in the file's name, else the format's title."""
        tells = found.format.account_in
        return (tells(self._file_name) if tells else "") or found.format.title

    def _table(self, sheet: reader.Sheet, found: header.Found) -> Table:
        own = frozenset(position.asset for position in self._portfolio.positions.values())
        known_program = found.format.known_program
        tokens = Tokens(self._catalogue, self._inquiry, own, known_program=known_program)
        currency = self._portfolio.currency
        records = sheet.records[found.first :]
        table = Table(
            names=found.names,
            records=records if found.fit.kind in _ONCE else list(records),
            fit=found.fit,
            title=self._title(found),
            exchange=found.format.exchange,
            suspicious=sheet.suspicious,
            doubtful=sheet.doubtful,
            context=Context(
                today=self._today,
                currency=currency,
                inquiry=self._inquiry,
                tokens=tokens,
                account=self._account(found),
                file_name=self._file_name,
                progress=self._progress,
            ),
        )
        return table.without("secret") if "secret" in found.fit.columns else table

    def _with_rows(self, plan: Plan, found: header.Found, table: Table, rows: list[Row]) -> Plan:
        """Return the plan of a table of positions, compared with each other and with what is stored."""

        def compare(row: Row, position: Position) -> tuple[Change, ...]:
            texts = table.records[row.number - 1].cells
            said = [f for f, index in table.fit.columns.items() if clean(texts[index])]
            held = row.holding
            if held is None:
                return ()
            if row.by_name:
                return delegations(held, holding_of(self._portfolio, position))
            return differences(held, position, said, self._catalogue)

        stored = matching.Stored(self._portfolio, found.format_name or "", self._inquiry, compare)
        contents = [table.records[row.number - 1].cells for row in rows]
        rows = matching.repeated(rows, contents, self._inquiry, stored.met)
        matched = stored.match(rows)
        closing = self._closing(stored.lacking(matched))
        rows = self._with_anyway(rows, matched)
        if found.is_open:
            rows = [replace(r, verdict=Verdict.ASK, waits=("columns", *r.waits)) for r in rows]
        shared = sharing_warnings(rows, self._portfolio, self._catalogue)
        return replace(plan, rows=tuple(rows), closing=closing, warnings=tuple(shared))

    def _with_anyway(self, rows: Sequence[Row], marked: Sequence[Row]) -> list[Row]:
        """Return the marked rows; those stored already that the user wants all the same are as they were."""
        return [
            row if mark.verdict is Verdict.DUPLICATE and mark.line in self._anyway else mark
            for row, mark in zip(rows, marked, strict=True)
        ]

    def _with_entries(self, plan: Plan, table: Table, rows: LedgerRows, book: Book) -> Plan:
        """Return the plan of a ledger, whose rows are movements: folded to positions."""
        stored = StoredLedger(self._portfolio, plan.format or "", book)
        if left_out := self._options.left_out:
            places = [place for place, entry in rows.entries() if entry.line in left_out]
            rows = rows.with_rows({place: unticked(rows[place]) for place in places})
        rows = stored.marked(rows, self._anyway)
        if not book.repeated_are_real:
            rows = self._repeated(rows, table)
        booked = Booking(book, stored, self._inquiry).booked(rows)
        return replace(
            plan,
            rows=booked.rows,
            booked=booked,
            holdings=booked.holdings,
            rewards=booked.rewards,
            warnings=booked.warnings,
        )

    def _repeated(self, rows: LedgerRows, table: Table) -> LedgerRows:
        """Return the rows of a ledger; those that repeat an earlier one cell for cell are asked about."""
        found = [(place, entry.cells) for place, entry in rows.entries() if entry.cells]
        digests = Counter(digest for _, digest in found)
        places = [place for place, digest in found if digests[digest] > 1]
        before = [rows[place] for place in places]
        contents = [table.records[row.number - 1].cells for row in before]
        after = matching.repeated(before, contents, self._inquiry)
        return rows.with_rows(
            {p: new for p, old, new in zip(places, before, after, strict=True) if new is not old}
        )

    def _closing(self, gone: Sequence[Position]) -> tuple[str, ...]:
        """Return the ids of stored positions that the file lacks, if the user wants them closed."""
        if not gone:
            return ()
        named = ", ".join(shown(position.name) for position in gone[:10]) + (" …" if len(gone) > 10 else "")
        many, them = (
            ("1 stored position", "it") if len(gone) == 1 else (f"{len(gone)} stored positions", "them")
        )
        question = Question(
            "missing_positions",
            f"The file no longer holds {many}, kept unless you close {them}: {named}.",
            stops=False,
            choices=(matching.KEEP, matching.CLOSE),
            default=matching.KEEP,
        )
        answer = self._inquiry.settle(question)
        return tuple(position.id for position in gone) if answer == matching.CLOSE else ()

    def _same_file(self, sha256: str) -> str | None:
        before = self._before(sha256)
        if before is None:
            return None
        question = Question(
            "same_file",
            f"The same file was imported on {before.imported_at:%Y-%m-%d} as “{shown(before.file_name)}”. "
            "Import it again?",
            choices=(matching.LEAVE, matching.IMPORT),
            default=matching.LEAVE,
        )
        return self._inquiry.settle(question)

    def _before(self, sha256: str) -> ImportRecord | None:
        """Return the import that brought the same file in."""
        return next((i for i in self._portfolio.imports.values() if i.sha256 == sha256), None)


class _Anyway(Container[int]):
    """The lines of rows that come in although they are stored already: those ticked, those answered so."""

    def __init__(self, ticked: Container[int], inquiry: Inquiry) -> None:
        self._ticked = ticked
        self._inquiry = inquiry

    def __contains__(self, line: object) -> bool:
        answer = self._inquiry.told(f"stored:{line}", (matching.LEAVE, matching.IMPORT))
        return line in self._ticked or answer == matching.IMPORT


def _detected(sheet: reader.Sheet, found: header.Found, reading: Reading | None = None) -> Detect:
    columns = reading.columns if reading else ()
    return Detect(
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        decimal=next((c.decimal for c in columns if c.field == "quantity"), None),
        date_format=next((c.date_format for c in columns if c.date_format), None),
        header_line=found.header_line,
    )
