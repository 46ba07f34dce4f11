"""What was found in the network against what the inventory says: what to add, correct, look at.

Pure. Nothing is guessed: what cannot be told from an answer or a site's networks is left to a
person, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from controller.errors import Text
from controller.facts.identity import Identity, Kind
from controller.facts.neighbour import Surroundings
from controller.health.topology import Directory, host_name, plain_address
from controller.inventory.device import Device, Role
from controller.inventory.inventory import Inventory
from controller.platforms.systems import pushed_as

# What a device of this kind may be in a network, the humblest first.
ROLES: dict[Kind, tuple[Role, ...]] = {
    "switch": ("access", "distribution", "core"), "router": ("router",), "firewall": ("firewall",),
    "wireless": ("wireless",), "server": ("server",), "storage": ("server",),
    "power": ("power",), "printer": ("printer",), "camera": ("camera",),
}  # fmt: skip
_UNFIT = re.compile(r"[^a-z0-9]+")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Found:
    """Something that answered. `access` is the one of the settings that it answered to.

    `device` names the device of the inventory that was asked; None at an address of a sweep.
    """

    address: str
    access: str
    identity: Identity
    seen: Surroundings
    interface: str = ""
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Addition:
    """A device to add to a site. `roles` are what it may be, the first is proposed."""

    site: str
    name: str
    found: Found
    roles: tuple[Role, ...]

    @property
    def platform(self) -> str:
        """What the inventory is to call its platform."""
        return pushed_as(self.found.identity.platform)


@dataclass(frozen=True, slots=True)
class Correction:
    """What the inventory says of a device, and what the device says; `before` may be empty."""

    device: str
    site: str
    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Move:
    """A device in the file of one site whose address is of another site's network."""

    device: str
    site: str
    to: str
    address: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person has to look at: a device or an address, and why."""

    subject: str
    why: Text


@dataclass(frozen=True, slots=True)
class Compared:
    """What to propose. `silent` are devices that were asked and did not answer."""

    additions: tuple[Addition, ...] = ()
    corrections: tuple[Correction, ...] = ()
    moves: tuple[Move, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    silent: tuple[str, ...] = ()
    same: int = 0


class Networks:
    """Whose address it is, by the networks of the sites."""

    def __init__(self, inventory: Inventory) -> None:
        self._sites: list[tuple[IPv4Network | IPv6Network, str]] = []
        for site in inventory.sites:
            for network in site.networks:
                if network.prefix:
                    self._sites.append((ip_network(network.prefix, strict=False), site.site))

    def site(self, address: str) -> str | None:
        """The site with the narrowest network around the address; None for none or several."""
        at = ip_address(address)
        around = [(net.prefixlen, site) for net, site in self._sites if at in net]
        narrowest = max((length for length, _ in around), default=0)
        sites = {site for length, site in around if length == narrowest}
        return sites.pop() if len(sites) == 1 else None

    def holds(self, address: str) -> bool:
        """Whether any site has it."""
        at = ip_address(address)
        return any(at in net for net, _ in self._sites)


@dataclass
class _Comparing:
    inventory: Inventory
    networks: Networks
    watched: Collection[str]
    taken: set[str] = field(default_factory=set)
    moves: list[Move] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def compare(
    inventory: Inventory,
    found: Sequence[Found],
    asked: Collection[str],
    watched: Collection[str],
) -> Compared:
    """What was found against the inventory. `asked` are the devices that were asked by name.

    `watched` are the platforms a device can be of. A device that answers at several addresses is
    one; one with the serial number of a silent device has moved to another address.
    """
    work = _Comparing(inventory, Networks(inventory), watched, {d.name for d in inventory.devices})
    known, strange = _split(inventory, found)
    corrections = [c for name in sorted(known) for c in _corrections(work, name, known[name])]
    silent = {name for name in asked if name not in known}
    serials = {d.serial.casefold(): d for d in inventory.devices if d.serial}
    own_serials = {one.identity.serial.casefold() for one in known.values()} - {""}
    own_macs = {mac for one in known.values() for mac in one.seen.macs}
    additions: list[Addition] = []
    for one in strange:
        serial, macs = one.identity.serial.casefold(), set(one.seen.macs)
        if serial in own_serials or macs & own_macs:
            continue
        own_serials |= {serial} - {""}
        own_macs |= macs
        gone = serials.get(serial)
        if gone is not None and gone.name in silent:
            silent.discard(gone.name)
            corrections.append(
                Correction(gone.name, gone.site, "address", gone.address, one.address)
            )
        elif gone is not None:
            work.doubts.append(Doubt(one.address, _serial_of(gone.name)))
        elif (added := _addition(work, one)) is not None:
            additions.append(added)
    return Compared(
        tuple(additions), tuple(corrections), tuple(work.moves), tuple(work.doubts),
        tuple(sorted(silent)),
        len(set(known) - {c.device for c in corrections} - {move.device for move in work.moves}),
    )  # fmt: skip


def _split(
    inventory: Inventory, found: Sequence[Found]
) -> tuple[dict[str, Found], tuple[Found, ...]]:
    """Those the inventory knows, by name, and the others in order of address."""
    directory = Directory(inventory, {})
    known: dict[str, Found] = {}
    strange: list[Found] = []
    for one in found:
        name = one.device or directory.device_at(one.address)
        if name is not None:
            known.setdefault(name, one)
        else:
            strange.append(one)
    strange.sort(key=lambda one: (ip_address(one.address).version, int(ip_address(one.address))))
    return known, tuple(strange)


def _corrections(work: _Comparing, name: str, one: Found) -> Iterator[Correction]:
    device = work.inventory.device(name)
    if device is None:
        return
    told = one.identity
    if told.model and not _same_model(device.model or "", told.model):
        yield Correction(name, device.site, "model", device.model or "", told.model)
    if told.serial and (device.serial or "").casefold() != told.serial.casefold():
        yield Correction(name, device.site, "serial", device.serial or "", told.serial)
    fitting = (told.platform, pushed_as(told.platform))
    if told.platform in work.watched and device.platform not in fitting:
        work.doubts.append(Doubt(name, _other_platform(device, told.platform)))
    place = work.networks.site(device.address)
    if place is not None and place != device.site:
        work.moves.append(Move(name, device.site, place, device.address))


def _addition(work: _Comparing, one: Found) -> Addition | None:
    told = one.identity
    site = work.networks.site(one.address)
    roles = ROLES.get(told.kind, ())
    why = (
        _NO_SITE
        if site is None
        else _NO_PLATFORM
        if told.platform not in work.watched
        else _NO_ROLE
        if not roles
        else _NO_INTERFACE
        if not one.interface
        else None
    )
    if why is not None or site is None:
        about = " ".join(p for p in (told.vendor, told.model, told.name) if p)
        work.doubts.append(Doubt(f"{one.address} {about}".strip(), why or _NO_SITE))
        return None
    name = fitting_name(told.name or f"{site}-{one.address}", work.taken)
    work.taken.add(name)
    return Addition(site, name, one, roles)


def fitting_name(told: str, taken: Collection[str]) -> str:
    """A name a device can have, made of what it calls itself; with a number where it is taken."""
    word = _UNFIT.sub("-", host_name(told) if not _is_address(told) else told.lower())
    word = word.strip("-")[:_LONGEST].strip("-") or "device"
    name, number = word, 2
    while name in taken:
        name, number = f"{word[: _LONGEST - 4]}-{number}", number + 1
    return name


def to_ask(
    seen: Iterable[Surroundings], inventory: Inventory, asked: Collection[str],
    prefixes: Sequence[IPv4Network | IPv6Network],
) -> tuple[list[str], list[str]]:  # fmt: skip
    """Addresses of neighbours nobody asked yet: those within, and those outside.

    Within means a given prefix or a network of a site: nobody else is shown our community.
    """
    networks = Networks(inventory)
    within: dict[str, None] = {}
    outside: dict[str, None] = {}
    for one in seen:
        for neighbour in one.neighbours:
            address = plain_address(neighbour.address)
            if not _is_address(address) or address in asked:
                continue
            at = ip_address(address)
            ours = any(at in prefix for prefix in prefixes) or networks.holds(address)
            (within if ours else outside)[address] = None
    return list(within), list(outside)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _same_model(declared: str, told: str) -> bool:
    """Whether both name one model: `C2960G-24TC-L` and `Cisco WS-C2960G-24TC-L` do."""
    one, other = _UNFIT.sub("", declared.lower()), _UNFIT.sub("", told.lower())
    return bool(one) and (one in other or other in one)


def _other_platform(device: Device, told: str) -> Text:
    return Text(
        th=f"ทะเบียนว่าแพลตฟอร์ม {device.platform} แต่อุปกรณ์บอกว่า {told}",
        en=f"the inventory says {device.platform}, the device says {told}",
    )


def _serial_of(device: str) -> Text:
    return Text(
        th=f"หมายเลขเครื่องตรงกับ {device} ซึ่งตอบอยู่ที่อื่น",
        en=f"has the serial number of {device}, which answers elsewhere",
    )


_NO_SITE = Text(
    th="ไม่ทราบว่าอยู่หน่วยงานใด: ไม่อยู่ในช่วงที่อยู่ของหน่วยงานใดเพียงแห่งเดียว",
    en="nobody knows at which site: no single site has its network",
)
_NO_PLATFORM = Text(th="ไม่รู้จักแพลตฟอร์มของอุปกรณ์นี้", en="its platform is not known")
_NO_ROLE = Text(th="ไม่ทราบว่าเป็นอุปกรณ์ชนิดใด", en="what kind of device it is, is not known")
_NO_INTERFACE = Text(
    th="ไม่บอกว่าที่อยู่นี้อยู่ที่อินเทอร์เฟซใด (management_interface) ให้เพิ่มเอง",
    en="does not tell which interface has its address (management_interface): add it by hand",
)

__all__ = [
    "Addition",
    "Compared",
    "Correction",
    "Doubt",
    "Found",
    "Move",
    "Networks",
    "compare",
    "fitting_name",
    "to_ask",
]
