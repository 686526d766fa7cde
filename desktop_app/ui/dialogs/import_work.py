"""What an import does beside the window: it reads a file, a large one's first rows first, and takes it in."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.analysis.limit_log import states_of, worsened
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import StoppedError, UserError
from desktop_app.figures.labels import Labels
from desktop_app.report.limit_words import worse_words
from desktop_app.ui import jobs
from desktop_app.ui.dialogs.import_reading import Asking, Reading, read_beginning, read_file, read_whole
from desktop_app.ui.document import Document, Store

PROGRESS_MS = 100
PAUSE = 0.05


class FileReader(QObject):
    """Reads its file again with every answer; a new reading stops the one under way.

    ``begun`` carries the Reading of the first rows (too large a file is not read on), ``read`` that of the
    whole file, ``refused`` a UserError, ``counted`` how many rows have been read so far.
    """

    begun = Signal(object)
    read = Signal(object)
    refused = Signal(object)
    counted = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.path = Path()
        self._held = (self.path, b"")
        self._stop = threading.Event()
        self._rows = 0
        self._clock = QTimer(self, interval=PROGRESS_MS)
        self._clock.timeout.connect(self._tell_progress)

    def open(self, path: Path) -> None:
        """Take another file."""
        self.path = Path(path)  # one of its own: the same name may stand for other bytes by now

    def start(self, asking: Asking) -> None:
        """Read the file, as far as possible at first; ``asking.progress`` is replaced."""
        self.stop()
        self._stop = threading.Event()
        self._rows = 0
        self._clock.start()
        asked = replace(asking, progress=self._progress(self._stop))
        jobs.run(self, partial(read_beginning, self.path, asked), partial(self._go_on, asked), self._refuse)

    def stop(self) -> None:
        """Do not read on."""
        self._stop.set()
        self._clock.stop()
        jobs.drop(self)

    def _progress(self, stop: threading.Event) -> Callable[[int], None]:
        def progress(rows: int) -> None:
            if stop.is_set():
                raise StoppedError("")
            # Not a signal: the thread may outlive the dialog, and a number harms nobody.
            self._rows = rows

        return progress

    def _go_on(self, asked: Asking, beginning: Reading | None) -> None:
        """Tell of the beginning, and read the whole."""
        stop = self._stop
        self._rows = 0
        if beginning is not None:
            self.begun.emit(beginning)
        if stop.is_set():  # something else has been asked for
            return
        if beginning is not None and beginning.is_cut:
            self._clock.stop()
            return
        whole = partial(self._whole, self.path, asked, beginning is not None)
        jobs.run(self, whole, self._tell, self._refuse)

    def _whole(self, path: Path, asked: Asking, has_begun: bool) -> Reading:
        """Return what the file holds; called beside the window. Its bytes are kept for the next answer."""
        if has_begun:
            time.sleep(PAUSE)  # reading at once would make the painting of what has begun take twice as long
        held = self._held
        if held[0] is not path:
            held = self._held = path, read_whole(path)
        return read_file(held[1], path.name, asked)

    def _tell_progress(self) -> None:
        if self._rows:
            self.counted.emit(self._rows)

    def _tell(self, reading: Reading) -> None:
        self._clock.stop()
        self.read.emit(reading)

    def _refuse(self, error: UserError) -> None:
        self._clock.stop()
        if not isinstance(error, StoppedError):
            self.refused.emit(error)


def applied_and_saved(
    reading: Reading, document: Document, catalogue: Catalogue
) -> tuple[Portfolio, Store | None]:
    """Return the portfolio with the import, and the file that holds it now; called beside the window."""
    before, plan = document.portfolio, reading.plan
    if plan is not None and document.has_place and plan.counts.accepted > len(before.positions):
        by_column = plan.stamped(before, catalogue, datetime.now(UTC), _new_id(before))
        if by_column is not None:
            return document.adding(*by_column)()
    after = _applied(reading, before, catalogue)
    return after, document.saving(after)()


def limits_broken(
    reading: Reading, before: Portfolio, catalogue: Catalogue, as_of: date, labels: Labels
) -> tuple[str, ...]:
    """Return which limits the import would break, or break further, in sentences; beside the window."""
    after = _applied(reading, before, catalogue)
    names = {node.id: node.name for held in (before, after) for node in held.nodes.values()}
    found = worsened(states_of(before, as_of), states_of(after, as_of))
    return tuple(worse_words(worse, names, labels) for worse in found)


def _applied(reading: Reading, before: Portfolio, catalogue: Catalogue) -> Portfolio:
    if reading.plan is None:
        assert reading.portfolio is not None  # noqa: S101 - a reading holds one of the two
        return reading.portfolio
    return reading.plan.apply(before, catalogue, datetime.now(UTC), _new_id(before))


def _new_id(portfolio: Portfolio) -> str:
    return next(i for n in count(1) if (i := f"import-{n}") not in portfolio.imports)
