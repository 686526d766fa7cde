"""The columns of the assumptions: node, once in so many years, what it takes; the latter two are typed."""

from desktop_app.domain.positions import Basis
from desktop_app.figures.colours import dimension_role
from desktop_app.figures.labels import Labels
from desktop_app.report.assumed import TAKES, YEARS, AssumptionRow, years_words
from desktop_app.report.words import dimension_word
from desktop_app.ui.tables.kinds import Kind, plain_number
from desktop_app.ui.tables.table_model import Column

_ONCE = Kind(
    years_words,
    lambda chance, labels: f"{labels.share(chance, decimals=3)} a year" if chance else "never",
    lambda chance, labels: plain_number(round(1 / chance, 6), labels) if chance else "never",
    unknown="?",
)
_TAKES = Kind(
    lambda loss, labels: labels.share(loss),
    lambda loss, labels: labels.share(loss, decimals=3),
    lambda loss, labels: plain_number(round(loss * 100, 6), labels),
    unknown="?",
)
_WHOSE = {Basis.YOURS: "yours", Basis.ILLUSTRATIVE: "illustrative", Basis.COPIED: "copied"}


def _why(row: AssumptionRow, labels: Labels) -> str:
    share = "" if row.share is None else f", {labels.share(row.share)} of the portfolio stands on it"
    whose = _WHOSE[row.basis] if row.is_complete else "no rate: it stays out of the year"
    return f"{dimension_word(row.dimension)}{share}\n{whose}"


def _swatch(row: AssumptionRow) -> str:
    return dimension_role(row.dimension)


ASSUMPTIONS = (
    Column(
        "Node",
        lambda r: r.name,
        why=_why,
        stretch=True,
        swatch=_swatch,
        least=90,
    ),
    Column("years", lambda r: r.chance, _ONCE, why=_why, edit=YEARS),
    Column("takes", lambda r: r.loss, _TAKES, why=_why, edit=TAKES, applies=lambda r: r.chance != 0),
)
