"""Entry point: no arguments or a portfolio file open the window; anything else is the command line."""

import gc
import sys


def main() -> int:
    """Run the program and return its exit status."""
    gc.disable()  # a start makes no garbage; the window's first answer, or the end of a command, enables it
    arguments = sys.argv[1:]
    if not arguments or (len(arguments) == 1 and arguments[0].endswith(".stakeout")):
        from desktop_app.app import run_window

        return run_window(arguments[0] if arguments else None)
    from desktop_app.cli import run_command

    return run_command(arguments)


if __name__ == "__main__":
    sys.exit(main())
