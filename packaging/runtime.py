"""The libraries that the program runs on: the pinned ones, without those of tests and style, thinned.

python packaging/runtime.py    (prints the pinned lines)
"""

import json
import re
import shutil
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name
from stage import ROOT, run

QT_MODULES = (
    *("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport", "QtDBus"),  # ours
    *("QtOpenGL", "QtOpenGLWidgets", "QtTest"),  # pyqtgraph's
)
QT_PLUGINS = (
    "iconengines/*",
    "imageformats/*qjpeg*",
    "imageformats/*qsvg*",
    "platforminputcontexts/*compose*",
    "platforminputcontexts/*ibus*",
    "platforms/*qoffscreen*",  # prints without a display
    "platforms/*qwayland*",
    "platforms/*qxcb*",
    "platformthemes/*",
    "printsupport/*",
    "wayland-decoration-client/*",
    "wayland-graphics-integration-client/*wayland-egl*",
    "wayland-shell-integration/*xdg-shell*",
    "xcbglintegrations/*",
)
"""The plug-ins that are kept; the rest serves other kinds of programs (QML, databases, embedded screens)."""

USELESS = (
    *("bin", "share", "**/__pycache__", "**/tests"),
    *("pyqtgraph/examples", "numpy/_core/include", "numpy/f2py"),
)
"""Folders that no run of the program reads."""

NOTES_OF_PIP = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
"""What pip writes about a place and a day; not true any more after the thinning."""


def libraries() -> list[NormalizedName]:
    """Return the names of all libraries that the project needs on this machine, directly or not, sorted."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found: set[NormalizedName] = set()
    wanted = list(_names(project["dependencies"]))
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.add(name)
            wanted += _names(distribution(name).requires or [])
    return sorted(found)


def _names(requirements: Iterable[str]) -> Iterator[NormalizedName]:
    for text in requirements:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)


def pins() -> dict[NormalizedName, str]:
    """Return the pinned and hashed line of each library that the program runs on."""
    text = (ROOT / "requirements.txt").read_text("utf-8").replace("\\\n", " ")
    lines = (re.sub(r"\s*#.*", "", line).strip() for line in text.splitlines())
    known = {canonicalize_name(line.split("==")[0]): " ".join(line.split()) for line in lines if line}
    return {name: known[name] for name in libraries()}


def install_arguments(file: Path) -> list[str | Path]:
    """Write the pinned lines to a file and return the arguments with which pip installs just these."""
    file.write_text("".join(f"{line}\n" for line in pins().values()), "utf-8")
    return ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", file]


def install(folder: Path, wheel: Path) -> dict[str, str]:
    """Install program and libraries into an empty folder and thin it; return the SHA-256 of each wheel."""
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-compile",
        "--target",
        folder,
    ]
    notes = folder.with_name("pip.json")
    run([*pip, "--report", notes, *install_arguments(folder.with_name("runtime.txt"))])
    run([*pip, "--no-deps", "--no-index", wheel])
    thin(folder)
    installed = json.loads(notes.read_text("utf-8"))["install"]
    return {
        canonicalize_name(one["metadata"]["name"]): one["download_info"]["archive_info"]["hashes"]["sha256"]
        for one in installed
    }


def thin(folder: Path) -> None:
    """Take away what no run of the program reads; what stays is as its makers built it."""
    for pattern in USELESS:
        for path in list(folder.glob(pattern)):
            shutil.rmtree(path, ignore_errors=True)
    for notes in folder.glob("*.dist-info"):
        for name in NOTES_OF_PIP:
            (notes / name).unlink(missing_ok=True)
    thin_qt(folder / "PySide6")
    remove_empty(folder)


def remove_empty(folder: Path) -> None:
    """Remove the folders inside in which nothing lies."""
    for empty in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not empty.is_symlink() and not any(empty.iterdir()):
            empty.rmdir()


def thin_qt(pyside: Path) -> None:
    """Keep the modules and plug-ins named above and the libraries that they are linked with."""
    modules = (pyside / f"{module}.abi3.so" for module in QT_MODULES)
    roots = [path for path in modules if path.exists()]
    roots += pyside.glob("libpyside6.abi3.so.*")
    plugins = [path for pattern in QT_PLUGINS for path in (pyside / "Qt" / "plugins").glob(pattern)]
    kept = {*roots, *plugins, *linked([*roots, *plugins], pyside / "Qt" / "lib")}
    kept |= {path for path in (pyside / "support").rglob("*") if path.suffix == ".py"}
    kept |= set(pyside.glob("*.py"))
    for path in [path for path in pyside.rglob("*") if not path.is_dir() and path not in kept]:
        path.unlink()


def linked(files: Iterable[Path], folder: Path) -> set[Path]:
    """Return the libraries of a folder that the files are linked with, directly or not."""
    found: set[Path] = set()
    wanted = list(files)
    while wanted:
        told = run(["readelf", "--dynamic", "--wide", wanted.pop()])
        names = re.findall(r"\(NEEDED\).*\[(.+)\]", told)
        new = {path for name in names if (path := folder / name).exists()} - found
        found |= new
        wanted += new
    return found


if __name__ == "__main__":
    print(*pins().values(), sep="\n")
