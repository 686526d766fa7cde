"""Reports of known portfolios say what was approved: ``tests/approved.py`` tells how that is renewed."""

import pytest
from PySide6.QtGui import QImage

from tests.approved import FOLDER, KINDS, LOCALES, PICTURE, outputs, picture, portfolios

pytestmark = pytest.mark.usefixtures("qapp")

MEAN, MOST = 0.05, 24
"""Steps of grey, of 255, by which a picture may differ: on the mean, and at any dot."""


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", portfolios())
def test_a_report_says_what_was_approved(name: str, locale: str) -> None:
    for file, text in outputs(name, locale).items():
        approved = (FOLDER / file).read_text("utf-8")
        if "".join(text.split()) != "".join(approved.split()):
            assert text.splitlines() == approved.splitlines()


def test_every_approved_file_is_compared() -> None:
    made = {f"{name}.{locale}.{kind}.txt" for name in portfolios() for locale in LOCALES for kind in KINDS}
    assert {path.name for path in FOLDER.iterdir()} == {*made, PICTURE}


def differences(one: QImage, other: QImage) -> list[int]:
    return [abs(light - dark) for light, dark in zip(dots(one), dots(other), strict=True)]


def dots(image: QImage) -> list[int]:
    """Return how light each dot is, without what fills up the lines in the memory."""
    held, step = bytes(image.constBits()), image.bytesPerLine()
    return [dot for line in range(image.height()) for dot in held[line * step :][: image.width()]]


def test_the_figures_look_as_they_were_approved() -> None:
    approved = QImage(str(FOLDER / PICTURE)).convertToFormat(QImage.Format.Format_Grayscale8)
    found = differences(picture(), approved)
    assert sum(found) / len(found) < MEAN
    assert max(found) < MOST
