"""What comes with the program: the catalogue and the sample portfolio, read from the resources once."""

from functools import cache

from desktop_app.domain.catalogue import Catalogue, from_json
from desktop_app.domain.interchange import loads
from desktop_app.domain.portfolio import Portfolio
from desktop_app.paths import resources


@cache
def catalogue() -> Catalogue:
    """Return the shipped catalogue."""
    folder = resources() / "catalogue"
    return from_json(
        (folder / "entries.json").read_text("utf-8"), (folder / "tokens.json").read_text("utf-8")
    )


@cache
def sample_portfolio() -> Portfolio:
    """Return the small made-up portfolio that the program offers at the first start."""
    return loads((resources() / "samples" / "small.json").read_text("utf-8"))
