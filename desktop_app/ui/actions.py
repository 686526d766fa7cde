"""Every command of the program, as data: the menus, their keys, and the actions made of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

Key = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Command:
    """One command: ``key`` names it in the program, ``text`` its menu; ``group``: one of several choices."""

    key: str
    text: str
    shortcut: QKeySequence.StandardKey | str = ""
    checkable: bool = False
    group: str = ""


SEPARATOR = None
RECENT = "recent"
"""The place of the menu that lists the files opened last."""

PAGES = (
    ("overview", "Overview"),
    ("positions", "Positions"),
    ("dependencies", "Dependencies"),
    ("withdrawals", "Withdrawals"),
    ("concentration", "Concentration"),
    ("stress", "Stress"),
    ("rewards", "Rewards"),
    ("catalogue", "Catalogue"),
    ("report", "Report"),
)

MENUS: tuple[tuple[str, tuple[Command | str | None, ...]], ...] = (
    (
        "&File",
        (
            Command("new_file", "&New…", Key.New),
            Command("open_file", "&Open…", Key.Open),
            Command("open_own", "&My portfolio"),
            Command("open_sample", "Open the &sample"),
            RECENT,
            SEPARATOR,
            Command("import_file", "&Import…", "Ctrl+I"),
            Command("import_history", "I&mports…", "Ctrl+Shift+I"),
            Command("export_file", "&Export…", "Ctrl+Shift+E"),
            Command("save_calendar", "Save dates as ca&lendar…", "Ctrl+Shift+D"),
            SEPARATOR,
            Command("check_file", "Chec&k…"),
            Command("back_up_file", "&Back up…", "Ctrl+Shift+B"),
            Command("restore_file", "Res&tore…"),
            SEPARATOR,
            Command("print_report", "&Print…", Key.Print),
            Command("save_pdf", "Save as P&DF…", "Ctrl+Shift+P"),
            Command("save_html", "Save as &HTML…", "Ctrl+Shift+H"),
            Command("save_csv", "Save tables as &CSV…", "Ctrl+Shift+T"),
            Command("save_json", "Save as &JSON…", "Ctrl+Shift+J"),
            Command("stop_report", "Stop &writing or printing", "Ctrl+."),
            Command("compare_report", "Comp&are report with…", "Ctrl+Shift+R"),
            Command("compare_nothing", "Compare report with nothin&g"),
            SEPARATOR,
            Command("quit", "&Quit", Key.Quit),
        ),
    ),
    (
        "&Edit",
        (
            Command("undo", "&Undo", Key.Undo),
            Command("redo", "&Redo", Key.Redo),
            SEPARATOR,
            Command("try_changes", "Tr&y changes on a copy", "Ctrl+Shift+Y"),
            Command("compare_trial", "Before &and after…", "Ctrl+Shift+A"),
            Command("apply_trial", "Apply &what is tried", "Ctrl+Shift+Return"),
            Command("drop_trial", "Dr&op what is tried", "Ctrl+Shift+Backspace"),
            SEPARATOR,
            Command("copy", "&Copy", Key.Copy),
            Command("find", "&Find or filter", Key.Find),
            SEPARATOR,
            Command("remind", "Remind &me on the day", checkable=True),
            SEPARATOR,
            Command("edit_limits", "&Limits…"),
            Command("new_scenario", "&New scenario…"),
            Command("change_scenario", "C&hange scenario…"),
            Command("duplicate_scenario", "Du&plicate scenario"),
            Command("delete_scenario", "&Delete scenario"),
            Command("try_scenario", "Try scenar&io on a copy…"),
            SEPARATOR,
            Command("type_assumptions", "&Type failure rates"),
            Command("take_illustrative", "Take &illustrative failure rates"),
            Command("drop_illustrative", "Take illustrative failure rates &out"),
            Command("copy_assumptions", "Copy failure rates &from another portfolio…"),
            SEPARATOR,
            Command("add_entry", "Add catalo&gue entry…"),
            Command("change_entry", "Change catalogue &entry…"),
            Command("restore_entry", "&Back to the shipped entry"),
        ),
    ),
    (
        "&View",
        (
            Command("show_table", "Show as &table", "Ctrl+T", checkable=True),
            Command("save_picture", "Save &picture…", "Ctrl+Shift+S"),
            Command("hide_amounts", "&Hide amounts", "Ctrl+H", checkable=True),
            Command("choose_day", "&As of…", "Ctrl+Shift+O"),
            SEPARATOR,
            Command("theme_system", "Colours of the &system", checkable=True, group="theme"),
            Command("theme_light", "&Light", checkable=True, group="theme"),
            Command("theme_dark", "&Dark", checkable=True, group="theme"),
        ),
    ),
    (
        "&Position",
        (
            Command("add_position", "&Add position…", "Ctrl+Shift+N"),
            Command("edit_position", "&Change…", "Ctrl+E"),
            Command("edit_stack", "&Stack and loan…", "Ctrl+L"),
            Command("duplicate_positions", "D&uplicate", "Ctrl+D"),
            Command("close_positions", "C&lose"),
            Command("delete_positions", "&Delete", Key.Delete),
            Command("graph_selection", "&Graph of the selection", "Ctrl+G"),
            SEPARATOR,
            Command("start_withdrawal", "Start a &withdrawal…", "Ctrl+Shift+W"),
            Command("change_withdrawal", "Change withdra&wal…", "Ctrl+Shift+G"),
            Command("claim_withdrawal", "Withdrawal clai&med…", "Ctrl+Shift+M"),
        ),
    ),
    (
        "&Go",
        (
            *(Command(f"go_{key}", f"&{name}", f"Ctrl+{i}") for i, (key, name) in enumerate(PAGES, 1)),
            SEPARATOR,
            Command("command_palette", "&Command…", "Ctrl+K"),
        ),
    ),
    ("&Help", (Command("about", "&About Stakeout"),)),
)


class Actions:
    """The window's actions by the key of their command; ``recent`` is the menu of the files opened last."""

    def __init__(self, window: QMainWindow, handlers: Mapping[str, Callable[..., object]]) -> None:
        """``handlers``: key -> what to call; a checkable command is called with its state."""
        self._window = window
        self._handlers = handlers
        self._by_key: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self.recent = QMenu("Open &recent")
        for title, entries in MENUS:
            self._fill(window.menuBar().addMenu(title), entries)

    def __getitem__(self, key: str) -> QAction:
        return self._by_key[key]

    def all(self) -> list[QAction]:
        """Return every action, in the order of the menus."""
        return list(self._by_key.values())

    def _fill(self, menu: QMenu, entries: tuple[Command | str | None, ...]) -> None:
        for entry in entries:
            if isinstance(entry, Command):
                menu.addAction(self._made(entry))
            elif entry == RECENT:
                menu.addMenu(self.recent)
            else:
                menu.addSeparator()

    def _made(self, command: Command) -> QAction:
        action = QAction(command.text, self._window)
        action.setObjectName(command.key)
        action.setCheckable(command.checkable)
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        if command.group:
            group = self._groups.setdefault(command.group, QActionGroup(self._window))
            group.addAction(action)
        handler = self._handlers[command.key]
        if command.checkable and not command.group:
            action.toggled.connect(handler)
        else:
            action.triggered.connect(lambda: handler())  # noqa: PLW0108 - without Qt's "checked"
        self._by_key[command.key] = action
        return action
