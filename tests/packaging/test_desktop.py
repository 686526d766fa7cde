"""What a desktop is given: icons, menu entry, file type, description, manual page, completion."""

import configparser
import os
import struct
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import typer
from PySide6.QtGui import QColor, QImage

from desktop_app import __version__
from desktop_app.cli.main import app
from desktop_app.domain.portfolio import Portfolio
from desktop_app.storage.store import Store
from tests.packaging.recipes import ROOT, recipe

LINUX = ROOT / "packaging" / "linux"
MIME = {"mime": "http://www.freedesktop.org/standards/shared-mime-info"}


def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign] # keys keep their case
    parser.read(LINUX / "stakeout.desktop", "utf-8")
    return parser["Desktop Entry"]


# -- icons -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", recipe("icons").SIZES)
def test_the_icon_is_drawn_in_every_size(size: int) -> None:
    image = QImage.fromData(recipe("icons").png(size))
    assert (image.width(), image.height()) == (size, size)
    assert QColor(image.pixelColor(0, 0)).alpha() < 128, "the corners are round"
    assert image.pixelColor(size // 2 - 1, size // 4).name() == "#ffffff", "the stake"


def test_the_icon_for_windows_holds_each_size_where_its_directory_says() -> None:
    icons = recipe("icons")
    data = icons.ico()
    for number, size in enumerate(icons.ICO):
        side, length, offset = struct.unpack_from("<B7xII", data, 6 + 16 * number)
        assert side == size % 256
        assert QImage.fromData(data[offset : offset + length]).width() == size


def test_the_icon_for_macos_is_a_whole_list_of_pictures() -> None:
    icons = recipe("icons")
    data, offset, found = icons.icns(), 8, {}
    assert struct.unpack(">4sI", data[:8]) == (b"icns", len(data))
    while offset < len(data):
        name, length = struct.unpack_from(">4sI", data, offset)
        found[name] = QImage.fromData(data[offset + 8 : offset + length]).width()
        offset += length
    assert found == icons.ICNS


# -- menu entry, file type, description --------------------------------------------------------------------


def test_the_menu_entry_starts_the_program_with_the_icon_and_the_files_that_it_opens() -> None:
    assert (entry()["Exec"], entry()["Icon"], entry()["Terminal"]) == ("stakeout %f", "stakeout", "false")
    kind = ET.parse(LINUX / "stakeout.xml").find("mime:mime-type", MIME)
    assert kind is not None
    assert entry()["MimeType"] == f"{kind.get('type')};"


def test_the_file_type_is_told_by_the_bytes_of_a_real_portfolio(tmp_path: Path) -> None:
    with Store.create(tmp_path / "own.stakeout", Portfolio()):
        pass
    data = (tmp_path / "own.stakeout").read_bytes()
    matches = list(ET.parse(LINUX / "stakeout.xml").iter(f"{{{MIME['mime']}}}match"))
    assert len(matches) == 2
    for match in matches:
        value = match.attrib["value"].encode().decode("unicode_escape").encode("latin-1")
        offset = int(match.attrib["offset"])
        assert data[offset : offset + len(value)] == value


def test_the_description_names_version_entry_and_file_type() -> None:
    found = ET.fromstring(recipe("metainfo").metainfo())
    release = found.find("releases/release")
    assert release is not None
    assert release.get("version") == __version__
    assert found.findtext("launchable") == "stakeout.desktop"
    assert f"{found.findtext('provides/mediatype')};" == entry()["MimeType"]
    assert found.findtext("project_license") == "Apache-2.0"


# -- manual page and completion ----------------------------------------------------------------------------


def test_the_manual_page_tells_every_command_and_option() -> None:
    page = recipe("man").page().replace(r"\-", "-")
    group = typer.main.get_command(app)
    assert len(group.commands) >= 10  # type: ignore[attr-defined]
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        told = page.partition(f".SS {name}\n")[2].partition("\n.SS ")[0]
        for parameter in command.params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                assert option in told, f"{name} {option}"


@pytest.mark.parametrize("text", [".hidden", "a-b", "it's", "back\\slash"])
def test_no_text_is_a_command_to_man(text: str) -> None:
    plain = recipe("man").plain(text)
    assert not plain.startswith((".", "'"))
    assert "-" not in plain.replace(r"\-", "")


def test_the_shell_completes_commands() -> None:
    script = recipe("deb").completion("bash")
    assert "_STAKEOUT_COMPLETE=complete_bash" in script
    asked = {"_STAKEOUT_COMPLETE": "complete_bash", "COMP_WORDS": "stakeout re", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app"],
        cwd=ROOT,
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (sorted(done.stdout.split()), done.stderr) == (["report", "restore"], "")


# -- the smoke test's eyes ---------------------------------------------------------------------------------


def xwd(pixels: list[int]) -> bytes:
    """Return a picture as Xvfb keeps it: a header that says its own length, no colour map, the pixels."""
    return struct.pack(">I", 100) + bytes(96) + struct.pack(f"={len(pixels)}I", *pixels)


@pytest.mark.parametrize(
    ("pixels", "shades"), [([0] * 8, 1), ([0] * 4 + [9] * 4, 2), ([0, 9, 1, 2, 9, 9], 4)]
)
def test_the_colours_of_a_screen_are_counted(pixels: list[int], shades: int) -> None:
    assert recipe("smoke").shades(xwd(pixels)) == shades


def test_what_stands_on_stderr_fails() -> None:
    smoke = recipe("smoke")
    smoke.complain_of("\n", "start")
    with pytest.raises(smoke.RecipeError, match="Traceback"):
        smoke.complain_of("Traceback (most recent call last):\n", "start")
