"""Look for devices in the network and propose what to change in the inventory; write nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, ip_network

from controller.accounts.actor import Actor, require
from controller.connections.snmp.engine import SnmpTarget
from controller.connections.snmp.finding import Answering, find_devices
from controller.connections.snmp.gufo import GufoEngine
from controller.errors import InputError, Text
from controller.facts.neighbour import Surroundings
from controller.health.discovering import Compared, Doubt, Found, compare, to_ask
from controller.health.topology import plain_address
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.operations.context import Context
from controller.operations.propose_inventory import SiteChange, propose_inventory
from controller.operations.show_site import visible_site
from controller.platforms.watched import watched_platforms
from controller.store import audit_log
from controller.store.neighbours import load_neighbours, save_neighbours

MOST = 4096
_ROUNDS = 8
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Discovery:
    """What was looked for and found. `answered` of `asked` places; `changes` are for a person.

    `outside` are addresses of neighbours that were not asked: they are of no network of ours.
    """

    asked: int
    answered: int
    compared: Compared
    changes: tuple[SiteChange, ...]
    doubts: tuple[Doubt, ...]
    outside: tuple[str, ...]

    @property
    def diff(self) -> str:
        """Every proposed change as one unified diff; empty when there is none."""
        return "".join(change.diff for change in self.changes)


def discover_devices(
    context: Context,
    actor: Actor,
    prefixes: Sequence[str],
    *,
    known: bool = True,
    site: str | None = None,
    most: int = MOST,
    asked: Progress | None = None,
) -> Discovery:
    """Sweep the prefixes (IPv4) and walk outward from the known devices by LLDP and CDP.

    Each address is tried with each access of the settings. What devices say of their neighbours is
    kept; the inventory is not touched. `site` limits the known devices to one site. `asked(done,
    of)` tells how far it is. Errors: `InputError` for a prefix that is none, is IPv6, or for more
    than `most` addresses; `NotFound` for the site.
    """
    require(actor, "discover_devices")
    inventory = context.inventory()
    if site is not None:
        visible_site(inventory, actor, site)
    networks = _networks(prefixes, most)
    if not context.settings.snmp.access:
        raise _NO_ACCESS
    search = _Search(context, inventory, networks, asked)
    asyncio.run(search.run(_known(inventory, site) if known else ()))
    compared = compare(inventory, search.found, search.asked_devices, watched_platforms())
    changes, more = propose_inventory(context, compared)
    _keep(context, actor, search, prefixes, compared)
    return Discovery(
        asked=len(search.asked),
        answered=len(search.found),
        compared=compared,
        changes=changes,
        doubts=(*compared.doubts, *more),
        outside=tuple(sorted(search.outside)),
    )


@dataclass
class _Search:
    """One search: what was asked, who answered."""

    context: Context
    inventory: Inventory
    networks: tuple[IPv4Network, ...]
    progress: Progress | None
    asked: set[str] = field(default_factory=set)
    asked_devices: set[str] = field(default_factory=set)
    found: list[Found] = field(default_factory=list)
    outside: set[str] = field(default_factory=set)

    async def run(self, devices: Sequence[Device]) -> None:
        """Known devices and the prefixes first, then their neighbours, and theirs."""
        engine = GufoEngine()
        macs = self._macs()
        try:
            tries = [*self._by_device(devices), *self._by_sweep()]
            for _ in range(_ROUNDS):
                if not tries:
                    break
                new = await find_devices(
                    engine,
                    tries,
                    at_once=self.context.settings.health.at_once,
                    known=macs,
                    done=self.progress,
                )
                self.found += [self._as_found(answer) for answer in new]
                beside, outside = to_ask(
                    (answer.seen for answer in new), self.inventory, self.asked, self.networks
                )
                self.outside |= set(outside)
                tries = [self._tries(address) for address in beside[:MOST]]
        finally:
            engine.close()

    def _by_device(self, devices: Sequence[Device]) -> Iterator[list[SnmpTarget]]:
        for device in devices:
            target = self.context.snmp_target(device)
            if target is not None:
                self.asked.add(plain_address(device.address))
                self.asked_devices.add(device.name)
                yield [target]

    def _by_sweep(self) -> Iterator[list[SnmpTarget]]:
        for network in self.networks:
            for address in network.hosts():
                if str(address) not in self.asked:
                    yield self._tries(str(address))

    def _tries(self, address: str) -> list[SnmpTarget]:
        """Every way to ask at an address; a device of the inventory has its own only."""
        self.asked.add(address)
        owner = self._owners.get(address)
        if owner is not None:
            self.asked_devices.add(owner.name)
            target = self.context.snmp_target(owner)
            return [] if target is None else [target]
        names = self.context.settings.snmp.access
        ways = (_NOBODY.model_copy(update={"address": address, "snmp": n}) for n in names)
        return [target for way in ways if (target := self.context.snmp_target(way)) is not None]

    def _as_found(self, answer: Answering) -> Found:
        name = answer.target.name
        device = self.inventory.device(name)
        return Found(
            address=device.address if device else answer.target.address,
            access=self._access(answer.target),
            identity=answer.identity,
            seen=answer.seen,
            interface=answer.interface,
            device=device.name if device else None,
        )

    def _access(self, target: SnmpTarget) -> str:
        """Which access of the settings this target came from."""
        for name in self.context.settings.snmp.access:
            way = _NOBODY.model_copy(update={"address": target.address, "snmp": name})
            same = self.context.snmp_target(way)
            if same and (same.version, same.community, same.user, same.port) == (
                target.version, target.community, target.user, target.port,
            ):  # fmt: skip
                return name
        return "default"

    def _macs(self) -> frozenset[str]:
        with self.context.store.read() as conn:
            walked = load_neighbours(conn)
        return frozenset(mac for one in walked.values() for mac in one.seen.macs)

    @property
    def _owners(self) -> dict[str, Device]:
        return self.inventory.kept(
            "by_address", lambda: {plain_address(d.address): d for d in self.inventory.devices}
        )


# Stands for a device nobody knows yet; its name can be no device's.
_NOBODY = Device.model_construct(name="?", platform="", role="access", address="", snmp=None)


def _networks(prefixes: Sequence[str], most: int) -> tuple[IPv4Network, ...]:
    networks = []
    for prefix in dict.fromkeys(prefixes):
        try:
            network = ip_network(prefix.strip(), strict=False)
        except ValueError:
            raise InputError(
                Text(th=f"“{prefix}” ไม่ใช่ช่วงที่อยู่", en=f"“{prefix}” is not a prefix"),
                hint=Text(th="เช่น 10.23.0.0/24", en="for example 10.23.0.0/24"),
            ) from None
        if not isinstance(network, IPv4Network):
            raise InputError(
                Text(
                    th=f"{prefix}: ช่วง IPv6 กว้างเกินกว่าจะถามทุกที่อยู่",
                    en=f"{prefix}: an IPv6 prefix is too wide to ask every address",
                ),
                hint=Text(
                    th="ไม่ต้องระบุ อุปกรณ์ IPv6 พบได้จากเพื่อนบ้าน",
                    en="leave it out; devices with IPv6 are found by their neighbours",
                ),
            )
        networks.append(network)
    total = sum(network.num_addresses for network in networks)
    if total > most:
        raise InputError(
            Text(
                th=f"ช่วงที่ให้มามี {total:,} ที่อยู่ ถามได้ครั้งละไม่เกิน {most:,}",
                en=f"the prefixes hold {total:,} addresses; {most:,} is the most at one time",
            ),
            hint=Text(th="แบ่งเป็นช่วงย่อย", en="ask smaller prefixes, one after the other"),
        )
    return tuple(networks)


def _known(inventory: Inventory, site: str | None) -> tuple[Device, ...]:
    return tuple(d for d in inventory.devices if site is None or d.site == site)


def _keep(
    context: Context, actor: Actor, search: _Search, prefixes: Sequence[str], compared: Compared
) -> None:
    """Keep what the known devices see, and that somebody looked."""
    now = context.clock()
    seen: dict[str, Surroundings] = {one.device: one.seen for one in search.found if one.device}
    with context.store.begin() as conn:
        for device, around in seen.items():
            save_neighbours(conn, device, now, around)
        audit_log.append(
            conn,
            actor=actor.username,
            action="discover_devices",
            subject=" ".join(prefixes) or "known devices",
            content={
                "asked": len(search.asked),
                "answered": len(search.found),
                "new": len(compared.additions),
            },
            at=now,
        )


_NO_ACCESS = InputError(
    Text(
        th="khaen.toml ยังไม่มี [snmp.access.default] จึงถามอุปกรณ์ไม่ได้",
        en="khaen.toml has no [snmp.access.default], so no device can be asked",
    ),
    hint=Text(th="ดู docs/settings.md", en="see docs/settings.md"),
)

__all__ = ["MOST", "Discovery", "discover_devices"]
