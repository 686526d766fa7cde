"""The recipes in packaging/ as modules; that folder is no package of the program."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def recipe(name: str) -> ModuleType:
    """Return a recipe as a module; like a script, it finds the others beside it."""
    folder = str(ROOT / "packaging")
    if folder not in sys.path:
        sys.path.append(folder)
    return importlib.import_module(name)
