"""What comes with the program: the catalogue and the sample portfolio, read from the resources once."""

from functools import cache

from desktop_app.domain.assumptions import IllustrativeSet, read_illustrative
from desktop_app.domain.catalogue import Catalogue
from desktop_app.domain.catalogue_reading import from_json, with_details
from desktop_app.domain.interchange import loads
from desktop_app.domain.portfolio import Portfolio
from desktop_app.paths import resources


@cache
def catalogue() -> Catalogue:
    """Return the shipped catalogue without its texts: what every start needs for stacks and ways out."""
    return from_json(_text("entries"), _text("tokens"))


@cache
def full_catalogue() -> Catalogue:
    """Return the shipped catalogue with notes, risks, past events and constants, for those who look."""
    return with_details(catalogue(), _text("details"), _text("events"), _text("constants"))


def _text(part: str) -> str:
    return (resources() / "catalogue" / f"{part}.json").read_text("utf-8")


@cache
def illustrative() -> IllustrativeSet:
    """Return the made-up assumptions that the program offers and never applies by itself."""
    return read_illustrative((resources() / "assumptions.json").read_text("utf-8"))


@cache
def sample_portfolio() -> Portfolio:
    """Return the made-up portfolio that the program offers at the first start."""
    return loads((resources() / "samples" / "marlow.json").read_text("utf-8"))
