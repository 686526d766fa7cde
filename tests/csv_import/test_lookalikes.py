import pytest

from desktop_app.csv_import import lookalikes


@pytest.mark.parametrize(
    ("written", "seen"),
    [("\u051deETH", "weETH"), ("\u0455tETH", "stETH"), ("\uff25\uff34\uff28", "ETH"), ("ETH", "ETH")],
)
def test_a_symbol_is_read_as_it_looks(written: str, seen: str) -> None:
    assert lookalikes.plain(written) == seen


def test_the_foreign_letter_is_named() -> None:
    assert lookalikes.foreign_letter("\u051deETH") == "“\u051d” (Cyrillic small letter we)"
    assert lookalikes.foreign_letter("weETH") == ""
