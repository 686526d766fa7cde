"""Importing a file: it is read, its plan shown, asked about and ticked, and only then applied."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.csv_import.plan import Options, Plan
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.own_entries import effective
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.figures.texts import one_line
from desktop_app.report.words import counted
from desktop_app.ui import jobs
from desktop_app.ui.dialogs import import_memory
from desktop_app.ui.dialogs.foot import Foot
from desktop_app.ui.dialogs.import_columns import ColumnsPage
from desktop_app.ui.dialogs.import_files import choose_files, save_rejected
from desktop_app.ui.dialogs.import_pages import PlanPage, StartPage, WaitPage
from desktop_app.ui.dialogs.import_reading import Asking, Reading, recognised
from desktop_app.ui.dialogs.import_work import FileReader, applied_and_saved, limits_broken
from desktop_app.ui.dialogs.step_bar import StepBar
from desktop_app.ui.document import Document, Store

SIZE = (1088, 644)
ON_A_COPY = "It would come into the copy on which you are trying changes; nothing of that is saved."
NOT_YET = "Nothing is written yet. It would come into “{}”, as one step that can be undone."


def import_file(
    parent: QWidget,
    document: Document,
    catalogue: Catalogue,
    path: Path | None,
    following: tuple[Path, ...] = (),
) -> "ImportWizard":
    """Open the dialog that imports a file; without a path it asks for one first."""
    dialog = ImportWizard(parent, document, catalogue)
    dialog.following = following
    dialog.open()
    if path is None:
        dialog.choose()
    else:
        dialog.read(path)
    return dialog


class ImportWizard(QDialog):
    """Reads beside the window, re-reads with every answer and tick, and makes one edit of the document.

    ``following`` are the files that were chosen or dropped with this one and come after it.
    """

    def __init__(
        self, parent: QWidget | None, document: Document, catalogue: Catalogue, today: date | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("import_wizard")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Import")
        self._document = document
        self._catalogue = effective(catalogue, document.portfolio.entries)
        self._today = today or datetime.now(UTC).astimezone().date()
        self._labels = Labels(QLocale().name(), document.portfolio.currency)
        self.following: tuple[Path, ...] = ()
        self._reader = FileReader(self)
        self._options = Options()
        self.reading: Reading | None = None
        self._taken = Options()
        self._is_new = False
        self._remembered = ""
        self.steps = StepBar(("File", "Columns", "Plan"))
        self.start, self.wait, self.plan_page = StartPage(), WaitPage(), PlanPage(self._labels)
        self.columns_page = ColumnsPage()
        self.pages = QStackedWidget()
        into = document.path.name if document.path else ""
        self.foot = Foot(ON_A_COPY if document.is_trying else NOT_YET.format(into), "Import")
        self.try_button = QPushButton("&Try on a copy…")
        self.foot.add(self.try_button)
        self.try_button.setVisible(not document.is_trying)
        self._lay_out()
        self._connect()
        self.foot.hold("Choose a file")

    def _lay_out(self) -> None:
        for page in (self.start, self.wait, self.columns_page, self.plan_page):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.steps)
        column.addWidget(self.pages, 1)
        column.addWidget(self.foot)
        parent = self.parentWidget()
        room = parent.size() if parent is not None else None
        width, height = (min(SIZE[0], room.width() - 24), min(SIZE[1], room.height() - 24)) if room else SIZE
        self.resize(width, height)

    def _connect(self) -> None:
        self.start.wanted.connect(self.choose)
        self.start.columns_wanted.connect(lambda: self.pages.setCurrentWidget(self.columns_page))
        self._reader.begun.connect(self._show_beginning)
        self._reader.read.connect(self._show)
        self._reader.refused.connect(self._refuse)
        self._reader.counted.connect(self._show_progress)
        self.plan_page.answered.connect(self.answer)
        self.plan_page.ticked.connect(self.tick)
        self.plan_page.forgotten.connect(self.forget_answers)
        self.plan_page.saving_rejected.connect(self.save_rejected)
        self.columns_page.answered.connect(self.answer)
        self.columns_page.format_chosen.connect(self.choose_format)
        self.columns_page.mapped.connect(self.map_columns)
        self.columns_page.account_named.connect(self.name_account)
        self.steps.wanted.connect(self._turn_to)
        self.pages.currentChanged.connect(self._mark_step)
        self.foot.cancel.clicked.connect(self.reject)
        self.foot.primary.clicked.connect(self.do_import)
        self.try_button.clicked.connect(self.try_out)
        self.finished.connect(self._let_go)

    # -- reading -------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a file, or for several that come one after the other."""
        choose_files(self, self._take)

    def _take(self, names: Sequence[str]) -> None:
        """Read the first of the chosen files; the others follow."""
        first, *others = map(Path, names)
        self.following = (*others, *self.following)
        self.read(first)

    def read(self, path: Path) -> None:
        """Read a file from the start, without answers."""
        self._reader.open(path)
        self._options = Options()
        self._taken, self._is_new, self._remembered, self.reading = Options(), True, "", None
        name, more = one_line(path.name), counted(len(self.following), "more file")
        self.setWindowTitle(f"Import {name}, then {more}" if self.following else f"Import {name}")
        self.wait.show_file(name)
        self.pages.setCurrentWidget(self.wait)
        self._plan()

    def _plan(self) -> None:
        self.foot.hold("The file is being read")  # what is shown does not hold any more
        self.plan_page.warn_of_limits(())
        portfolio, labels = self._document.portfolio, self._labels
        self._reader.start(Asking(portfolio, self._catalogue, self._today, labels, self._options))

    # -- showing -------------------------------------------------------------------------------------------

    def _show_progress(self, rows: int) -> None:
        if self.reading is None:
            self.wait.show_rows(self._labels.number(rows))
        else:
            self.foot.hold(f"{self._labels.number(rows)} rows read so far")

    def _refuse(self, error: UserError) -> None:
        if self._was_read and self.pages.currentWidget() in (self.plan_page, self.columns_page):
            self._take_back(str(error))
            return
        self._refuse_file(str(error))

    @property
    def _was_read(self) -> bool:
        """Tell whether what is shown is a file read whole, to which a change can go back."""
        return self.reading is not None and not self.reading.about

    def _show_beginning(self, reading: Reading) -> None:
        """Show the first rows of a file that is being read; nothing can be imported before its end."""
        assert reading.plan is not None  # noqa: S101 - a portfolio is read whole
        if not (self._is_new and self._recalled(reading.plan)):
            self._show_plan(reading, reading.plan)
            self.foot.primary.setText("Import")
            self.foot.hold("The file is too large" if reading.is_cut else "The file is being read")

    def _show(self, reading: Reading) -> None:
        if reading.portfolio is not None:
            self.reading = reading
            self._show_whole(reading.portfolio)
            return
        plan = reading.plan
        assert plan is not None  # noqa: S101 - a reading holds one of the two
        if not plan.rows:
            self._show_refused(plan)
        elif not (self._is_new and self._recalled(plan)):
            self._show_plan(reading, plan)
            self._name_deed(plan, reading)

    def _show_plan(self, reading: Reading, plan: Plan) -> None:
        self._is_new = False
        before = self.reading.parts() if self.reading else []
        self.reading, self._taken = reading, self._options
        self.columns_page.show_plan(plan, self._options, self._remembered)
        self.plan_page.show_plan(
            recognised(plan),
            plan.message,
            reading.summary,
            reading.table,
            plan.questions,
            plan.warnings,
            answered=self._options != self._options.unanswered(),
            is_whole=not reading.about,
        )
        jobs.let_go(self._document, before)
        self._turn_from_reading(plan)

    def _turn_from_reading(self, plan: Plan) -> None:
        """Show the plan, or the columns where it is not clear what they mean; then stay where the user is."""
        current = self.pages.currentWidget()
        guessed = any(question.code == "columns" for question in plan.questions)
        if current is self.columns_page and self._agreed_to(guessed=guessed):
            self.pages.setCurrentWidget(self.plan_page)
        elif current not in (self.plan_page, self.columns_page):
            self.pages.setCurrentWidget(self.columns_page if guessed else self.plan_page)
            (self.columns_page.agree if guessed else self.plan_page.table).setFocus()

    def _agreed_to(self, *, guessed: bool) -> bool:
        return not guessed and self._options.answers.get("columns") == "guess" and not self._remembered

    def _recalled(self, plan: Plan) -> bool:
        """Read the file again as the last one of its kind was read, if anything was settled then."""
        self._is_new = False
        known = import_memory.recall(plan)
        if known is None or known.options() == self._options:
            return False
        self._options = known.options()
        self._remembered = "Read as the last file of this kind was; “Forget the answers” starts afresh."
        self._plan()
        return True

    def _take_back(self, text: str) -> None:
        """Say why a change was not taken, and go on with what held before."""
        self._options, reading = self._taken, self.reading
        assert reading is not None  # noqa: S101 - else there would be nothing to go on with
        assert reading.plan is not None  # noqa: S101 - a portfolio is not read again
        self._name_deed(reading.plan, reading)
        if self.pages.currentWidget() is self.columns_page:
            self.columns_page.show_plan(reading.plan, self._options, self._remembered)
            self.columns_page.say(text)
        else:
            self.plan_page.refuse_answer(text)

    def _turn_to(self, step: int) -> None:
        if step == 0:
            self.choose()
        else:
            self.pages.setCurrentWidget((self.columns_page, self.plan_page)[step - 1])

    def _mark_step(self) -> None:
        shown = self.pages.currentWidget()
        current = 1 if shown is self.columns_page else 2 if shown is self.plan_page else 0
        has_plan = self.reading is not None and self.reading.plan is not None
        self.steps.show_step(current, (0, 1, 2) if has_plan else (0,))

    def _show_refused(self, plan: Plan) -> None:
        """Say why nothing can come in: of a file, of a change to how it is read, or of columns half named."""
        if self._options.column_map and plan.columns:
            self.columns_page.show_plan(plan, self._options, "")
            self.columns_page.say("Say which column holds the asset and which the quantity.")
            self.foot.hold("Asset and quantity are needed")
        elif self._was_read:
            self._take_back(plan.message)
        else:
            self.columns_page.show_plan(plan, self._options, "")
            self._refuse_file(plan.message, has_columns=bool(plan.columns))

    def _refuse_file(self, text: str, *, has_columns: bool = False) -> None:
        self.start.refuse(text, has_columns=has_columns)
        self.pages.setCurrentWidget(self.start)
        self.foot.hold("Choose a file")

    def _show_whole(self, portfolio: Portfolio) -> None:
        name = counted(len(portfolio.positions), "position")
        value = self._labels.money(portfolio.value(), with_currency=False)
        self.wait.say(
            f"A portfolio of {name}, known value {portfolio.currency} {value}.",
            "It becomes this portfolio, with its nodes, prices and scenarios as they are.",
        )
        self.pages.setCurrentWidget(self.wait)
        self.foot.primary.setText(f"Import {name}")
        self.foot.hold("")

    def _name_deed(self, plan: Plan, reading: Reading) -> None:
        stopping = sum(question.stops for question in plan.questions)
        changes = reading.table.changes if plan.booked is None else reading.table.ticked
        self.foot.primary.setText(f"Import {counted(changes, 'row')}" if changes else "Import")
        if stopping:
            self.foot.hold(f"Answer {counted(stopping, 'question')} first")
        else:
            self.foot.hold("" if changes else "There is nothing to import")
        self._ask_about_limits(reading, sound=bool(changes) and not stopping)

    def _ask_about_limits(self, reading: Reading, *, sound: bool) -> None:
        """Work out which limits the import would break, where there are any."""
        before = self._document.portfolio
        jobs.drop(self, "limits")
        if sound and before.limits:
            day = before.as_of or self._today
            work = partial(limits_broken, reading, before, self._catalogue, day, self._labels)
            jobs.run(self, work, self._warn_of_limits, topic="limits")

    def _warn_of_limits(self, warnings: Sequence[str]) -> None:
        self.plan_page.warn_of_limits(warnings)
        if warnings:
            self.foot.primary.setText(f"{self.foot.primary.text()} anyway")

    # -- what the user says --------------------------------------------------------------------------------

    def answer(self, code: str, answer: str) -> None:
        """Take an answer, or ("") take it back, and plan again."""
        answers = {**self._options.answers, code: answer}
        if not answer:
            del answers[code]
        self._options = replace(self._options, answers=answers)
        self._plan()

    def choose_format(self, name: str) -> None:
        """Read the file as another format; the columns are the format's again."""
        self._options = replace(self._options, format=name or None, column_map={})
        self._plan()

    def map_columns(self, columns: dict[str, str]) -> None:
        """Read the columns as the user says."""
        self._options = replace(self._options, column_map=columns)
        self._plan()

    def name_account(self, name: str) -> None:
        """Put all rows into an account."""
        self._options = replace(self._options, account=name)
        self._plan()

    def forget_answers(self) -> None:
        """Ask everything again, also of the next file of this kind."""
        self._options, self._remembered = self._options.unanswered(), ""
        self._plan()

    def save_rejected(self) -> None:
        """Ask for a file and write the rejected rows there, each with its reason."""
        if self.reading is not None and self.reading.plan is not None:
            save_rejected(self, self.reading.plan, self._reader.path.stem, self.foot.words.setText)

    def tick(self, lines: Sequence[int]) -> None:
        """Leave rows out by their lines, or take them in again; those stored already, in spite of that."""
        stored = self.reading.table.stored() if self.reading else frozenset()
        self._options = self._options.turned(lines, stored)
        self._plan()

    # -- the deed ------------------------------------------------------------------------------------------

    def try_out(self) -> None:
        """Import into a copy, and let it be compared with what is saved."""
        self._document.try_out(compare=True)
        self.do_import()

    def do_import(self) -> None:
        """Apply the plan and save it, all beside the window, as one edit of the document."""
        reading, document = self.reading, self._document
        if reading is None or not self.foot.primary.isEnabled():
            return
        self.foot.hold("The file is being imported")
        self.foot.cancel.setEnabled(False)  # what is being written cannot be stopped half-way
        work = partial(applied_and_saved, reading, document, self._catalogue)
        # Of the document, not of the dialog: it must hear what stands on the disk whatever happens here.
        jobs.run(document, work, self._finish, self._refuse_import, topic="import")

    def _finish(self, done: tuple[Portfolio, Store | None]) -> None:
        (after, store), reading = done, self.reading
        changed = (reading and reading.table.changes) or len(after.positions)
        self._let_go()  # at once: beside the pages, which are asked next, it would take three times as long
        self._document.take(f"Import {counted(changed, 'position')}", after, store)
        if reading is not None and reading.plan is not None:
            import_memory.remember(reading.plan, self._options)
        self.accept()

    def _refuse_import(self, error: UserError) -> None:
        if self._document.is_trying and not self._document.tried:
            self._document.drop()
        self.foot.cancel.setEnabled(True)
        self.foot.hold(str(error))

    def _let_go(self) -> None:
        """Stop reading and forget what was read: parts of a closed dialog may stay for long."""
        self._reader.stop()
        before, self.reading = self.reading.parts() if self.reading else [], None
        self.plan_page.clear()
        self.columns_page.clear()
        jobs.let_go(self._document, before)

    def reject(self) -> None:
        if self.foot.cancel.isEnabled():
            super().reject()
