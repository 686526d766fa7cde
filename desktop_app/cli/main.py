"""The program `stakeout` with a command: which commands there are, and how one is run."""

import gc
import os
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.completion import completion_init  # type: ignore[attr-defined] # made for this, yet not listed

from desktop_app import __version__, paths
from desktop_app.cli.catalogue import catalogue
from desktop_app.cli.export import export
from desktop_app.cli.imports import import_files, list_imports
from desktop_app.cli.output import DONE, TO_DO, complain, print_text
from desktop_app.cli.report import report
from desktop_app.cli.show import show
from desktop_app.cli.upkeep import backup, check, restore
from desktop_app.cli.when import when
from desktop_app.errors import UserError

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="What a stake stands on, when it can be out, whether the extra reward is worth it.",
)


def run_command(arguments: Sequence[str]) -> int:
    """Run one command and return the exit status."""
    if "_STAKEOUT_COMPLETE" in os.environ:  # the shell asks what could follow
        completion_init()
    gc.disable()  # a command is over before cycles matter; a large import is a fifth faster
    try:
        app(args=list(arguments), prog_name="stakeout")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else TO_DO
    except UserError as error:
        complain(str(error))
        return TO_DO
    finally:
        gc.enable()
    return DONE


def _version(wanted: bool) -> None:
    if wanted:
        print_text(f"stakeout {__version__} ({paths.build_words()})\n")
        print_text(f"program {paths.PROGRAM}\nlicences {paths.licences()}\n")
        raise typer.Exit


@app.callback()
def _stakeout(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print version, build and places."),
    ] = False,
) -> None:
    pass


app.command()(show)
app.command()(report)
app.command()(export)
app.command("import")(import_files)
app.command("imports")(list_imports)
app.command()(check)
app.command()(backup)
app.command()(restore)
app.command()(when)
app.command()(catalogue)
