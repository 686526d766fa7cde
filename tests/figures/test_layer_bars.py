"""Bars of layers: value and reward, base and extra apart, unknown never zero."""

import pytest

from desktop_app.analysis.overview import LayerSum
from desktop_app.figures.labels import Labels
from desktop_app.figures.layer_bars import layer_bars
from desktop_app.figures.shapes import Line, Rect, Text

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
