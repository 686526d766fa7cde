from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.money import amount_text, difference, parse_amount, product, total

amounts = st.decimals(allow_nan=False, allow_infinity=False, places=18, min_value=-(10**30), max_value=10**30)


@given(amounts)
def test_an_amount_survives_as_text_to_every_digit(amount: Decimal) -> None:
    assert parse_amount(amount_text(amount)) == amount


@given(st.lists(amounts, max_size=20))
def test_a_sum_does_not_depend_on_the_order(values: list[Decimal]) -> None:
    assert total(values) == total(reversed(values))


def test_sums_and_products_keep_every_digit() -> None:
    dust, fortune = Decimal("0.000000000000000001"), Decimal(10) ** 40
    assert difference(total([fortune, dust]), fortune) == dust
    assert (
        product(fortune + 1, Decimal("1.000000000000000001"))
        == Decimal(10) ** 40 + Decimal(10) ** 22 + 1 + dust
    )


@pytest.mark.parametrize("text", ["1", "-1.5", "+2", ".5", "5.", "1e3", "1E-18", " 7 "])
def test_plain_numbers_are_read(text: str) -> None:
    assert parse_amount(text) == Decimal(text.strip())


@pytest.mark.parametrize(
    "text", ["", "nan", "inf", "1_000", "1,5", "\uff11", "1e999", "0x10", "1 2", "9" * 101]
)
def test_what_a_person_never_means_is_no_amount(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [("1.500", "1.5"), ("1E+3", "1000"), ("-0.0", "0"), ("0.10", "0.1"), ("100", "100"), ("-2.50", "-2.5")],
)
def test_text_is_plain_and_short(value: str, text: str) -> None:
    assert amount_text(Decimal(value)) == text


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+200"])
def test_what_is_no_ordinary_amount_is_not_written(value: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        amount_text(Decimal(value))
