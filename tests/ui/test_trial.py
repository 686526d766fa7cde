"""A trial: edits are made on a copy until they are applied as one edit, or dropped without a trace."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from desktop_app.domain.portfolio import Portfolio
from desktop_app.errors import UserError
from desktop_app.storage.store import Store
from desktop_app.ui.document import Document
from tests.builders import drawn
from tests.conftest import Undoable
from tests.ui.test_document import write_protect

START = drawn("a: 1000 -> X", "b: 10 weETH @ 3000 -> Y")


@pytest.fixture
def document(qapp: QApplication, tmp_path: Path) -> Iterator[Document]:
    result = Document()
    result.create(tmp_path / "me.stakeout", START)
    yield result
    result.close()


def stored(document: Document) -> Portfolio:
    assert document.path is not None
    return Store.read(document.path)


def content(document: Document) -> bytes:
    assert document.path is not None
    return document.path.read_bytes()


def applied(document: Document) -> None:
    document.apply(document.applying()())


def without(document: Document, *positions: str) -> None:
    document.edit(f"Delete {', '.join(positions)}", document.portfolio.without_positions(*positions))


def test_nothing_of_what_is_tried_is_saved_and_a_dropped_trial_leaves_the_file_as_it_was(
    document: Document,
) -> None:
    before = content(document)
    document.try_out()
    without(document, "a")
    without(document, "b")
    document.stack.undo()
    assert document.portfolio == START.without_positions("a")
    assert (document.saved, stored(document), content(document)) == (START, START, before)
    document.drop()
    assert document.portfolio is document.saved
    assert (document.portfolio, content(document)) == (START, before)
    assert not document.undo_stack.count()
    assert not document.is_trying


def test_what_was_tried_is_applied_as_one_edit(document: Document, undoable: Undoable) -> None:
    with undoable(document):
        document.try_out()
        without(document, "a")
        without(document, "b")
        applied(document)
    assert stored(document).is_empty
    assert document.undo_stack.undoText() == "Apply 2 tried changes"


def test_a_single_change_keeps_its_name(document: Document) -> None:
    document.try_out()
    without(document, "a")
    applied(document)
    assert document.undo_stack.undoText() == "Delete a"


def test_what_was_done_before_the_trial_is_not_undone_in_it(document: Document) -> None:
    without(document, "a")
    document.try_out()
    document.stack.undo()
    assert document.portfolio == START.without_positions("a")
    document.drop()
    document.stack.undo()
    assert document.portfolio == START


@settings(max_examples=15)
@given(st.lists(st.sampled_from(["a", "b", "undo", "redo"]), max_size=8), st.booleans())
def test_any_trial_is_dropped_or_applied_whole(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str], apply: bool
) -> None:
    document = Document()
    document.create(tmp_path_factory.mktemp("trial") / "me.stakeout", START)
    before = content(document)
    document.try_out()
    for step in steps:
        {"undo": document.trial_stack.undo, "redo": document.trial_stack.redo}.get(
            step, lambda step=step: without(document, step)
        )()
    tried = document.portfolio
    assert content(document) == before
    if apply:
        applied(document)
        assert document.portfolio == tried == stored(document)
        document.stack.undo()
    else:
        document.drop()
        assert content(document) == before
    assert document.portfolio == START == stored(document)
    document.close()


def test_a_large_edit_is_tried_without_being_saved(document: Document) -> None:
    document.try_out()
    after = START.without_positions("a")
    document.take("Import one position", after, document.saving(after)())
    assert (document.portfolio, stored(document)) == (after, START)
    document.stack.undo()
    assert document.portfolio == START


def test_what_cannot_be_applied_is_still_tried(document: Document) -> None:
    document.try_out()
    without(document, "a")
    write_protect(document)
    with pytest.raises(UserError):
        document.applying()()
    assert document.is_trying
    assert (document.portfolio, stored(document)) == (START.without_positions("a"), START)


def test_no_other_file_is_shown_while_something_is_tried(document: Document, tmp_path: Path) -> None:
    document.try_out()
    other = tmp_path / "other.stakeout"
    Store.create(other).close()
    for deed in (document.open, document.create, document.start):
        with pytest.raises(UserError, match="Apply or drop"):
            deed(other if deed != document.create else tmp_path / "new.stakeout")
    assert document.path == tmp_path / "me.stakeout"


def test_the_first_edit_of_a_new_file_can_be_tried(qapp: QApplication, tmp_path: Path) -> None:
    document, path = Document(), tmp_path / "me.stakeout"
    document.start(path)
    document.try_out()
    document.edit("Add all", START)
    assert not path.exists()
    applied(document)
    assert stored(document) == START
    document.close()


def test_what_is_found_out_about_an_edit_becomes_a_part_of_it(document: Document) -> None:
    without(document, "a")
    noted = document.portfolio.without_positions("b")
    document.note(noted)
    assert document.portfolio == noted == stored(document)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.portfolio == START == stored(document)
    document.undo_stack.redo()
    assert document.portfolio == noted == stored(document)


def test_what_is_found_out_too_late_is_left_out(document: Document) -> None:
    without(document, "a")
    without(document, "b")
    document.undo_stack.undo()
    assert document.newest is None
    document.note(Portfolio())
    document.undo_stack.undo()
    document.try_out()
    without(document, "a")
    assert document.newest is None
    document.note(Portfolio())
    document.drop()
    assert document.portfolio == START == stored(document)


def test_an_edit_after_an_undo_is_the_newest(document: Document) -> None:
    without(document, "a")
    document.undo_stack.undo()
    told: list[object] = []
    document.changed.connect(lambda _: told.append(document.newest))
    without(document, "b")
    assert told == [("Delete b", START)]


def test_nothing_is_noted_while_a_large_edit_is_saved(document: Document) -> None:
    without(document, "a")
    left, noted = document.portfolio, document.portfolio.without_positions("b")
    after = left.with_positions(*START.positions.values())
    save = document.saving(after)
    document.note(noted)
    assert document.portfolio is left
    document.take("Import", after, save())
    assert document.portfolio == stored(document) == after
