"""Bars of layers: value and reward, base and extra apart, unknown never zero."""

import pytest

from desktop_app.analysis.overview import LayerSum
from desktop_app.figures.labels import Labels
from desktop_app.figures.layer_bars import layer_bars
from desktop_app.figures.shapes import Hatch, Line, Rect, Text

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
