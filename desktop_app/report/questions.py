"""The five questions a careful person asks of a position, answered from facts, each with its sources."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.analysis.exposure import Exposure
from desktop_app.analysis.withdrawals import PositionPlan, Withdrawals
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, ExitStep, Layer, Market, Node, Position, is_unknown
from desktop_app.figures.labels import Labels, whole_days
from desktop_app.figures.layer_words import layer_word
from desktop_app.report import words
from desktop_app.report.position_facts import ALL, PositionFacts, once, rate_of, source_line
from desktop_app.report.sentences import Run, Sentence, bold, sentence, warn

NAMED = 5
"""So many names stand in an answer; the rest is counted."""

_WORST_FIRST = sorted(Dimension, key=lambda d: d in {Dimension.ROLE, Dimension.OPERATOR, Dimension.TOKEN})
"""Among nodes of equal weight the platform is named before the operator and its role."""

Answer = tuple[Sentence, tuple[str, ...]]
"""The sentence and the lines that say where it comes from."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, its answer, and the lines that say where the answer comes from."""

    title: str
    answer: Sentence
    sources: tuple[str, ...] = ()


def five_questions(
    portfolio: Portfolio,
    position: Position,
    exposed: Exposure,
    out: Withdrawals,
    labels: Labels,
    catalogue: Catalogue | None = None,
    earned: Decimal | None = None,
) -> tuple[Question, ...]:
    """Return the five questions about one position in their order; the catalogue adds to the sources.

    ``earned`` are the units of its asset that its ledgers name as rewards, None if there are no ledgers.
    """
    plan = out.positions.get(position.id)
    dated = position if plan is None else plan.dated(position)
    facts = PositionFacts(portfolio, dated, exposed, out, catalogue or Catalogue(), labels, earned)
    return tuple(Question(title, *answer(facts)) for title, answer in _QUESTIONS.items())


# -- what is secured -----------------------------------------------------------------------------------


def _securing(facts: PositionFacts) -> Answer:
    staked = facts.is_staked
    freed = facts.freed
    chains = [
        (name, rho * (1 - freed)) for name, rho in facts.reached(Dimension.CHAIN) if staked and freed < 1
    ]
    services = facts.reached(Dimension.SERVICE)
    missing = facts.rho("unknown:service")
    waits = (
        f" {_part(freed, facts.labels)} waits to be paid out and cannot be slashed any more."
        if freed and staked
        else ""
    )
    if not chains and not services and not missing:
        if staked and freed >= ALL:
            return sentence("Nothing any more: it waits to be paid out and cannot be slashed."), ()
        said = "What it secures is not recorded." if staked else "Nothing: it is held and not staked."
        return sentence(said, waits), ()
    said = " ".join(f"{_parts(found, facts.labels)}." for found in (chains, services) if found)
    nodes = facts.portfolio.nodes.values()
    targets = {n.id for n in nodes if n.dimension is Dimension.SERVICE and facts.rho(n.id)}
    unknown = _not_published("unknown:service", facts, " " if said else "") if missing else []
    return sentence(said, *unknown, waits), _edge_lines(facts, targets)


def _parts(found: Sequence[tuple[str, float]], labels: Labels) -> str:
    """Return "Ethereum with all of it" or "EigenDA with 12.5 %, Lagrange 5.8 %"."""
    whole = all(rho >= ALL for _, rho in found)
    shown = [
        name if whole else f"{name} {'with ' * (i == 0)}{_part(rho, labels)}"
        for i, (name, rho) in enumerate(found)
    ]
    short = words.cut(shown, NAMED)
    return f"{words.listed(short)} with all of it" if whole else ", ".join(short)


def _part(rho: float, labels: Labels) -> str:
    if rho >= ALL:
        return "all of it"
    return labels.share(rho, decimals=0 if abs(rho * 100 - round(rho * 100)) < 0.05 else 1)


def _not_published(bucket: str, facts: PositionFacts, before: str) -> list[str | Run]:
    kind = words.dimension_word(words.bucket_dimension(bucket), many=True)
    part = "all of it" if facts.rho(bucket) >= ALL else facts.labels.share(facts.rho(bucket))
    return [f"{before}For {part} ", warn(f"nobody publishes the {kind}"), "."]


def _edge_lines(facts: PositionFacts, targets: set[str]) -> tuple[str, ...]:
    lines = []
    for edge in facts.portfolio.edges.values():
        if edge.target in targets and (edge.source == facts.position.id or facts.rho(edge.source)):
            name = facts.portfolio.nodes[edge.target].name
            share = (
                facts.labels.share(edge.weight) if edge.share_given else "share not given, counted in full"
            )
            lines.append(source_line(f"{name}: {share}", edge.cited or str(edge.origin), edge.dated))
    return once(lines)


# -- where the rewards come from -----------------------------------------------------------------------


def _rewards(facts: PositionFacts) -> Answer:
    answer, sources = _paid(facts)
    if facts.earned is None:
        return answer, sources
    amount = f"{facts.labels.quantity(facts.earned)}\u00a0{facts.position.asset}"
    return (*answer, *sentence(" So far ", bold(amount), " came in as rewards.")), sources


def _paid(facts: PositionFacts) -> Answer:
    base_rate = rate_of(facts.base)
    if not facts.extra and not facts.base:
        return sentence("There are none: nothing is staked."), ()
    if not facts.extra:
        none = "There are none, only those of plain staking: "
        if base_rate is None:
            return sentence(none, warn("not known"), "."), _rates(facts)
        return sentence(f"{none}{facts.labels.rate(base_rate)} a year."), _rates(facts)
    parts: list[str | Run] = []
    total = any(layer.unsplit for layer in facts.extra)
    for layer in facts.extra:
        if not total or layer.reward_rate is not None:  # a total speaks for the layers without a rate too
            parts += [" " if parts else "", *_pays(layer, facts)]
    if base_rate is not None and not total:
        parts.append(f" Plain staking pays {facts.labels.rate(base_rate)} beside it.")
    return sentence(*parts), _rates(facts)


def _pays(layer: Layer, facts: PositionFacts) -> list[str | Run]:
    payers = facts.payers(layer)
    who = words.listed(words.cut(payers, 3)) or f"The layer “{layer_word(layer.name).lower()}”"
    many = len(payers) > 1
    if layer.reward_rate is None:
        return [f"What {who[:1].lower() + who[1:] if not payers else who} pays is ", warn("not known"), "."]
    money = facts.money(layer.reward_rate)
    amount: list[str | Run] = [", ", bold(money)] if money else []
    rate = facts.labels.rate(abs(layer.reward_rate))
    if layer.unsplit:
        told = "; what each layer pays is not told apart."
        return [f"The whole stack pays {rate} a year", *amount, told]
    verb = ("cost" if layer.reward_rate < 0 else "pay") + ("" if many else "s")
    return [f"{who} {verb} {rate} a year", *amount, "."]


def _rates(facts: PositionFacts) -> tuple[str, ...]:
    lines = []
    for layer in (*facts.base, *facts.extra):
        rate = "not known" if layer.reward_rate is None else facts.labels.rate(layer.reward_rate)
        lines.append(source_line(f"{layer_word(layer.name)}: {rate}", str(layer.origin), ""))
    for entry in facts.entries():
        for fact in entry.rewards:
            rate = "not published" if fact.rate is None else facts.labels.rate(fact.rate)
            said = f"example, {entry.name}, {fact.name}: {rate}"
            lines.append(source_line(said, fact.source.cited, fact.as_of))
    return once(lines)


# -- risks ---------------------------------------------------------------------------------------------


def _risks(facts: PositionFacts) -> Answer:
    raised = facts.raised()
    named = [facts.portfolio.nodes[node] for node in raised if node in facts.portfolio.nodes]
    buckets = sorted(node for node in raised if is_unknown(node) and facts.rho(node))
    shareless = facts.shareless()
    if not named and not buckets and not shareless:
        return sentence("None above plain staking."), ()
    parts: list[str | Run] = []
    if named:
        counts = words.capital(words.dimension_counts(node.dimension for node in named))
        parts += [f"{counts}.", *_worst(named, facts)]
    by_part: dict[str, list[str]] = {}
    for bucket in buckets:
        kind = words.dimension_word(words.bucket_dimension(bucket), many=True)
        by_part.setdefault(_part(facts.rho(bucket), facts.labels), []).append(kind)
    for part, kinds in by_part.items():
        parts += [" " if parts else "", f"For {part} ", warn(f"nobody publishes {words.listed(kinds)}"), "."]
    if shareless:
        names = words.listed(words.cut(shareless, NAMED))
        parts += [" " if parts else "", f"For {names} ", warn("no share is known"), "."]
    return sentence(*parts), (*_slashing(facts, named), *_contracts(facts, named))


def _worst(named: Sequence[Node], facts: PositionFacts) -> list[str | Run]:
    """Return the node whose failure takes most, by the losses assumed; one without any counts in full."""

    def taken(node: Node) -> tuple[float, int]:
        loss = 1.0 if node.loss_given_failure is None else node.loss_given_failure
        cannot_fail = node.failure_probability == 0
        return (0.0 if cannot_fail else loss * facts.rho(node.id), -_WORST_FIRST.index(node.dimension))

    worst = max(named, key=taken)
    part = taken(worst)[0]
    if not part:
        return []
    said = _part(part, facts.labels) + ("" if part >= ALL else " of the position")
    assumed = ", as you assumed" if worst.loss_given_failure is not None else ""
    return [" Most can be lost at ", bold(worst.name), f": {said}{assumed}."]


def _slashing(facts: PositionFacts, nodes: Iterable[Node]) -> tuple[str, ...]:
    lines = []
    for node in nodes:
        entry = facts.entry(node)
        for fact in entry.slashing if entry else ():
            most = (
                f"up to {facts.labels.share(fact.max_fraction)}"
                if fact.max_fraction is not None
                else "no limit stated"
            )
            source = fact.source
            said = f"{node.name}: {fact.condition}, {most}"
            lines.append(source_line(said, source.cited, source.dated, source.verified))
    return once(lines)


def _contracts(facts: PositionFacts, nodes: Iterable[Node]) -> tuple[str, ...]:
    """Return what is known of keys, pauses, audits …, where the catalogue was given with its texts."""
    entries = {entry.id: entry for node in nodes if (entry := facts.entry(node))}
    lines = []
    for entry in entries.values():
        for risk in entry.risks:
            said, read = f"{entry.name}: {risk.text.removesuffix('.')}", risk.source
            lines.append(source_line(said, read.cited, read.dated, read.verified))
    return once(lines)


# -- the way out ---------------------------------------------------------------------------------------


def _liquidity(facts: PositionFacts) -> Answer:
    way_out = facts.position.exit
    plan = facts.out.positions.get(facts.position.id)
    steps = [step for tranche in way_out.tranches for step in tranche.steps]
    parts: list[str | Run] = [warn("No way out is known"), "."]
    if plan is not None and way_out.tranches:
        parts = [*_finish(plan, facts.labels), _slashable(steps), "."]
    if way_out.market is not None:
        parts.append(_sold(way_out.market, facts.labels))
    return sentence(*parts), _exit_lines(steps, facts.labels)


def _finish(plan: PositionPlan, labels: Labels) -> list[str | Run]:
    finish = plan.finish
    if finish.typical is None:
        return _range(plan, labels)
    typical = whole_days(finish.typical)
    parts: list[str | Run] = ["Typically ", bold(labels.in_days(finish.typical))]
    if finish.min is not None and whole_days(finish.min) != typical:
        parts.append(f", at least {labels.days(finish.min)}")
    if finish.max is None:
        parts += [", ", warn("at most not known")]
    elif whole_days(finish.max) != typical:
        parts.append(f", at most {labels.days(finish.max)}")
    return parts


def _range(plan: PositionPlan, labels: Labels) -> list[str | Run]:
    """Return what is known of a way out without a typical time."""
    least, most = plan.finish.min, plan.finish.max
    if least is None:
        least = max((tranche.at_least.min or 0.0 for tranche in plan.tranches), default=0.0)
    known = f"at least {labels.in_days(least)}" if whole_days(least) > 0 else ""
    if most is None:
        return ["How long it takes is ", warn("not known"), f", but {known}" if known else ""]
    parts: list[str | Run] = [f"{words.capital(known)}, at most " if known else "At most "]
    return [*parts, bold(labels.in_days(most)), ", ", warn("typical time not known")]


def _slashable(steps: Sequence[ExitStep]) -> str:
    known = [step.slashable for step in steps if step.typical != 0 and step.slashable is not None]
    if not known:
        return ""
    return (
        ", slashable while waiting"
        if all(known)
        else ", slashable in part"
        if any(known)
        else ", not slashable"
    )


def _sold(market: Market, labels: Labels) -> str:
    part = "" if market.fraction >= ALL else f", for {labels.share(market.fraction)} of it"
    soon = "at once" if whole_days(market.typical) <= 0 else f"in {labels.in_days(market.typical)}"
    return f" Sold {soon}: about {labels.share(market.haircut, decimals=2)} less{part}."


def _exit_lines(steps: Sequence[ExitStep], labels: Labels) -> tuple[str, ...]:
    lines = []
    for step in steps:
        days = labels.in_step_days(step.typical) if step.typical is not None else "days not known"
        cited = step.cited or str(step.origin)
        lines.append(source_line(f"{words.capital(step.name)}: {days}", cited, step.dated, step.verified))
    return once(lines)


# -- worth ---------------------------------------------------------------------------------------------


def _worth(facts: PositionFacts) -> Answer:
    extra = facts.extra
    if not extra:
        return sentence("No layer stands above plain staking."), ()
    sources = _rates(facts)
    if any(layer.unsplit for layer in extra):
        said = (
            "The one rate is ",
            warn("not split over its layers"),
            ": split it to see what the extra ones pay.",
        )
        return sentence(*said), sources
    rate = rate_of(extra)
    if rate is None:
        return sentence("Its reward is ", warn("not known"), ": enter a rate to see what it pays."), sources
    more = len([node for node in facts.raised() if not is_unknown(node)])
    what = (
        f" for {words.spelled(more, 'further node')} that can fail."
        if more
        else "; no further node can fail."
    )
    verb = "costs" if rate < 0 else "pays"
    share, money = facts.labels.rate(abs(rate)), facts.money(rate)
    if not money:
        return sentence(f"It {verb} ", bold(share), " a year", what), sources
    return sentence(f"It {verb} ", bold(money), f" a year, {share} of the position,", what), sources


_QUESTIONS: dict[str, Callable[[PositionFacts], Answer]] = {
    "What exactly am I securing?": _securing,
    "Where do the additional rewards come from?": _rewards,
    "What extra risks am I taking?": _risks,
    "How liquid is it if I want to exit?": _liquidity,
    "Is it worth the added complexity?": _worth,
}
