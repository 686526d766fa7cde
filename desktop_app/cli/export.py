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
    from desktop_app.domain.calendar_log import CalendarLog

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
    from desktop_app.storage.store import Store

    with ExitStack() as stack:
        try:
            store = stack.enter_context(Store.open(path))
            found, log = store.load(), store.calendar()
            keep = partial(store.keep_calendar, log)
        except UserError as error:
            found, log = Store.read(path), Store.read_calendar(path)
            keep = partial(_refuse, error)
        spoken = replace(labels(found), hide_amounts=hide_amounts)
        return export_calendar(found, output, day_of(None, found), spoken, log, keep, hide=hide)


def _refuse(error: UserError, _: "CalendarLog") -> None:
    raise error
