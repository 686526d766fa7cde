"""A place in the program: what links, the rail and the Go menu lead to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A page by its name ("overview", "positions", "dependencies", "withdrawals"), a thing on it by id.

    ``among``: the only positions, by id, that the page is to show; empty: those that it shows anyhow.
    """

    page: str
    item: str = ""
    among: tuple[str, ...] = ()
