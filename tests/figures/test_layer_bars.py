"""Bars of layers: value and reward, base and extra apart, unknown never zero."""

from dataclasses import replace

import pytest

from desktop_app.analysis.overview import LayerSum
from desktop_app.figures.labels import Labels
from desktop_app.figures.layer_bars import layer_bars
from desktop_app.figures.shapes import Hatch, Line, Rect, Text
from desktop_app.figures.sizes import Sizes
from desktop_app.figures.texts import estimate

LABELS = Labels()
LAYERS = (
    LayerSum("collateral", 1, 200.0, -14.0, 0, 0, extra=True),
    LayerSum("liquid restaking", 5, 400.0, 16.0, 1, 0, extra=True),
    LayerSum("yield", 1, 100.0, 0.0, 1, 0, extra=True),
    LayerSum("staking", 3, 300.0, 56.0, 0, 0, extra=False),
    LayerSum("hold", 12, 1000.0, 0.0, 0, 0, extra=False),
)


def words(texts: object) -> list[str]:
    return [shape.text for shape in texts if isinstance(shape, Text)]  # type: ignore[attr-defined]


def test_a_negative_reward_runs_left_of_zero() -> None:
    figure = layer_bars(LAYERS, LABELS, 700, str.capitalize)
    zero = next(s for s in figure.shapes if isinstance(s, Line) and s.colour == "ink").points[0][0]
    rewards = [
        s for s in figure.shapes if isinstance(s, Rect) and s.fill in {"accent", "base"} and s.height > 9
    ]
    assert rewards[0].x + rewards[0].width == pytest.approx(zero)
    assert all(bar.x == pytest.approx(zero) for bar in rewards[1:])


def test_extra_rewards_and_base_rewards_have_their_own_colours() -> None:
    figure = layer_bars(LAYERS, LABELS, 700, str.capitalize)
    fills = [
        s.fill for s in figure.shapes if isinstance(s, Rect) and s.fill in {"accent", "base"} and s.height > 9
    ]
    assert fills == ["accent", "accent", "base"]


def test_a_partly_known_reward_has_a_plus_and_a_question_mark() -> None:
    texts = words(layer_bars(LAYERS, LABELS, 700, str.capitalize).shapes)
    assert " + ?" in texts
    assert "?" in texts
    assert "−14" in texts


def test_layer_bars_stay_inside_their_figure() -> None:
    figure = layer_bars(LAYERS, LABELS, 700, str.capitalize)
    assert all(s.x >= 0 and s.x + s.width <= 700 for s in figure.shapes if isinstance(s, Rect))


def test_every_layer_can_be_pointed_at() -> None:
    figure = layer_bars(LAYERS, LABELS, 700, str.capitalize)
    assert [target.id for target in figure.targets][:2] == ["layer:collateral", "layer:liquid restaking"]
    assert "reward not known for 1 of them" in figure.targets[1].tooltip


def test_no_layers_is_a_sentence_and_no_empty_chart() -> None:
    assert words(layer_bars((), LABELS, 700, str.capitalize).shapes) == ["No layers are recorded."]


def rewards(*layers: LayerSum) -> dict[str, float]:
    """Return colour -> length of the bars of rewards."""
    figure = layer_bars(layers, LABELS, 700, str.capitalize)
    zero = next(s for s in figure.shapes if isinstance(s, Line) and s.colour == "ink").points[0][0]
    bars = [s for s in figure.shapes if isinstance(s, Rect) and s.x + s.width > zero - 1 and s.height > 9]
    return {bar.fill: bar.width for bar in bars}


def test_a_layer_without_any_price_is_unknown_and_never_zero() -> None:
    unpriced = LayerSum("fixed yield", 1, 0.0, 0.0, 0, 0, extra=True, priced=0)
    figure = layer_bars((unpriced, LAYERS[-1]), LABELS, 700, str.capitalize)
    texts = [s for s in figure.shapes if isinstance(s, Text)]
    assert [s.colour for s in texts if s.text == "unknown"] == ["warn"]
    assert "0" not in words(texts)
    assert any(isinstance(s, Hatch) for s in figure.shapes)
    assert figure.targets[0].name == "Fixed yield: value unknown in one position, reward unknown"


def test_a_total_that_is_not_split_is_named_and_has_no_layer_s_colour() -> None:
    total = LayerSum("restaking", 1, 1000.0, 32.0, 0, 1, extra=True, unsplit_reward=32.0)
    texts = words(layer_bars((total,), LABELS, 700, str.capitalize).shapes)
    assert "32" in texts
    assert "total, not split" in texts
    assert set(rewards(total)) == {"line"}


def test_beside_a_total_the_layer_s_own_reward_keeps_its_colour() -> None:
    lengths = rewards(LayerSum("restaking", 2, 2000.0, 40.0, 0, 1, extra=True, unsplit_reward=30.0))
    assert lengths["line"] == pytest.approx(3 * lengths["accent"])


def test_a_layer_paid_within_a_total_is_not_said_to_pay_nothing() -> None:
    within = LayerSum("liquid staking", 1, 1000.0, 0.0, 0, 0, extra=False, within_total=1)
    texts = words(layer_bars((within,), LABELS, 700, str.capitalize).shapes)
    assert "?" in texts
    assert "0" not in texts


def test_a_held_coin_that_pays_has_its_number_beside_its_bar() -> None:
    hold = LayerSum("hold", 1, 1000.0, 12.0, 0, 0, extra=False)
    figure = layer_bars((hold,), LABELS, 700, str.capitalize)
    assert "12" in words(figure.shapes)
    assert "pays USD\u00a012 a year" in figure.targets[0].tooltip
    assert set(rewards(hold)) == {"base"}


@pytest.mark.parametrize("width", [460, 609, 700])
def test_with_a_large_font_bars_and_key_stay_inside_and_right_of_their_numbers(width: float) -> None:
    sizes = Sizes(20, 18, 17, 32)
    unsplit = replace(LAYERS[1], unsplit=1, unsplit_reward=16.0)
    figure = layer_bars((LAYERS[0], unsplit, *LAYERS[2:]), LABELS, width, str.capitalize, sizes)
    assert {"base", "extra"} <= set(words(figure.shapes))
    numbers = [s.x for s in figure.shapes if isinstance(s, Text) and s.anchor == "end"]
    for shape in figure.shapes:
        if isinstance(shape, Text) and shape.anchor == "start" and shape.text in {"base", "extra"}:
            assert shape.x + estimate(shape.text, shape.size, shape.bold) <= width
        if isinstance(shape, Rect) and shape.fill == "line":
            assert shape.width >= 0
            assert shape.x >= min(numbers)


def test_an_assumed_loss_is_a_mark_on_the_scale_of_the_reward_and_a_number() -> None:
    paid = LayerSum("staking", 1, 1000.0, 40.0, 0, 0, extra=False)
    figure = layer_bars((paid,), LABELS, 700, str.capitalize, losses={"staking": 10.0})
    bar = [s for s in figure.shapes if isinstance(s, Rect) and s.fill == "base"][-1]
    mark = [s for s in figure.shapes if isinstance(s, Line) and s.colour == "ink" and s.width == 3.0][-1]
    assert (mark.points[0][0] - bar.x) / bar.width == pytest.approx(0.25)
    assert {"Loss a year", "assumed loss", "10"} <= set(words(figure.shapes))


def test_a_loss_above_the_reward_is_bold_and_stays_inside_the_figure() -> None:
    paid = LayerSum("staking", 1, 1000.0, 10.0, 0, 0, extra=False)
    figure = layer_bars((paid,), LABELS, 700, str.capitalize, losses={"staking": 400.0})
    number = next(s for s in figure.shapes if isinstance(s, Text) and s.text == "400")
    assert number.bold
    assert all(x <= 700 for s in figure.shapes if isinstance(s, Line) for x, _ in s.points)


def test_without_assumptions_nothing_is_said_of_losses() -> None:
    assert "Loss a year" not in words(layer_bars(LAYERS, LABELS, 700, str.capitalize).shapes)
