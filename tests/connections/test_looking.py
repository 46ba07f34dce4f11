"""Asking a device what it is, as a person does it: the operation against a switch of the lab."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from controller.connections.connect import connect
from controller.connections.fleet import Fleet
from controller.errors import DeviceError
from controller.operations.back_up_devices import back_up_devices
from controller.operations.gather_evidence import gather_evidence
from controller.operations.look_at_device import Told, look_at_device, looked
from controller.operations.show_device import show_device
from controller.store.device_history import Look, save_look
from tests.connections.switch import Switch
from tests.operations.office import Desk, opened_desk

NAMES = {"cisco_ios": "kkn-a-sw01", "arista_eos": "kkn-a-sw06"}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """An office of its own."""
    for name in ("KHAEN_DATA", "KHAEN_DATABASE_URL", "KHAEN_LANG"):
        monkeypatch.delenv(name, raising=False)
    with opened_desk(tmp_path / "office") as opened:
        yield opened


def test_what_a_device_says_is_kept_with_its_time(desk: Desk, switch: Switch) -> None:
    """Until it is asked again; one that does not answer keeps what it said."""
    name = NAMES[switch.platform]
    target = replace(switch.impatient().target(), name=name)
    context = replace(
        desk.context,
        fleet=lambda _: Fleet([target], 1),
        secrets=lambda: {"snmp_ro": "x" * 8},
    )
    engineer = desk.person("engineer1")
    assert show_device(context, engineer, name).look is None
    said = look_at_device(context, engineer, name)
    assert said.facts["hostname"] == switch.lab.name
    assert any(interface["is_up"] for interface in said.interfaces.values())
    assert said.ntp == []
    assert said.users == {"netadmin": 15}
    assert show_device(context, engineer, name).look == said
    assert "$" not in str(said), "what accounts sign in with goes no further"
    assert [entry.subject for entry in desk.entries("look_at_device")] == [name]
    gone = replace(target, port=1)
    with pytest.raises(DeviceError):
        look_at_device(replace(context, fleet=lambda _: Fleet([gone], 1)), engineer, name)
    assert show_device(context, engineer, name).look == said


def test_a_device_says_whether_its_clock_is_right(desk: Desk, switch: Switch) -> None:
    """The time servers of its configuration, and which one it follows; and every backup asks."""
    name = NAMES[switch.platform]
    target = replace(switch.impatient().target(), name=name)
    context = replace(
        desk.context,
        fleet=lambda _: Fleet([target], 1),
        secrets=lambda: {"snmp_ro": "x" * 8},
    )
    engineer, device = desk.person("engineer1"), context.inventory().device(name)
    assert device is not None
    with connect(target, {}) as session:
        session.load("ntp server 10.23.0.5\nntp server 10.23.0.6\n", "merge")
        session.commit(None)
    (backed_up,) = back_up_devices(context, engineer, f"name={name}")
    assert backed_up.state == "new"
    (known,) = gather_evidence(context, [device])
    assert known.facts["ntp"]["synchronised"] is True
    assert [peer["address"] for peer in known.facts["ntp"]["peers"]] == ["10.23.0.5", "10.23.0.6"]
    assert known.facts["users"] == [{"name": "netadmin", "level": 15}]
    assert known.facts["identity"]["name"] == switch.lab.name
    assert len(known.facts["interfaces"]) > 5
    switch.lab.fault("lost-clock")
    look_at_device(context, engineer, name)
    (known,) = gather_evidence(context, [device])
    assert known.facts["ntp"]["synchronised"] is False
    assert [peer["answers"] for peer in known.facts["ntp"]["peers"]] == [False, False]


def test_what_a_visit_does_not_tell_stays_as_it_was(desk: Desk) -> None:
    """Interfaces told before are known as of then, and not for ever."""
    ports = {"Gi0/1": {"is_up": True}}
    before = Look("kkn-a-sw01", desk.clock(), {"hostname": "a"}, ports)
    desk.clock.forward(days=5)
    untold = Told({"hostname": "b"}, None, None)
    after = looked("kkn-a-sw01", untold, desk.clock(), before)
    assert (after.facts, after.interfaces) == ({"hostname": "b"}, ports)
    assert after.interfaces_at == before.at
    with desk.context.store.begin() as conn:
        save_look(conn, after)
    device = desk.context.inventory().device("kkn-a-sw01")
    assert device is not None
    (known,) = gather_evidence(desk.context, [device])
    assert known.facts["interfaces"] == [{"name": "Gi0/1", "up": True}]
    desk.clock.forward(days=3)
    (known,) = gather_evidence(desk.context, [device])
    assert "interfaces" not in known.facts
    assert known.facts["device"] == {"hostname": "b"}
    again = looked("kkn-a-sw01", untold, desk.clock(), after)
    assert again.interfaces_at == before.at
