from desktop_app import shipped
from desktop_app.analysis.stress import stress
from desktop_app.domain.catalogue import Event, Shock, Source
from desktop_app.domain.checks import check
from desktop_app.domain.events import offered_scenarios, scenario_of
from desktop_app.domain.portfolio import Portfolio
from desktop_app.domain.positions import Scenario
from tests.builders import drawn
from tests.domain.reach import one

EVENTS = shipped.full_catalogue().events
READ = Source("page", "2022-06", verified=True, checked="")


def event(name: str, day: str, *shocks: tuple[str, float]) -> Event:
    return Event(name, name, day, "depeg", READ, shocks=tuple(Shock(n, f, "price") for n, f in shocks))


def offered(portfolio: Portfolio) -> dict[str, Scenario]:
    return {o.event.id: o.scenario for o in offered_scenarios(EVENTS, portfolio)}


def test_an_empty_portfolio_is_offered_nothing() -> None:
    assert offered(Portfolio()) == {}


def test_only_what_strikes_the_portfolio_is_offered() -> None:
    found = offered(one("wstETH")[0])
    assert found == {
        "steth-2022-06": Scenario(
            "event:steth-2022-06",
            "stETH discount around the Celsius and 3AC failures",
            (("token:wstETH", 0.08),),
        )
    }


def test_a_depeg_strikes_what_is_made_of_the_token() -> None:
    assert "ezeth-2024-04" in offered(one("PT-ezETH-26DEC2024")[0])
    assert list(offered(one("sUSDe")[0])) == ["usde-wbeth-bnsol-2025-10"]


def test_an_event_without_a_shock_is_never_a_scenario() -> None:
    everything = drawn("p: 1000 -> protocol:kelp -> token:rsETH", "p -> chain:ethereum", "p -> protocol:lido")
    assert offered(everything) == {}


def test_shocks_to_nodes_that_are_not_there_are_left_out() -> None:
    portfolio = drawn("p: 1000 -> token:a")
    scenario = scenario_of(event("e", "2022-06", ("token:a", 0.5), ("token:b", 0.9)), portfolio)
    assert scenario == Scenario("event:e", "e", (("token:a", 0.5),))


def test_a_positions_own_copy_of_a_node_is_struck_as_well() -> None:
    portfolio = drawn("p: 1000 -> token:a", "q: 1000 -> token:a#q", "r: 1000 -> token:ab")
    scenario = scenario_of(event("e", "2022-06", ("token:a", 0.5)), portfolio)
    assert scenario is not None
    assert dict(scenario.shocks) == {"token:a": 0.5, "token:a#q": 0.5}


def test_the_newest_event_comes_first() -> None:
    events = [event(day, day, ("token:a", 0.5)) for day in ("2022-06", "2025-10-10", "2022-12-01")]
    found = offered_scenarios(events, drawn("p: 1000 -> token:a"))
    assert [o.event.date for o in found] == ["2025-10-10", "2022-12-01", "2022-06"]


def test_what_is_offered_is_a_sound_scenario_that_costs_something() -> None:
    for item in EVENTS:
        for shock in item.shocks:
            portfolio = drawn(f"p: 1000 -> {shock.node}")
            scenario = scenario_of(item, portfolio)
            assert scenario is not None
            taken = portfolio.with_scenarios(scenario)
            assert check(taken) == ()
            assert stress(taken)[scenario.id].loss == 1000 * shock.fraction
