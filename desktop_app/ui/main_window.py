"""The window: rail, pages, menus, banner and status bar; knows which page is shown, as of which day."""

from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path

import shiboken6
from PySide6.QtCore import QByteArray, QLocale, QSignalBlocker, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from desktop_app import __version__, paths
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.ui import jobs, messages, settings, tallies, theme
from desktop_app.ui.actions import MENUS, PAGES, Actions, Command
from desktop_app.ui.document import Document
from desktop_app.ui.files import Files
from desktop_app.ui.limit_watch import LimitWatch
from desktop_app.ui.pages.page import RECENT_KEY, Page
from desktop_app.ui.place import Place
from desktop_app.ui.reminders import Reminders
from desktop_app.ui.reports import Reports
from desktop_app.ui.trial import NOT_OF_A_COPY, TRYING, Trial
from desktop_app.ui.upkeep import Upkeep
from desktop_app.ui.widgets.bars import Banner, StatusParts
from desktop_app.ui.widgets.palette import Palette
from desktop_app.ui.widgets.rail import Rail, rail_width
from desktop_app.ui.widgets.tooltip import plain_tooltip

SAVED = "Every change is saved"
SAMPLE = "This is the sample: its owner, amounts and assumptions are made up. Change what you like."
FIRST_SIZE = (1280, 720)
_OF_WHAT_IS_RECORDED = (
    *("print_report", "save_pdf", "save_html", "save_csv", "save_json"),
    *("export_file", "save_calendar", "check_file", "back_up_file"),
)
_OF_A_TRIAL = ("compare_trial", "apply_trial", "drop_trial")
ELIDE = Qt.TextElideMode.ElideMiddle


def make_page(name: str, document: Document, catalogue: Catalogue) -> Page:
    """Return a new page; its module, and the charts it needs, are imported only now.

    A page called "stress" is the class StressPage of ``pages/stress.py``.
    """
    module = import_module(f"desktop_app.ui.pages.{name}")
    page: Page = getattr(module, f"{name.capitalize()}Page")(document, catalogue)
    return page


def import_pages() -> None:
    """Import what the pages need beside the window, so that the first look at each is quick."""
    for name, _ in PAGES:
        import_module(f"desktop_app.ui.pages.{name}")


class MainWindow(QMainWindow):
    """Shows one document. ``today`` gives the day that counts as today; the user may choose another."""

    def __init__(self, document: Document, catalogue: Catalogue, today: Callable[[], date]) -> None:
        super().__init__()
        self.document = document
        self.catalogue = catalogue
        self.files = Files(self, document, catalogue)
        self.reports = Reports(self, document, catalogue)
        self.upkeep = Upkeep(self, document)
        self.reminders = Reminders(self, document, today)
        self.limit_watch = LimitWatch(self, document, today)
        self.trial = Trial(self, document, self._grant)
        self.pages: dict[str, Page] = {}
        self.page_name = ""
        self._today = today
        self._chosen_day: date | None = None
        self._of_pages: list[str] = []
        self.rail = Rail(PAGES)
        self.banner = Banner()
        self.stack = QStackedWidget()
        self.status = StatusParts(rail_width())
        self.actions_by_key = Actions(self, self._handlers())
        self._lay_out()
        self._connect()
        self._restore()
        self.go(Place("overview"))
        self._show_file()

    # -- building ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        for strip in (self.trial.bar, self.banner):
            right.addWidget(strip)
        right.addWidget(self.stack, 1)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(middle)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setMinimumHeight(26)
        self.statusBar().addWidget(self.status, 1)
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 540)

    def _handlers(self) -> dict[str, Callable[..., object]]:
        """Return what each command does: a method of its name, or a shared one."""
        files, document = self.files, self.document
        handlers: dict[str, Callable[..., object]] = {
            "new_file": files.new,
            "open_file": files.ask_and_open,
            "open_own": files.open_own,
            "open_sample": files.open_sample,
            "import_file": files.import_file,
            "import_history": lambda: files.show_imports(self.labels),
            "export_file": lambda: self.upkeep.export(self._today(), self.labels),
            "save_calendar": lambda: self.upkeep.export_dates(self._today(), self.labels),
            "check_file": lambda: self.upkeep.check(self._today()),
            "back_up_file": self.upkeep.back_up,
            "restore_file": self.upkeep.restore,
            "print_report": lambda: self.reports.print_on_paper(self.as_of, self.labels),
            "save_pdf": lambda: self.reports.save("pdf", self.as_of, self.labels),
            "save_html": lambda: self.reports.save("html", self.as_of, self.labels),
            "save_csv": lambda: self.reports.save("csv", self.as_of, self.labels),
            "save_json": lambda: self.reports.save("json", self.as_of, self.labels),
            "stop_report": self.reports.stop,
            "quit": self.close,
            "undo": lambda: document.stack.undo(),  # noqa: PLW0108 - of then
            "redo": lambda: document.stack.redo(),  # noqa: PLW0108 - of then
            **self.trial.handlers,
            "find": lambda: self.page.start_filter(),  # noqa: PLW0108 - the page of then, not of now
            "show_table": lambda shown: self.page.show_table(shown=shown),
            "save_picture": lambda: self.page.save_picture(),  # noqa: PLW0108 - the page of then
            "hide_amounts": self._hide_amounts,
            "choose_day": lambda: self.page.as_of_button.click(),  # noqa: PLW0108 - the page of then
            "remind": self._remind,
            "add_position": self._add_position,
            "add_entry": self._add_entry,
            "command_palette": self._show_palette,
            "about": self._about,
        }
        for choice in theme.CHOICES:
            handlers[f"theme_{choice}"] = lambda choice=choice: theme.choose(choice)
        for name, _ in PAGES:
            handlers[f"go_{name}"] = lambda name=name: self.go(Place(name))
        for _, entries in MENUS:
            for entry in entries:
                if isinstance(entry, Command) and entry.key not in handlers:
                    handlers[entry.key] = lambda key=entry.key: self.page.take(key)
                    self._of_pages.append(entry.key)
        return handlers

    def _connect(self) -> None:
        actions, document = self.actions_by_key, self.document
        self.rail.chosen.connect(lambda name: self.go(Place(name)))
        self.document.changed.connect(self._show_portfolio)
        self.document.failed.connect(self._show_failure)
        self.document.path_changed.connect(self._show_file)
        self.reports.done.connect(self.status.saved.setText)
        self.reports.busy.connect(self.status.stop.setVisible)
        self.reports.busy.connect(actions["stop_report"].setEnabled)
        self.status.stop.clicked.connect(self.reports.stop)
        actions["stop_report"].setEnabled(False)
        self.upkeep.done.connect(self.status.saved.setText)
        self.upkeep.told.connect(lambda text: self.banner.tell(text, "warn"))
        self.limit_watch.counted.connect(partial(self._show_number, "concentration", "alarm"))
        messages.posted.connect(self.banner.tell)
        self.banner.acted.connect(self.files.open_own)
        self.banner.hidden.connect(self._remember_sample)
        for stack in (document.undo_stack, document.trial_stack):
            for told in (stack.undoTextChanged, stack.redoTextChanged, stack.indexChanged):
                told.connect(self._name_undo)
        for turned in (document.trial_begun, document.trial_ended):
            turned.connect(self._name_undo)
            turned.connect(self._offer_commands)
        document.trial_begun.connect(lambda _: self.status.saved.setText(TRYING))
        self._name_undo()
        actions.recent.aboutToShow.connect(lambda: self.files.fill_recent(actions.recent))

    def _name_undo(self) -> None:
        """Offer what can be undone and redone now, on the copy while something is tried, by its name."""
        actions, stack = self.actions_by_key, self.document.stack
        if not shiboken6.isValid(stack):
            return  # emptied once more at the end of the program
        for key, verb, name, can in (
            ("undo", "&Undo", stack.undoText(), stack.canUndo()),
            ("redo", "&Redo", stack.redoText(), stack.canRedo()),
        ):
            actions[key].setText(f"{verb} {name.replace('&', '&&')}".strip())
            actions[key].setEnabled(can)

    def _restore(self) -> None:
        self.resize(*FIRST_SIZE)
        self.restoreGeometry(settings.read("geometry", QByteArray()))
        with QSignalBlocker(self.actions_by_key["hide_amounts"]):
            self.actions_by_key["hide_amounts"].setChecked(settings.read("hide_amounts", False))
        with QSignalBlocker(self.actions_by_key["remind"]):
            self.actions_by_key["remind"].setChecked(self.reminders.are_on)
        self.actions_by_key[f"theme_{theme.choice()}"].setChecked(True)

    # -- what is shown -------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.pages[self.page_name]

    @property
    def as_of(self) -> date:
        """The day that was chosen, else the portfolio's own, else today."""
        return self._chosen_day or self.document.portfolio.as_of or self._today()

    @property
    def labels(self) -> Labels:
        """How numbers are written now."""
        return Labels(
            locale=QLocale().name(),
            currency=self.document.portfolio.currency,
            hide_amounts=self.actions_by_key["hide_amounts"].isChecked(),
            zone=None,
        )

    def go(self, place: Place) -> None:
        """Show a page, and a thing on it."""
        page = self.pages.get(place.page) or self._add_page(place.page)
        self.page_name = place.page
        if place.among:
            page.show_among(place.among)
        self.rail.select(place.page)
        remembers = bool(page.focusWidget())
        self.stack.setCurrentWidget(page)
        if not remembers and not self.rail.hasFocus():
            page.setFocus()  # the first Tab leads into the page; a ring appears only then
        self._offer_commands()
        if place.item:
            page.show_item(place.item)

    def _add_page(self, name: str) -> Page:
        page = make_page(name, self.document, self.catalogue)
        self.pages[name] = page
        page.show_portfolio(self.document.portfolio, self.as_of, self.labels)
        self.stack.addWidget(page)
        page.going.connect(self.go)
        page.wished.connect(self._grant)
        page.day_chosen.connect(self._choose_day)
        return page

    def _grant(self, key: str) -> None:
        """Do what a page wishes: a command of the menus, or to open a file."""
        if key.startswith(RECENT_KEY):
            self.files.open(Path(key.removeprefix(RECENT_KEY)))
        else:
            if self.document.is_trying and key in _OF_WHAT_IS_RECORDED:
                messages.show(NOT_OF_A_COPY)
            self.actions_by_key[key].trigger()

    def _offer_commands(self) -> None:
        """Enable what the shown page can do with what is recorded."""
        page, filled, trying = self.page, not self.document.portfolio.is_empty, self.document.is_trying
        actions = self.actions_by_key
        for key in self._of_pages:
            actions[key].setEnabled(key in page.commands and (filled or page.works_empty))
        for key in (*_OF_WHAT_IS_RECORDED, "restore_file", "try_changes", *_OF_A_TRIAL):
            there = filled or key not in _OF_WHAT_IS_RECORDED
            actions[key].setEnabled(there and trying is (key in _OF_A_TRIAL))
        actions["show_table"].setEnabled(page.has_table and filled)
        actions["show_table"].setChecked(page.table_shown)
        actions["save_picture"].setEnabled(page.has_pictures and filled)
        actions["choose_day"].setEnabled(filled or page.works_empty)

    def _show_portfolio(self, portfolio: Portfolio) -> None:
        for page in self.pages.values():
            page.show_portfolio(portfolio, self.as_of, self.labels)
        self.trial.show_portfolio(self.as_of, self.labels)
        self.status.saved.setText(TRYING if self.document.is_trying else SAVED)
        jobs.run(self, partial(tallies.price_days, portfolio), self._show_dates, topic="dates")
        self._offer_commands()
        self.limit_watch.look(self.as_of)
        due = partial(tallies.claims_due, portfolio, self.as_of)
        jobs.run(self, due, partial(self._show_number, "withdrawals", "text2"), topic="due")

    def _show_number(self, page: str, role: str, count: int) -> None:
        self.rail.show_number(page, self.labels.number(count) if count else "", role)

    def _show_dates(self, days: tuple[date, date] | None) -> None:
        """Say in the status bar how old the prices (first and last day) and the catalogue are."""
        texts = []
        if days is not None:
            oldest, newest = days
            since = "" if oldest == newest else f", oldest of {self.labels.day(oldest)}"
            texts.append(f"Prices: {self.labels.day(newest)}{since}")
        if self.catalogue.version:
            texts.append(f"Catalogue: {self.labels.day(date.fromisoformat(self.catalogue.version))}")
        self.status.right.setText("     ".join([*texts, "Offline"]))

    def _show_file(self) -> None:
        path = self.document.path
        name = path.name if path else ""
        self.setWindowTitle(f"{path.stem} – Stakeout" if path else "Stakeout")
        self.status.file.setText(self.status.file.fontMetrics().elidedText(name, ELIDE, rail_width() - 24))
        self.status.file.setToolTip(plain_tooltip(str(path) if path else ""))
        self._chosen_day = None
        self.banner.hide()
        if path == paths.sample_portfolio() and not settings.read("sample_known", False):
            self.banner.tell(SAMPLE, "warn", "My portfolio")

    def _remember_sample(self) -> None:
        """Do not tell again what the sample is once that was put away."""
        if self.banner.words.text() == SAMPLE:
            settings.write("sample_known", True)

    def _show_failure(self, text: str) -> None:
        self.status.saved.setText("The last change was not saved and is undone")
        messages.show(text)

    # -- commands ------------------------------------------------------------------------------------------

    def _choose_day(self, day: date | None) -> None:
        self._chosen_day = day or self._today()
        self._show_portfolio(self.document.portfolio)

    def _hide_amounts(self, hidden: bool) -> None:
        settings.write("hide_amounts", hidden)
        self._show_portfolio(self.document.portfolio)

    def _remind(self, wanted: bool) -> None:
        """Switch the messages on the day on or off, as far as the system has them."""
        with QSignalBlocker(self.actions_by_key["remind"]):
            self.actions_by_key["remind"].setChecked(self.reminders.switch(wanted))

    def _add_position(self) -> None:
        from desktop_app.ui.dialogs.position_editor import edit_position

        edit_position(self, self.document, self.catalogue, None)

    def _add_entry(self) -> None:
        from desktop_app.ui.dialogs.catalogue_editor import edit_entry

        edit_entry(self, self.document, None)

    def _show_palette(self) -> None:
        Palette(self.actions_by_key.all(), self).open()

    def _about(self) -> None:
        box = QMessageBox(self)
        box.setWindowTitle("About Stakeout")
        box.setText(f"Stakeout {__version__}")
        box.setInformativeText(
            "What your stake stands on, when it can be out, and whether the extra reward is worth it.\n\n"
            f"This copy: {paths.build_words()}.\nProgram: {paths.PROGRAM}\nLicences: {paths.licences()}\n\n"
            "Apache License 2.0. Built with Qt under the LGPL. It never looks for a newer version of itself."
        )
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.finished.connect(box.deleteLater)
        box.open()

    # -- the window itself ---------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if files:
            self.files.drop(*files)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing else has taken lets go of what the page holds."""
        if event.key() == Qt.Key.Key_Escape:
            self.page.let_go()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.trial.asks_first():
            event.ignore()
            return
        settings.write("geometry", self.saveGeometry())
        self.document.close()
        super().closeEvent(event)
