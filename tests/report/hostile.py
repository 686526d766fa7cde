"""Names that try to be more than text, and a summary in which each stands wherever a name can."""

from dataclasses import replace

from desktop_app.domain.portfolio import Portfolio
from desktop_app.figures.labels import Labels
from desktop_app.report.answers import Asked
from desktop_app.report.blocks import Report
from desktop_app.report.choices import Choices
from desktop_app.report.content import summary
from desktop_app.report.sections.registry import SECTIONS
from desktop_app.shipped import catalogue
from tests.builders import drawn
from tests.report.holdings import TODAY

EVERY = tuple(named.key for named in SECTIONS)

NAMES = {
    "image": '<img src="file:///etc/passwd">',
    "path": "/etc/passwd",
    "host": "//evil.example/share/a.png",
    "script": "<script>alert(1)</script>",
    "attribute": '" onload="x',
    "entity": "&lt;b&gt;",
    "template": "{{7*7}} {% include 'page.html' %}",
    "format": "%s {0} ${x}",
    "figure": "</svg><svg>",
    "formula": '=HYPERLINK("file:///x")',
    "object sign": "a\ufffcb",
    "letters": "A name of forty letters, no more no less",
}
STRANGE = {
    "control signs": "a\x00b\x07c\x1bd",
    "turned": "abc\u202edef\u2066ghi",
    "half a sign": "a\ud800b",
    "from the right": "محفظة الإيثريوم",
    "emoji": "😀 👩‍👩‍👧 🚀",
    "ideographs": "漢字の名前とても長い名前です",
    "accents": "e" + "\u0301" * 200,
    "endless": "x" * 10_000,
    "many words": "word " * 2_000,
    "lines": "one\ntwo\r\nthree\tfour",
    "nothing": " ",
}


def named(name: str) -> Portfolio:
    """Return a portfolio in which positions, accounts, nodes, notes, steps and sources have one name."""
    portfolio = drawn("me: 1000 -> X -> Y", "you: 500 -> X")
    held = [replace(p, name=name, account=name, notes=name) for p in portfolio.positions.values()]
    edges = [replace(edge, cited=name, dated=name) for edge in portfolio.edges.values()]
    nodes = [replace(node, name=name) for node in portfolio.nodes.values()]
    return portfolio.with_positions(*held).with_graph(nodes, edges)


def summary_of(name: str) -> Report:
    """Return the summary with every section, title and file called so."""
    choices = Choices(sections=EVERY, title=name)
    return summary(Asked(named(name), "all", TODAY), f"{name}.stakeout", Labels(), catalogue(), choices)
