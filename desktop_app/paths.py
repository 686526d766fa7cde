"""Where resources, the user's portfolio and settings live, from source and when installed."""

import os
from pathlib import Path

import platformdirs

APP_NAME = "stakeout"


def resources() -> Path:
    """Return the folder of icons, styles, catalogue, samples and schemas."""
    return Path(__file__).resolve().parent.parent / "resources"


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
