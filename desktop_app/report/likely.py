"""The percentiles of the way out in words: a second reading, with what it assumes."""

from desktop_app.analysis.percentiles import DRAWS, LEVELS, Percentiles
from desktop_app.analysis.withdrawals import SHARES
from desktop_app.figures.labels import Labels
from desktop_app.report.explain import Explanation, title_of
from desktop_app.report.sentences import Sentence, bold, sentence

LIKELY = "likely"
"""The key under which the numbers of :func:`likely_sentence` are explained."""

ASSUMED = (
    "Each step takes a length drawn from its earliest, typical and latest days (PERT: a beta distribution "
    "with weight 4 on the typical). Equal steps take equal lengths, different ones are drawn independently. "
    "That is an assumption: the curves from earliest to latest make none."
)
TOLD = (0.5, 0.25)
"""The shares that the sentence is about, the first that is known."""


def likely_sentence(found: Percentiles, labels: Labels) -> Sentence:
    """Return "Drawn at random, half is out in 8 to 18 days in 8 of 10 cases."; () where nothing is known."""
    share = _told(found)
    if share is None:
        return ()
    what = "half" if share == TOLD[0] else labels.share(share)
    span = bold(_span(found, share, labels), LIKELY)
    return sentence(f"Drawn at random, {what} is out in ", span, " in 8 of 10 cases.")


def _told(found: Percentiles) -> float | None:
    return next((share for share in TOLD if found.days[share][-1] is not None), None)


def _span(found: Percentiles, share: float, labels: Labels) -> str:
    low, high = labels.days(found.days[share][0]), labels.days(found.days[share][-1])
    return f"{high} days" if low == high else f"{low} to {high} days"


def likely_explanation(found: Percentiles, labels: Labels) -> Explanation | None:
    """Return the days to each share at each level, and what they rest on."""
    told = _told(found)
    if told is None:
        return None
    lines = []
    for share in SHARES:
        days = found.days[share]
        if any(day is not None for day in days):
            levels = zip(LEVELS, days, strict=True)
            said = ", ".join(f"{labels.days(day)} ({level} % of the draws)" for level, day in levels)
            lines.append(f"{labels.share(share)} out in days: {said}")
    missing = ""
    if found.undrawn > 0:
        amount = labels.money(found.undrawn, with_currency=True)
        missing = f"{amount} has a step without a known earliest or latest time and never arrives here."
    return Explanation(
        title_of(_span(found, told, labels)),
        f"{labels.number(DRAWS)} draws, the same each time",
        tuple(line for line in (*lines, missing) if line),
        ASSUMED,
    )
