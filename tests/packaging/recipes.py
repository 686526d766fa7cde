"""The recipes in packaging/ as modules; that folder is no package of the program."""

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def recipe(name: str) -> ModuleType:
    """Return a recipe, run as a module."""
    spec = importlib.util.spec_from_file_location(f"recipe_{name}", ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
