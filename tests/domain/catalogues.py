"""Made-up catalogues that keep the rules of the facts: only what lies below can be depended on."""

from hypothesis import strategies as st

from desktop_app.domain.catalogue import Catalogue, Entry, Source, Token

READ = Source("page", "2026-01-01", verified=True, checked="")
LEAVES = ("operator", "service")
STACKED = ("restaking-platform", "liquid-staking", "liquid-restaking", "defi")


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """Draw a catalogue: coins with their staking, leaves, and up to eight entries stacked on each other."""
    entries: list[Entry] = []
    for n in range(draw(st.integers(1, 3))):
        chain = f"c{n}"
        entries.append(Entry(f"a{n}", f"A{n}", "asset", chain, (f"A{n}",), chain_entry=f"{chain}-staking"))
        entries.append(Entry(f"{chain}-staking", chain, "native-staking", chain, depends_on=(f"a{n}",)))
    natives = [e.id for e in entries if e.layer == "native-staking"]
    leaves = [Entry(f"{layer}{n}", f"{layer} {n}", layer, "c0") for layer in LEAVES for n in range(2)]
    tokens: list[Token] = [Token(e.symbols[0], e.name, "asset", e.chain, e.id) for e in entries[::2]]
    for n in range(draw(st.integers(1, 8))):
        below, named = [e.id for e in entries], [e.id for e in (*entries, *leaves)]
        platforms = [e.id for e in entries if e.layer == "restaking-platform"]
        entry = Entry(
            id=f"e{n}",
            name=f"Entry {n}",
            layer=draw(st.sampled_from(STACKED)),
            chain="c0",
            depends_on=tuple(draw(st.lists(st.sampled_from(below), max_size=3, unique=True))),
            chain_entry=draw(st.sampled_from(["", *natives])),
            accepts=tuple(draw(st.lists(st.sampled_from(named), max_size=3, unique=True))),
            operators_listed=tuple(draw(st.lists(st.sampled_from(["operator0", "operator1"]), unique=True))),
            platforms_possible=tuple(draw(st.lists(st.sampled_from(platforms or [""]), max_size=1)))
            if platforms
            else (),
        )
        inside = draw(st.lists(st.sampled_from([t.symbol for t in tokens]), max_size=2, unique=True))
        entries.append(entry)
        if entry.layer != "restaking-platform":
            tokens.append(
                Token(f"T{n}", f"T{n}", "share", "c0", entry.id, made_of=tuple(inside), source=READ)
            )
    return Catalogue("2026-01-01", {e.id: e for e in (*entries, *leaves)}, tuple(tokens))
