"""Whose file it is: the address in its name, or the one that all its rows have in common."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import reduce

from desktop_app.csv_import.ledger import Line
from desktop_app.csv_import.questions import Question

EVM = re.compile(r"0x[0-9a-fA-F]{40}(?![0-9a-fA-F])", re.ASCII)


def owner(named: Iterable[str], pairs: Sequence[tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    """Return the own address, "" if it has to be asked for, and the addresses that may be it.

    ``named`` are the addresses in the file's name: one counts if some row has it as one of its ``pairs`` of
    sender and recipient. Those that may be it stand in every row.
    """
    there = {address for pair in pairs for address in pair}
    known = next((address for address in named if address in there), "")
    common = reduce(set.intersection, (set(pair) for pair in pairs)) if pairs else set()
    return known, tuple(address for address in (pairs[0] if pairs else ()) if address in common)


def ask_owner(line: Line, candidates: Sequence[str], fits: Callable[[str], object]) -> str:
    """Return the own address that the user names, meanwhile the only one that it can be, or ""."""
    question = Question(
        "own_address",
        f"In a file of {line.title} the own address tells what comes in and what goes out, and the file's "
        f"name "
        "does not tell which that is. Which is it?",
        choices=tuple(candidates),
        default=candidates[0] if len(candidates) == 1 else None,
    )
    return line.ask(question, lambda text: bool(fits(text.strip()))) or ""
