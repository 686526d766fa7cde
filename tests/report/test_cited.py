import pytest

from desktop_app.report.cited import cited_parts
from desktop_app.shipped import full_catalogue

HUB = "https://github.com"


@pytest.mark.parametrize(
    ("cited", "parts"),
    [
        ("", []),
        ("none", [("none", "")]),
        ("told by a friend", [("told by a friend", "")]),
        (
            "lidofinance/core contracts/0.8.9/Queue.sol",
            [
                (
                    "lidofinance/core contracts/0.8.9/Queue.sol",
                    f"{HUB}/lidofinance/core/blob/HEAD/contracts/0.8.9/Queue.sol",
                )
            ],
        ),
        ("brevis-network/brevis-avs", [("brevis-network/brevis-avs", f"{HUB}/brevis-network/brevis-avs")]),
        (
            "own/repo Audit Reports",
            [("own/repo Audit Reports", f"{HUB}/own/repo/tree/HEAD/Audit%20Reports")],
        ),
        (
            "a/b c.md and d/e.md; f/g h.sol (old)",
            [
                ("a/b c.md", f"{HUB}/a/b/blob/HEAD/c.md"),
                (" and ", ""),
                ("d/e.md", f"{HUB}/a/b/blob/HEAD/d/e.md"),
                ("; ", ""),
                ("f/g h.sol", f"{HUB}/f/g/blob/HEAD/h.sol"),
                (" (old)", ""),
            ],
        ),
        (
            "a/b c.md and d/e f.md",
            [
                ("a/b c.md", f"{HUB}/a/b/blob/HEAD/c.md"),
                (" and ", ""),
                ("d/e f.md", f"{HUB}/d/e/blob/HEAD/f.md"),
            ],
        ),
        (
            "days https://www.x.org/y/ and http://z.org",
            [("days ", ""), ("x.org/y", "https://www.x.org/y/"), (" and ", ""), ("z.org", "http://z.org")],
        ),
        (
            f"{HUB}/o/r/blob/0123abc/docs/a%20b.md",
            [("o/r docs/a b.md", f"{HUB}/o/r/blob/0123abc/docs/a%20b.md")],
        ),
        ("javascript:alert(1)", [("javascript:alert(1)", "")]),
        ("file:///etc/passwd", [("file:///etc/passwd", "")]),
        ("../../etc passwd", [("../../etc passwd", "")]),
    ],
)
def test_a_source_is_cut_into_text_and_places_to_look_up(cited: str, parts: list[tuple[str, str]]) -> None:
    assert [(part.text, part.url) for part in cited_parts(cited)] == parts


def test_every_shipped_source_leads_to_web_addresses_alone_and_most_lead_somewhere() -> None:
    cited = {fact.source.cited for e in full_catalogue().entries.values() for fact in e.facts}
    urls = [[part.url for part in cited_parts(source) if part.url] for source in cited]
    assert all(url.startswith(("https://", "http://")) and " " not in url for found in urls for url in found)
    assert sum(map(bool, urls)) > 0.97 * len(cited)
