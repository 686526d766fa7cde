"""What a change would do to the portfolio, as one sentence before it is made."""

from collections.abc import Collection, Mapping

from desktop_app.analysis.exposure import Exposure
from desktop_app.domain.positions import Dimension, is_unknown
from desktop_app.figures.labels import NARROW_NO_BREAK, Labels
from desktop_app.report.sentences import Run, Sentence, bold, sentence, warn
from desktop_app.report.words import node_name

TOLD = 2
"""So many nodes are named, those whose share changes most."""

SEEN = 0.0005
"""A smaller change of a share would not be seen in the figures."""

_GROUND = (Dimension.ASSET, Dimension.CHAIN)


def consequence_sentence(
    before: Exposure, after: Exposure, position: str, names: Mapping[str, str], labels: Labels
) -> Sentence:
    """Return "With this change EigenLayer goes from 52.2 to 53.0 % of the portfolio.".

    ``position`` is the one that is added or changed, ``names`` id -> name of every node after the change.
    """
    if position not in after.worths:
        return sentence("Its value is ", warn("not known"), ", so it changes no share of the portfolio.")
    if before.portfolio_value is None and after.portfolio_value is not None:
        amount = bold(labels.money(after.portfolio_value, with_currency=True))
        return sentence("It is the first position with a known value: ", amount, ".")
    moved = moved_shares(before, after, [position], names, labels)
    if not moved:
        return sentence("With this change no share of the portfolio changes.")
    return sentence("With this change ", *moved, ".")


def moved_shares(
    before: Exposure, after: Exposure, positions: Collection[str], names: Mapping[str, str], labels: Labels
) -> list[str | Run]:
    """Return "EigenLayer goes from 52.2 to 53.0 % of the portfolio", empty where no share changes.

    ``positions`` are those that are changed.
    """
    parts: list[str | Run] = []
    for index, (node, old, new) in enumerate(moves(before, after, positions)[:TOLD]):
        goes = " goes from" if index == 0 else " from"
        start = labels.number(old * 100, decimals=1)
        end = bold(f"{labels.number(new * 100, decimals=1)}{NARROW_NO_BREAK}%")
        parts += [", " if index else "", bold(node_name(node, names)), f"{goes} {start} to ", end]
        parts += [" of the portfolio"] if index == 0 else []
    return parts


def moves(
    before: Exposure, after: Exposure, positions: Collection[str] = ()
) -> list[tuple[str, float, float]]:
    """Return (node, share before, share after) by the size of the change.

    What the positions stand on comes before what merely gives way to it, the common ground comes last.
    """
    nodes = dict.fromkeys([*before.nodes, *after.nodes])
    moves = [(node, _share(before, node), _share(after, node)) for node in nodes if not is_unknown(node)]
    moves = [move for move in moves if abs(move[2] - move[1]) >= SEEN]

    changed = set(positions)

    def order(move: tuple[str, float, float]) -> tuple[bool, bool, float]:
        found = after.nodes.get(move[0]) or before.nodes[move[0]]
        return found.dimension in _GROUND, changed.isdisjoint(found.by_position), -abs(move[2] - move[1])

    return sorted(moves, key=order)


def _share(exposed: Exposure, node: str) -> float:
    found = exposed.nodes.get(node)
    return (found.share or 0.0) if found else 0.0
