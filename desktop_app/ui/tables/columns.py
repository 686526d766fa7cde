"""The column lists of all tables, and the rows of the tables that stand in for charts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter

from desktop_app.analysis.dependencies import PORTFOLIO, Dependencies
from desktop_app.analysis.exit_plans import day_at
from desktop_app.analysis.exposure import Exposure
from desktop_app.analysis.request_states import state_of
from desktop_app.analysis.withdrawals import Days, StepPlan, TranchePlan, Withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import ExitStep, Position
from desktop_app.figures.labels import Labels
from desktop_app.figures.short_sources import step_source
from desktop_app.figures.time_axis import day_after, moment_after
from desktop_app.report.words import capital, dimension_word, node_name
from desktop_app.ui.tables import kinds
from desktop_app.ui.tables.position_rows import PositionRow
from desktop_app.ui.tables.table_model import Column

WIDEST_NAME, WIDEST_ACCOUNT, LEAST_NAME, LEAST_PART = 190, 130, 150, 120
"""Pixels that long names take at first beside the numbers; the tooltip has them whole."""

# -- positions -----------------------------------------------------------------------------------------


def days_range(days: Days, labels: Labels) -> str:
    """Return "1–27", "15–?", or "fixed" where all passes agree."""
    low, high = labels.days(days.min), labels.days(days.max)
    if low == high == labels.days(days.typical):
        return "not known" if low == "?" else "fixed"
    return f"{low}–{high}"


def _under_name(row: PositionRow, labels: Labels) -> str:
    debt = f"debt {labels.money(row.debt)}" if row.debt else ""
    words = (row.account, row.stands_on, debt) if row.alike else (row.stands_on, debt, row.account)
    return ", ".join(part for part in words if part)


def _note(row: PositionRow, labels: Labels) -> str:
    if row.is_closed:
        return "closed"
    if row.value is None:
        return "no price: enter one"
    return f"price of {labels.near_day(row.price_day, row.as_of)}" if row.price_day else ""


def _days_second(row: PositionRow, labels: Labels) -> str:
    return "" if row.is_closed else days_range(row.days, labels)


def _days_why(row: PositionRow, labels: Labels) -> str:
    if row.is_closed or row.days.typical is not None or row.at_least is None:
        return "Typical days until the last part is out; below the earliest and the latest."
    return f"One step on the way has no known duration; at least {labels.in_days(row.at_least)}."


def _value_why(row: PositionRow, labels: Labels) -> str:
    if row.value is None:
        return "Neither a price nor a value is known. Change the position (Enter) to give it one."
    if row.quantity is None or row.price is None:
        return ""
    debt = f" − {labels.exact(row.debt)} debt" if row.debt else ""
    return f"{labels.exact(row.quantity)} × {labels.exact(row.price)}{debt}"


def _is_open(row: PositionRow) -> bool:
    return not row.is_closed


def _faded(row: PositionRow) -> str:
    return "text3" if row.is_closed else ""


_VALUE = Column(
    "{currency}", lambda r: r.value, kinds.MONEY, why=_value_why, role=_faded, applies=_is_open, total=True
)
_SHARE = Column("Share", lambda r: r.share, kinds.SUMMED_SHARE, role=_faded, applies=_is_open, total=True)

POSITION_LIST = (
    Column("Position", lambda r: r.name, second=_under_name, note=_note, role=_faded, stretch=True),
    _VALUE,
    _SHARE,
    Column(
        "Out in, days",
        lambda r: r.days.typical,
        kinds.DAYS,
        second=_days_second,
        why=_days_why,
        role=_faded,
        applies=_is_open,
    ),
)
"""The narrow list beside the detail, with two-line rows."""

POSITIONS = (
    Column("Position", lambda r: r.name, role=_faded, stretch=True, widest=WIDEST_NAME, least=LEAST_NAME),
    Column("Stands on", lambda r: r.stands_on, role=_faded, widest=WIDEST_NAME),
    Column("Account", lambda r: r.account, role=_faded, widest=WIDEST_ACCOUNT),
    Column("Asset", lambda r: r.asset, role=_faded, hidden=True),
    Column("Chain", lambda r: r.chain, role=_faded, hidden=True),
    Column("Quantity", lambda r: r.quantity, kinds.QUANTITY, role=_faded),
    Column("Price", lambda r: r.price, kinds.PRICE, role=_faded),
    _VALUE,
    _SHARE,
    Column("Reward", lambda r: r.reward, kinds.RATE, role=_faded, applies=_is_open),
    Column("Earliest", lambda r: r.days.min, kinds.DAYS, role=_faded, applies=_is_open),
    Column("Typical", lambda r: r.days.typical, kinds.DAYS, why=_days_why, role=_faded, applies=_is_open),
    Column("Latest", lambda r: r.days.max, kinds.DAYS, role=_faded, applies=_is_open),
    Column("State", lambda r: str(r.status), role=_faded, hidden=True),
)
"""The table that takes the whole page, one line a row."""


# -- withdrawals ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WithdrawalRow:
    """The way out of one part of a position; ``out_on`` is the typical day, ``longest`` the longest step."""

    id: str
    position: str
    account: str
    asset: str
    part: str
    value: float | None
    days: Days
    at_least: float | None
    out_on: date | None
    longest: str
    source: str
    slashable: str
    amount: Decimal | None = None


def withdrawal_rows(
    out: Withdrawals, portfolio: Portfolio, as_of: date, labels: Labels
) -> tuple[WithdrawalRow, ...]:
    """Return one row for each part of each position; ``labels`` have the zone of its days."""
    now = day_at(as_of, out.now)
    return tuple(
        _withdrawal(plan, index, portfolio.positions[plan.position], as_of, labels, now)
        for position in out.positions.values()
        for index, plan in enumerate(position.tranches)
    )


def _withdrawal(
    plan: TranchePlan, index: int, position: Position, as_of: date, labels: Labels, now: float
) -> WithdrawalRow:
    longest = _longest(plan.steps)
    return WithdrawalRow(
        id=f"{plan.position}#{index}",
        position=position.name,
        account=position.account,
        asset=position.asset,
        part=f"{plan.name}, {state_of(plan, now)}" if plan.request else plan.name,
        value=plan.value,
        days=plan.finish,
        at_least=plan.at_least.typical,
        out_on=_out_on(plan, as_of, labels),
        longest="" if longest is None else longest.name,
        source="" if longest is None else step_source(longest, labels, as_of),
        slashable=_slashable(plan.steps),
        amount=plan.amount,
    )


def _out_on(plan: TranchePlan, as_of: date, labels: Labels) -> date | None:
    """Return the typical day: of a request that of its moment, else the first whole one."""
    claim, typical = plan.claim.typical, plan.finish.typical
    if typical is None:
        return None
    return day_after(as_of, typical) if claim is None else labels.day_of(moment_after(as_of, claim))


def _longest(steps: tuple[StepPlan, ...]) -> ExitStep | None:
    """Return the longest step, one of unknown length by the least that it takes; None where none lasts."""
    days, step = max(((_lasts(plan), plan.step) for plan in steps), key=itemgetter(0), default=(0.0, None))
    return step if days > 0 else None


def _lasts(plan: StepPlan) -> float:
    if plan.start is not None and plan.end is not None:
        return plan.end - plan.start
    return plan.step.minimum or 0.0


def _slashable(steps: tuple[StepPlan, ...]) -> str:
    said = {s.step.slashable for s in steps if s.step.typical != 0}
    if not said:
        return "no"
    return {True: "yes", False: "no", None: "not known"}[said.pop()] if len(said) == 1 else "in part"


WITHDRAWALS = (
    Column("Position", lambda r: r.position, stretch=True, widest=WIDEST_NAME, least=LEAST_PART),
    Column("Part", lambda r: r.part),
    Column("Account", lambda r: r.account, hidden=True),
    Column("Asset", lambda r: r.asset, hidden=True),
    Column("Amount", lambda r: r.amount, kinds.QUANTITY, applies=lambda r: r.amount is not None, hidden=True),
    Column("{currency}", lambda r: r.value, kinds.MONEY, total=True),
    Column("Earliest, days", lambda r: r.days.min, kinds.DAYS),
    Column(
        "Typical",
        lambda r: r.days.typical,
        kinds.DAYS,
        why=lambda r, labels: f"At least {labels.in_days(r.at_least)}." if r.days.typical is None else "",
    ),
    Column("Latest", lambda r: r.days.max, kinds.DAYS),
    Column("Out on", lambda r: r.out_on, kinds.DATE, why=lambda *_: "The typical day."),
    Column("Longest step", lambda r: r.longest, hidden=True, widest=WIDEST_NAME),
    Column("Who says so", lambda r: r.source, hidden=True, widest=WIDEST_NAME),
    Column("Slashable", lambda r: r.slashable, why=lambda *_: "While it waits on the way out."),
)

# -- dependencies --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DependencyRow:
    """One node: what stands on it, how many positions do, how many of them fully, and its gateway."""

    id: str
    name: str
    kind: str
    value: Decimal | float | None
    share: float | None
    positions: int
    fully: int
    gateway: str


def dependency_rows(
    exposed: Exposure, graph: Dependencies, names: Mapping[str, str]
) -> tuple[DependencyRow, ...]:
    """Return one row for each node that a position reaches, largest value first; ``names``: id -> name."""
    return tuple(
        DependencyRow(
            id=node.node,
            name=node_name(node.node, names),
            kind=capital(dimension_word(node.dimension)),
            value=node.known_value,
            share=node.known_share,
            positions=node.positions,
            fully=sum(1 for rho in node.by_position.values() if rho >= 1 - 1e-9),
            gateway=_gateway(graph.gateways.get(node.node, PORTFOLIO), names),
        )
        for node in exposed.nodes.values()
    )


def _gateway(node: str, names: Mapping[str, str]) -> str:
    return "none" if node == PORTFOLIO else node_name(node, names)


DEPENDENCIES = (
    Column("Node", lambda r: r.name, stretch=True),
    Column("Kind", lambda r: r.kind),
    Column("{currency}", lambda r: r.value, kinds.MONEY),
    Column("Share", lambda r: r.share, kinds.SHARE),
    Column("Positions", lambda r: r.positions, kinds.COUNT),
    Column("Fully on it", lambda r: r.fully, kinds.COUNT),
    Column(
        "Gateway",
        lambda r: r.gateway,
        why=lambda r, _: f"Leaving it removes all dependence on {r.name}." if r.gateway != "none" else "",
    ),
)
