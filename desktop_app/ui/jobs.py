"""Work beside the window: a function runs in a thread, its answer comes back on the window's thread.

An answer that is older than the newest request of the same owner and topic is dropped.
"""

import gc
import sys
import weakref
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal

from desktop_app.errors import UserError
from desktop_app.ui import messages

T = TypeVar("T")

WORKERS = 2
FEW = 500
PAINT_FIRST = 10
"""Milliseconds: what the window has just been told it paints before work begins that competes with it."""
SWITCH_INTERVAL = 0.0001
"""Seconds: how often a working thread makes room for the window's (0.0005 leaves gaps of 150 ms)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    owner: "weakref.ref[QObject]"
    topic: str
    number: int
    done: Callable[[Any], None]
    failed: Callable[[UserError], None]


class _Desk(QObject):
    """Lives on the window's thread; knows the newest request of each owner and topic; hands answers out."""

    arrived = Signal(object, object, object)
    idle = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.newest: weakref.WeakKeyDictionary[QObject, dict[str, int]] = weakref.WeakKeyDictionary()
        self.count = 0
        self.under_way = 0
        self.waiting: deque[Callable[[], None]] = deque()
        # Qt's own threads: laying out text for a printer needs one that Qt knows.
        self.pool = QThreadPool(self)
        self.pool.setMaxThreadCount(WORKERS)
        self.arrived.connect(self.hand_out, Qt.ConnectionType.QueuedConnection)

    def send(self, job: _Job, work: Callable[[], Any]) -> None:
        self.under_way += 1
        gc.disable()  # a collection stops every thread, the window's too
        self.waiting.append(lambda: self.do(job, work))
        QTimer.singleShot(PAINT_FIRST, self, self.start_next)

    def start_next(self) -> None:
        """Give the oldest work that waits to a thread, unless ``finish`` has done so."""
        if self.waiting:
            self.pool.start(self.waiting.popleft())

    def do(self, job: _Job, work: Callable[[], Any]) -> None:
        """Work in the thread; whatever comes of it goes back to the window's thread."""
        answer: Any = None
        error: BaseException | None = None
        try:
            answer = work()
        except UserError as raised:
            error = raised.with_traceback(None)  # which would keep all that the work has made
        except BaseException as raised:  # noqa: BLE001 - raised again on the window's thread
            error = raised
        self.arrived.emit(job, answer, error)

    def hand_out(self, job: _Job, answer: Any, error: BaseException | None) -> None:
        self.under_way -= 1
        try:
            owner = job.owner()
            if owner is not None and shiboken6.isValid(owner) and self.newest[owner][job.topic] == job.number:
                _deliver(job, answer, error)
        finally:
            if not self.under_way:
                gc.freeze()  # or the first collection would look through all that the work has made
                gc.enable()
                self.idle.emit()


def _deliver(job: _Job, answer: Any, error: BaseException | None) -> None:
    if error is None:
        job.done(answer)
    elif isinstance(error, UserError):
        job.failed(error)
    else:
        raise error


_desk = _Desk()
idle = _desk.idle
"""Emitted when the last answer under way has been handed out."""


def run(
    owner: QObject,
    work: Callable[[], T],
    done: Callable[[T], None],
    failed: Callable[[UserError], None] = messages.show_error,
    topic: str = "",
) -> None:
    """Call ``work`` in a thread and ``done`` with its answer on the window's thread.

    Only the newest request of an owner and topic is answered, and none when the owner is gone.
    A ``UserError`` goes to ``failed``; any other exception is our bug and reaches ``sys.excepthook``.
    ``work`` must not touch a widget.
    """
    sys.setswitchinterval(SWITCH_INTERVAL)
    _desk.count += 1
    _desk.newest.setdefault(owner, {})[topic] = _desk.count
    _desk.send(_Job(weakref.ref(owner), topic, _desk.count, done, failed), work)


def let_go(owner: QObject, things: list[Any]) -> None:
    """Take many things, of which only this list holds, apart beside the window, and a few at a time.

    To forget a hundred thousand rows at once takes longer than the window may stand still.
    """
    run(owner, partial(_take_apart, things), lambda _: None, topic="let_go")


def _take_apart(things: list[Any]) -> None:
    while things:
        del things[-FEW:]


def drop(owner: QObject, topic: str = "") -> None:
    """Forget what an owner has asked: its answer will not be handed out."""
    _desk.newest.setdefault(owner, {})[topic] = 0


def finish() -> None:
    """Let all work that was asked for end before the program does; answers are no longer handed out."""
    while _desk.waiting:
        _desk.start_next()
    _desk.pool.waitForDone()


def busy() -> bool:
    """Tell whether an answer is still under way."""
    return _desk.under_way > 0
