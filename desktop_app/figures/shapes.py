"""The shapes that figures are made of; drawn by ui/charts on the screen and written as SVG on paper.

Lengths are logical pixels (screen at 100 %), x to the right, y down. Colours are role names of
``figures.colours``. A shape's ``id`` names the node, flow, step or bar that it stands for ("" = decoration).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Anchor = Literal["start", "middle", "end"]
Dash = tuple[float, ...]
Measure = Callable[[str, float, bool], float]
"""(text, size in pixels, bold) -> width in pixels."""


@dataclass(frozen=True, slots=True)
class Line:
    """A polyline through ``points``; ``dash`` in pixels."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 1.0
    dash: Dash = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """A path: move to ``start``, then cubic segments (control 1, control 2, end)."""

    start: tuple[float, float]
    segments: tuple[tuple[float, float, float, float, float, float], ...]
    colour: str
    width: float = 1.0
    dash: Dash = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; ``fill`` and ``outline`` are colour roles or empty; the outline lies inside the edge."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    outline: str = ""
    outline_width: float = 1.0
    radius: float = 0.0
    id: str = ""


@dataclass(frozen=True, slots=True)
class Hatch:
    """A rectangle of 45° lines on ``page``: ``rising`` to the right (unknown) or falling (slashable)."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    rising: bool
    spacing: float
    line_width: float
    outline: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; ``y`` is the baseline. ``tooltip`` holds it whole where it was cut."""

    x: float
    y: float
    text: str
    colour: str = "ink"
    size: float = 13.0
    bold: bool = False
    anchor: Anchor = "start"
    tooltip: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled polygon (arrow heads, triangles)."""

    points: tuple[tuple[float, float], ...]
    fill: str
    id: str = ""


Shape = Line | Curve | Rect | Hatch | Text | Polygon


@dataclass(frozen=True, slots=True)
class Target:
    """An area that can be pointed at, focused and clicked; ``tooltip`` is its short form in plain text."""

    id: str
    x: float
    y: float
    width: float
    height: float
    name: str
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of ``width`` × ``height``: shapes from back to front and what in it can be pointed at.

    ``headline`` is its sentence for screen readers. ``targets`` are in reading order for the keyboard.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    targets: tuple[Target, ...] = ()
    headline: str = ""
    marks: Mapping[str, float] = field(default_factory=dict)
