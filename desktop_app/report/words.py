"""The vocabulary of the sentences: number words, plurals, lists, names of dimensions, layers and buckets."""

from collections.abc import Iterable, Mapping, Sequence

from desktop_app.domain.facts import Fault
from desktop_app.domain.positions import Dimension, is_unknown

_FAULTS: Mapping[Fault, str] = {
    Fault.UNDATED: "undated",
    Fault.OLD: "older than a year",
    Fault.UNVERIFIED: "unverified",
}

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

NOTHING_FAILS = (
    "No node that the positions stand on has both an annual failure probability and a loss given failure."
)

_DIMENSIONS: Mapping[Dimension, tuple[str, str]] = {
    Dimension.ASSET: ("asset", "assets"),
    Dimension.TOKEN: ("token", "tokens"),
    Dimension.PROTOCOL: ("protocol", "protocols"),
    Dimension.PLATFORM: ("platform", "platforms"),
    Dimension.ROLE: ("operator role", "operator roles"),
    Dimension.OPERATOR: ("operator", "operators"),
    Dimension.SERVICE: ("service", "services"),
    Dimension.CHAIN: ("chain", "chains"),
    Dimension.CUSTODY: ("wallet, custody", "wallets, custody"),
    Dimension.BRIDGE: ("bridge", "bridges"),
    Dimension.ORACLE: ("oracle", "oracles"),
    Dimension.LENDER: ("lender", "lenders"),
    Dimension.CLIENT: ("client", "clients"),
    Dimension.UNKNOWN: ("not known", "not known"),
}


def number(count: int) -> str:
    """Return a number as a sentence spells it: "no", words up to twelve, figures above."""
    return _WORDS[count - 1] if 1 <= count <= len(_WORDS) else str(count) if count else "no"


def illustrative(made_up: bool) -> str:
    """Return what follows figures that rest on the illustrative set: " (illustrative)", else nothing."""
    return " (illustrative)" if made_up else ""


def counted(count: int, one: str, many: str = "") -> str:
    """Return "one position" or "12 positions": figures, but for one."""
    return f"one {one}" if count == 1 else f"{count:,} {many or one + 's'}"


def spelled(count: int, one: str, many: str = "") -> str:
    """Return "one reward", "two rewards": words up to twelve."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def capital(text: str) -> str:
    """Return the text with a capital first letter, the rest as it was."""
    return text[:1].upper() + text[1:]


def listed(items: Sequence[str]) -> str:
    """Return "a, b and c"."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + f" and {items[-1]}" if items else ""


def cut(items: Sequence[str], most: int) -> list[str]:
    """Return at most ``most`` items, the last of them "3 more" where some were left out."""
    return list(items) if len(items) <= most else [*items[: most - 1], f"{len(items) - most + 1} more"]


def fault_words(faults: Iterable[Fault]) -> str:
    """Return what is wrong with a fact: "older than a year, unverified"."""
    return ", ".join(_FAULTS[fault] for fault in faults)


def dimension_word(dimension: Dimension, *, many: bool = False) -> str:
    """Return what a dimension is called, in lower case."""
    return _DIMENSIONS[dimension][many]


def bucket_dimension(node: str) -> Dimension:
    """Return the dimension that an unknown bucket (``unknown:operator``, maybe ``#POSITION``) stands for."""
    return Dimension(node.partition(":")[2].partition("#")[0])


def node_name(node: str, names: Mapping[str, str]) -> str:
    """Return the name of a node or position; an unknown bucket is "Operators not published"."""
    if is_unknown(node):
        return capital(f"{dimension_word(bucket_dimension(node), many=True)} not published")
    return names.get(node, node)


def dimension_counts(dimensions: Iterable[Dimension]) -> str:
    """Return "one platform, four operator roles and three services", in the order of ``Dimension``."""
    found = list(dimensions)
    return listed([spelled(found.count(d), *_DIMENSIONS[d]) for d in Dimension if d in found])
