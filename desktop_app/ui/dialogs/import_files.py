"""The files of an import: those that come in, and the one that takes the rejected rows with their reasons."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.csv_import.leftovers import rejected_csv
from desktop_app.csv_import.plan import Plan
from desktop_app.errors import UserError
from desktop_app.figures.texts import one_line
from desktop_app.report.files import write_whole


def choose_files(parent: QWidget, chosen: Callable[[Sequence[str]], object]) -> None:
    """Ask for a file, or for several."""
    dialog = QFileDialog(parent, "Import files")
    dialog.setObjectName("import_choose")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(["Tables and portfolios (*.csv *.tsv *.txt *.json)", "All files (*)"])
    dialog.filesSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def save_rejected(parent: QWidget, plan: Plan, stem: str, say: Callable[[str], object]) -> None:
    """Ask for a file, write the rows there, and say how that went; ``stem``: the imported file's name."""

    def write(chosen: str) -> None:
        path = Path(chosen)
        try:
            write_whole(path, rejected_csv(plan).encode("utf-8-sig"))
        except UserError as error:
            say(str(error))
        else:
            say(
                f"{one_line(path.name)} holds the rejected rows, each with its reason. Correct and import it."
            )

    dialog = QFileDialog(parent, "Save the rejected rows")
    dialog.setObjectName("save_rejected")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(["Tables (*.csv)"])
    dialog.setDefaultSuffix("csv")
    dialog.selectFile(f"{stem} rejected.csv")
    dialog.fileSelected.connect(write)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
