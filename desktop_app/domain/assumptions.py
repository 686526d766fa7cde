"""Assumptions for the year: typed, taken from the illustrative set, or copied from another portfolio."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Basis, Dimension, Node, is_unknown
from desktop_app.errors import UserError


@dataclass(frozen=True, slots=True)
class Risk:
    """Made-up numbers for a dimension: annual failure probability, loss given failure, and what is meant."""

    failure_probability: float
    loss_given_failure: float
    meaning: str


@dataclass(frozen=True, slots=True)
class IllustrativeSet:
    """The numbers that the program offers to try things out with; ``notice`` says what they are not."""

    notice: str
    risks: Mapping[Dimension, Risk]


def read_illustrative(text: str) -> IllustrativeSet:
    """Return the illustrative set of a resource."""
    data = json.loads(text)
    risks = {
        Dimension(name): Risk(r["annual_failure_probability"], r["loss_given_failure"], r["meaning"])
        for name, r in data["dimensions"].items()
    }
    return IllustrativeSet(data["notice"], risks)


def with_assumption(
    portfolio: Portfolio, node: str, failure_probability: float | None, loss_given_failure: float | None
) -> Portfolio:
    """Set what the user assumes of a node, both fractions; None is not known (both None: no assumption).

    Raises UserError where the node cannot have an assumption or a number cannot be one.
    """
    if is_unknown(node):
        raise UserError(
            "What nobody has named cannot have a failure rate.", "Name the operator or service first."
        )
    if node not in portfolio.nodes:
        raise UserError(f"“{node}” is not in the portfolio.")
    name = portfolio.nodes[node].name
    for said, number in (("failure probability", failure_probability), ("loss", loss_given_failure)):
        if number is not None and not 0 <= number <= 1:
            raise UserError(f"The {said} of “{name}” must lie between 0 and 100 %.")
    row = replace(
        portfolio.nodes[node],
        failure_probability=failure_probability,
        loss_given_failure=loss_given_failure,
        basis=Basis.YOURS,
    )
    return portfolio.with_graph(nodes=[row])


def with_illustrative(portfolio: Portfolio, offered: IllustrativeSet) -> Portfolio:
    """Fill the gaps of nodes that positions stand on with the illustrative numbers; given ones stay."""

    def filled(node: Node) -> Node:
        risk = offered.risks.get(node.dimension)
        if risk is None or not _has_gap(node):
            return node
        chance, loss = node.failure_probability, node.loss_given_failure
        return replace(
            node,
            failure_probability=risk.failure_probability if chance is None else chance,
            loss_given_failure=risk.loss_given_failure if loss is None else loss,
            basis=Basis.ILLUSTRATIVE,
        )

    return _changed(portfolio, filled)


def with_copied(portfolio: Portfolio, other: Portfolio) -> Portfolio:
    """Take the assumptions that another portfolio has of the same nodes (by id); those made here stay.

    Illustrative ones here do not, and illustrative numbers stay illustrative.
    """

    def copied(node: Node) -> Node:
        source = other.nodes.get(node.id)
        own = node.basis is not Basis.ILLUSTRATIVE and has_assumption(node)
        if source is None or own or not has_assumption(source):
            return node
        basis = Basis.ILLUSTRATIVE if source.basis is Basis.ILLUSTRATIVE else Basis.COPIED
        return replace(
            node,
            failure_probability=source.failure_probability,
            loss_given_failure=source.loss_given_failure,
            basis=basis,
        )

    return _changed(portfolio, copied)


def without_illustrative(portfolio: Portfolio) -> Portfolio:
    """Take the illustrative numbers out again; what the user gave to such a node goes with them."""
    return _changed(
        portfolio,
        lambda n: (
            replace(n, failure_probability=None, loss_given_failure=None, basis=Basis.YOURS)
            if n.basis is Basis.ILLUSTRATIVE
            else n
        ),
    )


def has_assumption(node: Node) -> bool:
    """Tell whether anything is assumed of a node."""
    return node.failure_probability is not None or node.loss_given_failure is not None


def _has_gap(node: Node) -> bool:
    """Tell whether a node is left out of the year; what cannot fail needs no loss."""
    chance, loss = node.failure_probability, node.loss_given_failure
    return chance is None or (loss is None and chance != 0)


def _changed(portfolio: Portfolio, change: Callable[[Node], Node]) -> Portfolio:
    """Return the portfolio with its reached nodes changed; the same one where none differs."""
    reached = portfolio.reached()
    rows = [(node, change(node)) for node in portfolio.nodes.values() if node.id in reached]
    changed = [after for before, after in rows if after is not before]
    return portfolio.with_graph(nodes=changed) if changed else portfolio
