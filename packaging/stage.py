"""What every recipe begins with: a clean copy of the sources, one time for all files, plain archives.

Two builds of one commit give the same bytes: files come in one order, with one time (SOURCE_DATE_EPOCH),
with the rights 644 or 755, owned by nobody in particular.
"""

import gzip
import hashlib
import lzma
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import desktop_app  # noqa: E402 - found beside this folder

VERSION = desktop_app.__version__

MADE_BY_SETUPTOOLS = {"PKG-INFO", "setup.cfg"}
"""What it puts at the top of an archive; what is built from an archive gets its own."""

NOT_OURS = {".git", ".venv", "build", "dist", "__pycache__"}


class RecipeError(Exception):
    """A recipe cannot go on; the text says what to do."""


def run(command: Sequence[str | Path], folder: Path = ROOT, **environment: str) -> str:
    """Run a command and return what it printed; what it complained of is the error when it fails."""
    os.umask(0o022)
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).splitlines()[-20:])
        raise RecipeError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{last}")
    return done.stdout


def in_git() -> bool:
    """Tell whether the sources are a checkout of their own, not an unpacked archive."""
    return (ROOT / ".git").exists()


def epoch() -> int:
    """Return SOURCE_DATE_EPOCH: what is set, else the time of the commit, else of the newest file.

    In an archive made by ``python_package`` every file has the time of its commit.
    """
    if told := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(told)
    if in_git():
        return int(run(["git", "log", "-1", "--format=%ct"]))
    return max(int(path.stat().st_mtime) for path in sources())


def sources() -> list[Path]:
    """Return the files of the project, sorted: all that git knows or has not been told to ignore."""
    if in_git():
        listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        return sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())
    found = (p for p in ROOT.rglob("*") if p.is_file() and not NOT_OURS & set(p.relative_to(ROOT).parts))
    made = {ROOT / name for name in MADE_BY_SETUPTOOLS}
    return sorted(path for path in found if path not in made and path.parent.suffix != ".egg-info")


def copy_sources(target: Path) -> None:
    """Copy the sources to an empty folder and write down there what is being built."""
    for path in sources():
        copy = target / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        copy.chmod(0o755 if path.stat().st_mode & 0o111 else 0o644)
    if in_git():
        changed = "+" if run(["git", "status", "--porcelain"]) else ""
        note_build(
            target / "resources",
            built=datetime.fromtimestamp(epoch(), UTC).date().isoformat(),
            commit=run(["git", "rev-parse", "--short=7", "HEAD"]).strip() + changed,
            licences=f"../../stakeout-{VERSION}.dist-info/licenses/LICENSE",
        )
    settle(target)


def note_build(resources: Path, **told: str) -> None:
    """Add to what the program says of its own build; ``desktop_app.paths`` reads it."""
    file = resources / "build.txt"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    known = dict(line.split(": ", 1) for line in lines)
    file.write_text("".join(f"{key}: {value}\n" for key, value in {**known, **told}.items()), "utf-8")


def settle(folder: Path) -> None:
    """Give every file and folder inside the one time and plain rights."""
    seconds = epoch()
    for path in sorted(folder.rglob("*"), reverse=True):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o111 else 0o644)
        os.utime(path, (seconds, seconds), follow_symlinks=False)
    os.utime(folder, (seconds, seconds))


def write_tar(folder: Path, archive: Path) -> None:
    """Pack a folder as .tar.gz or .tar.xz in which nothing depends on who packed it, where and when."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        member.mtime = epoch()
        member.mode = 0o755 if member.isdir() or member.mode & 0o111 else 0o644
        return member

    with (
        archive.open("wb") as raw,
        _packer(raw, archive.suffix) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in [folder, *sorted(folder.rglob("*"))]:
            tar.add(path, path.relative_to(folder.parent).as_posix(), recursive=False, filter=plain)


def _packer(raw: BinaryIO, suffix: str) -> gzip.GzipFile | lzma.LZMAFile:
    if suffix == ".xz":
        return lzma.LZMAFile(raw, "wb", preset=2)
    return gzip.GzipFile("", "wb", 9, raw, mtime=epoch())


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
