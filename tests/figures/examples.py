"""Answers to draw: a made-up portfolio of twelve positions, written down rather than computed."""

from datetime import date
from decimal import Decimal

from desktop_app.analysis.withdrawals import Days, Ladder, PositionPlan, StepPlan, TranchePlan, Withdrawals
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, ExitStep, Node, Position

AS_OF = date(2026, 11, 24)

NODES = {
    "lido": Dimension.PROTOCOL,
    "eigenlayer": Dimension.PLATFORM,
    "ethereum": Dimension.CHAIN,
    "aave": Dimension.LENDER,
    "layerzero": Dimension.BRIDGE,
}


def a_step(
    name: str,
    node: str | None,
    start: float | None,
    end: float | None,
    slashable: bool | None = False,
    **more: float,
) -> StepPlan:
    """Return a step of the typical pass; ``waited`` and ``beside`` (not critical) may be given."""
    step = ExitStep(name, name, slashable=slashable, node=node)
    return StepPlan(
        step, start, end, more.get("waited", 0.0), not more.get("beside"), bool(more.get("overdue"))
    )


def a_plan(
    name: str,
    value: float | None,
    days: Days,
    *steps: StepPlan,
    at_least: Days | None = None,
    part: str = "all",
) -> TranchePlan:
    """Return the way out of a position's only tranche."""
    return TranchePlan(name, part, 1.0, value, days, at_least or days, steps)


PLANS = (
    a_plan(
        "32 ETH validator",
        103954,
        Days(23, 27, 31),
        a_step("Exit queue", "ethereum", 0, 21.6, True),
        a_step("Sweep", "ethereum", 21.6, 23, True),
        a_step("Withdrawal", "ethereum", 23, 27),
        a_step("EigenLayer delay", "eigenlayer", 0, 14, True, beside=1),
    ),
    a_plan("wstETH", 58143, Days(1, 5, 27), a_step("Lido queue", "lido", 0, 5, True)),
    a_plan("weETH", 46477, Days(1, 7, 27), a_step("ether.fi queue", "lido", 0, 7, True)),
    a_plan(
        "rstETH",
        31461,
        Days(8, 15.5, 41),
        a_step("Symbiotic epoch", "eigenlayer", 0, 10.6, True),
        a_step("Lido queue", "lido", 10.6, 15.5, True),
    ),
    a_plan(
        "ezETH, 2.00 requested", 6936, Days(1, 1, 13), a_step("Renzo cooldown", "lido", 0, 1, True, waited=2)
    ),
    a_plan(
        "rsETH, looped",
        22584,
        Days(15, 20, None),
        a_step("Repay", "aave", 0, 1),
        a_step("Bridge", "layerzero", 1, 2),
        a_step("Kelp queue", "lido", 2, 20, True),
        at_least=Days(15, 20, 31),
    ),
    a_plan(
        "ATOM, 600 requested", 2472, Days(9, 9, 9), a_step("Unbonding", "ethereum", 0, 9, True, waited=12)
    ),
    a_plan("PT-weETH", 22068, Days(122, 128, 148), a_step("Maturity", "lido", 0, 128)),
    a_plan(
        "LBTC",
        22381,
        Days(4, 7, 9),
        a_step("Babylon unbonding", "eigenlayer", 0, 5, True),
        a_step("Lombard", "lido", 5, 7),
    ),
    a_plan("sUSDe", 21609, Days(1, 1, 7), a_step("Ethena cooldown", "lido", 0, 1)),
    a_plan("SOL", 18944, Days(0, 1, 2), a_step("Deactivation", "ethereum", 0, 1)),
    a_plan(
        "Vault of nobody",
        None,
        Days(3, None, None),
        a_step("Queue", "lido", 0, 3, None),
        a_step("Vote", None, 3, None),
        at_least=Days(3, 12, 30),
    ),
)


def a_portfolio() -> Portfolio:
    """Return a portfolio with the positions and nodes that the plans name."""
    nodes = [Node(name, name, dimension) for name, dimension in NODES.items()]
    worths = {p.position: None if p.value is None else Decimal(p.value) for p in PLANS}
    positions = [Position(name, name, "ETH", "ETH", value=worth) for name, worth in worths.items()]
    return Portfolio(as_of=AS_OF).with_graph(nodes).with_positions(*positions)


def a_ladder(plans: tuple[TranchePlan, ...]) -> Ladder:
    """Return the ladder of the plans, the market-first curve with everything sold at once for 2 % less."""
    priced = [p for p in plans if p.value is not None]

    def curve(finishes: list[tuple[float | None, float]]) -> tuple[tuple[float, float], ...]:
        done, result = 0.0, []
        for day, value in sorted((d, v) for d, v in finishes if d is not None):
            done += value
            result.append((day, done))
        return tuple(result)

    curves = {
        p: curve([(getattr(t.finish, p), t.value or 0) for t in priced]) for p in ("min", "typical", "max")
    }
    market = {p: ((0.0, 0.6 * sum(t.value or 0 for t in priced)), *curves[p][-1:]) for p in curves}
    return Ladder((), {}, {}, curves, market, {"min": 0.0, "typical": 0.0, "max": 22584.0})


def some_withdrawals(plans: tuple[TranchePlan, ...] = PLANS) -> Withdrawals:
    """Return the answer that the plans make up."""
    value = sum(p.value or 0 for p in plans)
    positions = {p.position: PositionPlan(p.position, p.finish, (p,)) for p in plans}
    return Withdrawals(positions, a_ladder(plans), {}, value)
