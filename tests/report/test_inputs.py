import os
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.report.inputs import read_bytes, utf8


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_an_endless_device_is_refused() -> None:
    with pytest.raises(UserError, match="is a pipe or a device"):
        read_bytes(Path("/dev/zero"))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        read_bytes(tmp_path)


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_bytes(Path("a\0b"))


def test_a_mark_of_the_encoding_is_no_text() -> None:
    assert utf8(b"\xef\xbb\xbf{}", Path("x.json")) == "{}"


def test_text_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(UserError, match=r"“x.json” is not text in UTF-8"):
        utf8(b"\xff", Path("x.json"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are those of POSIX")
def test_a_named_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match="is a pipe or a device"):
        read_bytes(tmp_path / "pipe")
