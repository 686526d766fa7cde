"""What holds for every test: a screen that no one sees, the same on every machine, and one locale.

``QT_QPA_PLATFORM=xcb make test`` opens real windows instead: on Xvfb where it is installed, else on the
desktop.
"""

import os
import sys
from pathlib import Path

import hypothesis

# Qt falls back to UTF-8 with a warning, and any warning of Qt fails the test in which it appears.
os.environ["LC_ALL"] = "C.UTF-8"

if sys.platform == "linux":
    screen = Path(__file__).with_name("screen.json")
    os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={screen}")

# A busy machine is no failure: what hangs is stopped by the time limit of pytest.
hypothesis.settings.register_profile("stakeout", deadline=None, print_blob=True)
hypothesis.settings.load_profile("stakeout")
