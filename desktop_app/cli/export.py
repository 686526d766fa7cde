"""`export`: the recorded portfolio as a file for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from desktop_app.cli.options import FileOption, day_of, labels, read
from desktop_app.cli.output import print_text

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

    JSON and table can be imported again; a calendar exported later puts the entries of an earlier one right.
    """
    kind = output.suffix.lower()
    if kind not in {CALENDAR, *DATA}:
        raise typer.BadParameter(f"“{output}” ends with none of .json, .csv and .ics.", param_hint="--output")
    if hide_amounts and kind != CALENDAR:
        said = "JSON and CSV hold every digit; --anonymous writes other amounts."
        raise typer.BadParameter(said, param_hint="--hide-amounts")
    found = read(portfolio, None)
    from desktop_app.report import export as written

    if kind == CALENDAR:
        from dataclasses import replace

        spoken = replace(labels(found), hide_amounts=hide_amounts)
        told = written.export_calendar(found, output, day_of(None, found), spoken, hide=hide)
    else:
        told = written.export(found, output, hide=hide)
    print_text("\n".join(told) + "\n")
