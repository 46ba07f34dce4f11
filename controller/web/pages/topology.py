"""The network of a site as a picture, with every link in a table beside it; and the sites."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.facts.neighbour import Protocol
from controller.health.link_state import LINK_STATES, LinkState
from controller.health.observed import Reached
from controller.health.picture import NARROW, WIDE, Picture, Sheet, draw_tree
from controller.health.uplinks import RANKS
from controller.inventory.device import ROLE_NAMES
from controller.inventory.search import folded
from controller.operations.show_topology import (
    OUTSIDE,
    Node,
    TopologyView,
    Wire,
    list_topologies,
    show_topology,
)
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit

_STATUSES: dict[Reached, Text] = {
    "up": Text(th="ใช้งานได้", en="up"),
    "down": Text(th="ติดต่อไม่ได้", en="down"),
    "unknown": Text(th="ไม่ทราบ", en="unknown"),
}
_PROTOCOLS: dict[Protocol, Text] = {
    "lldp": Text(th="LLDP", en="LLDP"),
    "cdp": Text(th="CDP", en="CDP"),
    "mndp": Text(th="MNDP", en="MNDP"),
    "fdb": Text(th="ตารางที่อยู่ของสวิตช์", en="forwarding table"),
}
_STRANGERS = "?"


@page("/topology", Text(th="ผังเครือข่าย", en="Topology"))
async def build_list(visit: Visit, actor: Actor) -> None:
    """Every site with the state of its devices; `?q=` only those with the words."""
    found = await visit.ask(list_topologies)
    words = visit.query.get("q", "")[:200]
    shown = [
        row
        for row in found
        if all(
            word in folded(f"{row.site.site} {row.site.name_th} {row.site.name_en}")
            for word in folded(words).split()
        )
    ]
    put(
        visit,
        "topology_sites.html",
        rows=shown,
        total=len(found),
        words=words,
    )


@page("/topology/{site}", Text(th="ผังเครือข่าย", en="Topology"))
async def build(visit: Visit, actor: Actor) -> None:
    """One site: the picture, and the same in tables."""
    found = await visit.ask(show_topology, visit.path["site"])
    cells = _cells(visit, found)
    put(
        visit,
        "topology.html",
        found=found,
        site=found.site,
        pictures=[("narrow", _picture(found, NARROW)), ("wide", _picture(found, WIDE))],
        cells=cells,
        wires=found.wires,
        extra=_extra(found),
        statuses=_STATUSES,
        states=LINK_STATES,
        protocols=_PROTOCOLS,
        roles=ROLE_NAMES,
        outside=OUTSIDE,
        speed=spoken_speed,
        fitted=fitted,
        may_read=may(actor, "read_history"),
    )


@dataclass(frozen=True)
class Cell:
    """What stands in a box: a title with where it leads, its status and place, and the way up."""

    title: str
    path: str
    status: Reached
    status_words: str
    place: str = ""
    ports: str = ""
    state: LinkState = "unknown"
    state_words: str = ""
    assumed: bool = False
    link: str = ""

    @property
    def about(self) -> str:
        """All of it in one line, for who cannot see the picture."""
        told = (self.title, self.status_words, self.place, self.ports, self.state_words)
        return " · ".join(part for part in told if part)

    def lines(self, *, narrow: bool) -> tuple[str, ...]:
        """The lines below the title; in a narrow box each thing has its own."""
        if narrow:
            way = f"{self.link} {self.state_words}" if self.ports else self.state_words
            return tuple(part for part in (self.status_words, self.ports, way) if part)
        both = (self.status_words, self.place), (self.ports, self.state_words)
        return tuple(" · ".join(part for part in line if part) for line in both)


def _cells(visit: Visit, found: TopologyView) -> dict[str, Cell]:
    above: dict[str, list[Wire]] = defaultdict(list)
    parents = {node.name: node.above for node in found.nodes}
    for wire in found.wires:
        one, other = wire.link.one.device, wire.link.other.device
        for child, parent in ((one, other), (other, one)):
            if parents.get(child) == parent:
                above[child].append(wire)
    cells = {node.name: _cell(visit, node, above[node.name], found) for node in found.nodes}
    names: dict[str, list[str]] = defaultdict(list)
    for stranger in found.strangers:
        names[stranger.device].append(stranger.seen.name or stranger.seen.mac or "?")
    for device, seen in names.items():
        title = seen[0] if len(seen) == 1 else f"{seen[0]} …"
        told = visit.t(f"นอกทะเบียน {len(seen)} เครื่อง", f"{len(seen)} not in inventory")
        cells[_STRANGERS + device] = Cell(title, "#strangers", "unknown", told)
    return cells


def _cell(visit: Visit, node: Node, wires: list[Wire], found: TopologyView) -> Cell:
    state = _together(wires)
    words = visit.w(LINK_STATES[state]) if wires else ""
    device = node.device
    if device is None:
        title = visit.t("นอกสถานศึกษา", "outside the school")
        return Cell(title, "", "unknown", "", "", _ports(node, wires), state, words)
    elsewhere = device.site != found.site.site
    return Cell(
        title=node.name,
        path=f"/devices/{node.name}",
        status=node.status,
        status_words=visit.w(_STATUSES[node.status]),
        place=device.site if elsewhere else visit.w(ROLE_NAMES[device.role]),
        ports=_ports(node, wires),
        state=state,
        state_words=visit.t("ยังไม่พบลิงก์", "link not seen") if node.assumed else words,
        assumed=node.assumed,
        link=visit.t("ลิงก์", "link"),
    )


def _ports(node: Node, wires: list[Wire]) -> str:
    """`Gi0/24 → Et3`, and how many more there are."""
    if not wires:
        return ""
    near, far = wires[0].link.near(node.name).port, wires[0].link.far(node.name).port
    more = f" +{len(wires) - 1}" if len(wires) > 1 else ""
    return f"{shortened(near) or '?'} → {shortened(far) or '?'}{more}"


def shortened(port: str) -> str:
    """A port's name as people shorten it: `GigabitEthernet0/24` -> `Gi0/24`."""
    letters = port.rstrip("0123456789/.:")
    if letters.isalpha() and len(letters) > 4 and letters != port:
        return letters[:2] + port[len(letters) :]
    return port if len(port) <= 12 else port[:11] + "…"


def spoken_speed(speed: int | None) -> str:
    """`1 Gbit/s`."""
    if not speed:
        return ""
    return f"{speed / 1e9:g} Gbit/s" if speed >= 1e9 else f"{speed / 1e6:g} Mbit/s"


def _together(wires: Iterable[Wire]) -> LinkState:
    """Several wires to one device: the worst of them."""
    states = {wire.now.state for wire in wires}
    return "down" if "down" in states else "up" if states == {"up"} else "unknown"


def _picture(found: TopologyView, sheet: Sheet) -> Picture:
    below: dict[str, list[str]] = defaultdict(list)
    ranks = {node.name: RANKS[node.device.role] if node.device else 0 for node in found.nodes}
    parents = {node.name: node.above for node in found.nodes}
    ordered = sorted(found.nodes, key=lambda node: (ranks[node.name], node.name))
    for node in ordered:
        if node.above:
            below[node.above].append(node.name)
    for device in sorted({stranger.device for stranger in found.strangers}):
        below[device].append(_STRANGERS + device)
    tops = [node.name for node in ordered if not parents[node.name]]
    return draw_tree(tops, below, sheet)


def _extra(found: TopologyView) -> list[Wire]:
    """The links that are no way up: rings and second homes."""
    ways: Mapping[str, str | None] = {node.name: node.above for node in found.nodes}
    return [
        wire
        for wire in found.wires
        if ways.get(wire.link.one.device) != wire.link.other.device
        and ways.get(wire.link.other.device) != wire.link.one.device
    ]


def fitted(text: str, letters: int) -> str:
    """The text, cut where a box of so many letters ends; marks above Thai letters take no room."""
    taken = 0
    for at, letter in enumerate(text):
        taken += unicodedata.category(letter) != "Mn"
        if taken > letters:
            return text[: at - 1] + "…"
    return text
