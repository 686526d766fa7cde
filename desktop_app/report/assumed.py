"""The assumptions for the year as rows that are typed into: once in so many years, and what it takes."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.analysis.exposure import Exposure
from desktop_app.domain.assumptions import has_assumption, with_assumption
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Basis, Dimension, Node, is_unknown
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.report import words

NEVER = "never"
YEARS, TAKES = "years", "takes"
"""What is typed: years between two failures, per cent lost in one."""

WAYS = (
    (
        "type_assumptions",
        "Type them",
        "Beside this: once in how many years each node fails, and what it takes then.",
        "Type",
    ),
    (
        "take_illustrative",
        "Take the illustrative set",
        "Made-up numbers by kind of node, no estimates: to try the arithmetic. Pages say “illustrative”.",
        "Take",
    ),
    (
        "copy_assumptions",
        "Copy from another portfolio",
        "What another file of yours assumes of the same nodes.",
        "Copy…",
    ),
)
"""Key of the command, title, what it does, its button."""

MEANING = "Fails once in so many years, and takes so much then."
ILLUSTRATIVE_NOTE = "Illustrative numbers are among them: made up, no estimate of anything real."


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """One node: ``chance`` a year, ``loss`` in a failure, ``share`` of the value on it, all fractions."""

    id: str
    name: str
    dimension: Dimension
    chance: float | None
    loss: float | None
    basis: Basis
    share: float | None

    @property
    def is_complete(self) -> bool:
        """Tell whether the year counts the node: what cannot fail needs no loss."""
        return self.chance == 0 or (self.chance is not None and self.loss is not None)


def assumption_rows(portfolio: Portfolio, exposed: Exposure) -> tuple[AssumptionRow, ...]:
    """Return every named node that a position reaches: those with a rate first, each by what stands on it."""
    nodes = [portfolio.nodes[n.node] for n in exposed.nodes.values() if not is_unknown(n.node)]
    rows = [_row(node, exposed) for node in nodes]
    return tuple(sorted(rows, key=lambda row: (not row.is_complete, -(row.share or 0.0), row.name)))


def _row(node: Node, exposed: Exposure) -> AssumptionRow:
    return AssumptionRow(
        node.id,
        node.name,
        node.dimension,
        node.failure_probability,
        node.loss_given_failure,
        node.basis,
        exposed.nodes[node.id].share,
    )


def assumptions_note(rows: Iterable[AssumptionRow]) -> str:
    """Return how many nodes have no rate, and that some numbers are made up."""
    listed = tuple(rows)
    missing = sum(not row.is_complete for row in listed)
    have, stay = ("has", "stays") if missing == 1 else ("have", "stay")
    said = (
        f"{words.capital(words.counted(missing, 'node'))} {have} no rate and {stay} out." if missing else ""
    )
    made_up = any(row.basis is Basis.ILLUSTRATIVE for row in listed)
    return " ".join(part for part in (MEANING, said, ILLUSTRATIVE_NOTE if made_up else "") if part)


def years_words(chance: float, labels: Labels) -> str:
    """Return once in how many years a node fails: "125", "2.5", "never"."""
    if chance == 0:
        return NEVER
    years = 1 / chance
    return labels.number(years, decimals=0 if years >= 10 or abs(years - round(years)) < 0.05 else 1)


def assumed(
    portfolio: Portfolio, node_id: str, what: str, number: float | None, *, never: bool = False
) -> Portfolio:
    """Return the portfolio in which a node fails once in ``number`` years, or takes ``number`` per cent.

    None is not known, ``never``: it cannot fail. Raises UserError where that cannot be.
    """
    node = portfolio.nodes[node_id]
    chance, loss = node.failure_probability, node.loss_given_failure
    if what == TAKES:
        return with_assumption(portfolio, node_id, chance, None if number is None else number / 100)
    if number is not None and number < 1:
        raise UserError(f"“{node.name}” can fail once a year at most: enter 1 or more years.")
    new = 0.0 if never else None if number is None else 1 / number
    return with_assumption(portfolio, node_id, new, loss)


def edit_words(portfolio: Portfolio, node_id: str, what: str, text: str) -> str:
    """Return what the edit is called: "EigenLayer fails once in 125 years"."""
    name, text = portfolio.nodes[node_id].name, text.strip()
    if what == TAKES:
        return f"{name} takes {text.removesuffix('%').strip()} %" if text else f"{name}: loss not known"
    if text.casefold() == NEVER:
        return f"{name} never fails"
    return f"{name} fails once in {text} years" if text else f"{name}: rate not known"


def nothing_assumed(portfolio: Portfolio) -> bool:
    """Tell whether no node has any assumption."""
    return not any(has_assumption(node) for node in portfolio.nodes.values())
