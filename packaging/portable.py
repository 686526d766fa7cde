"""Builds the folder that runs without installing: PyInstaller, thinned Qt, licences, packed as one archive.

    python packaging/portable.py [WHEEL [FOLDER]]    (the wheel of dist/, into dist/ unless told otherwise)

PyInstaller works in an environment of its own, with the pinned libraries and the tools pinned beside this
file. What it takes from the system it runs on (on Linux: libraries of X11, say) goes in with its licence.
"""

import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import bill
import icons
import runtime
import stage
import windows
from python_package import WHEEL, environment
from stage import ROOT, VERSION, run

TOOLS = ROOT / "packaging" / "requirements.txt"
LICENCES = Path("desktop_app", "resources", "licences")
NAME = f"stakeout-{VERSION}-{sys.platform}-{platform.machine().lower()}"


def build(wheel: Path, target: Path) -> Path:
    """Build the folder (on macOS the bundle), on Linux its archive too; return the folder."""
    with tempfile.TemporaryDirectory(prefix="stakeout-portable-") as name:
        work = Path(name)
        program = environment(work / "environment", wheel)
        python = program.with_name(f"python{program.suffix}")
        pip: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--only-binary", ":all:"]
        run([*pip, "--require-hashes", "--requirement", TOOLS])
        describe(Path(sysconfig.get_path("purelib", vars={"base": str(work / "environment")})))
        _stage(work / "stage")
        _pyinstaller(python, work)
        made = work / "made" / ("Stakeout.app" if sys.platform == "darwin" else "stakeout")
        folder = target.resolve() / (NAME + made.suffix)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made, folder, symlinks=True)
    if sys.platform == "linux":
        thin(folder / "_internal")
        add_system_licences(folder / "_internal")
        stage.settle(folder)
        stage.write_tar(folder, target / f"{NAME}.tar.xz")
    return folder


def describe(site: Path) -> None:
    """Put beside the installed program what is shipped, with which licences, and what this copy is."""
    parts = bill.parts(site, runtime.libraries())
    resources = site / "desktop_app" / "resources"
    licences = resources / "licences"
    licences.mkdir()
    (licences / "LICENCES.txt").write_text(bill.licence_text(parts), "utf-8")
    shutil.copyfile(ROOT / "LICENSE", licences / "LICENSE.txt")
    (licences / "Python.txt").write_text(bill.python_licence(), "utf-8")
    (licences / "stakeout.cdx.json").write_text(bill.sbom(parts, {}), "utf-8")
    stage.note_build(resources, package="Portable folder", licences="licences")


def _stage(folder: Path) -> None:
    """Make what the recipe wants beside the code: icons and the notes that Windows shows of a program."""
    folder.mkdir()
    (folder / "stakeout.ico").write_bytes(icons.ico())
    (folder / "stakeout.icns").write_bytes(icons.icns())
    (folder / "version-info.txt").write_text(windows.version_info(), "utf-8")


def _pyinstaller(python: Path, work: Path) -> None:
    """Run PyInstaller far from the sources: it must take the installed program, not what lies here."""
    command: list[str | Path] = [python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    run(
        [
            *command,
            "--distpath",
            work / "made",
            "--workpath",
            work / "work",
            ROOT / "packaging" / "portable.spec",
        ],
        work,
        STAKEOUT_STAGE=str(work / "stage"),
        STAKEOUT_VERSION=VERSION,
        SOURCE_DATE_EPOCH=str(stage.epoch()),
        PYTHONHASHSEED="1",
        PYINSTALLER_CONFIG_DIR=str(work / "cache"),
    )


def thin(inner: Path) -> None:
    """Take away unused parts of Qt, and the libraries of the system that only they were linked with."""
    gtk = inner / "PySide6" / "Qt" / "plugins" / "platformthemes" / "libqgtk3.so"
    gtk.unlink(missing_ok=True)  # would bring all of GTK
    runtime.thin_qt(inner / "PySide6")
    linking = [path for path in inner.rglob("*.so*") if path.parent != inner and path.is_file()]
    beside = [path for path in inner.glob("*.so*") if path.name.startswith("libpython")]
    kept = {*beside, *runtime.linked([*linking, *beside], inner)}
    for path in [path for path in inner.glob("*.so*") if path not in kept]:
        path.unlink()
    for path in beside:
        run(["strip", "--strip-unneeded", path])
    runtime.remove_empty(inner)


def add_system_licences(inner: Path) -> None:
    """Add the copyright files of the Debian packages whose libraries PyInstaller has taken."""
    found = set()
    for path in inner.glob("*.so*"):
        if path.is_file() and not path.is_symlink():
            asked = ["dpkg", "-S", f"*/{path.name}"]
            done = subprocess.run(asked, capture_output=True, text=True, check=False)
            found |= {line.partition(":")[0] for line in done.stdout.splitlines()}
    for package in sorted(found):
        told = Path("/usr/share/doc", package, "copyright")
        if told.exists():
            shutil.copyfile(told, inner / LICENCES / f"debian-{package}.txt")


def size(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    os.chdir(ROOT)
    given = [Path(argument) for argument in sys.argv[1:]]
    made = build(given[0] if given else ROOT / "dist" / WHEEL, given[1] if len(given) > 1 else ROOT / "dist")
    print(f"{made}: {size(made) / 1e6:.0f} MB")
