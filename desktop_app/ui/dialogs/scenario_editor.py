"""The dialog that makes or changes a scenario: its nodes and what is lost there, and what that would cost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.analysis.exposure import exposure
from desktop_app.analysis.stress import ScenarioLoss, stress
from desktop_app.domain.catalogue import Event
from desktop_app.domain.events import scenario_of
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Scenario
from desktop_app.domain.scenarios import combined, with_scenario
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.report.stressed import cost_sentence, measured_fraction
from desktop_app.report.words import dimension_word
from desktop_app.ui import jobs, messages, theme
from desktop_app.ui.dialogs.event_list import EventList
from desktop_app.ui.dialogs.fields import Field, choice, line
from desktop_app.ui.dialogs.foot import Foot
from desktop_app.ui.dialogs.shock_list import ShockList
from desktop_app.ui.dialogs.slash_helper import ask_severity
from desktop_app.ui.dialogs.two_parts import fit, put_together
from desktop_app.ui.document import Document
from desktop_app.ui.widgets.section import Rule, Section
from desktop_app.ui.widgets.sentence_label import SentenceLabel

SIZE = (980, 640)
LEFT = 244
PAUSE = 120
"""Milliseconds without a key before the cost is asked for."""


def edit_scenario(
    parent: QWidget, document: Document, as_of: date, scenario: Scenario | None
) -> "ScenarioEditor":
    """Open the dialog that changes a scenario, or makes a new one: of nothing (None), or of a past event."""
    dialog = ScenarioEditor(parent, document, as_of, scenario)
    dialog.open()
    return dialog


class ScenarioEditor(QDialog):
    """Makes one edit of the document when the user agrees; ``saved`` carries the id of the scenario."""

    saved = Signal(str)

    def __init__(
        self, parent: QWidget | None, document: Document, as_of: date, scenario: Scenario | None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("scenario_editor")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document = document
        self._as_of = as_of
        self._portfolio = document.portfolio
        self._old = self._portfolio.scenarios.get(scenario.id) if scenario else None
        self._labels = Labels(QLocale().name(), self._portfolio.currency)
        self._nodes = _by_title(self._portfolio)
        self._known = {s.name: s.shocks for s in self._portfolio.scenarios.values() if s != self._old}
        self._suggested: float | None = 1.0
        self.name = Field("name", "Name", line("EigenLayer loses 30 %"))
        self.node = Field("node", "Add a node", choice(list(self._nodes), placeholder="search"))
        self.other = Field("other", "Add all of another scenario", choice([], placeholder="search"))
        self.shocks = ShockList(self._portfolio.nodes, self._labels)
        self.events = EventList(self._labels)
        self.cost = SentenceLabel(theme.TEXT)
        deed = "Change scenario" if self._old else "Add scenario"
        self.foot = Foot("A node takes its part of what is left of each unit that stands on it.", deed)
        self.foot.primary.setDefault(False)  # Enter in a search picks what was found, and no more
        self.foot.primary.setAutoDefault(False)
        self.setWindowTitle(f"Change {self._old.name}" if self._old else "New scenario")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._lay_out()
        self._start(scenario)
        self._connect()
        self._changed()
        jobs.run(self, partial(_shares, self._portfolio, as_of), self.shocks.show_shares, topic="shares")
        jobs.run(self, _events, self._show_events, topic="events")

    def _lay_out(self) -> None:
        form = QVBoxLayout()
        form.setSpacing(12)
        for field in (self.name, self.node, self.other):
            form.addWidget(field)
        form.addStretch(1)
        left = QWidget()
        left.setFixedWidth(round(LEFT * max(1.0, theme.pixels() / 13)))
        left.setLayout(form)
        form.setContentsMargins(0, 0, 0, 0)
        lost = Section("What is lost")
        lost.body.addWidget(self.shocks)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 16, 8)
        column.setSpacing(20)
        column.addWidget(lost)
        column.addWidget(self.events)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(scroll, 1)
        right.addWidget(Rule("rule"))
        right.addWidget(self.cost)
        put_together(self, left, right, self.foot, gap=24)
        fit(self, SIZE)

    def _start(self, scenario: Scenario | None) -> None:
        self.name.start_with(scenario.name if scenario else "")
        self.shocks.start_with(dict(scenario.shocks) if scenario else {})
        (self.name.editor if scenario is None else self.node.editor).setFocus()

    def _connect(self) -> None:
        self.name.edited.connect(self._changed)
        self.shocks.edited.connect(self._changed)
        self.shocks.reckoned.connect(self._reckon)
        self.events.wished.connect(self._use)
        for field, pick in ((self.node, self._pick_node), (self.other, self._pick_other)):
            box = field.editor
            if isinstance(box, QComboBox):
                box.activated.connect(pick)
                if (editor := box.lineEdit()) is not None:
                    editor.returnPressed.connect(pick)
        self._pause.timeout.connect(self._ask)
        self.foot.cancel.clicked.connect(self.reject)
        self.foot.primary.clicked.connect(self.save)

    # -- picking -------------------------------------------------------------------------------------------

    def _pick_node(self) -> None:
        node = self._nodes.get(self.node.text())
        if node is not None:
            self.node.start_with("")
            known = self._portfolio.nodes[node].loss_given_failure
            self.shocks.add(node, known if known and self._suggested == 1.0 else self._suggested)
            self._changed()

    def _pick_other(self) -> None:
        shocks = self._known.get(self.other.text())
        if shocks is not None:
            self.other.start_with("")
            self.shocks.start_with(combined([self.shocks.shocks().items(), shocks]))
            self._changed()

    def _reckon(self, node: str) -> None:
        """Let the part that a slash on Ethereum takes be worked out for a node."""
        ask_severity(self, self._labels).used.connect(lambda part: self.shocks.put(node, part))

    def _show_events(self, events: tuple[Event, ...]) -> None:
        """Offer the past events that strike something here as scenarios, the others to be tried."""
        found = {event: scenario_of(event, self._portfolio) for event in events}
        self._known |= {s.name: s.shocks for s in found.values() if s is not None}
        box = self.other.editor
        if isinstance(box, QComboBox):
            fresh = choice(sorted(self._known, key=str.casefold))
            box.addItems([fresh.itemText(i) for i in range(fresh.count())])
            box.setCurrentIndex(-1)
            if (completer := box.completer()) is not None:
                completer.setModel(box.model())
        self.events.show_events([event for event, scenario in found.items() if scenario is None])

    def _use(self, event: Event) -> None:
        """Let the next nodes lose what was measured in an event; the user picks which."""
        self._suggested = measured_fraction(event)
        if not self.name.text():
            self.name.start_with(event.name)
        self.node.editor.setFocus()
        self._changed()

    # -- while typing --------------------------------------------------------------------------------------

    def _changed(self) -> None:
        reason = "" if self.name.text() else "Give it a name"
        reason = reason or self.shocks.reason()
        if not reason and self._old and self.scenario() == self._old:
            reason = "Nothing is changed yet"
        self.foot.hold(reason)
        self._pause.start()

    def scenario(self) -> Scenario:
        """Return what stands in the fields."""
        ident = self._old.id if self._old else "new"
        return Scenario(ident, self.name.text(), tuple(self.shocks.shocks().items()))

    def is_waiting(self) -> bool:
        """Tell whether the cost is still behind the fields."""
        return self._pause.isActive()

    def _ask(self) -> None:
        scenario = self.scenario()
        if not scenario.shocks:
            jobs.drop(self)
            self.cost.set_parts([])
            return
        alone = replace(self._portfolio, scenarios={scenario.id: scenario})
        jobs.run(self, partial(stress, alone, self._as_of), self._show_cost)

    def _show_cost(self, losses: Mapping[str, ScenarioLoss]) -> None:
        said = cost_sentence(next(iter(losses.values()), None), self._labels)
        self.cost.set_parts([(run.text, run.bold, "", run.warn) for run in said])

    # -- the deed ------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Make the edit and close; a sentence stays where it cannot be made."""
        made, before = self.scenario(), self._document.portfolio
        try:
            after = with_scenario(before, made.name, dict(made.shocks), self._old.id if self._old else "")
        except UserError as error:
            messages.show_error(error)
            return
        new = self._old.id if self._old else next(i for i in after.scenarios if i not in before.scenarios)
        self.saved.emit(new)
        self._document.edit(f"{'Change' if self._old else 'Add'} {made.name}", after)
        self.accept()


def _by_title(portfolio: Portfolio) -> dict[str, str]:
    """Return what each node is called in the search -> its id; several of one name are told apart."""
    names = [node.name for node in portfolio.nodes.values()]
    titles = {}
    for node in sorted(portfolio.nodes.values(), key=lambda n: n.name.casefold()):
        title = node.name if names.count(node.name) == 1 else f"{node.name}, {dimension_word(node.dimension)}"
        titles[title if title not in titles else f"{title}, {node.id}"] = node.id
    return titles


def _shares(portfolio: Portfolio, as_of: date) -> dict[str, float]:
    found = exposure(portfolio, as_of).nodes.values()
    return {node.node: node.share for node in found if node.share is not None}


def _events() -> tuple[Event, ...]:
    from desktop_app.shipped import full_catalogue

    return full_catalogue().events
