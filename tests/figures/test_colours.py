"""The colours are the ones that were measured: their contrast is recomputed from the values."""

import pytest

from desktop_app.domain.positions import Dimension
from desktop_app.figures.colours import (
    LEGIBLE,
    ROLES,
    Theme,
    colour,
    contrast,
    dimension_role,
    grey,
    luminance,
    tint_role,
)

RATIOS = {
    "rule": (1.3, 1.5),
    "grid": (1.2, 1.2),
    "field": (3.2, 4.2),
    "line": (3.0, 3.6),
    "mute": (1.9, 2.1),
    "faint": (1.3, 1.3),
    "ink": (16.6, 13.7),
    "text2": (7.0, 8.0),
    "text3": (4.9, 5.7),
    "accent": (8.4, 7.9),
    "base": (3.1, 3.9),
    "alarm": (6.5, 7.2),
    "warn": (6.7, 8.2),
    "dimension:asset": (17.8, 12.3),
    "dimension:chain": (5.2, 5.5),
    "dimension:token": (3.4, 7.8),
    "dimension:protocol": (6.9, 4.4),
    "dimension:platform": (4.1, 5.9),
    "dimension:operator": (7.5, 5.0),
    "dimension:role": (3.2, 10.3),
    "dimension:custody": (7.8, 3.5),
    "dimension:lender": (3.1, 8.5),
    "dimension:oracle": (9.0, 4.2),
    "dimension:bridge": (5.9, 12.5),
    "dimension:client": (12.8, 3.7),
    "dimension:service": (3.4, 8.4),
}
THEMES: tuple[Theme, Theme] = ("light", "dark")


@pytest.mark.parametrize("role", RATIOS)
def test_contrast_to_the_page_is_as_printed(role: str) -> None:
    measured = [round(contrast(colour(role, theme), colour("page", theme)), 1) for theme in THEMES]
    assert measured == list(RATIOS[role])


def test_text_on_the_accent_is_as_printed() -> None:
    measured = [round(contrast(colour("on accent", theme), colour("accent", theme)), 1) for theme in THEMES]
    assert measured == [8.4, 8.7]


@pytest.mark.parametrize(("role", "light", "dark"), [("alarm", 5.2, 4.6), ("warn", 5.3, 5.3)])
def test_status_is_legible_on_a_selected_row(role: str, light: float, dark: float) -> None:
    measured = [round(contrast(colour(role, theme), colour("sel", theme)), 1) for theme in THEMES]
    assert measured == [light, dark]


def test_every_dimension_has_a_colour_in_both_themes() -> None:
    for dimension in Dimension:
        role = dimension_role(dimension)
        assert contrast(colour(role, "light"), "#FFFFFF") >= 3
        assert contrast(colour(role, "dark"), colour("page", "dark")) >= 3


def test_every_colour_is_written_in_full() -> None:
    codes = [code for pair in ROLES.values() for code in pair]
    assert all(len(code) == 7 and int(code[1:], 16) >= 0 for code in codes)


def test_grey_keeps_the_luminance() -> None:
    for light, _ in ROLES.values():
        assert luminance(grey(light)) == pytest.approx(luminance(light), abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("part", [0.0, 0.01, 0.5, 1.0])
def test_ink_is_legible_on_every_tint(theme: Theme, part: float) -> None:
    for dimension in Dimension:
        if dimension is not Dimension.UNKNOWN:
            assert contrast(colour(tint_role(dimension, part), theme), colour("ink", theme)) >= LEGIBLE


@pytest.mark.parametrize(("theme", "least", "most"), [("light", 0.10, 0.52), ("dark", 0.12, 0.34)])
def test_a_tint_grows_with_the_part(theme: Theme, least: float, most: float) -> None:
    page, full = (int(colour(role, theme)[1:3], 16) for role in ("page", "dimension:platform"))
    for part, amount in ((0.0, least), (1.0, most)):
        red = int(colour(tint_role(Dimension.PLATFORM, part), theme)[1:3], 16)
        assert red == round(page + (full - page) * amount)
