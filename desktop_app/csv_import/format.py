"""What a format is: how it recognises its header and reads its rows. One module under ``formats`` each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.csv_import.cells import clean
from desktop_app.csv_import.entries import Book
from desktop_app.csv_import.questions import Inquiry
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Row
from desktop_app.csv_import.tokens import Tokens

REASON = "why not"
"""The column behind a file's own in which saved rejected rows say what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a format fits a header: which column holds which field, and how many names they have in common.

    ``refusal`` is the rest of a sentence ("is a ledger of …") if a recognised file cannot be taken in.
    """

    kind: str
    columns: Mapping[str, int]
    common: int
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What reading needs besides the file: the day, the portfolio's currency, answers, tokens, the account.

    ``account`` was named by the user; rows without their own come under it, or under the format's title.
    ``file_name`` may say whose the file is.
    """

    today: date
    currency: str
    inquiry: Inquiry
    tokens: Tokens
    account: str = ""
    file_name: str = ""
    progress: Callable[[int], None] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The data rows under a header. ``names`` are the header's cells as they were written.

    ``title`` is the account of rows that name none, where the user names none either. ``exchange`` is that
    of the format, ``suspicious`` and ``doubtful`` are those of the sheet.
    """

    names: tuple[str, ...]
    records: Sequence[Record]
    fit: Fit
    title: str
    exchange: bool
    suspicious: bool
    doubtful: Mapping[int, str]
    context: Context

    def joined(self, field: str, *others: str) -> "Table":
        """Return the table with the cells of other fields behind those of a field: a day and its clock."""
        at = [self.fit.columns[name] for name in (field, *others)]

        def whole(texts: list[str]) -> list[str]:
            text = " ".join(filter(None, (clean(texts[index]) for index in at)))
            return [*texts[: at[0]], text, *texts[at[0] + 1 :]]

        return self._with_cells(whole, max(at))

    def without(self, field: str) -> "Table":
        """Return the table with nothing in the cells of a field, so that nothing can keep them."""
        at = self.fit.columns[field]
        return self._with_cells(lambda texts: [*texts[:at], "", *texts[at + 1 :]], at)

    def _with_cells(self, change: Callable[[list[str]], list[str]], last: int) -> "Table":
        records = [r._replace(cells=change(r.cells)) if len(r.cells) > last else r for r in self.records]
        return replace(self, records=records)


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What one column was read as; ``field`` is "" for a column that is left aside.

    ``examples`` are the first values in it, as written.
    """

    index: int
    name: str
    field: str
    decimal: str | None = None
    date_format: str | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows of a table with their first verdicts, how its columns were read, and what to warn of.

    ``book`` is that of a ledger, whose rows are movements.
    """

    rows: Sequence[Row]
    columns: tuple[ColumnUse, ...]
    warnings: tuple[str, ...] = ()
    book: Book | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """One known kind of file: ``name`` is its module's, ``title`` what people call it.

    ``fits`` gets the normalised names of a possible header. ``known_program``: a program, not a person,
    wrote the symbols, so that an unknown one is no slip of the pen. ``exchange``: it keeps what the file
    holds, so that its account is a node of its own. ``account_in`` returns the account that a file's name
    tells, "" for none.
    """

    name: str
    title: str
    fits: Callable[[Sequence[str]], Fit | None]
    read: Callable[[Table], Reading]
    known_program: bool = True
    exchange: bool = False
    account_in: Callable[[str], str] | None = None
