"""What identifies a position in later files: a few words, compared without regard to case."""

import json
from collections.abc import Iterable
from hashlib import blake2b
from json.encoder import encode_basestring

from desktop_app.csv_import.cells import clean

Key = tuple[str, ...]
"""Account, asset, chain, protocol, operators, name, place."""

PARTS = 7


def digest(row: Iterable[str]) -> str:
    """Return what stands for all cells of a row, however many empty ones follow it."""
    words = "\x1f".join([clean(cell) for cell in row]).rstrip("\x1f")
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def key(words: Iterable[str]) -> Key:
    """Return the key of the words as they are written."""
    return tuple([word.casefold() for word in words])


def text(found: Key) -> str:
    """Return a key as text, to be stored with the position."""
    return f"[{', '.join(map(encode_basestring, found))}]"  # as json.dumps, in a third of the time


def read(stored: str) -> Key:
    """Return the key of a stored text; files of before may lack the last words."""
    words = json.loads(stored)
    return (*words, *[""] * (PARTS - len(words)))
