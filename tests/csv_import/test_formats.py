"""The recogniser: every format's header is its own, and no file is taken for one of another format."""

from pathlib import Path

import pytest

from desktop_app.csv_import import formats
from desktop_app.csv_import.cells import normal_name
from tests.csv_import.headers import HEADERS
from tests.csv_import.reading import plan

EXAMPLES = [(name, header) for name, headers in HEADERS.items() for header in headers]


def test_every_file_of_the_folder_is_a_format_under_its_own_name() -> None:
    folder = Path(formats.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert set(formats.known()) == files
    assert {"generic", "wealthfolio"} <= files


def test_every_format_has_an_example() -> None:
    assert set(HEADERS) == set(formats.known())


@pytest.mark.parametrize(("name", "header"), EXAMPLES)
def test_a_file_is_recognised_as_its_own_format_and_no_other(name: str, header: str) -> None:
    separator = max(",;\t", key=header.count)
    names = [normal_name(cell.strip('"')) for cell in header.split(separator)]
    fitting = [other for other, f in formats.known().items() if f.fits(names)]
    assert fitting == [name]


@pytest.mark.parametrize(("name", "header"), EXAMPLES)
def test_a_further_column_at_the_end_does_no_harm(name: str, header: str) -> None:
    separator = max(",;\t", key=header.count)
    row = separator.join("x" for _ in header.split(separator))
    text = f"{header}{separator}Something new\n{row}{separator}x\n"
    assert plan(text).format in (name, None)
