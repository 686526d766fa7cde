"""`import` and `imports`: files into a portfolio, and what came in so far."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desktop_app import paths
from desktop_app.cli.options import FileOption, JsonOption, labels, pairs, read
from desktop_app.cli.output import DONE, QUESTIONS_OPEN, TO_DO, print_json, print_text, to_terminal
from desktop_app.errors import UserError

if TYPE_CHECKING:
    from desktop_app.importing import Target


def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="CSV files, or an interchange file.")],
    portfolio: FileOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would come in.")] = False,
    as_json: JsonOption = False,
    format_: Annotated[str | None, typer.Option("--format", metavar="NAME", help="What the file is.")] = None,
    map_: Annotated[
        list[str], typer.Option("--map", metavar="COLUMN=FIELD", help="What a column holds (repeatable).")
    ] = [],  # noqa: B006 - typer copies it
    answer: Annotated[
        list[str],
        typer.Option(
            "--answer",
            metavar="CODE=VALUE",
            help="The answer to a question (repeatable); stored:LINE=import adds a row stored already.",
        ),
    ] = [],  # noqa: B006
    account: Annotated[str, typer.Option(metavar="NAME", help="The account or wallet the file is of.")] = "",
) -> None:
    """Import positions into a portfolio, which the first import creates."""
    from desktop_app.csv_import.plan import Options
    from desktop_app.importing import Target, imported, refusal

    options = Options(format_, pairs(map_, "--map"), pairs(answer, "--answer"), account)
    records, progress = [], _progress()
    try:
        with Target(portfolio or paths.default_portfolio(), dry_run=dry_run) as target:
            for file in files:
                record = imported(file, target, options, progress, with_rows=as_json)
                records.append(record)
                if progress:
                    to_terminal("")
                if not as_json:
                    _tell(record, target)
    except UserError as error:  # of the portfolio: no file can come in
        if not as_json or records:
            raise
        records = [refusal(file, str(error), dry_run=dry_run) for file in files]
    if as_json:
        print_json(
            json.dumps(records if len(records) > 1 else records[0], ensure_ascii=False, indent=1) + "\n"
        )
    outcomes = {record["outcome"] for record in records}
    raise typer.Exit(TO_DO if "refuse_file" in outcomes else QUESTIONS_OPEN if "ask" in outcomes else DONE)


def list_imports(
    portfolio: FileOption = None,
    undo: Annotated[
        str | None, typer.Option(metavar="ID", help="Take an import back; what else was entered stays.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List what has been imported into a portfolio, or take one import back."""
    if undo is None:
        found, lost = read(portfolio, None), tuple[str, ...]()
    else:
        from desktop_app.importing import taken_back

        found, lost = taken_back(portfolio or paths.default_portfolio(), undo)
    from desktop_app.report.import_list import import_json, import_sections, undone_text

    if as_json:
        print_json(import_json(found, undo, lost))
        return
    from desktop_app.report.text import to_text

    said = "" if undo is None else undone_text(undo, lost)
    print_text(said + to_text(import_sections(found, labels(found))))


def _progress() -> Callable[[int], None] | None:
    if not sys.stderr.isatty():
        return None
    return lambda rows: to_terminal(f"{rows:,} rows read")


def _tell(record: Mapping[str, Any], target: "Target") -> None:
    from desktop_app.report.imported import import_text

    text = import_text(record, target.path.name)
    if record["outcome"] == "refuse_file":
        sys.stderr.write(text)
    else:
        print_text(text)
