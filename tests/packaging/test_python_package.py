"""The wheel and the source archive: whole, without chance, and working where no source is near."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from desktop_app import __version__
from tests.packaging.recipes import ROOT, recipe


@pytest.fixture(scope="module")
def python_package() -> ModuleType:
    return recipe("python_package")


@pytest.fixture(scope="module")
def built(python_package: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    sdist, wheel = python_package.build(tmp_path_factory.mktemp("dist"))
    return sdist, wheel


@pytest.fixture(scope="module")
def installed(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds what the wheel brings, and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("site-packages")
    shutil.unpack_archive(built[1], folder, "zip")
    return folder


def stakeout(installed: Path, *arguments: str) -> str:
    """Run the installed program far away from the sources."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "desktop_app", *arguments],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_wheel_and_source_archive_are_whole_and_without_chance(
    python_package: ModuleType, built: tuple[Path, Path]
) -> None:
    python_package.check(*built)


def test_what_the_wheel_lacks_is_named(python_package: ModuleType, built: tuple[Path, Path]) -> None:
    poor = built[1].with_name("poor.whl")
    with zipfile.ZipFile(built[1]) as whole, zipfile.ZipFile(poor, "w") as thinned:
        for name in whole.namelist():
            if "/resources/styles/" not in name:
                thinned.writestr(name, whole.read(name))
    assert python_package.missing(poor) == ["desktop_app/resources/styles/stakeout.qss"]


def test_the_source_archive_holds_every_source(built: tuple[Path, Path]) -> None:
    stage = recipe("stage")
    with tarfile.open(built[0]) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
        owners = {(member.uid, member.uname, member.mtime) for member in archive.getmembers()}
    assert {path.relative_to(ROOT).as_posix() for path in stage.sources()} - held == set()
    assert owners == {(0, "", stage.epoch())}


def test_an_unpacked_archive_has_the_same_sources_and_time(
    python_package: ModuleType, built: tuple[Path, Path], tmp_path: Path
) -> None:
    stage = recipe("stage")
    python_package.unpack(built[0], tmp_path)
    [folder] = tmp_path.iterdir()
    asked = "import stage; print(stage.epoch(), *(p.relative_to(stage.ROOT) for p in stage.sources()))"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "packaging")},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, *names = done.stdout.split()
    assert int(seconds) == stage.epoch()
    added = {"resources/build.txt"} if stage.in_git() else set()
    assert set(names) == {path.relative_to(ROOT).as_posix() for path in stage.sources()} | added


def test_the_installed_program_knows_its_version_build_and_places(installed: Path) -> None:
    version, program, licences = stakeout(installed, "--version").splitlines()
    assert version.startswith(f"stakeout {__version__} (Python package, built 20")
    assert program == f"program {installed / 'desktop_app'}"
    assert Path(licences.removeprefix("licences ")).read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_the_installed_program_finds_its_resources(installed: Path, tmp_path: Path) -> None:
    holdings = tmp_path / "mine.csv"
    holdings.write_text("asset,quantity\nweETH,10\n", "utf-8")
    own, page = tmp_path / "own.stakeout", tmp_path / "summary.html"
    stakeout(installed, "import", str(holdings), "-p", str(own))
    stakeout(installed, "report", "-p", str(own), "-o", str(page))
    assert "ether.fi" in page.read_text("utf-8"), "the stack of weETH comes from the catalogue"
