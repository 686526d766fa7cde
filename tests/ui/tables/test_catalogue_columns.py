from dataclasses import replace
from datetime import date

import pytest

from desktop_app.analysis.catalogue_use import EntryUse
from desktop_app.domain.catalogue import Entry
from desktop_app.domain.own_entries import effective
from desktop_app.domain.positions import Origin
from desktop_app.figures.labels import Labels
from desktop_app.shipped import full_catalogue
from desktop_app.ui.tables.catalogue_columns import CATALOGUE, CatalogueRow, catalogue_rows
from desktop_app.ui.tables.table_model import TableModel

DAY = date(2026, 11, 24)
FULL = full_catalogue()
USED = {
    "lido": EntryUse(("protocol:lido",), 500.0, 1, old=1),
    "etherfi": EntryUse(("protocol:etherfi",), 900.0, 1),
    "kelp": EntryUse(("protocol:kelp",), None, 1),
}


def rows(*own: Entry) -> dict[str, CatalogueRow]:
    catalogue = effective(FULL, {e.id: e for e in own})
    return {r.id: r for r in catalogue_rows(catalogue, FULL, USED, DAY)}


def shown(row: CatalogueRow) -> list[str]:
    return [column.shown(row, Labels()).replace("\u00a0", " ") for column in CATALOGUE]


def test_used_entries_come_first_by_value_and_the_rest_by_name() -> None:
    found = list(rows().values())
    assert [r.id for r in found[:3]] == ["etherfi", "lido", "kelp"]
    assert [r.name.casefold() for r in found[3:]] == sorted(r.name.casefold() for r in found[3:])
    assert len(found) == len(FULL.entries)


@pytest.mark.parametrize(
    ("ident", "cells"),
    [
        ("lido", ["Lido", "liquid staking", "500", "14", "May 2023"]),
        ("kelp", ["Kelp", "liquid restaking", "unknown", "6", "Feb 2025"]),
        ("rocket-pool", ["Rocket Pool", "liquid staking", "–", "5", "Jun 2026"]),
        ("eth", ["Ether", "asset", "–", "0", ""]),
        ("lagrange", ["Lagrange ZK prover network", "service", "–", "3", "undated"]),
    ],
)
def test_a_row_says_what_stands_on_an_entry_and_how_old_its_facts_are(ident: str, cells: list[str]) -> None:
    assert shown(rows()[ident])[:2] == cells[:2]
    assert shown(rows()[ident])[2:4] == cells[2:4]
    assert shown(rows()[ident])[4].split()[-1:] == cells[4].split()[-1:]


def test_old_and_undated_facts_are_ochre_and_what_is_not_used_is_grey() -> None:
    found = rows()
    assert [CATALOGUE[4].colour(found[i]) for i in ("lido", "lagrange", "p2p")] == ["warn", "warn", "text2"]
    assert [CATALOGUE[2].colour(found[i]) for i in ("lido", "kelp", "rocket-pool")] == [
        "ink",
        "warn",
        "text3",
    ]


def test_what_is_the_users_says_so() -> None:
    own = Entry("mine", "Mine", "bridge", "", origin=Origin.YOURS)
    changed = replace(FULL.entries["lido"], origin=Origin.YOURS)
    found = rows(own, changed)
    assert shown(found["mine"])[1] == "bridge, yours"
    assert shown(found["lido"])[1] == "liquid staking, yours"


def test_the_oldest_facts_can_come_first() -> None:
    model = TableModel(CATALOGUE)
    model.set_rows(rows().values(), Labels())
    model.sort(4)
    dated = [row.oldest for row in model.rows if row.oldest]
    assert dated == sorted(dated)
