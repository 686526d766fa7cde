"""The percentiles in words: half of it, in 8 of 10 cases, and what that assumes."""

from desktop_app.analysis.percentiles import Percentiles
from desktop_app.analysis.withdrawals import SHARES
from desktop_app.figures.labels import Labels
from desktop_app.report.likely import ASSUMED, likely_explanation, likely_sentence
from desktop_app.report.sentences import plain

LABELS = Labels()


def found(*half: float | None, undrawn: float = 0.0) -> Percentiles:
    never = dict.fromkeys(SHARES, (None, None, None))
    return Percentiles({**never, 0.25: (1.0, 2.0, 3.0), 0.5: half}, undrawn)


def test_half_is_told_else_a_quarter() -> None:
    assert plain(likely_sentence(found(7.2, 11.0, 18.0), LABELS)) == (
        "Drawn at random, half is out in 8 to 18 days in 8 of 10 cases."
    )
    assert "half is out in 5 days" in plain(likely_sentence(found(5.0, 5.0, 5.0), LABELS))
    quarter = plain(likely_sentence(found(7.0, None, None), LABELS))
    assert "25\u202f% is out in 1 to 3 days" in quarter
    nothing = Percentiles(dict.fromkeys(SHARES, (None, None, None)), 0.0)
    assert likely_sentence(nothing, LABELS) == ()
    assert likely_explanation(nothing, LABELS) is None


def test_every_level_is_explained_with_what_is_assumed() -> None:
    said = likely_explanation(found(8.0, 11.0, None, undrawn=1593.0), LABELS)
    assert said is not None
    assert said.formula == "2,000 draws, the same each time"
    assert said.sources[1] == (
        "50\u202f% out in days: 8 (10 % of the draws), 11 (50 % of the draws), ? (90 % of the draws)"
    )
    assert said.sources[2].startswith("USD\u00a01,593 has a step without a known earliest or latest time")
    assert said.definition == ASSUMED
