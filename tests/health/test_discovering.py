"""What was found against the inventory: known, new, corrected, left to a person."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_network
from typing import Any

from controller.facts.identity import Identity
from controller.facts.neighbour import Surroundings
from controller.health.discovering import Found, Move, compare, fitting_name, to_ask
from controller.inventory.inventory import Inventory
from controller.inventory.site import Network
from tests.health.wired import around, device, inventory, sees

SWITCH = Identity("cisco_ios", "Cisco", "switch", "WS-C2960", "15.0", "FOC1", name="New SW_1.x.y")
WATCHED = {"cisco_ios", "apc_aos"}


def office(**more: Any) -> Inventory:
    """Two schools with a network each, and one device."""
    told = {"address": "10.1.0.1", "model": "C2960", "serial": "FOC0"} | more
    made = inventory(s=[device("s", "sw", **told)], t=[])
    networks = {"s": "10.1.0.0/24", "t": "10.2.0.0/24"}
    sites = tuple(
        site.model_copy(
            update={"networks": (Network(name="mgmt", vlan=9, prefix=networks[site.site]),)}
        )
        for site in made.sites
    )
    return replace(made, sites=sites)


def found(address: str, identity: Identity = SWITCH, **more: Any) -> Found:
    told: dict[str, Any] = {"seen": Surroundings(), "interface": "Vlan9"}
    return Found(address, "default", identity, **told | more)


def test_a_new_device_goes_to_the_site_whose_network_it_is_in() -> None:
    result = compare(office(), [found("10.2.0.7")], [], WATCHED)
    (added,) = result.additions
    assert (added.site, added.name, added.roles[0]) == ("t", "new-sw-1", "access")
    assert result.doubts == ()


def test_what_cannot_be_told_is_left_to_a_person_with_the_reason() -> None:
    cases = [
        found("192.168.0.1"),
        found("10.2.0.2", replace(SWITCH, platform="nobody_knows", serial="2")),
        found("10.2.0.3", replace(SWITCH, kind="", serial="3")),
        found("10.2.0.4", replace(SWITCH, serial="4"), interface=""),
    ]
    result = compare(office(), cases, [], WATCHED)
    assert result.additions == ()
    reasons = {doubt.subject.split()[0]: doubt.why.en for doubt in result.doubts}
    assert "at which site" in reasons["192.168.0.1"]
    assert "platform" in reasons["10.2.0.2"]
    assert "what kind" in reasons["10.2.0.3"]
    assert "management_interface" in reasons["10.2.0.4"]


def test_a_known_device_is_corrected_where_it_says_otherwise() -> None:
    same = replace(SWITCH, model="Cisco C2960-24", serial="foc0")
    assert compare(office(), [found("10.1.0.1", same)], ["sw"], WATCHED).corrections == ()
    other = compare(office(), [found("10.1.0.1", device="sw")], ["sw"], WATCHED)
    (correction,) = other.corrections
    assert (correction.key, correction.before, correction.after) == ("serial", "FOC0", "FOC1")
    new = replace(SWITCH, platform="apc_aos", model="AP9641", serial="")
    result = compare(office(), [found("10.1.0.1", new)], [], WATCHED)
    assert [(c.key, c.after) for c in result.corrections] == [("model", "AP9641")]
    assert "says apc_aos" in result.doubts[0].why.en


def test_a_system_pushed_as_another_is_called_by_the_name_it_is_pushed_by() -> None:
    told = replace(SWITCH, platform="cisco_iosxe")
    watched = {"cisco_ios", "cisco_iosxe"}
    (added,) = compare(office(), [found("10.2.0.7", told)], [], watched).additions
    assert added.platform == "cisco_ios"
    known = found("10.1.0.1", replace(told, serial="foc0"), device="sw")
    assert compare(office(), [known], ["sw"], watched).doubts == ()


def test_a_device_in_the_file_of_another_site_is_to_be_moved() -> None:
    moved = office(address="10.2.0.1")
    same = replace(SWITCH, serial="FOC0")
    result = compare(moved, [found("10.2.0.1", same)], ["sw"], WATCHED)
    assert result.moves == (Move("sw", "s", "t", "10.2.0.1"),)
    assert result.same == 0


def test_a_silent_device_whose_serial_answers_elsewhere_has_moved() -> None:
    same = replace(SWITCH, serial="FOC0")
    result = compare(office(), [found("10.2.0.9", same)], ["sw"], WATCHED)
    assert [(c.key, c.after) for c in result.corrections] == [("address", "10.2.0.9")]
    assert result.silent == ()
    assert compare(office(), [], ["sw"], WATCHED).silent == ("sw",)


def test_one_device_at_several_addresses_is_one_device() -> None:
    macs = Surroundings(macs=("00:00:5e:00:53:01",))
    nameless = replace(SWITCH, serial="")
    twice = [found("10.2.0.9", nameless, seen=macs), found("10.2.0.8", nameless, seen=macs)]
    (added,) = compare(office(), twice, [], WATCHED).additions
    assert added.found.address == "10.2.0.8"
    own = replace(SWITCH, serial="FOC0")
    router = [found("10.1.0.1", own), found("10.2.0.254", own)]
    assert compare(office(), router, ["sw"], WATCHED).additions == ()


def test_names_fit_and_are_taken_once() -> None:
    assert fitting_name("SW A.school.example", {"sw-a"}) == "sw-a-2"
    assert fitting_name("โรงเรียน", ()) == "device"
    assert len(fitting_name("x" * 300, ())) <= 63
    assert fitting_name("10.0.0.1", ()) == "10-0-0-1"


def test_neighbours_are_asked_within_our_networks_only() -> None:
    seen = [
        around(sees("1", "a", address="10.1.0.9"), sees("2", "isp", address="203.0.113.1")),
        around(
            sees("1", "b", address="10.9.0.1"), sees("2", "x"), sees("3", "c", address="10.1.0.1")
        ),
    ]
    within, outside = to_ask(seen, office(), {"10.1.0.1"}, [ip_network("10.9.0.0/16")])
    assert (within, outside) == (["10.1.0.9", "10.9.0.1"], ["203.0.113.1"])
