"""Builds the Debian package: the program, its libraries in /usr/lib/stakeout, and what a desktop wants.

    python packaging/deb.py [WHEEL [FOLDER]]    (the wheel of dist/, into dist/ unless told otherwise)

dpkg-deb packs a plain tree, which holds files of this repository and the pinned libraries only.
"""

import gzip
import hashlib
import re
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import bill
import icons
import man
import runtime
import stage
from metainfo import metainfo
from python_package import WHEEL
from stage import ROOT, VERSION, RecipeError, run
from typer.completion import get_completion_script  # type: ignore[attr-defined] # made for this, not listed

LINUX = ROOT / "packaging" / "linux"
REVISION = f"{VERSION}-1"
DEB = f"stakeout_{REVISION}_amd64.deb"
COMPLETIONS = {
    "bash": "usr/share/bash-completion/completions/stakeout",
    "zsh": "usr/share/zsh/vendor-completions/_stakeout",
    "fish": "usr/share/fish/vendor_completions.d/stakeout.fish",
}
CONTROL = """\
Package: stakeout
Version: {version}
Architecture: amd64
Maintainer: The authors of Stakeout <stakeout@localhost>
Installed-Size: {size}
Depends: {depends}
Recommends: desktop-file-utils, xdg-utils
Suggests: libgtk-3-0
Section: misc
Priority: optional
Description: what a stake stands on, and when it can be out
 Stakeout is a desktop program for people who stake and restake. It records
 positions layer by layer, shows the dependencies under every position and
 what positions share, dates the way out across all layers, and compares the
 reward of each layer with what it can lose.
 .
 Holdings are imported from trackers, wallets and exchanges; the summary is
 printed or saved as PDF, HTML, CSV or JSON. No connection is made.
 .
 The libraries that it runs on come with it, in a folder of their own.
"""


def build(wheel: Path, target: Path) -> Path:
    """Build the package from a wheel; return its file."""
    if sys.version_info[:2] != (3, 11) or sys.platform != "linux":
        raise RecipeError(
            "The Debian package is for Debian 12: it is built there, by a .venv of Python 3.11."
        )
    with tempfile.TemporaryDirectory(prefix="stakeout-deb-") as name:
        tree = Path(name, "tree")
        library = tree / "usr" / "lib" / "stakeout"
        library.mkdir(parents=True)
        hashes = runtime.install(library, wheel)
        parts = bill.parts(library, runtime.libraries())
        documents = tree / "usr" / "share" / "doc" / "stakeout"
        _fill(tree)
        _write(documents / "copyright", bill.debian_copyright(parts))
        _write(documents / "stakeout.cdx.json", bill.sbom(parts, hashes))
        stage.note_build(
            library / "desktop_app" / "resources",
            package="Debian package",
            licences="/usr/share/doc/stakeout/copyright",
        )
        _control(tree, Path(name))
        for path in library.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)  # nothing in there is started by itself
        stage.settle(tree)
        target.mkdir(parents=True, exist_ok=True)
        run(
            [
                "dpkg-deb",
                "--root-owner-group",
                "-Zxz",
                "-z2",
                "--threads-max=2",
                "--build",
                tree,
                target / DEB,
            ],
            SOURCE_DATE_EPOCH=str(stage.epoch()),
        )
    return target / DEB


def _fill(tree: Path) -> None:
    """Put everything beside the private environment in its place."""
    share = tree / "usr" / "share"
    _copy(LINUX / "stakeout", tree / "usr" / "bin" / "stakeout")
    (tree / "usr" / "bin" / "stakeout").chmod(0o755)
    _copy(LINUX / "stakeout.desktop", share / "applications" / "stakeout.desktop")
    _copy(LINUX / "stakeout.xml", share / "mime" / "packages" / "stakeout.xml")
    _copy(LINUX / "lintian-overrides", share / "lintian" / "overrides" / "stakeout")
    _write(share / "metainfo" / "io.stakeout.Stakeout.metainfo.xml", metainfo())
    icons.hicolor(share / "icons" / "hicolor")
    _write_gz(share / "man" / "man1" / "stakeout.1.gz", man.page())
    for shell, place in COMPLETIONS.items():
        _write(tree / place, completion(shell))
    documents = share / "doc" / "stakeout"
    _write_gz(documents / "changelog.gz", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    _write_gz(documents / "changelog.Debian.gz", changelog())


def completion(shell: str) -> str:
    """Return what makes a shell complete the words of ``stakeout``: it asks the program."""
    script = get_completion_script(prog_name="stakeout", complete_var="_STAKEOUT_COMPLETE", shell=shell)
    return f"{script.strip()}\n"


def changelog() -> str:
    """Return the package's own list of changes; CHANGELOG.md tells those of the program."""
    who = "The authors of Stakeout <stakeout@localhost>"
    day = format_datetime(datetime.fromtimestamp(stage.epoch(), UTC))
    return f"stakeout ({REVISION}) bookworm; urgency=medium\n\n  * Built.\n\n -- {who}  {day}\n"


def _control(tree: Path, folder: Path) -> None:
    """Write the control files: what the package needs, its scripts, a checksum of every file."""
    files = sorted(path for path in (tree / "usr").rglob("*") if path.is_file())
    sums = "".join(f"{_md5(path)}  {path.relative_to(tree)}\n" for path in files)
    size = sum(-(-path.stat().st_size // 1024) for path in files)
    control = tree / "DEBIAN"
    _write(control / "md5sums", sums)
    depends = dependencies(tree, folder)
    _write(control / "control", CONTROL.format(version=REVISION, size=size, depends=depends))
    for script in ("postinst", "prerm"):
        _copy(LINUX / script, control / script)
        (control / script).chmod(0o755)


def dependencies(tree: Path, folder: Path) -> str:
    """Return the Debian packages of the shared libraries that the files are linked with, and Python.

    The compiled libraries are for one version of Python. GTK's theme plug-in is left aside: without GTK Qt
    does without it.
    """
    _write(folder / "debian" / "control", "Source: stakeout\n\nPackage: stakeout\nArchitecture: amd64\n")
    library = tree / "usr" / "lib" / "stakeout"
    own = [
        *library.glob("*.libs"),
        library / "PySide6",
        library / "PySide6" / "Qt" / "lib",
        library / "shiboken6",
    ]
    files = [path for path in library.rglob("*.so*") if path.is_file() and path.name != "libqgtk3.so"]
    told = run(
        ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *(f"-l{path}" for path in own), *sorted(files)],
        folder,
    )
    found = re.search(r"^shlibs:Depends=(.*)$", told, re.MULTILINE)
    if found is None:
        raise RecipeError(f"dpkg-shlibdeps named no packages: {told}")
    low, high = sys.version_info[:2], (sys.version_info[0], sys.version_info[1] + 1)
    python = [f"python3 (>= {low[0]}.{low[1]})", f"python3 (<< {high[0]}.{high[1]})"]
    return ", ".join([*python, "shared-mime-info", *found[1].split(", ")])


def _md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _write_gz(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    print(build(given[0] if given else ROOT / "dist" / WHEEL, given[1] if len(given) > 1 else ROOT / "dist"))
