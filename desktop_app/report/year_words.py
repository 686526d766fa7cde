"""The words for a year: what it costs once in twenty years, how sure that is, and what it comes from."""

import math
from collections.abc import Callable, Mapping

from desktop_app.analysis.failures import DRAWS
from desktop_app.analysis.tail import LEVELS, Tail
from desktop_app.analysis.year import Year, error_of
from desktop_app.figures.labels import Labels
from desktop_app.report import words
from desktop_app.report.explain import Explanation
from desktop_app.report.sentences import Run, Sentence, bold, sentence

DIGITS = 3
"""More digits of an annual figure than this would be invented."""

OFTEN, RARE = LEVELS[1:]
"""The levels of one year in 20 and one in 100."""

LEAST = 0.001
"""Smaller errors are called so."""

_MEASURES: Mapping[str, Callable[[Tail], Mapping[float, float]]] = {
    "var": lambda tail: tail.var,
    "cvar": lambda tail: tail.cvar,
}


def rounded(value: float, error: float = 0.0) -> float:
    """Return a figure with at most three digits, fewer where its error (same unit) leaves fewer."""
    if value == 0 or not math.isfinite(value):
        return 0.0
    unit = math.floor(math.log10(abs(value))) - DIGITS + 1
    if error > 0:
        unit = max(unit, math.ceil(math.log10(2 * error)))
    return round(value / 10.0**unit) * 10.0**unit


def year_figure(found: Year, measure: str, level: float, labels: Labels) -> str:
    """Return VaR ("var") or CVaR ("cvar") as it is shown: "USD 22,600"."""
    value = _MEASURES[measure](found.tail)[level]
    return labels.money(rounded(value, error_of(found, measure, level)), with_currency=True)


def year_sentence(found: Year, labels: Labels) -> Sentence:
    """Return what one year in 20 costs; where fewer cost anything, how few and what one in 100 costs."""
    made_up = words.illustrative(found.illustrative)
    if found.tail.var[OFTEN] > 0:
        return sentence("One year in 20 costs ", *_costs(found, OFTEN, labels), f"{made_up}.")
    years = bold(labels.number(1 / (1 - found.p_no_loss)), "no_loss")
    parts: list[str | Run] = ["One year in ", years, " costs anything at all"]
    if found.tail.var[RARE] > 0:
        parts += ["; one in 100 costs ", *_costs(found, RARE, labels)]
    return sentence(*parts, f"{made_up}.")


def _costs(found: Year, level: float, labels: Labels) -> list[str | Run]:
    var, cvar = (year_figure(found, measure, level, labels) for measure in ("var", "cvar"))
    return [bold(var, f"var:{level:g}"), " or more, on average then ", bold(cvar, f"cvar:{level:g}")]


def plateau_sentence(found: Year, labels: Labels, names: Mapping[str, str]) -> Sentence:
    """Return which node the longest plateau of the curve comes from; empty where none stands out."""
    if found.plateau is None:
        return ()
    name = bold(words.node_name(found.plateau.node, names))
    start, end = (
        labels.money(rounded(x), with_currency=True) for x in (found.plateau.start, found.plateau.end)
    )
    years = labels.number(rounded(1 / found.plateau.chance))
    return sentence(f"From {start} to {end} the chance stays near one year in {years}: that is ", name, ".")


def method_sentence(found: Year, labels: Labels) -> Sentence:
    """Return how the figures of the year were found and how sure they are."""
    states = labels.number(found.states)
    if found.drawn:
        said = f"Drawn from {states} years in {DRAWS} independent sets"
    elif found.failures is not None:
        rest = labels.number(rounded(1 / found.missing)) if found.missing else "–"
        said = f"From all {states} ways in which at most {words.spelled(found.failures, 'node')} can fail"
        said += f"; the rest, one year in {rest}, counts as harmless"
    else:
        return sentence(f"From all {states} ways in which the nodes can fail or not: exact.")
    part = error_of(found, "cvar", OFTEN) / (found.tail.cvar[OFTEN] or 1.0)
    by = f"under {labels.share(LEAST, decimals=1)}" if part < LEAST else labels.share(part, decimals=1)
    sure = f"may be {by} higher" if found.upper else f"varies by {by}"
    return sentence(f"{said}: the average beyond one year in 20 {sure}.")


# -- explanations --------------------------------------------------------------------------------------


def year_explanation(key: str, found: Year, labels: Labels, names: Mapping[str, str]) -> Explanation | None:
    """Return how a figure came about; keys: ``var:0.95``, ``cvar:0.99`` (any level), ``no_loss``."""
    kind, _, level = key.partition(":")
    if kind == "no_loss":
        return _no_loss(found, labels)
    known = next((x for x in LEVELS if f"{x:g}" == level), None)
    if known is None or kind not in _MEASURES:
        return None
    return (_var if kind == "var" else _cvar)(found, known, labels, names)


def _no_loss(found: Year, labels: Labels) -> Explanation:
    chance = labels.share(found.p_no_loss, decimals=2)
    return Explanation(
        f"How one year in {labels.number(1 / (1 - found.p_no_loss))} came about",
        f"1 ÷ (1 − {chance}) = {labels.number(1 / (1 - found.p_no_loss), decimals=1)}",
        (f"{words.capital(words.spelled(len(found.leave_one_out), 'node'))} that can fail, as you assumed",),
        "The chance that no node fails in a year is the product of the chances that each does not.",
    )


def _var(found: Year, level: float, labels: Labels, _: Mapping[str, str]) -> Explanation:
    shown, share = year_figure(found, "var", level, labels), labels.share(level)
    at = labels.money(found.tail.var[level], decimals=2)
    return Explanation(
        f"How {shown} came about",
        f"the smallest x with P(loss ≤ x) ≥ {share}: {at}",
        (_plain(method_sentence(found, labels)),),
        f"Value at risk: in {share} of the years the loss is this or less, in the others as much or more. "
        "Nodes fail independently, at most once a year, and then take what you assumed.",
    )


def _cvar(found: Year, level: float, labels: Labels, names: Mapping[str, str]) -> Explanation:
    shown = year_figure(found, "cvar", level, labels)
    parts = sorted(found.cvar_by_position[level].items(), key=lambda part: -part[1])
    terms = [f"{labels.money(x)} {words.node_name(p, names)}" for p, x in parts if x > 0]
    total = labels.money(found.tail.cvar[level], decimals=2)
    return Explanation(
        f"How {shown} came about",
        f"{' + '.join(words.cut(terms, 5))} = {total}",
        (_plain(method_sentence(found, labels)),),
        f"The average loss of the worst {labels.share(1 - level)} of the years; what each position adds to "
        "it sums up. Nodes fail independently, at most once a year, and then take what you assumed.",
    )


def _plain(said: Sentence) -> str:
    return "".join(run.text for run in said).removesuffix(".")
