"""The workshop itself: pinned libraries without addresses, the commands, the scripts."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import PySide6
import pytest

ROOT = Path(__file__).resolve().parent.parent
TARGETS = ("install", "run", "test", "check", "bench", "lock", "wheel", "package", "clean")
SCRIPTS = (
    *(".ci/run", "packaging/system_libraries.sh"),
    *("packaging/tools.sh", "packaging/check_deb.sh"),
    *("packaging/appimage/make.sh", "packaging/macos/make_dmg.sh"),
)
LOCKS_WITH_ADDRESSES = re.compile(
    r"uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|pylock.*\.toml|conda-lock.*|package-lock\.json|yarn\.lock"
)
NOT_OURS = {".git", ".venv", "build", "dist", "__pycache__"}


def requirements() -> list[str]:
    """Return the pinned requirements, each with its hashes on one line."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.replace("\\\n", "").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def normal(name: str) -> str:
    """Return a project's name as the lock spells it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", name, maxsplit=1)[0]).lower()


def files() -> Iterator[Path]:
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in NOT_OURS]
        yield from (Path(folder, name) for name in names)


def test_every_requirement_is_pinned_and_hashed() -> None:
    one = re.compile(r"[a-z0-9-]+==[\w.+!]+( +--hash=sha256:[0-9a-f]{64})+")
    assert [line for line in requirements() if not one.fullmatch(line)] == []


def test_the_lock_holds_all_that_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert {normal(name) for name in named} <= {normal(line) for line in requirements()}


def test_the_pinned_qt_keeps_its_references_on_the_oldest_python() -> None:
    [pin] = [line for line in requirements() if line.startswith("pyside6-essentials==")]
    version = pin.split()[0].partition("==")[2]
    assert (6, 10) <= tuple(map(int, version.split(".")[:2])) < (6, 12)


def test_installing_names_no_address() -> None:
    recipes = ["requirements.txt", "pyproject.toml", "Makefile", *SCRIPTS]
    found = {name: "://" in (ROOT / name).read_text(encoding="utf-8") for name in recipes}
    assert found == dict.fromkeys(recipes, False)


def test_no_lock_that_records_addresses() -> None:
    assert [path for path in files() if LOCKS_WITH_ADDRESSES.fullmatch(path.name)] == []


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows(target: str) -> None:
    make = shutil.which("make")
    assert make, "make is not installed"
    done = subprocess.run([make, "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_can_be_run_and_is_sound(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    subprocess.run(["bash", "-n", ROOT / script], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves these libraries to its packages")
@pytest.mark.parametrize(
    "part",
    [
        "lib/libQt6Widgets.so.6",
        "lib/libQt6Svg.so.6",
        "lib/libQt6Network.so.6",
        "lib/libQt6PrintSupport.so.6",
        "plugins/platforms/libqxcb.so",
        "plugins/platforms/libqoffscreen.so",
    ],
)
def test_qt_finds_its_system_libraries(part: str) -> None:
    path = Path(PySide6.__file__).parent / "Qt" / part
    needed = subprocess.run(["ldd", path], capture_output=True, text=True, check=True).stdout
    assert [line.split()[0] for line in needed.splitlines() if "not found" in line] == []


def test_the_licence_is_the_one_that_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    assert "Apache License\n                           Version 2.0" in (ROOT / "LICENSE").read_text(
        encoding="utf-8"
    )
