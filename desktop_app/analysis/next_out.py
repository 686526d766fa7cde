"""What is out next: the parts that were asked for, else those that would come first if asked for today."""

import heapq
from dataclasses import dataclass

from desktop_app.analysis.withdrawals import TranchePlan, Withdrawals


@dataclass(frozen=True, slots=True)
class NextOut:
    """Days until a part is typically out, and the part, soonest first; ``asked_for``: its way has begun."""

    parts: tuple[tuple[float, TranchePlan], ...]
    asked_for: bool


def next_out(out: Withdrawals, most: int) -> NextOut:
    """Return the first so many parts with a known typical date and a way to walk."""
    every = [part for plan in out.positions.values() for part in plan.tranches]
    dated = [(p.finish.typical, p) for p in every if p.finish.typical is not None and p.steps]
    asked = [pair for pair in dated if any(step.waited > 0 for step in pair[1].steps)]
    soonest = heapq.nsmallest(most, asked or dated, key=lambda pair: pair[0])
    return NextOut(tuple(soonest), bool(asked))
