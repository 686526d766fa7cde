"""The way out of one part, step by step: how long each takes and why, who says so, when, what is doubtful."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.analysis.clocks.steps import QUEUE_STEP
from desktop_app.analysis.request_states import Progress
from desktop_app.analysis.withdrawals import StepPlan, TranchePlan
from desktop_app.domain.catalogue import Catalogue, ExitFact
from desktop_app.domain.facts import is_old, is_undated
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import ExitStep, Origin
from desktop_app.figures.labels import Labels, whole_days
from desktop_app.figures.texts import one_line
from desktop_app.figures.time_axis import day_after
from desktop_app.figures.timeline_rows import step_colour
from desktop_app.report.catalogue_words import STATES, YOURS
from desktop_app.report.explain import Explanation, title_of
from desktop_app.report.fact_sentences import SOON, begun, duration, exit_sentence, time_words
from desktop_app.report.position_facts import dated_words, source_line
from desktop_app.report.request_words import claim_words, slashable_words, standing
from desktop_app.report.sentences import Run, Sentence, bold, sentence, warn
from desktop_app.report.words import capital

ASSUMED, NO_SOURCE = "assumed, nobody says", "no source is recorded"
WAY = "way:"
"""What the key of the explanation of a part's date begins with; the id of its row follows."""
NO_WAY: Sentence = sentence(warn("No way out is known."), " Open the position and enter its steps.")
_SLASHABLE = {
    True: "Slashable while waiting",
    False: "Not slashable",
    None: "Whether it is slashable is not known",
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step. ``colour`` of its bar; ``node`` imposes it, ``entry`` is that in the catalogue, "" none.

    ``said``: how long it takes, when, how that came about, whether it is slashable; ``doubt`` is one more
    such line that needs attention. ``cited``, ``dated`` and ``state`` tell who says so, when, and whether it
    was checked; ``old``: more than a year ago. ``shipped``: what the catalogue says where the user says
    otherwise.
    """

    name: str
    colour: str
    node: str
    entry: str
    said: tuple[str, ...]
    doubt: str
    cited: str
    dated: str
    state: str
    old: bool
    shipped: str


@dataclass(frozen=True, slots=True)
class WayWords:
    """Writes the way out of one part; ``shipped`` is the catalogue without the user's entries."""

    plan: TranchePlan
    portfolio: Portfolio
    shipped: Catalogue
    labels: Labels
    as_of: date

    def headline(self, row: str) -> Sentence:
        """Return when the part is typically out; its number is explained under WAY + ``row``."""
        typical, least = self.plan.finish.typical, self.plan.at_least.typical
        if typical is None:
            more = f", {self.labels.in_days(least)} at the least" if least else ""
            return sentence(warn("No typical date is known"), f"{more}.")
        days = bold(self.labels.in_days(typical), f"{WAY}{row}")
        until = self.labels.day(day_after(self.as_of, typical))
        said = sentence("Typically out ", "in " if typical else "", days, f", on {until}")
        return sentence(*said, *self._range())

    def _range(self) -> Sequence[str | Run]:
        """Return "; earliest 25 Nov, latest 21 Dec." where that is not the same day."""
        first, last = self.plan.finish.min, self.plan.finish.max
        if first is not None and last is not None and whole_days(first) == whole_days(last):
            return (".",)
        early = "" if first is None else f"earliest {self.labels.near_day(self._day(first), self.as_of)}, "
        late = "" if last is None else f"latest {self.labels.near_day(self._day(last), self.as_of)}"
        return f"; {early}", late or warn("latest not known"), "."

    def lines(self) -> tuple[StepLine, ...]:
        """Return a line for each step, in the order in which they begin as far as that is known."""
        known = sorted(self.plan.steps, key=lambda p: (p.start is None, p.start or 0.0))
        return tuple(self._line(plan) for plan in known)

    def _line(self, plan: StepPlan) -> StepLine:
        step, node = plan.step, self.portfolio.nodes.get(plan.step.node or "")
        said = [self._lasts(plan), self._progress(plan), self._reckoned(step), self._beside(plan)]
        if not _is_over(plan) and not (step.maximum is not None and step.maximum <= SOON):
            said.append(_SLASHABLE[step.slashable])
        if step.capacity is not None:
            said.append(f"Lets {self.labels.money(step.capacity, with_currency=True)} pass")
        own = step.origin is Origin.YOURS
        return StepLine(
            name=begun(one_line(step.name)),
            colour=step_colour(plan, self.portfolio),
            node="" if node is None else one_line(node.name),
            entry="" if node is None else node.entry or "",
            said=tuple(text for text in said if text),
            doubt="Overdue: it has taken longer than its longest time" if plan.overdue else "",
            cited=one_line(step.cited),
            dated=self._dated(step),
            state=_state(step),
            old=is_old(step.dated, self.as_of) and not is_undated(step.dated),
            shipped=self._shipped(step) if own else "",
        )

    def _lasts(self, plan: StepPlan) -> str:
        """Return "Takes 1 to 27 days, usually 5 days: 24 Nov to 29 Nov"."""
        said = capital(duration(plan.step, self.labels))
        if plan.start is None or plan.end is None or plan.end - plan.start <= SOON:
            return said
        first, last = (self.labels.near_day(self._day(d), self.as_of) for d in (plan.start, plan.end))
        return said if first == last else f"{said}: {first} to {last}"

    def _day(self, days: float) -> date:
        return day_after(self.as_of, days)

    def _progress(self, plan: StepPlan) -> str:
        if plan.waited <= SOON or plan.start is None or plan.end is None:
            return ""
        if _is_over(plan):
            return "Its typical time is over"
        gone, left = (time_words(days, self.labels) for days in (plan.waited, plan.end - plan.start))
        return f"{capital(gone)} waited, {left} to go"

    def _reckoned(self, step: ExitStep) -> str:
        """Return how the days came about where they are not those that are stored with the step."""
        held, congestion = self._held(step), self.portfolio.congestion
        if held is None or duration(held, self.labels) == duration(step, self.labels):
            return ""
        if step.id == QUEUE_STEP and congestion.queue_eth is not None:
            eth = self.labels.number(congestion.queue_eth)
            read = f", read {self.labels.day(congestion.dated)}" if congestion.dated else ""
            return f"Reckoned from {eth} ETH in the queue, as you entered{read}"
        if step.is_queue and congestion.others != 1 and held.cited == step.cited:
            times = self.labels.number(congestion.others, decimals=0 if congestion.others % 1 == 0 else 2)
            return f"{times} times as long as recorded, as you set for other queues"
        return "Reckoned by the protocol's clock"

    def _held(self, step: ExitStep) -> ExitStep | None:
        """Return a step as it is stored, with the request or with the position."""
        position, request = self.portfolio.positions.get(self.plan.position), self.plan.request
        own = [s for t in position.exit.tranches for s in t.steps] if position else []
        steps = [*(request.steps if request else ()), *own]
        return next((held for held in steps if held.id == step.id), None)

    def _beside(self, plan: StepPlan) -> str:
        lasts = plan.start is not None and plan.end is not None and plan.end > plan.start
        held = any(p.critical for p in self.plan.steps)
        return "Runs beside the others and does not hold you" if lasts and held and not plan.critical else ""

    def _dated(self, step: ExitStep) -> str:
        if step.origin is Origin.CATALOGUE and is_undated(step.dated):
            return "undated"
        return "" if is_undated(step.dated) else dated_words(step.dated, self.labels)

    def _shipped(self, step: ExitStep) -> str:
        """Return what the shipped catalogue says of a step that is the user's own, "" where nothing."""
        fact = shipped_fact(step, self.shipped)
        if fact is None or _days_of(fact) == _days_of(step):
            return ""
        return exit_sentence(fact, self.labels)

    # -- how its date came about ---------------------------------------------------------------------------

    def explained(self) -> Explanation | None:
        """Return how the typical date came about; None where there is none."""
        typical = self.plan.finish.typical
        if typical is None:
            return None
        held = list(_critical(self.plan.steps))
        terms = [f"{one_line(p.step.name)} {time_words(end - start, self.labels)}" for p, start, end in held]
        chain = " + ".join(terms) or "nothing left to wait for"
        sums_up = terms and abs(sum(end - start for _, start, end in held) - typical) < 1e-6
        total = f" = {time_words(typical, self.labels)}" if sums_up else ""
        whole = self.labels.number(whole_days(typical))
        end = self.labels.day(day_after(self.as_of, typical))
        return Explanation(
            title_of(self.labels.in_days(typical)),
            f"{chain}{total}; {self.labels.day(self.as_of)} + {whole} = {end}",
            tuple(dict.fromkeys(self._source(plan) for plan, _, _ in held)),
            "The steps that hold this part, each at its typical time, one after the other. Days are rounded "
            "up, and time that is already waited is taken off.",
        )

    def _source(self, plan: StepPlan) -> str:
        step = plan.step
        return source_line(one_line(step.name), step.cited or _state(step), self._dated(step), step.verified)


def _state(step: ExitStep) -> str:
    """Return who stands for a step, and whether that was checked."""
    if step.origin is Origin.CATALOGUE:
        return STATES[bool(step.verified)] if step.cited else NO_SOURCE
    return YOURS if step.origin is Origin.YOURS else ASSUMED


def _is_over(plan: StepPlan) -> bool:
    """Tell whether time went by in a step and typically none is left."""
    known = plan.start is not None and plan.end is not None
    return known and plan.waited > SOON and (plan.end or 0.0) - (plan.start or 0.0) <= SOON


def request_headline(found: Progress, labels: Labels, as_of: date) -> Sentence:
    """Return where a request stands, when it can be claimed, and until when it can be slashed."""
    state, role = standing(found, as_of, labels)
    said, claim = capital(state), claim_words(found, labels).removesuffix(".")
    more = f". {claim}. {slashable_words(found, labels)}."
    return sentence(warn(said) if role == "warn" else bold(said), more)


def _days_of(held: ExitStep | ExitFact) -> tuple[float | None, float | None, float | None]:
    return held.minimum, held.typical, held.maximum


def _critical(steps: Sequence[StepPlan]) -> Iterator[tuple[StepPlan, float, float]]:
    """Yield the steps of the way that holds, with their start and end."""
    for plan in steps:
        if plan.critical and plan.start is not None and plan.end is not None and plan.end > plan.start:
            yield plan, plan.start, plan.end


def shipped_fact(step: ExitStep, shipped: Catalogue) -> ExitFact | None:
    """Return the fact behind a step that is called ENTRY/PATH/NUMBER, None where there is none."""
    ident, _, number = step.id.rpartition("/")
    entry_id, _, path = ident.rpartition("/")
    entry = shipped.entries.get(entry_id)
    if entry is None or not number.isdecimal():
        return None
    facts = [fact for fact in entry.exits if fact.path == path and fact.holder_exit]
    return facts[int(number) - 1] if 0 < int(number) <= len(facts) else None
