"""Which sections a report can have, in their usual order. To add one, write it and name it here."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.report.blocks import Section
from desktop_app.report.choices import Choices
from desktop_app.report.sections.assumptions import assumptions_section
from desktop_app.report.sections.changes import changes_section
from desktop_app.report.sections.concentration import concentration_section
from desktop_app.report.sections.dependencies import dependencies_section
from desktop_app.report.sections.exposure import exposure_section
from desktop_app.report.sections.facts import facts_section
from desktop_app.report.sections.glance import glance_section
from desktop_app.report.sections.graph import graph_section
from desktop_app.report.sections.layers import layers_section
from desktop_app.report.sections.limits import limits_section
from desktop_app.report.sections.method import method_section
from desktop_app.report.sections.not_known import not_known_section
from desktop_app.report.sections.notes import notes_section
from desktop_app.report.sections.positions import accounts_section, positions_section
from desktop_app.report.sections.rewards import rewards_section
from desktop_app.report.sections.scenarios import scenarios_section
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sections.summary import summary_section
from desktop_app.report.sections.way_out import way_out_section
from desktop_app.report.sections.year import year_section

Maker = Callable[[Subject], Section | None]


@dataclass(frozen=True, slots=True)
class Named:
    """A section that can be chosen; ``usual``: it is, unless the reader chooses otherwise.

    ``make`` returns None where the portfolio gives it nothing to say.
    """

    key: str
    title: str
    make: Maker
    usual: bool = True


SECTIONS = (
    Named("summary", "Summary", summary_section),
    Named("glance", "At a glance", glance_section, usual=False),
    Named("positions", "Positions", positions_section),
    Named("accounts", "Positions by account", accounts_section, usual=False),
    Named("layers", "Value and reward by layer", layers_section),
    Named("dependencies", "Largest dependencies", dependencies_section),
    Named("exposure", "Everything it stands on", exposure_section, usual=False),
    Named("withdrawals", "Getting out", way_out_section),
    Named("stress", "If this happened", scenarios_section),
    Named("year", "A year, as assumed", year_section),
    Named("limits", "Limits", limits_section),
    Named("rewards", "Is the extra worth it", rewards_section),
    Named("concentration", "Concentration", concentration_section),
    Named("changes", "Change since an earlier file", changes_section),
    Named("missing", "Not known, old, unverified", not_known_section),
    Named("graph", "Dependency graph", graph_section),
    Named("facts", "Every fact with its source", facts_section),
    Named("assumptions", "Assumptions", assumptions_section),
    Named("method", "Method", method_section),
    Named("notes", "Notes on positions", notes_section, usual=False),
)
BY_KEY = {named.key: named for named in SECTIONS}
USUAL = tuple(named.key for named in SECTIONS if named.usual)


def chosen(choices: Choices) -> tuple[str, ...]:
    """Return the keys of the chosen sections in the order chosen; keys that nobody knows are left out."""
    keys = USUAL if choices.sections is None else choices.sections
    return tuple(key for key in dict.fromkeys(keys) if key in BY_KEY)


def makers(subject: Subject, choices: Choices) -> tuple[Maker, ...]:
    """Return what makes the chosen sections; of an empty portfolio only what its first sentence says."""
    keys = chosen(choices) if subject.overview.positions else ("summary",)
    return tuple(BY_KEY[key].make for key in keys)
