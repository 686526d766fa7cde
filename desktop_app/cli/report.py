"""`report`: the exposure summary as a file, or its tables as a folder of CSV files."""

import os
import sys
from collections.abc import Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop_app import paths
from desktop_app.cli.options import DayOption, FileOption, FromOption, day_of, labels, read
from desktop_app.cli.output import to_terminal
from desktop_app.report.choices import MARGIN, MARGINS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop_app.report.choices import Choices
    from desktop_app.report.progress import Progress

PAGES, DATA = (".pdf", ".html"), (".json", "")
"""Endings of what has sections and paper, and of what has every answer: "" is a folder."""


SECTIONS = (
    "summary, glance, positions, accounts, layers, dependencies, exposure, withdrawals, stress, year, "
    "limits, rewards, concentration, changes, missing, graph, facts, assumptions, method, notes"
)
"""What can be chosen (``report.sections.registry``, which would be slow to import for the help)."""


class Paper(StrEnum):
    """Sizes of paper."""

    A4 = "a4"
    LETTER = "letter"


def report(  # noqa: PLR0913, PLR0917 - one for each option
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.pdf|.html|.json|FOLDER",
            help="The file to write; a folder gets a CSV file for each table.",
        ),
    ],
    portfolio: FileOption = None,
    source: FromOption = None,
    as_of: DayOption = None,
    sections: Annotated[
        list[str],
        typer.Option(metavar="NAME,...", help=f"The sections wanted, in this order; all, or of {SECTIONS}."),
    ] = [],  # noqa: B006 - typer copies it
    paper: Annotated[Paper, typer.Option(help="The size of the paper.")] = Paper.A4,
    margin: Annotated[
        int, typer.Option(min=min(MARGINS), max=max(MARGINS), metavar="MM", help="The margins of the paper.")
    ] = MARGIN,
    landscape: Annotated[bool, typer.Option("--landscape", help="Turn the paper.")] = False,
    whole: Annotated[bool, typer.Option("--whole", help="Do not fold long tables.")] = False,
    hide_amounts: Annotated[
        bool, typer.Option("--hide-amounts", help="Show shares, but no amounts.")
    ] = False,
    grey: Annotated[bool, typer.Option("--grey", help="Use no colour.")] = False,
    since: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="An earlier portfolio, backup or export: what has changed since."),
    ] = None,
    title: Annotated[str, typer.Option(metavar="TEXT", help="The title on the first page.")] = "",
) -> None:
    """Write the exposure summary of a portfolio."""
    kind = _kind(output)
    if kind in DATA and (sections or hide_amounts):
        told = "JSON and CSV hold every answer with every digit: sections and hidden amounts are for pages."
        raise typer.BadParameter(told, param_hint="--sections" if sections else "--hide-amounts")
    if kind == ".json" and since is not None:
        raise typer.BadParameter("JSON holds the answers of one portfolio.", param_hint="--since")
    from desktop_app.report.choices import Choices

    choices = Choices(
        sections=_chosen(sections),
        title=title,
        paper=paper.value,
        landscape=landscape,
        margin=margin,
        hide_amounts=hide_amounts,
        grey=grey,
        whole=whole,
    )
    _write(output, kind, (portfolio, source, since), as_of, choices)


def _kind(output: Path) -> str:
    """Return the ending that says what is to be written; "" where it is a folder."""
    kind = output.suffix.lower()
    if kind in {*PAGES, *DATA}:
        return kind
    if not os.path.isdir(output):  # noqa: PTH112 - a name too long is no folder, not an error
        raise typer.BadParameter(
            f"“{output}” ends with none of .pdf, .html and .json, and is no folder.", param_hint="--output"
        )
    return ""


def _chosen(sections: Sequence[str]) -> tuple[str, ...] | None:
    """Return the keys of sections as they were given, None where none were; "all" is every one."""
    given = [key.strip() for text in sections for key in text.split(",") if key.strip()]
    if not given:
        return None
    known = tuple(SECTIONS.split(", "))
    if "all" in given:
        return known
    if unknown := next((key for key in given if key not in known), None):
        raise typer.BadParameter(f"“{unknown}” is none of {SECTIONS}.", param_hint="--sections")
    return tuple(given)


def _write(
    output: Path,
    kind: str,
    files: tuple[Path | None, Path | None, Path | None],
    as_of: DayOption,
    choices: "Choices",
) -> None:
    """Write the report of the first two ``files``, compared with the third."""
    portfolio, source, since = files
    found = read(portfolio, source)
    named, spoken = source or portfolio or paths.default_portfolio(), labels(found)
    from desktop_app.report.answers import Asked
    from desktop_app.report.files import spare_portfolios
    from desktop_app.shipped import catalogue

    asked = Asked(found, "all", day_of(as_of, found))
    if since is not None:
        from dataclasses import replace

        from desktop_app.report.earlier import earlier

        before = read(None, since) if since.suffix.lower() == ".json" else read(since, None)
        choices = replace(choices, earlier=earlier(before, since, found, asked.as_of))
    if kind == "":
        from desktop_app.report.content import subject_of
        from desktop_app.report.exports import write_tables

        write_tables(subject_of(asked, spoken, catalogue(), choices), output, named)
        return
    spare_portfolios(output, named)
    if kind == ".json":
        from desktop_app.report.exports import write_json

        write_json(asked, output)
        return
    from desktop_app.report.content import summary

    with _progress() as progress:
        content = summary(asked, named.name, spoken, catalogue(), choices, progress=progress)
        if kind == ".html":
            from desktop_app.report.exports import write_html

            write_html(content, output, grey=choices.grey)
            return
        from desktop_app.ui.printing import write_pdf

        write_pdf(content, output, grey=choices.grey, progress=progress)


@contextmanager
def _progress() -> "Iterator[Progress]":
    """Yield what tells on a terminal how far the report is; the line is empty again at the end."""
    from desktop_app.report.progress import unheard

    if not sys.stderr.isatty():
        yield unheard
        return
    try:
        yield to_terminal
    finally:
        to_terminal("")
