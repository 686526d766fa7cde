"""Before and after in words: one line a measure, and what a tried change does in a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop_app.analysis.what_if import SHARES, Compared, Comparison, Figure, Measure
from desktop_app.domain.positions import Dimension
from desktop_app.figures.labels import HIDDEN, MINUS, NO_BREAK, UNKNOWN, Labels, whole_days
from desktop_app.figures.texts import one_line
from desktop_app.report import words
from desktop_app.report.limit_words import mended_words, worse_words
from desktop_app.report.sentences import Run, Sentence, bold, sentence
from desktop_app.report.year_words import rounded

SAME = "–"
"""Stands where nothing changes."""

LEAST = 0.0005
"""A smaller change of a share is not seen in the figures."""

_MEASURES: Mapping[Measure, str] = {
    Measure.VALUE: "Known value",
    Measure.POSITIONS: "Positions",
    Measure.UNPRICED: "Positions without a price",
    Measure.REWARD: "Reward a year",
    Measure.EXTRA_REWARD: "Reward of the extra layers a year",
    Measure.EXPECTED_LOSS: "Expected loss a year",
    Measure.RATIO: "Extra reward ÷ expected loss",
    Measure.VAR: "One year in 20 costs at least",
    Measure.CVAR: "One year in 20 costs on average",
    Measure.SINGLE_POINTS: "Nodes that carry a quarter or more",
    Measure.BROKEN: "Limits broken",
}
_OF_A_YEAR = frozenset((Measure.EXPECTED_LOSS, Measure.VAR, Measure.CVAR))
_COUNTS = frozenset((Measure.POSITIONS, Measure.UNPRICED, Measure.SINGLE_POINTS, Measure.BROKEN))


@dataclass(frozen=True, slots=True)
class WhatIfLine:
    """One measure in words; ``exact``: before and after with more digits.

    ``role``: "alarm" where more limits are broken than before, "warn" where the figure after is not known.
    """

    id: str
    measure: str
    before: str
    after: str
    change: str
    exact: tuple[str, str]
    role: str = ""

    @property
    def differs(self) -> bool:
        """Tell whether anything that is shown differs."""
        return self.change != SAME


def what_if_lines(found: Comparison, names: Mapping[str, str], labels: Labels) -> tuple[WhatIfLine, ...]:
    """Return the measures that either portfolio has; ``names``: id -> name of every node of both."""
    return tuple(_line(row, names, labels) for row in found.rows if not _is_empty(row))


def what_if_sentence(lines: Sequence[WhatIfLine], edits: Sequence[str]) -> Sentence:
    """Return "With Add weETH and one more change 9 of 21 measures differ."; ``edits``: what was tried."""
    if not edits:
        return sentence("Nothing is tried yet: change, import or stress what you hold. It happens on a copy.")
    more = len(edits) - 1
    lead: list[str | Run] = [f"With “{one_line(edits[-1])}”"]
    if more:
        lead.append(f" and {words.counted(more, 'change')} before it")
    differ = sum(line.differs for line in lines)
    if not differ:
        return sentence(*lead, ", no measure changes.")
    return sentence(*lead, ", ", bold(f"{differ} of {len(lines)}"), " measures change.")


def limit_sentences(found: Comparison, names: Mapping[str, str], labels: Labels) -> tuple[str, ...]:
    """Return what the change breaks, each as "▲ …", then what it mends."""
    return (
        *(f"▲ {worse_words(worse, names, labels)}" for worse in found.worsened),
        *(mended_words(limit, names) for limit in found.mended),
    )


def _is_empty(row: Compared) -> bool:
    """Tell whether a row counts nothing, before and after."""
    counts_nothing = row.measure in {Measure.UNPRICED, Measure.BROKEN}
    return counts_nothing and not row.before.value and not row.after.value


def _line(row: Compared, names: Mapping[str, str], labels: Labels) -> WhatIfLine:
    before, after = (_figure(row.measure, f, names, labels) for f in (row.before, row.after))
    told = replace(labels, hide_amounts=False)
    seen = {_figure(row.measure, f, names, told) for f in (row.before, row.after)}
    change = SAME if len(seen) == 1 else _change(row, labels)
    role = "warn" if row.after.value is None and row.before.value is not None else ""
    more = row.change is not None and float(row.change) > 0
    if row.measure is Measure.BROKEN and more:
        role = "alarm"
    exact = (_exact(row.measure, row.before, labels), _exact(row.measure, row.after, labels))
    return WhatIfLine(row.id, measure_words(row, labels), before, after, change, exact, role)


def measure_words(row: Compared, labels: Labels) -> str:
    """Return what a row is about: "Largest operator", "Days until 90 % is out"."""
    if row.measure is Measure.DAYS_OUT:
        return f"Days until {labels.share(float(row.subject))} is out"
    if row.measure in SHARES:
        word = words.dimension_word(Dimension(row.subject)).partition(",")[0]
        return f"Largest {word}" if row.measure is Measure.LARGEST else f"{words.capital(word)} not published"
    return _MEASURES[row.measure]


def _figure(measure: Measure, figure: Figure, names: Mapping[str, str], labels: Labels) -> str:
    if figure.value is None:
        return UNKNOWN
    text = _number(measure, figure.value, figure.error, labels)
    if figure.partly:
        text = f"{text} + ?"
    named = measure is Measure.LARGEST and figure.node
    return f"{words.node_name(figure.node, names)} {text}" if named else text


def _number(measure: Measure, value: Decimal | float, error: float, labels: Labels) -> str:
    if measure in _COUNTS:
        return labels.number(value)
    if measure in SHARES:
        return labels.share(float(value), decimals=1)
    if measure is Measure.DAYS_OUT:
        return labels.days(float(value))
    if measure is Measure.RATIO:
        return labels.number(value, decimals=2 if abs(float(value)) < 10 else 0)
    if measure in _OF_A_YEAR:
        return labels.money(rounded(float(value), error))
    return labels.money(value)


def _change(row: Compared, labels: Labels) -> str:
    """Return "+2.1 points", in the digits in which the figures are shown."""
    change, old, new = row.change, row.before.value, row.after.value
    if change is None or old is None or new is None:
        return UNKNOWN
    far = change.copy_abs() if isinstance(change, Decimal) else abs(change)
    if row.measure in SHARES:
        if far < LEAST:
            return "another name" if row.before.node != row.after.node else f"<{NO_BREAK}0.1{NO_BREAK}points"
        size = f"{labels.number(float(far) * 100, decimals=1)}{NO_BREAK}points"
    elif row.measure is Measure.DAYS_OUT:
        size = labels.number(abs(whole_days(float(new)) - whole_days(float(old))))
    elif row.measure in _OF_A_YEAR:
        shown = [rounded(float(f.value or 0), f.error) for f in (row.after, row.before)]
        size = labels.money(abs(shown[0] - shown[1]))
    else:
        size = _number(row.measure, far, 0.0, labels)
    if size == HIDDEN:
        return HIDDEN
    return f"{MINUS if change < 0 else '+'}{size}"


def _exact(measure: Measure, figure: Figure, labels: Labels) -> str:
    value = figure.value
    if value is None:
        return UNKNOWN
    if measure in SHARES:
        return labels.share(float(value), decimals=6)
    if measure in _COUNTS:
        return labels.number(value)
    if measure in {Measure.DAYS_OUT, Measure.RATIO}:
        return labels.number(value, decimals=4)
    return labels.exact(value) if isinstance(value, Decimal) else labels.money(value, decimals=2)
