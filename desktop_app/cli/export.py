"""`export`: the recorded portfolio as a file for other programs."""

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop_app import paths
from desktop_app.cli.options import FileOption, day_of, labels, read
from desktop_app.cli.output import print_text
from desktop_app.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.domain.calendar_log import CalendarLog
    from desktop_app.domain.portfolio import Portfolio

    Known = tuple[Portfolio, CalendarLog, Callable[[CalendarLog], None]]

CALENDAR, DATA = ".ics", (".json", ".csv")


def export(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.json|.csv|.ics", help="The file to write.")
    ],
    portfolio: FileOption = None,
    hide: Annotated[
        bool, typer.Option("--anonymous", help="Other amounts and names, the same structure and shares.")
    ] = False,
    hide_amounts: Annotated[
        bool, typer.Option("--hide-amounts", help="Write no amounts into the calendar.")
    ] = False,
) -> None:
    """Write the portfolio as interchange JSON or as a table of positions, or its dates as a calendar.

    JSON and table can be imported again; a calendar exported later puts the entries of an earlier one right
    and calls off what is gone: what it told is kept with the portfolio.
    """
    kind = output.suffix.lower()
    if kind not in {CALENDAR, *DATA}:
        raise typer.BadParameter(f"“{output}” ends with none of .json, .csv and .ics.", param_hint="--output")
    if hide_amounts and kind != CALENDAR:
        said = "JSON and CSV hold every digit; --anonymous writes other amounts."
        raise typer.BadParameter(said, param_hint="--hide-amounts")
    if kind == CALENDAR:
        told = _write_calendar(portfolio or paths.default_portfolio(), output, hide_amounts, hide)
    else:
        from desktop_app.report.export import export as write

        told = write(read(portfolio, None), output, hide=hide)
    print_text("\n".join(told) + "\n")


def _write_calendar(path: Path, output: Path, hide_amounts: bool, hide: bool) -> tuple[str, ...]:
    """Write the calendar and keep what it tells with the portfolio, unless that cannot be written."""
    from dataclasses import replace

    from desktop_app.report.export import export_calendar

    with ExitStack() as stack:
        found, log, keep = _read_only(path) if hide else _held(path, stack)
        spoken = replace(labels(found), hide_amounts=hide_amounts)
        return export_calendar(found, output, day_of(None, found), spoken, log, keep, hide=hide)


def _held(path: Path, stack: ExitStack) -> "Known":
    """Return what is known while nobody else changes the file, and what keeps a calendar in it."""
    from desktop_app.storage.store import Store

    try:
        store = stack.enter_context(Store.open(path))
        log = store.calendar()
        return store.load(), log, partial(store.keep_calendar, log)
    except UserError as error:
        return _read_only(path, error)


def _read_only(path: Path, error: UserError | None = None) -> "Known":
    """Return what is known of a file in which nothing can be kept because of ``error``, or is to be."""
    from desktop_app.storage.store import Store

    def keep(_: "CalendarLog") -> None:
        if error is not None:
            raise error

    return Store.read(path), Store.read_calendar(path), keep
