"""Reading a file for the import dialog: its plan as rows that can be shown, or the whole portfolio in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop_app.csv_import import encoding, formats
from desktop_app.csv_import.ledger_rows import LedgerRows
from desktop_app.csv_import.plan import Options, Plan, read_plan
from desktop_app.csv_import.rows import Row, Verdict
from desktop_app.domain import checks, interchange, money
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.issues import Severity
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import StoppedError, UserError
from desktop_app.figures.labels import Labels
from desktop_app.figures.texts import one_line
from desktop_app.report.inputs import file_size, first_lines, read_bytes, utf8
from desktop_app.report.sentences import Sentence, bold, sentence, warn
from desktop_app.report.words import counted
from desktop_app.ui.dialogs.import_ledger import moves_words, new_words, position_row
from desktop_app.ui.dialogs.import_rows import NO_ROWS, PlanRow, PlanTable, plan_sentence, plan_table

LARGE = 4 * 2**20
"""Bytes of a file from which on its first rows are shown before the rest is read."""
BEGINNING = 2**18
MOST = 128 * 2**20
"""Bytes of a table that a window takes in at most: its positions take fifty times as much."""
TOO_LARGE = f"The file is larger than {MOST // 2**20} MB, the most that a window takes in: split it."
_HEAD = 4096
_OFTEN = 500  # rows between two words on how far it is


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a file: the plan of a table with its rows, or a whole portfolio.

    ``about``: how many rows the file has, roughly, where these are only its first; 0 where it was read whole.
    ``is_cut``: the file is too large for the rest to be read.
    """

    plan: Plan | None
    table: PlanTable = NO_ROWS
    summary: Sentence = ()
    portfolio: Portfolio | None = None
    about: int = 0
    is_cut: bool = False

    def parts(self) -> list[object]:
        """Return the many things that it holds."""
        rows: object = self.plan.rows if self.plan is not None else ()
        kept = rows.items if isinstance(rows, LedgerRows) else rows if isinstance(rows, tuple) else ()
        return [*self.table.rows, *kept]


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything beside the file that its reading depends on; ``progress`` hears the rows read so far."""

    portfolio: Portfolio
    catalogue: Catalogue
    today: date
    labels: Labels
    options: Options
    progress: Callable[[int], None] = lambda _: None


def read_file(data: bytes, name: str, asking: Asking) -> Reading:
    """Return what a file holds; raise UserError for a portfolio that cannot come in."""
    if _is_portfolio(data, name):
        return Reading(None, portfolio=_whole(data, name, asking.portfolio))
    plan, table = _planned(data, name, asking)
    stopping = sum(question.stops for question in plan.questions)
    return Reading(plan, table, plan_sentence(table, stopping, asking.labels))


def read_whole(path: Path) -> bytes:
    """Return the bytes of a file; raise UserError for a table that is too large for a window."""
    if file_size(path) > MOST:
        head = read_bytes(path, _HEAD)
        if problem := encoding.refusal(head):
            raise UserError(f"“{one_line(path.name)}” {problem}")
        if not _is_portfolio(head, path.name):
            raise UserError(TOO_LARGE)
    return read_bytes(path)


def read_beginning(path: Path, asking: Asking) -> Reading | None:
    """Return what the first rows of a large file tell; None where it is small, or they tell nothing yet."""
    size = file_size(path)
    if size <= LARGE:
        return None
    data = first_lines(path, BEGINNING)
    asking = replace(asking, options=replace(asking.options, is_beginning=True))
    if _is_portfolio(data, path.name) or len(data) > LARGE:
        return None
    try:
        plan, table = _planned(data, path.name, asking)
    except StoppedError:
        raise
    except UserError:
        return None  # the reading of the whole file says it
    about, is_cut = size * plan.counts.data_rows // len(data), size > MOST
    summary = beginning_sentence(plan, about, asking.labels, is_cut=is_cut)
    return Reading(plan, table, summary, about=about, is_cut=is_cut) if about else None


def _is_portfolio(data: bytes, name: str) -> bool:
    return name.lower().endswith(".json") or data[:_HEAD].lstrip()[:1] == b"{"


def _planned(data: bytes, name: str, asking: Asking) -> tuple[Plan, PlanTable]:
    portfolio, catalogue = asking.portfolio, asking.catalogue
    plan = read_plan(data, name, portfolio, catalogue, asking.today, asking.options, asking.progress)
    return plan, plan_table(tuple(_rows(plan, asking)))


def beginning_sentence(plan: Plan, about: int, labels: Labels, *, is_cut: bool) -> Sentence:
    """Return "Of its first 3,100 rows, of about 1,300,000, 3,098 would come in. The rest is being read."."""
    found = plan.counts
    return sentence(
        "Of its ",
        bold(f"first {labels.number(found.data_rows)} rows"),
        f", of about {labels.number(round(about, 2 - len(str(about))))}, ",
        bold(labels.number(found.accepted)),
        " would come in. ",
        warn(TOO_LARGE if is_cut else "The rest is being read."),
    )


def format_title(name: str) -> str:
    """Return what people call a format, its name if it is not known any more."""
    known = formats.known().get(name)
    return known.title if known else name


def _whole(data: bytes, name: str, before: Portfolio) -> Portfolio:
    """Return the portfolio of an interchange file; it can only come into an empty one."""
    portfolio = interchange.loads(utf8(data, Path(name)))
    if not before.is_empty:
        raise UserError(
            "A whole portfolio can only come into an empty one.", "Make a new file first: File, New."
        )
    wrong = [issue for issue in checks.check(portfolio) if issue.severity is Severity.ERROR]
    if wrong:
        more = f" ({len(wrong) - 1} more like this.)" if len(wrong) > 1 else ""
        raise UserError(f"{wrong[0].text}{more}")
    return portfolio


def _rows(plan: Plan, asking: Asking) -> Iterator[PlanRow]:
    portfolio, catalogue, labels = asking.portfolio, asking.catalogue, asking.labels
    texts = {question.code: question.text for question in plan.questions}
    if plan.booked and not asking.options.is_beginning:  # the first rows lead to no position yet
        for result in plan.booked.results:
            yield position_row(result, portfolio, catalogue, labels)
    for number, row in enumerate(plan.rows):
        if not number % _OFTEN:
            asking.progress(plan.counts.data_rows)
        yield _row(row, portfolio, catalogue, texts, labels, is_ledger=plan.booked is not None)


def _row(
    row: Row,
    portfolio: Portfolio,
    catalogue: Catalogue,
    texts: Mapping[str, str],
    labels: Labels,
    *,
    is_ledger: bool,
) -> PlanRow:
    waits = next((code for code in row.waits if code in texts), "")
    comes = row.verdict in {Verdict.ADD, Verdict.UPDATE, Verdict.ASK}
    comes = comes and (row.holding is not None or row.entry is not None)
    stored = row.code == "stored" and (is_ledger or row.position is not None)  # not with the whole file
    moves = row.entry is not None and row.verdict is Verdict.ADD  # its position is a row of its own
    return PlanRow(
        id=f"{row.number}.{row.part}" if row.part else str(row.number),
        line=row.line,
        verdict=Verdict.ACCEPT if moves else row.verdict.value,
        asset=row.symbol or row.asset,
        quantity=row.quantity,
        account=row.account,
        why=_prices(row, waits, portfolio, labels)
        or texts.get(waits, "")
        or row.reason
        or _deed(row, catalogue, labels),
        change=_change(row, portfolio),
        ticked=True if comes else False if stored or row.code == "left_out" else None,
        question=waits,
        typed=row.amount,
        wrong=row.wrong,
    )


def _prices(row: Row, waits: str, portfolio: Portfolio, labels: Labels) -> str:
    """Return "price 2,950.00 → 3,000.00, quantity as stored" for a row of which only that is asked."""
    stored, held = portfolio.positions.get(row.position or ""), row.holding
    if waits != "changed_price" or stored is None or held is None:
        return ""
    old, new = (labels.money(price, decimals=2) for price in (stored.unit_price, held.unit_price))
    return f"price {old} → {new}, quantity as stored"


def _deed(row: Row, catalogue: Catalogue, labels: Labels) -> str:
    """Return what a row would do: "quantity 13.20 → 13.45", "new: ether.fi, from the catalogue"."""
    if row.entry is not None:
        return moves_words(row.entry, labels)
    held = row.holding
    if held is None:
        return ""
    if row.verdict is Verdict.UPDATE:
        changes = [change.text for change in row.changes]
        if row.before != held.quantity:
            changes.insert(0, f"quantity {labels.quantity(row.before)} → {labels.quantity(held.quantity)}")
        return ", ".join(changes) or f"price {labels.money(held.unit_price, decimals=2)}"
    return new_words(held, catalogue)


def _change(row: Row, portfolio: Portfolio) -> Decimal | None:
    """Return what a row adds to the known value, None where no price is known."""
    held = row.holding
    if held is None or held.quantity is None:
        return None
    before = portfolio.positions.get(row.position or "")
    price = held.unit_price if held.unit_price is not None else before.unit_price if before else None
    if price is None:
        return held.total_value if before is None else None
    value = money.product(held.quantity, price)
    if before is None:
        return value
    old = portfolio.worth(before)
    return None if old is None else money.difference(value, old)


def recognised(plan: Plan) -> str:
    """Return "Wealthfolio, UTF-8, comma, point, 14 rows": how the file was read."""
    signs = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", ".": "point"}
    found = plan.detect
    encoding = (found.encoding or "").upper()
    separators = [signs.get(sign, sign) for sign in (found.delimiter, found.decimal) if sign]
    name = formats.known()[plan.format].title if plan.format else "columns guessed"
    return ", ".join(
        part for part in (name, encoding, *separators, counted(plan.counts.data_rows, "row")) if part
    )
