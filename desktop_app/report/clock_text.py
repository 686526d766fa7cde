"""The answers of the clocks, and the list of their rules, in words."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from desktop_app.analysis.clocks.answer import DAY, Answer, Figure, Wait
from desktop_app.analysis.clocks.asking import Asked
from desktop_app.analysis.clocks.kinds import shown
from desktop_app.analysis.clocks.rule import Key, Rule
from desktop_app.domain.catalogue import Source
from desktop_app.report.blocks import Column, Paragraph, Section, Table
from desktop_app.report.clock_words import TITLES, figure_words
from desktop_app.report.sentences import Run, sentence


def answer_section(asked: Asked) -> Section:
    """Return an answer as a table of waits and dates, and what else its rule fixes."""
    answer = asked.answer
    facts = [*_facts(answer), *((figure_words(n), _words(figure)) for n, figure in answer.figures.items())]
    if asked.assumed:
        facts.append(("Assumed", ", ".join(f"{n}={shown(value)}" for n, value in asked.assumed.items())))
    facts.append(("Source", _source_words(answer.source)))
    blocks = [_waits(answer)] if answer.wait != Wait() else []
    return Section(TITLES[asked.rule.name], (*blocks, _table(("", ""), facts)))


def rules_sections(rules: Iterable[Rule]) -> tuple[Section, ...]:
    """Return a section for each rule: what it tells, its keys and its sources."""
    return tuple(_rule_section(rule) for rule in rules)


def duration(wait: Fraction | None) -> str:
    """Return seconds as "14 days 12 s", to the second; "unknown" where nobody knows."""
    if wait is None:
        return "unknown"
    rest = round(wait)
    parts = []
    for size, one, many in (
        (DAY, " day", " days"),
        (3600, " h", " h"),
        (60, " min", " min"),
        (1, " s", " s"),
    ):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count:,}{one if count == 1 else many}")
    return " ".join(parts) or "at once"


def moment_words(moment: datetime | None) -> str:
    """Return "2026-01-26 12:34:56 UTC"."""
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _waits(answer: Answer) -> Table:
    wait = answer.wait
    if wait.minimum == wait.maximum and wait.minimum is not None:
        dated = answer.claimable_at is None and answer.requested is not None
        rows = [("Wait", duration(wait.minimum), moment_words(answer.dates[0]) if dated else "")]
    else:
        parts = (wait.minimum, wait.typical, wait.maximum)
        dated = answer.requested is not None
        rows = [
            (name, duration(part), moment_words(date))
            for name, part, date in zip(("Earliest", "Typical", "Latest"), parts, answer.dates, strict=True)
        ]
    return _table(("", "", "Claimable" if dated else ""), rows)


def _facts(answer: Answer) -> list[tuple[str, str]]:
    facts = {
        "Claimable from": moment_words(answer.claimable_at),
        "Claimable in block": _count(answer.claimable_block),
        "Claimable in slot": _count(answer.claimable_slot),
        "Epochs to the exit": _count(answer.exit_epoch_offset),
        "Expires": moment_words(answer.expires_at),
        "Slashable until": moment_words(answer.slashable_until),
    }
    return [(name, text) for name, text in facts.items() if text]


def _count(count: int | None) -> str:
    return "" if count is None else f"{count:,}"


def _words(figure: Figure) -> str:
    if figure is None:
        return "unknown"
    if isinstance(figure, datetime):
        return moment_words(figure)
    if isinstance(figure, int) and not isinstance(figure, bool):
        return f"{figure:,}"
    return str(shown(figure))


def _source_words(source: Source) -> str:
    return f"{source.cited}, {source.dated}{'' if source.verified else ', unverified'}"


def _rule_section(rule: Rule) -> Section:
    rows = [(key.name, key.kind.unit, _default(key), ", ".join(key.kind.choices)) for key in rule.keys]
    sources = "; ".join(dict.fromkeys(map(_source_words, rule.sources)))
    return Section(
        rule.name,
        (
            Paragraph(sentence(f"{TITLES[rule.name]}.")),
            _table(("key", "unit", "default", ""), rows),
            Paragraph(sentence(f"Source: {sources}"), note=True),
        ),
    )


def _default(key: Key) -> str:
    if key.required:
        return "required"
    return "repeatable" if key.repeatable else shown(key.default) or "unknown"


def _table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    return Table(
        tuple(Column(title) for title in titles), tuple(tuple(Run(cell) for cell in row) for row in rows)
    )
