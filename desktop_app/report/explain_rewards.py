"""How a number of the Rewards page came about."""

from collections.abc import Callable, Iterable

from desktop_app.analysis.rewards import LayerReward, Rewards
from desktop_app.report import words
from desktop_app.report.explain import TERMS, Explanation
from desktop_app.report.reward_words import RewardWords

COLUMNS = ("rate", "reward", "loss", "ratio", "margin", "breakeven", "assumed")
"""The columns of the page; a cell is explained by COLUMN:NUMBER:POSITION."""


def reward_explanation(key: str, answer: Rewards, said: RewardWords) -> Explanation | None:
    """Return how a number came about; None where the key says nothing (any more).

    Keys: a column with the layer's number and the position, as in ``loss:2:POSITION``; of the page's sentence
    ``underpaid``, ``extra_reward`` and ``extra_loss``.
    """
    kind, _, subject = key.partition(":")
    if kind in _SUMS:
        return _SUMS[kind](answer, said)
    number, _, position = subject.partition(":")
    row = next((r for r in answer.rows if r.position == position and str(r.number) == number), None)
    maker = _CELLS.get(kind)
    return maker(row, said) if maker and row else None


def explained_columns(row: LayerReward, said: RewardWords) -> frozenset[str]:
    """Return the columns of a row whose number can be explained."""
    return frozenset(column for column, maker in _CELLS.items() if maker(row, said) is not None)


# -- one layer -----------------------------------------------------------------------------------------


def _rate(row: LayerReward, said: RewardWords) -> Explanation:
    return Explanation(
        _title(said.rate(row)),
        f"{said.rate(row)} of {_worth(row, said)} a year",
        (_who(row, said),),
        "What the layer itself pays in a year, as a part of the position’s value; with a debt, of the "
        "equity, what borrowing costs already taken off. "
        + (
            "This one is the total of the whole stack and is not split over its layers."
            if row.layer is None
            else "A rate that is not known is never taken for zero."
        ),
    )


def _reward(row: LayerReward, said: RewardWords) -> Explanation:
    return Explanation(
        _title(f"{said.labels.money(row.extra_reward, with_currency=True)} a year"),
        _reward_formula(row, said),
        (_who(row, said),),
        "Value times the reward rate of the layer alone.",
    )


def _loss(row: LayerReward, said: RewardWords) -> Explanation | None:
    if row.incremental_expected_loss is None:
        return None
    named = [said.name(n) for n in row.risk.new_nodes if n not in row.risk.left_out_nodes]
    without = [said.name(n) for n in row.risk.left_out_nodes]
    lines = [f"Adds or enlarges: {words.listed(words.cut(named, TERMS))}"] if named else []
    lines += [f"Nothing assumed, left out: {words.listed(words.cut(without, TERMS))}"] if without else []
    return Explanation(
        _title(f"{said.labels.money(row.incremental_expected_loss, with_currency=True)} a year"),
        _loss_formula(row, said),
        (_who(row, said), *lines),
        "The average loss of a year with the layer and all below it, less that with the layers below it "
        "alone, if every node fails with the probability and the loss that you assumed, independently and at "
        f"most once.{_sampled(row, said)}",
    )


def _ratio(row: LayerReward, said: RewardWords) -> Explanation | None:
    if row.reward_to_expected_loss is None:
        return None
    reward, loss = (
        said.labels.money(x, decimals=2) for x in (row.extra_reward, row.incremental_expected_loss)
    )
    return Explanation(
        _title(said.ratio(row)),
        f"{reward} ÷ {loss} = {said.ratio(row)}",
        (
            _who(row, said),
            f"Reward: {_reward_formula(row, said)}",
            f"Assumed loss: {_loss_formula(row, said)}",
        ),
        "Reward for each unit of loss that you assumed. Below 1 the layer is not paid for its risk. Margin: "
        "how many times as risky all its new nodes may be before it stops paying.",
    )


def _margin(row: LayerReward, said: RewardWords) -> Explanation | None:
    if row.hazard_multiplier is None:
        return None
    nodes = [said.name(n) for n in row.risk.new_nodes if n not in row.risk.left_out_nodes]
    reward = said.labels.money(row.extra_reward, decimals=2)
    return Explanation(
        _title(said.margin(row)),
        f"Expected loss of the layer at {said.margin(row)} the risk = {reward} = its reward",
        (_who(row, said), f"Made riskier: {words.listed(words.cut(nodes, TERMS))}"),
        "How many times as risky all new nodes of the layer may be until it pays just what it is expected to "
        "lose. The hazard −ln(1 − q) of each is multiplied, with the layer and without it. Below 1 it does "
        "not pay as it stands.",
    )


def _breakeven(row: LayerReward, said: RewardWords) -> Explanation | None:
    chance, worst, lost = row.breakeven_simple, row.risk.worst_new_node, row.risk.loss_given_failure
    if chance is None or worst is None or lost is None:
        return None
    labels = said.labels
    rate, part = labels.rate(row.reward_rate), labels.share(lost, decimals=1)
    lines = [_who(row, said), _taken(row, said)]
    if row.breakeven_exact is not None:
        exact, days = labels.share(row.breakeven_exact, decimals=2), labels.in_days(row.exit_days)
        lines.append(f"With the other rewards, and the way out ({days}) at risk too: {exact} a year")
    years = f", once in {said.years(chance)}" if chance > 0 else ""
    return Explanation(
        _title(f"{labels.share(chance, decimals=2)} a year"),
        f"{rate} ÷ {part} = {labels.share(chance, decimals=2)} a year{years}",
        tuple(lines),
        "The layer’s rate, divided by what the failure of its worst new node takes of the position: if that "
        "node fails more often, the layer costs more than it pays. It looks at this one node only; ratio and "
        "margin look at all.",
    )


def _assumed(row: LayerReward, said: RewardWords) -> Explanation | None:
    chance, worst = row.risk.worst_probability, row.risk.worst_new_node
    if not chance or worst is None:
        return None
    probability = said.labels.share(chance, decimals=2)
    return Explanation(
        _title(said.years(chance)),
        f"1 ÷ {probability} a year = {said.years(chance)}",
        (f"{said.name(worst)}: {probability} a year, as you assumed", _taken(row, said)),
        "How many years lie on average between two failures of the worst new node, by the probability that "
        "you assumed. Compare it with the years of the break-even.",
    )


def _taken(row: LayerReward, said: RewardWords) -> str:
    name, severity = said.name(row.risk.worst_new_node or ""), row.risk.worst_loss
    how = "as you assumed" if row.risk.worst_assumed else "no loss is assumed, so all of it counts"
    taken = said.labels.share(row.risk.loss_given_failure, decimals=1)
    return f"{name} fails: {said.labels.share(severity)} lost there ({how}), {taken} of the position"


def _reward_formula(row: LayerReward, said: RewardWords) -> str:
    reward = said.labels.money(row.extra_reward, decimals=2)
    return f"{_worth(row, said)} × {said.labels.rate(row.reward_rate)} = {reward}"


def _loss_formula(row: LayerReward, said: RewardWords) -> str:
    with_it, without, loss = (
        said.labels.money(x, decimals=2)
        for x in (row.loss_with, row.loss_without, row.incremental_expected_loss)
    )
    return f"{with_it} with the layer − {without} without it = {loss}"


def _worth(row: LayerReward, said: RewardWords) -> str:
    return said.labels.money(row.value, decimals=2)


def _who(row: LayerReward, said: RewardWords) -> str:
    layer = said.layer(row)
    return f"{said.position(row)}, {layer[:1].lower() + layer[1:]}"


def _sampled(row: LayerReward, said: RewardWords) -> str:
    if row.risk.error is None or row.value is None:
        return ""
    error = said.labels.money(row.value * row.risk.error, decimals=2)
    return f" A part of the stack is too large to list and is sampled: ± {error}."


def _title(value: str) -> str:
    return f"How {value} came about"


# -- the page's sentence -------------------------------------------------------------------------------


def _underpaid(answer: Rewards, said: RewardWords) -> Explanation:
    rows = sorted(answer.underpaid, key=lambda row: row.reward_to_expected_loss or 0.0)
    listed = [f"{_who(row, said)}: {said.ratio(row)}" for row in rows]
    none = "none below 1"
    return Explanation(
        _title(f"{len(rows)} of {words.counted(len(answer.rows), 'layer')}"),
        f"Reward ÷ expected loss: {'; '.join(words.cut(listed, TERMS)) or none}",
        (),
        "The layers whose reward is smaller than the loss that you assumed for what they add. Layers whose "
        "reward or loss is not known are not counted.",
    )


def _extra_reward(answer: Rewards, said: RewardWords) -> Explanation:
    return _total(answer, said, "reward", ((r, r.extra_reward) for r in answer.layers(extra=True)))


def _extra_loss(answer: Rewards, said: RewardWords) -> Explanation:
    return _total(answer, said, "loss", ((r, r.incremental_expected_loss) for r in answer.layers(extra=True)))


def _total(
    answer: Rewards, said: RewardWords, what: str, figures: Iterable[tuple[LayerReward, float | None]]
) -> Explanation:
    every = list(figures)
    known = sorted(((x, row) for row, x in every if x is not None), key=lambda term: -abs(term[0]))
    total = answer.reward(extra=True) if what == "reward" else answer.loss(extra=True)
    terms = [f"{said.labels.money(x)} {_who(row, said)}" for x, row in known]
    unknown = words.spelled(len(every) - len(known), "layer")
    return Explanation(
        _title(f"{said.labels.money(total, with_currency=True)} a year"),
        f"{' + '.join(words.cut(terms, TERMS))} = {said.labels.money(total, decimals=2)}",
        (f"{words.capital(unknown)} without a known {what}, left out",) if len(every) > len(known) else (),
        {
            "reward": "Value times the reward rate of each layer above plain staking.",
            "loss": "What each layer above plain staking adds to the loss that you assumed for a year.",
        }[what],
    )


_CELLS: dict[str, Callable[[LayerReward, RewardWords], Explanation | None]] = {
    "rate": _rate,
    "reward": _reward,
    "loss": _loss,
    "ratio": _ratio,
    "margin": _margin,
    "breakeven": _breakeven,
    "assumed": _assumed,
}

_SUMS: dict[str, Callable[[Rewards, RewardWords], Explanation | None]] = {
    "underpaid": _underpaid,
    "extra_reward": _extra_reward,
    "extra_loss": _extra_loss,
}
