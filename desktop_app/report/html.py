"""A report as one HTML page with its figures inside: nothing is loaded from elsewhere, nothing runs."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop_app import paths
from desktop_app.figures.colours import colour
from desktop_app.figures.colours import grey as as_grey
from desktop_app.figures.shapes import Figure
from desktop_app.report.blocks import FigureBlock, Paragraph, Report, Strip, Table, side_by_side
from desktop_app.report.svg import to_svg

if TYPE_CHECKING:
    from jinja2 import Environment

_UNPRINTABLE = re.compile(
    r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffb\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)

LONG_WORD = 24
"""So many letters of a word are kept together in a table; longer ones (addresses) may be broken."""

_INKS = ("ink", "text2", "rule", "warn")


def to_html(report: Report, *, grey: bool = False) -> str:
    """Return a self-contained page: figures as SVG inside, no scripts, nothing from elsewhere."""
    from markupsafe import Markup

    paint = as_grey if grey else str

    def picture(figure: Figure) -> Markup:
        # The one place where text becomes markup: to_svg has escaped what stands in the figure.
        return Markup(to_svg(figure, grey=grey))  # noqa: S704

    inks = {name: paint(colour(name)) for name in _INKS}
    page = _environment().get_template("page.html")
    groups = side_by_side(report.sections)
    return page.render(report=report, groups=groups, inks=inks, picture=picture)


def printable(text: str) -> str:
    """Return plain text without what no page can hold, and without the signs that turn its direction."""
    return _UNPRINTABLE.sub("", text)


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(paths.resources() / "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    kinds = {"table": Table, "paragraph": Paragraph, "figure": FigureBlock, "strip": Strip}
    environment.tests.update(
        {name: lambda block, kind=kind: isinstance(block, kind) for name, kind in kinds.items()}
    )
    environment.tests["endless"] = lambda text: any(len(word) > LONG_WORD for word in text.split())
    environment.filters["css"] = _css
    return environment


def _css(text: str) -> str:
    """Return text as the inside of a string of a style sheet: every sign but letters and digits by number."""
    kept = (sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in printable(text))
    return "".join(kept)


def _finalize(value: object) -> object:
    return printable(value) if type(value) is str else value
