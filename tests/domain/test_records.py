from decimal import Decimal
from typing import Any

import pytest

from desktop_app.domain.positions import Mode
from desktop_app.domain.records import Reader
from desktop_app.errors import UserError

WRONG: list[tuple[str, Any, str]] = [
    ("text", 5, "expected is text"),
    ("required", "", "text that is not empty"),
    ("number", "5", "expected is a number"),
    ("number", True, "expected is a number"),
    ("number", Decimal("NaN"), "expected is a number"),
    ("amount", "1,5", "decimal number"),
    ("amount", 1.5, "decimal number"),
    ("amount", "1e99999", "decimal number"),
    ("whole_number", "1", "whole number"),
    ("flag", 1, "true or false"),
    ("day", "2026-02-30", "a date such as"),
    ("moment", "2026-01-01T00:00:00", "with its zone"),
    ("moment", "today", "a time such as"),
    ("texts", ["a", 1], "a list of texts"),
]


@pytest.mark.parametrize(("method", "value", "expected"), WRONG)
def test_a_wrong_value_is_told_with_its_place_and_key(method: str, value: Any, expected: str) -> None:
    with pytest.raises(UserError) as caught:
        getattr(Reader({"k": value}, "node “n”"), method)("k")
    assert caught.value.text.startswith("In node “n”, “k” is ")
    assert expected in caught.value.text


def test_a_choice_names_the_words_that_are_possible() -> None:
    with pytest.raises(UserError, match="one of all, split, shared"):
        Reader({"mode": "some"}, "edge “e”").choice("mode", Mode)


def test_a_list_of_records_tells_which_one_is_wrong() -> None:
    rows = Reader({"rows": [{"id": "a"}, {}]}, "the file").records("rows")
    assert [r.place for r in rows] == ["rows “a”", "rows, number 2"]
    with pytest.raises(UserError, match="an object with keys"):
        list(Reader({"rows": ["x"]}, "the file").records("rows"))
    with pytest.raises(UserError, match="expected is a list"):
        list(Reader({"rows": {}}, "the file").records("rows"))


def test_what_is_missing_is_unknown_and_never_zero() -> None:
    r = Reader({}, "the file")
    assert (r.number("k"), r.amount("k"), r.flag("k"), r.day("k"), r.record("k")) == (None,) * 5
    assert (r.text("k"), r.texts("k"), list(r.records("k"))) == ("", (), [])


def test_an_amount_is_exact_as_text_and_as_a_number() -> None:
    r = Reader({"a": "0.1", "b": Decimal("0.1"), "c": 3}, "the file")
    assert [r.amount(k) for k in "abc"] == [Decimal("0.1"), Decimal("0.1"), Decimal(3)]


def test_a_long_value_is_shortened_in_the_sentence() -> None:
    with pytest.raises(UserError) as caught:
        Reader({"k": ["x" * 500]}, "the file").text("k")
    assert len(caught.value.text) < 120


def test_whole_numbers_are_read_or_refused() -> None:
    assert list(Reader({"d": [0, 7]}, "the file").whole_numbers("d", (1,))) == [0, 7]
    assert list(Reader({}, "the file").whole_numbers("d", (1,))) == [1]
    with pytest.raises(UserError, match="list of whole numbers"):
        list(Reader({"d": [0.5]}, "the file").whole_numbers("d", ()))
