"""Traps of known devices kept and understood, strangers counted, floods bounded."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from controller.connections.snmp.engine import SnmpTarget
from controller.inventory.device import Device
from controller.lab.snmp.ber import Oid, dotted, integer, object_id, octets, sequence
from controller.platforms.trap_kinds import OTHER, kind_title, kinds
from controller.polling import listening
from controller.polling.trapping import Trapping
from controller.store import traps
from controller.store.engine import Store, open_store
from controller.store.traps import (
    KeptTrap,
    TrapStranger,
    count_strangers,
    keep_traps,
    newest_traps,
    trap_senders,
)
from tests.lab.targets import wait_until
from tests.polling.watched import inventory
from tests.store.clock import Clock
from tests.store.databases import database_in

LINK_DOWN, OTHER_OID = dotted("1.3.6.1.6.3.1.1.5.3"), dotted("1.3.6.1.4.1.99999.1")
INDEX, NAME = "1.3.6.1.2.1.2.2.1.1.7", "1.3.6.1.2.1.2.2.1.2.7"
PORTS = ((INDEX, integer(7)), (NAME, octets("Gi0/7")))
ADDRESSES = {"a-sw1": "127.9.8.1", "a-sw2": "127.9.8.2", "b-sw1": "127.9.8.9", "b-sw2": "127.9.8.9"}
SECRETS = {"a-sw1": "reads-only", "a-sw2": "another", "b-sw1": "reads-only", "b-sw2": "reads-only"}


def message(community: str, kind: Oid, *bindings: tuple[str, bytes]) -> bytes:
    """A trap of version 2c."""
    listed = [
        sequence(object_id(dotted("1.3.6.1.2.1.1.3.0")), integer(5, 0x43)),
        sequence(object_id(dotted("1.3.6.1.6.3.1.1.4.1.0")), object_id(kind)),
        *(sequence(object_id(dotted(oid)), value) for oid, value in bindings),
    ]
    pdu = sequence(integer(7), integer(0), integer(0), sequence(*listed), tag=0xA7)
    return sequence(integer(1), octets(community), pdu)


@dataclass
class Ear:
    """A process that listens, and what it has kept."""

    store: Store
    trapping: Trapping

    def hear(self, address: str, *messages: bytes) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.bind((address, 0))
            for content in messages:
                sock.sendto(content, ("127.0.0.1", self.trapping.port or 0))

    def kept(self) -> tuple[KeptTrap, ...]:
        with self.store.read() as conn:
            return newest_traps(conn, 1000)

    def strangers(self) -> dict[str, int]:
        with self.store.read() as conn:
            return {s.address: s.count for s in trap_senders(conn, 1000)}


@pytest.fixture
def store(tmp_path: Path, migrated_file: Path) -> Iterator[Store]:
    shutil.copy(migrated_file, tmp_path / "khaen.db")
    opened = open_store(database_in(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def ear(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    monkeypatch.setattr(listening, "_TURN_SECONDS", 0.1)
    office = inventory()

    def target(device: Device) -> SnmpTarget | None:
        address = ADDRESSES.get(device.name)
        if address is None:
            return None
        secret = SecretStr(SECRETS[device.name])
        return SnmpTarget(name=device.name, address=address, community=secret)

    trapping = Trapping(store, lambda: office, target, clock, ("127.0.0.1", 0))
    trapping.start()
    wait_until(lambda: trapping.port is not None)
    yield Ear(store, trapping)
    trapping.stop()


def test_known_devices_are_understood_and_strangers_counted(ear: Ear, clock: Clock) -> None:
    ear.hear(
        "127.9.8.1", message("reads-only", LINK_DOWN, *PORTS), message("reads-only", OTHER_OID)
    )
    ear.hear("127.9.8.2", message("another", dotted("1.3.6.1.6.3.1.1.5.1")))
    ear.hear("127.9.8.2", message("reads-only", LINK_DOWN, *PORTS))  # another device's secret
    ear.hear("127.9.8.2", message("public", LINK_DOWN, *PORTS))
    ear.hear("127.9.8.3", *[message("reads-only", LINK_DOWN, *PORTS)] * 3)
    ear.hear("127.9.8.9", message("reads-only", LINK_DOWN, *PORTS))  # which of the two was it?
    wait_until(lambda: len(ear.kept()) == 3 and "127.9.8.9" in ear.strangers())
    by_kind = {trap.kind: trap for trap in ear.kept()}
    assert set(by_kind) == {"link_down", OTHER, "cold_start"}
    assert replace(by_kind["link_down"], id=0) == KeptTrap(
        at=clock(),
        device="a-sw1",
        kind="link_down",
        oid="1.3.6.1.6.3.1.1.5.3",
        port="7",
        port_name="Gi0/7",
        version="2c",
        authenticated=False,
        values={INDEX: "7", NAME: "Gi0/7"},
    )
    assert by_kind["cold_start"].device == "a-sw2"
    assert ear.strangers() == {"127.9.8.2": 2, "127.9.8.3": 3, "127.9.8.9": 1}


def test_a_flood_is_bounded(ear: Ear) -> None:
    flood = [message("reads-only", LINK_DOWN, *PORTS)] * 200
    ear.hear("127.9.8.1", *flood)
    ear.hear("127.9.8.2", message("another", LINK_DOWN, *PORTS))
    wait_until(lambda: any(trap.device == "a-sw2" for trap in ear.kept()))
    assert len([t for t in ear.kept() if t.device == "a-sw1"]) <= 60


def test_the_port_is_taken_over(ear: Ear, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_AGAIN_SECONDS", 0.1)
    place = ("127.0.0.1", ear.trapping.port or 0)
    second = Trapping(ear.store, inventory, lambda _: None, clock, place)
    second.start()
    try:
        assert second.port is None
        ear.trapping.stop()
        wait_until(lambda: second.port == place[1])
    finally:
        second.stop()


def test_tables_do_not_grow(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traps, "MOST_TRAPS", 5)
    monkeypatch.setattr(traps, "MOST_STRANGERS", 4)
    one = KeptTrap(clock(), "a-sw1", "link_up", "1.3", "", "", "3", True, {})
    with store.begin(audited=False) as conn:
        for number in range(8):
            keep_traps(conn, [replace(one, device=f"sw{number}")])
            count_strangers(conn, {f"10.0.0.{number}": 2}, clock() + timedelta(minutes=number))
        count_strangers(conn, {"10.0.0.5": 1}, clock() + timedelta(hours=1))
    with store.read() as conn:
        assert [t.device for t in newest_traps(conn, 99)] == [f"sw{n}" for n in (7, 6, 5, 4, 3)]
        assert [t.device for t in newest_traps(conn, 99, {"sw4", "sw1"})] == ["sw4"]
        assert newest_traps(conn, 99, kind="link_down") == ()
        assert newest_traps(conn, 99, since=clock() + timedelta(seconds=1)) == ()
        assert trap_senders(conn, 1) == (
            TrapStranger(
                "10.0.0.5", 3, clock() + timedelta(minutes=5), clock() + timedelta(hours=1)
            ),
        )
        assert len(trap_senders(conn, 99)) == 4


def test_every_kind_has_its_words() -> None:
    assert len(kinds()) > 10
    assert len({kind_title(kind).en for kind in kinds()}) == len(kinds())
