"""The table twins of the Stress page: every scenario, and what one of them costs each position."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.analysis.overview import Overview
from desktop_app.figures.labels import Labels
from desktop_app.report.position_facts import dated_words
from desktop_app.report.stressed import ScenarioRow, shocks_words
from desktop_app.report.words import node_name
from desktop_app.ui.tables import kinds
from desktop_app.ui.tables.columns import WIDEST_NAME
from desktop_app.ui.tables.table_model import Column


@dataclass(frozen=True, slots=True)
class ScenarioTableRow:
    """One scenario: what it costs, in which range, and what it is made of."""

    id: str
    name: str
    origin: str
    loss: float
    share: float
    low: float
    high: float
    shocks: str


def scenario_table_rows(
    rows: Iterable[ScenarioRow], overview: Overview, labels: Labels
) -> tuple[ScenarioTableRow, ...]:
    """Return the scenarios as rows of a table."""
    return tuple(
        ScenarioTableRow(
            row.id,
            row.scenario.name,
            dated_words(row.day, labels) or "yours",
            row.loss.loss,
            row.loss.share,
            row.loss.low,
            row.loss.high,
            shocks_words(row.scenario, overview.names, labels),
        )
        for row in rows
    )


SCENARIOS = (
    Column("Scenario", lambda r: r.name, stretch=True, widest=WIDEST_NAME, least=100),
    Column("{currency}", lambda r: r.loss, kinds.MONEY),
    Column("Share", lambda r: r.share, kinds.SHARE),
    Column("Least", lambda r: r.low, kinds.MONEY),
    Column("Most", lambda r: r.high, kinds.MONEY),
    Column("From", lambda r: r.origin),
    Column("Loses", lambda r: r.shocks, hidden=True),
)


@dataclass(frozen=True, slots=True)
class HitRow:
    """What a scenario costs one position: an amount, and the part of the position that it is."""

    id: str
    position: str
    loss: float
    part: float | None


def hit_rows(row: ScenarioRow, overview: Overview) -> tuple[HitRow, ...]:
    """Return every position with a known value, the largest loss first."""
    lost = sorted(row.loss.by_position.items(), key=lambda item: -item[1])
    worths = overview.exposed.worths
    return tuple(
        HitRow(p, node_name(p, overview.names), value, value / float(worths[p]) if worths[p] else None)
        for p, value in lost
    )


HITS = (
    Column("Position", lambda r: r.position, stretch=True, widest=WIDEST_NAME),
    Column("{currency}", lambda r: r.loss, kinds.MONEY, total=True),
    Column("Of it", lambda r: r.part, kinds.SHARE),
)


@dataclass(frozen=True, slots=True)
class CurveRow:
    """One step of the curve: the chance to lose at least so much in a year."""

    id: str
    loss: float
    chance: float


def curve_rows(curve: Iterable[tuple[float, float]]) -> tuple[CurveRow, ...]:
    """Return the steps of a curve, the smallest loss first."""
    return tuple(CurveRow(str(number), loss, chance) for number, (loss, chance) in enumerate(curve))


CURVE = (
    Column("Loses at least, {currency}", lambda r: r.loss, kinds.MONEY, stretch=True),
    Column("Chance in a year", lambda r: r.chance, kinds.RATE),
    Column("One year in", lambda r: 1 / r.chance, kinds.COUNT),
)
