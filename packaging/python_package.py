"""Builds the source archive and, from it, the wheel; proves that both are whole and come out the same twice.

python packaging/python_package.py [FOLDER]    (dist/ unless told otherwise)
"""

import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

import stage
from runtime import install_arguments
from stage import ROOT, VERSION, RecipeError, run

SDIST, WHEEL = f"stakeout-{VERSION}.tar.gz", f"stakeout-{VERSION}-py3-none-any.whl"


def build(target: Path) -> tuple[Path, Path]:
    """Build the source archive, unpack it and build the wheel from it; return both files."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="stakeout-build-") as name:
        folder = Path(name)
        stage.copy_sources(folder / "sources")
        _backend("--sdist", folder / "sources", folder)
        unpack(folder / SDIST, folder)
        (folder / SDIST).unlink()
        stage.write_tar(folder / f"stakeout-{VERSION}", target / SDIST)
    build_wheel(target / SDIST, target)
    return target / SDIST, target / WHEEL


def build_wheel(sdist: Path, target: Path) -> Path:
    """Build the wheel from a source archive."""
    with tempfile.TemporaryDirectory(prefix="stakeout-build-") as name:
        unpack(sdist, Path(name))
        _backend("--wheel", Path(name, f"stakeout-{VERSION}"), target)
    return target / WHEEL


def unpack(sdist: Path, target: Path) -> None:
    """Unpack a source archive into a folder, which gets its one folder."""
    with tarfile.open(sdist) as archive:
        archive.extractall(target, filter="data")


def _backend(what: str, folder: Path, target: Path) -> None:
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "build",
        what,
        "--no-isolation",
        "--outdir",
        target.resolve(),
        folder,
    ]
    run(command, folder, SOURCE_DATE_EPOCH=str(stage.epoch()))


def missing(wheel: Path) -> list[str]:
    """Return what a wheel of these sources should hold and does not: modules, resources, licence."""
    ours = [path.relative_to(ROOT).as_posix() for path in stage.sources()]
    wanted = {name for name in ours if name.startswith("desktop_app/")}
    wanted |= {f"desktop_app/{name}" for name in ours if name.startswith("resources/")}
    wanted.add(f"stakeout-{VERSION}.dist-info/licenses/LICENSE")
    with zipfile.ZipFile(wheel) as archive:
        return sorted(wanted - set(archive.namelist()))


def check(sdist: Path, wheel: Path) -> None:
    """Raise unless the wheel is whole and a second build, in other folders, gives the same bytes."""
    if absent := missing(wheel):
        raise RecipeError(f"{wheel.name} lacks {', '.join(absent)}.")
    with tempfile.TemporaryDirectory(prefix="stakeout-again-") as name:
        for first, again in zip((sdist, wheel), build(Path(name, "other")), strict=True):
            if stage.sha256(first) != stage.sha256(again):
                raise RecipeError(f"Two builds of {first.name} differ.")


def environment(folder: Path, wheel: Path) -> Path:
    """Make an empty virtual environment with the pinned libraries and the wheel; return its ``stakeout``."""
    venv.create(folder, with_pip=True, clear=True)
    scripts, suffix = ("Scripts", ".exe") if sys.platform == "win32" else ("bin", "")
    python = folder / scripts / f"python{suffix}"
    pip: list[str | Path] = [python, "-m", "pip", "install", "--quiet"]
    run([*pip, *install_arguments(folder / "requirements.txt")])
    run([*pip, "--no-deps", "--no-index", wheel])
    run([python, "-m", "pip", "check"])
    return folder / scripts / f"stakeout{suffix}"


if __name__ == "__main__":
    made = build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist")
    check(*made)
    for file in made:
        print(f"{stage.sha256(file)}  {file}")
