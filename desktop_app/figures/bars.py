"""Shares of the portfolio as bars: what it stands on most (look.md 5)."""

from collections.abc import Callable, Iterator, Sequence

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


def share_bars(
    nodes: Sequence[NodeExposure],
    labels: Labels,
    width: float,
    name: Callable[[str], str],
    kind: Callable[[Dimension], str],
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
    headline: str = "",
) -> Figure:
    """Return each node's share on a track: name and share over the bar, kind and value under it."""
    pitch = sizes.row * 2 + 14
    shapes: list[Shape] = []
    targets = []
    for number, node in enumerate(nodes):
        words = one_line(name(node.node))
        under = _share_words(node, kind(node.dimension), labels)
        block = _share_block(node, words, under, labels, width, sizes, measure)
        shapes += (moved(shape, 0, number * pitch) for shape in block)
        line = f"{words}: {labels.share(node.known_share)}, {under}"
        targets.append(Target(node.node, 0, number * pitch, width, pitch - 8, line, line))
    return Figure(width, len(nodes) * pitch, tuple(shapes), tuple(targets), headline)


def _share_words(node: NodeExposure, kind: str, labels: Labels) -> str:
    if node.known_value is None and node.known_share is None:
        return f"{kind}, value unknown in {_positions(node, labels)}"
    return f"{kind}, {labels.money(node.known_value, with_currency=True)} in {_positions(node, labels)}"


def _positions(node: NodeExposure, labels: Labels) -> str:
    return "one position" if node.positions == 1 else f"{labels.number(node.positions)} positions"


def _share_block(
    node: NodeExposure,
    words: str,
    under: str,
    labels: Labels,
    width: float,
    sizes: Sizes,
    measure: Measure,
) -> Iterator[Shape]:
    share, text = labels.share(node.known_share), sizes.text
    top, thick = sizes.text + 11, 8.0
    yield swatch(node.dimension, 0, text - 8)
    shown = cut(words, width - 17 - measure(share, text + 1, True) - GAP, text, measure, bold=True)
    yield Text(17, text + 2, shown, size=text, bold=True, tooltip="" if shown == words else words)
    yield Text(width, text + 2, share, _ink(share), text + 1, bold=True, anchor="end")
    if node.known_share is None:
        yield unknown_hatch(0, top, width, thick)
    else:
        yield Rect(0, top, width, thick, fill="box")
        yield from _dimension_bar(node, 0, top, width * min(node.known_share, 1.0), thick)
    yield Text(0, top + thick + sizes.note + 4, cut(under, width, sizes.note, measure), "text2", sizes.note)


def swatch(dimension: Dimension, x: float, y: float, size: float = 10) -> Shape:
    """Return the small square of a dimension's colour, hatched for what is not known."""
    if dimension is Dimension.UNKNOWN:
        return unknown_hatch(x, y, size, size)
    return Rect(x, y, size, size, fill=dimension_role(dimension))


def _ink(words: str) -> str:
    """Return the colour of an amount or share."""
    return "warn" if words == UNKNOWN else "ink"


def _dimension_bar(node: NodeExposure, x: float, top: float, length: float, thick: float) -> Iterator[Shape]:
    if length <= 0:
        return
    if node.dimension is Dimension.UNKNOWN:
        yield unknown_hatch(x, top, length, thick)
    else:
        yield Rect(x, top, length, thick, fill=dimension_role(node.dimension))


def share_rows(
    nodes: Sequence[NodeExposure],
    labels: Labels,
    width: float,
    name: Callable[[str], str],
    kind: Callable[[Dimension], str],
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
    headline: str = "",
) -> Figure:
    """Return a line for each node: name, kind, value, bar, share; a bar as wide as its column is all."""
    row, text = sizes.row, sizes.text
    amounts = max([measure(labels.money(node.known_value), text, False) for node in nodes], default=0)
    kinds = max([measure(kind(node.dimension), sizes.note, False) for node in nodes], default=0)
    shares = max([measure(labels.share(node.known_share), text, True) for node in nodes], default=0)
    names = min(max([measure(one_line(name(n.node)), text, True) for n in nodes], default=0), 0.36 * width)
    money_right = names + GAP + kinds + GAP + amounts
    area = width - money_right - 2 * GAP - max(shares, measure(labels.share(1.0), text, True))
    shapes: list[Shape] = []
    targets = []
    for number, node in enumerate(nodes):
        words, middle = one_line(name(node.node)), number * row + row / 2
        base = middle + sizes.drop
        shown = cut(words, names, text, measure)
        money, share = labels.money(node.known_value), labels.share(node.known_share)
        shapes += [
            Text(0, base, shown, size=text, tooltip="" if shown == words else words),
            Text(names + GAP, base, kind(node.dimension), "text2", sizes.note),
            Text(money_right, base, money, _ink(money), text, anchor="end"),
            *_dimension_bar(
                node,
                money_right + GAP,
                middle - sizes.bar / 2,
                area * min(node.known_share or 0, 1),
                sizes.bar,
            ),
            Text(width, base, share, _ink(share), text, bold=True, anchor="end"),
        ]
        line = f"{words}: {share}, {_share_words(node, kind(node.dimension), labels)}"
        targets.append(Target(node.node, 0, number * row, width, row, line, line))
    return Figure(width, len(nodes) * row, tuple(shapes), tuple(targets), headline)
