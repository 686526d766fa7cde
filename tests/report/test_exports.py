"""The forms of a report as files."""

import csv
import json
import stat
from pathlib import Path

import pytest

from desktop_app.domain import interchange
from desktop_app.errors import UserError
from desktop_app.report.exports import refuse_hidden, write_html, write_json, write_tables
from desktop_app.report.tables import data_tables
from tests.report.holdings import open_example
from tests.report.hostile import NAMES, named
from tests.report.sections.subjects import subject
from tests.report.sheets import a_report


def test_a_page_and_the_answers_are_for_their_owner_only(tmp_path: Path) -> None:
    write_html(a_report(), tmp_path / "a.html")
    write_json(subject(open_example()).asked, tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["schema"] == "stakeout-answers/1"
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_every_table_is_a_file_of_its_name(tmp_path: Path) -> None:
    asked = subject(open_example())
    count = write_tables(asked, tmp_path / "tables", tmp_path / "none")
    assert sorted(path.stem for path in (tmp_path / "tables").iterdir()) == sorted(
        table.name for table in data_tables(asked)
    )
    assert count == len(list((tmp_path / "tables").iterdir()))


def test_no_cell_of_a_hostile_portfolio_begins_like_a_formula(tmp_path: Path) -> None:
    for kind, name in NAMES.items():
        write_tables(subject(named(name)), tmp_path / kind, tmp_path / "none")
        for path in (tmp_path / kind).iterdir():
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            assert len({len(row) for row in rows}) == 1
            assert not any(cell.startswith(("=", "@", "+")) for row in rows for cell in row)


def test_a_portfolio_in_the_place_of_a_table_is_spared(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "nodes.csv").write_text(interchange.dumps(open_example()), "utf-8")
    with pytest.raises(UserError, match="is a portfolio"):
        write_tables(subject(open_example()), folder, tmp_path / "none")
    assert [path.name for path in folder.iterdir()] == ["nodes.csv"]


def test_what_holds_every_digit_is_refused_while_amounts_are_hidden() -> None:
    refuse_hidden(hidden=False)
    with pytest.raises(UserError, match="amounts are hidden"):
        refuse_hidden(hidden=True)
