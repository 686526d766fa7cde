"""The exposure summary: the chosen sections of a portfolio under a title, with a foot for every page."""

from collections.abc import Iterator
from dataclasses import replace

from babel.core import UnknownLocaleError
from babel.numbers import get_currency_name

from desktop_app import __version__
from desktop_app.domain.catalogue import Catalogue
from desktop_app.figures.labels import Labels
from desktop_app.report.answers import Asked
from desktop_app.report.blocks import Report
from desktop_app.report.choices import MOST_ROWS, TITLE, Choices, Sheet
from desktop_app.report.progress import Progress, unheard
from desktop_app.report.sections.registry import makers
from desktop_app.report.sections.subject import Subject
from desktop_app.report.sections.whole_names import with_whole_names

LONGEST_NAME = 22
"""A file name that is longer is cut in the middle at the foot of the page."""

EVERY_ROW = 1_000_000_000


def summary(
    asked: Asked,
    file_name: str,
    labels: Labels,
    catalogue: Catalogue,
    choices: Choices | None = None,
    sheet: Sheet | None = None,
    progress: Progress = unheard,
) -> Report:
    """Return the exposure summary of all answers; ``file_name`` without its folder says whose they are.

    ``sheet``: the paper, where it is another than the one chosen. ``progress`` hears of each section.
    """
    *_, whole = growing(asked, file_name, labels, catalogue, choices, sheet, progress)
    return whole


def growing(
    asked: Asked,
    file_name: str,
    labels: Labels,
    catalogue: Catalogue,
    choices: Choices | None = None,
    sheet: Sheet | None = None,
    progress: Progress = unheard,
) -> Iterator[Report]:
    """Yield the summary without sections, with the first, with the first two; the last one is whole."""
    wanted = choices or Choices()
    subject = subject_of(asked, labels, catalogue, wanted, sheet)
    owner = file_name.rpartition(".")[0] or file_name
    day = labels.day(asked.as_of, long=True)
    report = Report(
        title=wanted.title.strip() or TITLE,
        subtitle=f"{owner + ', as' if owner else 'As'} of {day}, in {currency_name(labels)}",
        sections=(),
        foot=_foot(file_name, labels.day(asked.as_of)),
        sheet=subject.sheet,
    )
    yield report
    make = makers(subject, wanted)
    for number, made in enumerate(make, 1):
        progress(f"section {number} of {len(make)}")
        section = made(subject)
        if section is not None:
            report = replace(report, sections=(*report.sections, with_whole_names(section)))
            yield report


def subject_of(
    asked: Asked, labels: Labels, catalogue: Catalogue, choices: Choices, sheet: Sheet | None = None
) -> Subject:
    """Return what sections and tables are made from; an answer is worked out when it is first needed."""
    shown = replace(labels, hide_amounts=labels.hide_amounts or choices.hide_amounts)
    most_rows = EVERY_ROW if choices.whole else MOST_ROWS
    return Subject(asked, catalogue, shown, sheet or choices.sheet, most_rows, choices.earlier)


def currency_name(labels: Labels) -> str:
    """Return "US dollars"; English where the locale is none ("C"), the code where there is no name for it."""
    for locale in (labels.locale, "en"):
        try:
            return get_currency_name(labels.currency, count=2, locale=locale)
        except (ValueError, UnknownLocaleError):
            continue
    return labels.currency


def _foot(file_name: str, day: str) -> str:
    shown = file_name if len(file_name) <= LONGEST_NAME else f"{file_name[:11]}…{file_name[-10:]}"
    source = f"{shown}, as" if shown else "As"
    return (
        f"{source} of {day}. Stakeout {__version__}. "
        "Rates, failure rates and losses are the owner’s assumptions. No advice."
    )
