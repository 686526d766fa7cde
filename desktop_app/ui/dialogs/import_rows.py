"""The rows of an import plan as its table shows them: verdict, what happens and why, the change in value."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.domain import money
from desktop_app.figures.labels import Labels
from desktop_app.report.sentences import Run, Sentence, bold, sentence, warn
from desktop_app.report.words import capital, counted
from desktop_app.ui.tables import kinds
from desktop_app.ui.tables.table_model import CURRENCY, Column

SIGNS = {
    "add": "+",
    "update": "→",
    "accept": "✓",
    "ask": "?",
    "reject": "×",
    "skip": "–",
    "duplicate": "=",
}
"""Verdict -> its sign, in the order of the filter boxes."""
_ROLES = {"add": "accent", "update": "accent", "ask": "warn", "reject": "alarm"}
LEAST_WHY = 200
"""The words on what happens give way down to this width, so that the money beside them stays in sight."""
_GREY = ("skip", "duplicate", "accept")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row of the file, or (``line`` None) a position that a ledger leads to.

    ``ticked``: will come in, or would if ticked; None: there is no choice.

    ``change`` is what the row adds to the known value; None: not known. ``question``: the code it waits for.
    ``typed`` is the quantity as written where the row does not come in, ``wrong`` the field at fault then.
    """

    id: str
    line: int | None
    verdict: str
    asset: str
    quantity: Decimal | None
    account: str
    why: str
    change: Decimal | None
    ticked: bool | None
    question: str = ""
    typed: str = ""
    wrong: str = ""

    @property
    def changes(self) -> bool:
        """Tell whether the row changes the portfolio."""
        return self.verdict in {"add", "update"}


@dataclass(frozen=True, slots=True)
class PlanTable:
    """The rows of a plan with what the dialog must know of all of them, counted beside the window.

    ``counts``: verdict -> number of rows, in the order of the filter boxes, without those of which there is
    no row. ``waiting``: code of a question -> id of the first row that waits for it. ``ticked``: how many
    rows will come in.
    """

    rows: tuple[PlanRow, ...]
    counts: Mapping[str, int]
    waiting: Mapping[str, str]
    ticked: int

    @property
    def changes(self) -> int:
        """How many rows change the portfolio."""
        return self.counts.get("add", 0) + self.counts.get("update", 0)

    def stored(self) -> frozenset[int]:
        """Return the lines of the rows that are stored already."""
        there = (row.line for row in self.rows if row.verdict == "duplicate")
        return frozenset(line for line in there if line is not None)


NO_ROWS = PlanTable((), {}, {}, 0)


def plan_table(rows: tuple[PlanRow, ...]) -> PlanTable:
    """Return rows with what is counted in them."""
    found = Counter(row.verdict for row in rows)
    waiting: dict[str, str] = {}
    for row in rows:
        if row.question:
            waiting.setdefault(row.question, row.id)
    counts = {verdict: found[verdict] for verdict in SIGNS if found[verdict]}
    return PlanTable(rows, counts, waiting, sum(bool(row.ticked) for row in rows))


def known_change(rows: Iterable[PlanRow]) -> tuple[Decimal | None, int]:
    """Return the sum of the known changes in value, None if there is none, and how many are not known."""
    changes = [row.change for row in rows if row.changes]
    known = [change for change in changes if change is not None]
    return (money.total(known) if known else None), len(changes) - len(known)


def _signed(value: Decimal, labels: Labels) -> str:
    return labels.money(value) if value < 0 else f"+{labels.money(value)}"


CHANGE = kinds.Kind(_signed, kinds.MONEY.exact, kinds.MONEY.copy)


def _verdict(row: PlanRow) -> str:
    return f"{SIGNS[row.verdict]}  {row.verdict}"


def _verdict_role(row: PlanRow) -> str:
    return _ROLES.get(row.verdict, "text3")


def _grey(row: PlanRow) -> str:
    return "text3" if row.verdict in _GREY else "ink"


def _asset_role(row: PlanRow) -> str:
    return "alarm" if row.wrong == "asset" else _grey(row)


def _quantity_role(row: PlanRow) -> str:
    if row.wrong == "quantity":
        return "alarm"
    return "warn" if row.verdict == "ask" else _grey(row)


IMPORT_COLUMNS = (
    Column(
        "Line",
        lambda r: r.line,
        kinds.COUNT,
        role=lambda _: "text3",
        applies=lambda r: r.line is not None,
        ticked=lambda r: r.ticked,
    ),
    Column("Verdict", _verdict, role=_verdict_role, strong=lambda r: r.verdict in _ROLES),
    Column("Asset", lambda r: r.asset, role=_asset_role),
    Column(
        "Quantity",
        lambda r: r.quantity,
        kinds.QUANTITY,
        role=_quantity_role,
        applies=lambda r: r.quantity is not None or bool(r.typed),
        typed=lambda r: r.typed,
    ),
    Column("Account", lambda r: r.account, role=_grey),
    Column("What happens, and why", lambda r: r.why, role=_grey, stretch=True, least=LEAST_WHY),
    Column(CURRENCY, lambda r: r.change, CHANGE, applies=lambda r: r.changes),
)


def plan_sentence(table: PlanTable, stopping: int, labels: Labels) -> Sentence:
    """Return "4 of 14 rows would change the portfolio: 2 new positions and 2 quantities, USD 15,520. …"."""
    rows = table.rows
    added, updated = table.counts.get("add", 0), table.counts.get("update", 0)
    lines = [row for row in rows if row.line is not None]
    moving = sum(bool(row.ticked) for row in lines) if len(lines) < len(rows) else added + updated
    parts: list[str | Run] = [
        bold(f"{labels.number(moving)} of {labels.number(len(lines))} rows"),
        " would change the portfolio",
    ]
    news = [counted(added, "new position")] if added else []
    news += [counted(updated, "changed position")] if updated else []
    value, unknown = known_change(rows)
    parts.append(f": {' and '.join(news)}" if news else "")
    if value is not None:
        parts += [", ", bold(labels.money(value, with_currency=True))]
    if unknown:
        parts += [", ", warn(f"{counted(unknown, 'value')} not known")]
    parts.append(".")
    if stopping:
        parts += [
            " ",
            warn(capital(f"{counted(stopping, 'question')} {'is' if stopping == 1 else 'are'} open")),
        ]
        parts.append(".")
    return sentence(*parts)
