"""Links from what both ends say, one end says, or only a forwarding table knows."""

from __future__ import annotations

from controller.health.topology import End, Link, find_topology, same_port
from controller.health.uplinks import disagreements, uplink_tree
from tests.health.wired import around, device, inventory, learnt, sees

AB = inventory(office=[device("office", "a", "core")], s=[device("s", "b"), device("s", "c")])
MAC_B, MAC_C = "00:00:5e:00:53:0b", "00:00:5e:00:53:0c"


def test_what_both_ends_tell_is_one_link_under_the_names_each_gives_its_port() -> None:
    seen = {
        "a": around(sees("GigabitEthernet0/1", "b.school.example", "Et24")),
        "b": around(sees("Ethernet24", "A", "Gi0/1")),
    }
    (link,) = find_topology(AB, seen).links
    assert link == Link(End("a", "GigabitEthernet0/1"), End("b", "Ethernet24"), ("a", "b"), "lldp")
    assert link.both
    assert link.far("b") == link.near("a") == link.one


def test_two_wires_between_two_devices_are_two_links() -> None:
    seen = {
        "a": around(sees("Gi0/2", "b", "Gi0/24"), sees("Gi0/1", "b", "Gi0/23")),
        "b": around(sees("Gi0/23", "a", "Gi0/1"), sees("Gi0/24", "a", "Gi0/2")),
    }
    found = [(k.one.port, k.other.port, k.both) for k in find_topology(AB, seen).links]
    assert found == [("Gi0/1", "Gi0/23", True), ("Gi0/2", "Gi0/24", True)]


def test_a_link_only_one_end_tells_of_is_kept_and_known_by_it() -> None:
    (link,) = find_topology(AB, {"b": around(sees("Gi0/24", "a", "Gi0/1"))}).links
    assert (link.one, link.other, link.seen_by) == (End("a", "Gi0/1"), End("b", "Gi0/24"), ("b",))


def test_neighbours_are_recognised_by_hardware_or_management_address_too() -> None:
    address = AB.devices[1].address
    seen = {
        "a": around(
            sees("1", "renamed", address=address), sees("2", "", mac=MAC_C), sees("3", "nobody")
        ),
        "c": around(macs=(MAC_C,)),
    }
    found = find_topology(AB, seen)
    assert [(k.one.port, k.other.device) for k in found.links] == [("1", "b"), ("2", "c")]
    assert [(s.device, s.seen.name) for s in found.strangers] == [("a", "nobody")]
    assert found.of(["c"]).links == found.links[1:]


def test_an_address_that_two_devices_claim_tells_nothing() -> None:
    both = around(macs=(MAC_B,))
    seen = {"a": around(sees("1", "", mac=MAC_B)), "b": both, "c": both}
    assert find_topology(AB, seen).links == ()


def test_a_device_that_sees_itself_has_no_link_to_itself() -> None:
    assert find_topology(AB, {"a": around(sees("1", "a", "2"), sees("2", "a", "1"))}).links == ()


def test_a_silent_device_is_placed_where_its_address_was_learnt_alone() -> None:
    """The core learns it behind the access switch too; that port leads on to more of ours."""
    seen = {
        "a": around(learnt("Gi0/1", MAC_B), learnt("Gi0/1", MAC_C), sees("Gi0/1", "b", "Gi0/24")),
        "b": around(sees("Gi0/24", "a", "Gi0/1"), learnt("Gi0/7", MAC_C), macs=(MAC_B,)),
        "c": around(macs=(MAC_C,)),
    }
    found = find_topology(AB, seen).links
    assert [(k.one, k.other, k.protocol) for k in found] == [
        (End("a", "Gi0/1"), End("b", "Gi0/24"), "lldp"),
        (End("b", "Gi0/7"), End("c"), "fdb"),
    ]


def test_of_two_ports_the_one_with_fewer_of_our_devices_is_nearer() -> None:
    """Nobody speaks LLDP: the core learns both at one port, the switch between only the last."""
    seen = {
        "a": around(learnt("Gi0/1", MAC_B), learnt("Gi0/1", MAC_C)),
        "b": around(learnt("Gi0/7", MAC_C), macs=(MAC_B,)),
        "c": around(macs=(MAC_C,)),
    }
    found = [(k.one, k.other) for k in find_topology(AB, seen).links]
    assert found == [(End("a", "Gi0/1"), End("b")), (End("b", "Gi0/7"), End("c"))]


def test_names_of_a_port_are_compared_as_people_shorten_them() -> None:
    assert same_port("Gi1/0/24", "GigabitEthernet1/0/24")
    assert same_port("Et24", "Ethernet24")
    assert not same_port("Gi0/1", "Gi0/11")
    assert not same_port("Gi0/1", "Te0/1")
    assert not same_port("", "")


SCHOOL = inventory(
    office=[device("office", "core1", "core"), device("office", "edge", "router")],
    s=[
        device("s", "dist", "distribution", uplink="Gi0/24"),
        device("s", "sw1", uplink="Gi0/24"),
        device("s", "sw2", uplink="Gi0/24"),
        device("s", "ap1", "wireless"),
    ],
    t=[
        device("t", "t-d1", "distribution"),
        device("t", "t-d2", "distribution"),
        device("t", "t-sw1"),
        device("t", "t-sw2"),
    ],
)


def test_where_nothing_was_seen_sites_and_roles_say_who_hangs_below_whom() -> None:
    """Of two distribution switches nobody can say which one feeds a switch."""
    assert uplink_tree(SCHOOL, {}) == {
        "edge": None, "core1": "edge", "dist": "core1", "sw1": "dist", "sw2": "dist", "ap1": "dist",
        "t-d1": "core1", "t-d2": "core1", "t-sw1": "core1", "t-sw2": "core1",
    }  # fmt: skip


def test_links_say_it_better() -> None:
    seen = {
        "core1": around(sees("1", "dist", "Gi0/24")),
        "sw1": around(sees("Gi0/24", "dist", "Gi0/1"), sees("Gi0/3", "ap1")),
        "sw2": around(sees("Gi0/24", "sw1", "Gi0/20")),
    }
    above = uplink_tree(SCHOOL, seen)
    assert [above[n] for n in ("dist", "sw1", "sw2", "ap1")] == ["core1", "dist", "sw1", "sw1"]


def test_a_second_home_gives_the_shortest_way_and_the_declared_uplink_among_equals() -> None:
    seen = {
        "core1": around(sees("1", "t-d1", "1"), sees("2", "t-d2", "1")),
        "t-d1": around(sees("9", "t-d2", "9"), sees("10", "t-sw1", "Gi0/23")),
        "t-d2": around(sees("10", "t-sw1", "Gi0/24")),
    }
    above = uplink_tree(SCHOOL, seen)
    assert (above["t-d1"], above["t-d2"], above["t-sw1"]) == ("core1", "core1", "t-d1")
    declared = inventory(
        office=[device("office", "core1", "core")],
        t=[
            device("t", "t-d1", "distribution"),
            device("t", "t-d2", "distribution"),
            device("t", "t-sw1", uplink="GigabitEthernet0/24"),
        ],
    )
    assert uplink_tree(declared, seen)["t-sw1"] == "t-d2"


def test_parts_of_a_network_never_hang_below_each_other_in_a_circle() -> None:
    """Each school's switch is wired to the other school's distribution switch."""
    two = inventory(
        office=[device("office", "core1", "core")],
        s=[device("s", "s-d", "distribution"), device("s", "s-sw")],
        t=[device("t", "t-d", "distribution"), device("t", "t-sw")],
    )
    seen = {"s-d": around(sees("1", "t-sw", "1")), "t-d": around(sees("1", "s-sw", "1"))}
    above = uplink_tree(two, seen)
    for name in above:
        steps, here = 0, above[name]
        while here is not None:
            here, steps = above[here], steps + 1
            assert steps < len(above), name
    assert (above["t-sw"], above["s-sw"]) == ("s-d", "t-d")


def test_an_uplink_that_is_not_where_the_inventory_says_is_shown() -> None:
    seen = {
        "core1": around(sees("1", "dist", "Gi0/23")),
        "dist": around(sees("Gi0/23", "core1", "1")),
        "sw1": around(sees("GigabitEthernet0/24", "dist", "5")),
    }
    wired = find_topology(SCHOOL, seen)
    (found,) = disagreements(SCHOOL, wired, uplink_tree(SCHOOL, seen, wired))
    assert (found.device, found.declared, found.seen, found.above) == (
        "dist", "Gi0/24", "Gi0/23", "core1",
    )  # fmt: skip


def test_fifteen_hundred_devices_are_put_together() -> None:
    schools = {
        f"s{n}": [
            device(f"s{n}", f"s{n}-d", "distribution"),
            *(device(f"s{n}", f"s{n}-sw{k}") for k in range(17)),
        ]
        for n in range(84)
    }
    big = inventory(office=[device("office", "core1", "core")], **schools)
    seen = {"core1": around(*(sees(f"Et{n}", f"s{n}-d", "Et48") for n in range(84)))}
    for n in range(84):
        seen[f"s{n}-d"] = around(
            sees("Et48", "core1", f"Et{n}"),
            *(sees(f"Et{k}", f"s{n}-sw{k}", "Gi0/24") for k in range(17)),
        )
        for k in range(17):
            phones = (sees(f"Gi0/{p}", f"SEP{n}{k}{p}", "Port 1") for p in range(1, 12))
            seen[f"s{n}-sw{k}"] = around(sees("Gi0/24", f"s{n}-d", f"Et{k}"), *phones)
    wired = find_topology(big, seen)
    above = uplink_tree(big, seen, wired)
    assert len(wired.links) == 84 * 18
    assert all(link.both for link in wired.links)
    assert above["s83-sw16"] == "s83-d"
