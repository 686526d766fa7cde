"""The year as a picture: what is pointed out on its curve, and the bars of what adds to its worst part."""

from collections.abc import Mapping
from dataclasses import replace

from desktop_app.analysis.overview import Overview
from desktop_app.analysis.year import Year
from desktop_app.figures.amount_bars import AmountBar
from desktop_app.figures.colours import dimension_role
from desktop_app.figures.exceedance import Corner, Exceedance, Named
from desktop_app.figures.labels import Labels
from desktop_app.figures.texts import short_names
from desktop_app.report import words
from desktop_app.report.stressed import folded_bars
from desktop_app.report.year_words import OFTEN, RARE, rounded, year_figure

YEARS = {0.9: 10, 0.95: 20, 0.99: 100}
"""Level -> one year in so many is as bad or worse."""


def told_level(found: Year) -> float:
    """Return the level that is pointed out: one year in 20, or in 100 where fewer cost anything."""
    return OFTEN if found.tail.var[OFTEN] > 0 else RARE


def corner(found: Year, labels: Labels) -> Corner | None:
    """Return what is pointed out on the curve; None where even one year in 100 costs nothing."""
    level = told_level(found)
    var, cvar = found.tail.var[level], found.tail.cvar[level]
    if var <= 0:
        return None
    said = {name: _bare(year_figure(found, name, level, labels), labels) for name in ("var", "cvar")}
    once = f"1 year in {YEARS[level]}"
    return Corner(
        var,
        1 - level,
        once if labels.hide_amounts else f"{once}: {said['var']} or more",
        cvar,
        "on average then" if labels.hide_amounts else f"on average then {said['cvar']}",
    )


def _bare(amount: str, labels: Labels) -> str:
    return amount.removeprefix(labels.currency).strip()


def plateau_name(found: Year, names: Mapping[str, str]) -> Named | None:
    """Return the stretch of the curve that one node causes."""
    flat = found.plateau
    if flat is None:
        return None
    return Named(flat.start, flat.end, flat.chance, f"{words.node_name(flat.node, names)} fails")


def told_curve(found: Year, names: Mapping[str, str], labels: Labels, headline: str) -> Exceedance:
    """Return the curve with all that is told on it."""
    return Exceedance(found.curve, corner(found, labels), plateau_name(found, names), headline)


def year_lines(found: Year, labels: Labels) -> tuple[tuple[float, str, str, str], ...]:
    """Return (level, years, VaR, CVaR) of one year in 10, in 20 and in 100."""
    return tuple(
        (
            level,
            labels.number(years),
            _bare(year_figure(found, "var", level, labels), labels),
            _bare(year_figure(found, "cvar", level, labels), labels),
        )
        for level, years in YEARS.items()
    )


def adds_title(found: Year, labels: Labels) -> str:
    """Return "What adds to 35,400"."""
    return f"What adds to {_bare(year_figure(found, 'cvar', told_level(found), labels), labels)}"


def position_parts(found: Year, overview: Overview, most: int) -> tuple[AmountBar, ...]:
    """Return what each position adds to the worst years; these sum up."""
    parts = found.cvar_by_position[told_level(found)].items()
    ordered = sorted(((value, p) for p, value in parts if value > 0), reverse=True)
    bars = folded_bars([AmountBar(p, words.node_name(p, overview.names), v) for v, p in ordered], most)
    return tuple(replace(bar, amount=rounded(bar.amount)) for bar in bars)


def node_parts(found: Year, overview: Overview, most: int) -> tuple[AmountBar, ...]:
    """Return what the worst years would cost less if a node could not fail; these do not sum."""
    level = told_level(found)
    saved = ((out.cvar[level], node) for node, out in found.leave_one_out.items())
    ordered = sorted(((value, node) for value, node in saved if value > 0), reverse=True)
    short = short_names(overview.names.values())
    return tuple(
        AmountBar(
            node,
            words.node_name(node, overview.names),
            rounded(value),
            colour=dimension_role(overview.exposed.nodes[node].dimension),
            short=short.get(overview.names.get(node, ""), ""),
        )
        for value, node in ordered[:most]
        if node in overview.exposed.nodes
    )
