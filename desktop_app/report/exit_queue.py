"""The words about Ethereum's exit queue: how long it takes, who is out when, what if it were longer."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from desktop_app.analysis.clocks.ethereum import EPOCH, SOURCE, TOTAL_STAKE
from desktop_app.analysis.exit_queue import RECORD_ETH, RECORD_ON, RECORD_SOURCE, ExitQueue, Maturity
from desktop_app.domain.congestion import Congestion
from desktop_app.figures.labels import Labels
from desktop_app.figures.time_axis import day_after
from desktop_app.report.explain import Explanation, title_of
from desktop_app.report.position_facts import source_line
from desktop_app.report.sentences import Sentence, bold, sentence, warn

GLOAS = "Gloas is in force: no cap of 256 ETH"
"""What the switch of the fork says."""

EXPLAINED = ("queue", "queue-out")
"""Keys of the numbers of these sentences that :func:`queue_explanation` explains."""


def queue_sentence(queue: ExitQueue, name: str, labels: Labels, as_of: date) -> Sentence:
    """Return how long the queue takes, and when the last position behind it, called ``name``, is out."""
    if queue.days is None:
        return sentence(
            "How long it takes to leave is ",
            warn("not known"),
            ": enter the ETH that exit-queue sites show.",
        )
    days = labels.number(queue.days, decimals=1)
    churn = labels.number(queue.churn_eth)
    said = sentence(bold(f"{days} days", "queue"), f" to leave at {churn} ETH an epoch.")
    if queue.last is None:
        return said
    who = _who(name) if queue.leavers == 1 else f"The last of {labels.number(queue.leavers)} positions"
    when = "is out on " if queue.last.is_known else "is out no earlier than "
    return (*said, *sentence(f" {who} {when}", bold(_day(queue, labels, as_of), "queue-out"), "."))


def queue_note(queue: ExitQueue | None, names: Mapping[str, str], labels: Labels, as_of: date) -> Sentence:
    """Return the sentence with what it rests on, for paper and terminals; () where nothing waits."""
    if queue is None:
        return ()
    name = "" if queue.last is None else names.get(queue.last.position, queue.last.position)
    said = sentence("Ethereum’s exit queue: ", *queue_sentence(queue, name, labels, as_of))
    if queue.days is None:
        return said
    return (*said, *sentence(f" {'; '.join(_sources(queue, labels)[:2])}."))


def what_if_sentence(queue: ExitQueue, longer: ExitQueue, labels: Labels, as_of: date) -> str:
    """Return what the longest queue so far would mean; empty where it is not longer."""
    read = queue.congestion.queue_eth
    if longer.days is None or (read is not None and read >= RECORD_ETH):
        return ""
    then = f" and {_day(longer, labels, as_of)}" if longer.last is not None and longer.last.is_known else ""
    return f"With {labels.number(RECORD_ETH)} ETH it would be {labels.number(longer.days)} days{then}."


def record_words(labels: Labels) -> str:
    """Return "2.6 m, Sep 2025": the mark of the longest queue so far."""
    return f"{labels.number(RECORD_ETH / 1_000_000, decimals=1)} m, {labels.month(RECORD_ON)}"


def assumed_stake(labels: Labels) -> str:
    """Return the stake that is assumed where none is entered."""
    return labels.number(TOTAL_STAKE)


def edit_words(before: Congestion, after: Congestion, labels: Labels) -> str:
    """Return what an edit of the queue is called in the menu."""
    if after.queue_eth != before.queue_eth:
        queue = after.queue_eth
        return "Exit queue unknown" if queue is None else f"Exit queue of {_eth(queue, labels)}"
    if after.total_stake_eth != before.total_stake_eth:
        stake = after.total_stake_eth
        return "Stake assumed" if stake is None else f"Stake of {_eth(stake, labels)}"
    if after.others != before.others:
        return f"Other queues {labels.number(after.others, decimals=_places(after.others))} times as long"
    if after.fork is not before.fork:
        return f"Churn by {after.fork.capitalize()}"
    return f"Exit queue read on {labels.day(after.dated)}" if after.dated else "Exit queue undated"


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _eth(value: Decimal, labels: Labels) -> str:
    return f"{labels.number(value)} ETH"


def maturity_words(maturity: Maturity, labels: Labels) -> tuple[str, str]:
    """Return how long it is until a maturity, and when that is."""
    soon = {0: "matured", 1: "tomorrow"}
    left = soon.get(maturity.days, f"in {labels.in_days(maturity.days)}")
    return left, f"{labels.day(maturity.on)}, 00:00 UTC"


def queue_explanation(key: str, queue: ExitQueue, labels: Labels, as_of: date) -> Explanation | None:
    """Return how a number of the sentence came about."""
    if queue.days is None or queue.epochs is None or queue.congestion.queue_eth is None:
        return None
    epochs = labels.number(queue.epochs)
    minutes = labels.number(Decimal(EPOCH) / 60, decimals=1)
    formula = f"{epochs} epochs × {minutes} minutes = {labels.number(queue.days, decimals=2)} days"
    sources = _sources(queue, labels)
    if key == "queue":
        return Explanation(
            title_of(f"{labels.number(queue.days, decimals=1)} days"),
            formula,
            sources,
            "Exits take their turn: each epoch lets so much ETH leave, and the first is five epochs on. "
            "Counted is a validator that asks on the as-of date, behind all that waits.",
        )
    if queue.last is None:
        return None
    rest = queue.last.days - queue.days
    return Explanation(
        title_of(_day(queue, labels, as_of)),
        f"{formula}, then {labels.number(rest, decimals=2)} days more",
        sources,
        "After the queue the stake waits 256 epochs and for the sweep, and what else stands on its way out; "
        "the Withdrawals page draws every step.",
    )


def _sources(queue: ExitQueue, labels: Labels) -> tuple[str, ...]:
    congestion = queue.congestion
    read = labels.number(congestion.queue_eth or 0)
    dated = f", {labels.day(congestion.dated)}" if congestion.dated else ""
    stake = congestion.total_stake_eth
    staked = f"{labels.number(stake or TOTAL_STAKE)} ETH at stake, {'yours' if stake else 'assumed'}"
    churn = f"{labels.number(queue.churn_eth)} ETH an epoch"
    return (
        f"Queue of {read} ETH: yours{dated}",
        staked,
        source_line(churn, SOURCE.cited, SOURCE.dated, SOURCE.verified),
        source_line(
            f"Record {labels.number(RECORD_ETH)} ETH", RECORD_SOURCE.cited, RECORD_SOURCE.dated, False
        ),
    )


def _who(name: str) -> str:
    """Return "The 32 ETH validator", or the name alone where it reads as one."""
    return f"The {name}" if name[:1].isdigit() or name[:1].islower() else name


def _day(queue: ExitQueue, labels: Labels, as_of: date) -> str:
    if queue.last is None:
        return ""
    day = day_after(as_of, queue.last.days)
    return labels.day(day, year=day.year != as_of.year, long=True)
