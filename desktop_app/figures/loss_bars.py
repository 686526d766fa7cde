"""What scenarios would cost, a bar each, with the range where it is one (look.md 5, paper)."""

from collections.abc import Iterator, Sequence

from desktop_app.analysis.stress import ScenarioLoss
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Figure, Line, Measure, Rect, Shape, Target, Text
from desktop_app.figures.sizes import PAPER, Sizes
from desktop_app.figures.texts import cut, estimate, one_line

GAP = 14.0
NAMES_AT_MOST = 0.4
WHISKER, CAP, MARK = 1.3, 8.0, 2.6


def loss_bars(
    losses: Sequence[ScenarioLoss],
    labels: Labels,
    width: float,
    sizes: Sizes = PAPER,
    measure: Measure = estimate,
) -> tuple[Figure, ...]:
    """Return a row for each scenario: name, bar from zero to the loss, whisker from low to high, numbers."""
    text, row = sizes.text, sizes.row + 2
    names = min(max(measure(one_line(x.name), text, False) for x in losses), NAMES_AT_MOST * width)
    shares = max(measure(labels.share(loss.share), text, True) for loss in losses)
    amounts = max(measure(labels.money(loss.loss), text, False) for loss in losses)
    money, left = width - shares - GAP, names + GAP
    area = money - amounts - GAP - left
    scale = area / (max(loss.high for loss in losses) or 1)
    figures = []
    for loss in losses:
        words = one_line(loss.name)
        shown = cut(words, names, text, measure)
        base, share = row / 2 + sizes.drop, labels.share(loss.share)
        amount = labels.money(loss.loss)
        shapes: tuple[Shape, ...] = (
            Line(((0, row - 0.5), (width, row - 0.5)), "rule"),
            Text(0, base, shown, size=text, tooltip="" if shown == words else words),
            *_marks(loss, left, scale, row / 2, sizes),
            Text(money, base, amount, size=text, anchor="end"),
            Text(width, base, share, size=text, bold=True, anchor="end"),
        )
        line = f"{words}: {share}, {labels.money(loss.loss, with_currency=True)}"
        figures.append(Figure(width, row, shapes, (Target(loss.id, 0, 0, width, row, line, line),), line))
    return tuple(figures)


def _marks(loss: ScenarioLoss, left: float, scale: float, middle: float, sizes: Sizes) -> Iterator[Shape]:
    """Yield the bar, and the whisker from the largest shock alone to the sum of all, where they differ."""
    end, low, high = (left + x * scale for x in (loss.loss, loss.low, loss.high))
    yield Rect(left, middle - sizes.bar / 2, max(end - left, 0), sizes.bar, fill="line")
    if high - low > 1:
        yield Line(((low, middle), (high, middle)), "ink", WHISKER)
        for x in (low, high):
            yield Line(((x, middle - CAP / 2), (x, middle + CAP / 2)), "ink", WHISKER)
    yield Line(((end, middle - sizes.bar / 2 - 2), (end, middle + sizes.bar / 2 + 2)), "ink", MARK)
