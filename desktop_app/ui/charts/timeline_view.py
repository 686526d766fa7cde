"""The timeline as a list that scrolls."""

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.figures.labels import Labels
from desktop_app.figures.sizes import Sizes
from desktop_app.figures.timeline import TimelineColumns, timeline
from desktop_app.figures.timeline_rows import TimelineRow
from desktop_app.ui.charts.painting import measure
from desktop_app.ui.charts.rows_view import RowsView


class TimelineView(RowsView):
    """``activated`` carries the id of a row (POSITION#TRANCHE)."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: TimelineColumns | None = None

    def show_timeline(
        self,
        rows: Sequence[TimelineRow],
        columns: TimelineColumns,
        labels: Labels,
        sizes: Sizes,
        headline: str,
    ) -> None:
        """Show rows; ``columns`` for any width, wide enough for every row."""
        self._columns = columns
        self.show_rows(
            [row.id for row in rows],
            sizes.row,
            lambda first, last, width: timeline(
                rows[first:last], _fitted(columns, width), labels, sizes, measure, headline
            ),
        )

    @property
    def columns(self) -> TimelineColumns | None:
        """The columns as they are drawn, beside the scroll bar; None without rows."""
        return self._columns and _fitted(self._columns, self.room)


def _fitted(columns: TimelineColumns, width: float) -> TimelineColumns:
    """Return columns that were made for one width, for another."""
    more = width - columns.range
    axis = replace(columns.axis, right=max(columns.axis.left + 60, columns.axis.right + more))
    return replace(columns, axis=axis, typical=columns.typical + more, range=width)
