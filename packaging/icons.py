"""Makes the icon in every size and form from resources/icons/stakeout.svg: PNG, ICO (Windows), ICNS (macOS).

    python packaging/icons.py FOLDER

Qt draws it, as it does in the window, so that no other tool is needed.
"""

import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from stage import ROOT

DRAWING = ROOT / "resources" / "icons" / "stakeout.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO = (16, 24, 32, 48, 64, 128, 256)
ICNS = {
    b"icp4": 16,
    b"icp5": 32,
    b"ic07": 128,
    b"ic08": 256,
    b"ic09": 512,
    b"ic10": 1024,
    b"ic11": 32,
    b"ic12": 64,
    b"ic13": 256,
    b"ic14": 512,
}
"""Apple's name of each picture and its pixels; ic11 to ic14 are 16, 32, 128 and 256 at twice the density."""


def png(size: int) -> bytes:
    """Return the icon as PNG with so many pixels on each side, its corners transparent."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # takes a device too
    return bytes(buffer.data().data())


def ico() -> bytes:
    """Return the icon as Windows wants it: a directory of PNG files."""
    pictures = [png(size) for size in ICO]
    entries, offset = b"", 6 + 16 * len(ICO)
    for size, picture in zip(ICO, pictures, strict=True):
        side = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return struct.pack("<HHH", 0, 1, len(ICO)) + entries + b"".join(pictures)


def icns() -> bytes:
    """Return the icon as macOS wants it: named chunks, each a PNG file."""
    chunks = b""
    for name, size in ICNS.items():
        picture = png(size)
        chunks += name + struct.pack(">I", 8 + len(picture)) + picture
    return b"icns" + struct.pack(">I", 8 + len(chunks)) + chunks


def hicolor(theme: Path) -> None:
    """Put the icon into an icon theme, scalable and in all sizes."""
    for size in SIZES:
        _write(theme / f"{size}x{size}" / "apps" / "stakeout.png", png(size))
    _write(theme / "scalable" / "apps" / "stakeout.svg", DRAWING.read_bytes())


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    hicolor(target / "hicolor")
    _write(target / "stakeout.ico", ico())
    _write(target / "stakeout.icns", icns())
