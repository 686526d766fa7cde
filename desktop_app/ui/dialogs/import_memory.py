"""What was settled about files of one kind, so that the next one opens with it: by header and separator."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app import paths
from desktop_app.csv_import.cells import normal_name
from desktop_app.csv_import.plan import Options, Plan
from desktop_app.report.files import write_whole

MOST = 200
"""So many kinds of files are remembered; the oldest is forgotten first."""

_OF_THE_KIND = (
    *("asset_unknown", "layer_unknown", "protocol", "staked_share", "zero_price_buy", "rate_unit", "columns"),
    *("decimal_sign", "date_order", "encoding", "separator", "header_line", "account", "own_address"),
    "delivery_reward",
)
"""Questions whose answers hold for the next file of the kind; the others are about one file only."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the user settled: the format ("" found out), columns by number, answers by code, the account."""

    format: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    account: str = ""

    def options(self) -> Options:
        """Return the options that read a file in this way."""
        return Options(self.format or None, self.columns, self.answers, self.account)


def key_of(plan: Plan) -> str:
    """Return what files of one kind share: the ordered names of the header and the separator."""
    return json.dumps([plan.detect.delimiter, *map(normal_name, plan.names)], ensure_ascii=False)


def recall(plan: Plan) -> Remembered | None:
    """Return what was settled about files of this kind, None if nothing was."""
    found = _load().get(key_of(plan))
    if not isinstance(found, dict):
        return None
    columns, answers = (_texts(found.get(name)) for name in ("columns", "answers"))
    return Remembered(_text(found.get("format")), columns, answers, _text(found.get("account")))


def remember(plan: Plan, options: Options) -> None:
    """Keep what the user settled about this kind of file, or forget it where nothing is left of it."""
    answers = {c: a for c, a in options.answers.items() if c.partition(":")[0] in _OF_THE_KIND}
    said = {
        "format": options.format or "",
        "columns": dict(options.column_map),
        "answers": answers,
        "account": options.account,
    }
    known = _load()
    before = known.pop(key_of(plan), None)
    if any(said.values()):
        known[key_of(plan)] = said
    elif before is None:
        return
    newest = dict(list(known.items())[-MOST:])
    paths.data_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(_path(), json.dumps(newest, ensure_ascii=False, indent=1).encode())


def _load() -> dict[str, Any]:
    """Return all that is remembered; a file that is not there or not ours is nothing."""
    try:
        data = json.loads(_path().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _path() -> Path:
    return paths.data_folder() / "imported-kinds.json"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> dict[str, str]:
    pairs = value.items() if isinstance(value, dict) else ()
    return {k: v for k, v in pairs if isinstance(k, str) and isinstance(v, str)}
