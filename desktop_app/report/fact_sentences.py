"""The facts of the catalogue as sentences, the same for the page, its dialog and readers."""

from desktop_app.domain.catalogue import ExitFact, Fact, RewardFact, RiskFact, SlashingFact
from desktop_app.domain.facts import is_undated
from desktop_app.domain.positions import ExitStep
from desktop_app.figures.labels import NO_BREAK, Labels
from desktop_app.report.position_facts import dated_words
from desktop_app.report.words import capital

STANDARD = "standard"
SOON = 1e-9
HOURS, MINUTES = 24, 1440
_NOTHING = {"none": "Nothing here is slashed.", "unknown": "What can be slashed here is not known."}


def fact_sentence(fact: Fact, labels: Labels) -> str:
    """Return what a fact says."""
    match fact:
        case ExitFact():
            return exit_sentence(fact, labels)
        case SlashingFact():
            return slashing_sentence(fact, labels)
        case RewardFact():
            return reward_sentence(fact, labels)
        case RiskFact():
            return fact.text


def begun(text: str) -> str:
    """Return a text with a capital letter, unless its first word is spelled in a way of its own (stETH)."""
    return capital(text) if text.split(" ", 1)[0].islower() else text


# -- getting out -----------------------------------------------------------------------------------------


def exit_sentence(fact: ExitFact, labels: Labels) -> str:
    """Return "Queued withdrawal: takes 14 days. It stays slashable all the while."."""
    only = f" Holds in this case: {fact.only_when}." if fact.only_when else ""
    gives = {"": "", "named": " It gives back what was put in."}.get(fact.gives, f" It gives {fact.gives}.")
    return f"{begun(fact.name)}: {duration(fact, labels)}.{_slashable(fact)}{_fee(fact, labels)}{gives}{only}"


def _fee(fact: ExitFact, labels: Labels) -> str:
    if fact.fee_unknown:
        return " What fee it takes is not known."
    return f" It takes a fee of {labels.share(fact.fee, decimals=1)}." if fact.fee else ""


def path_words(fact: ExitFact) -> str:
    """Return which way out a step belongs to where it is not the standard one."""
    return "" if fact.path == STANDARD else f"way out “{fact.path}”"


def duration(fact: ExitFact | ExitStep, labels: Labels) -> str:
    """Return "takes 1 to 5 days", "takes at least 14 days, how long is not published"."""
    if fact.maximum is not None:
        return _bounded(fact, fact.maximum, labels)
    if fact.typical is not None:
        return f"usually takes {time_words(fact.typical, labels)}, the longest is not published"
    if fact.minimum is not None and fact.minimum > SOON:
        return f"takes at least {time_words(fact.minimum, labels)}, how long is not published"
    return "takes a time that is not published"


def _bounded(fact: ExitFact | ExitStep, most: float, labels: Labels) -> str:
    least, usual, end = fact.minimum, fact.typical, time_words(most, labels)
    if most <= SOON or least == most:
        return f"takes {end}"
    if least is None:
        return (
            f"takes at most {end}"
            if usual is None or usual >= most
            else f"usually takes {time_words(usual, labels)}, at most {end}"
        )
    usually = f", usually {time_words(usual, labels)}" if usual is not None and least < usual < most else ""
    return f"takes {_range(least, most, labels)}{usually}"


def _range(least: float, most: float, labels: Labels) -> str:
    if least <= SOON:
        return f"up to {time_words(most, labels)}"
    start, _, unit = time_words(least, labels).partition(NO_BREAK)
    end = time_words(most, labels)
    alike = unit.rstrip("s") == end.partition(NO_BREAK)[2].rstrip("s")
    return f"{start if alike else f'{start}{NO_BREAK}{unit}'} to {end}"


def time_words(days: float, labels: Labels) -> str:
    """Return "14 days", "1.1 days", "12 hours", "32 minutes", "no time": facts are not rounded up."""
    if days <= SOON:
        return "no time"
    if days * HOURS < 1:
        return _counted(days * MINUTES, "minute", labels)
    if days < 1:
        return _counted(days * HOURS, "hour", labels)
    return _counted(days, "day", labels)


def _counted(value: float, unit: str, labels: Labels) -> str:
    decimals = 0 if unit == "minute" or abs(value - round(value)) < 0.05 else 1
    text = labels.number(max(value, 1) if unit == "minute" else value, decimals=decimals)
    return f"{text}{NO_BREAK}{unit}{'' if text == labels.number(1) else 's'}"


def _slashable(fact: ExitFact) -> str:
    if any(days is not None and days <= SOON for days in (fact.typical, fact.maximum)):
        return ""
    return {
        True: " It stays slashable all the while.",
        False: " It cannot be slashed meanwhile.",
        None: " Whether it can be slashed meanwhile is not known.",
    }[fact.slashable]


# -- slashing and rewards ----------------------------------------------------------------------------------


def slashing_sentence(fact: SlashingFact, labels: Labels) -> str:
    """Return "Double-sign: can take up to 5 %."; what is not published is said so."""
    if fact.condition in _NOTHING:
        return _NOTHING[fact.condition]
    most = fact.max_fraction
    if most is None:
        taken = "how much it can take is not published"
    elif most <= 0:
        taken = "takes nothing"
    elif most >= 1:
        taken = "can take all of it"
    else:
        exact = next(d for d in range(5) if d == 4 or abs(most * 100 - round(most * 100, d)) < 1e-9)
        taken = f"can take up to {labels.share(most, decimals=exact)}"
    allocated = {
        "unique": "; allocations are unique and add up to at most the whole",
        "shared": "; allocations may overlap",
    }.get(fact.allocation, "")
    return f"{begun(fact.condition)}: {taken}{allocated}."


def reward_sentence(fact: RewardFact, labels: Labels) -> str:
    """Return "Average base staking rate: 2.78 % a year, seen 31 May 2026."."""
    if fact.rate is None:
        return f"{begun(fact.name)}: no rate is published."
    seen = "" if is_undated(fact.as_of) else f", seen {dated_words(fact.as_of, labels)}"
    return f"{begun(fact.name)}: {labels.rate(fact.rate)} a year{seen}."
