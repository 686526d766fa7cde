"""A slider over an amount: what stands where, and what an unknown amount looks like."""

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui import theme
from desktop_app.ui.widgets.amount_slider import HANDLE, AmountSlider


@pytest.fixture
def slider(qtbot: QtBot) -> AmountSlider:
    slider = AmountSlider(3_000_000, 20_000, 2_600_000)
    qtbot.addWidget(slider)
    slider.resize(HANDLE + 300, 24)
    slider.show()
    return slider


def test_amounts_stand_in_proportion(slider: AmountSlider) -> None:
    places = [slider.place_of(value) for value in (0, 1_500_000, 3_000_000)]
    assert places == [HANDLE / 2, HANDLE / 2 + 150, HANDLE / 2 + 300]


def test_showing_a_value_tells_nobody(slider: AmountSlider) -> None:
    told: list[int] = []
    slider.valueChanged.connect(told.append)
    slider.show_value(1_240_000)
    assert (slider.value(), told) == (1_240_000, [])


@pytest.mark.parametrize(("value", "role"), [(1_500_000, "accent"), (None, "faint")])
def test_what_is_unknown_is_not_filled(slider: AmountSlider, value: int | None, role: str) -> None:
    slider.show_value(value)
    line = slider.grab().toImage().pixelColor(100, 12)
    assert line == theme.colour(role)
