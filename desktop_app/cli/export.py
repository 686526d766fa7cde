"""`export`: the recorded portfolio as a file for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from desktop_app.cli.options import FileOption, read
from desktop_app.cli.output import print_text
from desktop_app.errors import UserError


def export(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.json|.csv", help="The file to write.")
    ],
    portfolio: FileOption = None,
    hide: Annotated[
        bool, typer.Option("--anonymous", help="Other amounts and names, the same structure and shares.")
    ] = False,
) -> None:
    """Write the portfolio as interchange JSON or as a table of positions; both can be imported again."""
    kind = output.suffix.lower()
    if kind == ".ics":
        raise UserError(
            "Dates cannot be exported as a calendar yet.", "“stakeout show withdrawals” lists them."
        )
    if kind not in {".json", ".csv"}:
        raise typer.BadParameter(f"“{output}” ends with neither .json nor .csv.", param_hint="--output")
    found = read(portfolio, None)
    from desktop_app.report.export import export as write

    print_text("\n".join(write(found, output, hide=hide)) + "\n")
