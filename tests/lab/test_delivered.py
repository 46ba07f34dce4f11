"""Devices fresh from a supplier: they only answer SNMP, and say what they are."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from controller.connections.snmp.engine import SnmpTarget
from controller.connections.snmp.finding import Answering, find_out
from controller.connections.snmp.gufo import GufoEngine
from controller.facts.hardware import Hardware
from controller.lab.complaints import LabError
from controller.lab.definition import read_definition
from controller.platforms.hardware import hardware_request, read_hardware
from tests.lab.targets import run_lab, worker_network, write_lab


def lab_of(folder: Path, *boxes: dict[str, Any]) -> Path:
    """A LAB.json with these delivered devices alone, and the secrets it names."""
    for name in ("password", "community"):
        (folder / name).write_text("a-long-password\n", encoding="utf-8")
    snmp = {"community_file": str(folder / "community"), "user": "w"}
    snmp["password_file"] = str(folder / "password")
    return write_lab(folder, [], snmp=snmp, delivered=list(boxes))


def box(name: str, address: str, **more: Any) -> dict[str, Any]:
    """A row of `delivered`."""
    words = {"maker": "ยี่ห้อ ก", "model": "AX-3000", "serial": f"SN-{name}", "version": "2.1"}
    return {"name": name, "address": address, **words, **more}


def told(place: dict[str, Any]) -> tuple[Answering, Hardware]:
    """What it says of itself."""

    async def ask() -> tuple[Answering, Hardware]:
        engine = GufoEngine()
        try:
            target = SnmpTarget(
                name="?",
                address=place["address"],
                port=place["snmp_port"],
                community=SecretStr("a-long-password"),
            )
            answers = await engine.ask(target, hardware_request())
            return await find_out(engine, target), read_hardware(answers)
        finally:
            engine.close()

    return asyncio.run(ask())


def test_delivered_devices_say_what_they_are(tmp_path: Path) -> None:
    network = worker_network()
    ports = [{"count": 24, "mbps": 1000}, {"count": 4, "mbps": 10_000, "media": "sfp"}]
    switch = box("sw", f"{network}.8.2", ports=ports, poe_ports=24, poe_watts=370)
    file = lab_of(tmp_path, box("ap", f"{network}.8.1"), switch)
    try:
        started = run_lab("up", str(file), "--share")
        assert started.returncode == 0, started.stderr
        rows = json.loads(run_lab("status", str(tmp_path / "state"), "--json").stdout)["devices"]
        assert [(row["name"], row["platform"]) for row in rows] == [("ap", "snmp"), ("sw", "snmp")]
        places = json.loads((tmp_path / "state/addresses.json").read_text(encoding="utf-8"))
        point, one = told(places["ap"])
        identity = point.identity
        assert (identity.model, identity.serial, identity.version) == ("AX-3000", "SN-ap", "2.1")
        assert (len(one.ports), one.poe_ports) == (1, None)
        _, many = told(places["sw"])
        assert (many.at_least(1000, "copper"), many.at_least(10_000, "sfp")) == (24, 4)
        assert (many.poe_ports, many.poe_watts) == (24, 370)
        assert places["sw"]["stands_for"] == f"{network}.8.2"
        assert places["sw"]["address"] == "127.0.0.1"
    finally:
        run_lab("down", str(tmp_path / "state"))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"serial": ""}, "serial must be a text"),
        ({"ports": [{"media": "radio"}]}, "unknown media 'radio'"),
        ({"ports": 24}, "ports must be a list"),
        ({"port": 22}, "unknown key 'port'"),
        ({"address": "10.0.0.1"}, "not in 127.0.0.0/8"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, more: dict[str, Any], words: str) -> None:
    file = lab_of(tmp_path, {**box("ap", "127.9.9.9"), **more})
    with pytest.raises(LabError) as raised:
        read_definition(file)
    assert words in raised.value.en
    assert "delivered[0]" in raised.value.en


def test_names_are_told_apart_across_both_lists(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="used twice"):
        read_definition(lab_of(tmp_path, box("ap", "127.9.9.9"), box("ap", "127.9.9.8")))
