"""Entry point: no arguments or a portfolio file open the window; anything else is the command line."""

import gc
import os
import sys

STOPPED = 130
"""Exit status after Ctrl+C, as shells have it."""


def main() -> int:
    """Run the program and return its exit status."""
    try:
        return _run()
    except KeyboardInterrupt:
        return STOPPED


def _run() -> int:
    prepare()
    arguments = sys.argv[1:]
    completing = "_STAKEOUT_COMPLETE" in os.environ  # the shell asks, and gives no arguments
    if not completing and (not arguments or (len(arguments) == 1 and is_portfolio(arguments[0]))):
        from desktop_app.app import run_window

        return run_window(arguments[0] if arguments else None)
    from desktop_app.cli.main import run_command

    return run_command(arguments)


def is_portfolio(argument: str) -> bool:
    """Tell whether an argument names a portfolio: by its ending, or by its first bytes (as desktops do)."""
    if argument.endswith(".stakeout"):
        return True
    # pathlib would cost every start some milliseconds
    if not (os.path.isfile(argument) and os.access(argument, os.R_OK)):  # noqa: PTH113 - therefore
        return False
    with open(argument, "rb") as file:  # noqa: PTH123 - therefore
        head = file.read(72)
    return head.startswith(b"SQLite format 3\0") and head[68:] == b"Stke"


def prepare() -> None:
    """Set what makes every start quicker; to be called before anything else is imported."""
    gc.disable()  # a start makes no garbage; the window's first answer, or the end of a command, enables it
    # One thread for numpy's products, which are small: starting more takes longer than they save, and the
    # last digits of an answer would depend on how many the machine has.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


if __name__ == "__main__":
    sys.exit(main())
