"""Where resources, licences, the user's portfolio and settings live, from source and when installed."""

import os
from pathlib import Path

import platformdirs

APP_NAME = "stakeout"
PROGRAM = Path(__file__).resolve().parent
"""The folder of the program's own modules: in a checkout, a virtual environment, /usr/lib or a bundle."""


def resources() -> Path:
    """Return the folder of icons, styles, catalogue, samples and schemas.

    An installed program has it inside its own folder, a checkout beside it.
    """
    inside = PROGRAM / "resources"
    return inside if inside.is_dir() else PROGRAM.parent / "resources"


def build() -> dict[str, str]:
    """Return what the recipe wrote of this copy (built, commit, package, licences); empty from source."""
    file = resources() / "build.txt"
    if not file.is_file():
        return {}
    pairs = (line.partition(": ") for line in file.read_text("utf-8").splitlines())
    return {key: value for key, _, value in pairs}


def build_words() -> str:
    """Return how this copy came about: "Debian package, built 2026-11-28 from commit 1a2b3c4"."""
    told = build()
    if not told:
        return "from source"
    return f"{told.get('package', 'Python package')}, built {told['built']} from commit {told['commit']}"


def licences() -> Path:
    """Return the file or folder with the licence of the program, and of what came with it if anything did."""
    told = resources() / build().get("licences", "../LICENSE")
    return told.resolve() if told.exists() else PROGRAM.parent / "LICENSE"


def data_folder() -> Path:
    """Return the user's data folder (``STAKEOUT_HOME`` overrides it); it may not exist yet."""
    override = os.environ.get("STAKEOUT_HOME")
    return Path(override) if override else Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def default_portfolio() -> Path:
    """Return the path of the user's own portfolio file."""
    return data_folder() / "portfolio.stakeout"


def sample_portfolio() -> Path:
    """Return the path of the user's copy of the sample; it may not exist yet."""
    return data_folder() / "sample.stakeout"
