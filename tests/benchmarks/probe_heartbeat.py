"""Imports a table in the window and prints the longest times, in milliseconds, that its thread stood still.

Four numbers: while the file is read and planned, and while the plan is applied and saved; of each the longest
standstill, and the most that the window's thread itself worked between two beats.
"""

import itertools
import os
import sys
import time
from pathlib import Path

from desktop_app.__main__ import prepare


def main() -> None:
    """Start as ``__main__`` does, import the file named first, end when it is on the disk."""
    prepare()
    from desktop_app.app import show_window

    # isort: split
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desktop_app.ui import jobs
    from desktop_app.ui.dialogs.import_wizard import ImportWizard

    os.environ["STAKEOUT_HOME"] = sys.argv[2]
    app, window = show_window(None)
    beats: list[tuple[float, float]] = []
    timer = QTimer(interval=2)
    timer.timeout.connect(lambda: beats.append((time.perf_counter(), time.process_time())))

    def wait() -> str:
        """Let the window live until nothing is under way; return its longest standstill and most work."""
        beats.clear()
        timer.start()
        app.processEvents()
        while jobs.busy():
            app.processEvents()
            time.sleep(0.0005)
        app.processEvents()
        timer.stop()
        gaps = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(beats)]
        return " ".join(f"{max((gap[i] for gap in gaps), default=0) * 1000:.0f}" for i in (0, 1))

    wait()
    window.files.drop(Path(sys.argv[1]))
    reading = wait()
    wizard = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ImportWizard))
    wizard.do_import()
    writing = wait()
    print(reading, writing)
    window.document.close()


main()
