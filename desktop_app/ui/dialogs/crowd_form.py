"""The shares of those behind a stack, typed over: a row for each name, in per cent of what they work for."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Dimension
from desktop_app.domain.shares import Crowd
from desktop_app.figures.colours import dimension_role
from desktop_app.figures.labels import Labels
from desktop_app.figures.texts import one_line
from desktop_app.report import words
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import line, mark_wrong
from desktop_app.ui.dialogs.typed import read_amount, write_amount
from desktop_app.ui.widgets.section import Link, Section, Words
from desktop_app.ui.widgets.swatch import Swatch

HUNDRED = Decimal(100)
FIELD_WIDTH = 92
MAGNITUDES, LIMITS = "magnitudes", "limits"
"""What shares can be worked out from."""


class CrowdForm(QWidget):
    """One crowd. ``edited`` with every change; ``helped`` asks for one of the helpers."""

    edited = Signal()
    helped = Signal(str)

    def __init__(self, crowd: Crowd, portfolio: Portfolio, labels: Labels) -> None:
        super().__init__()
        self.crowd = crowd
        self._labels = labels
        self._locale = QLocale(labels.locale)
        self._names = {n: one_line(portfolio.nodes[n].name) for n in crowd.members}
        self.fields: dict[str, QLineEdit] = {}
        self.overlap = QCheckBox("They may overlap: the same value can stand on several")
        self.free = QCheckBox("The rest stands on nobody")
        self.rest = Words("", theme.NOTE, "text2")
        owner = portfolio.nodes.get(crowd.owner)
        kind = words.capital(words.dimension_word(self._shown_as(), many=True))
        section = Section(f"{kind} of {one_line(owner.name)}" if owner else kind, self._note())
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        section.body.addLayout(self._grid)
        section.body.addSpacing(4)
        section.body.addWidget(self.rest)
        for box in (self.free, self.overlap):
            section.body.addWidget(box)
        section.body.addLayout(self._links())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)
        self._fill()
        for box in (self.free, self.overlap):
            box.toggled.connect(self._tell)

    def _shown_as(self) -> Dimension:
        role = self.crowd.dimension is Dimension.ROLE
        return Dimension.OPERATOR if role else self.crowd.dimension

    def _note(self) -> str:
        others = self.crowd.positions - 1
        if others < 1:
            return "In per cent. Empty: not known."
        also = words.counted(others, "other position")
        return f"In per cent. Empty: not known. What you say here holds for {also} too."

    def _links(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        if self.crowd.dimension is Dimension.SERVICE:
            for text, kind in (("From magnitudes…", MAGNITUDES), ("From limits of a vault…", LIMITS)):
                link = Link(text)
                link.clicked.connect(lambda kind=kind: self.helped.emit(kind))
                row.addWidget(link)
        row.addStretch()
        return row

    def _fill(self) -> None:
        for row, (node, name) in enumerate(self._names.items()):
            field = line("not known", number=True)
            field.setFixedWidth(round(FIELD_WIDTH * max(1.0, theme.pixels() / 13)))
            field.setAccessibleName(f"Share of {name}, per cent")
            field.setObjectName(f"share:{self.crowd.id}:{node}")
            self._grid.addWidget(Swatch(dimension_role(self.crowd.dimension)), row, 0)
            self._grid.addWidget(Words(name, wrap=True), row, 1)
            self._grid.addWidget(field, row, 2, Qt.AlignmentFlag.AlignRight)
            self.fields[node] = field
            field.textChanged.connect(self._tell)
        self.put(self.crowd.members, overlapping=self.crowd.overlapping, rest_unknown=self.crowd.rest_unknown)

    def put(self, members: Mapping[str, float | None], *, overlapping: bool, rest_unknown: bool) -> None:
        """Show shares in the place of those that were typed."""
        for node, share in members.items():
            self.fields[node].setText(self._written(share))
        self.overlap.setChecked(overlapping)
        self.free.setChecked(not rest_unknown)
        self._tell()

    def _written(self, share: float | None) -> str:
        if share is None:
            return ""
        return write_amount(Decimal(repr(round(share * 100, 10))).normalize(), self._locale)

    # -- reading -------------------------------------------------------------------------------------------

    def changed(self) -> Crowd | None:
        """Return the crowd as the fields say it; None while one of them is no share."""
        shares = {node: self._share(field.text()) for node, field in self.fields.items()}
        if any(share is None and self.fields[node].text().strip() for node, share in shares.items()):
            return None
        kept = {n: self.crowd.members[n] if self._same(n) else share for n, share in shares.items()}
        return replace(
            self.crowd,
            members=kept,
            overlapping=self.overlap.isChecked(),
            rest_unknown=not self.free.isChecked(),
        )

    def _same(self, node: str) -> bool:
        """Tell whether the stored share stands in its field; it is then kept to the last digit."""
        return self.fields[node].text().strip() == self._written(self.crowd.members[node])

    def _share(self, text: str) -> float | None:
        percent = read_amount(text.strip().removesuffix("%"), self._locale)
        return None if percent is None or not 0 <= percent <= HUNDRED else float(percent / HUNDRED)

    def _tell(self) -> None:
        """Say what the shares leave, and that they have changed."""
        for field in self.fields.values():
            mark_wrong(field, wrong=bool(field.text().strip()) and self._share(field.text()) is None)
        overlapping = self.overlap.isChecked()
        self.free.setEnabled(not overlapping)
        total = sum(self._share(field.text()) or 0.0 for field in self.fields.values())
        left = self._labels.share(max(0.0, 1 - total), decimals=1)
        if overlapping:
            self.rest.setText("A name without a share counts in full: the most that can stand on it.")
        elif total > 1 + 1e-9:
            self.rest.setText(f"Together {self._labels.share(total, decimals=1)}, more than all of it.")
        elif self.free.isChecked():
            self.rest.setText(f"The rest, {left}, stands on nobody.")
        else:
            self.rest.setText(f"The rest, {left}, is not published.")
        self.rest.set_role("alarm" if not overlapping and total > 1 + 1e-9 else "text2")
        self.edited.emit()
