"""The fields of one fact: an exit step, a slashing rule, an example of a reward, a risk; its source."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.catalogue import ExitFact, Fact, RewardFact, RiskFact, SlashingFact
from desktop_app.domain.entry_edits import own_source
from desktop_app.domain.overrides import FactKind, is_same, yours
from desktop_app.figures.labels import Labels
from desktop_app.report.fact_sentences import fact_sentence
from desktop_app.report.position_facts import source_line
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import Field, choice, line
from desktop_app.ui.dialogs.slash_helper import ask_severity
from desktop_app.ui.dialogs.typed import read_amount, read_day, write_amount, write_day
from desktop_app.ui.widgets.section import Link
from desktop_app.ui.widgets.sentence_label import SentenceLabel

SLASHABLE = {"not known": None, "yes": True, "no": False}
ALLOCATIONS = {"does not matter": "n/a", "unique": "unique", "may overlap": "shared"}
_CHOICES: Mapping[str, Mapping[str, object]] = {"slashable": SLASHABLE, "allocation": ALLOCATIONS}
HUNDRED = Decimal(100)
DAYS = ("minimum", "typical", "maximum")
PERCENT = ("max_fraction", "rate")
_ROWS: Mapping[FactKind, tuple[tuple[tuple[str, str, int], ...], ...]] = {
    "exits": (
        (
            ("name", "Step", 4),
            ("minimum", "Least, days", 2),
            ("typical", "Usually", 2),
            ("maximum", "Most", 2),
        ),
        (
            ("slashable", "Slashable meanwhile", 3),
            ("path", "Way out", 3),
            ("gives", "Gives", 2),
            ("only_when", "Holds in this case", 4),
        ),
    ),
    "slashing": (
        (
            ("condition", "What happens", 5),
            ("max_fraction", "Most it takes, %", 2),
            ("allocation", "Allocations", 2),
        ),
    ),
    "rewards": ((("name", "What pays", 5), ("rate", "Rate, % a year", 2), ("as_of", "Seen on", 2)),),
    "risks": ((("text", "What can go wrong", 1),),),
}
"""(name, label, part of the width) of the fields, row by row."""
_SOURCE = (("cited", "Where you read it", 5), ("dated", "Its date", 2))
_NEEDED = {"exits": "name", "slashing": "condition", "rewards": "name", "risks": "text"}


class FactForm(QWidget):
    """``edited`` is emitted with every change; ``restored`` and ``removed`` by the links under the fields.

    ``fact``: as it stands in the entry; ``shipped``: the one in whose place it stands, None for a new one.
    """

    edited = Signal()
    restored = Signal()
    removed = Signal()

    def __init__(self, kind: FactKind, fact: Fact, shipped: Fact | None, labels: Labels, today: date) -> None:
        super().__init__()
        self.kind = kind
        self._base = fact
        self._shipped = shipped
        self._labels = labels
        self._today = today
        self._locale = QLocale()
        self.fields: dict[str, Field] = {}
        self.before = SentenceLabel(theme.NOTE, role="text2")
        self.back = Link("Back to the shipped value")
        self.remove = Link("Remove this fact")
        self._lay_out()
        self._start()
        for field in self.fields.values():
            field.edited.connect(self._changed)
        self.back.clicked.connect(self.restored)
        self.remove.clicked.connect(self.removed)
        self._changed()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        for row in (*_ROWS[self.kind], _SOURCE):
            across = QHBoxLayout()
            across.setSpacing(12)
            for name, label, width in row:
                self.fields[name] = Field(name, label, self._editor(name))
                across.addWidget(self.fields[name], width)
            column.addLayout(across)
        column.addWidget(self.before)
        if self.kind == "slashing":
            slash = Link("Work out what a slash takes…")
            slash.clicked.connect(self._reckon)
            column.addWidget(slash, 0, Qt.AlignmentFlag.AlignLeft)
        links = QGridLayout()
        links.setColumnStretch(1, 1)
        links.addWidget(self.back, 0, 0)
        links.addWidget(self.remove, 0, 2)
        column.addLayout(links)

    @staticmethod
    def _editor(name: str) -> Any:
        if name in _CHOICES:
            return choice(list(_CHOICES[name]), editable=False)
        if name == "path":
            return choice(["standard", "instant", "market", "native"])
        if name in (*DAYS, *PERCENT):
            return line("not known", number=True)
        return line({"gives": "what was below", "cited": "a page, a person …"}.get(name, ""))

    def _reckon(self) -> None:
        """Let the part that a slash on Ethereum takes be worked out."""

        def use(part: float) -> None:
            percent = Decimal(repr(round(part * 100, 10))).normalize()
            self.fields["max_fraction"].put(write_amount(percent, self._locale))

        ask_severity(self.window(), self._labels).used.connect(use)

    def _start(self) -> None:
        for name, field in self.fields.items():
            field.start_with(self._text(name))

    def _text(self, name: str) -> str:
        """Return what a field shows of the fact at first; the source of a shipped fact is not the user's."""
        if name in {"cited", "dated"}:
            own = self._base.source if yours(self._base) else None
            if name == "cited":
                return own.cited if own else ""
            return self._day(own.dated if own else self._today.isoformat())
        value = getattr(self._base, name)
        if name in _CHOICES:
            return next(text for text, meant in _CHOICES[name].items() if meant == value)
        if name in DAYS:
            return write_amount(None if value is None else Decimal(repr(value)), self._locale)
        if name in PERCENT:
            percent = None if value is None else Decimal(repr(value)) * HUNDRED
            return write_amount(percent, self._locale)
        return self._day(value) if name == "as_of" else str(value)

    def _day(self, dated: str) -> str:
        try:
            return write_day(date.fromisoformat(dated), self._locale)
        except ValueError:
            return dated

    # -- reading -------------------------------------------------------------------------------------------

    def fact(self) -> Fact:
        """Return what the fields say; one that says what is shipped is the shipped one."""
        said: dict[str, Any] = {
            name: self._value(name)
            for name, field in self.fields.items()
            if name not in {"cited", "dated"} and not field.is_unchanged()
        }
        changed: Fact = replace(self._base, **said)
        source_changed = not (self.fields["cited"].is_unchanged() and self.fields["dated"].is_unchanged())
        if self._shipped is not None and is_same(changed, self._shipped) and not self.fields["cited"].text():
            return self._shipped
        if said or source_changed or yours(self._base):
            day = read_day(self.fields["dated"].text(), self._locale) or self._today
            return replace(changed, source=own_source(self.fields["cited"].text(), day))
        return changed

    def _value(self, name: str) -> Any:
        text = self.fields[name].text()
        if name in _CHOICES:
            return _CHOICES[name][text]
        if name in DAYS:
            days = read_amount(text, self._locale)
            return None if days is None else float(days)
        if name in PERCENT:
            percent = read_amount(text, self._locale)
            return None if percent is None else float(percent / HUNDRED)
        if name == "as_of":
            day = read_day(text, self._locale)
            return day.isoformat() if day else "undated"
        return text or ("standard" if name == "path" else "")

    # -- checking ------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        wrong = self._wrong()
        for name, field in self.fields.items():
            field.say(wrong.get(name, ""), "alarm" if name in wrong else "text2")
        differs = self._shipped is not None and not (wrong or is_same(self.fact(), self._shipped))
        self.back.setVisible(differs)
        self.before.setVisible(self._shipped is not None)
        if self._shipped is not None:
            source = self._shipped.source
            where = source_line("", source.cited, self._day(source.dated), source.verified)
            self.before.set_text(f"The catalogue says: {fact_sentence(self._shipped, self._labels)} {where}")
        self.edited.emit()

    def reason(self) -> str:
        """Return why the fields make no fact yet, "" if they do."""
        needed, wrong = self.fields[_NEEDED[self.kind]], self._wrong()
        if not needed.text():
            return f"Enter “{needed.label_text}”"
        return f"Correct “{self.fields[next(iter(wrong))].label_text}”" if wrong else ""

    def _wrong(self) -> dict[str, str]:
        wrong = {}
        for name in (n for n in (*DAYS, *PERCENT) if n in self.fields):
            text, amount = self.fields[name].text(), read_amount(self.fields[name].text(), self._locale)
            if text and amount is None:
                wrong[name] = f"Not a number; write it like {write_amount(Decimal('1.5'), self._locale)}."
            elif amount is not None and amount < 0 and name != "rate":
                wrong[name] = "It cannot be negative."
            elif amount is not None and name == "max_fraction" and amount > HUNDRED:
                wrong[name] = "It cannot be more than 100 %."
        days = [d for n in DAYS if n in self.fields and n not in wrong and (d := self._value(n)) is not None]
        if days != sorted(days):
            wrong["maximum"] = "The days must rise from least to most."
        for name in (n for n in ("as_of", "dated") if n in self.fields):
            text = self.fields[name].text()
            if text and text != self._text(name) and read_day(text, self._locale) is None:
                wrong[name] = f"Not a date; write it like {write_day(date(2026, 3, 3), self._locale)}."
        return wrong


def blank_fact(kind: FactKind, today: date) -> Fact:
    """Return a fact that says nothing yet."""
    source = own_source("", today)
    facts: dict[FactKind, Fact] = {
        "exits": ExitFact("standard", "", "queue", source),
        "slashing": SlashingFact("", "n/a", source),
        "rewards": RewardFact("", "base", today.isoformat(), source),
        "risks": RiskFact("", source),
    }
    return facts[kind]
