"""How the numbers of the Concentration page came about: coverage, overlap, HHI, parts of positions."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from desktop_app.analysis.concentration import UNDERLYING, DimensionConcentration
from desktop_app.domain.portfolio import Portfolio
from desktop_app.report import words
from desktop_app.report.concentrated import name_in, one_of
from desktop_app.report.explain import TERMS, Case, Explanation, explanation, freed_words, sum_of, title_of
from desktop_app.report.position_facts import ALL

Way = tuple[tuple[str, float | None], ...]
"""Node after node, with the part of the one above that stands on it; None: the rest of a split."""

MOST_WAYS = 4
LONGEST_WAY = 12


def concentration_explanation(key: str, case: Case) -> Explanation | None:
    """Return how a number of the page came about; None where the key says nothing any more.

    Keys: ``coverage:DIMENSION``, ``overlap:DIMENSION``, ``hhi:DIMENSION``, ``effective:DIMENSION``,
    ``underlying:ASSET``, ``together:DIMENSION`` and those of :func:`explanation`.
    """
    kind, _, subject = key.partition(":")
    maker = _MAKERS.get(kind)
    if maker is not None:
        found = case.overview.concentrated.dimensions.get(UNDERLYING if kind == UNDERLYING else subject)
        return maker(found, subject, case) if found is not None else None
    return explanation(key, case.portfolio, case.overview, case.labels, case.as_of)


def _covered(found: DimensionConcentration) -> float:
    return sum(found.values.values()) / found.overlap


def _terms(found: DimensionConcentration, case: Case) -> list[tuple[float, str]]:
    names = case.overview.names
    return [(value, name_in(found.dimension, name, names)) for name, value in found.values.items()]


def _coverage(found: DimensionConcentration, _: str, case: Case) -> Explanation:
    labels, covered = case.labels, _covered(found)
    total = labels.money(case.overview.portfolio_value)
    return Explanation(
        title_of(labels.share(found.coverage)),
        f"{labels.money(covered)} ÷ {total} = {labels.share(found.coverage, decimals=1)}",
        (),
        f"The part of the known value that stands on {one_of(found.dimension)} at all, counted once however "
        "many it stands on; what nobody has published counts too.",
    )


def _overlap(found: DimensionConcentration, _: str, case: Case) -> Explanation:
    labels = case.labels
    said = labels.number(found.overlap, decimals=2)
    return Explanation(
        title_of(said),
        f"({sum_of(_terms(found, case), labels)}) ÷ {labels.money(_covered(found))} covered = {said}",
        (),
        "What stands on each name, added up, divided by the value that stands on any of them. Above 1 the "
        "same value depends on several names, and the failure of one is enough to reach it.",
    )


def _shares(found: DimensionConcentration, case: Case) -> str:
    amount = sum(found.values.values())
    labels, names = case.labels, case.overview.names
    terms = [
        f"{labels.number(value / amount, decimals=2)}² {name_in(found.dimension, name, names)}"
        for name, value in found.values.items()
    ]
    return " + ".join(words.cut(terms, TERMS))


def _hhi(found: DimensionConcentration, _: str, case: Case) -> Explanation:
    said = case.labels.number(found.hhi, decimals=2)
    return Explanation(
        title_of(said),
        f"{_shares(found, case)} = {case.labels.number(found.hhi, decimals=4)}",
        (),
        "The Herfindahl-Hirschman index: the squares of the shares inside the dimension, added up. 1 is one "
        "name alone. What nobody has published counts as one name, so the true value may be lower.",
    )


def _effective(found: DimensionConcentration, _: str, case: Case) -> Explanation:
    labels = case.labels
    said = labels.number(found.effective_number, decimals=1)
    return Explanation(
        title_of(said),
        f"1 ÷ {labels.number(found.hhi, decimals=4)} = {labels.number(found.effective_number, decimals=2)}",
        (),
        "So many names of equal size would be as concentrated as these are.",
    )


def _underlying(found: DimensionConcentration, asset: str, case: Case) -> Explanation | None:
    value, total = found.values.get(asset), case.overview.portfolio_value
    if value is None or not total:
        return None
    labels, worths = case.labels, case.overview.exposed.worths
    terms = [
        (float(worth), words.node_name(p, case.overview.names))
        for p, worth in worths.items()
        if case.portfolio.positions[p].underlying == asset
    ]
    share = value / float(total)
    return Explanation(
        title_of(labels.share(share)),
        f"({sum_of(terms, labels)}) ÷ {labels.money(total)} = {labels.share(share, decimals=1)}",
        (),
        "The plain value of the positions whose underlying asset this is, whatever they stand on.",
    )


def _together(found: DimensionConcentration, _: str, case: Case) -> Explanation:
    return Explanation(
        f"How the others of {len(found.values):,} came about",
        sum_of(_terms(found, case)[::-1], case.labels),
        (),
        "The value that stands on any of the smallest names, counted once. What each of them carries adds up "
        "to more where the same value stands on several.",
    )


_MAKERS: dict[str, Callable[[DimensionConcentration, str, Case], Explanation | None]] = {
    "coverage": _coverage,
    "overlap": _overlap,
    "hhi": _hhi,
    "effective": _effective,
    "together": _together,
    UNDERLYING: _underlying,
}


# -- parts of a position ---------------------------------------------------------------------------------


def part_explanation(
    position_id: str, nodes: Sequence[str], name: str, part: float, case: Case
) -> Explanation | None:
    """Return how the part of a position that depends on ``nodes`` (called ``name``) came about."""
    position = case.portfolio.positions.get(position_id)
    if position is None:
        return None
    labels = case.labels
    worth = case.overview.exposed.worths.get(position_id)
    said = labels.share(part, decimals=2)
    money = "" if worth is None else f" = {labels.money(float(worth) * part)} of {labels.money(worth)}"
    ways = list(islice(_ways(case.portfolio, position_id, frozenset(nodes)), MOST_WAYS + 1))
    lines = [_way(position.name, way, case) for way in ways[:MOST_WAYS]]
    lines += ["and more ways"] if len(ways) > MOST_WAYS else []
    rule = (
        "What this position, which has a debt, would lose if that failed completely: the leverage counts."
        if position.debt
        else "The part of the position that depends on it, each unit counted once, whatever ways lead there."
    )
    return Explanation(
        f"How {labels.share(part)} of {position.name} on {name} came about",
        f"{said}{money}",
        tuple(lines),
        rule + freed_words([position_id], nodes, case),
    )


def _ways(portfolio: Portfolio, start: str, goals: frozenset[str]) -> Iterator[Way]:
    """Yield the ways from a position to any of the nodes, by whatever mode of edge."""
    below = _steps(portfolio)
    leading = _leading(below, goals)
    todo: list[tuple[str, Way]] = [(start, ())]
    while todo:
        place, way = todo.pop()
        if way and place in goals:
            yield way
        else:
            ahead = below.get(place, ()) if len(way) < LONGEST_WAY else ()
            todo += [(node, (*way, (node, part))) for node, part in ahead if node in leading]


def _steps(portfolio: Portfolio) -> dict[str, list[tuple[str, float | None]]]:
    """Return node -> (node below it, part); None for the rest of a split."""
    below: dict[str, list[tuple[str, float | None]]] = {}
    for edge in portfolio.edges.values():
        if edge.weight > 0:
            below.setdefault(edge.source, []).append((edge.target, edge.weight))
    for group in portfolio.groups.values():
        if group.residual_node:
            below.setdefault(group.node, []).append((group.residual_node, None))
    return below


def _leading(below: dict[str, list[tuple[str, float | None]]], goals: frozenset[str]) -> set[str]:
    """Return every node from which a way leads to a goal, the goals among them."""
    above: dict[str, list[str]] = {}
    for source, targets in below.items():
        for target, _ in targets:
            above.setdefault(target, []).append(source)
    found, todo = set(goals), list(goals)
    while todo:
        new = [source for source in above.get(todo.pop(), ()) if source not in found]
        found.update(new)
        todo += new
    return found


def _way(position: str, way: Way, case: Case) -> str:
    """Return "weETH → ether.fi → 85 % EigenLayer"."""
    said = [position]
    for node, part in way:
        share = "rest " if part is None else "" if part >= ALL else f"{case.labels.share(part)} "
        said.append(share + words.node_name(node, case.overview.names))
    return " → ".join(said)
