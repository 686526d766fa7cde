"""Figures as SVG Tiny 1.2: vectors and selectable text, for pictures on disk and, through Qt, for paper."""

import re
from xml.sax.saxutils import escape, quoteattr

from desktop_app.figures import colours
from desktop_app.figures.colours import Theme
from desktop_app.figures.hatching import hatch_lines
from desktop_app.figures.shapes import Curve, Dash, Figure, Hatch, Line, Polygon, Rect, Shape, Text

FONT = "sans-serif"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Ink:
    """Turns colour roles into codes of one theme, in grey if asked."""

    def __init__(self, theme: Theme, grey: bool) -> None:
        self.theme = theme
        self.grey = grey

    def __call__(self, role: str) -> str:
        code = colours.colour(role, self.theme)
        return colours.grey(code) if self.grey else code


def to_svg(figure: Figure, theme: Theme = "light", grey: bool = False) -> str:
    """Return a figure as an SVG document of its own size in pixels: no background, links, scripts or CSS."""
    ink = _Ink(theme, grey)
    size = f"{_n(figure.width)} {_n(figure.height)}"
    head = (
        '<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny" '
        f'width="{_n(figure.width)}" height="{_n(figure.height)}" viewBox="0 0 {size}" '
        f'font-family="{FONT}">\n'
    )
    title = f"<title>{_text(figure.headline)}</title>\n" if figure.headline else ""
    return head + title + "\n".join(_svg(shape, ink) for shape in figure.shapes) + "\n</svg>\n"


def _svg(shape: Shape, ink: _Ink) -> str:
    match shape:
        case Line():
            return _line(shape, ink)
        case Curve():
            return _curve(shape, ink)
        case Rect():
            return _rect(shape, ink)
        case Hatch():
            return _hatch(shape, ink)
        case Text():
            return _words(shape, ink)
        case Polygon():
            return _polygon(shape, ink)


def _line(shape: Line, ink: _Ink) -> str:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
    return f'<polyline points="{points}" fill="none" {_stroke(shape.colour, shape.width, shape.dash, ink)}/>'


def _curve(shape: Curve, ink: _Ink) -> str:
    path = f"M{_n(shape.start[0])} {_n(shape.start[1])}"
    path += "".join("C" + " ".join(_n(v) for v in segment) for segment in shape.segments)
    return f'<path d="{path}" fill="none" {_stroke(shape.colour, shape.width, shape.dash, ink)}/>'


def _rect(shape: Rect, ink: _Ink) -> str:
    half = shape.outline_width / 2 if shape.outline else 0.0
    x, y, width, height = shape.x + half, shape.y + half, shape.width - 2 * half, shape.height - 2 * half
    radius = f' rx="{_n(shape.radius)}"' if shape.radius else ""
    fill = ink(shape.fill) if shape.fill else "none"
    stroke = " " + _stroke(shape.outline, shape.outline_width, (), ink) if shape.outline else ""
    place = f'x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}" height="{_n(max(height, 0))}"'
    return f'<rect {place}{radius} fill="{fill}"{stroke}/>'


def _hatch(shape: Hatch, ink: _Ink) -> str:
    """Write clipped lines: Qt's SVG knows neither patterns nor clip paths."""
    page = _rect(Rect(shape.x, shape.y, shape.width, shape.height, fill="page"), ink)
    path = "".join(f"M{_n(a)} {_n(b)}L{_n(c)} {_n(d)}" for a, b, c, d in hatch_lines(shape))
    lines = (
        f'<path d="{path}" fill="none" {_stroke(shape.colour, shape.line_width, (), ink)}/>' if path else ""
    )
    edge = Rect(shape.x, shape.y, shape.width, shape.height, outline=shape.outline)
    return page + lines + (_svg(edge, ink) if shape.outline else "")


def _words(shape: Text, ink: _Ink) -> str:
    weight = ' font-weight="bold"' if shape.bold else ""
    anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
    place = f'x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{_n(shape.size)}"{weight}{anchor}'
    return f'<text {place} fill="{ink(shape.colour)}">{_text(shape.text)}</text>'


def _polygon(shape: Polygon, ink: _Ink) -> str:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
    return f'<polygon points="{points}" fill="{ink(shape.fill)}"/>'


def _stroke(role: str, width: float, dash: Dash, ink: _Ink) -> str:
    dashes = f" stroke-dasharray={quoteattr(','.join(_n(d) for d in dash))}" if dash else ""
    return f'stroke="{ink(role)}" stroke-width="{_n(width)}"{dashes}'


def _n(value: float) -> str:
    """Return a number as short as hundredths of a pixel allow."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _text(words: str) -> str:
    """Return text that is only text: escaped, and without the signs that XML cannot hold."""
    return escape(_NOT_XML.sub("", words))
