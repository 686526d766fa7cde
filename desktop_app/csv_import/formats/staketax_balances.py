"""StakeTax: its history of a wallet's balances, a column for each token and a row for each date."""

from collections.abc import Sequence
from datetime import date, datetime

from desktop_app.csv_import import cells, dates, ledger
from desktop_app.csv_import.columns import DateColumn
from desktop_app.csv_import.format import REASON, Fit, Format, Reading, Table
from desktop_app.csv_import.judging import Judge, column_uses
from desktop_app.csv_import.reader import Record
from desktop_app.csv_import.rows import Row, Unfit, Verdict
from desktop_app.csv_import.snapshots import Wide
from desktop_app.csv_import.synonyms import SYNONYMS

# Layout: hodgerpodger/staketaxcsv (2025-12-17), common/BalExporter.py; of which chains: settings_csv.py; that
# what is delegated and unbonding is counted in: common/ibc/historical_balances.py.
_COINS = frozenset(
    (
        *(
            "akt",
            "algo",
            "arch",
            "atom",
            "bld",
            "btsg",
            "dvpn",
            "dydx",
            "dym",
            "evmos",
            "fet",
            "grav",
            "huahua",
        ),
        *(
            "inj",
            "juno",
            "kava",
            "kuji",
            "kyve",
            "luna",
            "luna1",
            "luna2",
            "lunc",
            "mntl",
            "nls",
            "ntrn",
            "osmo",
        ),
        *("regen", "rowan", "saga", "scrt", "sei", "sol", "som", "stars", "strd", "tia"),
    )
)
_FIELDS = frozenset(name for names in SYNONYMS.values() for name in names)
_LONGEST = len("ibc/") + 64
_REASON = cells.normal_name(REASON)


def fits(names: Sequence[str]) -> Fit | None:
    """Fit a time followed by nothing but tokens, of which one is the coin of a chain that StakeTax reads."""
    tokens = names[1:]
    if tuple(names[:1]) != ("timestamp",) or _COINS.isdisjoint(tokens) or not _FIELDS.isdisjoint(tokens):
        return None
    named = enumerate(names[1:], 1)
    wide = {f"units {number}": number for number, name in named if name not in ("", _REASON)}
    return Fit("snapshot", {"date": 0, **wide}, len(wide) + 1)


def read(table: Table) -> Reading:
    """Return the balances of the newest row; those of earlier ones are skipped."""
    judge = Judge(table)
    reader = _HistoryReader(table, judge)
    reader.warn(ledger.UNKNOWN_STAKE)
    rows = judge.parts(reader.parts)
    return Reading(rows, column_uses(table, {"date": (None, "YYYY-MM-DD HH:MM:SS")}), tuple(reader.warnings))


class _HistoryReader(Wide):
    """Reads the newest row, whose balances count in what is delegated or unbonding."""

    def __init__(self, table: Table, judge: Judge) -> None:
        wide = (at for field, at in table.fit.columns.items() if field != "date")
        self._tokens = {at: _token(cells.clean(table.names[at])) for at in wide}
        super().__init__(table, judge, DateColumn(table.context.today), self._tokens)
        moments = (self._moment(cell) for _, cell in judge.values("date"))
        self._newest = max((moment for moment in moments if moment), default=None)

    def parts(self, record: Record, number: int) -> list[Row]:
        """Return the holdings of a row. Raises Unfit where it cannot come in or is not the newest."""
        self.day(record.cells)
        if self._moment(record.cells[0]) != self._newest:
            raise Unfit("earlier_snapshot", self.name("date"), record.cells[0], Verdict.SKIP)
        return self.together(self._row(record, number, at) for at in self.filled(record.cells))

    def _row(self, record: Record, number: int, at: int) -> Row:
        identity, held = self.held(record, at)
        return self.row_of(record, number, self._tokens[at], identity, held)

    def _moment(self, cell: str) -> datetime | None:
        found = dates.moment(cells.clean(cell))
        return found if found and dates.is_sane(found.date(), self._today) else None

    @property
    def _today(self) -> date:
        return self.table.context.today


def _token(name: str) -> str:
    """Return the symbol; of a foreign token without one the hash, just as long as a symbol may be."""
    return name[len("ibc/") :] if len(name) == _LONGEST and name.startswith("ibc/") else name


FORMAT = Format("staketax_balances", "StakeTax balances", fits, read)
