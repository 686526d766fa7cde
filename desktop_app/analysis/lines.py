"""What each stack adds to the losses of a year's states, and what it would add without a node (6)."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from desktop_app.analysis.evaluation import AnyOf
from desktop_app.analysis.failures import Ints, States
from desktop_app.analysis.leverage import Debts
from desktop_app.analysis.losses import Floats, Losses
from desktop_app.analysis.tables import Tables, places


@dataclass(frozen=True, slots=True)
class Line:
    """Positions that lose the same fraction in every state, worth ``value`` together.

    They lose what their core loses, and of what is left the part ``share`` if the node ``extra`` (a number)
    fails.
    """

    positions: Ints
    value: float
    extra: int | None = None
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Core:
    """What the stacks of several lines have in common; often they differ in a wallet or an operator alone.

    ``rows`` of the formula, any of which can lose; with a ``debt`` those of the collateral, and beside them
    the ``equity``. ``nodes``: numbers of the nodes below that can fail.
    """

    rows: tuple[int, ...]
    nodes: tuple[int, ...]
    lines: list[Line] = field(default_factory=list)
    equity: tuple[int, ...] = ()
    debt: Debts | None = None

    @property
    def value(self) -> float:
        """Return what all lines are worth together."""
        return sum(line.value for line in self.lines)

    def extras(self) -> dict[int, float]:
        """Return node -> the value that its failure takes from what the core leaves."""
        amounts: dict[int, float] = {}
        for line in self.lines:
            if line.extra is not None:
                amounts[line.extra] = amounts.get(line.extra, 0.0) + line.value * line.share
        return amounts


class Lines:
    """The lines of a portfolio with their losses in states of the nodes of ``severities`` (id -> λ).

    Lines that lose nothing in any state are left out. ``only``: one position with a debt (a row of
    ``losses``); ``scrambling``: one of the samples alone.
    """

    def __init__(
        self,
        losses: Losses,
        severities: Mapping[str, float],
        *,
        only: int | None = None,
        scrambling: int | None = None,
    ) -> None:
        self._losses = losses
        self._tables = Tables(
            losses.formula, {losses.nodes[node]: x for node, x in severities.items()}, scrambling
        )
        self.cores = self._all() if only is None else self._levered(only)

    # -- losses in states ----------------------------------------------------------------------------------

    def fractions(self, core: Core, states: States, known: dict[int, Floats]) -> Floats:
        """Return the fraction that a core loses in each state; ``known``: see ``Tables.losses``."""
        if self._tables.small(core.nodes, states):
            return self.table(core)[states.index(core.nodes)]
        lost = self._tables.any_losses(core.rows, states, known)
        return (
            core.debt.alone(lost, self._tables.any_losses(core.equity, states, known)) if core.debt else lost
        )

    def table(self, core: Core) -> Floats:
        """Return the fraction that a core loses for each set of its nodes that fails."""
        lost = self._tables.any_table(core.rows)
        if core.debt is None:
            return lost
        equity = self._tables.any_table(core.equity)
        above, beside = (places(core.nodes, self._tables.below(rows)) for rows in (core.rows, core.equity))
        return core.debt.alone(lost[above], equity[beside])

    def total(self, states: States) -> Floats:
        """Return what all lose in each state."""
        total, known = np.zeros(len(states.chances)), dict[int, Floats]()
        for core in self.cores:
            lost = self.fractions(core, states, known)
            total += core.value * lost
            extras = core.extras()
            if extras:
                total += _taken(extras, states) * (1 - lost)
        return total

    def sums(self, states: States, weights: Sequence[Floats]) -> Iterator[tuple[Line, list[float]]]:
        """Yield each line with the weighted sums of the fractions that it loses."""
        known: dict[int, Floats] = {}
        for core in self.cores:
            if self._tables.small(core.nodes, states) and not core.extras():
                table = self.table(core)
                base, left = [float(table @ states.sums(core.nodes, w)) for w in weights], []
            else:
                lost = self.fractions(core, states, known)
                base, left = [float((w * lost).sum()) for w in weights], [w * (1 - lost) for w in weights]
            for line in core.lines:
                sums = base
                if line.extra is not None:
                    more = (line.share * states.sum_where(line.extra, w) for w in left)
                    sums = [first + second for first, second in zip(base, more, strict=True)]
                yield line, sums

    # -- without a node ------------------------------------------------------------------------------------

    def savings(self, states: States) -> list[Floats]:
        """Return node -> what less all would lose without it, in the states where it fails."""
        saved = [np.zeros(len(found)) for found in states.failed]
        known: dict[int, Floats] = {}
        spared: dict[int, dict[int, Floats]] = {}
        for core in self.cores:
            value, extras, lost = core.value, core.extras(), self.fractions(core, states, known)
            left = 1 - lost
            for node in extras.keys() - set(core.nodes):
                saved[node] += extras[node] * left[states.failed[node]]
            taken = _taken(extras, states) if extras else None
            without = self._without(core, states, spared)
            for node in core.nodes:
                failing = states.failed[node]
                before, after = left[failing], 1 - without(node)
                saved[node] += value * (after - before)
                if taken is not None:
                    others = taken[failing] - extras.get(node, 0.0)
                    saved[node] += taken[failing] * before - others * after
        return saved

    def _without(
        self, core: Core, states: States, spared: dict[int, dict[int, Floats]]
    ) -> Callable[[int], Floats]:
        """Return node -> the losses of a core in the states where the node fails, if it did not."""
        if self._tables.small(core.nodes, states):
            table, index = self.table(core), states.index(core.nodes)

            def looked_up(node: int) -> Floats:
                lost: Floats = table[index[states.failed[node]] ^ (1 << core.nodes.index(node))]
                return lost

            return looked_up

        def worked_out(node: int) -> Floats:
            others = states.only(states.failed[node]).without(node)
            return self.fractions(core, others, spared.setdefault(node, {}))

        return worked_out

    # -- cores ---------------------------------------------------------------------------------------------

    def _all(self) -> list[Core]:
        losses, tables, cores = self._losses, self._tables, dict[tuple[int, ...], Core]()
        for stack, rows, extra in self._split():
            core = cores.setdefault(rows, Core(rows, tables.below(rows)))
            positions, value = losses.members(stack), float(losses.stack_values[stack])
            if extra is None:
                core.lines.append(Line(positions, value))
            else:
                share = float(tables.any_table((extra,))[1])
                core.lines.append(Line(positions, value, tables.nodes(extra)[0], share))
        levered = [
            core for row in losses.levered.tolist() if losses.values[row] for core in self._levered(row)
        ]
        return [*cores.values(), *levered]

    def _split(self) -> Iterator[tuple[int, tuple[int, ...], int | None]]:
        """Yield each stack with the rows of its core and the one in which others on this core differ from it.

        That is the one of a single node that the fewest stacks have.
        """
        stacks = dict(self._stacks())
        usage = Counter(row for rows in stacks.values() for row in rows)
        extras: dict[int, int] = {}
        for stack, rows in stacks.items():
            single = [row for row in rows if len(self._tables.nodes(row)) == 1]
            if single and len(rows) > 1:
                extras[stack] = min(single, key=lambda row: (usage[row], -row))
        cores = {s: tuple(r for r in rows if r != extras.get(s)) for s, rows in stacks.items()}
        shared = Counter(cores.values())
        for stack, rows in stacks.items():
            alone = shared[cores[stack]] == 1
            yield (stack, rows, None) if alone else (stack, cores[stack], extras.get(stack))

    def _stacks(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield the stacks without debt that have a value and can lose it, with what of them can."""
        formula = self._losses.formula
        for stack, row in enumerate(self._losses.stack_rows.tolist()):
            term = formula.term(row) if row > formula.nothing else None
            rows = [r for r in (term.rows if isinstance(term, AnyOf) else (row,)) if self._tables.nodes(r)]
            if rows and self._losses.stack_values[stack] > 0:
                yield stack, tuple(sorted(rows))

    def _levered(self, position: int) -> list[Core]:
        """Return the core of a position with a debt; none if no node below it can fail."""
        losses = self._losses
        place = int(np.flatnonzero(losses.levered == position)[0])
        rows, equity = (int(losses.collateral[position]),), (int(losses.equity[place]),)
        nodes = self._tables.below((*rows, *equity))
        line = Line(np.array([position]), float(losses.values[position]))
        return [Core(rows, nodes, [line], equity, losses.debts.take(place))] if nodes else []


def _taken(extras: Mapping[int, float], states: States) -> Floats:
    """Return what the failing nodes take of what the core leaves, in each state."""
    taken = np.zeros(len(states.chances))
    for node, amount in extras.items():
        states.add(taken, node, amount)
    return taken
