"""Words set in lines for paper: fonts, sizes, wrapping. Needs no device.

Lengths are dots, 1,200 to the inch, so that every device gets the same lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from desktop_app.figures.colours import colour
from desktop_app.figures.colours import grey as as_grey
from desktop_app.figures.labels import NARROW_NO_BREAK, NO_BREAK
from desktop_app.report.html import printable
from desktop_app.report.sentences import Run

DOTS = 1200
PIXEL = DOTS / 96
POINT = DOTS / 72

PAD = 8 * PIXEL
"""Between two columns of a table."""


@dataclass(frozen=True, slots=True)
class Style:
    """How words look: size in points, colour role, line height as a multiple of the size."""

    points: float
    role: str = "ink"
    bold: bool = False
    leading: float = 1.36

    @property
    def pitch(self) -> float:
        """From one line to the next."""
        return self.points * POINT * self.leading


TITLE = Style(19.5, bold=True, leading=1.25)
SUBTITLE = Style(9.75, "text2")
LEAD = Style(11.25, leading=1.5)
HEADING = Style(9.75, bold=True)
TEXT = Style(8.25)
QUIET = Style(8.25, "text2")
NOTE = Style(7.5, "text2")


@lru_cache(maxsize=32)
def font(points: float, bold: bool) -> QFont:
    """Return the font of paper: figures of one width, and no ligatures, which could not be searched for."""
    result = QFont("sans-serif")
    result.setPixelSize(round(points * POINT))
    result.setBold(bold)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    result.setFeature(QFont.Tag("tnum"), 1)
    result.setFeature(QFont.Tag("liga"), 0)
    return result


@lru_cache(maxsize=32)
def _metrics(points: float, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(font(points, bold))


def clean(text: str) -> str:
    """Return text from a file as paper shows it: Qt breaks lines at the narrow blank, though it must not."""
    return printable(text).replace(NARROW_NO_BREAK, NO_BREAK).replace("\r", "").replace("\t", " ")


def advance(text: str, style: Style, *, bold: bool = False) -> float:
    """Return how wide a text is on one line."""
    return _metrics(style.points, bold or style.bold).horizontalAdvance(text)


class Ink:
    """Colour roles of the light theme as colours, in grey if wanted."""

    def __init__(self, *, grey: bool) -> None:
        self.grey = grey
        self._known: dict[str, QColor] = {}

    def __call__(self, role: str) -> QColor:
        if role not in self._known:
            self._known[role] = QColor(as_grey(colour(role)) if self.grey else colour(role))
        return self._known[role]


class Words:
    """Runs of text set in lines of one width, at its left or right edge."""

    def __init__(
        self,
        runs: Sequence[Run],
        style: Style,
        width: float,
        ink: Ink,
        *,
        right: bool = False,
        most: int = 0,
    ) -> None:
        """``most`` lines are shown, the last of them ending in "…" where there were more (0: all)."""
        self._style = style
        self._width = width
        self._ink = ink
        self._right = right
        self._runs = [Run(text, run.bold, "", run.warn) for run in runs if (text := clean(run.text))]
        self._layout: QTextLayout | None = None
        self.lines = 1
        if not self._fits():
            self._set(most)
        self.height = self.lines * style.pitch

    def _fits(self) -> bool:
        if len(self._runs) > 1 or any("\n" in run.text for run in self._runs):
            return False
        return all(advance(run.text, self._style, bold=run.bold) <= self._width for run in self._runs)

    def _set(self, most: int) -> None:
        self._layout = layout = self._laid()
        self.lines = layout.lineCount()
        if most and self.lines > most:
            last = layout.lineAt(most - 1)
            self._runs = _until(self._runs, max(last.textStart() + last.textLength() - 1, 0))
            self._set(most)

    def _laid(self) -> QTextLayout:
        text = "".join(run.text for run in self._runs).replace("\n", "\u2028")
        layout = QTextLayout(text, font(self._style.points, self._style.bold))
        option = QTextOption(Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.setCacheEnabled(True)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._width)
            line.setPosition(QPointF(0, top))
            top += self._style.pitch
        layout.endLayout()
        return layout

    def draw(self, painter: QPainter, x: float, y: float, line: int | None = None) -> None:
        """Draw all lines, or one of them, from the upper left corner."""
        if self._layout is None:
            self._draw_short(painter, x, y)
            return
        for number in range(self.lines) if line is None else (line,):
            found = self._layout.lineAt(number)
            above = y + (0 if line is not None else number * self._style.pitch)
            found.draw(painter, QPointF(x, above - found.y() + self._lead(found.height())))

    def _draw_short(self, painter: QPainter, x: float, y: float) -> None:
        for run in self._runs:
            bold = run.bold or self._style.bold
            metrics = _metrics(self._style.points, bold)
            if self._right:
                x += self._width - metrics.horizontalAdvance(run.text)
            painter.setFont(font(self._style.points, bold))
            painter.setPen(self._ink_of(run))
            painter.drawText(QPointF(x, y + self._lead(metrics.height()) + metrics.ascent()), run.text)

    def _ink_of(self, run: Run) -> QColor:
        return self._ink("warn" if run.warn else self._style.role)

    def _lead(self, height: float) -> float:
        """Return the blank above a line of this height within its pitch."""
        return (self._style.pitch - height) / 2

    def _formats(self) -> list[QTextLayout.FormatRange]:
        ranges = []
        start = 0
        for run in self._runs:
            part = QTextLayout.FormatRange()
            part.start, part.length = start, _units(run.text)
            shape = QTextCharFormat()
            shape.setForeground(self._ink_of(run))
            if run.bold:
                shape.setFontWeight(QFont.Weight.Bold)
            part.format = shape
            ranges.append(part)
            start += part.length
        return ranges


def _units(text: str) -> int:
    """Return the length of a text as Qt counts it: signs beyond the first plane are two."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def _until(runs: Sequence[Run], units: int) -> list[Run]:
    """Return the runs up to so many of Qt's units, ending in "…"."""
    kept: list[Run] = []
    left = units
    for run in runs:
        text = run.text.encode("utf-16-le", "surrogatepass")[: 2 * left].decode("utf-16-le", "ignore")
        kept.append(Run(text, run.bold, "", run.warn))
        left -= _units(text)
        if left <= 0:
            break
    last = kept[-1]
    return [*kept[:-1], Run(last.text.rstrip() + "…", last.bold, "", last.warn)]
