"""The command line: the same questions as the pages, without a display. Heavy libraries load where used."""

import gc
import io
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desktop_app import __version__, paths
from desktop_app.errors import UserError
from desktop_app.report.terminal import printable

if TYPE_CHECKING:
    from desktop_app.domain.portfolio import Portfolio
    from desktop_app.figures.labels import Labels
    from desktop_app.importing import Target

DONE, TO_DO, QUESTIONS_OPEN = 0, 1, 3
"""Exit statuses; 2, wrong usage, is typer's."""

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="What a stake stands on, when it can be out, whether the extra reward is worth it.",
)


class Question(StrEnum):
    """What can be asked (``report.answers.QUESTIONS``)."""

    ALL = "all"
    OVERVIEW = "overview"
    POSITIONS = "positions"
    EXPOSURE = "exposure"
    CONCENTRATION = "concentration"
    DEPENDENCIES = "dependencies"
    WITHDRAWALS = "withdrawals"
    STRESS = "stress"
    REWARDS = "rewards"
    LIMITS = "limits"


class Paper(StrEnum):
    """Sizes of paper."""

    A4 = "a4"
    LETTER = "letter"


def run_command(arguments: Sequence[str]) -> int:
    """Run one command and return the exit status."""
    gc.disable()  # a command is over before cycles matter; a large import is a fifth faster
    try:
        app(args=list(arguments), prog_name="stakeout")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else TO_DO
    except UserError as error:
        _complain(str(error))
        return TO_DO
    finally:
        gc.enable()
    return DONE


# -- options that several commands have --------------------------------------------------------------------


def _pairs(values: Sequence[str], option: str) -> dict[str, str]:
    """Return NAME=VALUE options as a mapping. A name may hold "=", a value not."""
    if wrong := next((value for value in values if "=" not in value), None):
        raise typer.BadParameter(f"“{wrong}” has no “=”.", param_hint=option)
    return {name: value for name, _, value in (text.rpartition("=") for text in values)}


FileOption = Annotated[
    Path | None,
    typer.Option("--portfolio", "-p", metavar="PORTFOLIO", help="A portfolio file; else the user's own."),
]
FromOption = Annotated[
    Path | None,
    typer.Option("--from", metavar="FILE.json", help="Read an interchange file instead of a portfolio."),
]
DayOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day the answers are for; else the file's own, else today."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def _version(wanted: bool) -> None:
    if wanted:
        _print(f"stakeout {__version__}\n")
        raise typer.Exit


@app.callback()
def _stakeout(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


# -- show and report ---------------------------------------------------------------------------------------


@app.command()
def show(
    question: Question,
    portfolio: FileOption = None,
    source: FromOption = None,
    as_of: DayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question about a portfolio."""
    found = _read(portfolio, source)
    from desktop_app.report.answers import Asked, to_json

    asked = Asked(found, question, _day(as_of, found))
    if as_json:
        _print_json(to_json(asked.answer()))
        return
    from desktop_app.report.shown import shown
    from desktop_app.report.text import to_text

    _print(to_text(shown(asked, _labels(found))))


@app.command()
def report(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.pdf|.html|.json", help="The file to write.")
    ],
    portfolio: FileOption = None,
    source: FromOption = None,
    as_of: DayOption = None,
    paper: Annotated[Paper, typer.Option(help="The size of the paper.")] = Paper.A4,
    landscape: Annotated[bool, typer.Option("--landscape", help="Turn the paper.")] = False,
) -> None:
    """Write the exposure summary of a portfolio."""
    kind = output.suffix.lower()
    if kind not in {".pdf", ".html", ".json"}:
        raise typer.BadParameter(
            f"“{output}” ends with none of .pdf, .html and .json.", param_hint="--output"
        )
    found = _read(portfolio, source)
    day = _day(as_of, found)
    from desktop_app.report.files import spare_portfolios, write_whole

    spare_portfolios(output, source or portfolio or paths.default_portfolio())

    if kind == ".json":
        from desktop_app.report.answers import answers, to_json

        write_whole(output, to_json(answers(found, Question.ALL, day)).encode("utf-8", "backslashreplace"))
        return
    from desktop_app.report.content import summary

    name = (source or portfolio or paths.default_portfolio()).name
    content = summary(found, day, name, _labels(found))
    if kind == ".html":
        from desktop_app.report.html import to_html

        write_whole(output, to_html(content).encode("utf-8", "backslashreplace"))
        return
    from desktop_app.ui.printing import write_pdf

    write_pdf(content, output, paper.value, landscape=landscape)


def _read(portfolio: Path | None, source: Path | None) -> "Portfolio":
    if portfolio is not None and source is not None:
        raise typer.BadParameter("only one of -p and --from can be read.", param_hint="--from")
    if source is None:
        from desktop_app.storage.store import Store

        return Store.read(portfolio or paths.default_portfolio())
    from desktop_app.domain import interchange
    from desktop_app.report.inputs import read_bytes, utf8

    text = utf8(read_bytes(source), source)
    try:
        return interchange.loads(text)
    except UserError as error:
        raise UserError(f"“{source.name}” cannot be read. {error.text}", error.hint) from error


def _day(as_of: datetime | None, portfolio: "Portfolio") -> date:
    if as_of is not None:
        return as_of.date()
    return portfolio.as_of or datetime.now(UTC).date()


def _labels(portfolio: "Portfolio") -> "Labels":
    from desktop_app.figures.labels import Labels

    spoken = next(
        (os.environ[name] for name in ("LC_ALL", "LC_NUMERIC", "LANG") if os.environ.get(name)), "en_US"
    )
    return Labels(spoken, portfolio.currency)


# -- import ------------------------------------------------------------------------------------------------


@app.command("import")
def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="CSV files, or an interchange file.")
    ],
    portfolio: FileOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would come in.")] = False,
    as_json: JsonOption = False,
    format_: Annotated[str | None, typer.Option("--format", metavar="NAME", help="What the file is.")] = None,
    map_: Annotated[
        list[str], typer.Option("--map", metavar="COLUMN=FIELD", help="What a column holds (repeatable).")
    ] = [],  # noqa: B006 - typer copies it
    answer: Annotated[
        list[str],
        typer.Option("--answer", metavar="CODE=VALUE", help="The answer to a question (repeatable)."),
    ] = [],  # noqa: B006
    account: Annotated[str, typer.Option(metavar="NAME", help="The account or wallet the file is of.")] = "",
) -> None:
    """Import positions into a portfolio, which the first import creates."""
    from desktop_app.csv_import.plan import Options
    from desktop_app.importing import Target, imported, refusal

    options = Options(format_, _pairs(map_, "--map"), _pairs(answer, "--answer"), account)
    records, progress = [], _progress()
    try:
        with Target(portfolio or paths.default_portfolio(), dry_run=dry_run) as target:
            for file in files:
                record = imported(file, target, options, progress, with_rows=as_json)
                records.append(record)
                if progress:
                    _to_terminal("")
                if not as_json:
                    _tell(record, target)
    except UserError as error:  # of the portfolio: no file can come in
        if not as_json or records:
            raise
        records = [refusal(file, str(error), dry_run=dry_run) for file in files]
    if as_json:
        _print_json(
            json.dumps(records if len(records) > 1 else records[0], ensure_ascii=False, indent=1) + "\n"
        )
    outcomes = {record["outcome"] for record in records}
    raise typer.Exit(TO_DO if "refuse_file" in outcomes else QUESTIONS_OPEN if "ask" in outcomes else DONE)


def _progress() -> Callable[[int], None] | None:
    if not sys.stderr.isatty():
        return None
    return lambda rows: _to_terminal(f"{rows:,} rows read")


def _to_terminal(text: str) -> None:
    """Replace the line of the terminal that tells of progress."""
    sys.stderr.write(f"\r{text}\x1b[K")
    sys.stderr.flush()


# -- printing ----------------------------------------------------------------------------------------------


def _tell(record: Mapping[str, Any], target: "Target") -> None:
    from desktop_app.report.imported import import_text

    text = import_text(record, target.path.name)
    if record["outcome"] == "refuse_file":
        sys.stderr.write(text)
    else:
        _print(text)


def _print(text: str) -> None:
    """Print for a person: what the terminal cannot show becomes a question mark."""
    _write(text, None, "replace")


def _print_json(text: str) -> None:
    """Print for a program: always UTF-8; half a character, which UTF-8 cannot write, as its JSON escape."""
    _write(text, "utf-8", "backslashreplace")


def _write(text: str, encoding: str | None, errors: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=encoding, errors=errors)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough: typer ends in silence
        raise
    except OSError as error:
        with suppress(OSError):
            sys.stdout.close()  # or Python would try once more at the end, and tell of it
        reason = error.strerror or type(error).__name__
        raise UserError(
            f"The answer could not be written: {reason}.", "Make room or write it elsewhere."
        ) from error


def _complain(text: str) -> None:
    sys.stderr.write(f"{printable(text)}\n")
