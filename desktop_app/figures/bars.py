"""Bars: value and reward by layer, and the largest dependencies (look.md 5)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.analysis.exposure import NodeExposure
from desktop_app.analysis.overview import LayerSum
from desktop_app.domain.positions import Dimension
from desktop_app.figures.colours import dimension_role
from desktop_app.figures.hatching import unknown_hatch
from desktop_app.figures.keys import moved
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Line, Measure, Rect, Shape, Target, Text
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.texts import cut, estimate, one_line

GAP = 14.0
_MISSING = " + ?"

# -- Value and reward by layer -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _LayerColumns:
    """Right edges of count, money and reward; the two areas for bars; where reward is zero, pixels per unit."""

    count: float
    money: float
    value_scale: float
    reward: float
    zero: float
    reward_scale: float


def layer_bars(
    layers: Sequence[LayerSum],
    labels: Labels,
    width: float,
    word: Callable[[str], str],
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
    headline: str = "",
) -> Figure:
    """Return value and reward of each layer, outermost first; ``word`` says what a layer is called.

    Base rewards stand below the dividing line, extra ones above it; a negative reward runs left of zero.
    """
    columns = _layer_columns(layers, labels, width, word, sizes, measure)
    row = sizes.row - 2
    shapes: list[Shape] = [*_layer_head(columns, labels, width, sizes, measure)]
    targets = []
    for number, layer in enumerate(layers):
        top = sizes.row + number * row
        if number and layers[number - 1].extra and not layer.extra:
            shapes.append(Line(((0, top), (width, top)), "rule"))
        name = word(layer.layer)
        shapes += (
            moved(s, 0, top + row / 2) for s in _layer_row(layer, name, columns, labels, sizes, measure)
        )
        targets.append(_layer_target(layer, name, top, width, row, labels))
    bottom = sizes.row + len(layers) * row
    paying = sizes.row + sum(row for layer in layers if layer.layer != "hold")
    if paying > sizes.row:
        shapes.append(Line(((columns.zero, sizes.row + 1), (columns.zero, paying)), "ink"))
    return Figure(width, bottom, tuple(shapes), tuple(targets), headline)


def _layer_columns(
    layers: Sequence[LayerSum],
    labels: Labels,
    width: float,
    word: Callable[[str], str],
    sizes: Sizes,
    measure: Measure,
) -> _LayerColumns:
    text, note = sizes.text, sizes.note
    names = max([measure(word(layer.layer), text, False) for layer in layers], default=0)
    values = max([measure(labels.money(layer.value), text, False) for layer in layers], default=0)
    rewards = max([measure(_reward_words(layer, labels), text, False) for layer in layers], default=0)
    count = names + GAP + measure("0000", note, False)
    money = count + GAP + max(values, measure(f"{labels.currency} on it", note, False))
    reward_width = max(
        rewards, measure(_MISSING, text, True) + rewards, measure("Reward a year", note, False)
    )
    area = width - money - reward_width - 4 * GAP
    value_area = area * 0.45
    most = max([layer.value for layer in layers], default=0) or 1
    low = min([layer.reward for layer in layers] + [0.0])
    high = max([layer.reward for layer in layers] + [0.0])
    scale = (area - value_area) / ((high - low) or 1)
    reward = money + GAP + value_area + GAP + reward_width
    zero = reward + GAP - low * scale
    return _LayerColumns(count, money, value_area / most, reward, zero, scale)


def _layer_head(
    columns: _LayerColumns, labels: Labels, width: float, sizes: Sizes, measure: Measure
) -> Iterator[Shape]:
    base, note = sizes.row - 8, sizes.note
    yield Text(0, base, "Layer", "text2", note)
    yield Text(columns.money, base, f"{labels.currency} on it", "text2", note, anchor="end")
    yield Text(columns.reward, base, "Reward a year", "text2", note, anchor="end")
    x = columns.reward + GAP
    for words, colour in (("base", "base"), ("extra", "accent")):
        yield Rect(x, base - 9, 9, 9, fill=colour)
        yield Text(x + 14, base, words, "text2", note)
        x += 14 + measure(words, note, False) + GAP
    yield Line(((0, sizes.row), (width, sizes.row)), "rule")


def _reward_words(layer: LayerSum, labels: Labels) -> str:
    if layer.layer == "hold":
        return ""
    return "?" if layer.reward_unknown and not layer.reward else labels.money(layer.reward)


def _layer_row(
    layer: LayerSum, name: str, columns: _LayerColumns, labels: Labels, sizes: Sizes, measure: Measure
) -> Iterator[Shape]:
    base, text, bar = sizes.drop, sizes.text, sizes.bar + 2
    yield Text(0, base, name, size=text)
    yield Text(columns.count, base, str(layer.positions), "text3", sizes.note, anchor="end")
    yield Text(columns.money, base, labels.money(layer.value), size=text, anchor="end")
    yield Rect(columns.money + GAP, -bar / 2, layer.value * columns.value_scale, bar, fill="line")
    words = _reward_words(layer, labels)
    right = columns.reward
    if words == "?":
        yield Text(right, base, words, "warn", text, bold=True, anchor="end")
    elif layer.reward_unknown:
        yield Text(right, base, _MISSING, "warn", text, bold=True, anchor="end")
        right -= measure(_MISSING, text, True)
    if words not in {"", "?"}:
        yield Text(right, base, words, size=text, anchor="end")
    length = layer.reward * columns.reward_scale
    if abs(length) >= 0.5:
        left = columns.zero + min(length, 0)
        yield Rect(left, -bar / 2, abs(length), bar, fill="accent" if layer.extra else "base")


def _layer_target(layer: LayerSum, name: str, top: float, width: float, row: float, labels: Labels) -> Target:
    money = labels.money(layer.value, with_currency=True)
    reward = labels.money(layer.reward, with_currency=True)
    lines = [f"{name}: {money} in {layer.positions} positions"]
    if layer.layer != "hold":
        lines.append(f"pays {reward} a year")
    if layer.reward_unknown:
        lines.append(f"reward not known for {layer.reward_unknown} of them")
    if layer.unsplit:
        lines.append(f"{layer.unsplit} with one rate for the whole stack, not split")
    return Target(f"layer:{layer.layer}", 0, top, width, row, ", ".join(lines[:2]), "\n".join(lines))


# -- Largest dependencies ------------------------------------------------------------------------------


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
    """Return each node's share of the portfolio on a track: name and share over the bar, kind and value under it."""
    pitch = sizes.row * 2 + 14
    shapes: list[Shape] = []
    targets = []
    for number, node in enumerate(nodes):
        words = one_line(name(node.node))
        under = _share_words(node, kind(node.dimension), labels)
        block = _share_block(node, words, under, labels, width, sizes, measure)
        shapes += (moved(shape, 0, number * pitch) for shape in block)
        line = f"{words}: {labels.share(node.share)}, {under}"
        targets.append(Target(node.node, 0, number * pitch, width, pitch - 8, line, line))
    return Figure(width, len(nodes) * pitch, tuple(shapes), tuple(targets), headline)


def _share_words(node: NodeExposure, kind: str, labels: Labels) -> str:
    positions = "one position" if node.positions == 1 else f"{node.positions} positions"
    return f"{kind}, {labels.money(node.value, with_currency=True)} in {positions}"


def _share_block(
    node: NodeExposure,
    words: str,
    under: str,
    labels: Labels,
    width: float,
    sizes: Sizes,
    measure: Measure,
) -> Iterator[Shape]:
    share, text = labels.share(node.share), sizes.text
    top, thick = sizes.text + 11, 8.0
    yield swatch(node.dimension, 0, text - 8)
    shown = cut(words, width - 17 - measure(share, text + 1, True) - GAP, text, measure, bold=True)
    yield Text(17, text + 2, shown, size=text, bold=True, tooltip="" if shown == words else words)
    yield Text(width, text + 2, share, size=text + 1, bold=True, anchor="end")
    yield Rect(0, top, width, thick, fill="box")
    yield from _dimension_bar(node, 0, top, width * min(node.share or 0.0, 1.0), thick)
    yield Text(0, top + thick + sizes.note + 4, cut(under, width, sizes.note, measure), "text2", sizes.note)


def swatch(dimension: Dimension, x: float, y: float, size: float = 10) -> Shape:
    """Return the small square of a dimension's colour, hatched for what is not known."""
    if dimension is Dimension.UNKNOWN:
        return unknown_hatch(x, y, size, size)
    return Rect(x, y, size, size, fill=dimension_role(dimension))


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
    """Return one line for each node: name, kind, value, bar, share; the whole portfolio would fill the bar's column."""
    row, text = sizes.row, sizes.text
    money = max([measure(labels.money(node.value), text, False) for node in nodes], default=0)
    kinds = max([measure(kind(node.dimension), sizes.note, False) for node in nodes], default=0)
    share = measure(labels.share(1.0), text, True)
    names = min(max([measure(one_line(name(n.node)), text, True) for n in nodes], default=0), 0.36 * width)
    money_right = names + GAP + kinds + GAP + money
    area = width - money_right - 2 * GAP - share
    shapes: list[Shape] = []
    targets = []
    for number, node in enumerate(nodes):
        words, middle = one_line(name(node.node)), number * row + row / 2
        base = middle + sizes.drop
        shown = cut(words, names, text, measure)
        shapes += [
            Text(0, base, shown, size=text, tooltip="" if shown == words else words),
            Text(names + GAP, base, kind(node.dimension), "text2", sizes.note),
            Text(money_right, base, labels.money(node.value), size=text, anchor="end"),
            *_dimension_bar(
                node, money_right + GAP, middle - sizes.bar / 2, area * min(node.share or 0, 1), sizes.bar
            ),
            Text(width, base, labels.share(node.share), size=text, bold=True, anchor="end"),
        ]
        line = f"{words}: {labels.share(node.share)}, {_share_words(node, kind(node.dimension), labels)}"
        targets.append(Target(node.node, 0, number * row, width, row, line, line))
    return Figure(width, len(nodes) * row, tuple(shapes), tuple(targets), headline)
