"""A report as HTML: a page of its own with figures inside, or the plain variant that Qt sets on paper."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop_app import paths
from desktop_app.figures.colours import colour
from desktop_app.figures.colours import grey as as_grey
from desktop_app.figures.labels import NARROW_NO_BREAK, NO_BREAK
from desktop_app.figures.shapes import Figure
from desktop_app.report.blocks import FigureBlock, Paragraph, Report, Table
from desktop_app.report.svg import to_svg

if TYPE_CHECKING:
    from jinja2 import Environment

FIGURE_SIGN = "\ufffc"
"""Stands for one figure each in the variant for Qt, in their order; text from files never holds it."""

_UNPRINTABLE = re.compile(
    r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffb\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)

_INKS = ("ink", "text2", "rule", "warn")


def to_html(report: Report, *, grey: bool = False) -> str:
    """Return a self-contained page: figures as SVG inside, no scripts, nothing from elsewhere."""
    return _render("page.html", report, grey)


def to_paper(report: Report, *, grey: bool = False) -> str:
    """Return the variant for a QTextDocument: ``FIGURE_SIGN`` where a figure stands."""
    # Qt breaks lines at the narrow blank before a per cent sign, though it is a no-break one.
    return _render("paper.html", report, grey).replace(NARROW_NO_BREAK, NO_BREAK)


def _render(template: str, report: Report, grey: bool) -> str:
    from markupsafe import Markup

    paint = as_grey if grey else str

    def picture(figure: Figure) -> Markup:
        # The one place where text becomes markup: to_svg has escaped what stands in the figure.
        return Markup(to_svg(figure, grey=grey))  # noqa: S704

    inks = {name: paint(colour(name)) for name in _INKS}
    return _environment().get_template(template).render(report=report, inks=inks, picture=picture)


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(paths.resources() / "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    kinds = {"table": Table, "paragraph": Paragraph, "figure": FigureBlock}
    environment.tests.update(
        {name: lambda block, kind=kind: isinstance(block, kind) for name, kind in kinds.items()}
    )
    return environment


def _printable(value: object) -> object:
    """Take out of plain text what no page can hold, and the signs that turn its direction."""
    return _UNPRINTABLE.sub("", value) if type(value) is str else value
