"""What the Withdrawals page shows, worked out beside the window."""

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.analysis.exit_queue import (
    RECORD_ETH,
    ExitQueue,
    Maturity,
    exit_queue,
    has_other_queues,
    leavers,
    maturities,
)
from desktop_app.analysis.overview import Overview, overview
from desktop_app.analysis.percentiles import Percentiles, percentiles
from desktop_app.analysis.request_states import Progress, open_progress
from desktop_app.analysis.withdrawals import TranchePlan
from desktop_app.domain.congestion import Congestion
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.figures.shapes import Measure
from desktop_app.figures.short_sources import Sign
from desktop_app.figures.sizes import Sizes
from desktop_app.figures.timeline import TimelineColumns, timeline_columns
from desktop_app.figures.timeline_rows import TimelineRow, signs_of, timeline_rows
from desktop_app.ui.requests import moment_of_day
from desktop_app.ui.tables.columns import WithdrawalRow, withdrawal_rows
from desktop_app.ui.tables.ladder_columns import LadderRow, ladder_rows

ANY_WIDTH = 1000.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows: the overview, the rows of the timeline and columns wide enough for all of them.

    ``signs`` stand at its bars. ``queue`` is None where no position waits behind it; ``longer``: were it as
    long as it ever was. ``queued``: something waits in other queues. ``table`` and ``ladder``: the twins.
    """

    overview: Overview
    rows: tuple[TimelineRow, ...]
    columns: TimelineColumns
    signs: frozenset[Sign]
    queue: ExitQueue | None
    longer: ExitQueue | None
    maturities: tuple[Maturity, ...]
    requests: tuple[Progress, ...]
    likely: Percentiles
    table: tuple[WithdrawalRow, ...]
    ladder: tuple[LadderRow, ...]
    queued: bool

    def plan_of(self, row: str) -> TranchePlan | None:
        """Return the plan behind a row (POSITION#TRANCHE); None where there is none."""
        position, _, number = row.rpartition("#")
        plan = self.overview.out.positions.get(position)
        return plan.tranches[int(number)] if plan and number and int(number) < len(plan.tranches) else None

    @property
    def last_name(self) -> str:
        """What the position that is out of the queue last is called; "" without one."""
        last = None if self.queue is None else self.queue.last
        return "" if last is None else self.overview.names.get(last.position, last.position)


def answer_of(portfolio: Portfolio, as_of: date, labels: Labels, sizes: Sizes, measure: Measure) -> Answer:
    """Return what the page shows of a portfolio."""
    answer = overview(portfolio, as_of, moment_of_day(as_of))
    rows = timeline_rows(answer.out, portfolio, as_of)
    queue = exit_queue(portfolio, as_of, plans=answer.out.positions) if leavers(portfolio) else None
    return Answer(
        overview=answer,
        rows=rows,
        columns=timeline_columns(rows, as_of, labels, ANY_WIDTH, sizes, measure),
        signs=signs_of(rows, as_of),
        queue=queue,
        longer=None if queue is None else exit_queue(portfolio, as_of, _longest(queue), last_of(queue)),
        maturities=maturities(portfolio, as_of),
        requests=open_progress(portfolio, answer.out, as_of),
        likely=percentiles(answer.out),
        table=withdrawal_rows(answer.out, portfolio, as_of, labels),
        ladder=ladder_rows(answer.out, as_of),
        queued=has_other_queues(answer.out),
    )


def _longest(queue: ExitQueue) -> Congestion:
    """Return what would hold if the queue were as long as it ever was."""
    return replace(queue.congestion, queue_eth=RECORD_ETH)


def last_of(queue: ExitQueue) -> tuple[str, ...] | None:
    """Return the position that is out last, the only one to look at again: the queue is the same for all."""
    return None if queue.last is None else (queue.last.position,)
