"""What the layers of a stack are called, in pictures and sentences alike."""

from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "hold": "Held",
    "yield": "Yield token",
    "bridge": "Bridged",
    "collateral": "Lent and looped",
}


def layer_word(layer: str) -> str:
    """Return what a layer is called: some of the closed list have other words, the rest stand as they are."""
    return _WORDS.get(layer, layer[:1].upper() + layer[1:])
