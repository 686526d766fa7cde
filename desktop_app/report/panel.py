"""What the panel beside the graph says of a node: what stands on it, gateway, what it stands on, facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.analysis.dependencies import PORTFOLIO, Dependencies
from desktop_app.analysis.exposure import Exposure, NodeExposure
from desktop_app.domain.catalogue import Catalogue, Entry, Source
from desktop_app.domain.facts import Fault, faults
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Basis, Dimension, Node, Position, is_unknown
from desktop_app.figures.labels import Labels
from desktop_app.report import words
from desktop_app.report.position_facts import ALL, dated_words, source_line
from desktop_app.report.sentences import Run, Sentence, bold, sentence, warn


@dataclass(frozen=True, slots=True)
class Standing:
    """A position on the node: the money that depends on it, the part of the position ("all" or per cent)."""

    position: str
    name: str
    money: str
    part: str


@dataclass(frozen=True, slots=True)
class NodePanel:
    """The panel of one node; ``total`` is the last line of ``standing``: count and sum."""

    name: str
    kind: str
    dimension: Dimension
    share: str
    money: str
    standing: tuple[Standing, ...]
    total: tuple[str, str]
    gateway: Sentence
    stands_on: Sentence
    facts: tuple[Sentence, ...]


def node_panel(
    node_id: str,
    portfolio: Portfolio,
    exposed: Exposure,
    depends: Dependencies,
    labels: Labels,
    catalogue: Catalogue | None = None,
    as_of: date | None = None,
) -> NodePanel | None:
    """Return what the panel says of a node, old facts marked; None where no position reaches it."""
    exposure = exposed.nodes.get(node_id)
    if exposure is None:
        return None
    names = {n.id: n.name for n in portfolio.nodes.values()} | {
        p.id: p.name for p in portfolio.positions.values()
    }
    node = portfolio.nodes.get(node_id)
    dimension = words.bucket_dimension(node_id) if is_unknown(node_id) else exposure.dimension
    standing = _standing(exposure, exposed, names, labels)
    return NodePanel(
        name=words.node_name(node_id, names),
        kind=words.capital(words.dimension_word(dimension)),
        dimension=exposure.dimension,
        share=labels.share(exposure.known_share),
        money=labels.money(exposure.known_value, with_currency=True),
        standing=standing,
        total=(words.counted(len(standing), "position"), labels.money(exposure.known_value)),
        gateway=_gateway(exposure, exposed, depends, names, labels),
        stands_on=_stands_on(node_id, portfolio, names, labels),
        facts=_facts(node, catalogue or Catalogue(), labels, as_of),
    )


def _standing(
    node: NodeExposure, exposed: Exposure, names: Mapping[str, str], labels: Labels
) -> tuple[Standing, ...]:
    worths = {p: float(exposed.worths[p]) if p in exposed.worths else None for p in node.by_position}
    rows = [(p, None if worth is None else worth * node.by_position[p]) for p, worth in worths.items()]
    rows.sort(key=lambda row: (row[1] is None, -(row[1] or 0.0)))
    return tuple(
        Standing(p, words.node_name(p, names), labels.money(value), _part(node.by_position[p], labels))
        for p, value in rows
    )


def _part(rho: float, labels: Labels) -> str:
    return "all" if rho >= ALL else labels.share(rho)


def _gateway(
    node: NodeExposure, exposed: Exposure, depends: Dependencies, names: Mapping[str, str], labels: Labels
) -> Sentence:
    if is_unknown(node.node):
        return sentence("None: what is not published has no single exit.")
    gateway = depends.gateways.get(node.node, PORTFOLIO)
    if gateway != PORTFOLIO:
        return sentence(bold(words.node_name(gateway, names)), ". Leaving it removes all of it.")
    parts: list[str | Run] = ["None. No single exit removes it."]
    values = {p: float(exposed.worths[p]) * rho for p, rho in node.by_position.items() if p in exposed.worths}
    if exposed.portfolio_value and node.value and len(values) > 1:
        largest = max(values, key=lambda p: values[p])
        left = max(0.0, node.value - values[largest]) / float(exposed.portfolio_value)
        parts.append(
            f" Leaving with {words.node_name(largest, names)} alone brings it to {labels.share(left)}."
        )
    return sentence(*parts)


def _stands_on(node_id: str, portfolio: Portfolio, names: Mapping[str, str], labels: Labels) -> Sentence:
    edges = [edge for edge in portfolio.edges.values() if edge.source == node_id]
    said = [
        words.node_name(edge.target, names) + ("" if edge.weight >= ALL else f" {labels.share(edge.weight)}")
        for edge in sorted(edges, key=lambda edge: -edge.weight)
        if not is_unknown(edge.target)
    ]
    buckets = [edge.target for edge in edges if is_unknown(edge.target)]
    buckets += [g.residual_node for g in portfolio.groups.values() if g.node == node_id and g.residual_node]
    unknown = list(dict.fromkeys(words.node_name(bucket, names).lower() for bucket in buckets))
    if not said and not unknown:
        return sentence("Nothing that is recorded.")
    line = words.listed(words.cut(said, 8))
    if not unknown:
        return sentence(line, ".")
    rest = words.listed(unknown)
    return sentence(f"{line}; the rest: " if line else "", warn(rest if line else words.capital(rest)), ".")


# -- facts ---------------------------------------------------------------------------------------------


def _facts(
    node: Node | None, catalogue: Catalogue, labels: Labels, as_of: date | None
) -> tuple[Sentence, ...]:
    if node is None:
        return ()
    entry = catalogue.entries.get(node.entry or "")
    facts = [*_exit_facts(entry, labels, as_of), *_slashing_facts(entry, labels, as_of)] if entry else []
    return (*facts, *_assumption(node, labels))


def _exit_facts(entry: Entry, labels: Labels, as_of: date | None) -> list[Sentence]:
    said = []
    for fact in entry.exits:
        if fact.path != "standard" or fact.typical is None:
            continue
        slashable = {True: ", slashable while waiting", False: ", not slashable", None: ""}[fact.slashable]
        text = f"{words.capital(fact.name)}: {labels.in_step_days(fact.typical)}{slashable}. "
        said.append(sentence(text, _source(fact.source, labels, as_of)))
    return said


def _slashing_facts(entry: Entry, labels: Labels, as_of: date | None) -> list[Sentence]:
    said = []
    for fact in entry.slashing:
        most = (
            f"up to {labels.share(fact.max_fraction)}" if fact.max_fraction is not None else "no limit stated"
        )
        text = f"{words.capital(fact.condition)}: {most}. "
        said.append(sentence(text, _source(fact.source, labels, as_of)))
    return said


def _source(source: Source, labels: Labels, as_of: date | None) -> Run:
    found = faults(source.dated, source.verified, as_of)
    old = words.fault_words([Fault.OLD]) if Fault.OLD in found else ""
    dated = ", ".join(filter(None, (dated_words(source.dated, labels), old)))
    return Run(f"{source_line('', source.cited, dated, source.verified)}.", warn=bool(found))


def _assumption(node: Node, labels: Labels) -> list[Sentence]:
    chance, loss = node.failure_probability, node.loss_given_failure
    if chance is None:
        return []
    whose = {Basis.ILLUSTRATIVE: "illustrative", Basis.COPIED: "copied from another portfolio"}.get(
        node.basis, "your assumption"
    )
    if chance == 0:
        return [sentence(f"Cannot fail: {whose}.")]
    takes = f" and takes {labels.share(loss)}" if loss is not None else ""
    return [sentence(f"Fails once in {labels.number(1 / chance)} years{takes}: {whose}.")]


def debt_lines(position: Position, equity: Decimal, labels: Labels) -> tuple[tuple[str, str], ...]:
    """Return what stands against a debt: amounts, loan to value, the loss that gets it liquidated (5.1)."""
    debt = position.debt or Decimal(0)
    gross = equity + debt
    lines = [
        ("Collateral", labels.money(gross)),
        ("Debt", labels.money(debt)),
        ("Equity, counted as its value", labels.money(equity)),
    ]
    if gross > 0:
        lines.append(("Loan to value", labels.share(float(debt / gross), decimals=1)))
    threshold = position.liquidation_threshold
    if gross > 0 and threshold:
        lost = max(0.0, 1 - float(debt / gross) / threshold)
        lines.append((f"Liquidated if {position.asset} loses", labels.share(lost, decimals=1)))
    return tuple(lines)
