"""Says what is shipped beside the program's own code: a bill of materials (CycloneDX) and all licences."""

import json
import os
import re
import sys
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

import stage
from packaging.utils import canonicalize_name
from stage import ROOT, VERSION, RecipeError

TEXTS = ROOT / "packaging" / "licences"
NAMES = {
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "ISC License": "ISC",
    "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only": "LGPL-3.0-only",
}
"""What some packages write, and the SPDX name of it; of the choices of Qt for Python we take the LGPL."""

LICENCE_FILE = re.compile(r"(?i)(licen[cs]e|copying|notice|authors)[^/]*$|dist-info/licenses/")


@dataclass(frozen=True)
class Part:
    """A library that is shipped: its name, version and SPDX licence, and its licence files by name."""

    name: str
    version: str
    licence: str
    texts: Mapping[str, str]


def parts(folder: Path, names: Iterable[str]) -> list[Part]:
    """Return the libraries of these names that lie in a folder; raise if one is not there."""
    there = {str(canonicalize_name(one.name)): one for one in distributions(path=[str(folder)])}
    if absent := sorted(set(names) - set(there)):
        raise RecipeError(f"{', '.join(absent)} should be in {folder} and is not.")
    return [_part(there[name]) for name in sorted(names)]


def _part(one: Distribution) -> Part:
    home = Path(str(one.locate_file("")))
    name = canonicalize_name(one.name)
    texts = {
        path.relative_to(notes).as_posix(): path.read_text("utf-8")
        for notes in home.glob("*.dist-info")
        if canonicalize_name(notes.name.partition("-")[0]) == name
        for path in sorted(notes.rglob("*"))
        if path.is_file() and LICENCE_FILE.search(path.as_posix())
    }
    licence = _licence(one)
    if licence == "LGPL-3.0-only":
        texts = {file: (TEXTS / file).read_text("utf-8") for file in ("LGPL-3.txt", "GPL-3.txt", "ICU.txt")}
    if not texts:
        raise RecipeError(f"{one.name} ships without a licence text; put one into packaging/licences.")
    return Part(name, one.version, licence, {file: text.strip() for file, text in texts.items()})


def _licence(one: Distribution) -> str:
    told = [(one.metadata.get_all(field) or [""])[0] for field in ("License-Expression", "License")]
    classes = one.metadata.get_all("Classifier") or []
    told += [name.rpartition(":: ")[2] for name in classes if name.startswith("License")]
    for text in told:
        if text and "\n" not in text.strip():
            short = re.sub(r" \(\w+\)$", "", text.strip())
            return NAMES.get(short, short)
    raise RecipeError(f"{one.name} does not say in one line which licence it has.")


# -- licences ------------------------------------------------------------------------------------------------

INTRODUCTION = f"""Stakeout {VERSION}

Copyright 2026 the authors of Stakeout.
Stakeout itself is under the Apache License, Version 2.0 (SPDX: Apache-2.0).

The program comes with the libraries below, each unmodified, as its makers built it, in files of its own;
parts that the program does not use are left out. Qt and Qt for Python (PySide6, shiboken6) are used under
the GNU Lesser General Public License, Version 3: you may put other builds of these files in their place.
Their sources, and the third-party code in them, are described by the Qt Company in the documentation of Qt,
“Licenses Used in Qt”.
"""
RULE = "=" * 100
COMMON = "/usr/share/common-licenses"
WHOLE_TEXTS = (
    (
        "LGPL-3",
        r"GNU LESSER GENERAL PUBLIC LICENSE\n *Version 3, ",
        r"to choose that version for the\s+Library\.",
    ),
    ("GPL-3", r"GNU GENERAL PUBLIC LICENSE\n *Version 3, ", r"why-not-lgpl\.html>\."),
    (
        "Apache-2.0",
        r"Apache License\n *Version 2\.0, ",
        r"accepting\s+any\s+such\s+warranty\s+or\s+additional\s+liability\.",
    ),
)
"""How these texts begin and end."""


def licence_text(found: Iterable[Part]) -> str:
    """Return one text with the licences of everything that is shipped."""
    blocks = [INTRODUCTION]
    for part in found:
        blocks.append(f"{RULE}\n{part.name} {part.version}\nSPDX: {part.licence}\n")
        blocks += [f"{RULE[:40]} {file}\n\n{text.strip()}\n" for file, text in part.texts.items()]
    return "\n".join(blocks)


def debian_copyright(found: Iterable[Part]) -> str:
    """Return the same text with the licences that every Debian system holds named instead of written out."""
    short = [replace(part, texts={file: _named(text) for file, text in part.texts.items()}) for part in found]
    return f"{licence_text(short)}\n{RULE}\nStakeout itself: {COMMON}/Apache-2.0 holds the text.\n"


def _named(text: str) -> str:
    for name, begin, end in WHOLE_TEXTS:
        text = re.sub(f" *{begin}.*?{end}", f"The text is in {COMMON}/{name}.", text, flags=re.DOTALL)
    return text


def python_licence() -> str:
    """Return the licence of Python and of what comes with it; it lies beside the standard library."""
    for folder in (Path(os.__file__).parent, Path(sys.base_prefix)):
        for name in ("LICENSE.txt", "LICENSE"):
            if (folder / name).is_file():
                return (folder / name).read_text("utf-8")
    raise RecipeError("Python's own licence was not found beside its standard library.")


# -- bill of materials ---------------------------------------------------------------------------------------


def sbom(found: Iterable[Part], hashes: Mapping[str, str]) -> str:
    """Return the bill of materials as CycloneDX 1.6: each part with licence and the SHA-256 of its wheel."""
    components = [_component(part, hashes.get(part.name)) for part in found]
    day = datetime.fromtimestamp(stage.epoch(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    main = {
        "type": "application",
        "bom-ref": f"stakeout@{VERSION}",
        "name": "stakeout",
        "version": VERSION,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }
    told: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"timestamp": day, "component": main},
        "components": components,
        "dependencies": [{"ref": main["bom-ref"], "dependsOn": [c["bom-ref"] for c in components]}],
    }
    name = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(told, sort_keys=True))
    return json.dumps({**told, "serialNumber": f"urn:uuid:{name}"}, indent=1, sort_keys=True) + "\n"


def _component(part: Part, digest: str | None) -> dict[str, Any]:
    purl = f"pkg:pypi/{part.name}@{part.version}"
    single = re.fullmatch(r"[\w.+-]+", part.licence)
    told = {
        "type": "library",
        "bom-ref": purl,
        "name": part.name,
        "version": part.version,
        "purl": purl,
        "licenses": [{"license": {"id": part.licence}} if single else {"expression": part.licence}],
    }
    return {**told, "hashes": [{"alg": "SHA-256", "content": digest}]} if digest else told
