"""The dialog that adds a catalogue entry of the user's own or overrides what the program says of one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.catalogue import Catalogue, Entry
from desktop_app.domain.entry_edits import free_id, with_entry
from desktop_app.domain.following import Following, with_own_entries
from desktop_app.domain.overrides import FactKind, facts_of, restored, with_facts
from desktop_app.domain.own_entries import effective, entry_issues
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Origin
from desktop_app.figures.labels import Labels
from desktop_app.report.entry_consequence import entry_consequence, held
from desktop_app.report.sentences import Sentence
from desktop_app.shipped import full_catalogue
from desktop_app.ui import jobs, theme
from desktop_app.ui.dialogs.entry_form import EntryForm
from desktop_app.ui.dialogs.fact_form import blank_fact
from desktop_app.ui.dialogs.fact_list import FactList
from desktop_app.ui.dialogs.foot import Foot
from desktop_app.ui.dialogs.two_parts import fit, put_together
from desktop_app.ui.document import Document
from desktop_app.ui.widgets.section import Link, Rule
from desktop_app.ui.widgets.sentence_label import SentenceLabel

SIZE = (1080, 690)
PAUSE = 150
"""Milliseconds without a key before the consequence is asked for."""
NEW = Entry("", "", "", "", origin=Origin.YOURS)


def edit_entry(
    parent: QWidget, document: Document, entry_id: str | None, fact: tuple[FactKind, int] | None = None
) -> "CatalogueEditor":
    """Open the dialog that changes an entry, or adds one (None); ``fact`` is looked at first."""
    dialog = CatalogueEditor(parent, document, entry_id, fact)
    dialog.open()
    return dialog


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the entry in the fields would do: ``before`` is the portfolio that this holds for."""

    before: Portfolio
    entries: Mapping[str, Entry]
    following: Following
    sentence: Sentence


class CatalogueEditor(QDialog):
    """Makes one edit of the document when the user agrees; what follows the entry is said before.

    The entry is one immutable value; the fields at the left and the fact under the list change it.
    """

    def __init__(
        self,
        parent: QWidget | None,
        document: Document,
        entry_id: str | None,
        fact: tuple[FactKind, int] | None = None,
        today: date | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("catalogue_editor")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document = document
        self._shipped: Catalogue = full_catalogue()
        self._catalogue = effective(self._shipped, document.portfolio.entries)
        self._today = today or datetime.now(UTC).astimezone().date()
        self._labels = Labels(QLocale().name(), document.portfolio.currency)
        self._old = self._catalogue.entries.get(entry_id or "")
        self._original = self._shipped.entries.get(entry_id or "")
        self.entry = self._old or NEW
        self.outcome: Outcome | None = None
        self.form = EntryForm(self._catalogue, self.entry, self._original)
        self.facts = FactList(self._original, self._labels, self._today)
        self.consequence = SentenceLabel(theme.TEXT)
        self.back = Link("Back to the shipped entry", theme.TEXT)
        name = self._old.short_name if self._old else ""
        undo = f"Undo brings back what is there now: {name}" if name else "Undo takes it away again."
        self.foot = Foot(undo, "Change entry" if self._old else "Add entry")
        self.foot.primary.setDefault(False)  # Enter in a field picks what was found, and no more
        self.foot.primary.setAutoDefault(False)
        self.setWindowTitle(f"Change {name} in the catalogue" if name else "Add an entry to the catalogue")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._lay_out()
        self._connect()
        self.facts.show_facts(self.entry, fact)
        self._changed()
        self.form.fields["name"].editor.setFocus()

    def _lay_out(self) -> None:
        left = QWidget()
        fields = QVBoxLayout(left)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.addWidget(self.form)
        fields.addSpacing(10)
        fields.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        fields.addStretch()
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(self.form.width() + 16)
        area.setWidgetResizable(True)
        area.setWidget(left)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.facts, 1)
        right.addWidget(Rule("rule"))
        right.addWidget(self.consequence)
        put_together(self, area, right, self.foot)
        fit(self, SIZE)

    def _connect(self) -> None:
        self.form.edited.connect(self._changed)
        self.facts.changed.connect(self._changed)
        self.facts.added.connect(self._add_fact)
        self.facts.removed.connect(self._remove_fact)
        self.facts.restored.connect(self._restore_fact)
        self.back.clicked.connect(self._restore_entry)
        self._pause.timeout.connect(self._ask)
        self.foot.cancel.clicked.connect(self.reject)
        self.foot.primary.clicked.connect(self.save)

    # -- facts ---------------------------------------------------------------------------------------------

    def _add_fact(self, kind: FactKind) -> None:
        facts = facts_of(self.entry, kind)
        self.entry = with_facts(self.entry, kind, (*facts, blank_fact(kind, self._today)))
        self.facts.show_facts(self.entry, (kind, len(facts)))
        self._changed()

    def _remove_fact(self, kind: FactKind, index: int) -> None:
        facts = facts_of(self.entry, kind)
        self.entry = with_facts(self.entry, kind, (*facts[:index], *facts[index + 1 :]))
        self.facts.show_facts(self.entry, None)
        self._changed()

    def _restore_fact(self, kind: FactKind, index: int) -> None:
        if self._original is not None:
            self.entry = restored(self.facts.entry, self._original, kind, index)
            self.facts.show_facts(self.entry, (kind, index))
            self._changed()

    def _restore_entry(self) -> None:
        if self._original is not None:
            self.entry = self._original
            self.form.show_entry(self._original)
            self.facts.show_facts(self._original, None)
            self._changed()

    # -- while typing --------------------------------------------------------------------------------------

    def _changed(self) -> None:
        """Take what the fields say into the entry; say what is wrong, or ask what it would do."""
        self.entry = self.form.entry(self.facts.entry)
        named = self._named()
        own = self._document.portfolio.entries
        reason = self.form.check(entry_issues(self._shipped, own, named)) or self.facts.reason()
        if not reason and self._old is not None and self._entries(named) == dict(own):
            reason = "Nothing is changed yet"
        self.back.setVisible(self._original is not None and self.entry != self._original)
        self.foot.hold(reason)
        self.outcome = None
        if reason:
            self.consequence.set_parts([])
            jobs.drop(self)
            self._pause.stop()
        else:
            self._pause.start()

    def _named(self) -> Entry:
        """Return the entry with its id, which a new one takes from its name."""
        if self._old is not None:
            return self.entry
        own = self._document.portfolio.entries
        return replace(self.entry, id=free_id(self._shipped, own, self.entry.name))

    def _entries(self, entry: Entry) -> dict[str, Entry]:
        return with_entry(self._shipped, self._document.portfolio.entries, entry, self._today)

    def is_waiting(self) -> bool:
        """Tell whether the consequence is still behind the fields."""
        return self._pause.isActive()

    def _ask(self) -> None:
        work = partial(self._worked_out, self._document.portfolio, self._entries(self._named()))
        jobs.run(self, work, self._show)

    def _worked_out(self, before: Portfolio, entries: Mapping[str, Entry]) -> Outcome:
        """Return what the entries would do; called beside the window."""
        following = with_own_entries(before, self._shipped, entries)
        day = before.as_of or self._today
        sentence = entry_consequence(
            held(before, day), held(following.portfolio, day), following, self._labels
        )
        return Outcome(before, entries, following, sentence)

    def _show(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.consequence.set_parts([(run.text, run.bold, "", run.warn) for run in outcome.sentence])

    # -- the deed ------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Make the edit and close."""
        named, before = self._named(), self._document.portfolio
        entries = self._entries(named)
        known = self.outcome
        if known is not None and known.before is before and known.entries == entries:
            after = known.following.portfolio
        else:
            after = with_own_entries(before, self._shipped, entries).portfolio
        name = named.short_name
        text = f"Change {name} in the catalogue" if self._old else f"Add {name} to the catalogue"
        self._document.edit(text, after)
        self.accept()
