"""What the user chose for the report, remembered between two starts."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from desktop_app.report.choices import SHEETS, Choices
from desktop_app.report.sections.registry import BY_KEY, SECTIONS
from desktop_app.ui import settings

_KEY, _SECTIONS = "report", "report_sections"
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
    usual = asdict(choices)
    known = found if isinstance(found, dict) else {}
    kept = {k: v for k, v in known.items() if k in usual and k != "sections" and type(v) is type(usual[k])}
    choices = replace(choices, **kept)
    return choices if choices.paper in SHEETS else replace(choices, paper="a4")


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
    rest = {key: value for key, value in asdict(choices).items() if key != "sections"}
    settings.write(_KEY, json.dumps(rest))
    settings.write(_SECTIONS, " ".join(key if is_chosen else _OFF + key for key, is_chosen in sections))
