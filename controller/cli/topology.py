"""`khaen topology`: which device is wired to which, as a tree."""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.output import Json, words

if TYPE_CHECKING:
    from rich.tree import Tree

    from controller.operations.show_topology import Node, TopologyRow, TopologyView, Wire

_COLOURS = {"up": "green", "down": "red", "unknown": "dim"}


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command()(topology)


def topology(
    site: Annotated[str | None, typer.Argument(help="A site; all of them when left out")] = None,
    as_json: Json = False,
) -> None:
    """Show the network of a site as a tree, or the list of sites."""
    from controller.operations.show_topology import list_topologies, show_topology

    with session.signed_in() as (context, actor):
        if site is None:
            rows = list_topologies(context, actor)
            return _show_rows(rows, as_json=as_json)
        found = show_topology(context, actor, site)
    return output.emit_json(_as_json(found)) if as_json else _show(found)


def _show_rows(rows: tuple[TopologyRow, ...], *, as_json: bool) -> None:
    counts = ("up", "down", "unknown", "links", "strangers", "disagreements")
    if as_json:
        return output.emit_json(
            [
                {
                    "site": row.site.site,
                    **{name: getattr(row, name) for name in counts},
                    "walked": row.walked,
                }
                for row in rows
            ]
        )
    return output.table(
        (
            words("หน่วยงาน", "site"),
            words("ใช้งานได้", "up"),
            words("ติดต่อไม่ได้", "down"),
            words("ไม่ทราบ", "unknown"),
            words("ลิงก์", "links"),
            words("นอกทะเบียน", "not in the inventory"),
            words("ลิงก์ขึ้นไม่ตรง", "uplink differs"),
        ),
        [(row.site.site, *(str(getattr(row, name)) for name in counts)) for row in rows],
    )


def _show(found: TopologyView) -> None:
    """Print the tree, then what does not fit the inventory."""
    _draw(found)
    for fault in found.disagreements:
        output.say(
            f"{fault.device}: ทะเบียนว่าลิงก์ขึ้นคือ {fault.declared} แต่พบ {fault.above} ที่ {fault.seen}",
            f"{fault.device}: the inventory says {fault.declared}, "
            f"but {fault.above} is seen at {fault.seen}",
        )
    for stranger in found.strangers:
        seen = stranger.seen
        about = seen.name or seen.mac or seen.address
        output.say(
            f"นอกทะเบียน: {about} ที่ {stranger.device} {seen.local_port}",
            f"not in the inventory: {about} at {stranger.device} {seen.local_port}",
        )
    if found.walked is None:
        output.say(
            "ยังไม่เคยสำรวจเพื่อนบ้าน ผังนี้วางตามหน้าที่ในทะเบียน",
            "nobody has asked who is wired to whom; this is how roles in the inventory put them",
        )


def _draw(found: TopologyView) -> None:
    from rich.console import Console
    from rich.tree import Tree

    below: dict[str, list[Node]] = defaultdict(list)
    names = {node.name for node in found.nodes}
    for node in found.nodes:
        below[node.above if node.above in names and node.above else ""].append(node)
    ways: dict[tuple[str, str], list[Wire]] = defaultdict(list)
    for wire in found.wires:
        one, other = wire.link.one.device, wire.link.other.device
        ways[one, other].append(wire)
        ways[other, one].append(wire)
    tree = Tree(words(found.site.name_th, found.site.name_en), hide_root=False)

    def hang(branch: Tree, name: str) -> None:
        for node in below[name]:
            hang(branch.add(_label(node, ways[node.name, node.above or ""])), node.name)

    hang(tree, "")
    Console(file=sys.stdout, soft_wrap=True, highlight=False).print(tree)


def _label(node: Node, wires: list[Wire]) -> Any:
    from rich.text import Text as RichText

    status = {"up": words("ใช้งานได้", "up"), "down": words("ติดต่อไม่ได้", "down")}
    label = RichText(node.name, style="bold")
    label.append("  ")
    label.append(status.get(node.status, words("ไม่ทราบ", "unknown")), _COLOURS[node.status])
    if node.assumed:
        label.append(
            "  " + words("(ตามทะเบียน ยังไม่พบลิงก์)", "(by the inventory; no link seen)"), "dim"
        )
    for wire in wires:
        near, far = wire.link.near(node.name).port, wire.link.far(node.name).port
        use = "" if wire.now.use is None else f" {wire.now.use:.1f}%"
        label.append(f"  {near or '?'} → {far or '?'}{use}", _COLOURS[wire.now.state])
    return label


def _as_json(found: TopologyView) -> dict[str, Any]:
    return {
        "site": found.site.site,
        "walked": found.walked,
        "nodes": [
            {
                "name": node.name,
                "site": node.device.site if node.device else None,
                "status": node.status,
                "since": node.since,
                "above": node.above,
                "assumed": node.assumed,
            }
            for node in found.nodes
        ],
        "links": [
            {
                "one": {"device": wire.link.one.device, "port": wire.link.one.port},
                "other": {"device": wire.link.other.device, "port": wire.link.other.port},
                "state": wire.now.state,
                "use": wire.now.use,
                "speed": wire.now.speed,
                "seen_by": wire.link.seen_by,
                "protocol": wire.link.protocol,
            }
            for wire in found.wires
        ],
        "strangers": [
            {
                "device": stranger.device,
                "port": stranger.seen.local_port,
                "name": stranger.seen.name,
                "address": stranger.seen.address,
                "mac": stranger.seen.mac,
                "description": stranger.seen.description,
            }
            for stranger in found.strangers
        ],
        "disagreements": [
            {"device": f.device, "declared": f.declared, "seen": f.seen, "above": f.above}
            for f in found.disagreements
        ],
    }
