"""A file's bytes to a plan: what would be added, changed, skipped, rejected or asked. Nothing is written here."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from desktop_app.csv_import import cells, encoding, formats, header, mapping, matching, reader
from desktop_app.csv_import.format import Context, Fit, Format, Reading, Table
from desktop_app.csv_import.planned import Counts, Detect, Outcome, Plan, counted
from desktop_app.csv_import.questions import Inquiry, Question
from desktop_app.csv_import.rows import ACCEPTED, Row, Verdict
from desktop_app.csv_import.tokens import Tokens
from desktop_app.domain import money
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.stacks import resolve

__all__ = ["Counts", "Detect", "Options", "Outcome", "Plan", "read_plan", "refused"]

GENERIC = "generic"
_NO_HASH = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user said about a file: its format, columns (name or number → field), answers by code, account.

    ``left_out`` are the lines of rows that were unticked.
    """

    format: str | None = None
    column_map: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    account: str = ""
    left_out: frozenset[int] = frozenset()


def read_plan(
    data: bytes,
    file_name: str,
    portfolio: Portfolio,
    catalogue: Catalogue,
    today: date,
    options: Options = Options(),  # noqa: B008 - an immutable value
    progress: Callable[[int], None] | None = None,
) -> Plan:
    """Return what importing a file would do to a portfolio, in time linear in the file.

    ``today`` bounds the dates. ``progress`` hears every few hundred rows how many are read, and may raise to cancel.
    Raises UserError for options that do not fit: an unknown format, column, field or answer.
    """
    reading = _Planning(file_name, portfolio, catalogue, today, options, progress)
    if problem := encoding.refusal(data):
        return refused(file_name, f"“{cells.shown(file_name)}” {problem}")
    return reading.plan(data)


def refused(file_name: str, message: str, kind: str = "not_csv") -> Plan:
    """Return the plan of a file of which nothing comes in; ``message`` is the whole sentence."""
    return Plan(file_name, _NO_HASH, Outcome.REFUSE_FILE, message, kind)


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the data rows begin and what their columns mean."""

    format: Format
    fit: Fit
    names: tuple[str, ...]
    first: int
    header_line: int | None
    known: bool
    open_columns: bool = False


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
    ) -> None:
        self._file_name = file_name
        self._portfolio = portfolio
        self._catalogue = catalogue
        self._today = today
        self._options = options
        self._progress = progress
        self._inquiry = Inquiry(options.answers)

    def plan(self, data: bytes) -> Plan:
        """Return the plan for bytes that may be text."""
        text = encoding.decode(data, self._inquiry)
        if problem := encoding.text_refusal(text.text):
            return self._refused(problem)
        sheet = reader.read(text, self._inquiry)
        found = self._find(sheet)
        if isinstance(found, Plan):
            return found
        records = sheet.records[found.first :]
        if not records:
            return self._refused("has a header but no rows under it.", found.fit.kind)
        if found.fit.refusal:
            plan = self._refused(found.fit.refusal, found.fit.kind)
            return replace(plan, format=found.format.name, detect=_detect(sheet, found, None))
        account = self._account(found)
        table = self._table(sheet, found, records, account)
        reading = found.format.read(table)
        sha256 = hashlib.sha256(data).hexdigest()
        rows, warnings = self._against_stored(found, reading, records, sha256)
        return self._summed_up(
            Plan(
                file_name=self._file_name,
                sha256=sha256,
                outcome=Outcome.ACCEPT,
                message="",
                kind=found.fit.kind,
                format=found.format.name if found.known else None,
                account=account or found.format.title,
                detect=_detect(sheet, found, reading),
                columns=reading.columns,
                rows=tuple(rows),
                warnings=(*reading.warnings, *warnings),
            )
        )

    def _refused(self, problem: str, kind: str = "not_csv") -> Plan:
        return refused(self._file_name, f"“{cells.shown(self._file_name)}” {problem}", kind)

    # -- what the columns mean --------------------------------------------------------------------------

    def _find(self, sheet: reader.Sheet) -> _Found | Plan:
        if not sheet.records:
            return self._refused(encoding.EMPTY)
        if not self._options.column_map:
            known = header.find(sheet.records, self._options.format)
            if known is not None:
                line = sheet.records[known.index].line
                return _Found(known.format, known.fit, known.names, known.index + 1, line, known=True)
            if self._options.format not in (None, GENERIC):
                title = formats.known()[self._options.format or ""].title
                return self._refused(f"does not have the columns of {title}.", "reference")
        return self._mapped(sheet)

    def _mapped(self, sheet: reader.Sheet) -> _Found | Plan:
        guessed = mapping.guess(sheet.records, lambda text: resolve(self._catalogue, text) is not None)
        if self._options.column_map:
            guessed = mapping.mapped(guessed, self._options.column_map)
        if missing := guessed.missing():
            return self._refused(_what_is_missing(guessed, missing), "reference")
        generic = formats.known()[GENERIC]
        line = None if guessed.header is None else sheet.records[guessed.header].line
        fit = Fit("generic_positions", guessed.columns, len(guessed.columns))
        first = 0 if guessed.header is None else guessed.header + 1
        is_open = not self._options.column_map and self._ask_columns(guessed, line) is None
        forced = self._options.format == GENERIC
        return _Found(generic, fit, guessed.names, first, line, known=forced, open_columns=is_open)

    def _ask_columns(self, guessed: mapping.Guess, line: int | None) -> str | None:
        parts = [f"“{cells.shown(guessed.names[index])}” is {name}" for name, index in guessed.columns.items()]
        twice = f" The name “{cells.shown(guessed.doubled[0])}” stands twice." if guessed.doubled else ""
        question = Question(
            "columns",
            f"No known format has these columns. A guess: {', '.join(parts)}.{twice} Is that right?",
            lines=() if line is None else (line,),
            choices=("guess",),
            default="guess",
        )
        return self._inquiry.settle(question)

    # -- reading and comparing --------------------------------------------------------------------------

    def _account(self, found: _Found) -> str:
        """Return the account that the user named; "" if none, and then a question without urgency where none is given."""
        if self._options.account.strip():
            return self._options.account.strip()
        if "account" in found.fit.columns:
            return ""
        title = found.format.title
        question = Question(
            "account",
            f"The file does not say which account or wallet it is of; it is kept as “{title}”.",
            stops=False,
            choices=(title,),
            default=title,
        )
        answer = self._inquiry.settle(question, lambda text: bool(text.strip()))
        return "" if answer in (None, title) else answer.strip()

    def _table(
        self, sheet: reader.Sheet, found: _Found, records: Sequence[reader.Record], account: str
    ) -> Table:
        own = frozenset(position.asset for position in self._portfolio.positions.values())
        known_program = found.format.known_program
        tokens = Tokens(self._catalogue, self._inquiry, own, known_program=known_program)
        currency = self._portfolio.currency
        context = Context(self._today, currency, self._inquiry, tokens, account, self._progress)
        title = found.format.title
        return Table(found.names, records, found.fit, title, sheet.suspicious, sheet.doubtful, context)

    def _against_stored(
        self, found: _Found, reading: Reading, records: Sequence[reader.Record], sha256: str
    ) -> tuple[list[Row], list[str]]:
        """Return the rows after comparing them with each other, with what is stored, and with the user's ticks."""
        rows = reading.rows
        left_out = self._options.left_out
        if left_out:
            rows = [_unticked(row) if row.line in left_out and row.holding else row for row in rows]
        if self._same_file(sha256) == matching.LEAVE:
            return [replace(r, verdict=Verdict.DUPLICATE, code="stored", waits=()) for r in rows], []
        rows = matching.repeated(rows, [record.cells for record in records], self._inquiry)
        stored = matching.Stored(self._portfolio, found.format.name if found.known else "", self._inquiry)
        rows = stored.match(rows)
        if found.open_columns:
            rows = [replace(r, verdict=Verdict.ASK, waits=("columns", *r.waits)) for r in rows]
        gone = [p.name for p in stored.lacking(rows)]
        if not gone:
            return rows, []
        named = ", ".join(cells.shown(name) for name in gone[:10]) + (" …" if len(gone) > 10 else "")
        return rows, [f"The file no longer holds {len(gone)} stored positions; they are kept: {named}."]

    def _same_file(self, sha256: str) -> str | None:
        before = next((i for i in self._portfolio.imports.values() if i.sha256 == sha256), None)
        if before is None:
            return None
        question = Question(
            "same_file",
            f"The same file was imported on {before.imported_at:%Y-%m-%d} as “{cells.shown(before.file_name)}”. "
            "Import it again?",
            choices=(matching.LEAVE, "import"),
            default=matching.LEAVE,
        )
        return self._inquiry.settle(question)

    # -- the outcome ------------------------------------------------------------------------------------

    def _summed_up(self, plan: Plan) -> Plan:
        questions = self._inquiry.questions()
        counts = counted(plan.rows)
        stopped = any(question.stops for question in questions)
        if stopped:
            outcome = Outcome.ASK
        elif not counts.accepted and not counts.duplicate and not self._unticked_all(plan):
            outcome = Outcome.REFUSE_FILE
        else:
            outcome = Outcome.ACCEPT if counts.accepted == counts.data_rows else Outcome.ACCEPT_PARTLY
        unused = [f"Nothing was asked about “{cells.shown(code)}”." for code in self._inquiry.unused()]
        stopping = sum(question.stops for question in questions)
        return replace(
            plan,
            outcome=outcome,
            message=_message(outcome, counts, stopping, cells.shown(plan.file_name)),
            counts=counts,
            questions=questions,
            warnings=(*plan.warnings, *unused),
            holdings=self._totals(plan.rows),
        )

    def _unticked_all(self, plan: Plan) -> bool:
        return any(row.code in ("left_out", "kept", "repeated") for row in plan.rows)

    def _totals(self, rows: Sequence[Row]) -> dict[str, Decimal]:
        """Return totals under the file's own symbols; several spellings of one token come under the token's."""
        sums: dict[str, Decimal] = {}
        spellings: dict[str, str] = {}
        for row in rows:
            if row.quantity is None or not self._comes_in(row):
                continue
            symbol = row.symbol
            written = spellings.setdefault(symbol, row.asset)
            if written != row.asset:
                spellings[symbol] = symbol
            sums[symbol] = money.EXACT.add(sums.get(symbol, Decimal(0)), row.quantity)
        return {_key(spellings[symbol], symbol): amount for symbol, amount in sums.items()}

    def _comes_in(self, row: Row) -> bool:
        if row.verdict is not Verdict.ASK:
            return row.verdict in ACCEPTED
        defaults = [self._inquiry.default(code) for code in row.waits]
        return None not in defaults and matching.LEAVE not in defaults


def _key(written: str, symbol: str) -> str:
    """Return the file's spelling where it is a symbol, the token's symbol where it is another name or an address."""
    return written if written.casefold() == symbol.casefold() else symbol


def _unticked(row: Row) -> Row:
    return replace(row, verdict=Verdict.SKIP, code="left_out", waits=())


def _detect(sheet: reader.Sheet, found: _Found, reading: Reading | None) -> Detect:
    columns = reading.columns if reading else ()
    decimal = next((c.decimal for c in columns if c.field == "quantity"), None)
    date_format = next((c.date_format for c in columns if c.date_format), None)
    return Detect(sheet.encoding, sheet.delimiter, decimal, date_format, found.header_line)


def _what_is_missing(guessed: mapping.Guess, missing: Sequence[str]) -> str:
    fields = " and no column ".join({"asset": "could name an asset", "quantity": "could hold a quantity"}[m] for m in missing)
    given = ", ".join(f"“{cells.shown(name, 30)}”" for name in guessed.names[:12])
    return f"cannot be read as holdings: no column {fields}; its columns are {given}."


def _message(outcome: Outcome, counts: Counts, stopping: int, name: str) -> str:
    if outcome is Outcome.ASK:
        return f"“{name}” leaves {stopping} question{'s' if stopping > 1 else ''} open; nothing comes in before."
    if outcome is Outcome.REFUSE_FILE:
        return f"“{name}” has {counts.data_rows} rows, but none of them is a holding that can come in."
    if outcome is Outcome.ACCEPT:
        return f"All {counts.data_rows} rows of “{name}” come in."
    left = f"{counts.rejected} rejected, {counts.skipped} skipped"
    stored = f" ({counts.duplicate} of them stored already)" if counts.duplicate else ""
    return f"{counts.accepted} of {counts.data_rows} rows of “{name}” come in; {left}{stored}."
