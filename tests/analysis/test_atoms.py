"""What factors is not enumerated; what is too large to be worked out is drawn by chance and marked."""

import math

import pytest

from desktop_app.analysis import atoms, distribution
from desktop_app.analysis.annual import expected_annual_loss
from desktop_app.analysis.exposure import exposure, group_values
from desktop_app.analysis.losses import compiled
from desktop_app.analysis.sampling import Sample
from desktop_app.analysis.stress import stress
from desktop_app.domain.portfolio import Portfolio
from tests.analysis import oracle
from tests.builders import drawn, node, scenario


def terms(portfolio: Portfolio) -> int:
    return len(compiled(portfolio, None).formula.terms)


def test_leaf_shares_factor() -> None:
    shares = [f"R ~{10 + i % 50}%~> service:{i}" for i in range(200)]
    portfolio = drawn("p: 1000 -> R", *shares)
    assert terms(portfolio) == 200 + 1
    everything = group_values(portfolio, {"all": frozenset(f"service:{i}" for i in range(200))})["all"]
    kept = math.prod(1 - (10 + i % 50) / 100 for i in range(200))
    assert everything == pytest.approx(1000 * (1 - kept), rel=1e-12)


def test_exclusive_roles_with_overlapping_services_factor() -> None:
    lines = [f"X -10%-> role:{i}" for i in range(10)]
    lines += [f"role:{i} ~50%~> service:{j}" for i in range(10) for j in range(20)]
    portfolio = drawn("p: 1000 -> X", *lines)
    assert terms(portfolio) == 10 * (20 + 1) + 1 + 1  # slices, each with its shares; the split; the stack
    assert exposure(portfolio).nodes["service:0"].value == pytest.approx(500)


def test_small_dependences_keep_their_digits() -> None:
    portfolio = drawn("p: 1 ~0.0001%~> A", "A ~0.0001%~> B", "B ~0.0001%~> C")
    assert exposure(portfolio).nodes["C"].value == pytest.approx(1e-18, rel=1e-12)


def test_a_long_chain_of_shares_is_followed_to_its_end() -> None:
    names = ["p: 1000", *(f"n{i}" for i in range(1500))]
    portfolio = drawn(" ~100%~> ".join(names))
    assert exposure(portfolio).nodes["n1499"].value == pytest.approx(1000)


def test_positions_on_the_same_stack_share_their_terms() -> None:
    portfolio = drawn("p: 1000 -> X", "q: 10 -> X", "X -30%-> A", "X -20%-> B")
    formula = compiled(portfolio, None)
    assert formula.standing["p"] == formula.standing["q"]


def test_a_stack_with_one_more_sure_node_shares_the_rest() -> None:
    alone = drawn("p: 1000 -> X", "X -30%-> A", "X ~20%~> A")
    both = drawn("p: 1000 -> X", "q: 10 -> X", "q -> custody:k", "X -30%-> A", "X ~20%~> A")
    assert terms(both) == terms(alone) + 1


# -- by chance -------------------------------------------------------------------------------------------


def tangled() -> Portfolio:
    """Return roles that may all be met together and share services: few ways to split this up."""
    lines = [f"X ~{20 + 10 * i}%~> role:{i}" for i in range(4)]
    lines += [f"role:{i} ~{30 + 7 * j}%~> service:{(i + j) % 4}" for i in range(4) for j in range(2)]
    return drawn("p: 1000 -> X", "q: 500 ..> role:1", "r: 100 -> Z", *lines)


@pytest.fixture
def cramped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow so few atoms that this portfolio is too large."""
    monkeypatch.setattr(atoms, "MAX_ATOMS", 5)


def test_the_portfolio_of_these_tests_is_exact_when_there_is_room() -> None:
    found = exposure(tangled())
    assert found.sampled == {}
    assert found.nodes["service:0"].by_position["p"] == pytest.approx(
        oracle.meeting(tangled(), "p", ["service:0"]), rel=1e-9
    )


@pytest.mark.usefixtures("cramped")
def test_sampled_values_are_near_and_marked_with_their_error() -> None:
    portfolio = tangled()
    found = exposure(portfolio)
    assert {f"service:{i}" for i in range(4)} <= found.sampled.keys()
    for name, error in found.sampled.items():
        exact = 1000 * oracle.meeting(portfolio, "p", [name]) + 500 * oracle.meeting(portfolio, "q", [name])
        assert found.nodes[name].value == pytest.approx(exact, abs=2 * error)
        assert error < 10


@pytest.mark.usefixtures("cramped")
def test_what_does_not_rest_on_samples_is_not_marked() -> None:
    found = exposure(tangled())
    assert found.sampled.keys().isdisjoint({"X", "Z"})
    assert (found.nodes["X"].value, found.nodes["Z"].value) == (1000.0, 100.0)


@pytest.mark.usefixtures("cramped")
def test_a_part_given_up_leaves_nothing_behind() -> None:
    formula = compiled(tangled(), None).formula
    assert len(formula.reached) == formula.nothing + 1 + len(formula.terms)
    assert [type(term) for term in formula.terms].count(Sample) == 1
    assert len(formula.terms) == 1 + 1 + 3  # the sample under p; the stack of p; what is exact under q


@pytest.mark.usefixtures("cramped")
def test_sampled_losses_are_near_and_marked_with_their_error() -> None:
    shocks = {f"service:{i}": 0.3 for i in range(4)}
    portfolio = tangled().with_scenarios(scenario("s", **shocks))
    answer = stress(portfolio)["s"]
    for name, definition in (("loss", oracle.loss), ("low", oracle.lowest), ("high", oracle.highest)):
        exact = 1000 * definition(portfolio, "p", shocks) + 500 * definition(portfolio, "q", shocks)
        assert getattr(answer, name) == pytest.approx(exact, abs=2 * answer.sampled[name])


@pytest.mark.usefixtures("cramped")
def test_a_sampled_year_is_near_and_marked_with_its_error() -> None:
    portfolio = tangled().with_graph([node(f"service:{i}", 0.1, 0.5) for i in range(4)])
    found = expected_annual_loss(portfolio)
    risks = {f"service:{i}": 0.05 for i in range(4)}
    exact = 1000 * oracle.loss(portfolio, "p", risks) + 500 * oracle.loss(portfolio, "q", risks)
    assert found is not None
    assert found.error is not None
    assert found.total == pytest.approx(exact, abs=2 * found.error)


def test_too_many_different_sums_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distribution, "MAX_ATOMS", 50)
    shocks = {f"s{i}": 0.01 * 1.37**i for i in range(12)}
    portfolio = drawn("p: 1000 -> R", *(f"R ~50%~> {n}" for n in shocks), "p -> T")
    answer = stress(portfolio.with_scenarios(scenario("s", T=0.1, **shocks)))["s"]
    exact = 1000 * oracle.highest(portfolio, "p", {"T": 0.1, **shocks})
    assert list(answer.sampled) == ["high"]
    assert answer.high == pytest.approx(exact, abs=2 * answer.sampled["high"])
