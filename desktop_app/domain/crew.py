"""Who works for a holding: operators, their roles at a platform, and the services that these secure."""

from collections.abc import Iterable

from desktop_app.domain.catalogue import Catalogue, Entry
from desktop_app.domain.issuers import Issuers
from desktop_app.domain.names import slug
from desktop_app.domain.places import place
from desktop_app.domain.positions import Dimension, Edge, Node
from desktop_app.domain.proposals import Pool, Proposal
from desktop_app.domain.resolve import find_entry


class Crew:
    """Adds operators and services to one proposal, under their own names where the catalogue has none."""

    def __init__(self, catalogue: Catalogue, plan: Proposal, issuers: Issuers) -> None:
        self.catalogue = catalogue
        self.plan = plan
        self.issuers = issuers

    def serve(self, owner: str, layer: str, services: Iterable[str], *, ask: bool = True) -> None:
        """Let a role, an issuer or the position work for services; ``ask``: unknown ones if none is named."""
        targets = tuple(self.service(name) for name in services)
        if targets or ask:
            self.plan.draw_on(layer, Pool(owner, "services", Dimension.SERVICE, targets))

    def platform_of(self, services: Iterable[str]) -> Entry | None:
        """Return the platform whose stake all known ones of these services draw on, None if it is not one."""
        known = [find_entry(self.catalogue, name, ("service",)) for name in services]
        platforms = {e.platform for e in known if e is not None}
        return self.catalogue.entries.get(platforms.pop()) if len(platforms) == 1 else None

    def role(self, name: str, entry: Entry, layer: str) -> str:
        """Add an operator's role for one delegation, and the legal entity behind it; return the role's id."""
        operator = self.operator(name)
        title = f"{self.plan.nodes[operator].name} on {entry.short_name}"
        ident = f"role:{operator.removeprefix('operator:')}@{entry.id}"
        role = self.issuers.add(Node(ident, title, Dimension.ROLE))
        self.plan.connect(layer, Edge(f"{role}>{operator}", role, operator))
        return role

    def operator(self, name: str) -> str:
        """Add an operator, the legal entity; return its node id."""
        return self._leaf(name, "operator", Dimension.OPERATOR)

    def service(self, name: str) -> str:
        """Add a service; return its node id."""
        return self._leaf(name, "service", Dimension.SERVICE)

    def _leaf(self, name: str, layer: str, dimension: Dimension) -> str:
        entry = find_entry(self.catalogue, name, (layer,))
        if entry is not None:
            return self.issuers.add(place(self.catalogue, entry))
        return self.issuers.add(Node(f"{dimension}:{slug(name)}", name.strip(), dimension))
