"""How a whole column writes its numbers or dates: decided once from all its values, or asked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from desktop_app.csv_import import cells, dates, numbers
from desktop_app.csv_import.questions import Inquiry, Question

Values = Iterable[tuple[int, str]]
"""Lines and the cells of one column."""


class Number(NamedTuple):
    """A number (None: nothing given) with its unit, or the ``trouble``: invalid, minority, ask."""

    value: Decimal | None = None
    unit: str = ""
    trouble: str = ""


class Day(NamedTuple):
    """A day that was read (None: nothing given), or the ``trouble``: invalid, range, ask."""

    value: date | None = None
    trouble: str = ""


_NOTHING = Number()
_NO_NUMBER = Number(trouble="invalid")


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """Reads the numbers of one column. ``decimal`` is "." or ",", or "" while a question about it is open."""

    decimal: str = "."
    question: str = ""

    def read(self, cell: str, asset: str = "") -> Number:
        """Return the number in a cell; the row's own asset as its unit is taken off before anything else."""
        if self.decimal == "." and not (asset and _has_outer_digit(asset)):
            value = numbers.plain(cell)  # what nearly every cell holds: the quick way
            if value is not None:
                return Number(value)
        text = _bare(cell)
        if cells.is_missing(text):
            return _NOTHING
        if asset and (own := _without(text, asset)) is not None:
            text = own
        number = self._number(text)
        if number.trouble != "invalid":
            return number
        split = numbers.without_unit(text)
        if split is None or not split[1]:
            return number
        return self._number(split[0])._replace(unit=split[1])

    def _number(self, text: str) -> Number:
        value = numbers.parse(text, self.decimal or ".")
        if value is not None and (self.decimal or not numbers.evidence(text)):
            return Number(value)
        if not self.decimal and numbers.evidence(text):
            return Number(trouble="ask")
        if value is None and numbers.evidence(text):
            return Number(trouble="minority")
        return _NO_NUMBER


def number_column(
    name: str, values: Values, inquiry: Inquiry, counted: Mapping[str, int] = MappingProxyType({})
) -> NumberColumn:
    """Decide the decimal sign of a column from all its values; a tie or nothing but "1,234" is a question.

    ``counted`` are the votes of further values by sign ("?" for either), which are not among ``values``.
    """
    if (told := _told(f"decimal_sign:{name}", inquiry, (".", ","))) is not None:
        return NumberColumn(told)
    votes: Counter[str] = Counter(counted)
    open_lines: dict[str, list[int]] = {".": [], ",": [], "?": []}
    seen: dict[str, str] = {}
    for line, cell in values:
        sign = seen.get(cell)
        if sign is None:
            sign = seen[cell] = evidence_in(cell)
        if sign:
            votes[sign] += 1
            open_lines[sign].append(line)
    if votes["."] != votes[","]:
        return NumberColumn("." if votes["."] > votes[","] else ",")
    if not votes.total():
        return NumberColumn()
    either = next((cell for cell, sign in seen.items() if sign == "?"), "")
    why = f"“{cells.shown(either)}” can be read both ways" if either else "Its values contradict each other"
    question = Question(
        f"decimal_sign:{name}",
        f"In column “{name}”, is the point or the comma the decimal sign? {why}.",
        lines=tuple(sorted(line for lines in open_lines.values() for line in lines)),
        choices=(".", ","),
    )
    return NumberColumn(inquiry.settle(question) or "", question.code)


def _told(code: str, inquiry: Inquiry, choices: tuple[str, ...]) -> str | None:
    """Return what the user says of this very column, whatever its values say; None where nothing is said."""
    answer = inquiry.given(code)
    return answer if answer in choices else None


@dataclass(frozen=True, slots=True)
class DateColumn:
    """Reads the dates of one column; ``order`` is "dmy", "mdy" or "" (not needed, not known).

    ``serials`` accepts a spreadsheet's day numbers. ``iso_only`` is the rule of a format that always
    writes YYYY-MM-DD.
    """

    today: date
    order: str = ""
    serials: bool = False
    iso_only: bool = False
    question: str = ""
    forms: tuple[str, ...] = ()
    _known: dict[str, Day] = field(default_factory=dict)

    def read(self, cell: str) -> Day:
        """Return the day in a cell (UTC); a day in the future or before 2009-01-03 is out of range."""
        known = self._known.get(cell)
        if known is None:
            known = self._known[cell] = self._read(_bare(cell))
        return known

    def _read(self, text: str) -> Day:
        if cells.is_missing(text):
            return Day()
        if self.iso_only:
            reading = dates.iso_day(text)
        else:
            reading = dates.one_reading(text)
            if reading is None and self.order:
                reading = dates.ordered(text, self.order)
            if reading is None and self.serials:
                reading = dates.serial(text)
        if reading is None:
            in_doubt = self.question and (dates.orders(text) or dates.serial(text))
            return Day(trouble="ask" if in_doubt else "invalid")
        return Day(reading.day) if dates.is_sane(reading.day, self.today) else Day(trouble="range")


def date_column(name: str, values: Values, today: date, inquiry: Inquiry) -> DateColumn:
    """Decide the order of day and month from all values; what nothing settles is a question."""
    told = _told(f"date_order:{name}", inquiry, ("dmy", "mdy"))
    forms: set[str] = set()
    readings: dict[str, frozenset[str]] = {}
    lines: list[int] = []
    serial_lines: list[int] = []
    one_reading = lru_cache(4096)(dates.one_reading)
    for line, cell in values:
        text = _bare(cell)
        if reading := one_reading(text):
            forms.add(reading.form)
        elif fitting := dates.orders(text):
            readings[text] = fitting
            lines.append(line)
        elif dates.serial(text):
            serial_lines.append(line)
    order, code = "", ""
    if told is not None:
        return DateColumn(today, told, forms=(*sorted(forms), told))
    if readings:
        order, code = _order(name, readings, lines, inquiry)
        return DateColumn(today, order, question=code, forms=(*sorted(forms), *filter(None, [order])))
    if serial_lines:
        accepted, code = _day_numbers(name, serial_lines, inquiry)
        return DateColumn(today, serials=accepted, question=code, forms=tuple(sorted(forms)))
    return DateColumn(today, forms=tuple(sorted(forms)))


def _order(
    name: str, readings: dict[str, frozenset[str]], lines: list[int], inquiry: Inquiry
) -> tuple[str, str]:
    settled = {next(iter(fitting)) for fitting in readings.values() if len(fitting) == 1}
    if len(settled) == 1:
        return settled.pop(), ""
    if not settled and all(_reads_the_same(text) for text in readings):
        return "dmy", ""
    either = f"“{cells.shown(next(iter(readings)))}” can be read both ways"
    why = "The dates contradict each other" if settled else either
    question = Question(
        f"date_order:{name}",
        f"In column “{name}”, does the day or the month stand first? {why}.",
        lines=tuple(lines),
        choices=("dmy", "mdy"),
    )
    answer = inquiry.settle(question)
    return (answer, "") if answer else ("", question.code)


def _reads_the_same(text: str) -> bool:
    day_first, month_first = dates.ordered(text, "dmy"), dates.ordered(text, "mdy")
    return day_first is not None and month_first is not None and day_first.day == month_first.day


def _day_numbers(name: str, lines: list[int], inquiry: Inquiry) -> tuple[bool, str]:
    question = Question(
        f"date_order:{name}",
        f"The dates in column “{name}” look like day numbers of a spreadsheet (45306: 2024-01-15). Are they?",
        lines=tuple(lines),
        choices=("day_numbers",),
    )
    return inquiry.settle(question) is not None, question.code


def _bare(cell: str) -> str:
    """Return a cell's text without the apostrophe by which a spreadsheet marks text."""
    text = cells.clean(cell)
    return text[1:].lstrip() if text.startswith("'") else text


def evidence_in(cell: str) -> str:
    """Return what a cell says of the decimal sign: "." or ",", "?" if it could be either, "" if nothing."""
    if numbers.plain(cell) is not None:
        return numbers.evidence(cell)
    text = _bare(cell)
    if text.isdecimal() or cells.is_missing(text):
        return ""
    found = numbers.evidence(text)
    if found or numbers.parse(text, ".") is not None:
        return found
    split = numbers.without_unit(text)
    return numbers.evidence(split[0]) if split else ""


def _has_outer_digit(asset: str) -> bool:
    return asset[0].isdecimal() or asset[-1].isdecimal()


def _without(text: str, asset: str) -> str | None:
    """Return a number without the row's own asset before or after it; None if it does not stand there."""
    if text[-1].isdecimal() and text[0].isdecimal() and not _has_outer_digit(asset):
        return None
    folded, unit = text.casefold(), asset.casefold()
    if len(folded) <= len(unit) or len(folded) != len(text):
        return None
    if folded.endswith(unit):
        return text[: -len(unit)].rstrip()
    if folded.startswith(unit):
        return text[len(unit) :].lstrip()
    return None
