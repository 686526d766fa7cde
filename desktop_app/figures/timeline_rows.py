"""The rows of the timeline: one per position or part, sorted by when it is typically out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import inf

from desktop_app.analysis.exit_plans import day_at
from desktop_app.analysis.request_states import RequestState, state_of
from desktop_app.analysis.withdrawals import Days, PositionPlan, StepPlan, TranchePlan, Withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import ExitStep, is_unknown
from desktop_app.figures.colours import HATCHED, dimension_role
from desktop_app.figures.labels import Labels
from desktop_app.figures.short_sources import Sign, step_sign
from desktop_app.figures.texts import one_line

_NEVER = Days(None, None, None)


@dataclass(frozen=True, slots=True)
class StepBar:
    """A step in days from today (typical pass). ``main``: on the way that holds; others run beside it.

    ``open``: its typical length is not known, and it is drawn at its least. ``step``: who says how long.
    """

    name: str
    start: float
    end: float
    colour: str
    slashable: bool | None
    main: bool
    open: bool = False
    step: ExitStep | None = None


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A position or a part of it, ``id`` POSITION#TRANCHE; ``open_steps``: steps without a known length.

    ``amount``: units of the asset, where requests fix them. Of a request the days of its ``claim``, below
    zero where they lie back, and its ``state`` on the day ``now``, up to which it has ``waited``. ``path``:
    the one that the user chose, "" the standard one.
    """

    id: str
    position: str
    name: str
    value: float | None
    finish: Days
    at_least: Days
    bars: tuple[StepBar, ...]
    waited: float
    open_steps: tuple[str, ...]
    overdue: bool
    frozen_share: float
    amount: Decimal | None = None
    claim: Days | None = None
    state: RequestState | None = None
    path: str = ""
    now: float = 0.0

    def name_in(self, labels: Labels) -> str:
        """Return the name with the amount that was asked for, or that is left beside it."""
        return f"{self.name}{self.amount_in(labels)}"

    def amount_in(self, labels: Labels) -> str:
        """Return what follows the name: ", 2.00 requested" or ", 6.75"."""
        if self.amount is None:
            return ""
        said = labels.quantity(self.amount)
        return f", {said} requested" if self.claim else f", {said}"

    @property
    def longest(self) -> StepBar | None:
        """Return the longest step still ahead on the way that holds."""
        ahead = [bar for bar in self.bars if bar.main and bar.end > bar.start]
        return max(ahead, key=lambda bar: bar.end - bar.start, default=None)


def timeline_rows(
    answer: Withdrawals, portfolio: Portfolio, as_of: date | None = None
) -> tuple[TimelineRow, ...]:
    """Return a row for each tranche (one for a position without any), soonest typical finish first.

    Requests as they are at the moment of the answer; ``as_of`` is its date.
    """
    now = day_at(as_of, answer.now)
    rows = [row for plan in answer.positions.values() for row in _rows_of(plan, portfolio, now)]
    return tuple(sorted(rows, key=_order))


def signs_of(rows: Iterable[TimelineRow], as_of: date) -> frozenset[Sign]:
    """Return the signs that stand at the bars of rows."""
    steps = {bar.step for row in rows for bar in row.bars if bar.step is not None}
    return frozenset(sign for step in steps if (sign := step_sign(step, as_of)) is not None)


def _order(row: TimelineRow) -> tuple[float, float, str, str]:
    typical, latest = row.finish.typical, row.finish.max
    return (inf if typical is None else typical, inf if latest is None else latest, row.name, row.id)


def _rows_of(plan: PositionPlan, portfolio: Portfolio, now: float) -> Iterator[TimelineRow]:
    position = portfolio.positions[plan.position]
    name = one_line(position.name)
    if not plan.tranches:
        worth = portfolio.worth(position, portfolio.as_of)
        value = None if worth is None else float(worth)
        yield TimelineRow(
            f"{plan.position}#", plan.position, name, value, _NEVER, _NEVER, (), 0, (), False, 0
        )
    for number, tranche in enumerate(plan.tranches):
        alone = len(plan.tranches) == 1 or tranche.amount is not None
        part = name if alone else f"{name}, {one_line(tranche.name)}"
        yield _row(f"{plan.position}#{number}", part, tranche, portfolio, now if tranche.request else 0.0)


def _row(row_id: str, name: str, tranche: TranchePlan, portfolio: Portfolio, now: float) -> TimelineRow:
    asked = now if tranche.request is None or tranche.expired else tranche.asked
    return TimelineRow(
        id=row_id,
        position=tranche.position,
        name=name,
        value=tranche.value,
        finish=tranche.finish,
        at_least=tranche.at_least,
        bars=tuple(_bars(tranche.steps, portfolio)),
        waited=max([0.0, now - asked, *(plan.waited for plan in tranche.steps)]),
        open_steps=tuple(one_line(p.step.name) for p in tranche.steps if p.start is None or p.end is None),
        overdue=any(plan.overdue for plan in tranche.steps),
        frozen_share=tranche.frozen_share,
        amount=tranche.amount,
        claim=tranche.claim if tranche.request else None,
        state=state_of(tranche, now) if tranche.request else None,
        path=tranche.request.path if tranche.request else portfolio.positions[tranche.position].exit.path,
        now=now,
    )


def _bars(steps: tuple[StepPlan, ...], portfolio: Portfolio) -> Iterator[StepBar]:
    """Yield the steps with known times; where none is critical, the longest of those that overlap is main."""
    taken = 0.0
    for plan in sorted(steps, key=lambda p: (not p.critical, p.start or 0.0, -(_end(p) or 0.0))):
        start, end = plan.start, _end(plan)
        if start is None or end is None or end <= start:
            continue
        main = plan.critical or start >= taken
        if main:
            taken = max(taken, end)
        colour = step_colour(plan, portfolio)
        name, open_ = one_line(plan.step.name), plan.end is None
        yield StepBar(name, start, end, colour, plan.step.slashable, main, open_, plan.step)


def _end(plan: StepPlan) -> float | None:
    """Return the typical end of a step, or the earliest where its typical length is not known."""
    if plan.end is not None or plan.start is None or plan.step.minimum is None:
        return plan.end
    return plan.start + max(0.0, plan.step.minimum - plan.waited)


def step_colour(plan: StepPlan, portfolio: Portfolio) -> str:
    """Return the role of the colour of the node that imposes a step."""
    node = plan.step.node
    if node is None or is_unknown(node) or node not in portfolio.nodes:
        return HATCHED
    return dimension_role(portfolio.nodes[node].dimension)
