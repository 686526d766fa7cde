"""`report`: the exposure summary as a file."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from desktop_app import paths
from desktop_app.cli.options import DayOption, FileOption, FromOption, day_of, labels, read


class Paper(StrEnum):
    """Sizes of paper."""

    A4 = "a4"
    LETTER = "letter"


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
    found = read(portfolio, source)
    day = day_of(as_of, found)
    from desktop_app.report.files import spare_portfolios, write_whole

    spare_portfolios(output, source or portfolio or paths.default_portfolio())

    if kind == ".json":
        from desktop_app.report.answers import answers, to_json

        write_whole(output, to_json(answers(found, "all", day)).encode("utf-8", "backslashreplace"))
        return
    from desktop_app.report.choices import Choices
    from desktop_app.report.content import summary
    from desktop_app.shipped import catalogue

    name = (source or portfolio or paths.default_portfolio()).name
    choices = Choices(paper=paper.value, landscape=landscape)
    content = summary(found, day, name, labels(found), catalogue(), choices)
    if kind == ".html":
        from desktop_app.report.html import to_html

        write_whole(output, to_html(content).encode("utf-8", "backslashreplace"))
        return
    from desktop_app.ui.printing import write_pdf

    write_pdf(content, output)
