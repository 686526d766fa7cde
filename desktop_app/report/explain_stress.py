"""How the numbers of the Stress page came about: what a scenario costs, its range, each position's part."""

from desktop_app.analysis.stress import ScenarioLoss
from desktop_app.analysis.year import Year
from desktop_app.domain.positions import Scenario
from desktop_app.report import words
from desktop_app.report.explain import Case, Explanation, explanation, sum_of, title_of
from desktop_app.report.stressed import ScenarioRow, shocks_words
from desktop_app.report.year_parts import told_level
from desktop_app.report.year_words import rounded, year_explanation

_ERRORS = {"scenario": "loss", "low": "low", "high": "high"}
_RANGE = {
    "low": "Σ value × the largest shock of each unit",
    "high": "Σ value × the sum of the shocks of each unit, at most 1",
}
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

    Keys: ``scenario:ID``, ``low:ID``, ``high:ID``, ``spared:NODE``, ``part:POSITION``, and those of
    :func:`year_explanation` and :func:`explanation`.
    """
    kind, _, subject = key.partition(":")
    if kind not in _RULES:
        if kind in {"spared", "part"}:
            maker = _spared if kind == "spared" else _part
            return None if found is None else maker(subject, found, case)
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
        formula if kind == "scenario" else f"{_RANGE[kind]} = {labels.money(amount, decimals=2)}",
        tuple(lines),
        _RULES[kind],
    )


def _spared(node: str, found: Year, case: Case) -> Explanation | None:
    """Return how the part of a node in the worst years came about."""
    level, labels = told_level(found), case.labels
    out = found.leave_one_out.get(node)
    if out is None:
        return None
    name, every, saved = words.node_name(node, case.overview.names), found.tail.cvar[level], out.cvar[level]
    total, left, part = (labels.money(x, decimals=2) for x in (every, every - saved, saved))
    return Explanation(
        f"How {labels.money(rounded(saved, 0.0), with_currency=True)} of {name} came about",
        f"{total} − {left} if {name} cannot fail = {part}",
        (),
        "What the worst years cost on average, less what they would cost if this node could not fail. Where "
        "two nodes fail together, both are told in full, so these do not sum.",
    )


def _part(position: str, found: Year, case: Case) -> Explanation | None:
    """Return how the part of a position in the worst years came about."""
    level, labels = told_level(found), case.labels
    part = found.cvar_by_position[level].get(position)
    if part is None:
        return None
    name, every = words.node_name(position, case.overview.names), found.tail.cvar[level]
    return Explanation(
        f"How {labels.money(rounded(part, 0.0), with_currency=True)} of {name} came about",
        f"{labels.money(part, decimals=2)} of {labels.money(every, decimals=2)} = "
        f"{labels.share(part / every if every else 0.0, decimals=1)}",
        (),
        "What this position loses on average in the years in which all lose VaR or more; years that lose VaR "
        "exactly count with the part that fills the level up. The parts of all positions sum up.",
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
