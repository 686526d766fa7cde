"""The fields of a catalogue entry: name, kind, chain, what it depends on, symbols, a note."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.domain.catalogue import Catalogue, Entry
from desktop_app.domain.entry_edits import KINDS
from desktop_app.domain.issues import Issue
from desktop_app.domain.resolve import find_entry, known_chain
from desktop_app.report.catalogue_words import chain_word, entry_name, entry_names, kind_word
from desktop_app.report.words import capital
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import Field, choice, line, several

WIDTH = 264
"""At a font of 13 pixels; it grows with the font."""
SEPARATOR = "; "


class EntryForm(QWidget):
    """Says which entry stands in its fields; ``edited`` is emitted with every change.

    ``shipped`` is what the program says of the entry, None for one of the user's own. An override keeps its
    kind.
    """

    edited = Signal()

    def __init__(self, catalogue: Catalogue, entry: Entry, shipped: Entry | None) -> None:
        super().__init__()
        self.setFixedWidth(round(WIDTH * max(1.0, theme.pixels() / 13)))
        self._catalogue = catalogue
        self._base = entry
        self._shipped = shipped
        names = sorted((entry_name(catalogue, i) for i in catalogue.entries), key=str.casefold)
        chains = sorted({chain_word(catalogue, e.chain) for e in catalogue.entries.values()} - {""})
        note = QPlainTextEdit()
        note.setFixedHeight(72)
        note.setTabChangesFocus(True)
        fields = (
            Field("name", "Name", line()),
            Field("kind", "Kind", choice(_kinds(catalogue, entry), editable=False)),
            Field("chain", "Chain", choice(chains, placeholder="none")),
            Field("depends_on", "Depends on, with all of it", several(names, SEPARATOR)),
            Field("symbols", "Symbols of its tokens", line("XYZ; wXYZ")),
            Field("note", "Note", note),
        )
        self.fields: Mapping[str, Field] = {field.editor.objectName(): field for field in fields}
        self._lay_out()
        self._start()
        for field in self.fields.values():
            field.edited.connect(self.edited)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        for field in self.fields.values():
            column.addWidget(field)

    def _start(self) -> None:
        for name, text in self._texts(self._base).items():
            self.fields[name].start_with(text)
        if self._shipped is not None:
            self.fields["kind"].editor.setEnabled(False)

    def _texts(self, entry: Entry) -> dict[str, str]:
        return {
            "name": entry.name,
            "kind": capital(kind_word(self._catalogue, entry)) if entry.layer else "",
            "chain": chain_word(self._catalogue, entry.chain),
            "depends_on": SEPARATOR.join(entry_names(self._catalogue, entry.depends_on)),
            "symbols": SEPARATOR.join(entry.symbols),
            "note": entry.note,
        }

    def show_entry(self, entry: Entry) -> None:
        """Show what another entry says, as the shipped one when that comes back."""
        for name, text in self._texts(entry).items():
            self.fields[name].put(text)

    # -- reading -------------------------------------------------------------------------------------------

    def entry(self, base: Entry) -> Entry:
        """Return ``base`` with what the fields say; what was not touched stays to the letter."""
        said = {
            "name": self.fields["name"].text(),
            "chain": self._chain(),
            "depends_on": tuple(self._depends_on().values()),
            "symbols": _parts(self.fields["symbols"].text()),
            "note": self.fields["note"].text(),
        }
        texts = self._texts(base)
        changed = {n: value for n, value in said.items() if self.fields[n].text() != texts[n].strip()}
        if self._shipped is None and (kind := KINDS.get(self.fields["kind"].text().casefold())):
            changed["layer"], changed["reward_layers"] = kind
        return replace(base, **changed)  # type: ignore[arg-type]

    def _chain(self) -> str:
        text = self.fields["chain"].text()
        return known_chain(self._catalogue, text) or text

    def _depends_on(self) -> dict[str, str]:
        """Return name -> id of what the entry depends on; a name that is not there stands for itself."""
        ids = {entry_name(self._catalogue, i).casefold(): i for i in self._catalogue.entries}
        return {name: self._id(name, ids) for name in _parts(self.fields["depends_on"].text())}

    def _id(self, name: str, ids: Mapping[str, str]) -> str:
        if name.casefold() in ids:
            return ids[name.casefold()]
        found = find_entry(self._catalogue, name)
        return found.id if found else name

    # -- checking ------------------------------------------------------------------------------------------

    def check(self, issues: Sequence[Issue]) -> str:
        """Say what is wrong beside each field and what the catalogue says; return a reason to wait, or ""."""
        wrong = {issue.place: issue.text for issue in reversed(issues)}
        before = self._texts(self._shipped) if self._shipped else {}
        for name, field in self.fields.items():
            if name in wrong:
                field.say(wrong[name], "alarm")
            elif name in before and field.text() != before[name].strip():
                field.say(f"Catalogue: {before[name] or 'nothing'}")
            else:
                field.say("")
        if not self.fields["name"].text():
            return "Enter a name"
        if not self.fields["kind"].text():
            return "Choose a kind"
        return f"Correct “{self.fields[next(iter(wrong))].label_text}”" if wrong else ""


def _kinds(catalogue: Catalogue, entry: Entry) -> list[str]:
    """Return the kinds to choose from, and the one that a shipped entry has."""
    own = [kind_word(catalogue, entry)] if entry.layer else []
    return [capital(kind) for kind in dict.fromkeys((*KINDS, *own))]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in text.split(";") if (name := part.strip())))
