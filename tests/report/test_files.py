import resource
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.report.files import write_folder, write_whole


def test_a_file_is_written_whole_for_its_owner_only(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.pdf", b"whole")
    assert (tmp_path / "a.pdf").read_bytes() == b"whole"
    assert stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode) == 0o600


def test_nothing_else_is_left_in_the_folder(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.pdf", b"one")
    write_whole(tmp_path / "a.pdf", b"two")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"two"


def test_a_missing_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(
        UserError, match=r"“a\.pdf” could not be written in “.*gone”: No such file or directory"
    ):
        write_whole(tmp_path / "gone" / "a.pdf", b"x")


def test_a_folder_in_the_way_is_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(UserError, match="there is a folder of that name"):
        write_whole(tmp_path / "a.pdf", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_link_is_replaced_and_what_it_points_to_stays(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / "a.pdf").symlink_to(tmp_path / "precious")
    write_whole(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert not (tmp_path / "a.pdf").is_symlink()


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes, as on a full disk."""
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_on_a_full_disk_the_old_file_stays(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    with room_for(1000), pytest.raises(UserError, match="could not be written"):
        write_whole(tmp_path / "a.pdf", b"x" * 5000)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"old"


def test_on_a_full_disk_all_old_tables_stay(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    write_folder(folder, {"a.csv": b"old", "b.csv": b"old"})
    with room_for(1000), pytest.raises(UserError, match="could not be written into"):
        write_folder(folder, {"a.csv": b"new", "b.csv": b"x" * 5000})
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a.csv": b"old", "b.csv": b"old"}


def test_a_new_folder_appears_whole_for_its_owner_only(tmp_path: Path) -> None:
    write_folder(tmp_path / "tables", {"a.csv": b"one", "b.csv": b"two"})
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == ["a.csv", "b.csv"]
    assert stat.S_IMODE((tmp_path / "tables").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "tables" / "a.csv").stat().st_mode) == 0o600


def test_files_of_a_folder_are_replaced_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    (tmp_path / "a.csv").write_bytes(b"old")
    write_folder(tmp_path, {"a.csv": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.csv": b"new",
        "mine.txt": b"mine",
    }


def test_a_link_in_the_folder_is_replaced_and_what_it_points_to_stays(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "a.csv").symlink_to(tmp_path / "precious")
    write_folder(folder, {"a.csv": b"new"})
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert not (folder / "a.csv").is_symlink()


@pytest.mark.parametrize("what", ["a link", "a file"])
def test_a_folder_that_is_none_is_refused(tmp_path: Path, what: str) -> None:
    (tmp_path / "real").mkdir()
    if what == "a link":
        (tmp_path / "tables").symlink_to(tmp_path / "real")
    else:
        (tmp_path / "tables").write_bytes(b"mine")
    with pytest.raises(UserError, match=f"is {what}, not a folder"):
        write_folder(tmp_path / "tables", {"a.csv": b"new"})
    assert list((tmp_path / "real").iterdir()) == []


def test_a_folder_that_cannot_be_filled_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="could not be written into"):
        write_folder(tmp_path / "gone" / "tables", {"a.csv": b"x"})
    (tmp_path / "tables" / "a.csv").mkdir(parents=True)
    with pytest.raises(UserError, match="could not be written into"):
        write_folder(tmp_path / "tables", {"a.csv": b"x"})
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]
