"""The interchange format ``layered-stake-portfolio/1``: JSON text <-> Portfolio, exact in every amount."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from desktop_app.domain.catalogue import Entry
from desktop_app.domain.congestion import Congestion
from desktop_app.domain.imports import ImportRecord, Movement, Price, Replaced
from desktop_app.domain.interchange_writing import SCHEMA, Record, dumps, to_record
from desktop_app.domain.limits import Break, Limit
from desktop_app.domain.portfolio import DEFAULT_LADDER_DAYS, Portfolio
from desktop_app.domain.positions import (
    Basis,
    Dimension,
    Edge,
    Exit,
    ExitStep,
    Group,
    Layer,
    Market,
    Mode,
    Node,
    Origin,
    PathTerms,
    Position,
    Request,
    Scenario,
    Side,
    Status,
    Tranche,
)
from desktop_app.domain.records import Reader, shown
from desktop_app.domain.structure import build
from desktop_app.errors import UserError

__all__ = ["SCHEMA", "dumps", "from_record", "loads", "to_record"]


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=_HasId)


def loads(text: str) -> Portfolio:
    """Return the portfolio in interchange JSON; raise UserError naming what is wrong and where."""
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_no_twice)
    except json.JSONDecodeError as error:
        raise UserError(f"This is not readable JSON: {error}.", "Export the portfolio again.") from error
    except RecursionError:
        raise UserError("Its brackets stand too deep in each other.", "Export the portfolio again.") from None
    except ValueError:  # of whole numbers alone: Python reads none of more than 4,300 digits
        raise UserError("It holds a whole number of thousands of digits.", "Correct that number.") from None
    if not isinstance(data, dict):
        raise UserError("This JSON is not a portfolio: it is no object with keys.")
    if "schema" not in data:
        raise UserError("This JSON is not a portfolio: its key “schema” is missing.")
    if data["schema"] != SCHEMA:
        raise UserError(
            f"This JSON is not a portfolio: its schema is {shown(data['schema'])}, not “{SCHEMA}”."
        )
    return from_record(data)


def _no_constant(name: str) -> None:
    raise UserError(f"The file holds {name}, which is not a number.", "Leave out a value that is unknown.")


def _no_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        twice = next(k for k, _ in pairs if [p[0] for p in pairs].count(k) > 1)
        raise UserError(f"The key “{twice}” stands twice in one object of the file.", "Keep one of them.")
    return result


def from_record(data: Record) -> Portfolio:
    """Return the portfolio of a parsed record (numbers with a point as Decimal)."""
    top = Reader(data, "the file")
    return Portfolio(
        currency=top.text("currency", "USD"),
        as_of=top.day("as_of"),
        notice=top.text("notice"),
        catalogue_version=top.text("catalogue_version"),
        ladder_days=tuple(top.whole_numbers("ladder_days", DEFAULT_LADDER_DAYS)),
        congestion=_congestion(top.record("settings")),
        nodes=_by_id(_node(r) for r in top.records("nodes")),
        edges=_by_id(_edge(r) for r in top.records("edges")),
        groups=_by_id(_group(r) for r in top.records("groups")),
        positions=_by_id(_position(r) for r in top.records("positions")),
        scenarios=_by_id(_scenario(r) for r in top.records("scenarios")),
        imports=_by_id(_import(r) for r in top.records("imports")),
        movements=_by_id(_movement(r) for r in top.records("movements")),
        prices={(p.asset, p.on, p.currency): p for p in (_price(r) for r in top.records("prices"))},
        entries=_by_id(build(Entry, r) for r in top.records("entries")),
        limits=_by_id(build(Limit, r) for r in top.records("limits")),
        breaks=_by_id(build(Break, r) for r in top.records("breaks")),
    )


def _congestion(settings: Reader | None) -> Congestion:
    record = None if settings is None else settings.record("congestion")
    congestion = Congestion() if record is None else build(Congestion, record)
    if congestion.fault:
        raise UserError(congestion.fault, "Correct the settings of the file.")
    return congestion


def _by_id(rows: Iterable[R]) -> dict[str, R]:
    result: dict[str, R] = {}
    for row in rows:
        if row.id in result:
            raise UserError(
                f"The id “{row.id}” is used twice in the file.", "Give each thing an id of its own."
            )
        result[row.id] = row
    return result


def _node(r: Reader) -> Node:
    return Node(
        id=r.required("id"),
        name=r.text("name") or r.required("id"),
        dimension=r.choice("dimension", Dimension),
        failure_probability=r.number("annual_failure_probability"),
        loss_given_failure=r.number("loss_given_failure"),
        entry=r.optional("entry"),
        origin=r.choice("origin", Origin, Origin.YOURS),
        basis=r.choice("assumption", Basis, Basis.YOURS),
    )


def _edge(r: Reader) -> Edge:
    weight = r.number("weight")
    return Edge(
        id=r.required("id"),
        source=r.required("from"),
        target=r.required("to"),
        mode=r.choice("mode", Mode, Mode.ALL),
        weight=1.0 if weight is None else weight,
        group=r.optional("group"),
        side=r.choice("side", Side) if r.data.get("side") is not None else None,
        origin=r.choice("origin", Origin, Origin.YOURS),
        share_given=r.flag("share_given", default=True) is True,
        cited=r.text("cited"),
        dated=r.text("dated"),
    )


def _group(r: Reader) -> Group:
    residual, residual_node = r.text("residual", "none"), r.optional("residual_node")
    if (residual == "unknown") != (residual_node is not None) or residual not in {"none", "unknown"}:
        raise r.fail("residual", "“none”, or “unknown” together with a residual_node")
    return Group(r.required("id"), r.required("node"), residual_node, r.texts("names"))


def _position(r: Reader) -> Position:
    ident, underlying = r.required("id"), r.text("underlying")
    way_out = r.record("exit")
    return Position(
        id=ident,
        name=r.text("name") or ident,
        asset=r.text("asset") or underlying,
        underlying=underlying or r.text("asset"),
        quantity=r.amount("quantity"),
        unit_price=r.amount("unit_price"),
        total_value=r.amount("total_value"),
        priced_on=r.day("priced_on"),
        value=r.amount("value_usd") if r.data.get("quantity") is None else None,
        debt=r.amount("debt_usd"),
        liquidation_threshold=r.number("liquidation_threshold"),
        liquidation_penalty=r.number("liquidation_penalty"),
        account=r.text("account"),
        chain=r.text("chain"),
        opened_on=r.day("opened_on"),
        status=r.choice("status", Status, Status.ACTIVE),
        notes=r.text("notes"),
        layers=tuple(_layer(la) for la in r.records("layers")),
        exit=_exit(way_out) if way_out else Exit(),
        import_id=r.optional("import_id"),
        import_key=r.text("import_key"),
        adjustment=r.amount("adjustment"),
        requests=tuple(_by_id(_request(q) for q in r.records("requests")).values()),
    )


def _layer(r: Reader) -> Layer:
    return Layer(
        name=r.required("name"),
        reward_rate=r.number("reward_rate"),
        edges=r.texts("edges"),
        unsplit=r.flag("unsplit", default=False) is True,
        origin=r.choice("origin", Origin, Origin.YOURS),
    )


def _exit(r: Reader) -> Exit:
    sale = r.record("market")
    return Exit(
        tranches=_tranches(r),
        market=None
        if sale is None
        else Market(*(_known(sale, k) for k in ("fraction", "haircut", "min", "typical", "max"))),
        path=r.text("path"),
        terms=tuple(replace(build(PathTerms, t), tranches=_tranches(t)) for t in r.records("terms")),
    )


def _tranches(r: Reader) -> tuple[Tranche, ...]:
    return tuple(
        Tranche(t.text("name"), _known(t, "fraction"), tuple(_step(s) for s in t.records("steps")))
        for t in r.records("tranches")
    )


def _known(r: Reader, key: str) -> float:
    value = r.number(key)
    if value is None:
        raise r.fail(key, "a number")
    return value


def _step(r: Reader) -> ExitStep:
    return ExitStep(
        id=r.required("id"),
        name=r.text("name") or r.required("id"),
        after=r.texts("after"),
        minimum=r.number("min"),
        typical=r.number("typical"),
        maximum=r.number("max"),
        slashable=r.flag("slashable"),
        elapsed_days=r.number("elapsed_days") or 0.0,
        capacity=r.amount("capacity"),
        node=r.optional("node"),
        origin=r.choice("origin", Origin, Origin.YOURS),
        cited=r.text("cited"),
        dated=r.text("dated"),
        verified=r.flag("verified"),
        kind=r.text("kind"),
    )


def _request(r: Reader) -> Request:
    amount = r.amount("amount")
    if amount is None:
        raise r.fail("amount", "a decimal number")
    return Request(
        id=r.required("id"),
        amount=amount,
        requested_at=r.moment("requested_at"),
        claimed_at=_moment(r, "claimed_at"),
        note=r.text("note"),
        path=r.text("path"),
        phase=_moment(r, "phase"),
        expires_at=_moment(r, "expires_at"),
        maturity_seconds=_seconds(r, "maturity_seconds"),
        deadline_seconds=_seconds(r, "deadline_seconds"),
        steps=tuple(_step(s) for s in r.records("steps")),
    )


def _moment(r: Reader, key: str) -> datetime | None:
    return None if r.data.get(key) is None else r.moment(key)


def _seconds(r: Reader, key: str) -> int | None:
    return None if r.data.get(key) is None else r.whole_number(key)


def _scenario(r: Reader) -> Scenario:
    shocks = r.record("shocks")
    pairs = () if shocks is None else tuple((node, _known(shocks, node)) for node in shocks.data)
    return Scenario(r.required("id"), r.text("name") or r.required("id"), pairs)


def _import(r: Reader) -> ImportRecord:
    return ImportRecord(
        id=r.required("id"),
        file_name=r.text("file_name"),
        sha256=r.text("sha256"),
        imported_at=r.moment("imported_at"),
        format=r.text("format"),
        kind=r.text("kind"),
        account=r.text("account"),
        data_rows=r.whole_number("data_rows"),
        accepted=r.whole_number("accepted"),
        rejected=r.whole_number("rejected"),
        skipped=r.whole_number("skipped"),
        replaced=tuple(build(Replaced, record) for record in r.records("replaced")),
    )


def _movement(r: Reader) -> Movement:
    amount = r.amount("amount")
    if amount is None:
        raise r.fail("amount", "a decimal number")
    return Movement(
        id=r.required("id"),
        import_id=r.required("import_id"),
        account=r.text("account"),
        place=r.text("place"),
        asset=r.required("asset"),
        amount=amount,
        moved_at=r.moment("moved_at"),
        identity=r.text("identity"),
        line=r.whole_number("line"),
        reward=r.flag("reward", default=False) is True,
        cells=r.text("cells"),
        position=r.text("position"),
        told=r.amount("told"),
    )


def _price(r: Reader) -> Price:
    on, price = r.day("date"), r.amount("price")
    if on is None:
        raise r.fail("date", "a date such as 2026-01-31")
    if price is None or price < 0:
        raise r.fail("price", "a decimal number of 0 or more")
    return Price(r.required("asset"), on, r.required("currency"), price, r.text("source"))
