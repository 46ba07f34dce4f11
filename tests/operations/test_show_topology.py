"""What the topology of a site holds, over the command line and over HTTP."""

from __future__ import annotations

import pytest

from controller.errors import NotFound
from controller.operations.show_topology import OUTSIDE, list_topologies, show_topology
from controller.store.neighbours import save_neighbours
from tests.health.wired import around, sees
from tests.operations.office import Desk
from tests.server.wired_office import AT, wire_up

A = "kkn-school-a"


@pytest.fixture
def wired(desk: Desk) -> Desk:
    """The office after its devices were walked and polled."""
    wire_up(desk.context.root)
    return desk


def test_a_site_that_nobody_walked_is_placed_by_the_inventory(desk: Desk) -> None:
    found = show_topology(desk.context, desk.person("engineer1"), A)
    assert found.walked is None
    assert found.wires == ()
    assert found.strangers == ()
    assert {node.status for node in found.nodes} == {"unknown"}
    above = {node.name: (node.above, node.assumed) for node in found.nodes}
    assert above["kkn-a-sw01"] == ("kkn-a-dist01", True)
    assert above["kkn-a-dist01"] == ("kkn-off-core01", True)


def test_a_site_that_was_walked_has_links_with_state_and_use(wired: Desk) -> None:
    found = show_topology(wired.context, wired.person("engineer1"), A)
    assert found.walked == AT
    states = {(w.link.one.device, w.link.other.device): w.now for w in found.wires}
    first = states["kkn-a-dist01", "kkn-a-sw01"]
    assert first.state == "up"
    assert first.use == pytest.approx(12.3)
    assert states["kkn-a-dist01", "kkn-a-sw03"].state == "down"
    # What a device that is down said of its port before is no state of it now.
    assert states["kkn-a-sw01", "kkn-a-sw04"].state == "unknown"
    assert [s.seen.name for s in found.strangers] == ["ap-library", "ap-hall"]
    assert [f.device for f in found.disagreements] == ["kkn-a-sw02"]


def test_a_school_learns_nothing_of_others(wired: Desk) -> None:
    school = wired.person("school1")
    found = show_topology(wired.context, school, A)
    assert {n.name for n in found.nodes if n.device is None} == {OUTSIDE}
    assert all(n.device is None or n.device.site == A for n in found.nodes)
    assert not any("off" in w.link.one.device + w.link.other.device for w in found.wires)
    outer = next(w.link.far("kkn-a-dist01") for w in found.wires if OUTSIDE in w.link.seen_by)
    assert (outer.device, outer.port) == (OUTSIDE, "")
    assert [row.site.site for row in list_topologies(wired.context, school)] == [A]
    with pytest.raises(NotFound):
        show_topology(wired.context, school, "kkn-school-b")


def test_what_is_walked_later_is_shown(wired: Desk) -> None:
    """Also at a moment at which another device was walked before."""
    engineer = wired.person("engineer1")
    before = show_topology(wired.context, engineer, A)
    with wired.context.store.begin(audited=False) as conn:
        save_neighbours(conn, "kkn-a-sw05", AT, around(sees("Gi0/24", "kkn-a-sw02", "Gi0/9")))
    after = show_topology(wired.context, engineer, A)
    assert len(after.wires) == len(before.wires) + 1


def test_sites_are_counted(wired: Desk) -> None:
    rows = {r.site.site: r for r in list_topologies(wired.context, wired.person("director"))}
    one = rows[A]
    assert (one.up, one.down, one.links, one.strangers, one.disagreements) == (3, 2, 6, 2, 1)
    assert rows["kkn-school-c"].walked is None
