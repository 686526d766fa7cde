"""What ``stakeout show`` tells a person: for each question its sentences and tables."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from desktop_app.analysis.dependencies import PORTFOLIO, dependencies
from desktop_app.analysis.request_states import open_progress
from desktop_app.analysis.stress import stress
from desktop_app.analysis.withdrawals import PASSES
from desktop_app.figures.labels import UNKNOWN, Labels
from desktop_app.report import words
from desktop_app.report.agenda_words import day_of, title, when
from desktop_app.report.answers import QUESTIONS, Asked
from desktop_app.report.blocks import Block, Column, Paragraph, Section, Table
from desktop_app.report.concentrated import concentration_sentence, first_dimension
from desktop_app.report.concentration_tables import point_blocks
from desktop_app.report.exit_queue import queue_note
from desktop_app.report.limit_words import break_words, figure_words, state_word, subject_words
from desktop_app.report.limited import dimension_limits
from desktop_app.report.missing_table import missing_blocks
from desktop_app.report.position_table import positions_blocks
from desktop_app.report.request_words import STATES, amount_words, claim_words
from desktop_app.report.reward_words import RewardWords, rewards_sentence, worth_clause
from desktop_app.report.sentences import (
    Run,
    dependencies_sentence,
    nothing_sentence,
    overview_sentences,
    plain,
    sentence,
    withdrawals_sentence,
)
from desktop_app.report.year_table import year_blocks

EVERYTHING = 1_000_000_000
"""Tables are not folded: what is too long for a screen goes through a pager or a filter."""


def shown(asked: Asked, labels: Labels) -> tuple[Section, ...]:
    """Return the sections of the answer; what cannot be computed is told in the last one."""
    names = QUESTIONS[1:] if asked.question == "all" else (asked.question,)
    sections = [Section(words.capital(name), _filled(_BLOCKS[name](asked, labels))) for name in names]
    missing = asked.answer()["unavailable"].items()
    unavailable = [text for path, text in missing if not path.startswith("rewards/")]  # its table says it
    before = asked.exposed.unavailable.values() if "overview" in names else ()
    told = dict.fromkeys(text for text in unavailable if text not in before)
    sections.append(Section("Not computed", tuple(Paragraph(sentence(text)) for text in told)))
    return tuple(section for section in sections if section.blocks)


def _filled(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if not isinstance(block, Table) or block.rows)


def _overview(asked: Asked, labels: Labels) -> Iterable[Block]:
    worth = worth_clause(asked.rewards, RewardWords(asked.portfolio, labels))
    yield from map(Paragraph, overview_sentences(asked.overview, labels, asked.as_of, worth))
    if asked.portfolio.notice:
        yield Paragraph(sentence(asked.portfolio.notice))
    yield _table(
        ("Next dates", "", "", labels.currency),
        [
            (
                title(dated, _name(asked, dated.position)),
                labels.day(day_of(dated, asked.as_of, labels)),
                when(day_of(dated, asked.as_of, labels), asked.as_of, labels),
                labels.money(dated.value),
            )
            for dated in asked.dates
        ],
        text=3,
    )
    yield from missing_blocks(asked.overview, labels)


def _positions(asked: Asked, labels: Labels) -> Iterable[Block]:
    if not asked.overview.positions:
        yield Paragraph(nothing_sentence(asked.overview))
        return
    yield from positions_blocks(asked.portfolio, asked.overview, labels, asked.as_of, EVERYTHING)
    for group in asked.portfolio.groups.values():
        if group.names:
            named = words.listed([_name(asked, node) for node in group.names])
            at = _name(asked, group.node)
            yield Paragraph(sentence(f"{named} at {at}: no share is known, so no value is counted."))


def _exposure(asked: Asked, labels: Labels) -> Iterable[Block]:
    yield _table(
        ("Stands on", "Kind", labels.currency, "Share", "Positions"),
        [
            (
                _name(asked, node.node),
                words.dimension_word(node.dimension),
                labels.money(node.known_value),
                labels.share(node.known_share, decimals=1),
                labels.number(node.positions),
            )
            for node in asked.exposed.nodes.values()
        ],
        text=2,
    )


def _concentration(asked: Asked, labels: Labels) -> Iterable[Block]:
    first = first_dimension(asked.overview)
    limited = dimension_limits(first, asked.portfolio, asked.limits)
    yield Paragraph(concentration_sentence(first, asked.overview, labels, limited))
    yield _table(
        ("Dimension", "Names", "Effective", "HHI", "Gini", "Largest", "Coverage", "Overlap"),
        [
            (
                words.capital(name),
                labels.number(found.names),
                labels.number(found.effective_number, decimals=2),
                labels.number(found.hhi, decimals=3),
                labels.number(found.gini, decimals=3),
                labels.share(found.largest_share, decimals=1),
                labels.share(found.coverage, decimals=1),
                labels.number(found.overlap, decimals=2),
            )
            for name, found in asked.concentrated.dimensions.items()
        ],
        text=1,
    )
    yield from point_blocks(asked.portfolio, asked.overview, labels)


def _dependencies(asked: Asked, labels: Labels) -> Iterable[Block]:
    yield Paragraph(dependencies_sentence(asked.overview))
    found = dependencies(asked.portfolio, asked.exposed)
    yield _table(
        ("Stands on", "Removed by leaving", labels.currency, "Share"),
        [
            (
                _name(asked, node.node),
                "" if gateway in {None, PORTFOLIO} else _name(asked, gateway or ""),
                labels.money(node.known_value),
                labels.share(node.known_share, decimals=1),
            )
            for node in asked.exposed.nodes.values()
            for gateway in (found.gateways.get(node.node),)
        ],
        text=2,
    )


def _withdrawals(asked: Asked, labels: Labels) -> Iterable[Block]:
    out, pending = asked.out, ("Soonest", "Typical", "Latest")
    yield Paragraph(withdrawals_sentence(out, labels, asked.as_of))
    if said := queue_note(asked.queue, asked.names, labels, asked.as_of):
        yield Paragraph(said)
    yield _table(
        ("Position", *(f"{word}, days" for word in pending)),
        [
            (_name(asked, plan.position), *(labels.days(getattr(plan.finish, name)) for name in PASSES))
            for plan in out.positions.values()
        ],
        text=1,
    )
    if asked_for := open_progress(asked.portfolio, out, asked.as_of):
        yield _table(
            ("Asked for", "State", "Claim"),
            [
                (
                    amount_words(found.request, asked.portfolio.positions[found.position], labels),
                    STATES[found.state],
                    claim_words(found, labels),
                )
                for found in asked_for
            ],
            text=3,
        )
    if out.value > 0:
        yield _table(
            ("Out after, days", *(f"{word}, {labels.currency}" for word in pending)),
            [
                (labels.number(day), *(labels.money(out.ladder.protocol[name][i]) for name in PASSES))
                for i, day in enumerate(out.ladder.days)
            ],
            text=0,
        )


def _stress(asked: Asked, labels: Labels) -> Iterable[Block]:
    yield _table(
        ("Scenario", f"Loss, {labels.currency}", "Share", "From", "To"),
        [
            (
                loss.name,
                labels.money(loss.loss),
                labels.share(loss.share, decimals=1),
                labels.money(loss.low),
                labels.money(loss.high),
            )
            for loss in stress(asked.portfolio, asked.as_of).values()
        ],
        text=1,
    )
    if asked.expected_loss is not None:
        amount = labels.money(asked.expected_loss.total, with_currency=True)
        share = labels.share(asked.expected_loss.share, decimals=2)
        made_up = words.illustrative(asked.expected_loss.illustrative)
        yield Paragraph(
            sentence(f"On average failures cost {amount} a year ({share}), as you assumed{made_up}.")
        )
    if asked.year is not None:
        yield from year_blocks(asked.year, labels, asked.names)


def _rewards(asked: Asked, labels: Labels) -> Iterable[Block]:
    said = RewardWords(asked.portfolio, labels)
    yield Paragraph(rewards_sentence(asked.rewards, said))
    titles = ("Position", "Layer", "Rate", labels.currency, "Loss", "Ratio", "Margin", "Break-even")
    lines = [said.line(row) for row in asked.rewards.ranked]
    numbers = _table(
        titles,
        [(*(getattr(line, n) for n in _REWARDS), plain(line.breakeven)) for line in lines],
        text=2,
    )
    *columns, last = numbers.columns
    yield replace(numbers, columns=(*columns, replace(last, align="left")))


_REWARDS = ("position", "layer", "rate", "reward", "loss", "ratio", "margin")


def _limits(asked: Asked, labels: Labels) -> Iterable[Block]:
    if not asked.limits:
        yield Paragraph(sentence("No limits are set."))
    names = {node.id: node.name for node in asked.portfolio.nodes.values()}
    yield _table(
        ("Limit", "State", "Now", "Bound"),
        [
            (
                subject_words(state.limit, names),
                state_word(state),
                figure_words(state.limit.kind, state.figure, labels),
                figure_words(state.limit.kind, state.limit.bound, labels),
            )
            for state in asked.limits
        ],
        text=2,
    )
    for broken in asked.portfolio.breaks.values():
        yield Paragraph(sentence(break_words(broken, names, labels)))


_BLOCKS: Mapping[str, Callable[[Asked, Labels], Iterable[Block]]] = {
    "overview": _overview,
    "positions": _positions,
    "exposure": _exposure,
    "concentration": _concentration,
    "dependencies": _dependencies,
    "withdrawals": _withdrawals,
    "stress": _stress,
    "rewards": _rewards,
    "limits": _limits,
}


def _table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]], text: int) -> Table:
    """Return a table whose first ``text`` columns are words, the others numbers."""
    columns = tuple(Column(title, "left" if i < text else "right") for i, title in enumerate(titles))
    return Table(columns, tuple(tuple(Run(cell, warn=cell == UNKNOWN) for cell in row) for row in rows))


def _name(asked: Asked, thing: str) -> str:
    known = asked.portfolio.positions.get(thing) or asked.portfolio.nodes.get(thing)
    return known.name if known else words.node_name(thing, {})
