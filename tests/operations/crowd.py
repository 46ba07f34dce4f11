"""SNMP agents on addresses of this machine, in a thread of their own, for operations to find."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from controller.app import open_app
from controller.lab.snmp.ber import integer, object_id, octets
from tests.connections.snmp.agent import COMMUNITY, Agent, arcs, objects_of
from tests.operations.office import Desk

CATALYST = "1.3.6.1.4.1.9.1.696"
_IOS = "Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M), Version 15.0(2)SE11, RELEASE"
_ENTITY = "1.3.6.1.2.1.47.1.1.1.1"
_LLDP = "1.0.8802.1.1.2.1.4.1.1"


def switch(
    name: str, address: str, serial: str, neighbour: tuple[str, str] | None = None
) -> dict[str, bytes]:
    """What a Catalyst says of itself; `neighbour`: name and address seen at Gi0/1."""
    told = {
        "1.3.6.1.2.1.1.1.0": octets(_IOS),
        "1.3.6.1.2.1.1.2.0": object_id(arcs(CATALYST)),
        "1.3.6.1.2.1.1.3.0": integer(1000, 0x43),
        "1.3.6.1.2.1.1.5.0": octets(name),
        "1.3.6.1.2.1.2.2.1.2.1": octets("GigabitEthernet0/1"),
        "1.3.6.1.2.1.2.2.1.2.99": octets("Vlan99"),
        "1.3.6.1.2.1.31.1.1.1.1.1": octets("Gi0/1"),
        f"1.3.6.1.2.1.4.20.1.2.{address}": integer(99),
        f"{_ENTITY}.5.1": integer(3),
        f"{_ENTITY}.11.1": octets(serial),
        f"{_ENTITY}.13.1": octets("WS-C2960-24TT-L"),
    }
    if neighbour is not None:
        row = {4: integer(7), 5: octets("x"), 6: integer(5), 7: octets("Gi0/2")}
        row |= {9: octets(neighbour[0])}
        told |= {f"{_LLDP}.{n}.0.1.1": value for n, value in row.items()}
        told[f"1.0.8802.1.1.2.1.4.2.1.3.0.1.1.1.4.{neighbour[1]}"] = integer(2)
    return told


def _same(agent: Agent) -> Agent:
    return agent


@contextmanager
def agents(devices: Mapping[str, Mapping[str, bytes]]) -> Iterator[int]:
    """Agents at these addresses, all on one port, which is given."""
    ready = threading.Event()
    stop = asyncio.Event()
    told: list[int] = []
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        port, transports = 0, []
        for address, values in devices.items():
            agent = Agent(objects_of(values))
            transport, _ = await loop.create_datagram_endpoint(
                partial(_same, agent), local_addr=(address, port)
            )
            port = agent.port
            transports.append(transport)
        told.append(port)
        ready.set()
        await stop.wait()
        for transport in transports:
            transport.close()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    try:
        assert ready.wait(10)
        yield told[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


@contextmanager
def asking(desk: Desk, port: int) -> Iterator[Desk]:
    """The office wired anew, with two accesses, the first of which is wrong for all of them."""
    root = desk.context.root
    (root / "var").mkdir(exist_ok=True)
    for name, secret in (("wrong", "no"), ("right", COMMUNITY)):
        (root / f"var/{name}").write_text(secret, encoding="utf-8")
    path = root / "khaen.toml"
    head, _, _ = path.read_text(encoding="utf-8").partition("[snmp")
    accesses = "".join(
        f'[snmp.access.{name}]\ncommunity = "file/var/{secret}"\nport = {port}\n'
        for name, secret in (("another", "wrong"), ("default", "right"))
    )
    limits = "[snmp]\ntimeout_seconds = 0.2\nretries = 0\n"
    path.write_text(f"{head}\n{limits}{accesses}", encoding="utf-8")
    with open_app(root, apart=True) as context:
        yield replace(desk, context=context)
