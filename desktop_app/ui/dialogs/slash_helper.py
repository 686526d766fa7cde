"""Small dialogs that turn what protocols publish about slashing into a severity, or into shares."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop_app.analysis.slash_weights import ethereum_severity, shared_weights, unique_weights
from desktop_app.errors import UserError
from desktop_app.figures.labels import Labels
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import Field, line
from desktop_app.ui.dialogs.foot import Foot
from desktop_app.ui.dialogs.typed import read_amount, write_amount
from desktop_app.ui.widgets.section import Words
from desktop_app.ui.widgets.sentence_label import SentenceLabel

WIDTH = 460
SCALE = 10**18
"""Magnitudes and stakes are whole numbers of so small parts."""
Amounts = Mapping[str, Decimal]
WHOLE, ACTIVE = "whole", "active"

SEVERITY_HOW = (
    "On Ethereum a slash takes more the more is slashed within 36 days: three times that part of all stake, "
    "beside a fixed penalty and missed rewards. It comes out a little different where large validators "
    "shrink or much of the stake leaves meanwhile."
)
MAGNITUDES_HOW = (
    "On EigenLayer an operator gives each service a magnitude of its own, which no other can slash. A share "
    "is the magnitude divided by what the operator has left; what is free stands on nobody."
)
LIMITS_HOW = (
    "In a Symbiotic vault the same stake can back several networks, each up to its limit. A share is the "
    "limit divided by the active stake, at most all of it."
)


class Helper(QDialog):
    """Numbers are typed, the answer is said at once; ``used`` carries it when the user takes it."""

    used = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        how: str,
        fields: Mapping[str, tuple[str, Decimal | None]],
        answer: Callable[[Amounts], tuple[object, str]],
        deed: str,
    ) -> None:
        """``fields``: name -> (label, what stands there first); ``answer``: what comes out, and in words."""
        super().__init__(parent)
        self.setObjectName("slash_helper")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._locale = QLocale()
        self._answer = answer
        self._found: object = None
        self.fields = {name: Field(name, label, line(number=True)) for name, (label, _) in fields.items()}
        self.words = SentenceLabel(theme.TEXT)
        self.foot = Foot("", deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        inside = QVBoxLayout()
        inside.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN, 8)
        inside.setSpacing(10)
        inside.addWidget(Words(how, theme.NOTE, "text2", wrap=True))
        for name, field in self.fields.items():
            field.start_with(write_amount(fields[name][1], self._locale))
            field.edited.connect(self._work_out)
            inside.addWidget(field)
        inside.addWidget(self.words)
        column.addLayout(inside)
        column.addWidget(self.foot)
        self.setMinimumWidth(round(WIDTH * max(1.0, theme.pixels() / 13)))
        self.foot.cancel.clicked.connect(self.reject)
        self.foot.primary.clicked.connect(self._use)
        self._work_out()

    def _work_out(self) -> None:
        typed = {name: read_amount(field.text(), self._locale) for name, field in self.fields.items()}
        amounts = {name: amount for name, amount in typed.items() if amount is not None}
        wrong = next((n for n, f in self.fields.items() if f.text() and n not in amounts), None)
        self._found, said = None, ""
        reason = f"Correct “{self.fields[wrong].label_text}”" if wrong else ""
        if not reason:
            try:
                self._found, said = self._answer(amounts)
            except UserError as error:
                reason = error.text
        self.words.set_text(said)
        self.foot.hold(reason)

    def _use(self) -> None:
        self.used.emit(self._found)
        self.accept()


def ask_severity(parent: QWidget, labels: Labels) -> Helper:
    """Open the helper from jointly slashed ETH to the part of a balance that is lost."""
    from desktop_app.analysis.clocks.ethereum import TOTAL_STAKE

    def answer(amounts: Amounts) -> tuple[object, str]:
        if "slashed" not in amounts:
            raise UserError("Enter how much is slashed together.", "For example what an operator runs.")
        slashed, total = amounts["slashed"], amounts.get("total", TOTAL_STAKE)
        lost = ethereum_severity(slashed, total, amounts.get("balance", Decimal(32)))
        return lost, f"Each of these validators then loses {labels.share(lost, decimals=2)} of its balance."

    fields = {
        "slashed": ("Slashed together within 36 days, ETH", None),
        "total": ("All stake, ETH", TOTAL_STAKE),
        "balance": ("Balance of one validator, ETH", Decimal(32)),
    }
    return _opened(Helper(parent, "Slashing on Ethereum", SEVERITY_HOW, fields, answer, "Use this part"))


def ask_magnitudes(parent: QWidget, names: Mapping[str, str], labels: Labels) -> Helper:
    """Open the helper from an operator's magnitudes to shares; ``names``: node -> name of each service."""

    def answer(amounts: Amounts) -> tuple[object, str]:
        given = {n: int(amounts[n] * SCALE) for n in names if n in amounts}
        found = unique_weights(given, int(amounts.get(WHOLE, Decimal(0)) * SCALE))
        return found, _said(found, names, labels)

    fields: dict[str, tuple[str, Decimal | None]] = {
        WHOLE: ("What the operator has left (its maximum magnitude)", Decimal(1))
    }
    fields |= {node: (f"Magnitude of {name}", None) for node, name in names.items()}
    return _opened(
        Helper(parent, "Shares from magnitudes", MAGNITUDES_HOW, fields, answer, "Use these shares")
    )


def ask_limits(parent: QWidget, names: Mapping[str, str], labels: Labels) -> Helper:
    """Open the helper from the limits of networks in a vault to overlapping shares."""

    def answer(amounts: Amounts) -> tuple[object, str]:
        given = {n: int(amounts[n] * SCALE) for n in names if n in amounts}
        found = shared_weights(given, int(amounts.get(ACTIVE, Decimal(0)) * SCALE))
        return found, _said(found, names, labels)

    fields: dict[str, tuple[str, Decimal | None]] = {ACTIVE: ("Active stake of the vault", None)}
    fields |= {node: (f"Limit of {name}, in the same unit", None) for node, name in names.items()}
    return _opened(Helper(parent, "Shares from limits", LIMITS_HOW, fields, answer, "Use these shares"))


def _said(found: Mapping[str, float], names: Mapping[str, str], labels: Labels) -> str:
    return ", ".join(f"{names[node]} {labels.share(share, decimals=1)}" for node, share in found.items())


def _opened(dialog: Helper) -> Helper:
    dialog.open()
    return dialog
