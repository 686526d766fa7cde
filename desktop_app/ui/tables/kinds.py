"""Kinds of cells: how a value of each kind is shown, told exactly, and copied into a spreadsheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from desktop_app.domain.money import amount_text
from desktop_app.domain.spreadsheet import protected
from desktop_app.figures.labels import HIDDEN, UNKNOWN, Labels
from desktop_app.figures.texts import one_line

Write = Callable[[Any, Labels], str]
"""(a known value, labels) -> text."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a known value is written: ``show``, ``exact`` with every digit, ``copy`` for spreadsheets.

    ``unknown`` stands where the value is not known; ``number``: right-aligned, and summed where asked;
    ``whole``: the known values are parts of the whole that is known, so that no sum of them lacks anything.
    """

    show: Write
    exact: Write
    copy: Write
    unknown: str = UNKNOWN
    number: bool = True
    whole: bool = False


def plain_number(value: Decimal | float, labels: Labels) -> str:
    """Return every digit without grouping, with the decimal sign that the user's spreadsheet reads."""
    text = amount_text(value if isinstance(value, Decimal) else Decimal(repr(value)))
    return text.replace(".", labels.number(0.5, decimals=1)[1])


def _amount(value: Decimal | float, labels: Labels) -> str:
    return HIDDEN if labels.hide_amounts else plain_number(value, labels)


def _exact_money(value: Decimal | float, labels: Labels) -> str:
    text = labels.exact(value) if isinstance(value, Decimal) else labels.money(value, decimals=2)
    return HIDDEN if labels.hide_amounts else f"{labels.currency} {text}"


def _count(value: int, labels: Labels) -> str:
    return labels.number(value)


def _day(value: date, labels: Labels) -> str:
    return labels.day(value)


TEXT = Kind(
    lambda value, _: one_line(value),
    lambda value, _: value,
    lambda value, _: protected(one_line(value)),
    unknown="",
    number=False,
)
RIGHT = Kind(TEXT.show, TEXT.exact, TEXT.copy)
"""A figure that is written already, and stands right as numbers do."""
MONEY = Kind(lambda value, labels: labels.money(value), _exact_money, _amount)
PRICE = Kind(lambda value, labels: labels.money(value, decimals=2), _exact_money, _amount)
QUANTITY = Kind(
    lambda value, labels: labels.quantity(value), lambda value, labels: labels.exact(value), _amount
)
SHARE = Kind(
    lambda value, labels: labels.share(value),
    lambda value, labels: labels.share(value, decimals=6),
    plain_number,
)
SUMMED_SHARE = Kind(
    lambda value, labels: labels.share(value, decimals=1), SHARE.exact, plain_number, unknown="?", whole=True
)
"""One decimal: for shares of a list that must add up."""
RATE = Kind(lambda value, labels: labels.rate(value), SHARE.exact, plain_number)
RATIO = Kind(
    lambda value, labels: labels.number(value, decimals=2 if abs(value) < 10 else 0),
    lambda value, labels: labels.number(value, decimals=6),
    plain_number,
    unknown="?",
)
DAYS = Kind(
    lambda value, labels: labels.days(value),
    lambda value, labels: f"{labels.number(value, decimals=2)} days",
    plain_number,
    unknown="?",
)
COUNT = Kind(_count, _count, plain_number)
DATE = Kind(_day, _day, lambda value, _: value.isoformat())
