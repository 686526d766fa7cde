"""The options that several commands have, and what they lead to."""

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop_app import paths
from desktop_app.errors import UserError

if TYPE_CHECKING:
    from desktop_app.domain.portfolio import Portfolio
    from desktop_app.figures.labels import Labels

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


def pairs(values: Sequence[str], option: str) -> dict[str, str]:
    """Return NAME=VALUE options as a mapping. A name may hold "=", a value not."""
    if wrong := next((value for value in values if "=" not in value), None):
        raise typer.BadParameter(f"“{wrong}” has no “=”.", param_hint=option)
    return {name: value for name, _, value in (text.rpartition("=") for text in values)}


def read(portfolio: Path | None, source: Path | None) -> "Portfolio":
    """Return the portfolio that -p or --from names, else the user's own; nothing is created."""
    if portfolio is not None and source is not None:
        raise typer.BadParameter("only one of -p and --from can be read.", param_hint="--from")
    if source is None:
        from desktop_app.storage.store import Store

        try:
            return Store.read(portfolio or paths.default_portfolio())
        except UserError as error:
            if portfolio is None or portfolio.suffix.lower() != ".json":
                raise
            raise UserError(error.text, "An interchange file is read with --from.") from error
    from desktop_app.report.inputs import interchange_file

    return interchange_file(source)


def day_of(as_of: datetime | None, portfolio: "Portfolio") -> date:
    """Return the day that answers are for: the one asked for, else the portfolio's own, else today."""
    if as_of is not None:
        return as_of.date()
    return portfolio.as_of or datetime.now(UTC).date()


def labels(portfolio: "Portfolio") -> "Labels":
    """Return the words and numbers of the language that the terminal is set to."""
    from desktop_app.figures.labels import Labels

    spoken = next(
        (os.environ[name] for name in ("LC_ALL", "LC_NUMERIC", "LANG") if os.environ.get(name)), "en_US"
    )
    return Labels(spoken, portfolio.currency)
