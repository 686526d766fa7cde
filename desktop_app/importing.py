"""An import from the command line: each file read, planned and written as one step."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from desktop_app import paths, shipped
from desktop_app.csv_import.plan import Counts, Options, Outcome, Plan, read_plan, refused
from desktop_app.csv_import.verdicts import as_record
from desktop_app.domain import interchange, money
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.checks import check, rejections
from desktop_app.domain.import_undo import lost_with_import, without_import
from desktop_app.domain.own_entries import effective
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.report.inputs import file_size, first_lines, read_bytes, utf8

if TYPE_CHECKING:  # a dry run into a new portfolio, which needs no store, answers a third of a second sooner
    from desktop_app.storage.store import Store

Progress = Callable[[int], None]

_INTERCHANGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")

LARGE = 256 * 2**20
"""Bytes of a file from which on a dry run looks at its first rows only."""
_FIRST = 2**18


class Target:
    """The portfolio that is imported into; with a dry run nothing is locked, created or changed."""

    def __init__(self, path: Path, *, dry_run: bool) -> None:
        self.path = path
        self.dry_run = dry_run
        self._portfolio = Portfolio()
        self._later: Callable[[], Portfolio] | None = None
        self._store: Store | None = None
        there = os.path.exists(path)  # noqa: PTH110 - a name too long is no file, not an error
        if not there:
            _check_folder(path)
        elif dry_run:
            self._portfolio = _stores().read(path)
        else:
            self._store = _stores().open(path)
            try:
                self._portfolio = self._store.load()
            except UserError:
                self._store.close()
                raise

    @property
    def portfolio(self) -> Portfolio:
        """Return the portfolio as it is now."""
        if self._later is not None:
            self._portfolio, self._later = self._later(), None
        return self._portfolio

    def keep(self, after: Portfolio, deed: str) -> bool:
        """Make ``after`` the portfolio, with what the deed does to its limits; tell whether it is written."""
        before = self.portfolio
        written = not self.dry_run and after is not before
        if written:
            after = _judged(before, after, deed)
        if written and self._store is None:
            self._store = _stores().create(self.path, after)
        elif written and self._store is not None:
            self._store.save(before, after)
        self._portfolio = after
        return written

    def take(self, plan: Plan, catalogue: Catalogue, import_id: str, deed: str) -> bool:
        """Carry a plan out; tell whether that was written. What is many is never all there at once."""
        before, now = self.portfolio, datetime.now(UTC)
        if self.dry_run:
            self._later = lambda: plan.apply(before, catalogue, now, import_id)
            return False
        is_limited = before.limits or before.breaks  # what the import does to them takes the whole portfolio
        asked = before, catalogue, now, import_id
        found = None if is_limited else plan.stamped(*asked) or plan.moved(*asked)
        if found is not None:
            if self._store is None:
                self._store = _stores().create(self.path, *found)
            else:
                self._store.save(before, *found)
            self._later = self._store.load
            return True
        return self.keep(plan.apply(before, catalogue, now, import_id), deed)

    def __enter__(self) -> "Target":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._store is not None:
            self._store.close()


def _stores() -> "type[Store]":
    from desktop_app.storage.store import Store

    return Store


def taken_back(path: Path, import_id: str) -> tuple[Portfolio, tuple[str, ...]]:
    """Take one import out of a portfolio file; return what is left, and in sentences what else that cost.

    Raises UserError where there is no such portfolio or import, or where the portfolio is open elsewhere.
    """
    with _stores().open(path) as store:
        before = store.load()
        lost = tuple(issue.text for issue in lost_with_import(before, import_id))
        after = without_import(before, effective(shipped.catalogue(), before.entries), import_id)
        after = _judged(before, after, f"Take back import of {before.imports[import_id].file_name}")
        store.save(before, after)
    return after, lost


def _judged(before: Portfolio, after: Portfolio, deed: str) -> Portfolio:
    """Return a portfolio with the log of what a deed of today does to its limits."""
    if not after.limits and not after.breaks:
        return after
    from desktop_app.analysis.limit_log import log_edit, states_of  # only limits need it

    today = datetime.now(UTC).date()
    return log_edit(before, after, states_of(after, after.as_of or today), today, deed)


def _check_folder(path: Path) -> None:
    """Raise UserError where a new portfolio has no folder: it may be misspelled. Only our own is made."""
    if not os.path.isdir(path.parent) and path.parent != paths.data_folder():  # noqa: PTH112 - as above
        raise UserError(f"There is no folder “{path.parent}”.", "Check its name, or make it first.")


def imported(
    file: Path, target: Target, options: Options, progress: Progress | None, *, with_rows: bool = True
) -> dict[str, Any]:
    """Read one file, carry its import out where nothing stands against it, and return the record of both.

    What cannot be read or written is refused, so that the files before and after it keep their records.
    """
    before = target.portfolio
    try:
        plan, import_id, written = _carried_out(file, target, options, progress)
    except UserError as error:
        return refusal(file, str(error), dry_run=target.dry_run)
    record = as_record(plan, with_rows=with_rows)
    record["warnings"] = [*record["warnings"], *_limits_broken(before, target)]
    if not target.dry_run:
        record |= {"import_id": import_id if written else None, "written": written}
    return record


def _limits_broken(before: Portfolio, target: Target) -> list[str]:
    """Return which limits an import breaks, or breaks further, in sentences."""
    if not before.limits or (after := target.portfolio) is before:
        return []
    from desktop_app.analysis.limit_log import states_of, worsened  # only limits need it
    from desktop_app.figures.labels import Labels
    from desktop_app.report.limit_words import worse_words

    day = before.as_of or datetime.now(UTC).date()
    names = {node.id: node.name for held in (before, after) for node in held.nodes.values()}
    worse = worsened(states_of(before, day), states_of(after, day))
    return [worse_words(w, names, Labels(currency=before.currency)) for w in worse]


def refusal(file: Path, message: str, *, dry_run: bool) -> dict[str, Any]:
    """Return the record of a file of which nothing comes in."""
    record = as_record(refused(file.name, message))
    return record if dry_run else record | {"import_id": None, "written": False}


def _carried_out(
    file: Path, target: Target, options: Options, progress: Progress | None
) -> tuple[Plan, str | None, bool]:
    """Return the plan for a file, the id of the import, and whether that was written."""
    before, today, deed = target.portfolio, datetime.now(UTC).date(), f"Import of {file.name}"
    catalogue = effective(shipped.catalogue(), before.entries)
    is_part = target.dry_run and file_size(file) > LARGE
    data = first_lines(file, _FIRST) if is_part else read_bytes(file)
    if _INTERCHANGE.match(data):
        plan, after = _interchange(read_bytes(file) if is_part else data, file, target)
        return plan, None, target.keep(after, deed)
    options = replace(options, is_beginning=is_part)
    plan = read_plan(data, file.name, before, catalogue, today, options, progress)
    del data  # may be most of the memory
    if is_part:
        message = f"By its first {plan.counts.data_rows:,} rows: {plan.message}"
        plan = replace(plan, message=message, warnings=(_FIRST_ROWS, *plan.warnings))
    if is_part or plan.outcome in (Outcome.ASK, Outcome.REFUSE_FILE):
        return plan, None, False
    import_id = next(name for n in count(1) if (name := f"import-{n}") not in before.imports)
    return plan, import_id, target.take(plan, catalogue, import_id, deed)


_FIRST_ROWS = (
    "The file is very large: this dry run looked at its first rows only. The import itself reads them all "
    "and may find more to ask or to leave out."
)


def _interchange(data: bytes, file: Path, target: Target) -> tuple[Plan, Portfolio]:
    """Return the plan for an interchange file, which can only become a portfolio of its own."""
    try:
        found = interchange.loads(utf8(data, file))
    except UserError as error:
        return refused(file.name, f"“{file.name}” cannot come in. {error}"), target.portfolio
    if target.portfolio != Portfolio():
        text = f"“{file.name}” is a whole portfolio, and “{target.path.name}” is not empty: name a new one."
        return refused(file.name, text), target.portfolio
    if against := [issue.text for issue in rejections(found)]:
        plan = refused(file.name, f"“{file.name}” cannot come in. {against[0]}")
        return replace(plan, warnings=tuple(against[1:])), target.portfolio
    quantities: dict[str, list[Decimal]] = {}
    for position in found.positions.values():
        if position.quantity is not None:
            quantities.setdefault(position.asset, []).append(position.quantity)
    total = len(found.positions)
    plan = Plan(
        file_name=file.name,
        sha256=sha256(data).hexdigest(),
        outcome=Outcome.ACCEPT,
        message=f"A whole portfolio with {total} position{'' if total == 1 else 's'} comes in.",
        kind="generic_positions",
        counts=Counts(total, total),
        holdings={asset: money.total(amounts) for asset, amounts in quantities.items()},
        warnings=tuple(issue.text for issue in check(found)),
    )
    return plan, found
