"""The words for answers, made in one place for pages, paper, command line and screen readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.analysis.exposure import NodeExposure
from desktop_app.analysis.overview import LayerSum, Overview
from desktop_app.analysis.withdrawals import SHARES, Withdrawals
from desktop_app.domain.positions import TELLING, is_unknown
from desktop_app.figures.labels import LEAST_SHARE, Labels, whole_days
from desktop_app.report import words

LONG_WAIT = 90
"""Days from which a sentence names the date instead of the number of days."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence; ``bold`` for names and numbers; ``explain``: a key of ``explain.py``."""

    text: str
    bold: bool = False
    explain: str = ""
    warn: bool = False


Sentence = tuple[Run, ...]


def plain(sentence: Sentence) -> str:
    """Return a sentence as plain text."""
    return "".join(run.text for run in sentence)


def bold(text: str, explain: str = "") -> Run:
    """Return a name or number as a sentence shows it."""
    return Run(text, bold=True, explain=explain)


def warn(text: str) -> Run:
    """Return words that stand for something missing, old or unverified."""
    return Run(text, warn=True)


def sentence(*parts: str | Run) -> Sentence:
    """Return the sentence of texts and runs, one after the other; empty texts are left out."""
    runs = (Run(part) if isinstance(part, str) else part for part in parts)
    return tuple(run for run in runs if run.text)


# -- Overview ------------------------------------------------------------------------------------------


def overview_sentences(
    overview: Overview, labels: Labels, as_of: date, worth: Sentence = ()
) -> tuple[Sentence, ...]:
    """Return the sentences of the first page: value and largest dependency, the way out, the extra reward.

    ``worth``: what stands behind the reward (``reward_words.worth_clause``). One sentence says that
    nothing is recorded; without any price only what is known without one is said.
    """
    if overview.positions == 0:
        return (nothing_sentence(overview),)
    reward = _reward_sentence(overview, labels, worth)
    told = bool(worth) and worth[0] in reward
    lines = (
        _value_sentence(overview, labels),
        way_out_sentence(overview.out, labels, as_of),
        sentence(*reward, *(() if told else _loss_sentence(overview, labels))),
    )
    return tuple(line for line in lines if line)


def nothing_sentence(overview: Overview) -> Sentence:
    """Return why there is nothing to show: nothing is recorded, or all of it is closed."""
    if not overview.closed:
        return sentence("Nothing is recorded yet.")
    which = "The one position is" if overview.closed == 1 else f"All {overview.closed:,} positions are"
    return sentence(f"{which} closed.")


def _value_sentence(overview: Overview, labels: Labels) -> Sentence:
    if overview.portfolio_value is None:
        return _unpriced_sentence(overview)
    parts: list[str | Run] = [bold(labels.money(overview.portfolio_value, with_currency=True), "value")]
    parts.append(f" in {words.counted(overview.positions - overview.unpriced, 'position')}")
    negative = overview.negative
    for count, without in (
        (overview.unpriced - negative, " without a price"),
        (negative, " with a negative amount"),
    ):
        if count:
            parts += [", and ", warn(words.counted(count, "position")), without]
    parts.append(".")
    largest = largest_node(overview)
    if largest is not None and largest.known_share:
        share = bold(words.capital(_share(largest.known_share, labels)), f"share:{largest.node}")
        name = bold(words.node_name(largest.node, overview.names))
        parts += [" ", share, " of it stands on ", name, "."]
    return sentence(*parts)


def _share(fraction: float, labels: Labels) -> str:
    """Return "52 %"; what would be rounded to nothing is "under 1 %"."""
    return f"under {labels.share(0.01)}" if 0 < fraction <= LEAST_SHARE else labels.share(fraction)


def largest_node(overview: Overview) -> NodeExposure | None:
    """Return the node beside the common ground on which most stands; of equal ones the most telling."""

    def weight(node: NodeExposure) -> tuple[float, int, int]:
        return round(node.value or 0.0, 6), node.positions, -TELLING.index(node.dimension)

    return max((n for n in overview.largest if n.dimension in TELLING), key=weight, default=None)


def _unpriced_sentence(overview: Overview) -> Sentence:
    count = words.capital(words.counted(overview.positions, "position"))
    one = "with a negative amount" if overview.negative else "without a price"
    many = "none with a known value" if overview.negative else "none with a price"
    without = warn(one if overview.positions == 1 else many)
    largest = largest_node(overview)
    if largest is None:
        return sentence(count, ", ", without, ".")
    name = bold(words.node_name(largest.node, overview.names))
    stand = f"{words.capital(words.number(largest.positions))} of them {_stand(largest.positions)}"
    it = "It stands" if overview.positions == 1 else stand
    return sentence(count, ", ", without, f". {it} on ", name, ".")


def _stand(count: int) -> str:
    return "stands" if count == 1 else "stand"


def _reward_sentence(overview: Overview, labels: Labels, worth: Sentence) -> Sentence:
    extra = [layer for layer in overview.layers if layer.extra]
    if not extra:
        return _base_reward_sentence(overview.layers, labels)
    totals = _totals_sentence(extra, labels)
    unknown = sum(layer.reward_unknown for layer in extra)
    reward = sum(layer.reward - layer.unsplit_reward for layer in extra)
    if not reward and totals and not unknown:
        return totals
    after = (Run(" "), *totals) if totals else ()
    if not reward and (unknown or not any(layer.priced for layer in extra)):
        return sentence("What the layers above plain staking pay is ", warn("not known"), ".", *after)
    missing: list[str | Run] = [", ", warn(f"{words.spelled(unknown, 'reward')} unknown")] if unknown else []
    amount = bold(labels.money(abs(reward), with_currency=True), "extra")
    verb = "cost" if reward < 0 else "pay"
    start = f"The layers above plain staking {verb} "
    comma = (Run(","),) if missing and worth and not worth[0].text.startswith(";") else ()
    return sentence(start, amount, " a year", *missing, *comma, *worth, ".", *after)


def _totals_sentence(extra: Sequence[LayerSum], labels: Labels) -> Sentence:
    """Return what rates pay that are the total of a whole stack: none of it counts as extra until split."""
    count = sum(layer.unsplit for layer in extra)
    if not count:
        return ()
    reward = sum(layer.unsplit_reward for layer in extra)
    amount = (bold(labels.money(reward, with_currency=True), "totals"), " a year") if reward else ()
    if count == 1:
        of = " of " if amount else ""
        rest = " is the total of a whole stack and is not counted as extra until it is split."
        return sentence("One rate", of, *amount, rest)
    of = ", together " if amount else ""
    rest = " are totals of whole stacks and are not counted as extra until they are split."
    start = words.capital(words.spelled(count, "rate"))
    return sentence(start, of, *amount, f",{rest}" if amount else rest)


def _base_reward_sentence(layers: Sequence[LayerSum], labels: Labels) -> Sentence:
    staked = [layer for layer in layers if layer.layer != "hold"]
    if not staked:
        return sentence("Nothing of it is staked.")
    reward, unknown = sum(layer.reward for layer in staked), sum(layer.reward_unknown for layer in staked)
    if not reward and (unknown or not any(layer.priced for layer in staked)):
        return sentence("What plain staking pays is ", warn("not known"), "; nothing stands above it.")
    missing: list[str | Run] = [", ", warn(f"{words.spelled(unknown, 'reward')} unknown")] if unknown else []
    amount = bold(labels.money(reward, with_currency=True))
    return sentence("Plain staking pays ", amount, " a year", *missing, "; nothing stands above it.")


def _loss_sentence(overview: Overview, labels: Labels) -> Sentence:
    if overview.expected_loss is None:
        return ()
    made_up = overview.expected_loss.illustrative
    amount = bold(labels.money(overview.expected_loss.total, with_currency=True), "loss")
    return sentence(
        " On average failures cost ", amount, f" a year, as you assumed{words.illustrative(made_up)}."
    )


# -- Withdrawals ---------------------------------------------------------------------------------------


def withdrawals_sentence(out: Withdrawals, labels: Labels, as_of: date) -> Sentence:
    """Return when the value can be out, and what selling first frees at once."""
    line = way_out_sentence(out, labels, as_of)
    now, sold = _arrived(out.ladder.curve, 0), _arrived(out.ladder.market_curve, 0)
    if out.value <= 0 or sold <= now:
        return line
    return sentence(*line, " Selling first frees ", bold(labels.share(sold / out.value), "market"), " today.")


def way_out_sentence(out: Withdrawals, labels: Labels, as_of: date) -> Sentence:
    """Return when half, 90 % and all of the value can be out, and the value without a known date.

    Where no typical time is known at all, the latest dates are told instead, else the earliest.
    Without any price it counts positions instead; it is empty without positions.
    """
    if not out.positions:
        return ()
    if out.value <= 0:
        return _unpriced_way_out(out, labels, as_of)
    for which, opening in _OPENINGS.items():
        milestones = _milestones(out, which, labels)
        if milestones:
            return _milestones_sentence(out, which, opening, milestones, labels, as_of)
    return sentence(warn("No date is known"), " for any of it.")


_OPENINGS = {"typical": "Typically ", "max": "At the latest ", "min": "At the earliest "}


def _milestones_sentence(
    out: Withdrawals,
    which: str,
    opening: str,
    milestones: Sequence[tuple[float, str | Run, float]],
    labels: Labels,
    as_of: date,
) -> Sentence:
    parts: list[str | Run] = [opening]
    for index, (share, what, days) in enumerate(milestones):
        last = index == len(milestones) - 1
        verb = " can be out " if index == 0 else " "
        parts += ["" if index == 0 else " and " if last else ", "]
        key = f"days:{share:g}{'' if which == 'typical' else f':{which}'}" if share in SHARES else ""
        parts += [what, verb, *when(days, labels, as_of, key)]
    unknown = out.ladder.unknown_value.get(which, 0.0)
    latest = _latest(out, labels, as_of) if which == "typical" else ()
    if unknown:
        said = labels.money(unknown, with_currency=True)
        amount = bold(labels.share(unknown / out.value) if labels.hide_amounts else said, f"unknown:{which}")
        kind = "typical time" if latest else "latest date" if which == "max" else "date"
        parts += ["; ", warn(f"no {kind} is known"), " for ", amount]
    return sentence(*parts, ".", *latest)


def _latest(out: Withdrawals, labels: Labels, as_of: date) -> Sentence:
    """Return what is out at the latest, where that is known for more of the value than the typical time."""
    if out.ladder.unknown_value.get("max", 0.0) >= out.ladder.unknown_value.get("typical", 0.0):
        return ()
    found = _milestones(out, "max", labels)
    if not found:
        return ()
    share, what, days = found[-1]
    key = f"days:{share:g}:max" if share in SHARES else ""
    return sentence(" At the latest ", what, " can be out ", *when(days, labels, as_of, key), ".")


def _milestones(out: Withdrawals, which: str, labels: Labels) -> list[tuple[float, str | Run, float]]:
    """Return (share, its words, days) for half, 90 % and all, what falls on one day said once."""
    reached = out.days_to_share.get(which, {})
    shown: tuple[tuple[float, str | Run], ...] = ((0.5, "half"), (0.9, bold(labels.share(0.9))), (1.0, "all"))
    if reached.get(0.5) is None:
        shown = ((0.25, "a quarter"),)
    if reached.get(0.25) is None:
        return _smaller_part(out, which, labels)
    found = [(share, what, days) for share, what in shown if (days := reached.get(share)) is not None]
    later = [whole_days(days) for _, _, days in found[1:]]
    return [item for i, item in enumerate(found) if i == len(found) - 1 or whole_days(item[2]) != later[i]]


def _smaller_part(out: Withdrawals, which: str, labels: Labels) -> list[tuple[float, str | Run, float]]:
    """Return the part that has a date at all, where that is less than a quarter."""
    curve = out.ladder.curve.get(which, ())
    if not curve or curve[-1][1] <= 0:
        return []
    share = curve[-1][1] / out.value
    return [(share, bold(_share(share, labels)), curve[-1][0])]


def when(days: float, labels: Labels, as_of: date, explain: str = "") -> list[str | Run]:
    """Return "in 7 days", "at once", or from ninety days on "on 1 April 2027", the number bold."""
    whole = whole_days(days)
    if whole <= 0:
        return [bold("at once", explain)]
    if whole < LONG_WAIT:
        return ["in ", bold(labels.in_days(days), explain)]
    return ["on ", bold(labels.day(as_of + timedelta(days=whole), long=True), explain)]


def _unpriced_way_out(out: Withdrawals, labels: Labels, as_of: date) -> Sentence:
    finishes = [plan.finish.typical for plan in out.positions.values()]
    known = [days for days in finishes if days is not None]
    if not known:
        return sentence(warn("No date is known"), " for any of it.")
    some = f"{words.number(len(known))} of {len(finishes)} positions"
    what = "all" if len(known) == len(finishes) else some
    return sentence(f"Typically {what} can be out ", *when(max(known), labels, as_of), ".")


def _arrived(curve: Mapping[str, tuple[tuple[float, float], ...]], day: float) -> float:
    return max((value for at, value in curve.get("typical", ()) if at <= day), default=0.0)


# -- Dependencies --------------------------------------------------------------------------------------


def dependencies_sentence(overview: Overview) -> Sentence:
    """Return how many nodes the positions stand on and how many of them carry a quarter of the value."""
    nodes = [node for node in overview.exposed.nodes if not is_unknown(node)]
    if not nodes:
        if not overview.positions:
            return nothing_sentence(overview)
        return sentence("No position stands on anything yet.")
    start = f"{words.capital(words.counted(overview.positions, 'position'))} {_stand(overview.positions)} on "
    parts: list[str | Run] = [start, bold(words.counted(len(nodes), "node")), ". "]
    if overview.portfolio_value is None:
        return sentence(*parts, "Without a price ", warn("no share is known"), ".")
    common = {node.node for node in overview.common_ground}
    heavy = [point for point in overview.concentrated.single_points if point.node not in common]
    beside = f", beside {common_names(overview.common_ground, overview)}," if common else ""
    many = words.capital(words.number(len(heavy))) if heavy else "None"
    carry = "carries" if len(heavy) <= 1 else "carry"
    return sentence(*parts, bold(many), f" of them{beside} {carry} a quarter of the value or more.")


def common_names(common: Sequence[NodeExposure], overview: Overview) -> str:
    """Return "ETH and Ethereum"."""
    return words.listed([words.node_name(node.node, overview.names) for node in common])
