"""Exact amounts: Decimals read from text without surprises and written back digit by digit.

``None`` stands for *unknown* wherever an amount is optional; it is never treated as zero.
"""

import re
from collections.abc import Iterable
from decimal import Context, Decimal

EXACT = Context(prec=160)
"""Context of every sum and product of amounts (definitions.md 1)."""

MAX_TEXT = 100
MAX_EXPONENT = 99

_PATTERN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)


def parse_amount(text: str) -> Decimal | None:
    """Return the exact value of plain ASCII decimal text, or None if it is not such a number.

    Refuses what ``Decimal`` would take but a person never means: NaN, infinities, ``1_000``,
    full-width digits and exponents beyond two digits.
    """
    text = text.strip()
    if len(text) > MAX_TEXT or not _PATTERN.fullmatch(text):
        return None
    return Decimal(text)


def amount_text(value: Decimal) -> str:
    """Return the shortest plain decimal text (no exponent) that reads back to an equal value."""
    if not value.is_finite() or abs(value.adjusted()) > MAX_TEXT:
        message = "an amount must be finite and of ordinary size"
        raise ValueError(message)
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def total(values: Iterable[Decimal]) -> Decimal:
    """Return the exact sum."""
    result = Decimal(0)
    for value in values:
        result = EXACT.add(result, value)
    return result


def product(a: Decimal, b: Decimal) -> Decimal:
    """Return the exact product."""
    return EXACT.multiply(a, b)


def difference(a: Decimal, b: Decimal) -> Decimal:
    """Return the exact difference ``a - b``."""
    return EXACT.subtract(a, b)
