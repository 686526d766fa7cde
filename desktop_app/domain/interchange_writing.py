"""Writing the interchange format: a portfolio as a record of plain values, every amount as decimal text."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from desktop_app.domain.imports import ImportRecord, Movement
from desktop_app.domain.money import amount_text
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import (
    Basis,
    Edge,
    Exit,
    ExitStep,
    Group,
    Node,
    PathTerms,
    Position,
    Request,
    Tranche,
)
from desktop_app.domain.structure import plain

SCHEMA = "layered-stake-portfolio/1"

Record = Mapping[str, Any]


def dumps(portfolio: Portfolio) -> str:
    """Return the portfolio as interchange JSON; ``loads`` of it gives an equal portfolio."""
    return json.dumps(to_record(portfolio), ensure_ascii=False, indent=1, default=_exact) + "\n"


def _exact(value: object) -> str:
    if isinstance(value, Decimal):
        return amount_text(value)
    raise TypeError(type(value).__name__)


def to_record(portfolio: Portfolio) -> dict[str, Any]:
    """Return the portfolio as a record of plain values, amounts as decimal text."""
    return {
        "schema": SCHEMA,
        "currency": portfolio.currency,
        "as_of": portfolio.as_of.isoformat() if portfolio.as_of else None,
        "notice": portfolio.notice,
        "catalogue_version": portfolio.catalogue_version,
        "nodes": [_node_record(n) for n in portfolio.nodes.values()],
        "edges": [_edge_record(e) for e in portfolio.edges.values()],
        "groups": [_group_record(g) for g in portfolio.groups.values()],
        "positions": [_position_record(p) for p in portfolio.positions.values()],
        "scenarios": [
            {"id": s.id, "name": s.name, "shocks": dict(s.shocks)} for s in portfolio.scenarios.values()
        ],
        "ladder_days": list(portfolio.ladder_days),
        "settings": {"congestion": plain(portfolio.congestion)},
        "prices": [
            {
                "asset": p.asset,
                "date": p.on.isoformat(),
                "currency": p.currency,
                "price": p.price,
                "source": p.source,
            }
            for p in portfolio.prices.values()
        ],
        "imports": [_import_record(i) for i in portfolio.imports.values()],
        "movements": [_movement_record(m) for m in portfolio.movements.values()],
        "entries": [plain(e) for e in portfolio.entries.values()],
        "limits": [plain(limit) for limit in portfolio.limits.values()],
        "breaks": [plain(broken) for broken in portfolio.breaks.values()],
    }


def _filled(record: Record) -> dict[str, Any]:
    return {k: v for k, v in record.items() if v not in (None, "", (), [])}


def _node_record(n: Node) -> dict[str, Any]:
    return {
        "id": n.id,
        "name": n.name,
        "dimension": n.dimension,
        **_filled(
            {
                "annual_failure_probability": n.failure_probability,
                "loss_given_failure": n.loss_given_failure,
                "entry": n.entry,
                "origin": n.origin,
                "assumption": None if n.basis is Basis.YOURS else n.basis,
            }
        ),
    }


def _edge_record(e: Edge) -> dict[str, Any]:
    record = {
        "id": e.id,
        "from": e.source,
        "to": e.target,
        "mode": e.mode,
        "weight": e.weight,
        "group": e.group,
    }
    extra: Record = {"side": e.side, "origin": e.origin, "cited": e.cited, "dated": e.dated}
    return {**record, "share_given": e.share_given, **_filled(extra)}


def _group_record(g: Group) -> dict[str, Any]:
    residual = "none" if g.residual_node is None else "unknown"
    names = {"names": list(g.names)} if g.names else {}
    return {"id": g.id, "node": g.node, "residual": residual, "residual_node": g.residual_node, **names}


def _position_record(p: Position) -> dict[str, Any]:
    record: Record = {
        "asset": p.asset,
        "underlying": p.underlying,
        "quantity": p.quantity,
        "unit_price": p.unit_price,
        "total_value": p.total_value,
        "priced_on": p.priced_on.isoformat() if p.priced_on else None,
        "value_usd": p.value,
        "debt_usd": p.debt,
        "liquidation_threshold": p.liquidation_threshold,
        "liquidation_penalty": p.liquidation_penalty,
        "account": p.account,
        "chain": p.chain,
        "opened_on": p.opened_on.isoformat() if p.opened_on else None,
        "status": p.status,
        "notes": p.notes,
        "import_id": p.import_id,
        "import_key": p.import_key,
        "adjustment": p.adjustment,
        "requests": [_request_record(r) for r in p.requests],
    }
    layers = [
        {
            "name": la.name,
            "reward_rate": la.reward_rate,
            "edges": list(la.edges),
            "unsplit": la.unsplit,
            "origin": la.origin,
        }
        for la in p.layers
    ]
    return {"id": p.id, "name": p.name, **_filled(record), "layers": layers, "exit": _exit_record(p.exit)}


def _exit_record(way_out: Exit) -> dict[str, Any]:
    sale = way_out.market
    return {
        "tranches": _tranche_records(way_out.tranches),
        "market": None
        if sale is None
        else {
            "fraction": sale.fraction,
            "haircut": sale.haircut,
            "min": sale.minimum,
            "typical": sale.typical,
            "max": sale.maximum,
        },
        **_filled({"path": way_out.path, "terms": [_terms_record(t) for t in way_out.terms]}),
    }


def _terms_record(terms: PathTerms) -> dict[str, Any]:
    kept = {"tranches": _tranche_records(terms.tranches)}
    return {**plain(replace(terms, tranches=())), **_filled(kept)}


def _tranche_records(tranches: Iterable[Tranche]) -> list[dict[str, Any]]:
    return [
        {"name": t.name, "fraction": t.fraction, "steps": [_step_record(s) for s in t.steps]}
        for t in tranches
    ]


def _request_record(r: Request) -> dict[str, Any]:
    return {**plain(replace(r, steps=())), **_filled({"steps": [_step_record(s) for s in r.steps]})}


def _step_record(s: ExitStep) -> dict[str, Any]:
    extra: Record = {"node": s.node, "origin": s.origin, "cited": s.cited, "dated": s.dated, "kind": s.kind}
    return {
        "id": s.id,
        "name": s.name,
        "after": list(s.after),
        "min": s.minimum,
        "typical": s.typical,
        "max": s.maximum,
        "slashable": s.slashable,
        "elapsed_days": s.elapsed_days,
        "capacity": s.capacity,
        "verified": s.verified,
        **_filled(extra),
    }


def _import_record(i: ImportRecord) -> dict[str, Any]:
    return {
        "id": i.id,
        "file_name": i.file_name,
        "sha256": i.sha256,
        "imported_at": i.imported_at.isoformat(),
        "format": i.format,
        "kind": i.kind,
        "account": i.account,
        "data_rows": i.data_rows,
        "accepted": i.accepted,
        "rejected": i.rejected,
        "skipped": i.skipped,
        **_filled({"replaced": plain(i.replaced)}),
    }


def _movement_record(m: Movement) -> dict[str, Any]:
    return {
        "id": m.id,
        "import_id": m.import_id,
        "account": m.account,
        "place": m.place,
        "asset": m.asset,
        "amount": m.amount,
        "moved_at": m.moved_at.isoformat(),
        "identity": m.identity,
        "line": m.line,
        "reward": m.reward,
        **_filled({"cells": m.cells, "position": m.position, "told": m.told}),
    }
