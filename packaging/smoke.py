"""The smoke test of anything built: start, do the main job from file to paper, open the window.

    python packaging/smoke.py [--root FOLDER] [--user UID:GID] [--opener COMMAND] COMMAND…

COMMAND starts the program to try; the opener opens a file by its type. With ``--root`` both are run inside
that root folder, by chroot. The window opens on a screen of Xvfb that no one sees; what is on it is read
from Xvfb's frame buffer, so the artefact has to bring or name all that it needs.
"""

import argparse
import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from stage import ROOT, VERSION, RecipeError

HOLDINGS = ROOT / "tests" / "data" / "wealthfolio_holdings.csv"
SCREEN = "1280x720x24"
PAINTED = 500
"""Different colours on the screen once text stands on it: an empty window has a handful."""

PATIENCE = 120.0
"""Seconds until the window must be there: a first start on a busy machine, with nothing compiled yet."""


@dataclass
class Artefact:
    """A program to try: how it is started, and the folder in which it finds and leaves files."""

    command: Sequence[str]
    folder: Path
    root: Path | None = None
    user: str | None = None
    passed: list[str] = field(default_factory=list)

    def inside(self, path: Path) -> str:
        """Return the name that a path has for the program."""
        return f"/{path.relative_to(self.root)}" if self.root else str(path)

    def words(self, arguments: Sequence[str]) -> tuple[list[str], dict[str, str]]:
        """Return the whole command line and environment: a home of its own, nothing of ours."""
        kept = {name: os.environ[name] for name in ("DISPLAY", "LD_PRELOAD") if name in os.environ}
        home = self.inside(self.folder)
        environment = {**kept, "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": home, "LANG": "C.UTF-8"}
        command = [*self.command, *arguments]
        if self.root:
            command = [
                "chroot",
                *([f"--userspec={self.user}"] if self.user else []),
                str(self.root),
                *command,
            ]
        return command, environment

    def run(self, *arguments: str, status: int = 0) -> str:
        """Run one command to its end; its status and its stderr must be right. Return what it printed."""
        command, environment = self.words(arguments)
        done = subprocess.run(
            command, env=environment, cwd="/", capture_output=True, text=True, timeout=180, check=False
        )
        if done.returncode != status:
            raise RecipeError(
                f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            )
        if status == 0:
            complain_of(done.stderr, " ".join(arguments))
        return done.stdout


def complain_of(stderr: str, what: str) -> None:
    """Raise if anything stands on stderr."""
    if stderr.strip():
        raise RecipeError(f"“{what}” wrote to stderr:\n{stderr.rstrip()}")


# -- the checks ----------------------------------------------------------------------------------------------


def try_out(artefact: Artefact) -> list[str]:
    """Do the main job with an artefact; return what it passed, or raise at the first check that failed."""
    holdings = artefact.folder / "holdings.csv"
    shutil.copyfile(HOLDINGS, holdings)
    holdings.chmod(0o644)
    own = artefact.folder / "own.stakeout"
    for check in (_starts, _imports, _shows, _prints, _exports, _opens):
        artefact.passed.append(check(artefact, own))
    return artefact.passed


def _starts(artefact: Artefact, _own: Path) -> str:
    told = artefact.run("--version").splitlines()
    if not told[0].startswith(f"stakeout {VERSION} (") or "from source" in told[0]:
        raise RecipeError(f"--version says “{told[0]}”: that is no built {VERSION}.")
    for line in told[1:]:
        place = Path(line.split(maxsplit=1)[1])
        if not Path(artefact.root or "/", place.relative_to("/")).exists():
            raise RecipeError(f"--version names {place}, which is not there.")
    return "starts"


def _imports(artefact: Artefact, own: Path) -> str:
    told = artefact.run(
        "import", artefact.inside(artefact.folder / "holdings.csv"), "-p", artefact.inside(own)
    )
    if "12 of 18 rows" not in told or not own.is_file():
        raise RecipeError(f"The import of {HOLDINGS.name} said: {told}")
    return "imports"


def _shows(artefact: Artefact, own: Path) -> str:
    found = json.loads(artefact.run("show", "all", "-p", artefact.inside(own), "--json"))
    if not found:
        raise RecipeError("show all --json found nothing.")
    return "shows"


def _prints(artefact: Artefact, own: Path) -> str:
    paper = artefact.folder / "summary.pdf"
    artefact.run("report", "-p", artefact.inside(own), "-o", artefact.inside(paper))
    data = paper.read_bytes()
    pages = re.findall(rb"/Type /Page\b", data)
    if not data.startswith(b"%PDF-") or not pages:
        raise RecipeError(f"{paper.name} is no PDF with pages ({len(data)} bytes).")
    return "prints"


def _exports(artefact: Artefact, own: Path) -> str:
    target = artefact.folder / "out.json"
    artefact.run("export", "-p", artefact.inside(own), "-o", artefact.inside(target))
    artefact.run("check", "-p", artefact.inside(own))
    if not json.loads(target.read_text("utf-8"))["positions"]:
        raise RecipeError("The export holds no position.")
    return "exports"


def _opens(artefact: Artefact, own: Path) -> str:
    with window(artefact, artefact.command, own):
        _held(artefact, own)
    return "opens a file"


def _held(artefact: Artefact, own: Path) -> None:
    """Raise unless a window holds the file: nobody else may change it then."""
    holdings = artefact.inside(artefact.folder / "holdings.csv")
    artefact.run("import", holdings, "-p", artefact.inside(own), status=1)


# -- a screen ------------------------------------------------------------------------------------------------


@contextmanager
def window(artefact: Artefact, opener: Sequence[str], own: Path) -> Iterator[None]:
    """Open a portfolio file by a command; go on when its window is painted, and end it afterwards."""
    log = artefact.folder / "window.log"
    with screen(artefact.folder) as buffer, log.open("w") as stderr:
        command, environment = replace(artefact, command=opener).words([artefact.inside(own)])
        process = subprocess.Popen(
            command, env=environment, cwd="/", stdout=stderr, stderr=stderr, start_new_session=True
        )
        try:
            _await_picture(buffer, process, log)
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)
    complain_of(log.read_text("utf-8"), f"{' '.join(opener)} {own.name}")


@contextmanager
def screen(folder: Path) -> Iterator[Path]:
    """Start a screen that no one sees, as DISPLAY; give the file in which its picture stands."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-fbdir", folder, "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    before = os.environ.get("DISPLAY")
    try:
        with os.fdopen(reading) as pipe:
            os.environ["DISPLAY"] = f":{pipe.readline().strip()}"
        yield folder / "Xvfb_screen0"
    finally:
        os.environ.pop("DISPLAY")
        if before:
            os.environ["DISPLAY"] = before
        server.terminate()
        server.wait(20)


def _await_picture(buffer: Path, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll():
            raise RecipeError(f"The window ended with {process.returncode}:\n{log.read_text('utf-8')}")
        if shades(buffer.read_bytes()) >= PAINTED:
            return
        time.sleep(0.25)
    raise RecipeError(f"No window was painted in {PATIENCE:.0f} s:\n{log.read_text('utf-8')}")


def shades(picture: bytes) -> int:
    """Return how many different colours stand on a screen (XWD, 32 bits a pixel)."""
    size, colours = struct.unpack(">I", picture[:4])[0], struct.unpack(">I", picture[76:80])[0]
    return len(set(memoryview(picture[size + 12 * colours :]).cast("I")))


def main() -> None:
    """Try the command that is given, and say what it passed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--root", type=Path, help="a root folder in which the program is installed")
    parser.add_argument("--user", help="who runs it there, as USER:GROUP")
    parser.add_argument("--opener", help="a command that opens a file by its type, tried as well")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(
        prefix="stakeout-smoke-", dir=(options.root or Path("/")) / "tmp"
    ) as name:
        artefact = Artefact(options.command, Path(name), options.root, options.user)
        if options.root and options.user:
            shutil.chown(name, *(int(part) for part in options.user.split(":")))
        passed = try_out(artefact)
        if options.opener:
            own = artefact.folder / "own.stakeout"
            with window(artefact, options.opener.split(), own):
                _held(artefact, own)
            passed.append(f"opens by {options.opener}")
    print(f"{' '.join(options.command)}: {', '.join(passed)}")


if __name__ == "__main__":
    try:
        main()
    except RecipeError as error:
        sys.exit(f"smoke test: {error}")
