"""Shares of the portfolio as bars: what it stands on most (look.md 5)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.analysis.exposure import NodeExposure
from desktop_app.domain.positions import Dimension
from desktop_app.figures.colours import dimension_role
from desktop_app.figures.hatching import unknown_hatch
from desktop_app.figures.keys import moved
from desktop_app.figures.labels import UNKNOWN, Labels
from desktop_app.figures.shapes import Figure, Measure, Rect, Shape, Target, Text
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.texts import cut, estimate, one_line

GAP = 14.0
TOLERANCE = 1e-9


def share_bars(
    nodes: Sequence[NodeExposure],
    labels: Labels,
    width: float,
    name: Callable[[str], str],
    kind: Callable[[Dimension], str],
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
    limits: Mapping[str, float] | None = None,
) -> Figure:
    """Return each node's share on a track: name and share over the bar, kind and value under it.

    ``limits``: node -> the share that the user allows, marked across the bar.
    """
    pitch = sizes.row * 2 + 14
    shapes: list[Shape] = []
    targets = []
    for number, node in enumerate(nodes):
        words = one_line(name(node.node))
        under = share_words(node, kind(node.dimension), labels)
        limit = _limit(node, limits or {}, labels)
        block = _share_block(node, (words, under), limit, labels, width, sizes, measure)
        shapes += (moved(shape, 0, number * pitch) for shape in block)
        line = f"{words}: {labels.share(node.known_share)}, {under}" + (f", {limit.words}" if limit else "")
        targets.append(Target(node.node, 0, number * pitch, width, pitch - 8, line, line))
    return Figure(width, len(nodes) * pitch, tuple(shapes), tuple(targets))


@dataclass(frozen=True, slots=True)
class _Limit:
    bound: float
    words: str
    broken: bool


def _limit(node: NodeExposure, limits: Mapping[str, float], labels: Labels) -> _Limit | None:
    bound, share = limits.get(node.node), node.known_share
    if bound is None or share is None:
        return None
    broken = share > bound + TOLERANCE
    words = f"▲ over your {labels.share(bound)}" if broken else f"under your {labels.share(bound)}"
    return _Limit(bound, words, broken)


def share_words(node: NodeExposure, kind: str, labels: Labels) -> str:
    """Return "platform, USD 215,146 in 5 positions"."""
    if node.known_value is None and node.known_share is None:
        return f"{kind}, value unknown in {_positions(node, labels)}"
    return f"{kind}, {labels.money(node.known_value, with_currency=True)} in {_positions(node, labels)}"


def _positions(node: NodeExposure, labels: Labels) -> str:
    return "one position" if node.positions == 1 else f"{labels.number(node.positions)} positions"


def _share_block(
    node: NodeExposure,
    said: tuple[str, str],
    limit: _Limit | None,
    labels: Labels,
    width: float,
    sizes: Sizes,
    measure: Measure,
) -> Iterator[Shape]:
    words, under = said
    share, text = labels.share(node.known_share), sizes.text
    top, thick = sizes.text + 11, 8.0
    yield swatch(node.dimension, 0, text - 8)
    shown = cut(words, width - 17 - measure(share, text + 1, True) - GAP, text, measure, bold=True)
    yield Text(17, text + 2, shown, size=text, bold=True, tooltip="" if shown == words else words)
    yield Text(width, text + 2, share, ink_of(share), text + 1, bold=True, anchor="end")
    if node.known_share is None:
        yield unknown_hatch(0, top, width, thick)
    else:
        yield Rect(0, top, width, thick, fill="box")
        yield from dimension_bar(node, 0, top, width * min(node.known_share, 1.0), thick)
    base, room = top + thick + sizes.note + 4, width
    if limit is not None:
        x = width * min(limit.bound, 1.0)
        yield Rect(x - 2, top - 3, 4, thick + 6, fill="page")
        yield Rect(x - 1, top - 3, 2, thick + 6, fill="ink")
        role = "alarm" if limit.broken else "text2"
        yield Text(width, base, limit.words, role, sizes.note, anchor="end")
        room = width - measure(limit.words, sizes.note, False) - GAP
    yield Text(0, base, cut(under, room, sizes.note, measure), "text2", sizes.note)


def swatch(dimension: Dimension, x: float, y: float, size: float = 10) -> Shape:
    """Return the small square of a dimension's colour, hatched for what is not known."""
    if dimension is Dimension.UNKNOWN:
        return unknown_hatch(x, y, size, size)
    return Rect(x, y, size, size, fill=dimension_role(dimension))


def ink_of(words: str) -> str:
    """Return the colour of an amount or share."""
    return "warn" if words == UNKNOWN else "ink"


def dimension_bar(node: NodeExposure, x: float, top: float, length: float, thick: float) -> Iterator[Shape]:
    """Yield a bar in the colour of the node's dimension; hatched for what nobody has published."""
    if length <= 0:
        return
    if node.dimension is Dimension.UNKNOWN:
        yield unknown_hatch(x, top, length, thick)
    else:
        yield Rect(x, top, length, thick, fill=dimension_role(node.dimension))
