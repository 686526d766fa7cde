"""What ``stakeout import`` tells a person of one file, from the record that programs get."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from desktop_app.report.terminal import printable

MOST_LINES = 20
"""So many rejected rows are named; the JSON has all."""


def import_text(record: Mapping[str, Any], portfolio: str) -> str:
    """Return the lines for one file; ``portfolio`` is the name of the file that is imported into."""
    return "".join(f"{printable(line)}\n" for line in _lines(record, portfolio))


def _lines(record: Mapping[str, Any], portfolio: str) -> Iterator[str]:
    yield record["message"]
    for title, amounts in (("Holdings", record["holdings"]), ("Rewards so far", record["rewards"])):
        if amounts:
            yield f"{title}: {', '.join(f'{amount} {asset}' for asset, amount in amounts.items())}."
    for row in record["rejected"][:MOST_LINES]:
        yield f"  Line {row['line']}: {row['reason']}"
    if len(record["rejected"]) > MOST_LINES:
        yield f"  and {len(record['rejected']) - MOST_LINES} more rejected rows; --json lists them all."
    for reason, rows in Counter(row["reason"] for row in record["skipped"]).items():
        yield f"  Skipped {'one row' if rows == 1 else f'{rows} rows'}: {reason}"
    for warning in record["warnings"]:
        yield f"  Note: {warning}"
    for question in record["questions"]:
        yield from _question(question)
    yield from _written(record, portfolio)


def _question(question: Mapping[str, Any]) -> Iterator[str]:
    lines = question["lines"]
    where = f" (line {', '.join(map(str, lines[:5]))}{' …' if len(lines) > 5 else ''})" if lines else ""
    yield f"  {'Question' if question['stops'] else 'Assumed'}{where}: {question['text']}"
    default = "" if question["default"] is None else f", assumed is {question['default']}"
    yield f"    --answer '{question['code']}={'|'.join(question['choices']) or '…'}'{default}"


def _written(record: Mapping[str, Any], portfolio: str) -> Iterator[str]:
    if record["outcome"] not in {"accept", "accept_partly"}:
        return
    if "written" not in record:
        yield "Nothing was written: this was a dry run."
    elif record["written"]:
        name = f" as {record['import_id']}" if record["import_id"] else ""
        yield f"Written to {portfolio}{name}."
    else:
        yield f"Nothing new for {portfolio}."
