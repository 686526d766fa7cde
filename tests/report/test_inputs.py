import os
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.report.inputs import first_lines, read_bytes, utf8


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


@pytest.mark.parametrize(
    ("content", "head"),
    [
        (b"a,b\n1,2\n3,4\n", b"a,b\n1,2\n"),
        (b"a,b\r\n1,2\r\n3,4", b"a,b\r\n"),
        (b'a\n"b\nc\nd\ne\n"\n', b"a\n"),
        ("ab\ncd\n".encode("utf-16-le"), "ab\n".encode("utf-16-le")),
        (b"one long line without an end", b"one long line without an end"),
    ],
)
def test_the_first_lines_are_whole_with_all_their_cells(tmp_path: Path, content: bytes, head: bytes) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    assert first_lines(tmp_path / "x.csv", 9) == head
