"""Sources as they stand in narrow columns: the file or the site that was read, and its day."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from desktop_app.domain.facts import Fault, faults
from desktop_app.domain.positions import ExitStep, Origin
from desktop_app.figures.labels import Labels
from desktop_app.figures.texts import one_line

_URL = re.compile(r"(?:https?://)(?:www\.)?([^/\s]+)(\S*)", re.IGNORECASE)
_FILE = re.compile(r"[^/\s]+\.[a-z]{1,5}", re.IGNORECASE)
_NO_NAME = re.compile(r"(index|readme|mod)\.\w+", re.IGNORECASE)


def short_source(cited: str) -> str:
    """Return the file ("WithdrawRequestNFT.sol") or the site ("help.lido.fi") that a source names first.

    A source that names neither is returned whole, on one line.
    """
    for word in re.split(r"[\s;,()]+", cited):
        url = _URL.fullmatch(word)
        path = [part for part in (url[2] if url else word).split("/") if part]
        if path and _FILE.fullmatch(path[-1]):
            return one_line(path[-2] if len(path) > 1 and _NO_NAME.fullmatch(path[-1]) else path[-1])
        if url:
            return one_line(url[1])
    return one_line(cited)


def sources_of(steps: Sequence[ExitStep], labels: Labels) -> tuple[str, str, str]:
    """Return the short source of an exit's steps, its date, and all sources whole, one a line."""
    read = [(step.cited, _day(step.dated, labels)) for step in steps if step.cited]
    read = list(dict.fromkeys(read))
    if not read:
        return "", "", ""
    names = list(dict.fromkeys(short_source(cited) for cited, _ in read))
    more = f" and {labels.number(len(names) - 1)} more" if len(names) > 1 else ""
    lines = [", ".join(part for part in (one_line(cited), day) if part) for cited, day in read]
    return names[0] + more, read[0][1], "\n".join(lines)


def step_source(step: ExitStep, labels: Labels, as_of: date) -> str:
    """Return who says how long a step takes: "help.lido.fi, 1 May 2026, unverified", "yours", "assumed"."""
    if step.origin is not Origin.CATALOGUE:
        return str(step.origin)
    doubts = [str(f) for f in faults(step.dated, step.verified, as_of) if f is not Fault.UNDATED]
    return ", ".join(part for part in (read_in(step.cited, step.dated, labels), *doubts) if part)


def read_in(cited: str, dated: str, labels: Labels) -> str:
    """Return where and when something was read: "help.lido.fi, 1 May 2026"."""
    return ", ".join(part for part in (short_source(cited), _day(dated, labels)) if part)


class Sign(StrEnum):
    """What stands at a bar whose length is not a checked, recent fact of the catalogue."""

    DOUBTED = "unverified or old"
    YOURS = "yours"


def step_sign(step: ExitStep, as_of: date) -> Sign | None:
    """Return the sign of a step: the user's own, or one that is assumed, unverified, old or undated."""
    if step.origin is Origin.YOURS:
        return Sign.YOURS
    if step.origin is Origin.ASSUMED or faults(step.dated, step.verified, as_of):
        return Sign.DOUBTED
    return None


def _day(dated: str, labels: Labels) -> str:
    """Return a date as people read it; "undated" or "2026" stay as they are."""
    try:
        return labels.day(date.fromisoformat(dated))
    except ValueError:
        return one_line(dated)
