"""Prints the AppStream description with the version and the day of this build.

python packaging/metainfo.py
"""

from datetime import UTC, datetime

import stage
from stage import ROOT, VERSION

TEMPLATE = ROOT / "packaging" / "linux" / "stakeout.metainfo.xml"


def metainfo() -> str:
    """Return the description."""
    day = datetime.fromtimestamp(stage.epoch(), UTC).date()
    text = TEMPLATE.read_text("utf-8")
    return text.replace("@version@", VERSION).replace("@date@", day.isoformat())


if __name__ == "__main__":
    print(metainfo(), end="")
