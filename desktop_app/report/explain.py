"""How a number of a sentence came about: the formula with its values, where they came from, what it means."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.analysis.freed import freed_parts
from desktop_app.analysis.overview import Overview
from desktop_app.analysis.withdrawals import TranchePlan
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import (
    BASE_LAYERS,
    SLASHERS,
    ExitStep,
    Position,
    counted_dimension,
    is_unknown,
)
from desktop_app.figures.labels import Labels, whole_days
from desktop_app.report import words
from desktop_app.report.position_facts import ALL, source_line

TERMS = 5
"""So many terms of a sum are written out, the largest first; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the explanation bar shows of one number; ``sources`` holds one line each."""

    title: str
    formula: str
    sources: tuple[str, ...]
    definition: str


@dataclass(frozen=True, slots=True)
class Case:
    """What is explained: a portfolio, its answers, and how numbers are written."""

    portfolio: Portfolio
    overview: Overview
    labels: Labels
    as_of: date


def explanation(
    key: str, portfolio: Portfolio, overview: Overview, labels: Labels, as_of: date
) -> Explanation | None:
    """Return how the number that ``Run.explain`` names came about; None where the key says nothing any more.

    Keys: ``value``, ``value:POSITION``, ``share:NODE``, ``days:SHARE``, ``market``, ``extra``, ``totals``,
    ``loss``; of another pass than the typical one ``days:SHARE:max``, ``days:SHARE:min``; ``unknown:PASS``:
    the value without a date.
    """
    kind, _, subject = key.partition(":")
    maker = _MAKERS.get(kind)
    return maker(subject, Case(portfolio, overview, labels, as_of)) if maker else None


# -- value and share -----------------------------------------------------------------------------------


def _value(subject: str, case: Case) -> Explanation | None:
    if subject:
        return _position_value(subject, case)
    total, worths = case.overview.portfolio_value, case.overview.exposed.worths
    if total is None:
        return None
    names = case.overview.names
    terms = [(float(worth), words.node_name(position, names)) for position, worth in worths.items()]
    largest = sorted(worths, key=lambda position: worths[position], reverse=True)[:TERMS]
    return Explanation(
        title_of(case.labels.money(total, with_currency=True)),
        sum_of(terms, case.labels) + f" = {case.labels.money(total, decimals=2)}",
        tuple(_price(case.portfolio.positions[p], case) for p in largest if p in case.portfolio.positions),
        "The value is quantity times price, less debt, added up over all positions with a known value. "
        "Positions without a price enter no sum.",
    )


def _position_value(position_id: str, case: Case) -> Explanation | None:
    position = case.portfolio.positions.get(position_id)
    worth = case.overview.exposed.worths.get(position_id)
    if position is None or worth is None:
        return None
    price = position.unit_price
    known = case.portfolio.price_of(position.asset, case.as_of)
    if price is None and position.total_value is None and known is not None:
        price = known.price
    debt = f" − {case.labels.money(position.debt, decimals=2)} debt" if position.debt else ""
    if position.quantity is None or position.total_value is not None:
        formula = f"{case.labels.money(worth, decimals=2)}, as given"
    else:
        amount = case.labels.quantity(position.quantity)
        formula = f"{amount} {position.asset} × {case.labels.money(price, decimals=2)}{debt}"
        formula += f" = {case.labels.money(worth, decimals=2)}"
    return Explanation(
        title_of(case.labels.money(worth, with_currency=True)),
        formula,
        (_price(position, case),),
        "The value of a position is its quantity times the price, or the total as its source gave it, "
        "less debt.",
    )


def _price(position: Position, case: Case) -> str:
    labels = case.labels
    if position.quantity is None and position.value is not None:
        return f"{position.name}: value given"
    if position.total_value is not None:
        said, on = f"total {labels.money(position.total_value, decimals=2)}", position.priced_on
    elif position.unit_price is not None:
        said, on = f"price {labels.money(position.unit_price, decimals=2)}", position.priced_on
    else:
        price = case.portfolio.price_of(position.asset, case.as_of)
        if price is None:
            return f"{position.name}: no price"
        said, on = f"price {labels.money(price.price, decimals=2)}", price.on
    return f"{position.name}: {said}" + (f" of {labels.day(on)}" if on else ", undated")


def _share(node_id: str, case: Case) -> Explanation | None:
    node = case.overview.exposed.nodes.get(node_id)
    if node is None or node.value is None or node.share is None:
        return None
    labels, names, worths = case.labels, case.overview.names, case.overview.exposed.worths
    parts = [(float(worths[p]), rho, p) for p, rho in node.by_position.items() if p in worths]
    parts.sort(key=lambda part: -part[0] * part[1])
    shown = [
        f"{labels.money(worth)}{'' if rho >= ALL else ' × ' + labels.share(rho)} {words.node_name(p, names)}"
        for worth, rho, p in parts
    ]
    total = labels.money(case.overview.portfolio_value)
    name = words.node_name(node_id, names)
    return Explanation(
        f"How {labels.share(node.share)} on {name} came about",
        f"({' + '.join(words.cut(shown, TERMS))}) ÷ {total} = {labels.share(node.share, decimals=1)}",
        _edge_sources(node_id, case),
        f"The part of the known value that depends on {name}, each position counted once, "
        "however many ways lead there. Shares of different nodes overlap and do not add up to 100 %."
        f"{freed_words(node.by_position, [node_id], case)}",
    )


def freed_words(positions: Iterable[str], nodes: Iterable[str], case: Case) -> str:
    """Return that what nothing can slash any more does not count on ``nodes``, where that is so of any."""
    known = case.portfolio.nodes
    if not any(counted_dimension(node, known) in SLASHERS for node in nodes):
        return ""
    freed = freed_parts(case.portfolio, case.overview.exposed.as_of)
    if freed.keys().isdisjoint(positions):
        return ""
    return " What was asked for and cannot be slashed any more does not count here."


def _edge_sources(node_id: str, case: Case) -> tuple[str, ...]:
    edges = [edge for edge in case.portfolio.edges.values() if edge.target == node_id]
    lines = []
    for edge in edges[:TERMS]:
        name = words.node_name(edge.source, case.overview.names)
        said = f"{name}: {edge.mode}, {case.labels.share(edge.weight)}"
        lines.append(source_line(said, edge.cited or str(edge.origin), edge.dated))
    return tuple(lines)


# -- the way out ---------------------------------------------------------------------------------------


def _days(subject: str, case: Case) -> Explanation | None:
    wanted, _, which = subject.partition(":")
    which = which or "typical"
    reached = case.overview.out.days_to_share.get(which, {})
    days = next((d for share, d in reached.items() if f"{share:g}" == wanted), None)
    if days is None:
        return None
    labels, out = case.labels, case.overview.out
    terms = [
        (tranche.value * (1 - tranche.frozen_share), words.node_name(tranche.position, case.overview.names))
        for plan in out.positions.values()
        for tranche in plan.tranches
        if tranche.value is not None and _is_out(tranche, which, days)
    ]
    got = sum(value for value, _ in terms)
    share = labels.share(float(wanted))
    date_out = labels.day(case.as_of + timedelta(days=whole_days(days)))
    return Explanation(
        title_of(labels.in_days(days)),
        f"{sum_of(terms, labels)} = {labels.money(got)} out by {date_out}: {labels.share(got / out.value)}",
        tuple(dict.fromkeys(_steps(case, days, which))),
        f"The first day on which {share} of the known value has arrived, if everything were asked for today "
        f"and every step took its {_TIMES[which]} time. Each position needs its longest chain of steps.",
    )


_TIMES = {"typical": "typical", "max": "longest known", "min": "shortest"}


def _is_out(tranche: TranchePlan, which: str, days: float) -> bool:
    finish = tranche.finish.of(which)
    return finish is not None and finish <= days + 1e-9


def _steps(case: Case, days: float, which: str) -> Iterable[str]:
    """Yield the steps of what is out last; beside the typical pass all: which decide is not known."""
    for plan in case.overview.out.positions.values():
        for tranche in plan.tranches:
            finish = tranche.finish.of(which)
            if finish is None or abs(finish - days) > 1e-9:
                continue
            for step in (plan.step for plan in tranche.steps if plan.critical or which != "typical"):
                name = words.node_name(tranche.position, case.overview.names)
                said = f"{name}: {step.name}, {case.labels.in_step_days(_lasts(step, which))}"
                yield source_line(said, step.cited or str(step.origin), step.dated, step.verified)


def _undated(which: str, case: Case) -> Explanation | None:
    """Return which positions the value without a date is in, and the steps that they wait for."""
    out, labels, names = case.overview.out, case.labels, case.overview.names
    unknown = out.ladder.unknown_value.get(which, 0.0)
    if not unknown:
        return None
    terms, lines = [], []
    for plan in out.positions.values():
        name, worth = words.node_name(plan.position, names), case.overview.exposed.worths.get(plan.position)
        undated = [t for t in plan.tranches if t.finish.of(which) is None or t.frozen_share]
        value = math.fsum(
            (t.value or 0.0) * (1 if t.finish.of(which) is None else t.frozen_share) for t in undated
        )
        value = value if plan.tranches else float(worth or 0)
        if not value:
            continue
        terms.append((value, name))
        steps = [s.step for t in undated for s in t.steps if _lasts(s.step, which) is None]
        waits = f"{steps[0].name} has no known {_TIMES[which].removesuffix(' known')} time" if steps else ""
        lines.append(f"{name}: {waits or 'no way out is known for it'}")
    shown = (
        labels.share(unknown / out.value)
        if labels.hide_amounts
        else labels.money(unknown, with_currency=True)
    )
    return Explanation(
        title_of(f"{shown} without a date"),
        f"{sum_of(terms, labels)} = {labels.money(unknown, decimals=2)}",
        tuple(dict.fromkeys(lines)),
        "The value for which a step on the way out has no known duration. It enters no date: unknown is "
        "never taken for at once.",
    )


def _lasts(step: ExitStep, which: str) -> float | None:
    return {"min": step.minimum, "typical": step.typical, "max": step.maximum}[which]


def _market(_: str, case: Case) -> Explanation | None:
    curve = case.overview.out.ladder.market_curve.get("typical", ())
    now = max((value for day, value in curve if day <= 0), default=0.0)
    total = case.overview.out.value
    if not now or total <= 0:
        return None
    labels = case.labels
    shown = labels.share(now / total)
    return Explanation(
        f"How {shown} at once came about",
        f"{labels.money(now)} ÷ {labels.money(total)} = {labels.share(now / total, decimals=1)}",
        ("The part that can be sold and its discount stand with each position.",),
        "What is in hand today if everything with a market is sold, less the discount, and the rest waits.",
    )


# -- rewards and losses --------------------------------------------------------------------------------


def _extra(_: str, case: Case) -> Explanation | None:
    layers = [layer for layer in case.overview.layers if layer.extra]
    if not layers:
        return None
    reward = sum(layer.reward - layer.unsplit_reward for layer in layers)
    unknown = sum(layer.reward_unknown for layer in layers)
    unsplit = sum(layer.unsplit for layer in layers)
    lines = [f"{words.spelled(unsplit, 'rate')} of a whole stack not split, left out"] if unsplit else []
    lines += [f"{words.spelled(unknown, 'rate')} not known, left out"] if unknown else []
    return Explanation(
        title_of(f"{case.labels.money(reward, with_currency=True)} a year"),
        _products(_paid(case, unsplit=False), reward, case.labels),
        _line(lines),
        "Value times the reward rate of each layer above plain staking. Rates that are not known are left "
        "out, and so is a rate that is the total of a whole stack until it is split over its layers.",
    )


def _totals(_: str, case: Case) -> Explanation | None:
    layers = [layer for layer in case.overview.layers if layer.extra and layer.unsplit]
    if not layers:
        return None
    reward = sum(layer.unsplit_reward for layer in layers)
    return Explanation(
        title_of(f"{case.labels.money(reward, with_currency=True)} a year"),
        _products(_paid(case, unsplit=True), reward, case.labels),
        ("Change the position and give each layer its own rate to split it.",),
        "Value times one rate for a whole stack, what plain staking pays included. It counts in full for its "
        "position, but which layer pays how much of it is not known, so none of it is called extra.",
    )


def _paid(case: Case, *, unsplit: bool) -> list[tuple[float, float, str]]:
    """Return (value, rate, position) of each layer above plain staking that pays, the largest sum first."""
    worths = case.overview.exposed.worths
    found = [
        (float(worths[position.id]), layer.reward_rate, position.name)
        for position in case.portfolio.counted_positions()
        for layer in position.layers
        if position.id in worths
        and layer.reward_rate
        and layer.unsplit is unsplit
        and layer.name not in BASE_LAYERS
    ]
    whole = ", one rate for the whole stack" if unsplit else ""
    found.sort(key=lambda term: -abs(term[0] * term[1]))
    return [(worth, rate, f"({name}{whole})") for worth, rate, name in found]


def _products(paid: Sequence[tuple[float, float, str]], total: float, labels: Labels) -> str:
    """Return "42,768 × 4.10 % = 1,753.49 (weETH)", or the sum of several products."""
    said = labels.money(total, decimals=2)
    products = [(f"{labels.money(worth)} × {labels.rate(rate)}", of) for worth, rate, of in paid]
    if len(products) == 1:
        product, of = products[0]
        return f"{product} = {said} {of}"
    return f"{' + '.join(words.cut([' '.join(p) for p in products], TERMS)) or 'no known rate'} = {said}"


def _line(lines: Sequence[str]) -> tuple[str, ...]:
    """Return what is shown as one line, joined by semicolons, with a capital at its start only."""
    return (words.capital(lines[0]), *lines[1:]) if lines else ()


def _loss(_: str, case: Case) -> Explanation | None:
    loss = case.overview.expected_loss
    if loss is None:
        return None
    names = case.overview.names
    terms = [(value, words.node_name(p, names)) for p, value in loss.by_position.items()]
    missing = words.spelled(sum(not is_unknown(node) for node in loss.left_out_nodes), "node")
    return Explanation(
        title_of(f"{case.labels.money(loss.total, with_currency=True)} a year"),
        f"{sum_of(terms, case.labels)} = {case.labels.money(loss.total, decimals=2)}",
        (
            f"{words.capital(words.spelled(len(loss.assumed_nodes), 'node'))} with a failure rate of yours",
            f"{missing} without one, left out like what is not published",
        ),
        "The average loss of a year if every node fails with the probability and the loss that you assumed, "
        "independently and at most once.",
    )


# -- shared --------------------------------------------------------------------------------------------


def title_of(value: str) -> str:
    """Return the title of the explanation of a value."""
    return f"How {value} came about"


def sum_of(terms: Iterable[tuple[float, str]], labels: Labels) -> str:
    """Return a sum with its largest terms written out, each an amount and what it is of."""
    ordered = sorted(terms, key=lambda term: -abs(term[0]))
    return " + ".join(words.cut([f"{labels.money(value)} {name}" for value, name in ordered], TERMS))


_MAKERS: dict[str, Callable[[str, Case], Explanation | None]] = {
    "value": _value,
    "share": _share,
    "days": _days,
    "unknown": _undated,
    "market": _market,
    "extra": _extra,
    "totals": _totals,
    "loss": _loss,
}
