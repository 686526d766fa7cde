from pathlib import Path

from desktop_app.csv_import import formats


def test_every_file_of_the_folder_is_a_format_under_its_own_name() -> None:
    folder = Path(formats.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert set(formats.known()) == files
    assert {"generic", "wealthfolio"} <= files
