import pytest

from desktop_app.domain.positions import Edge, Layer, Mode, Origin, Position, Side
from desktop_app.storage.parts import (
    layers_text,
    rates_text,
    read_layers,
    read_run,
    run_text,
    runs,
)


def edges_of(source: str) -> list[Edge]:
    return [
        Edge(f"{source}>token:x", source, "token:x", origin=Origin.CATALOGUE, cited="c", dated="d"),
        Edge(f"{source}#o>k", source, "k", Mode.SPLIT, 0.1, f"{source}#o", Side.EQUITY, share_given=False),
        Edge("named by hand", source, "~y", group="=z"),
    ]


def position(name: str, rate: float | None = 0.03) -> Position:
    own = (f"{name}>token:x", "token:x>shared", "")
    return Position(name, name, "x", "x", layers=(Layer("hold", 0.0, own), Layer("staking", rate)))


def test_a_run_is_neighbours_with_one_source() -> None:
    edges = [*edges_of("a"), *edges_of("b"), Edge("a again", "a", "x")]
    found = runs({e.id + e.source: e for e in edges})
    assert [(run.source, len(run.edges)) for run in found.values()] == [("a", 3), ("b", 3), ("a", 1)]
    assert list(found) == ["a>token:x", "b>token:x", "a again"]


@pytest.mark.parametrize("source", ["a", "~", "=", "a>", ""])
def test_edges_come_back_whatever_their_source_is_called(source: str) -> None:
    (run,) = runs({e.id: e for e in edges_of(source)}).values()
    assert read_run(source, run_text(run)) == edges_of(source)


def test_runs_that_differ_in_their_source_alone_are_one_part() -> None:
    assert len({run_text(run) for n in "abc" for run in runs({e.id: e for e in edges_of(n)}).values()}) == 1


def test_layers_that_differ_in_position_and_rate_alone_are_one_part() -> None:
    assert layers_text(position("a")) == layers_text(position("b", None))


@pytest.mark.parametrize("rate", [None, 0.1, 1e-300])
def test_layers_come_back_with_their_rates(rate: float | None) -> None:
    before = position("a-17", rate)
    assert read_layers(before.id, layers_text(before), rates_text((0.0, rate))) == before.layers


def test_a_layer_without_its_rate_is_damage() -> None:
    with pytest.raises(ValueError, match="zip"):
        read_layers("a", layers_text(position("a")), "[0.0]")
