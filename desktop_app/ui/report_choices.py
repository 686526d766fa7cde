"""What the user chose for the report, remembered between two starts."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from desktop_app.report.choices import MARGIN, MARGINS, SHEETS, Choices
from desktop_app.report.sections.registry import BY_KEY, SECTIONS
from desktop_app.ui import settings

_KEY, _SECTIONS, _SINCE = "report", "report_sections", "report_since"
_OFF = "-"

Ticked = tuple[str, bool]
"""(key of a section, whether it is chosen)."""


def load() -> Choices:
    """Return the choices of last time; what cannot be understood counts as never chosen."""
    choices = Choices(sections=tuple(key for key, is_chosen in load_sections() if is_chosen))
    try:
        found = json.loads(settings.read(_KEY, "{}"))
    except ValueError:
        return choices
    usual = _plain(choices)
    known = found if isinstance(found, dict) else {}
    kept = {k: v for k, v in known.items() if k in usual and k != "sections" and type(v) is type(usual[k])}
    choices = replace(choices, **kept)
    paper = choices.paper if choices.paper in SHEETS else "a4"
    return replace(choices, paper=paper, margin=choices.margin if choices.margin in MARGINS else MARGIN)


def load_sections() -> tuple[Ticked, ...]:
    """Return all sections in the order in which they were last put; new ones come at their usual place."""
    words = settings.read(_SECTIONS, "").split()
    found = {word.removeprefix(_OFF): not word.startswith(_OFF) for word in words}
    order = [key for key in found if key in BY_KEY]
    for number, named in enumerate(SECTIONS):
        if named.key not in found:
            before = {known.key for known in SECTIONS[:number]}
            order.insert(max((i + 1 for i, key in enumerate(order) if key in before), default=0), named.key)
    return tuple((key, found.get(key, BY_KEY[key].usual)) for key in order)


def save(choices: Choices, sections: Sequence[Ticked]) -> None:
    """Remember the choices, and all sections in their order."""
    rest = {key: value for key, value in _plain(choices).items() if key != "sections"}
    settings.write(_KEY, json.dumps(rest))
    settings.write(_SECTIONS, " ".join(key if is_chosen else _OFF + key for key, is_chosen in sections))


def load_since(portfolio: Path | None) -> Path | None:
    """Return the earlier file that the report of a portfolio file is compared with, None for none."""
    of, _, since = settings.read(_SINCE, "").partition("\n")
    return Path(since) if since and portfolio is not None and of == str(portfolio) else None


def save_since(portfolio: Path | None, since: Path | None) -> None:
    """Remember the earlier file; there is one at a time, for one portfolio file."""
    settings.write(_SINCE, "" if portfolio is None or since is None else f"{portfolio}\n{since}")


def _plain(choices: Choices) -> dict[str, Any]:
    """Return the choices that can be written down."""
    return asdict(replace(choices, earlier=None))
