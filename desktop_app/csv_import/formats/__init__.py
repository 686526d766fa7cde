"""One file per known CSV format; each registers itself by being here, with a ``FORMAT`` of its own."""

import pkgutil
from functools import cache
from importlib import import_module

from desktop_app.csv_import.format import Format


@cache
def known() -> dict[str, Format]:
    """Return all formats by name; the name is that of the file."""
    modules = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    formats: list[Format] = [module.FORMAT for module in modules]
    return {f.name: f for f in formats}
