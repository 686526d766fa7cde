import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.catalogue import Entry, ExitFact, Source
from desktop_app.domain.limits import Limit, LimitKind
from desktop_app.domain.records import Reader
from desktop_app.domain.structure import build, plain
from desktop_app.errors import UserError
from tests.filled import filled

SOURCE = Source("a page", "2026-01", verified=True, checked="2026-02-01")


@given(filled(Entry, st.text(min_size=1)))
def test_a_record_gives_the_value_back(entry: Entry) -> None:
    assert build(Entry, Reader(plain(entry), "it")) == entry


def test_a_record_holds_nothing_that_is_a_default() -> None:
    limit = Limit("l", LimitKind.NODE_SHARE, "", 0.5)
    assert plain(limit) == {"id": "l", "kind": "node share", "subject": "", "bound": 0.5}
    step = ExitFact("standard", "queue", "queue", SOURCE, slashable=False)
    assert plain(step) == {
        "path": "standard",
        "name": "queue",
        "kind": "queue",
        "source": {"cited": "a page", "dated": "2026-01", "verified": True, "checked": "2026-02-01"},
        "slashable": False,
    }


def test_null_is_the_default_and_unknown_keys_are_left_alone() -> None:
    entry = Entry("x", "X", "defi", "ethereum")
    record = {**plain(entry), "symbols": None, "exits": None, "of a later version": 1}
    assert build(Entry, Reader(record, "it")) == entry


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": 1}, "“name” is 1; expected is text"),
        ({"symbols": ["ETH", 1]}, "expected is a list of texts"),
        ({"exits": {}}, "expected is a list"),
        ({"origin": "moon"}, "expected is one of catalogue, assumed, yours"),
        ({"exits": [{"name": "s", "source": 1}]}, "In source of exits, number 1 an object with keys"),
        (
            {"exits": [plain(ExitFact("", "s", "", SOURCE)) | {"minimum": "1"}]},
            "a number",
        ),
    ],
)
def test_a_value_of_another_type_is_said_with_its_place(changed: dict[str, object], words: str) -> None:
    record = plain(Entry("x", "X", "defi", "ethereum")) | changed
    with pytest.raises(UserError) as caught:
        build(Entry, Reader(record, "it"))
    assert words in caught.value.text
