"""Writes the manual page stakeout(1) from the commands themselves, so that it never says anything else."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import stage
import typer
from stage import VERSION

from desktop_app.cli.main import app

BEGIN = r"""
.SH NAME
stakeout \- what a stake stands on, when it can be out, and whether the extra reward is worth it
.SH SYNOPSIS
.B stakeout
.RI [ portfolio .stakeout]
.br
.B stakeout
.I command
.RI [ options ]
.SH DESCRIPTION
Without arguments, or with a portfolio file alone,
.B stakeout
opens its window. With a command it works without one, also where there is no display.
.PP
A portfolio is one file; every change is in it at once. No connection is made.
.SH COMMANDS
"""
END = r"""
.SH EXIT STATUS
0 done; 1 you have to do something, and one sentence says what; 2 wrong usage; 3 an import needs answers.
.SH ENVIRONMENT
.TP
.B STAKEOUT_HOME
The folder of your own portfolio and settings instead of the usual one.
.SH FILES
.TP
.I ~/.local/share/stakeout/portfolio.stakeout
Your own portfolio, unless another is named. Removing the program leaves it where it is.
"""


def page() -> str:
    """Return the manual page in the language of man."""
    day = datetime.fromtimestamp(stage.epoch(), UTC).date()
    lines = [f'.TH STAKEOUT 1 "{day}" "stakeout {VERSION}" "User Commands"', BEGIN.strip()]
    group: Any = typer.main.get_command(app)
    for name, command in sorted(group.commands.items()):
        lines += [f".SS {name}", plain(command.help or "")]
        lines += options(command.params)
    return "\n".join([*lines, END.strip()]) + "\n"


def options(parameters: Iterable[Any]) -> Iterator[str]:
    """Give each argument and option as a tagged paragraph."""
    for parameter in parameters:
        metavar = "" if getattr(parameter, "is_flag", False) else parameter.metavar or parameter.name.upper()
        if parameter.param_type_name == "argument":
            tag = rf"\fI{plain(metavar.lower())}\fR"
        else:
            names = ", ".join(rf"\fB{plain(name)}\fR" for name in parameter.opts)
            tag = rf"{names} \fI{plain(metavar)}\fR" if metavar else names
        yield ".TP"
        yield tag
        yield plain(getattr(parameter, "help", None) or "")


def plain(text: str) -> str:
    """Return text that means nothing to man but itself."""
    text = " ".join(text.split()).replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq")
    return rf"\&{text}" if text.startswith(".") else text


if __name__ == "__main__":
    print(page(), end="")
