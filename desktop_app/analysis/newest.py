"""The newest result of a function: every page asks about the same portfolio, so one is worth keeping."""

from collections.abc import Callable
from typing import Generic, TypeVar

A = TypeVar("A")


class Newest(Generic[A]):
    """Keeps one result, with what it was made of: ``same`` is compared by identity, ``equal`` by value."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[object, ...], tuple[object, ...], A] | None = None

    def get(self, same: tuple[object, ...], equal: tuple[object, ...], make: Callable[[], A]) -> A:
        """Return the kept result, or make it."""
        kept = self._kept
        if kept is not None and all(a is b for a, b in zip(kept[0], same, strict=True)) and kept[1] == equal:
            return kept[2]
        result = make()
        self._kept = (same, equal, result)
        return result
