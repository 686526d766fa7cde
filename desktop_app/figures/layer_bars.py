"""Value and reward by layer as bars (look.md 5)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.analysis.overview import LayerSum
from desktop_app.figures.hatching import unknown_hatch
from desktop_app.figures.keys import moved
from desktop_app.figures.labels import UNKNOWN, Labels
from desktop_app.figures.shapes import Figure, Line, Measure, Rect, Shape, Target, Text
from desktop_app.figures.sizes import SCREEN, Sizes
from desktop_app.figures.texts import estimate

GAP = 14.0
_MISSING = " + ?"
HATCHED = 20.0
"""As long is the strip that stands for a value that nobody knows."""

LEAST_BARS = 5
"""The bars of value and reward have at least so many times the height of the text, or the note goes."""
NOT_SPLIT = "total, not split"
LOSS, ASSUMED = "Loss a year", "assumed loss"


@dataclass(frozen=True, slots=True)
class _LayerColumns:
    """Right edges of count, money and reward; where reward is zero; pixels per unit of value and reward.

    ``noted``: there is room to say beside the bars what is not split.
    """

    count: float
    money: float
    value_scale: float
    reward: float
    zero: float
    reward_scale: float
    noted: bool


def layer_bars(
    layers: Sequence[LayerSum],
    labels: Labels,
    width: float,
    word: Callable[[str], str],
    sizes: Sizes = SCREEN,
    measure: Measure = estimate,
    headline: str = "",
    losses: Mapping[str, float] | None = None,
) -> Figure:
    """Return value and reward of each layer, outermost first; ``word`` says what a layer is called.

    Base rewards stand below the dividing line, extra ones above it; a negative reward runs left of zero.
    ``losses``: layer -> what it is assumed to lose a year; a mark over the bar, and a column at the right.
    """
    if not layers:
        words = Text(0, sizes.row - 8, "No layers are recorded.", "text2", sizes.note)
        return Figure(width, sizes.row, (words,), headline=headline)
    lost = losses or {}
    room = width - _losses_width(lost, labels, sizes, measure)
    columns = _layer_columns(layers, labels, room, word, sizes, measure, max(lost.values(), default=0.0))
    row, head = sizes.row - 2, sizes.row
    key = _key(sizes, measure, marked=bool(lost))
    if columns.reward + GAP + key.width <= room:
        shapes: list[Shape] = [moved(shape, columns.reward + GAP, 0) for shape in key.shapes]
    else:  # no room beside the headings: on a line of its own above them
        shapes, head = [moved(shape, room - key.width, 0) for shape in key.shapes], 2 * sizes.row - 6
    shapes += (moved(s, 0, head - sizes.row) for s in _layer_head(columns, labels, width, sizes))
    if lost:
        shapes.append(Text(width, head - 8, LOSS, "text2", sizes.note, anchor="end"))
    targets = []
    for number, layer in enumerate(layers):
        top = head + number * row
        if number and layers[number - 1].extra and not layer.extra:
            shapes.append(Line(((0, top), (width, top)), "rule"))
        name = word(layer.layer)
        shapes += (
            moved(s, 0, top + row / 2) for s in _layer_row(layer, name, columns, labels, sizes, measure)
        )
        targets.append(_layer_target(layer, name, top, width, row, labels))
    bottom = head + len(layers) * row
    paying = head + sum(row for layer in layers if _pays(layer))
    if paying > head:
        shapes.append(Line(((columns.zero, head + 1), (columns.zero, paying)), "ink"))
    for number, layer in enumerate(layers):
        if layer.layer in lost:
            middle = head + number * row + row / 2
            marks = _loss_marks(layer, lost[layer.layer], width, columns, labels, sizes)
            shapes += (moved(s, 0, middle) for s in marks)
    return Figure(width, bottom, tuple(shapes), tuple(targets), headline)


def _layer_columns(
    layers: Sequence[LayerSum],
    labels: Labels,
    width: float,
    word: Callable[[str], str],
    sizes: Sizes,
    measure: Measure,
    largest_loss: float,
) -> _LayerColumns:
    text, note = sizes.text, sizes.note
    names = max([measure(word(layer.layer), text, False) for layer in layers], default=0)
    values = max([measure(labels.money(layer.known_value), text, False) for layer in layers], default=0)
    rewards = max([measure(_reward_words(layer, labels), text, False) for layer in layers], default=0)
    count = names + GAP + measure("0000", note, False)
    money = count + GAP + max(values, measure(f"{labels.currency} on it", note, False))
    reward_width = max(
        rewards, measure(_MISSING, text, True) + rewards, measure("Reward a year", note, False)
    )
    beside = GAP + measure(NOT_SPLIT, note, False) if any(layer.unsplit for layer in layers) else 0
    area = width - money - reward_width - beside - 4 * GAP
    noted = area >= LEAST_BARS * text
    if not noted:  # the sign beside the number says it in fewer words
        area = max(area + beside, 2 * GAP)
    value_area = area * 0.45
    most = max([layer.value for layer in layers], default=0) or 1
    low = min([layer.reward for layer in layers] + [0.0])
    high = max([layer.reward for layer in layers] + [0.0, largest_loss])
    scale = (area - value_area) / ((high - low) or 1)
    reward = money + GAP + value_area + GAP + reward_width
    zero = reward + GAP - low * scale
    return _LayerColumns(count, money, value_area / most, reward, zero, scale, noted)


def _layer_head(columns: _LayerColumns, labels: Labels, width: float, sizes: Sizes) -> Iterator[Shape]:
    base, note = sizes.row - 8, sizes.note
    yield Text(0, base, "Layer", "text2", note)
    yield Text(columns.money, base, f"{labels.currency} on it", "text2", note, anchor="end")
    yield Text(columns.reward, base, "Reward a year", "text2", note, anchor="end")
    yield Line(((0, sizes.row), (width, sizes.row)), "rule")


def _losses_width(losses: Mapping[str, float], labels: Labels, sizes: Sizes, measure: Measure) -> float:
    """Return how wide the column of losses is, with the blank before it; 0 where there is none."""
    amounts = [measure(labels.money(loss), sizes.text, True) for loss in losses.values()]
    return GAP + max([measure(LOSS, sizes.note, False), *amounts]) if losses else 0.0


def _loss_marks(
    layer: LayerSum, loss: float, width: float, columns: _LayerColumns, labels: Labels, sizes: Sizes
) -> Iterator[Shape]:
    """Yield the mark of a loss over the reward, and its number: bold where the reward is less."""
    x, half = columns.zero + loss * columns.reward_scale, sizes.bar / 2 + 2
    yield Line(((x, -half), (x, half)), "page", 5.0)
    yield Line(((x, -half), (x, half)), "ink", 3.0)
    low = layer.known_reward is not None and loss > layer.known_reward
    yield Text(width, sizes.drop, labels.money(loss), size=sizes.text, bold=low, anchor="end")


def _key(sizes: Sizes, measure: Measure, *, marked: bool) -> Figure:
    """Return the two colours of rewards with their words, and the mark of losses, in one line."""
    base, note, x = sizes.row - 8, sizes.note, 0.0
    shapes: list[Shape] = []
    for words, colour in (("base", "base"), ("extra", "accent")):
        shapes += [Rect(x, base - 9, 9, 9, fill=colour), Text(x + 14, base, words, "text2", note)]
        x += 14 + measure(words, note, False) + GAP
    if marked:
        shapes.append(Line(((x + 2, base - 10), (x + 2, base + 1)), "ink", 3.0))
        shapes.append(Text(x + 9, base, ASSUMED, "text2", note))
        x += 9 + measure(ASSUMED, note, False) + GAP
    return Figure(x - GAP, sizes.row, tuple(shapes))


def _pays(layer: LayerSum) -> bool:
    """Tell whether a layer has a reward to show; a coin that is only held may have none."""
    return layer.layer != "hold" or bool(layer.reward)


def _reward_words(layer: LayerSum, labels: Labels) -> str:
    if not _pays(layer):
        return ""
    return "?" if layer.known_reward is None else labels.money(layer.known_reward)


def _layer_row(
    layer: LayerSum, name: str, columns: _LayerColumns, labels: Labels, sizes: Sizes, measure: Measure
) -> Iterator[Shape]:
    base, text, bar = sizes.drop, sizes.text, sizes.bar + 2
    yield Text(0, base, name, size=text)
    yield Text(columns.count, base, labels.number(layer.positions), "text3", sizes.note, anchor="end")
    money = labels.money(layer.known_value)
    yield Text(columns.money, base, money, "warn" if money == UNKNOWN else "ink", text, anchor="end")
    if layer.known_value is None:
        yield unknown_hatch(columns.money + GAP, -bar / 2, HATCHED, bar)
    else:
        yield Rect(columns.money + GAP, -bar / 2, layer.value * columns.value_scale, bar, fill="line")
    words = _reward_words(layer, labels)
    right = columns.reward
    if words == "?":
        yield Text(right, base, words, "warn", text, bold=True, anchor="end")
    elif layer.reward_unknown or layer.within_total:
        yield Text(right, base, _MISSING, "warn", text, bold=True, anchor="end")
        right -= measure(_MISSING, text, True)
    if words not in {"", "?"}:
        yield Text(right, base, words, size=text, anchor="end")
    yield from _reward_bar(layer, columns, sizes)


def _reward_bar(layer: LayerSum, columns: _LayerColumns, sizes: Sizes) -> Iterator[Shape]:
    """Yield the layer's own reward in its colour; totals of whole stacks follow plainly, and are named."""
    bar = sizes.bar + 2
    whole = layer.reward * columns.reward_scale
    own = (layer.reward - layer.unsplit_reward) * columns.reward_scale
    for start, end, fill in ((0.0, own, "accent" if layer.extra else "base"), (own, whole, "line")):
        if abs(end - start) >= 0.5:
            yield Rect(columns.zero + min(start, end), -bar / 2, abs(end - start), bar, fill=fill)
    if layer.unsplit and columns.noted:
        x = columns.zero + max(own, whole, 0.0) + GAP / 2
        yield Text(x, sizes.drop, NOT_SPLIT, "warn", sizes.note)


def _layer_target(layer: LayerSum, name: str, top: float, width: float, row: float, labels: Labels) -> Target:
    money = labels.money(layer.known_value, with_currency=True)
    positions = "one position" if layer.positions == 1 else f"{labels.number(layer.positions)} positions"
    lines = [f"{name}: {'value ' if money == UNKNOWN else ''}{money} in {positions}"]
    if _pays(layer):
        reward = layer.known_reward
        pays = "reward unknown" if reward is None else labels.money(reward, with_currency=True)
        lines.append(pays if reward is None else f"pays {pays} a year")
    if layer.reward_unknown:
        lines.append(f"reward not known for {layer.reward_unknown} of them")
    if layer.unsplit:
        lines.append(f"{layer.unsplit} with one rate for the whole stack, not split")
    if layer.within_total:
        lines.append(f"{layer.within_total} paid within a rate for the whole stack, not split")
    return Target(f"layer:{layer.layer}", 0, top, width, row, ", ".join(lines[:2]), "\n".join(lines))
