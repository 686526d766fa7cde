"""No text of a stranger is computed by a spreadsheet, and every text comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.spreadsheet import protected, unprotected

texts = st.text() | st.text("'\"=+-@\t\r\n\0x", max_size=6)


@given(texts)
def test_a_protected_text_comes_back_as_it_was(text: str) -> None:
    assert unprotected(protected(text)) == text


@given(texts)
def test_no_protected_text_begins_as_a_formula(text: str) -> None:
    assert not protected(text).lstrip('"').startswith(("=", "+", "-", "@", "\t", "\r", "\0"))


@pytest.mark.parametrize(
    "text", ["=1+1", "-2", "@SUM(A1)", "\tx", "\r=1", '"=1', "'=1", "\N{FULLWIDTH EQUALS SIGN}1"]
)
def test_what_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert protected(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "weETH", "it's", "'quoted'", "1 - 2"])
def test_other_text_is_left_alone(text: str) -> None:
    assert protected(text) == unprotected(text) == text
