"""`check`, `backup` and `restore`: is the file sound, keep a copy of it, take a copy back."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from desktop_app import paths
from desktop_app.cli.options import FileOption
from desktop_app.cli.output import print_text
from desktop_app.errors import UserError


def check(portfolio: FileOption = None) -> None:
    """Look over a portfolio file and what it holds; exit status 1 if something is wrong."""
    path = portfolio or paths.default_portfolio()
    from desktop_app.report.checked import checked, verdict
    from desktop_app.report.text import to_text
    from desktop_app.storage.inspection import inspect

    found = inspect(path, datetime.now(UTC).date())
    print_text(to_text(checked(found, path.name)))
    if found.wrong:
        raise UserError(f"“{path.name}”: {verdict(found)}", "The lines above say where.")


def backup(
    target: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Where to; else the folder “backups” beside it.")
    ] = None,
    portfolio: FileOption = None,
) -> None:
    """Keep a verified copy of a portfolio, also of one that is open, and say where it is."""
    from desktop_app.storage.backups import back_up

    made = back_up(portfolio or paths.default_portfolio(), datetime.now(UTC), target)
    print_text(f"{made}\n")


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A backup, or any portfolio file.")],
    portfolio: FileOption = None,
) -> None:
    """Put a backup in the place of a portfolio; the replaced file stays beside it under another name."""
    path = portfolio or paths.default_portfolio()
    from desktop_app.storage import backups

    if portfolio is None:  # on a new machine there is nothing yet
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = backups.restore(path, source, datetime.now(UTC))
    kept = f" What was there before is kept as “{aside.name}”." if aside else ""
    print_text(f"“{path.name}” is what “{source.name}” was.{kept}\n")
