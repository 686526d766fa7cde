"""Everything that is shipped is named, with its licence."""

import json
import re
import sysconfig
from pathlib import Path

import pytest

from desktop_app import __version__
from tests.packaging.recipes import ROOT, recipe

bill = recipe("bill")
runtime = recipe("runtime")
SITE = Path(sysconfig.get_path("purelib"))
PARTS = bill.parts(SITE, runtime.libraries())


def test_every_library_that_the_program_needs_is_pinned_and_none_of_the_tests_is_shipped() -> None:
    pins = runtime.pins()
    assert {"pyside6-essentials", "numpy", "scipy", "rich", "shiboken6"} <= set(pins)
    assert not {"pytest", "hypothesis", "networkx", "mypy", "setuptools"} & set(pins)
    assert all("--hash=sha256:" in line for line in pins.values())


def test_every_library_has_a_licence_in_spdx_words_and_its_text() -> None:
    assert {part.name for part in PARTS} == set(runtime.libraries())
    word = r"[A-Za-z0-9.+-]+"
    for part in PARTS:
        assert re.fullmatch(rf"\(?{word}\)?( (AND|OR|WITH) \(?{word}\)?)*", part.licence), part.licence
        assert max(map(len, part.texts.values())) > 500, part.name


def test_no_library_is_under_the_gpl_alone() -> None:
    assert [p.name for p in PARTS if re.search(r"(?<!L)GPL", p.licence)] == []


def test_the_licence_text_holds_every_text() -> None:
    whole = bill.licence_text(PARTS)
    assert all(text in whole for part in PARTS for text in part.texts.values())


def test_debian_names_the_texts_that_it_has_and_keeps_the_rest() -> None:
    short = bill.debian_copyright(PARTS)
    assert "GNU GENERAL PUBLIC LICENSE\n" not in short
    assert not re.search(r"Apache License\s+Version 2\.0, January 2004\s+http", short)
    for part in PARTS:
        for text in part.texts.values():
            if not re.search("GENERAL PUBLIC LICENSE|Apache License", text):
                assert text in short, part.name


def test_a_library_without_a_licence_stops_the_recipe(tmp_path: Path) -> None:
    notes = tmp_path / "nobody-1.0.dist-info"
    notes.mkdir()
    (notes / "METADATA").write_text("Metadata-Version: 2.1\nName: nobody\nVersion: 1.0\n", "utf-8")
    with pytest.raises(bill.RecipeError, match="nobody"):
        bill.parts(tmp_path, ["nobody"])


def test_the_bill_of_materials_names_each_part_and_is_the_same_twice() -> None:
    hashes = {part.name: "0" * 64 for part in PARTS}
    told = bill.sbom(PARTS, hashes)
    assert told == bill.sbom(PARTS, hashes)
    found = json.loads(told)
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    assert found["metadata"]["component"]["version"] == __version__
    assert {c["purl"] for c in found["components"]} == {f"pkg:pypi/{p.name}@{p.version}" for p in PARTS}
    assert all(c["licenses"] and c["hashes"] for c in found["components"])


def test_no_recipe_names_where_libraries_come_from() -> None:
    recipes = [
        path for path in (ROOT / "packaging").rglob("*") if path.suffix in {".txt", ".sh", ".py", ".in"}
    ]
    texts = {path.name: path.read_text("utf-8") for path in recipes if path.parent.name != "licences"}
    hosts = re.compile(r"index-url|find-links|trusted-host|://\S*/(simple|packages|debian|pool)\b")
    assert [name for name, text in texts.items() if hosts.search(text)] == []
