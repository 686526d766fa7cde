"""The libraries that the program runs on: the pinned ones, without those of tests and style."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name
from stage import ROOT


def libraries() -> list[NormalizedName]:
    """Return the names of all libraries that the project needs on this machine, directly or not, sorted."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found: set[NormalizedName] = set()
    wanted = list(_names(project["dependencies"]))
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.add(name)
            wanted += _names(distribution(name).requires or [])
    return sorted(found)


def _names(requirements: Iterable[str]) -> Iterator[NormalizedName]:
    for text in requirements:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)


def pins() -> dict[NormalizedName, str]:
    """Return the pinned and hashed line of each library that the program runs on."""
    text = (ROOT / "requirements.txt").read_text("utf-8").replace("\\\n", " ")
    lines = (re.sub(r"\s*#.*", "", line).strip() for line in text.splitlines())
    known = {canonicalize_name(line.split("==")[0]): " ".join(line.split()) for line in lines if line}
    return {name: known[name] for name in libraries()}


def install_arguments(file: Path) -> list[str | Path]:
    """Write the pinned lines to a file and return the arguments with which pip installs just these."""
    file.write_text("".join(f"{line}\n" for line in pins().values()), "utf-8")
    return ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", file]
