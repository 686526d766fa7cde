"""One number as people and programs write it: exact, with grouping, brackets and unit, or no number."""

import re
import unicodedata
from decimal import Decimal

MAX_TEXT = 120
MAX_WHOLE = 80
MAX_FRACTION = 70
"""Digits before and after the point; sums of such numbers stay exact in ``money.EXACT``."""

_SHAPE = re.compile(
    r"(?P<open>\()?(?P<sign>[+\-−])?(?P<body>[.,]\d+|\d[\d.,'’ \u00a0\u202f]*)"
    r"(?:[eE](?P<exponent>[+-]?\d{1,2}))?(?P<after>-)?(?P<close>\))?",
    re.ASCII,
)
_PLAIN = re.compile(r"(\d{1,40})(?:\.(\d{1,60}))?", re.ASCII)  # what nearly every cell holds: the quick way
SIGNED = re.compile(r"-?\d{1,40}(?:\.\d{1,60})?", re.ASCII)
_WITH_UNIT = re.compile(
    r"(?P<sign>[(+\-−]?)(?P<before>[^\d\s(+\-−.,'’)_]{0,12})\s*"
    r"(?P<number>[+\-−]?[\d.,](?:[\d.,'’ \u00a0\u202f]*[\d.,])?(?:[eE][+-]?\d{1,2}(?!\w))?-?\)?)"
    r"\s*(?P<after>(?![eE][+-]?\d)[^\d\s(+\-−.,'’)_]\S{0,15})?",
    re.ASCII,
)
_HEXADECIMAL = re.compile(r"[+-]?0x[0-9a-f]+", re.ASCII | re.IGNORECASE)
_PLAIN_GROUPS = re.compile(r"[1-9]\d{0,2}(?:(?P<sign>\D)\d{3})(?:(?P=sign)\d{3})*", re.ASCII)
_INDIAN_GROUPS = re.compile(r"[1-9]\d?(?:,\d{2})*,\d{3}", re.ASCII)
SIGNS = {"Ξ": "ETH", "◎": "SOL", "₿": "BTC", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


def parse(text: str, decimal: str) -> Decimal | None:
    """Return the exact value of cleaned text with ``decimal`` ("." or ",") as decimal sign, or None."""
    if decimal == "." and _PLAIN.fullmatch(text):
        return Decimal(text)
    shape = _SHAPE.fullmatch(text) if len(text) <= MAX_TEXT else None
    if shape is None or bool(shape["open"]) != bool(shape["close"]):
        return None
    minus = shape["sign"] in ("-", "−"), bool(shape["after"]), bool(shape["open"])
    digits = _digits(shape["body"], decimal)
    if digits is None or sum(minus) > 1 or (shape["sign"] == "+" and any(minus)):
        return None
    value = Decimal(f"{'-' if any(minus) else ''}{digits}E{shape['exponent'] or 0}")
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MAX_FRACTION or value.adjusted() >= MAX_WHOLE:
        return None
    return value


def plain(text: str) -> Decimal | None:
    """Return the value of digits with or without minus and point, None for any other text."""
    return Decimal(text) if SIGNED.fullmatch(text) else None


def is_out_of_range(text: str) -> bool:
    """Tell whether text is a number as people write it, but larger or finer than any real quantity."""
    mantissa, _, exponent = text.lower().partition("e")
    short = mantissa if exponent else "1"
    written = parse(short, ".") is not None and re.fullmatch(r"[+-]?\d+", exponent or mantissa, re.ASCII)
    return bool(written) and parse(text, ".") is None and parse(text, ",") is None


def evidence(text: str) -> str:
    """Return what a number says of its decimal sign: "." or ",", "?" if it could be either, "" if nothing."""
    if match := _PLAIN.fullmatch(text):
        whole, fraction = match.groups()
        if fraction is None or len(fraction) != 3 or whole[0] == "0" or len(whole) > 3:
            return "" if fraction is None else "."
    point, comma = parse(text, "."), parse(text, ",")
    if point is None:
        return "" if comma is None else ","
    if comma is None:
        return "."
    return "" if point == comma else "?"


def without_unit(text: str) -> tuple[str, str] | None:
    """Split "€3343.11", "89,162.28 SEK" or "10ETH" into number and unit (€ as EUR); None if it is neither."""
    match = _WITH_UNIT.fullmatch(text) if len(text) <= MAX_TEXT and not _HEXADECIMAL.fullmatch(text) else None
    if match is None or (match["before"] and match["after"]):
        return None
    unit = match["before"] or match["after"] or ""
    if unit and not any(c == "%" or unicodedata.category(c)[0] in "LS" for c in unit):
        return None
    return match["sign"] + match["number"], SIGNS.get(unit, unit)


def loses_digits(text: str) -> bool:
    """Tell whether a spreadsheet has rounded this number: few digits, large exponent, as in 1.23457E+15."""
    mantissa, sign, exponent = text.lower().partition("e")
    if not sign or not exponent.removeprefix("+").isdecimal():
        return False
    return int(exponent.removeprefix("+")) >= 10 and sum(c.isdigit() for c in mantissa) <= 6


def _digits(body: str, decimal: str) -> str | None:
    """Return plain digits with a point, or None where grouping or signs do not fit."""
    whole, _, fraction = body.partition(decimal)
    if fraction and not fraction.isdecimal():
        return None
    if whole and not whole.isdecimal():
        groups = _PLAIN_GROUPS.fullmatch(whole)
        if groups is None and (decimal == "," or not _INDIAN_GROUPS.fullmatch(whole)):
            return None
        whole = "".join(c for c in whole if c.isdecimal())
    return f"{whole or '0'}.{fraction or '0'}" if fraction else whole or None
