"""Every colour of the program by role name, for the light and the dark theme; paper uses the light set."""

from functools import lru_cache
from typing import Literal

from desktop_app.domain.positions import Dimension

Theme = Literal["light", "dark"]

ROLES: dict[str, tuple[str, str]] = {
    "page": ("#FFFFFF", "#1C1F23"),
    "rail": ("#F4F5F7", "#15181B"),
    "band": ("#F7F8FA", "#22262B"),
    "box": ("#F1F3F6", "#282D33"),
    "hover": ("#EEF2F7", "#272C32"),
    "sel": ("#DCE7F3", "#2A4059"),
    "rule": ("#DDE0E5", "#363B42"),
    "grid": ("#E7EAEE", "#2B3036"),
    "field": ("#8A919B", "#78818C"),
    "line": ("#8C95A0", "#6E7782"),
    "mute": ("#B4BBC4", "#4A515A"),
    "faint": ("#E3E6EA", "#2E3339"),
    "ink": ("#1B1F24", "#E8EAED"),
    "text2": ("#535A63", "#AEB5BE"),
    "text3": ("#6A717B", "#9098A2"),
    "accent": ("#1D4E89", "#8AB6EE"),
    "on accent": ("#FFFFFF", "#10151B"),
    "base": ("#7595BA", "#5F7EA3"),
    "alarm": ("#B3261E", "#FF8A7E"),
    "warn": ("#855000", "#E3AE4E"),
    # Dimensions: from Okabe and Ito, darkened on white and lightened on black until marks reach 3 : 1.
    "dimension:asset": ("#14181C", "#DADFE5"),
    "dimension:chain": ("#646D78", "#8C96A2"),
    "dimension:token": ("#3592CE", "#62BBEE"),
    "dimension:protocol": ("#0A5C9E", "#3C86DB"),
    "dimension:platform": ("#D05800", "#EF7A2E"),
    "dimension:operator": ("#006148", "#13A079"),
    "dimension:role": ("#35A07D", "#84DDBD"),
    "dimension:custody": ("#7E3A68", "#A85A8C"),
    "dimension:lender": ("#C18600", "#EDB030"),
    "dimension:oracle": ("#6B3F00", "#A8763A"),
    "dimension:bridge": ("#6F6600", "#F0E442"),
    "dimension:client": ("#2C3600", "#737D1E"),
    "dimension:service": ("#C96CA5", "#EBA3CD"),
}
"""Role -> colour in the light theme, in the dark theme."""

HATCHED = "text2"
"""The colour of the lines that stand for what nobody has published."""


TINT = "@"
TINTS: dict[Theme, tuple[float, float]] = {"light": (0.10, 0.42), "dark": (0.12, 0.22)}
"""How much of a dimension's colour a tint has at least, and how much more for the whole of a position."""
LEGIBLE = 5.0
"""The contrast that ink keeps on every tint."""


def colour(role: str, theme: Theme = "light") -> str:
    """Return the colour of a role as "#RRGGBB"; an unknown role is our bug (KeyError)."""
    if TINT in role:
        return _tint(role, theme)
    return ROLES[role][theme == "dark"]


def tint_role(dimension: Dimension, part: float) -> str:
    """Return the role of the ground on which a part (0 to 1) of a position stands, in whole per cent."""
    return f"{dimension_role(dimension)}{TINT}{min(max(round(part * 100), 0), 100)}"


@lru_cache(maxsize=4096)
def _tint(role: str, theme: Theme) -> str:
    name, _, percent = role.partition(TINT)
    least, more = TINTS[theme]
    amount = least + more * int(percent) / 100
    mixed = _mixed(colour("page", theme), colour(name, theme), amount)
    while contrast(mixed, colour("ink", theme)) < LEGIBLE:
        amount -= 0.01
        mixed = _mixed(colour("page", theme), colour(name, theme), amount)
    return mixed


def _mixed(ground: str, over: str, amount: float) -> str:
    """Return a colour laid over another, so much of it."""
    channels = ((int(ground[i : i + 2], 16), int(over[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(g + (o - g) * amount):02X}" for g, o in channels)


def dimension_role(dimension: Dimension) -> str:
    """Return the role of a dimension's colour; for ``unknown`` the one its hatch is drawn in."""
    return HATCHED if dimension is Dimension.UNKNOWN else f"dimension:{dimension}"


def luminance(code: str) -> float:
    """Return the relative luminance of "#RRGGBB", 0 to 1 (WCAG 2)."""
    channels = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def grey(code: str) -> str:
    """Return the grey of the same luminance, as a printer without colours gives it."""
    light = luminance(code)
    channel = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return "#" + f"{round(channel * 255):02X}" * 3
