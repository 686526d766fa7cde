"""Numbered steps, each from the version of a portfolio file before it; a released step is never changed."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from desktop_app.storage.migrations import version_2, version_3, version_4, version_5, version_6, version_7

STEPS: Mapping[int, Callable[[Connection], None]] = {
    2: version_2.step,
    3: version_3.step,
    4: version_4.step,
    5: version_5.step,
    6: version_6.step,
    7: version_7.step,
}
