"""The topology over HTTP: which device is wired to which, and how the links are."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.routing import make_router
from controller.facts.neighbour import Protocol
from controller.health.link_state import LinkState
from controller.health.observed import Reached
from controller.operations import show_topology
from controller.operations.show_topology import Node, Wire

router = make_router("/topology", "topology")


class TopologyListed(BaseModel):
    """A site: how many of its devices are how, its links, and what does not fit the inventory."""

    site: str
    up: int
    down: int
    unknown: int
    links: int
    strangers: int = Field(description="Neighbours seen there that the inventory does not know")
    disagreements: int = Field(description="Devices whose declared uplink is elsewhere")
    walked: datetime | None = Field(description="When one of them last told whom it sees")


class NodeShown(BaseModel):
    """A device of the site, or of another one it is wired to."""

    name: str
    site: str | None
    role: str | None
    status: Reached
    since: datetime | None
    above: str | None = Field(description="The device it hangs below")
    assumed: bool = Field(description="No link to that one was seen; roles and sites say so")


class EndShown(BaseModel):
    """One end of a link; `port` is empty when nobody told."""

    device: str
    port: str


class LinkShown(BaseModel):
    """A link. `use` in percent of `speed` (bit/s), the busier direction; null when unknown."""

    one: EndShown
    other: EndShown
    state: LinkState
    use: float | None
    speed: int | None
    seen_by: list[str] = Field(description="The ends that told of the other")
    protocol: Protocol


class StrangerShown(BaseModel):
    """Somebody at a device's port whom the inventory does not know."""

    device: str
    port: str
    name: str
    address: str
    mac: str
    description: str
    protocol: Protocol


class DisagreementShown(BaseModel):
    """The uplink the inventory declares, and the port at which the device above was seen."""

    device: str
    declared: str
    seen: str
    above: str


class TopologyShown(BaseModel):
    """The network of one site."""

    site: str
    walked: datetime | None
    nodes: list[NodeShown]
    links: list[LinkShown]
    strangers: list[StrangerShown]
    disagreements: list[DisagreementShown]


@router.get("", operation_id="list_topologies")
def list_sites(asked: Asked) -> list[TopologyListed]:
    """Every site with the state of its devices and links; school staff get their own only."""
    return [
        TopologyListed(
            site=row.site.site,
            up=row.up,
            down=row.down,
            unknown=row.unknown,
            links=row.links,
            strangers=row.strangers,
            disagreements=row.disagreements,
            walked=row.walked,
        )
        for row in asked.ask(show_topology.list_topologies)
    ]


@router.get("/{site}", operation_id="show_topology")
def read_topology(asked: Asked, site: str) -> TopologyShown:
    """One site: devices, links with port names, use and state, and who else is seen there."""
    found = asked.ask(show_topology.show_topology, site)
    return TopologyShown(
        site=found.site.site,
        walked=found.walked,
        nodes=[_node(node) for node in found.nodes],
        links=[_link(wire) for wire in found.wires],
        strangers=[
            StrangerShown(
                device=stranger.device,
                port=stranger.seen.local_port,
                name=stranger.seen.name,
                address=stranger.seen.address,
                mac=stranger.seen.mac,
                description=stranger.seen.description,
                protocol=stranger.seen.protocol,
            )
            for stranger in found.strangers
        ],
        disagreements=[
            DisagreementShown(device=f.device, declared=f.declared, seen=f.seen, above=f.above)
            for f in found.disagreements
        ],
    )


def _node(node: Node) -> NodeShown:
    return NodeShown(
        name=node.name,
        site=node.device.site if node.device else None,
        role=node.device.role if node.device else None,
        status=node.status,
        since=node.since,
        above=node.above,
        assumed=node.assumed,
    )


def _link(wire: Wire) -> LinkShown:
    link = wire.link
    return LinkShown(
        one=EndShown(device=link.one.device, port=link.one.port),
        other=EndShown(device=link.other.device, port=link.other.port),
        state=wire.now.state,
        use=None if wire.now.use is None else round(wire.now.use, 2),
        speed=wire.now.speed,
        seen_by=list(link.seen_by),
        protocol=link.protocol,
    )
