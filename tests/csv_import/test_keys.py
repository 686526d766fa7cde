import json

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.csv_import import keys


@given(st.lists(st.text(), min_size=keys.PARTS, max_size=keys.PARTS))
def test_a_key_comes_back_from_its_text(words: list[str]) -> None:
    key = keys.key(words)
    assert keys.read(keys.text(key)) == key
    assert json.loads(keys.text(key)) == list(key)


def test_keys_of_earlier_files_lack_the_last_words() -> None:
    assert keys.read('["me", "eth", "", "", "", ""]') == ("me", "eth", "", "", "", "", "")
