"""Asking a device what it is, as a person does it: the operation against a switch of the lab."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from controller.connections.fleet import Fleet
from controller.errors import DeviceError
from controller.operations.look_at_device import look_at_device
from controller.operations.show_device import show_device
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
    assert show_device(context, engineer, name).look == said
    assert [entry.subject for entry in desk.entries("look_at_device")] == [name]
    gone = replace(target, port=1)
    with pytest.raises(DeviceError):
        look_at_device(replace(context, fleet=lambda _: Fleet([gone], 1)), engineer, name)
    assert show_device(context, engineer, name).look == said
