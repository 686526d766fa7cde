"""Words in lines: nothing is lost, what is too long is cut and says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontInfo, QImage, QPainter

from desktop_app.report.sentences import Run
from desktop_app.ui.typesetting import DOTS, PIXEL, TEXT, TITLE, Ink, Words, advance, clean, font

pytestmark = pytest.mark.usefixtures("qapp")

INK = Ink(grey=False)


def words(*texts: str, width: float = 2000.0, most: int = 0) -> Words:
    return Words([Run(text) for text in texts], TEXT, width, INK, most=most)


def drawn(made: Words) -> int:
    """Return how many dark pixels words leave."""
    image = QImage(400, 400, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.scale(96 / DOTS, 96 / DOTS)
    made.draw(painter, 0, 0)
    painter.end()
    return sum(byte < 128 for byte in bytes(image.constBits()))


@given(st.text(max_size=400), st.floats(50, 5000))
def test_any_text_takes_whole_lines(text: str, width: float) -> None:
    made = words(text, width=width)
    assert made.lines >= 1
    assert made.height == pytest.approx(made.lines * TEXT.pitch)


@given(st.text(st.sampled_from("ab 😀ع"), min_size=1, max_size=300), st.integers(1, 5))
def test_at_most_so_many_lines_are_set(text: str, most: int) -> None:
    assert words(text, width=600.0, most=most).lines <= most


def test_a_short_text_is_one_line_and_a_long_one_is_wrapped_also_within_a_word() -> None:
    assert words("short").lines == 1
    assert words("a name of several words " * 4).lines > 1
    assert words("x" * 300).lines > 1
    assert words("one\ntwo").lines == 2


def test_what_is_cut_ends_in_dots_in_the_middle_of_a_sign_beyond_the_first_plane_too() -> None:
    assert drawn(words("😀" * 500, width=500.0, most=1)) >= 0
    assert drawn(words("word " * 500, width=500.0, most=1)) > 0


def test_all_runs_are_drawn() -> None:
    assert drawn(words("one ", "two ", "three")) > drawn(words("one ", "two "))


def test_nothing_draws_nothing() -> None:
    assert drawn(words("")) == 0
    assert words().lines == 1


def test_bold_words_are_wider() -> None:
    assert advance("EigenLayer", TEXT, bold=True) > advance("EigenLayer", TEXT)


def test_figures_have_one_width() -> None:
    assert advance("1111", TEXT) == pytest.approx(advance("0000", TEXT))


def test_sizes_are_those_of_paper_on_every_device() -> None:
    assert QFontInfo(font(TITLE.points, True)).pixelSize() == round(19.5 / 72 * DOTS)
    assert PIXEL * 96 == DOTS


def test_control_signs_and_narrow_blanks_are_made_harmless() -> None:
    assert clean("a\x00b\u202ec\u202f%\td\r") == "abc\u00a0% d"


def test_in_grey_every_role_is_grey() -> None:
    ink = Ink(grey=True)
    for role in ("ink", "text2", "warn", "alarm", "dimension:platform"):
        assert ink(role).red() == ink(role).green() == ink(role).blue()
