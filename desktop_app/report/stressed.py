"""What scenarios would cost, in words and rows: for the page, paper and the command line alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.analysis.annual import ExpectedLoss
from desktop_app.analysis.overview import Overview
from desktop_app.analysis.stress import ScenarioLoss
from desktop_app.analysis.year import Year
from desktop_app.domain.catalogue import Event
from desktop_app.domain.events import OfferedScenario
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Scenario, is_unknown
from desktop_app.figures.amount_bars import AmountBar
from desktop_app.figures.labels import Labels
from desktop_app.figures.layer_words import layer_word
from desktop_app.figures.scenario_bars import ScenarioBar
from desktop_app.report import words
from desktop_app.report.position_facts import dated_words
from desktop_app.report.sentences import Run, Sentence, bold, nothing_sentence, sentence, warn
from desktop_app.report.year_words import year_sentence

NO_RATES = "No failure rates yet: scenarios and break-evens need none."
NOT_MODELLED = (
    "Nodes fail independently, each at most once a year. Not modelled: the price of the assets, when in the "
    "year a failure happens, how sure a loss is, how failures depend on the market."
)
OTHERS = "others"
MOST_SHOCKS = 6


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One scenario with its loss; a past event of the catalogue has a ``day`` and what was ``measured``."""

    scenario: Scenario
    loss: ScenarioLoss
    day: str = ""
    measured: str = ""
    cited: str = ""

    @property
    def id(self) -> str:
        """Return the id of the scenario."""
        return self.scenario.id

    @property
    def is_event(self) -> bool:
        """Tell whether it is a past event, which the user has not made."""
        return bool(self.day)


def with_events(portfolio: Portfolio, offered: Iterable[OfferedScenario]) -> Portfolio:
    """Return the portfolio with the past events among its scenarios, to ask what all of them cost."""
    return portfolio.with_scenarios(*(o.scenario for o in offered))


def scenario_rows(
    portfolio: Portfolio, offered: Iterable[OfferedScenario], losses: Mapping[str, ScenarioLoss]
) -> tuple[ScenarioRow, ...]:
    """Return the user's scenarios and the past events by what they cost, the dearest first."""
    rows = [ScenarioRow(s, losses[s.id]) for s in portfolio.scenarios.values() if s.id in losses]
    for found in offered:
        if found.scenario.id in losses and found.scenario.id not in portfolio.scenarios:
            event = found.event
            measured = "; ".join(dict.fromkeys(shock.basis for shock in event.shocks))
            rows.append(
                ScenarioRow(
                    found.scenario, losses[found.scenario.id], event.date, measured, event.source.cited
                )
            )
    return tuple(sorted(rows, key=lambda row: (-row.loss.loss, row.scenario.name)))


def scenario_bars_of(rows: Iterable[ScenarioRow], labels: Labels) -> tuple[ScenarioBar, ...]:
    """Return the rows as bars; a past event says its day."""
    return tuple(
        ScenarioBar(
            row.id,
            row.scenario.name,
            row.loss.loss,
            row.loss.low,
            row.loss.high,
            row.loss.share,
            dated_words(row.day, labels),
        )
        for row in rows
    )


def shocks_words(scenario: Scenario, names: Mapping[str, str], labels: Labels) -> str:
    """Return "EigenLayer 30 %, P2P 50 % and Lido 10 %"."""
    said = [f"{words.node_name(node, names)} {labels.share(part)}" for node, part in scenario.shocks]
    return words.listed(words.cut(said, MOST_SHOCKS))


# -- sentences -----------------------------------------------------------------------------------------


def stress_sentence(
    rows: Sequence[ScenarioRow], overview: Overview, labels: Labels, found: Year | None = None
) -> Sentence:
    """Return the worst scenario and its cost, and what one year in 20 costs."""
    if not overview.positions:
        return nothing_sentence(overview)
    if overview.portfolio_value is None:
        return sentence("Without a price ", warn("no loss is known"), ".")
    return sentence(*_worst(rows, labels), " ", *_year(overview, found, labels))


def _worst(rows: Sequence[ScenarioRow], labels: Labels) -> Sentence:
    if not rows:
        return sentence("No scenario is recorded yet.")
    worst = rows[0]
    if worst.loss.loss <= 0:
        return sentence("None of the scenarios costs anything.")
    return sentence(
        "The worst scenario, ",
        bold(worst.scenario.name),
        ", costs ",
        bold(labels.money(worst.loss.loss, with_currency=True), f"scenario:{worst.id}"),
        ".",
    )


def _year(overview: Overview, found: Year | None, labels: Labels) -> Sentence:
    """Return what a bad year costs, or while that is being worked out what a year costs on average."""
    loss = overview.expected_loss
    if loss is None:
        return sentence(NO_RATES)
    if found is not None:
        return year_sentence(found, labels)
    amount = bold(labels.money(loss.total, with_currency=True), "loss")
    return sentence("On average a year costs ", amount, ", as you assumed.")


def loss_sentence(row: ScenarioRow, labels: Labels) -> Sentence:
    """Return what a scenario costs and in which range, and of a past event what was measured."""
    loss, parts = row.loss, list[str | Run]()
    parts += ["Costs ", bold(labels.money(loss.loss, with_currency=True), f"scenario:{row.id}")]
    parts += [", ", bold(labels.share(loss.share)), " of the portfolio"]
    if loss.high - loss.low > 1:
        low = bold(labels.money(loss.low), f"low:{row.id}")
        high = bold(labels.money(loss.high), f"high:{row.id}")
        parts += ["; from ", low, ", the largest shock alone, to ", high, ", their sum"]
    parts.append(".")
    if row.measured:
        parts.append(f" Measured: {row.measured}.")
    return sentence(*parts)


def left_out_sentence(overview: Overview) -> str:
    """Return which positions no loss can be told of; "" where there is none."""
    count = len(overview.exposed.unavailable)
    unpriced = overview.unpriced
    said = []
    if unpriced:
        said.append(f"{words.counted(unpriced, 'position')} without a price")
    if count:
        said.append(f"{words.counted(count, 'position')} that cannot be computed")
    if not said:
        return ""
    stay = "stays" if unpriced + count == 1 else "stay"
    return words.capital(f"{words.listed(said)} {stay} out.")


# -- parts of a loss -----------------------------------------------------------------------------------


def position_bars(row: ScenarioRow, overview: Overview, most: int) -> tuple[AmountBar, ...]:
    """Return what each position loses and which part of it that is, the largest loss first."""
    worths, names = overview.exposed.worths, overview.names
    lost = sorted(((v, p) for p, v in row.loss.by_position.items() if v > 0), reverse=True)
    bars = [
        AmountBar(p, words.node_name(p, names), value, value / float(worths[p]) if worths[p] else None)
        for value, p in lost
    ]
    return folded_bars(bars, most)


def folded_bars(bars: Sequence[AmountBar], most: int) -> tuple[AmountBar, ...]:
    """Return at most so many bars, the last of them the sum of the smallest."""
    if len(bars) <= most:
        return tuple(bars)
    rest = bars[most - 1 :]
    together = AmountBar(OTHERS, f"{len(rest):,} others", sum(bar.amount for bar in rest), bar=False)
    return (*bars[: most - 1], together)


def layer_bars_of(added: Mapping[str, float]) -> tuple[AmountBar, ...]:
    """Return what each layer adds to a loss."""
    return tuple(
        AmountBar(name, layer_word(name) if name else "No layer named", amount)
        for name, amount in added.items()
    )


# -- the year ------------------------------------------------------------------------------------------


def rates_note(loss: ExpectedLoss, labels: Labels) -> str:
    """Return how many named nodes have no rate and stay out, like the unknown, and what stands on them."""
    if not loss.left_out_nodes:
        return "Every node has a rate."
    value = labels.money(loss.left_out_value, with_currency=True)
    named = sum(not is_unknown(node) for node in loss.left_out_nodes)
    if not named:
        return f"Every named node has a rate; what is not published stays out: {value} stands on it."
    have, stay, them = ("has", "stays", "it") if named == 1 else ("have", "stay", "them")
    nodes = words.capital(words.counted(named, "node"))
    if named < len(loss.left_out_nodes):
        stay, them = f"{stay} out, like what is not published", "all this"
    else:
        stay += " out"
    return f"{nodes} {have} no rate and {stay}; {value} stands on {them}."


# -- the editor ----------------------------------------------------------------------------------------


def cost_sentence(loss: ScenarioLoss | None, labels: Labels) -> Sentence:
    """Return what a scenario that is being made would cost; None: no position has a price."""
    if loss is None:
        return sentence("Without a price ", warn("no loss is known"), ".")
    if loss.loss <= 0:
        return sentence("This costs nothing: no position with a known value stands on it.")
    parts: list[str | Run] = ["This would cost ", bold(labels.money(loss.loss, with_currency=True)), ", "]
    parts += [bold(labels.share(loss.share)), " of the portfolio"]
    if loss.high - loss.low > 1:
        parts += [f"; the largest shock alone {labels.money(loss.low)}, their sum {labels.money(loss.high)}"]
    return sentence(*parts, ".")


@dataclass(frozen=True, slots=True)
class EventWords:
    """What is told of a past event: its day, what was measured and where, the fraction ("" none)."""

    day: str
    text: str
    fraction: str


def event_words(event: Event, labels: Labels) -> EventWords:
    """Return the words of a past event that is no scenario by itself."""
    part = measured_fraction(event)
    fraction = "" if part is None else labels.share(part, decimals=0 if part >= 0.1 else 2)
    basis = "; ".join(dict.fromkeys(s.basis for s in event.shocks)) or event.fraction_basis
    measured = f"Measured: {fraction}, {basis}." if fraction and basis else ""
    amount = f"Amount: {event.amount}." if event.amount else ""
    lines = (measured, amount, event.why_no_shock, f"Source: {event.source.cited}.")
    return EventWords(dated_words(event.date, labels), " ".join(text for text in lines if text), fraction)


def measured_fraction(event: Event) -> float | None:
    """Return what was measured in an event: the largest shock, else the loss or the discount."""
    if event.shocks:
        return max(shock.fraction for shock in event.shocks)
    return event.loss_fraction if event.loss_fraction is not None else event.discount
