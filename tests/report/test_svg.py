"""SVG: well-formed, text is only text, and Qt's renderer draws what the screen shows."""

import xml.etree.ElementTree as ET
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from desktop_app.figures.colours import ROLES, colour
from desktop_app.figures.hatching import unknown_hatch
from desktop_app.figures.shapes import Curve, Figure, Line, Polygon, Rect, Shape, Text
from desktop_app.report.svg import to_svg

SVG = "{http://www.w3.org/2000/svg}"
ATTACK = '<img src="http://evil.example/x.png"> & <script>alert(1)</script>'


def figure(*shapes: Shape, headline: str = "") -> Figure:
    return Figure(100, 60, shapes, headline=headline)


def parsed(*shapes: Shape, headline: str = "") -> Element:
    return ET.fromstring(to_svg(figure(*shapes, headline=headline)))


def painted(*shapes: Shape) -> QImage:
    image = QImage(100, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    renderer = QSvgRenderer(QByteArray(to_svg(figure(*shapes)).encode()))
    assert renderer.isValid()
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, 100, 60))
    painter.end()
    return image


def ink(image: QImage) -> int:
    white = QColor("white").rgb()
    return sum(image.pixel(x, y) != white for x in range(image.width()) for y in range(image.height()))


def test_names_from_files_stay_text() -> None:
    root = parsed(Text(5, 20, ATTACK), headline=ATTACK)
    assert [element.text for element in root.iter(f"{SVG}text")] == [ATTACK]
    assert {element.tag for element in root.iter()} == {f"{SVG}svg", f"{SVG}title", f"{SVG}text"}


@given(st.text())
def test_any_text_gives_well_formed_svg(words: str) -> None:
    assert parsed(Text(5, 20, words), headline=words).tag == f"{SVG}svg"


def test_nothing_outside_is_named() -> None:
    text = to_svg(figure(Rect(0, 0, 9, 9, fill="box"), Text(0, 9, "a"), unknown_hatch(0, 0, 9, 9)))
    assert text.count("http") == 1  # the name of SVG itself
    assert not any(word in text for word in ("href", "url(", "style", "clip", "pattern", "script"))


@pytest.mark.parametrize(
    "shape",
    [
        Line(((5, 5), (90, 50)), "ink", 2),
        Line(((5, 5), (90, 5)), "ink", 2, (6, 3)),
        Curve((5, 5), ((50, 5, 50, 50, 90, 50),), "ink", 2),
        Rect(5, 5, 40, 20, fill="accent"),
        Rect(5, 5, 40, 20, outline="accent", radius=3),
        unknown_hatch(5, 5, 40, 30),
        Text(5, 30, "EigenLayer", size=13),
        Text(95, 30, "EigenLayer", size=13, bold=True, anchor="end"),
        Polygon(((5, 5), (30, 5), (5, 30)), "alarm"),
    ],
    ids=lambda shape: type(shape).__name__,
)
def test_qt_draws_every_shape(shape: Shape, qapp: object) -> None:
    assert ink(painted(shape)) > 20


def test_a_hatch_leaves_nothing_outside_its_rectangle(qapp: object) -> None:
    image = painted(unknown_hatch(20, 10, 40, 30))
    white = QColor("white").rgb()
    outside = [
        (x, y)
        for x in range(100)
        for y in range(60)
        if not (20 <= x < 60 and 10 <= y < 40) and image.pixel(x, y) != white
    ]
    assert outside == []


def test_dashes_leave_gaps(qapp: object) -> None:
    whole, dashed = (painted(Line(((5, 20), (95, 20)), "ink", 4, dash)) for dash in ((), (6.0, 3.0)))
    assert 0.5 < ink(dashed) / ink(whole) < 0.85


def test_the_theme_gives_the_colours() -> None:
    shape = Rect(0, 0, 9, 9, fill="dimension:platform")
    assert colour("dimension:platform", "dark") in to_svg(figure(shape), "dark")


def test_grey_has_no_colour() -> None:
    shapes = [Rect(0, 0, 9, 9, fill=role) for role in ROLES]
    root = ET.fromstring(to_svg(figure(*shapes), grey=True))
    codes = [element.get("fill", "") for element in root.iter(f"{SVG}rect")]
    assert all(code[1:3] == code[3:5] == code[5:7] for code in codes)


def test_the_size_is_the_figures() -> None:
    root = parsed()
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("100", "60", "0 0 100 60")
