"""A layer's ratio on its scale: right of 1 where it pays, an arrow or a hatch where there is no place."""

import itertools
from dataclasses import replace

import pytest

from desktop_app.figures.reward_rows import (
    LEAST,
    MOST,
    RewardRow,
    reward_columns,
    reward_head,
    reward_rows,
)
from desktop_app.figures.shapes import Figure, Hatch, Polygon, Rect, Text
from desktop_app.figures.texts import estimate

ROW = RewardRow(
    id="2:A",
    position="weETH",
    layer="Liquid restaking",
    rate="+0.84 %",
    reward="390",
    loss="174",
    ratio_text="2.24",
    margin="× 2.3",
    breakeven="Pays only if EigenLayer fails less than once in 30 years",
    assumed="125",
    ratio=2.24,
    lossless=False,
    extra=True,
    weak=False,
    keys={"ratio": "ratio:2:A", "loss": "loss:2:A"},
    warned=frozenset(),
)


def drawn(*rows: RewardRow, chosen: str = "", width: float = 1064) -> Figure:
    return reward_rows(rows, reward_columns(rows, "USD", width), chosen)


def dots(figure: Figure) -> list[Rect]:
    return [s for s in figure.shapes if isinstance(s, Rect) and s.radius]


@pytest.mark.parametrize(("ratio", "side"), [(2.24, 1), (0.73, -1), (473.0, 1)])
def test_the_dot_stands_right_of_one_where_the_layer_pays(ratio: float, side: int) -> None:
    columns = reward_columns([ROW], "USD", 1064)
    (dot,) = dots(drawn(replace(ROW, ratio=ratio)))
    assert (dot.x + dot.width / 2 - columns.at(1)) * side > 0
    assert columns.stick <= dot.x <= columns.ratio


def test_ratios_beyond_the_scale_stand_at_its_ends() -> None:
    columns = reward_columns([ROW], "USD", 1064)
    assert columns.at(1e9) == columns.at(MOST)
    assert columns.at(1e-9) == columns.at(LEAST)
    assert columns.at(10) - columns.at(1) == pytest.approx(columns.at(100) - columns.at(10))


def test_nothing_and_less_is_an_arrow_and_unknown_a_hatch() -> None:
    nothing, unknown = drawn(replace(ROW, ratio=0.0)), drawn(replace(ROW, ratio=None))
    assert any(isinstance(s, Polygon) for s in nothing.shapes)
    assert not dots(nothing)
    assert any(isinstance(s, Hatch) for s in unknown.shapes)
    assert not dots(unknown)


def test_a_layer_without_a_loss_has_no_mark_at_all() -> None:
    figure = drawn(replace(ROW, ratio=None, lossless=True))
    assert not any(isinstance(s, Hatch | Polygon) for s in figure.shapes)
    assert not dots(figure)


def test_loss_and_ratio_are_bold_where_the_layer_pays_less_than_it_loses() -> None:
    bold = {s.text for s in drawn(replace(ROW, weak=True)).shapes if isinstance(s, Text) and s.bold}
    assert {"174", "2.24"} <= bold
    assert not {s.text for s in drawn(ROW).shapes if isinstance(s, Text) and s.bold}


def test_every_explained_number_and_the_position_can_be_reached() -> None:
    assert [t.id for t in drawn(ROW).targets] == ["row:2:A", "loss:2:A", "ratio:2:A"]


@pytest.mark.parametrize("width", [760, 1064, 1704])
def test_no_word_runs_into_the_next_column(width: float) -> None:
    long = replace(ROW, position="A position with a name of forty letters x", reward="123,456,789")
    texts = [s for s in drawn(long, ROW, width=width).shapes if isinstance(s, Text)]
    for line in {t.y for t in texts}:
        spans = sorted(_span(t) for t in texts if t.y == line)
        assert all(end <= start + 1 for (_, end), (start, _) in itertools.pairwise(spans)), spans


def _span(text: Text) -> tuple[float, float]:
    width = estimate(text.text, text.size, text.bold)
    left = text.x - width if text.anchor == "end" else text.x
    return left, left + width


def test_the_headings_stand_over_their_columns_with_the_ticks_of_the_scale() -> None:
    columns = reward_columns([ROW], "EUR", 1064)
    texts = {s.text: s for s in reward_head(columns, "EUR").shapes if isinstance(s, Text)}
    assert texts["EUR a year"].x == columns.reward
    assert [texts[t].x for t in ("1", "10", "100")] == [columns.at(1), columns.at(10), columns.at(100)]


def test_the_chosen_row_has_a_bar_and_a_bold_name() -> None:
    figure = drawn(ROW, chosen="2:A")
    assert [s.fill for s in figure.shapes if isinstance(s, Rect)][:2] == ["sel", "accent"]
    assert any(s.bold and s.text == "weETH" for s in figure.shapes if isinstance(s, Text))
