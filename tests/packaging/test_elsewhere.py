"""The recipes for other systems, which are never built here, agree with each other and with the program."""

import ast
import plistlib
import re
from pathlib import Path

import pytest

from desktop_app import __version__
from tests.packaging.recipes import ROOT, recipe

PACKAGING = ROOT / "packaging"


def text(name: str) -> str:
    return (PACKAGING / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("version", "numbers"), [("0.1.0", (0, 1, 0, 0)), ("2.10", (2, 10, 0, 0)), (__version__, None)]
)
def test_windows_is_told_the_version_in_four_numbers(version: str, numbers: tuple[int, ...] | None) -> None:
    told = recipe("windows").version_info(version)
    ast.parse(told)
    found = ast.literal_eval(re.findall(r"filevers=(\(.*?\))", told)[0])
    assert len(found) == 4
    assert numbers in {None, found}
    assert told.count(f"'{version}'") == 2


def test_macos_knows_the_files_of_the_program() -> None:
    told = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    [kind] = told["UTExportedTypeDeclarations"]
    assert kind["UTTypeTagSpecification"]["public.filename-extension"] == ["stakeout"]
    assert kind["UTTypeTagSpecification"]["public.mime-type"] == ["application/x-stakeout"]
    [opened] = told["CFBundleDocumentTypes"]
    assert opened["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]


def test_macos_is_asked_for_no_network() -> None:
    asked = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert [name for name in asked if "network" in name] == []


def test_the_sandbox_of_flatpak_has_no_network_and_no_home() -> None:
    asked = re.findall(r"^  - (--\S+)", text("flatpak/io.stakeout.Stakeout.yml"), re.MULTILINE)
    assert asked
    assert not {"--share=network", "--filesystem=home", "--filesystem=host"} & set(asked)


def test_one_name_serves_all_systems() -> None:
    for name in ("linux/stakeout.metainfo.xml", "flatpak/io.stakeout.Stakeout.yml", "portable.spec"):
        assert "io.stakeout.Stakeout" in text(name)
    assert '"Software\\Classes\\.stakeout"' in text("windows/stakeout.iss")


def test_every_file_that_a_recipe_names_is_there() -> None:
    manifest = PACKAGING / "flatpak" / "io.stakeout.Stakeout.yml"
    for path in re.findall(r"^        path: (\.\./\S+)", manifest.read_text("utf-8"), re.MULTILINE):
        assert (manifest.parent / path).exists(), path
    for path in re.findall(r'"\$packaging/(\S+?)"', text("appimage/make.sh")):
        assert (PACKAGING / path).exists(), path
    for folder, name in re.findall(r'here / "(\w+)" / "([\w.]+)"', text("portable.spec")):
        assert (PACKAGING / folder / name).exists(), name


def test_every_part_of_qt_that_the_program_imports_is_packed() -> None:
    sources = (ROOT / "desktop_app").rglob("*.py")
    used = {name for path in sources for name in re.findall(r"\bPySide6\.(Qt\w+)", path.read_text("utf-8"))}
    assert {"QtCore", "QtDBus"} <= used <= set(recipe("runtime").QT_MODULES)
    left_out = re.findall(r'"PySide6\.(Qt\w+)"', text("portable.spec"))
    assert left_out
    assert not used & set(left_out)


def test_what_was_never_built_is_said_to_be() -> None:
    rows = [line for line in text("README.md").splitlines() if line.startswith("|")]
    for what in ("Windows", "macOS", "Flatpak", "AppImage"):
        [row] = [row for row in rows if row.startswith(f"| {what}")]
        assert "never built here" in row


def test_the_table_at_the_end_tells_size_sum_and_checks(tmp_path: Path) -> None:
    made = tmp_path / "stakeout.deb"
    made.write_bytes(b"x" * 1_500_000)
    heading, row = recipe("package").table([(made, ["lintian", "purge"])]).splitlines()
    assert heading.split() == ["artefact", "MB", "sha256", "passed"]
    assert row.split(maxsplit=3) == ["stakeout.deb", "1.5", recipe("stage").sha256(made), "lintian, purge"]
