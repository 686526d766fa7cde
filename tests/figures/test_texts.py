"""Words inside pictures are one line and are cut where they would not fit."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.figures.texts import cut, estimate, in_lines, one_line


def test_a_name_from_a_file_is_one_line_without_control_signs() -> None:
    assert one_line("a\nb\tc\x07\u202ed\ufeff") == "a b cd"


def test_spaces_that_do_not_break_stay() -> None:
    assert one_line("52\u202f% of USD\u00a01") == "52\u202f% of USD\u00a01"


def test_what_fits_is_not_cut() -> None:
    assert cut("ether.fi", 100, 12, estimate) == "ether.fi"


@given(st.text(min_size=1, max_size=60), st.floats(20, 300))
def test_what_is_cut_fits_and_is_a_beginning(text: str, width: float) -> None:
    shown = cut(text, width, 12, estimate)
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))
    assert estimate(shown, 12, False) <= width


@given(st.text(max_size=60), st.text(max_size=60))
def test_longer_text_is_wider(one: str, other: str) -> None:
    assert estimate(one + other, 12, False) >= estimate(one, 12, False)


def test_bold_is_wider() -> None:
    assert estimate("weETH", 12, True) > estimate("weETH", 12, False)


def test_a_text_is_broken_between_words_into_no_more_lines_than_allowed() -> None:
    assert in_lines("Lido", 2, 60, 11, estimate) == ["Lido"]
    assert in_lines("Operator 162", 2, 60, 11, estimate) == ["Operator", "162"]
    first, second = in_lines("Lagrange ZK prover network", 2, 74, 11, estimate)
    assert first == "Lagrange ZK"
    assert (second[:2], second[-1]) == ("pr", "…")
