"""Every fact that the answers rest on, with its source, its date, and whether it was checked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.facts import is_old, is_undated
from desktop_app.domain.positions import Edge, ExitStep, Origin
from desktop_app.figures.labels import Labels
from desktop_app.figures.short_sources import short_source
from desktop_app.report import words
from desktop_app.report.blocks import Block, Column, Paragraph, Row, Section, Table
from desktop_app.report.position_facts import ALL, dated_words
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sentences import Run, sentence

HEADING = "Every fact with its source"


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said about a thing, who says so, of which day ("" none), whether that was verified."""

    about: str
    said: str
    source: str
    dated: str
    verified: bool | None = None

    @property
    def is_own(self) -> bool:
        """Tell whether the owner says so."""
        return self.source == Origin.YOURS


def facts_section(subject: Subject) -> Section | None:
    """Return the facts in use, one line each, folded where they are many; None where there are none."""
    found = facts(subject)
    if not found:
        return None
    columns = (
        Column("About"),
        Column("Fact"),
        Column("Source", quiet=True),
        Column("Of", "right"),
        Column("Checked", "right"),
    )
    rows = tuple(_row(fact, subject.labels, subject.asked.as_of) for fact in found[: subject.most_rows])
    blocks: list[Block] = [Table(columns, rows, grouped=True)]
    if folded := subject.more(len(found)):
        blocks.append(Paragraph(sentence(folded), note=True))
    note = "old: more than a year before the day of this report"
    return Section(HEADING, (*blocks, *_sources(found[: subject.most_rows])), note)


def _sources(shown: Sequence[Fact]) -> Iterator[Block]:
    """Yield the sources in full, under the words that stand for them in the table."""
    whole = {(short_source(fact.source), fact.source) for fact in shown}
    longer = sorted((short, source) for short, source in whole if short != source)
    if longer:
        yield Paragraph(sentence(Run("Sources in full. ", bold=True)))
        rows = tuple((Run(short), Run(source)) for short, source in longer)
        yield Table((Column("Source"), Column("In full", quiet=True)), rows, grouped=True)


def facts(subject: Subject) -> tuple[Fact, ...]:
    """Return the facts without repetitions, what is about one thing together."""
    by_thing: dict[str, dict[Fact, None]] = {}
    for fact in (*_standing(subject), *_slashing(subject), *_ways_out(subject), *_prices(subject)):
        by_thing.setdefault(fact.about, {})[fact] = None
    return tuple(fact for found in by_thing.values() for fact in found)


def _row(fact: Fact, labels: Labels, as_of: date) -> Row:
    checked = {True: "verified", False: "unverified", None: ""}[fact.verified]
    old = not fact.is_own and not is_undated(fact.dated) and is_old(fact.dated, as_of)
    told = ", ".join(filter(None, (checked, "old" if old else "")))
    dated = dated_words(fact.dated, labels)
    day = Run("") if fact.is_own and not dated else Run(dated or "undated", warn=dated in {"", "undated"})
    return (
        Run(fact.about),
        Run(fact.said),
        Run(short_source(fact.source)),
        day,
        Run(told, warn=fact.verified is False or old),
    )


def _standing(subject: Subject) -> Iterator[Fact]:
    """Yield what each node stands on, from what is said of its edges."""
    names, labels = subject.overview.names, subject.labels
    said: dict[str, dict[tuple[str, str], list[Edge]]] = {}
    for edge in subject.portfolio.edges.values():
        origin = edge.cited or str(edge.origin)
        said.setdefault(edge.source, {}).setdefault((origin, edge.dated), []).append(edge)
    for node in subject.overview.exposed.nodes:
        for (source, dated), edges in said.get(node, {}).items():
            targets = words.listed([_target(edge, names, labels) for edge in edges])
            yield Fact(words.node_name(node, names), f"Stands on {targets}.", source, dated)


def _target(edge: Edge, names: Mapping[str, str], labels: Labels) -> str:
    name = words.node_name(edge.target, names)
    if not edge.share_given:
        return f"{name} (share not given, counted in full)"
    return name if edge.weight >= ALL else f"{name} with {labels.share(edge.weight)}"


def _slashing(subject: Subject) -> Iterator[Fact]:
    """Yield what can be lost at each node, as the catalogue tells."""
    for node in subject.overview.exposed.nodes:
        known = subject.portfolio.nodes.get(node)
        entry = subject.catalogue.entries.get(known.entry or "") if known else None
        for rule in entry.slashing if entry and known else ():
            most = rule.max_fraction
            limit = "no limit stated" if most is None else f"up to {subject.labels.share(most)}"
            said = f"{words.capital(rule.condition)}: {limit}."
            name = known.name if known else node
            yield Fact(name, said, rule.source.cited, rule.source.dated, rule.source.verified)


def _ways_out(subject: Subject) -> Iterator[Fact]:
    """Yield the steps out of the positions, each under the node that imposes it."""
    names = subject.overview.names
    for position in subject.portfolio.counted_positions():
        for tranche in position.exit.tranches:
            for step in tranche.steps:
                about = words.node_name(step.node, names) if step.node else position.name
                source = step.cited or str(step.origin)
                yield Fact(about, _step_words(step, subject.labels), source, step.dated, step.verified)


def _step_words(step: ExitStep, labels: Labels) -> str:
    least, most = labels.step_days(step.minimum), labels.step_days(step.maximum)
    span = "" if least == most else f" ({least}–{most})"
    takes = "days not known" if step.typical is None else labels.in_step_days(step.typical)
    slashable = {True: ", slashable while waiting", False: ", not slashable", None: ""}[step.slashable]
    return f"{words.capital(step.name)}: {takes}{span}{slashable}."


def _prices(subject: Subject) -> Iterator[Fact]:
    """Yield the newest price of each asset that a position without a price of its own takes."""
    for position in subject.portfolio.counted_positions():
        if position.quantity is None or position.unit_price is not None or position.total_value is not None:
            continue
        price = subject.portfolio.price_of(position.asset, subject.asked.as_of)
        if price is not None:
            amount = subject.labels.money(price.price, decimals=2, with_currency=True)
            yield Fact(price.asset, f"Price {amount}.", price.source, price.on.isoformat())
