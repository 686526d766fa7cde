import subprocess
import sys

from desktop_app import shipped
from desktop_app.domain.checks import check


def test_the_sample_has_a_position_without_a_price_and_one_with_an_operator() -> None:
    sample = shipped.sample_portfolio()
    assert [p.asset for p in sample.positions.values()] == ["weETH", "stETH", "ETH", "ezETH"]
    assert [p.worth() is None for p in sample.positions.values()] == [False, False, False, True]
    assert "operator:p2p" in sample.nodes
    assert sample.scenarios
    assert "made-up" in sample.notice


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
