"""What has changed since an earlier file of the portfolio."""

from collections.abc import Mapping

from desktop_app.analysis.position_changes import Holding, PositionChange, position_changes
from desktop_app.analysis.what_if import SHARES, Comparison, Measure
from desktop_app.figures.labels import UNKNOWN
from desktop_app.report import words
from desktop_app.report.blocks import Block, Column, Paragraph, Row, Section, Table
from desktop_app.report.consequence import moves
from desktop_app.report.earlier import Earlier, change_since
from desktop_app.report.limit_words import subject_words
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import Run, Sentence, bold, sentence, warn
from desktop_app.report.what_if_lines import WhatIfLine, what_if_lines

MOST_MOVED = 10
"""So many nodes whose share has changed are listed."""


def changes_section(subject: Subject) -> Section | None:
    """Return the main measures, the shares and the positions then and now; None without an earlier file."""
    before = subject.earlier
    if before is None:
        return None
    found = change_since(before, subject.asked)
    names = {**before.asked.names, **subject.asked.names}
    held = changed_positions(subject, before)
    blocks: list[Block] = [
        Paragraph(_headline(subject, before, found, held)),
        Table(_heads("", subject, before), _measures(what_if_lines(found, names, subject.labels))),
    ]
    if moved := _moved(subject, before, names):
        blocks.append(Table(_heads("Share of", subject, before), moved))
    if held:
        blocks.append(_positions(held[: subject.most_rows], subject, before, names))
        if folded := subject.more(len(held)):
            blocks.append(Paragraph(sentence(folded), note=True))
    blocks += [Paragraph(sentence(said), note=True) for said in _limits(found, names)]
    return Section("Change since an earlier file", tuple(blocks), f"{before.name}, {subject.labels.currency}")


def changed_positions(subject: Subject, before: Earlier) -> tuple[PositionChange, ...]:
    """Return the positions that came, went or hold another amount."""
    return position_changes(
        before.asked.portfolio,
        subject.portfolio,
        before.asked.exposed.worths,
        subject.asked.exposed.worths,
    )


def _headline(
    subject: Subject, before: Earlier, found: Comparison, held: tuple[PositionChange, ...]
) -> Sentence:
    labels, value = subject.labels, found.row(Measure.VALUE)
    day = labels.day(before.day, long=True)
    if value.before.value is None or value.after.value is None:
        worth: list[str | Run] = ["The value of ", day, " or that of now is ", warn("not known"), ". "]
    else:
        then = labels.money(value.before.value, with_currency=True)
        now = labels.money(value.after.value, with_currency=True)
        worth = [f"Since {day} the value went from {then} to ", bold(now), ". "]
    came = sum(change.before is None for change in held)
    went = sum(change.after is None for change in held)
    counts = ((came, "came"), (went, "went"), (len(held) - came - went, "changed in amount"))
    said = words.listed([f"{words.spelled(count, 'position')} {how}" for count, how in counts if count])
    return sentence(*worth, f"{words.capital(said)}." if said else "No position changed in amount.")


def _heads(first: str, subject: Subject, before: Earlier) -> tuple[Column, ...]:
    then, now = _days(subject, before)
    return (Column(first, width=34), Column(then, "right"), Column(now, "right"), Column("Change", "right"))


def _days(subject: Subject, before: Earlier) -> tuple[str, str]:
    """Return what the two columns are called: their days, where these differ."""
    if before.day == subject.asked.as_of:
        return "Then", "Now"
    return subject.labels.day(before.day), subject.labels.day(subject.asked.as_of)


def _measures(lines: tuple[WhatIfLine, ...]) -> tuple[Row, ...]:
    """Return a row a measure; of the many shares only those that differ."""
    told = (line for line in lines if line.differs or line.id.partition(":")[0] not in SHARES)
    return tuple(
        (
            Run(line.measure),
            *(Run(said, warn=said == UNKNOWN) for said in (line.before, line.after, line.change)),
        )
        for line in told
    )


def _moved(subject: Subject, before: Earlier, names: Mapping[str, str]) -> tuple[Row, ...]:
    labels = subject.labels
    told = []
    for node, old, new in moves(before.asked.exposed, subject.asked.exposed)[:MOST_MOVED]:
        points = labels.number(abs(new - old) * 100, decimals=1)
        told.append(
            (
                Run(words.node_name(node, names)),
                Run(labels.share(old, decimals=1)),
                Run(labels.share(new, decimals=1)),
                Run(f"{'+' if new > old else '−'}{points} points"),
            )
        )
    return tuple(told)


def _positions(
    held: tuple[PositionChange, ...], subject: Subject, before: Earlier, names: Mapping[str, str]
) -> Table:
    then, now = _days(subject, before)
    columns = (
        Column("Position", width=24),
        Column("", quiet=True),
        Column(f"Held, {then}", "right"),
        Column(now, "right"),
        Column(f"Value, {then}", "right"),
        Column(now, "right"),
    )
    return Table(columns, tuple(_position(change, subject, names) for change in held))


def _position(change: PositionChange, subject: Subject, names: Mapping[str, str]) -> Row:
    labels = subject.labels
    both = (change.before, change.after)
    how = "came" if change.before is None else "went" if change.after is None else "other amount"

    def quantity(held: Holding | None) -> str:
        return "" if held is None or held.quantity is None else labels.quantity(held.quantity)

    def worth(held: Holding | None) -> str:
        return "" if held is None else labels.money(held.worth)

    return (
        Run(words.node_name(change.position, names)),
        Run(how),
        *(Run(quantity(held)) for held in both),
        *(Run(said, warn=said == UNKNOWN) for said in map(worth, both)),
    )


def _limits(found: Comparison, names: Mapping[str, str]) -> list[str]:
    """Return which limits were broken and which are kept again."""
    broken = [subject_words(worse.after.limit, names) for worse in found.worsened]
    mended = [subject_words(limit, names) for limit in found.mended]
    said = []
    if broken:
        said.append(f"Broken since, or further: {words.listed(broken)}.")
    if mended:
        said.append(f"Kept again: {words.listed(mended)}.")
    return said
