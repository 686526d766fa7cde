"""How the numbers of the Stress page came about: what a scenario costs, its range, each position's part."""

from desktop_app.analysis.stress import ScenarioLoss
from desktop_app.analysis.year import Year
from desktop_app.domain.positions import Scenario
from desktop_app.report import words
from desktop_app.report.explain import TERMS, Case, Explanation, explanation, sum_of, title_of
from desktop_app.report.stressed import ScenarioRow, shocks_words
from desktop_app.report.year_parts import told_level
from desktop_app.report.year_words import year_explanation

_ERRORS = {"scenario": "loss", "low": "low", "high": "high"}
_RULES = {
    "scenario": (
        "Each node takes its fraction of what is left of every unit that stands on it, each unit counted "
        "once, whatever ways lead there. Never more than the value, in whatever order the nodes fail."
    ),
    "low": "The least: only the largest shock that a unit meets takes anything of it.",
    "high": "The most: all shocks that a unit meets are added up, at most the whole of it.",
}


def stress_explanation(
    key: str, rows: tuple[ScenarioRow, ...], found: Year | None, case: Case
) -> Explanation | None:
    """Return how a number of the page came about; None where the key says nothing any more.

    Keys: ``scenario:ID``, ``low:ID``, ``high:ID``, ``spared``, and those of :func:`year_explanation` and
    :func:`explanation`.
    """
    kind, _, subject = key.partition(":")
    if kind not in _RULES:
        if key == "spared":
            return None if found is None else _spared(found, case)
        told = None if found is None else year_explanation(key, found, case.labels, case.overview.names)
        return told or explanation(key, case.portfolio, case.overview, case.labels, case.as_of)
    row = next((row for row in rows if row.id == subject), None)
    return None if row is None else _scenario(kind, row.scenario, row.loss, case)


def _scenario(kind: str, scenario: Scenario, loss: ScenarioLoss, case: Case) -> Explanation:
    labels = case.labels
    amount = {"scenario": loss.loss, "low": loss.low, "high": loss.high}[kind]
    said = labels.money(amount, with_currency=True)
    error = loss.sampled.get(_ERRORS[kind])
    terms = [
        (value, words.node_name(p, case.overview.names)) for p, value in loss.by_position.items() if value > 0
    ]
    formula = f"{sum_of(terms, labels) or labels.money(0.0)} = {labels.money(loss.loss, decimals=2)}"
    lines = [f"Shocks: {shocks_words(scenario, case.overview.names, labels)}"]
    lines += [f"sampled, ± {labels.money(error, decimals=2)}"] if error else []
    return Explanation(
        title_of(said),
        formula if kind == "scenario" else labels.money(amount, decimals=2),
        tuple(lines),
        _RULES[kind],
    )


def _spared(found: Year, case: Case) -> Explanation:
    """Return how the parts of the nodes came about."""
    level, names = told_level(found), case.overview.names
    with_all = found.tail.cvar[level]
    lines = [
        f"{case.labels.money(with_all)} − {case.labels.money(with_all - out.cvar[level])} if "
        f"{words.node_name(node, names)} cannot fail = {case.labels.money(out.cvar[level])}"
        for node, out in sorted(found.leave_one_out.items(), key=lambda pair: -pair[1].cvar[level])[:TERMS]
    ]
    return Explanation(
        "How the parts of the nodes came about",
        "average of the worst years − the same if this node cannot fail",
        tuple(lines),
        "Where two nodes fail together in the worst years, both are told in full, so these do not sum.",
    )


def hit_explanation(position_id: str, row: ScenarioRow, case: Case) -> Explanation | None:
    """Return how the loss of one position in a scenario came about."""
    position, lost = case.portfolio.positions.get(position_id), row.loss.by_position.get(position_id)
    worth = case.overview.exposed.worths.get(position_id)
    if position is None or lost is None or not worth:
        return None
    labels, names = case.labels, case.overview.names
    lines = []
    for node, fraction in row.scenario.shocks:
        exposure = case.overview.exposed.nodes.get(node)
        part = exposure.by_position.get(position_id, 0.0) if exposure else 0.0
        if part > 0:
            name = words.node_name(node, names)
            lines.append(f"{labels.share(part)} stands on {name}, which loses {labels.share(fraction)}")
    rule = (
        "A position with a debt: what its collateral loses is the owner's alone, and it may be liquidated."
        if position.debt
        else _RULES["scenario"]
    )
    return Explanation(
        f"How {labels.money(lost, with_currency=True)} of {position.name} came about",
        f"{labels.money(worth)} × {labels.rate(lost / float(worth))} = {labels.money(lost, decimals=2)}",
        tuple(lines),
        rule,
    )
