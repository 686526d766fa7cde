import subprocess
import sys

from desktop_app import shipped
from desktop_app.analysis.overview import overview
from desktop_app.domain.checks import check
from desktop_app.domain.positions import Dimension, Mode


def test_the_sample_shows_every_kind_of_thing_that_can_be_said() -> None:
    sample = shipped.sample_portfolio()
    positions, edges = sample.positions, sample.edges.values()
    assert len(positions) == 12
    assert {edge.mode for edge in edges} == set(Mode)
    roles = [n.id for n in sample.nodes.values() if n.dimension is Dimension.ROLE]
    assert sum(role.startswith("role:p2p@") for role in roles) > 1
    assert {"unknown:operator", "unknown:service"} <= {edge.target for edge in edges}
    assert [p.asset for p in positions.values() if p.worth() is None] == ["SOL"]
    assert [p.id for p in positions.values() if p.requests] == ["ezETH", "ATOM"]
    assert {Dimension.BRIDGE, Dimension.LENDER, Dimension.ORACLE} <= {
        node.dimension for node in sample.nodes.values()
    }
    assert any(
        step.verified is False for p in positions.values() for t in p.exit.tranches for step in t.steps
    )
    assert any(layer.unsplit for p in positions.values() for layer in p.layers)
    assert any(p.debt for p in positions.values())
    assert len(sample.scenarios) == 7
    assert "made-up" in sample.notice


def test_the_sample_gives_the_answers_that_its_owner_knows() -> None:
    sample = shipped.sample_portfolio()
    assert sample.as_of is not None
    found = overview(sample, sample.as_of)
    assert round(found.portfolio_value or 0) == 393_340
    assert round(found.exposed.nodes["platform:eigenlayer"].value or 0) == 215_146


def test_the_sample_is_sound_and_of_the_shipped_catalogue() -> None:
    sample = shipped.sample_portfolio()
    assert check(sample) == ()
    assert sample.catalogue_version == shipped.catalogue().version


def test_the_catalogue_is_read_once() -> None:
    assert shipped.catalogue() is shipped.catalogue()


def test_reading_the_catalogue_needs_no_toml_and_no_qt() -> None:
    code = "import sys; from desktop_app import shipped; shipped.catalogue(); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"tomllib", "PySide6", "numpy"} & set(run.stdout.split()) == set()
