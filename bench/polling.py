"""Polling end to end: asked, decoded, judged, state and samples kept; beside it other ways to ask.

`python -m bench.polling` prints the tables. The farm's switches have 48 ports; every cycle asks
some 200 OIDs of each. Their clock stands still, so sysUpTime is set to go on; nothing else is
touched.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bench.farm import AUTHENTICATION, COMMUNITY, PRIVACY, USER, NoFarmError, address, farm
from bench.report import say
from controller.connections.snmp.engine import SnmpTarget, SnmpUser
from controller.connections.snmp.gufo import GufoEngine
from controller.facts.answers import Answers, Request
from controller.inventory.device import Device
from controller.inventory.inventory import Groups, Inventory
from controller.inventory.site import Site
from controller.workspace.parts import read_office
from tests.rules.tree import ROOT

UPTIME = "1.3.6.1.2.1.1.3.0"
PORTS_OF_A_SITE = 18
"""Devices at one school."""
LIGHT = Request(
    scalars=(*(f"1.3.6.1.2.1.1.{n}.0" for n in range(1, 8)), "1.3.6.1.2.1.2.1.0"),
    columns=(
        "1.3.6.1.2.1.31.1.1.1.6",
        "1.3.6.1.2.1.31.1.1.1.10",
        "1.3.6.1.2.1.2.2.1.8",
        "1.3.6.1.2.1.2.2.1.14",
    ),
)


class Running(GufoEngine):
    """The engine, over a farm whose clock is made to go on."""

    async def ask(self, target: SnmpTarget, request: Request) -> Answers:
        """The answers, with an uptime that moves."""
        answers = await super().ask(target, request)
        if UPTIME in answers.scalars:
            answers.scalars[UPTIME] = int(time.monotonic() * 100) % 2**32  # type: ignore[index]
        return answers


def a_target(device: Device, port: int, version: str) -> SnmpTarget:
    """How the farm is asked."""
    user = SnmpUser(
        name=USER,
        authentication_password=SecretStr(AUTHENTICATION),
        privacy_password=SecretStr(PRIVACY),
    )
    return SnmpTarget(
        name=device.name,
        address=device.address,
        port=port,
        version="3" if version == "3" else "2c",
        community=SecretStr(COMMUNITY),
        user=user if version == "3" else None,
    )


def an_inventory(count: int, dead: int) -> Inventory:
    """So many switches, `dead` of them silent, some at each school."""
    devices = [
        Device(
            name=f"sw-{n:05}",
            platform="cisco_ios",
            role="access" if n % PORTS_OF_A_SITE else "distribution",
            address=address(n, dead=n % max(count // dead, 1) == 0 if dead else False),
            site=f"school-{n // PORTS_OF_A_SITE:04}",
        )
        for n in range(count)
    ]
    sites = tuple(
        Site(
            site=f"school-{n:04}",
            name_th="โรงเรียน",
            name_en="School",
            kind="school",
            district="mueang-khon-kaen",
            devices=tuple(devices[n * PORTS_OF_A_SITE : (n + 1) * PORTS_OF_A_SITE]),
        )
        for n in range((count + PORTS_OF_A_SITE - 1) // PORTS_OF_A_SITE)
    )
    return Inventory(office=read_office(ROOT), sites=sites, groups=Groups(), assets=())


async def measured(environment: Any, devices: tuple[Device, ...], cycles: int) -> list[list[float]]:
    """[wall, CPU] of each cycle: the first finds out what everything is."""
    from controller.polling.cycle import Cycle

    cycle = Cycle(environment)
    costs = []
    for _ in range(cycles):
        wall, cpu = time.perf_counter(), time.process_time()
        await cycle.poll(devices, lambda _: True)
        with environment.store.begin(audited=False) as conn:
            environment.alerting().settle(conn, environment.clock())
        costs.append([time.perf_counter() - wall, time.process_time() - cpu])
    cycle.close()
    return costs


def whole(count: int, version: str, port: int, dead: int, at_once: int) -> None:
    """One measurement in this process, printed as JSON."""
    from controller.polling.alerting import Alerting
    from controller.polling.environment import PollEnvironment
    from controller.settings import Health
    from controller.store.archive import Archive
    from controller.store.engine import open_store
    from controller.worker.garbage import seldom

    inventory = an_inventory(count, dead)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/khaen.db")
        store.migrate()
        alerting = Alerting(store, lambda: inventory)
        environment = PollEnvironment(
            store=store,
            inventory=lambda: inventory,
            target=lambda device: a_target(device, port, version),
            engine=Running,
            archive=Archive(Path(folder, "archive")),
            alerting=lambda: alerting,
            settings=Health(at_once=at_once),
            clock=lambda: datetime.now(UTC),
        )
        seldom()
        costs = asyncio.run(measured(environment, inventory.devices, 3))
        store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"costs": costs, "peak": peak}))


def bare(count: int, version: str, port: int) -> None:
    """gufo-snmp alone, by its own asyncio sessions: asked, decoded, thrown away."""
    from gufo.snmp import Aes128Key, Sha1Key, User
    from gufo.snmp.aio import SnmpSession
    from gufo.snmp.user import KeyType

    user = None
    if version == "3":
        user = User(
            USER,
            auth_key=Sha1Key(
                Sha1Key.get_master_key(AUTHENTICATION.encode()), key_type=KeyType.Master
            ),
            priv_key=Aes128Key(Sha1Key.get_master_key(PRIVACY.encode()), key_type=KeyType.Master),
        )

    async def one(n: int, turn: asyncio.Semaphore) -> None:
        async with turn:
            session = SnmpSession(
                addr=address(n), port=port, community=COMMUNITY, user=user, timeout=2.0
            )
            async with session:
                await session.get_many(list(LIGHT.scalars))
                for column in LIGHT.columns:
                    async for _ in session.getbulk(column, max_repetitions=50):
                        pass

    async def everything() -> None:
        turn = asyncio.Semaphore(256)
        await asyncio.gather(*(one(n, turn) for n in range(count)))

    wall, cpu = time.perf_counter(), time.process_time()
    asyncio.run(everything())
    cost = [time.perf_counter() - wall, time.process_time() - cpu]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"costs": [cost], "peak": peak}))


def plain(count: int, port: int) -> None:
    """The same walk with plain pysnmp."""
    from pysnmp.hlapi.v1arch.asyncio import (
        CommunityData,
        ObjectIdentity,
        ObjectType,
        SnmpDispatcher,
        UdpTransportTarget,
        bulk_cmd,
        get_cmd,
    )

    async def one(dispatcher: Any, n: int, turn: asyncio.Semaphore) -> None:
        async with turn:
            target = await UdpTransportTarget.create((address(n), port), timeout=30, retries=0)
            community = CommunityData(COMMUNITY)
            scalars = [ObjectType(ObjectIdentity(oid)) for oid in LIGHT.scalars]
            await get_cmd(dispatcher, community, target, *scalars, lookupMib=False)
            for column in LIGHT.columns:
                at, inside = column, True
                while inside:
                    wanted = ObjectType(ObjectIdentity(at))
                    *_, rows = await bulk_cmd(
                        dispatcher, community, target, 0, 50, wanted, lookupMib=False
                    )
                    for name, _value in rows:
                        at = str(name)
                        inside = at.startswith(column + ".")
                        if not inside:
                            break
                    inside = inside and bool(rows)

    async def everything() -> None:
        dispatcher = SnmpDispatcher()
        turn = asyncio.Semaphore(20)
        await asyncio.gather(*(one(dispatcher, n, turn) for n in range(count)))
        dispatcher.close()

    wall, cpu = time.perf_counter(), time.process_time()
    asyncio.run(everything())
    cost = [time.perf_counter() - wall, time.process_time() - cpu]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"costs": [cost], "peak": peak}))


def child(*words: object) -> dict[str, Any]:
    """One measurement, in a process of its own so that its memory is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.polling", *map(str, words)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def row(name: str, count: int, found: dict[str, Any], unit: float | None) -> float:
    """Print a line; CPU seconds per 1,000 devices of the cheapest cycle after the first."""
    later = found["costs"][1:] or found["costs"]
    wall, cpu = min(later, key=lambda cost: cost[1])
    each: float = 1000 * cpu / count
    ratio = f"{each / unit:.2f}" if unit else "1"
    say(
        f"| {name} | {count:,} | {wall:.2f} | {cpu:.2f} | {each:.2f} | {ratio} "
        f"| {found['peak']:.0f} |"
    )
    return each


def tables() -> None:
    """Every measurement, one after the other."""
    try:
        with farm() as running:
            port = running.port
            say("| way | devices | wall s | CPU s | CPU s per 1,000 | khaen = 1 | peak MB |")
            say("|---" * 7 + "|")
            first = child("whole", 1500, "2c", port)
            unit = row("khaen, v2c, end to end", 1500, first, None)
            row("khaen, v3 authPriv, end to end", 1500, child("whole", 1500, "3", port), unit)
            row("khaen, v2c, 5 % dead", 1500, child("whole", 1500, "2c", port, "--dead", 75), unit)
            big = child("whole", 10000, "2c", port)
            row("khaen, v2c, end to end", 10000, big, unit)
            row("gufo-snmp alone, v2c", 1500, child("bare", 1500, "2c", port), unit)
            row("gufo-snmp alone, v3", 1500, child("bare", 1500, "3", port), unit)
            row("plain pysnmp, v2c", 40, child("plain", 40, "2c", port), unit)
            say("")
            wall, cpu = first["costs"][0]
            say("The first cycle, which also finds out what every device is:")
            say(f"1,500 devices {wall:.1f} s, {cpu:.1f} s of CPU;")
            wall, cpu = big["costs"][0]
            say(f"10,000 devices: {wall:.1f} s, {cpu:.1f} s of CPU.")
    except NoFarmError as error:
        say(f"not measured: {error}")


def main() -> None:
    """Without words all the tables; with words one measurement as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("way", nargs="?", choices=("whole", "bare", "plain"))
    parser.add_argument("count", nargs="?", type=int, default=1500)
    parser.add_argument("version", nargs="?", default="2c")
    parser.add_argument("port", nargs="?", type=int, default=0)
    parser.add_argument("--dead", type=int, default=0)
    parser.add_argument("--at-once", type=int, default=256)
    asked = parser.parse_args()
    if asked.way is None:
        tables()
    elif asked.way == "whole":
        whole(asked.count, asked.version, asked.port, asked.dead, asked.at_once)
    elif asked.way == "bare":
        bare(asked.count, asked.version, asked.port)
    else:
        plain(asked.count, asked.port)


if __name__ == "__main__":
    main()
