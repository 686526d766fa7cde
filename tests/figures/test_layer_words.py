"""Names of layers: one list for pictures and sentences."""

import pytest

from desktop_app.figures.layer_words import layer_word


@pytest.mark.parametrize(
    ("layer", "word"),
    [("hold", "Held"), ("collateral", "Lent and looped"), ("restaking", "Restaking"), ("my own", "My own")],
)
def test_a_layer_has_its_own_word_or_stands_as_it_is(layer: str, word: str) -> None:
    assert layer_word(layer) == word
