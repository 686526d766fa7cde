"""What has changed since an earlier file, as records for tables: every digit, nothing rounded."""

from collections.abc import Iterator
from typing import Any

from desktop_app.report.earlier import Earlier, change_since
from desktop_app.report.sections.changes import changed_positions
from desktop_app.report.sections.subject import Subject

CHANGES = "measure subject before before_node after after_node change"
POSITIONS = "position position_name quantity_before quantity_after value_before value_after"


def change_records(subject: Subject, before: Earlier) -> Iterator[dict[str, Any]]:
    """Yield the main measures then and now."""
    for row in change_since(before, subject.asked).rows:
        yield {
            "measure": row.measure,
            "subject": row.subject,
            "before": row.before.value,
            "before_node": row.before.node,
            "after": row.after.value,
            "after_node": row.after.node,
            "change": row.change,
        }


def position_records(subject: Subject, before: Earlier) -> Iterator[dict[str, Any]]:
    """Yield the positions that came, went or hold another amount."""
    for change in changed_positions(subject, before):
        found: dict[str, Any] = {"position": change.position}
        for when, held in (("before", change.before), ("after", change.after)):
            found[f"quantity_{when}"] = None if held is None else held.quantity
            found[f"value_{when}"] = None if held is None else held.worth
        yield found
