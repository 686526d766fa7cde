"""The words of the Rewards page: its sentence, its rows, and why a figure is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.analysis.rewards import LayerReward, Rewards
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension, is_unknown
from desktop_app.figures.labels import UNKNOWN, Labels
from desktop_app.figures.layer_words import layer_word
from desktop_app.figures.texts import short_names
from desktop_app.report import words
from desktop_app.report.sentences import Run, Sentence, bold, sentence, warn

NOT_ASSUMED = "not assumed"
NO_LOSS = "no loss"
ANY = "any"
NONE = "none"

FEW_YEARS = 10
"""Fewer years than this are told with one decimal, and ratios with two."""


@dataclass(frozen=True, slots=True)
class RewardLine:
    """One row in words, amounts a year.

    ``margin`` is the hazard multiplier, ``breakeven`` the sentence that says when the layer pays, ``assumed``
    the years between two failures of its worst new node.
    """

    position: str
    layer: str
    rate: str
    reward: str
    loss: str
    ratio: str
    margin: str
    breakeven: Sentence
    assumed: str


LONGEST = 21
"""Letters of a name in a sentence."""


class RewardWords:
    """Words for the rows of one portfolio; explained numbers have keys of ``explain_rewards``."""

    def __init__(self, portfolio: Portfolio, labels: Labels) -> None:
        self.labels = labels
        self._nodes = portfolio.nodes
        self._positions = portfolio.positions
        short = short_names(node.name for node in portfolio.nodes.values())
        self._names = {
            n.id: n.name if len(n.name) <= LONGEST else short[n.name] for n in portfolio.nodes.values()
        }

    def name(self, node: str) -> str:
        """Return the name of a node, a long one by its first words: a sentence has to fit a row."""
        return words.node_name(node, self._names)

    def position(self, row: LayerReward) -> str:
        """Return the name of the position of a row."""
        return self._positions[row.position].name

    def layer(self, row: LayerReward) -> str:
        """Return what the layer of a row is called."""
        return "Whole stack" if row.layer is None else layer_word(row.layer)

    def line(self, row: LayerReward) -> RewardLine:
        """Return a row in words."""
        return RewardLine(
            position=self.position(row),
            layer=self.layer(row),
            rate=self.rate(row),
            reward=self.labels.money(row.extra_reward),
            loss=self.loss(row),
            ratio=self.ratio(row),
            margin=self.margin(row),
            breakeven=self.breakeven(row),
            assumed=self.assumed(row),
        )

    def rate(self, row: LayerReward) -> str:
        """Return "+0.95 %" of an extra layer, "2.58 %" of a base one."""
        sign = "+" if row.extra and row.layer and row.reward_rate and row.reward_rate > 0 else ""
        return f"{sign}{self.labels.rate(row.reward_rate)}" if row.reward_rate is not None else UNKNOWN

    def loss(self, row: LayerReward) -> str:
        """Return the loss that is assumed for the layer."""
        if row.incremental_expected_loss is not None:
            return self.labels.money(row.incremental_expected_loss)
        return "?" if row.layer is None else NOT_ASSUMED if _nothing_assumed(row) else UNKNOWN

    def ratio(self, row: LayerReward) -> str:
        """Return reward ÷ expected loss: two decimals under 10, none above."""
        if row.reward_to_expected_loss is not None:
            return self._few(row.reward_to_expected_loss, decimals=2)
        return NO_LOSS if row.extra_reward is not None and row.incremental_expected_loss == 0 else "?"

    def margin(self, row: LayerReward) -> str:
        """Return "× 0.7"; "any" where the layer pays at any risk, "none" where it pays nothing."""
        if row.hazard_multiplier is not None:
            return f"× {self._few(row.hazard_multiplier, decimals=1)}"
        if row.reward_rate is not None and row.reward_rate <= 0 and row.layer is not None:
            return NONE
        known = row.extra_reward is not None and row.incremental_expected_loss is not None
        return ANY if known and row.extra_reward and row.risk.exact else "?"

    def years(self, chance: float) -> str:
        """Return the years in which a node with this annual probability fails once: "30 years"."""
        number = self._few(1 / chance, decimals=1)
        return f"{number}\u00a0{'year' if number == '1' else 'years'}"

    def assumed(self, row: LayerReward) -> str:
        """Return the years between failures of the worst new node that the user assumed."""
        if row.risk.worst_new_node is None:
            return "–"
        chance = row.risk.worst_probability
        return NOT_ASSUMED if chance is None else self._few(1 / chance, decimals=1)

    def breakeven(self, row: LayerReward) -> Sentence:
        """Return when the layer pays, as one sentence without its full stop."""
        if row.layer is None:
            return sentence(warn("One rate for the whole stack: split it to see which layer pays"))
        if row.fault:
            return sentence(warn("What it risks cannot be computed: something has to be mended"))
        if row.reward_rate is None:
            return sentence(warn("Reward not known: enter a rate to see whether it pays"))
        return sentence(*self._verdict(row, row.reward_rate))

    def _verdict(self, row: LayerReward, rate: float) -> Sequence[str | Run]:
        if rate < 0:
            who = "borrowing" if row.layer == "collateral" else "it"
            cost = bold(self.labels.rate(-rate), _key("rate", row))
            return [f"Costs more than it pays: {who} takes ", cost, " a year"]
        worst = row.risk.worst_new_node
        if worst is None:
            return self._harmless(row)
        return self.condition(row) if rate else ["Pays nothing for the risk of ", *self._risk_of(worst)]

    def condition(self, row: LayerReward, start: str = "Pays only if ") -> list[str | Run]:
        """Return "Pays only if EigenLayer fails less than once in 30 years"; the row has a break-even."""
        name, chance = bold(self.name(row.risk.worst_new_node or "")), row.breakeven_simple or 0.0
        if chance >= 1:
            return ["Would pay even if ", name, " failed every year"]
        whole = "" if row.risk.worst_assumed else " (lost whole)"
        return [
            start,
            name,
            " fails less than once in ",
            bold(self.years(chance), _key("breakeven", row)),
            whole,
        ]

    def _harmless(self, row: LayerReward) -> Sentence:
        if not row.risk.new_nodes:
            return sentence("Adds nothing that can fail")
        if all(is_unknown(node) for node in row.risk.new_nodes):
            kinds = [words.dimension_word(words.bucket_dimension(n), many=True) for n in row.risk.new_nodes]
            return sentence(
                "What it adds is ", warn(f"{words.listed(list(dict.fromkeys(kinds)))} not published")
            )
        return sentence("Nothing that it adds can fail, as you assumed")

    def _risk_of(self, node: str) -> list[str | Run]:
        name = self.name(node)
        if self._nodes[node].dimension is not Dimension.BRIDGE:
            return [bold(name)]
        return ["the ", bold(name), "" if "bridge" in name.lower() else " bridge"]

    def _few(self, number: float, *, decimals: int) -> str:
        """Return a number with decimals as long as it is small; "30", "8.2"."""
        small = abs(round(number, decimals)) < FEW_YEARS
        return self.labels.number(number, decimals=decimals if small else 0)


def _key(kind: str, row: LayerReward) -> str:
    return f"{kind}:{row.number}:{row.position}"


def _nothing_assumed(row: LayerReward) -> bool:
    return row.value is not None and not row.fault


# -- the page's sentence -------------------------------------------------------------------------------


def rewards_sentence(answer: Rewards, said: RewardWords) -> Sentence:
    """Return how many layers pay less than what they are assumed to lose, and what the extra ones pay."""
    if not answer.rows:
        return sentence("No position has a layer that could pay.")
    if answer.nothing_assumed:
        return _without_assumptions(answer, said)
    made_up = words.illustrative(answer.illustrative)
    parts = [*_less(len(answer.underpaid), len(answer.rows)), f" than the loss you assumed{made_up}"]
    parts += [*_unknown(answer), "."]
    reward, loss = answer.reward(extra=True), answer.loss(extra=True)
    if reward is not None and loss is not None:
        parts += [" Extra layers: ", bold(said.labels.money(reward, with_currency=True), "extra_reward")]
        parts += [" against ", bold(said.labels.money(loss, with_currency=True), "extra_loss"), " a year."]
    return sentence(*parts)


def _less(few: int, count: int) -> list[str | Run]:
    """Return "Four of 21 layers pay less"."""
    if count == 1:
        return [bold("The one layer", "underpaid"), " pays less" if few else " pays no less"]
    which = bold(f"{words.capital(words.number(few)) if few else 'None'} of {count:,} layers", "underpaid")
    return [which, " pay less" if few > 1 else " pays less"]


def worth_clause(answer: Rewards, said: RewardWords) -> Sentence:
    """Return what the first page says behind what the extra layers pay: their loss, else their break-even.

    " and are assumed to lose USD 3,525", "; that is worth it only if EigenLayer fails less than once in 30
    years", or nothing where neither is known.
    """
    loss, weakest = answer.loss(extra=True), answer.weakest
    if loss is not None:
        amount = bold(said.labels.money(loss, with_currency=True), "extra_loss")
        return sentence(" and are assumed to lose ", amount, words.illustrative(answer.illustrative))
    if answer.nothing_assumed and weakest is not None and (weakest.breakeven_simple or 0.0) < 1:
        return sentence(*said.condition(weakest, "; that is worth it only if "))
    return ()


def _unknown(answer: Rewards) -> Iterator[str | Run]:
    unknown = sum(row.reward_rate is None for row in answer.rows)
    whole = sum(row.layer is None for row in answer.rows)
    if unknown:
        yield from (", ", warn(f"{words.spelled(unknown, 'reward')} {_are(unknown)} not known"))
    if whole:
        yield from (", ", warn(f"{words.spelled(whole, 'rate')} {_are(whole)} not split over the layers"))
    silent = sum(not row.risk.assumable and row.value is not None for row in answer.rows)
    if silent and not answer.nothing_assumed:
        yield from (", ", warn(f"nothing is assumed about what {words.spelled(silent, 'layer')} add"))
        yield "s" if silent == 1 else ""


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _without_assumptions(answer: Rewards, said: RewardWords) -> Sentence:
    unpriced = all(row.value is None for row in answer.rows)
    parts: list[str | Run] = ["No position has a known value" if unpriced else "No failure rates yet"]
    parts += ["; ", *unknown[1:]] if (unknown := list(_unknown(answer))) else []
    parts.append(".")
    reward, weakest = answer.reward(extra=True), answer.weakest
    if reward is not None:
        amount = bold(said.labels.money(abs(reward), with_currency=True), "extra_reward")
        parts += [f" The layers above plain staking {'cost' if reward < 0 else 'pay'} ", amount, " a year"]
        if weakest is not None and (weakest.breakeven_simple or 0.0) < 1:
            parts += said.condition(weakest, "; that is worth it only if ")
        parts.append(".")
    return sentence(*parts)


# -- what is missing -----------------------------------------------------------------------------------


def missing_figures(row: LayerReward, said: RewardWords, *, nothing_assumed: bool) -> Mapping[str, str]:
    """Return figure that is null -> why, a sentence each."""
    return dict(_missing(row, said, nothing_assumed=nothing_assumed))


def _missing(row: LayerReward, said: RewardWords, *, nothing_assumed: bool) -> Iterator[tuple[str, str]]:
    layer = said.layer(row)
    of = f"{layer[:1].lower() + layer[1:]} of “{said.position(row)}”"
    if row.value is None:
        yield "extra_reward", f"“{said.position(row)}” has no known value."
    if row.layer is None:
        yield (
            "layer",
            f"The rate of “{said.position(row)}” is the total of its stack: split it over its layers.",
        )
        return
    if row.reward_rate is None:
        yield "reward_rate", f"The reward of {of} is not known."
    if row.fault:
        yield "incremental_expected_loss", row.fault
        return
    risk = row.risk
    if risk.loss_with is None:
        yield (
            "incremental_expected_loss",
            (words.NOTHING_FAILS if nothing_assumed else f"Nothing is assumed about what {of} adds."),
        )
    elif risk.increment == 0:
        yield "reward_to_expected_loss", f"{words.capital(of)} adds no expected loss."
    if risk.multiplier is None and risk.loss_with is not None and row.reward_rate is not None:
        yield (
            "hazard_multiplier",
            (
                f"{words.capital(of)} pays nothing, so no risk is worth it."
                if row.reward_rate <= 0
                else f"{words.capital(of)} pays at any risk of what it adds."
            ),
        )
    yield from _missing_breakeven(row, said, of)


def _missing_breakeven(row: LayerReward, said: RewardWords, of: str) -> Iterator[tuple[str, str]]:
    if row.risk.worst_new_node is None:
        yield "loss_given_failure", f"{words.capital(of)} adds no node that is named and can fail."
        return
    if row.exit_days is None:
        yield "exit_days", f"When “{said.position(row)}” can typically be out is not known."
    if row.rates_below is None:
        yield "breakeven_exact", f"What the layers below {of} pay is not known."
