"""One model for every table: rows are frozen values with an id; columns read and write them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.domain import money
from desktop_app.figures.labels import Labels
from desktop_app.figures.texts import one_line
from desktop_app.ui import theme
from desktop_app.ui.tables.kinds import TEXT, Kind, Write

Index = QModelIndex | QPersistentModelIndex
Align = Qt.AlignmentFlag

SECOND_LINE = Qt.ItemDataRole.UserRole + 1
NOTE = Qt.ItemDataRole.UserRole + 2
SWATCH = Qt.ItemDataRole.UserRole + 3
CURRENCY = "{currency}"
WIDEST = 420
_TOP = QModelIndex()


class Row(Protocol):
    """A row of any table: a frozen dataclass whose ``id`` names the thing it stands for."""

    @property
    def id(self) -> str: ...


def _nothing(*_: Any) -> str:
    return ""


def _always(_: Any) -> bool:
    return True


def _never(_: Any) -> bool:
    return False


def _no_box(_: Any) -> bool | None:
    return None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``value`` reads the exact value of a row (None: unknown), ``kind`` writes it.

    ``{currency}`` in the heading becomes the portfolio's. ``second`` is the second line of two-line rows,
    ``note`` what follows it in ochre; ``role`` the colour of the first line; ``why`` a line for the tooltip;
    ``stretch``: takes the room that the others leave; ``total``: its known values are added up;
    ``hidden``: shown only if the user asks for it. Where it does not ``apply`` a cell is blank, which is not
    unknown. ``strong`` cells are bold; ``ticked`` gives a cell a box, None: no box.
    ``typed`` is what a file says where no value could be read. At first a column is at most ``widest`` pixels
    wide; one that stretches gives way to the others down to ``least``, 0: to what its cells need.
    ``edit`` names what is typed into the cell, "": nothing is. ``swatch``: the colour role of a square before
    the text, "": none.
    """

    heading: str
    value: Callable[[Any], Any]
    kind: Kind = TEXT
    second: Callable[[Any, Labels], str] = _nothing
    note: Callable[[Any, Labels], str] = _nothing
    role: Callable[[Any], str] = lambda _: ""
    why: Callable[[Any, Labels], str] = _nothing
    stretch: bool = False
    total: bool = False
    hidden: bool = False
    applies: Callable[[Any], bool] = _always
    strong: Callable[[Any], bool] = _never
    ticked: Callable[[Any], bool | None] = _no_box
    typed: Callable[[Any], str] = _nothing
    widest: int = WIDEST
    least: int = 0
    edit: str = ""
    swatch: Callable[[Any], str] = lambda _: ""

    def shown(self, row: Any, labels: Labels) -> str:
        """Return the cell as people read it."""
        return self._written(row, labels, self.kind.show)

    def copied(self, row: Any, labels: Labels) -> str:
        """Return the cell as it goes into a spreadsheet."""
        return self._written(row, labels, self.kind.copy)

    def written(self, row: Any, labels: Labels) -> str:
        """Return the cell as it can be typed again; "" where nothing is known."""
        return "" if self.value(row) is None else self.copied(row, labels)

    def tooltip(self, row: Any, labels: Labels) -> str:
        """Return name, exact value and one line why."""
        lines = (
            self._written(row, labels, self.kind.exact),
            self.second(row, labels),
            self.note(row, labels),
            self.why(row, labels),
        )
        return "\n".join(line for line in lines if line)

    def _written(self, row: Any, labels: Labels, write: Write) -> str:
        if not self.applies(row):
            return ""
        value = self.value(row)
        if value is None:
            return one_line(self.typed(row)) or self.kind.unknown
        return write(value, labels)

    def colour(self, row: Any) -> str:
        """Return the colour role of the first line: ``warn`` where the value is unknown."""
        return self.role(row) or ("warn" if self.value(row) is None else "ink")


class TableModel(QAbstractTableModel):
    """Shows rows; filters and sorts them in Python, exactly, unknown values last in either order.

    ``entered`` carries row id, ``Column.edit`` and what was typed. A row is never changed here.
    """

    entered = Signal(str, str, str)

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.labels = Labels()
        self.rows: list[Any] = []
        self.sorted_by = -1
        self.order = Qt.SortOrder.AscendingOrder
        self._all: tuple[Any, ...] = ()
        self._words: tuple[str, ...] = ()
        self._found: dict[str, str] = {}
        self._totals: dict[int, str] = {}

    # -- content -------------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[Row], labels: Labels) -> None:
        """Show rows; filter and order stay."""
        self.beginResetModel()
        self._all, self.labels = tuple(rows), labels
        self._found = {}
        self.rows = self._arranged()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Show only the rows that hold every word of the text, in any letter case."""
        words = tuple(text.casefold().split())
        if words != self._words:
            self.beginResetModel()
            self._words = words
            self.rows = self._arranged()
            self.endResetModel()

    @property
    def hidden_rows(self) -> int:
        """How many rows the filter leaves out."""
        return len(self._all) - len(self.rows)

    def row_of(self, row_id: str) -> int:
        """Return where the row with an id stands, -1 if it is not shown."""
        return next((i for i, row in enumerate(self.rows) if row.id == row_id), -1)

    def _arranged(self) -> list[Any]:
        self._totals = {}
        rows = [row for row in self._all if self._matches(row)] if self._words else list(self._all)
        return self._ordered(rows)

    def _matches(self, row: Any) -> bool:
        found = self._found.get(row.id)
        if found is None:
            texts = [c.shown(row, self.labels) for c in self.columns if not c.kind.number]
            texts += [write(row, self.labels) for c in self.columns for write in (c.second, c.note)]
            found = self._found[row.id] = " ".join(texts).casefold()
        return all(word in found for word in self._words)

    def _ordered(self, rows: list[Any]) -> list[Any]:
        if not 0 <= self.sorted_by < len(self.columns):
            return rows
        read = self.columns[self.sorted_by].value
        known = [(value, row) for row in rows if (value := read(row)) is not None]
        known.sort(key=_sort_key, reverse=self.order is Qt.SortOrder.DescendingOrder)
        return [row for _, row in known] + [row for row in rows if read(row) is None]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.rows
        self.sorted_by, self.order = column, order
        self.rows = self._ordered(list(self.rows))
        places = {id(row): i for i, row in enumerate(self.rows)}
        old = self.persistentIndexList()
        new = [self.index(places[id(before[i.row()])], i.column()) for i in old]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    # -- sums and copies -----------------------------------------------------------------------------------

    def total(self, column: int) -> str:
        """Return the sum of a column over the rows shown; it is asked for at each painting."""
        if column not in self._totals:
            self._totals[column] = self.total_of(column, self.rows)
        return self._totals[column]

    def total_of(self, column: int, rows: Iterable[Any]) -> str:
        """Return the sum of a column's known values, with "+ ?" where some are unknown."""
        definition = self.columns[column]
        values = [definition.value(row) for row in rows if definition.applies(row)]
        known = [value for value in values if value is not None]
        if not known:
            return definition.kind.unknown if values else ""
        exact = all(isinstance(value, Decimal) for value in known)
        text = definition.kind.show(money.total(known) if exact else sum(known), self.labels)
        complete = len(known) == len(values) or definition.kind.whole
        return text if complete else f"{text} + ?"

    def table_text(self, rows: Iterable[Any], columns: Sequence[Column] | None = None) -> str:
        """Return rows as tab-separated text with exact values, under their headings."""
        chosen = self.columns if columns is None else columns
        lines = [[self.heading(column) for column in chosen]]
        lines += [[column.copied(row, self.labels) for column in chosen] for row in rows]
        return "\n".join("\t".join(line) for line in lines) + "\n"

    def heading(self, column: Column) -> str:
        """Return the heading of a column with the portfolio's currency in it."""
        return column.heading.replace(CURRENCY, self.labels.currency)

    # -- Qt ------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        read = _READ.get(role)
        if read is None or not index.isValid():
            return None
        return read(self.columns[index.column()], self.rows[index.row()], self.labels)

    def flags(self, index: Index) -> Qt.ItemFlag:
        known = super().flags(index)
        editable = index.isValid() and bool(self.columns[index.column()].edit)
        return known | Qt.ItemFlag.ItemIsEditable if editable else known

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role == Qt.ItemDataRole.EditRole and value != self.data(index, role):
            self.entered.emit(row.id, column.edit, str(value))
        return False

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(column) + (self._arrow() if section == self.sorted_by else "")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        return None

    def _arrow(self) -> str:
        return " ▾" if self.order is Qt.SortOrder.DescendingOrder else " ▴"


def _side(column: Column) -> int:
    side = Align.AlignRight if column.kind.number else Align.AlignLeft
    return int((side | Align.AlignVCenter).value)


def _check(ticked: bool | None) -> Qt.CheckState | None:
    if ticked is None:
        return None
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked


def _sort_key(pair: tuple[Any, Any]) -> Any:
    return pair[0].casefold() if isinstance(pair[0], str) else pair[0]


_READ: dict[int, Callable[[Column, Any, Labels], Any]] = {
    Qt.ItemDataRole.DisplayRole: Column.shown,
    Qt.ItemDataRole.ToolTipRole: Column.tooltip,
    Qt.ItemDataRole.TextAlignmentRole: lambda column, *_: _side(column),
    Qt.ItemDataRole.ForegroundRole: lambda column, row, _: theme.colour(column.colour(row)),
    Qt.ItemDataRole.AccessibleDescriptionRole: lambda column, row, labels: column.second(row, labels),
    Qt.ItemDataRole.FontRole: lambda column, row, _: theme.font(bold=column.strong(row)),
    Qt.ItemDataRole.CheckStateRole: lambda column, row, _: _check(column.ticked(row)),
    Qt.ItemDataRole.EditRole: lambda column, row, labels: column.written(row, labels),
    SWATCH: lambda column, row, _: column.swatch(row),
    SECOND_LINE: lambda column, row, labels: one_line(column.second(row, labels)),
    NOTE: lambda column, row, labels: one_line(column.note(row, labels)),
}
