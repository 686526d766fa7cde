"""A field of a dialog: its label above, a mark where it differs from what is stored, a sentence below."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import theme
from desktop_app.ui.widgets.section import Words

DOT = 6
Editor = QLineEdit | QComboBox | QPlainTextEdit


class _Label(Words):
    """The label of a field; the dot before a changed value is painted, so that nothing moves for it."""

    def __init__(self, text: str) -> None:
        super().__init__(text, theme.NOTE, "text2")
        self.is_marked = False

    def mark(self, *, changed: bool) -> None:
        """Show or take away the dot that says: differs from what is stored."""
        self.is_marked = changed
        self.set_role("accent" if changed else "text2")
        self.setAccessibleDescription("changed" if changed else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.is_marked:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            left = self.fontMetrics().horizontalAdvance(self.text()) + DOT
            painter.drawEllipse(QRectF(left, (self.height() - DOT) / 2, DOT, DOT))


class Field(QWidget):
    """``edited`` is emitted with every change of the text. The name is the object name of the editor."""

    edited = Signal()

    def __init__(self, name: str, label: str, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        self._label = label
        self._stored = ""
        self.label = _Label(label)
        self.note = Words("", theme.AXIS, "text2", wrap=True)
        editor.setObjectName(name)
        editor.setAccessibleName(label)
        self.label.setBuddy(editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (self.label, editor, self.note):
            column.addWidget(widget)
        column.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.note.hide()
        if isinstance(editor, QComboBox):
            editor.currentTextChanged.connect(self._tell)
        else:
            editor.textChanged.connect(self._tell)

    def _tell(self) -> None:
        changed = not self.is_unchanged()
        self.label.mark(changed=changed)
        self.edited.emit()

    def text(self) -> str:
        """Return what stands in the field."""
        if isinstance(self.editor, QLineEdit):
            return self.editor.text().strip()
        if isinstance(self.editor, QComboBox):
            return self.editor.currentText().strip()
        return self.editor.toPlainText().strip()

    @property
    def label_text(self) -> str:
        """The label, without a mark."""
        return self._label

    def rename(self, label: str) -> None:
        """Show another label."""
        self._label = label
        self.label.setText(label)
        self.editor.setAccessibleName(label)

    def is_unchanged(self) -> bool:
        """Tell whether the stored value stands in the field."""
        return self.text() == self._stored

    def start_with(self, text: str) -> None:
        """Show the stored value."""
        self._stored = text.strip()
        self.put(text)

    def put(self, text: str) -> None:
        """Show a value in the place of what was typed."""
        if isinstance(self.editor, QPlainTextEdit):
            self.editor.setPlainText(text)
        elif isinstance(self.editor, QComboBox):
            self.editor.setCurrentText(text)
            if not self.editor.isEditable() and self.editor.currentText() != text:
                self.editor.setCurrentIndex(-1)
        else:
            self.editor.setText(text)
            self.editor.setCursorPosition(0)

    def say(self, text: str, role: str = "text2") -> None:
        """Show a sentence under the field; with the role "alarm" the value is wrong."""
        self.note.setText(text)
        self.note.set_role(role)
        self.note.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)
        mark_wrong(self.editor, wrong=role == "alarm")


def mark_wrong(editor: QWidget, *, wrong: bool) -> None:
    """Give an editor the border of a wrong value, or take it away."""
    if bool(editor.property("wrong")) != wrong:
        editor.setProperty("wrong", wrong)
        editor.style().unpolish(editor)
        editor.style().polish(editor)


def line(placeholder: str = "", *, number: bool = False) -> QLineEdit:
    """Return a field of one line; numbers stand at the right."""
    editor = QLineEdit()
    editor.setPlaceholderText(placeholder)
    if number:
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setFont(theme.font())
    return editor


def choice(items: Sequence[str], *, editable: bool = True, placeholder: str = "") -> QComboBox:
    """Return a field that offers items; an editable one takes any text and finds items by any part."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    box.setMaxVisibleItems(14)
    box.addItems(list(items))
    box.setEditable(editable)
    editor = box.lineEdit()
    if editor is not None:
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setCurrentIndex(-1)
        editor.setPlaceholderText(placeholder)
        completer = QCompleter(list(items), box)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        box.setCompleter(completer)
    return box


class _Last(QCompleter):
    """Completes the last of several names."""

    def __init__(self, items: Sequence[str], separator: str, parent: QLineEdit) -> None:
        super().__init__(list(items), parent)
        self._separator = separator
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(self._separator.strip())[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        editor = self.parent()
        before = editor.text().rpartition(self._separator.strip())[0] if isinstance(editor, QLineEdit) else ""
        found = str(index.data())
        return f"{before}{self._separator}{found}" if before else found


def several(items: Sequence[str], separator: str) -> QLineEdit:
    """Return a field for several names, which offers items for the last of them by any part."""
    editor = line(separator.join(items[:2]))
    editor.setCompleter(_Last(items, separator, editor))
    return editor
