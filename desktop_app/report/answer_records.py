"""Answers of the analyses as plain records, the shapes of ``stakeout-answers/1``."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from desktop_app.analysis.agenda import Dated
from desktop_app.analysis.annual import ExpectedLoss
from desktop_app.analysis.clocks.kinds import utc_text
from desktop_app.analysis.concentration import Concentration
from desktop_app.analysis.exit_queue import ExitQueue
from desktop_app.analysis.exposure import Exposure, NodeExposure
from desktop_app.analysis.limits import LimitState
from desktop_app.analysis.overview import Overview
from desktop_app.analysis.percentiles import LEVELS, percentiles
from desktop_app.analysis.request_states import state_of
from desktop_app.analysis.rewards import LayerReward, Rewards
from desktop_app.analysis.stress import ScenarioLoss
from desktop_app.analysis.tail import Tail
from desktop_app.analysis.withdrawals import PASSES, Days, Ladder, PositionPlan, TranchePlan, Withdrawals
from desktop_app.analysis.year import Year
from desktop_app.domain.exits import STANDARD
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Position
from desktop_app.figures.time_axis import day_after
from desktop_app.report import words

Record = dict[str, Any]


def exposure_record(exposed: Exposure) -> Record:
    """Return node -> its exposure, largest first; ``error`` is null where the value is exact."""
    return {
        node.node: {
            "dimension": node.dimension,
            "value": node.value,
            "share": node.share,
            "positions": node.positions,
            "by_position": dict(node.by_position),
            "error": exposed.sampled.get(node.node),
        }
        for node in exposed.nodes.values()
    }


def unpriced_records(exposed: Exposure) -> list[Record]:
    """Return the positions whose value is unknown."""
    return [asdict(unpriced) for unpriced in exposed.unpriced]


def concentration_record(concentrated: Concentration) -> Record:
    """Return dimension -> its measures."""
    return {
        name: {key: value for key, value in asdict(measures).items() if key != "dimension"}
        for name, measures in concentrated.dimensions.items()
    }


def single_point_records(concentrated: Concentration) -> list[Record]:
    """Return the nodes that carry a quarter of the value or more."""
    return [asdict(point) for point in concentrated.single_points]


def stress_record(losses: Mapping[str, ScenarioLoss]) -> Record:
    """Return scenario -> its loss; ``sampled``: figure -> error, for those that are not exact."""
    return {
        loss.id: {
            "name": loss.name,
            "loss": loss.loss,
            "share": loss.share,
            "low": loss.low,
            "high": loss.high,
            "by_position": dict(loss.by_position),
            "sampled": dict(loss.sampled),
        }
        for loss in losses.values()
    }


def expected_loss_record(expected: ExpectedLoss) -> Record:
    """Return the expected loss of a year and what it rests on."""
    return asdict(expected)


def loss_distribution_record(found: Year) -> Record:
    """Return the loss of a year; ``upper`` and ``spread`` say how far its figures may be off, null exact."""
    return {
        "mean": found.mean,
        "p_no_loss": found.p_no_loss,
        "max_loss": found.max_loss,
        **_tail(found.tail),
        "cvar_by_position": {f"{x:g}": dict(parts) for x, parts in found.cvar_by_position.items()},
        "states": found.states,
        "most_failures": found.failures,
        "drawn": found.drawn,
        "missing_probability": found.missing,
        "upper": _tail(found.upper) if found.upper else None,
        "spread": _tail(found.spread) if found.spread else None,
        "exceedance": [list(point) for point in found.curve],
        "plateau": asdict(found.plateau) if found.plateau else None,
        "illustrative": found.illustrative,
    }


def _tail(tail: Tail) -> Record:
    return {
        "var": {f"{level:g}": x for level, x in tail.var.items()},
        "cvar": {f"{level:g}": x for level, x in tail.cvar.items()},
    }


def leave_one_out_record(found: Year) -> Record:
    """Return node -> what less would be lost if it could not fail."""
    return {
        node: {
            "expected_annual_loss": out.expected_annual_loss,
            "cvar": {f"{level:g}": x for level, x in out.cvar.items()},
        }
        for node, out in found.leave_one_out.items()
    }


def reward_records(answer: Rewards) -> list[Record]:
    """Return every layer with what it pays and risks, position by position."""
    return [_layer_reward(row) for row in answer.rows]


def _layer_reward(row: LayerReward) -> Record:
    risk = row.risk
    return {
        "position": row.position,
        "layer": row.layer,
        "extra": row.extra,
        "reward_rate": row.reward_rate,
        "extra_reward": row.extra_reward,
        "expected_loss_with": row.loss_with,
        "expected_loss_without": row.loss_without,
        "incremental_expected_loss": row.incremental_expected_loss,
        "reward_to_expected_loss": row.reward_to_expected_loss,
        "new_nodes": list(risk.new_nodes),
        "left_out_nodes": list(risk.left_out_nodes),
        "worst_new_node": risk.worst_new_node,
        "worst_annual_failure_probability": risk.worst_probability,
        "worst_loss_assumed": risk.worst_assumed,
        "loss_given_failure": risk.loss_given_failure,
        "exit_days": row.exit_days,
        "breakeven_simple": row.breakeven_simple,
        "breakeven_exact": row.breakeven_exact,
        "hazard_multiplier": row.hazard_multiplier,
        "error": None if row.value is None or risk.error is None else row.value * risk.error,
    }


# -- the way out -------------------------------------------------------------------------------------------


def withdrawals_record(out: Withdrawals) -> Record:
    """Return the dates of every position, the ladder and the days to each share."""
    return {
        "positions": {plan.position: _plan(plan) for plan in out.positions.values()},
        "ladder": _ladder(out.ladder),
        "days_to_share": {
            name: {f"{share:g}": days for share, days in shares.items()}
            for name, shares in out.days_to_share.items()
        },
        "percentiles": {
            f"{share:g}": {f"p{level}": day for level, day in zip(LEVELS, days, strict=True)}
            for share, days in percentiles(out).days.items()
        },
    }


def queue_record(queue: ExitQueue | None) -> Record | None:
    """Return Ethereum's exit queue as it was read, and when the last position behind it is out."""
    if queue is None:
        return None
    congestion, last = queue.congestion, queue.last
    out = None if last is None else {"position": last.position, "days": last.days, "known": last.is_known}
    return {
        "queue_eth": congestion.queue_eth,
        "dated": None if congestion.dated is None else congestion.dated.isoformat(),
        "total_stake_eth": congestion.total_stake_eth,
        "fork": congestion.fork,
        "churn_eth": queue.churn_eth,
        "exit_epoch_offset": queue.epochs,
        "days": queue.days,
        "positions": queue.leavers,
        "last": out,
    }


def _plan(plan: PositionPlan) -> Record:
    return {**_days(plan.finish), "tranches": [_tranche(tranche) for tranche in plan.tranches]}


def _request(tranche: TranchePlan) -> Record | None:
    """Return a request and the days on which it can be claimed, below 0 where they lie back."""
    request = tranche.request
    if request is None:
        return None
    return {
        "id": request.id,
        "requested_at": utc_text(request.requested_at),
        "state": str(state_of(tranche)),
        "path": request.path or STANDARD,
        "claim": _days(tranche.due),
        "slashing_over": tranche.is_freed,
        "slashable_until": None if tranche.slashable is None else _days(tranche.slashable),
        "expires": tranche.expires,
    }


def _days(days: Days) -> Record:
    return {name: days.of(name) for name in PASSES}


def _tranche(tranche: TranchePlan) -> Record:
    return {
        "name": tranche.name,
        "fraction": tranche.fraction,
        "value": tranche.value,
        **_days(tranche.finish),
        "at_least": _days(tranche.at_least),
        "frozen_share": tranche.frozen_share,
        "amount": tranche.amount,
        "request": _request(tranche),
        "steps": [
            {
                "id": plan.step.id,
                "name": plan.step.name,
                "start": plan.start,
                "end": plan.end,
                "slashable": plan.step.slashable,
                "critical": plan.critical,
                "overdue": plan.overdue,
                "cited": plan.step.cited,
                "dated": plan.step.dated,
            }
            for plan in tranche.steps
        ],
    }


def _ladder(ladder: Ladder) -> Record:
    return {
        "days": list(ladder.days),
        "protocol": {name: list(values) for name, values in ladder.protocol.items()},
        "market_first": {name: list(values) for name, values in ladder.market_first.items()},
        "unknown_value": dict(ladder.unknown_value),
    }


def limit_records(states: Iterable[LimitState]) -> list[Record]:
    """Return every limit with the present figure; null is what cannot be computed."""
    return [{**asdict(state.limit), "figure": state.figure, "broken": state.broken} for state in states]


def break_records(portfolio: Portfolio) -> list[Record]:
    """Return the log of broken limits, in its order; null: it is broken still."""
    return [
        {
            **asdict(b),
            "broke_on": b.broke_on.isoformat(),
            "mended_on": b.mended_on.isoformat() if b.mended_on else None,
        }
        for b in portfolio.breaks.values()
    ]


# -- positions and overview --------------------------------------------------------------------------------


def position_records(portfolio: Portfolio, exposed: Exposure) -> list[Record]:
    """Return every position as recorded, with its value; a closed one has none."""
    return [_position(position, exposed) for position in portfolio.positions.values()]


def _position(position: Position, exposed: Exposure) -> Record:
    return {
        "id": position.id,
        "name": position.name,
        "asset": position.asset,
        "underlying": position.underlying,
        "quantity": position.quantity,
        "unit_price": position.unit_price,
        "total_value": position.total_value,
        "priced_on": position.priced_on.isoformat() if position.priced_on else None,
        "debt": position.debt,
        "value": exposed.worths.get(position.id),
        "account": position.account,
        "chain": position.chain,
        "opened_on": position.opened_on.isoformat() if position.opened_on else None,
        "status": position.status,
        "notes": position.notes,
        "layers": [
            {"name": layer.name, "reward_rate": layer.reward_rate, "unsplit": layer.unsplit}
            for layer in position.layers
        ],
    }


def overview_record(found: Overview, dates: Iterable[Dated], as_of: date) -> Record:
    """Return the first page in numbers, with what is dated."""
    return {
        "positions": found.positions,
        "unpriced": found.unpriced,
        "common_ground": _shares(found.common_ground, found.names),
        "largest": _shares(found.largest, found.names),
        "layers": [asdict(layer) for layer in found.layers],
        "missing": [asdict(missing) for missing in found.missing],
        "dates": [_date(dated, as_of) for dated in dates],
    }


def _date(dated: Dated, as_of: date) -> Record:
    """Return what falls on a day; days are those of UTC."""
    days = {"day": dated.days, "earliest": dated.earliest, "latest": dated.latest}
    return {
        "kind": dated.kind,
        "position": dated.position,
        "part": dated.part,
        **{key: None if d is None else day_after(as_of, d).isoformat() for key, d in days.items()},
        "at": None if dated.at is None else utc_text(dated.at),
        "typical": dated.typical,
        "amount": dated.amount,
        "value": dated.value,
    }


def _shares(nodes: Iterable[NodeExposure], names: Mapping[str, str]) -> list[Record]:
    return [
        {
            "node": node.node,
            "name": words.node_name(node.node, names),
            "dimension": node.dimension,
            "value": node.value,
            "share": node.share,
            "positions": node.positions,
        }
        for node in nodes
    ]
