"""The rows of a file that could not come in, as a file to be corrected and imported again."""

import csv
import io

from desktop_app.csv_import import cells, numbers
from desktop_app.csv_import.format import REASON
from desktop_app.csv_import.planned import Plan
from desktop_app.domain.spreadsheet import protected


def rejected_csv(plan: Plan) -> str:
    """Return the rejected rows under the file's own header, each with its line and reason at the end.

    Written as the file was: same separator, same cells. What a spreadsheet would compute is protected.
    """
    width = max([len(plan.names), *map(len, plan.left.values())])
    out = io.StringIO()
    writer = csv.writer(out, delimiter=plan.detect.delimiter or ",", lineterminator="\r\n")
    writer.writerow([*_filled(plan.names, width), REASON])
    for row in plan.rejected:
        texts = map(_cell, _filled(plan.left[row.number], width))
        writer.writerow([*texts, protected(f"line {row.line}: {row.reason}")])
    return out.getvalue()


def _filled(texts: object, width: int) -> list[str]:
    known = [str(text) for text in texts] if isinstance(texts, list | tuple) else []
    return known + [""] * (width - len(known))


def _cell(text: str) -> str:
    """Return a cell that a spreadsheet does not compute; a number stays one."""
    bare = cells.clean(text).removeprefix("'")
    is_number = numbers.parse(bare, ".") is not None or numbers.parse(bare, ",") is not None
    return text if is_number else protected(text)
