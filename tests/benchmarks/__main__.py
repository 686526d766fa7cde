"""``make bench``: measures the program against yardsticks in the same run and writes RESULTS.md."""

import compileall
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import desktop_app
from desktop_app.storage.store import Store
from tests.benchmarks.generate import layered_portfolio, ledger_rows, table_rows, write_rows

RESULTS = Path(__file__).with_name("RESULTS.md")
STAKEOUT = (sys.executable, "-m", "desktop_app")
RUNS = 5
ROWS, MANY_ROWS = 100_000, 1_000_000
LEDGER_ROWS = 1_000_000


@dataclass(frozen=True)
class Measured:
    """Median seconds of a command and of its yardstick, the peak memory in MiB, and what was aimed at."""

    what: str
    yardstick: str
    seconds: float
    yard_seconds: float
    memory: float
    aim: str

    def line(self) -> str:
        """Return the row of the table."""
        ratio = self.seconds / self.yard_seconds
        return (
            f"| {self.what} | {self.seconds:.2f} | {self.yardstick} | {self.yard_seconds:.3f} "
            f"| {ratio:.{1 if ratio >= 1 else 3}f} × | {self.aim} | {self.memory:.0f} |"
        )


def timed(
    command: Sequence[str], runs: int, prepare: Callable[[], object] = lambda: None
) -> tuple[float, float]:
    """Return the median seconds and the peak MiB of a command over several runs."""
    seconds, peaks = [], []
    for _ in range(runs):
        prepare()
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": "."})
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - start)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
        peaks.append(usage.ru_maxrss / 1024)
    return statistics.median(seconds), max(peaks)


def start(folder: Path) -> Measured:
    """From the command to the first painted page with 1,000 positions."""
    file = folder / "start.stakeout"
    Store.create(file, layered_portfolio(1_000)).close()
    compileall.compile_dir(Path(desktop_app.__file__).parent, quiet=1)  # as an installation does
    window = (sys.executable, "-m", "tests.benchmarks.probe_window", str(file))
    bare = (sys.executable, "-m", "tests.benchmarks.probe_bare")
    # By turns: so short, both must meet the same machine. The first pair only warms up.
    pairs = [(timed(window, 1), timed(bare, 1)) for _ in range(2 * RUNS)][1:]
    seconds, yard = (statistics.median(pair[i][0] for pair in pairs) for i in (0, 1))
    memory = max(pair[0][1] for pair in pairs)
    return Measured(
        "start to the first painted page, 1,000 positions",
        "bare PySide6 window",
        seconds,
        yard,
        memory,
        "≤ 6 ×",
    )


def importing(folder: Path) -> Measured:
    """The import of a generic position table of 100,000 rows into a new portfolio."""
    return _imported(folder, f"{ROWS:,} generic rows", table_rows(ROWS), 3, "≤ 20 ×")


def importing_million(folder: Path) -> Measured:
    """The import of a generic position table of 1,000,000 rows into a new portfolio."""
    rows = table_rows(MANY_ROWS)
    return _imported(folder, f"{MANY_ROWS:,} generic rows", rows, 1, "≤ 12 ×, < 1,500 MiB")


def staying_alive(folder: Path) -> list[Measured]:
    """The longest standstill of the window while 100,000 rows are read, and while they are taken in."""
    table = folder / "alive.csv"
    write_rows(table, table_rows(ROWS))
    command = (sys.executable, "-m", "tests.benchmarks.probe_heartbeat", str(table), str(folder / "alive"))
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [
        Measured(f"longest standstill of the window: {what}", "50 ms", int(ms) / 1000, 0.05, 0, "≤ 1 ×")
        for what, ms in zip(_STANDSTILLS, done.stdout.split(), strict=True)
    ]


_STANDSTILLS = (
    f"{ROWS:,} rows read",
    "the same, of its own doing",
    "and imported",
    "the same, of its own doing",
)


def importing_ledger(folder: Path) -> Measured:
    """The import of a ledger of 1,000,000 rows into a new portfolio."""
    rows = ledger_rows(LEDGER_ROWS)
    return _imported(folder, f"{LEDGER_ROWS:,} rows of a ledger", rows, 1, "≤ 12 ×, < 1,500 MiB")


def _imported(folder: Path, what: str, rows: Iterable[tuple[str, ...]], runs: int, aim: str) -> Measured:
    table, file, database = folder / "table.csv", folder / "import.stakeout", folder / "import.sqlite"
    write_rows(table, rows)
    seconds, memory = timed(
        (*STAKEOUT, "import", str(table), "-p", str(file)), runs, lambda: file.unlink(missing_ok=True)
    )
    yard, _ = timed(
        ("sqlite3", str(database), f".import --csv {table} rows"),
        RUNS,
        lambda: database.unlink(missing_ok=True),
    )
    return Measured(f"import of {what}", "`sqlite3 .import`", seconds, yard, memory, aim)


def answering(folder: Path) -> Measured:
    """``show all --json`` for 10,000 positions on 300 nodes."""
    file = folder / "all.stakeout"
    Store.create(file, layered_portfolio(10_000)).close()
    seconds, memory = timed((*STAKEOUT, "show", "all", "--json", "-p", str(file)), 3)
    yard, _ = timed((sys.executable, "-c", "import numpy, sqlmodel"), RUNS)
    return Measured(
        "`show all --json`, 10,000 positions on 300 nodes",
        "`import numpy, sqlmodel`",
        seconds,
        yard,
        memory,
        "≤ 4 s",
    )


def reporting(folder: Path) -> Measured:
    """The exposure summary of 5,000 positions as PDF, with the usual sections."""
    file = folder / "report.stakeout"
    Store.create(file, layered_portfolio(5_000)).close()
    seconds, memory = timed((*STAKEOUT, "report", "-p", str(file), "-o", str(folder / "summary.pdf")), 3)
    yard, _ = timed((*STAKEOUT, "show", "all", "--json", "-p", str(file)), 3)
    return Measured(
        "`report -o summary.pdf`, 5,000 positions on 300 nodes",
        "`show all --json` of the same",
        seconds,
        yard,
        memory,
        "≤ 20 s",
    )


def moving(folder: Path) -> list[Measured]:
    """One frame in twenty, while the graph of 2,000 nodes and 5,000 edges is dragged and zoomed."""
    file = folder / "graph.stakeout"
    Store.create(file, layered_portfolio(1_200, 400, 600, 1_000)).close()
    screen = ("xvfb-run", "-a", "-s", "-screen 0 1920x1080x24") if shutil.which("xvfb-run") else ()
    environment = os.environ | ({"QT_QPA_PLATFORM": "xcb"} if screen else {})
    command = (*screen, sys.executable, "-m", "tests.benchmarks.probe_frames", str(file))
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return [
        Measured(
            f"a frame of the graph moved, 2,000 nodes and 5,000 edges: {what}",
            "1/30 s",
            s,
            1 / 30,
            0,
            "≤ 1 ×",
        )
        for what, s in zip(("as it opens", "all unfolded"), map(float, done.stdout.split()), strict=True)
    ]


def risking(positions: int, aims: tuple[str, str]) -> list[Measured]:
    """The risk questions of many positions on 400 stacks of ten atoms, 300 nodes of which can fail."""
    median = probed(positions)
    what = f"{positions:,} positions on 400 stacks, 300 nodes fail"
    return [
        Measured(
            f"exposure, concentration, ten scenarios, expected loss: {what}",
            "dense product of value and parts",
            median["answers"],
            median["product"],
            median["memory"],
            aims[0],
        ),
        Measured(
            f"the year with its spread: {what}",
            "dense product of states and atoms",
            median["year"],
            median["dense"],
            median["memory"],
            aims[1],
        ),
    ]


def probed(*sizes: int) -> dict[str, float]:
    """Return the medians of three runs of ``probe_risk``: positions, or positions and stacks."""
    command = (sys.executable, "-m", "tests.benchmarks.probe_risk", *map(str, sizes))
    runs = []
    for _ in range(3):
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        runs.append(json.loads(done.stdout))
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


GROWTH = (
    (10_000, 400),
    (20_000, 400),
    (40_000, 400),
    (80_000, 400),
    (40_000, 100),
    (40_000, 200),
    (40_000, 800),
)
"""Positions and stacks of the risk questions whose seconds show how the cost grows."""


def growing() -> list[str]:
    """Return the rows of the table of growth, each with a bar of its seconds."""
    found = {sizes: probed(*sizes) for sizes in GROWTH}
    longest = max(run["answers"] + run["year"] for run in found.values())
    return [
        f"| {positions:,} | {stacks} | {run['answers']:.2f} | {run['year']:.2f} "
        f"| {'█' * round(40 * (run['answers'] + run['year']) / longest)} |"
        for (positions, stacks), run in found.items()
    ]


def main() -> None:
    """Measure everything and write the table."""
    if shutil.which("sqlite3") is None:
        raise SystemExit(
            "The yardstick of the import is the command sqlite3: install Debian's package sqlite3."
        )
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["STAKEOUT_HOME"] = str(folder / "home")
        kinds = (start, importing, importing_million, importing_ledger, answering, reporting)
        measured = [measure(folder) for measure in kinds]
        measured += staying_alive(folder)
        measured += moving(folder)
        for count, aims in ((10_000, ("≤ 0.5 s", "≤ 3 s")), (100_000, ("≤ 2 s", "≤ 5 s"))):
            measured += risking(count, aims)
        lines = [one.line() for one in measured]
        growth = growing()
    head = HEAD.format(when=datetime.now(UTC).date(), where=where())
    RESULTS.write_text(head + "\n".join(lines) + GROWTH_HEAD + "\n".join(growth) + "\n", "utf-8")
    print(RESULTS.read_text("utf-8"))


def where() -> str:
    """Return what ran it."""
    system = f"{platform.system()} {platform.machine()}"
    return f"Python {platform.python_version()}, {system}, {os.cpu_count()} cores"


HEAD = """\
# Results

Written by `make bench` on {when}: {where}. Medians of whole commands, from the start of the process to its
end; memory is the largest peak. Seconds differ from machine to machine: compare the ratios.

| what | seconds | yardstick | seconds | ratio | aim | peak MiB |
|---|--:|---|--:|--:|--:|--:|
"""

GROWTH_HEAD = """

## How the cost grows

Exposure, concentration, ten scenarios and expected loss, then the year with its spread; 300 nodes can fail.
Twice the positions, or twice the stacks, should take no more than twice the seconds.

| positions | stacks | answers, s | the year, s | together |
|--:|--:|--:|--:|---|
"""

if __name__ == "__main__":
    main()
