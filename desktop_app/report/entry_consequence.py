"""What a change of the catalogue would do to the positions, before it is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.analysis.exposure import Exposure, exposure
from desktop_app.analysis.withdrawals import Withdrawals, withdrawals
from desktop_app.domain.following import Following
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.report.consequence import moved_shares
from desktop_app.report.sentences import Run, Sentence, bold, sentence, warn
from desktop_app.report.words import counted


@dataclass(frozen=True, slots=True)
class Held:
    """A portfolio with what is asked of it."""

    portfolio: Portfolio
    exposed: Exposure
    out: Withdrawals


def held(portfolio: Portfolio, as_of: date) -> Held:
    """Return a portfolio with its exposures and ways out on a day."""
    return Held(portfolio, exposure(portfolio, as_of), withdrawals(portfolio, as_of))


def entry_consequence(before: Held, after: Held, following: Following, labels: Labels) -> Sentence:
    """Return what follows a changed entry: other ways out, other things stood on, what the user typed."""
    parts = [
        _ways_out(before, after, following.ways_out, labels),
        _stacks(before, after, following.stacks, labels),
        _names(before.portfolio, after.portfolio),
    ]
    said = [part for part in parts if part]
    if not said:
        lead: list[str | Run] = ["With this change nothing that you hold changes."]
    else:
        lead = ["With this change ", *said[0], "."]
        lead += [run for part in said[1:] for run in (" ", *part, ".")]
    if following.kept:
        keep = "keeps" if len(following.kept) == 1 else "keep"
        lead += [f" {_which(before.portfolio, following.kept)} {keep} the steps that you typed."]
    return sentence(*lead)


def _which(portfolio: Portfolio, positions: Sequence[str]) -> str:
    """Return the name of one position, or how many there are."""
    return (
        portfolio.positions[positions[0]].name if len(positions) == 1 else counted(len(positions), "position")
    )


def _ways_out(before: Held, after: Held, positions: Sequence[str], labels: Labels) -> list[str | Run]:
    """Return "3 positions take another way out: the last is typically out in 21 days instead of 14"."""
    if not positions:
        return []
    one = len(positions) == 1
    old, new = (_last(held.out, positions) for held in (before, after))
    lead = f"{_which(before.portfolio, positions)} {'takes' if one else 'take'} another way out"
    if old == new:
        return [lead]
    who = "it is" if one else "the last is"
    return [f"{lead}: {who} typically out ", *_when(new, labels), " instead of ", *_when(old, labels)]


def _last(out: Withdrawals, positions: Sequence[str]) -> float | None:
    """Return the days until the last of some positions is typically out, None where one is not known."""
    days = [out.positions[p].finish.typical for p in positions if p in out.positions]
    known = [d for d in days if d is not None]
    return max(known) if known and len(known) == len(days) else None


def _when(days: float | None, labels: Labels) -> list[str | Run]:
    if days is None:
        return ["on ", warn("a day that is not known")]
    return ["", bold(labels.in_days(days))] if days <= 0 else ["in ", bold(labels.in_days(days))]


def _stacks(before: Held, after: Held, positions: Sequence[str], labels: Labels) -> list[str | Run]:
    if not positions:
        return []
    names = {n.id: n.name for held in (before, after) for n in held.portfolio.nodes.values()}
    stand = "stands" if len(positions) == 1 else "stand"
    lead = f"{_which(before.portfolio, positions)} {stand} on something else"
    moved = moved_shares(before.exposed, after.exposed, positions, names, labels)
    return [f"{lead}: ", *moved] if moved else [lead]


def _names(before: Portfolio, after: Portfolio) -> list[str | Run]:
    """Return "EigenLayer is called Eigen" for the first node with another name."""
    pairs: Mapping[str, str] = {
        n.name: after.nodes[n.id].name for n in before.nodes.values() if n.id in after.nodes
    }
    renamed = next(((old, new) for old, new in pairs.items() if old != new), None)
    return [] if renamed is None else [f"{renamed[0]} is called ", bold(renamed[1])]
