"""What must hold within and across site files beyond their shape."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, get_args

from controller.errors import Problem, Text
from controller.inventory.device import Role
from controller.inventory.inventory import RESERVED
from controller.language import nearest, shown
from controller.platforms.watched import only_watched
from controller.workspace.addresses import wrong_address, wrong_prefix
from controller.workspace.snmp_checks import check_access_name
from controller.workspace.templates import Template, template_name
from controller.workspace.yaml_lines import Document, Place

_FEW = 10


@dataclass
class SiteChecks:
    """Looks at site files one after the other and remembers what must be unique."""

    platforms: Collection[str]
    templates: Mapping[str, Template]
    accesses: Collection[str] | None = None
    _names: dict[str, str] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)
    _assets: dict[str, str] = field(default_factory=dict)
    _without_template: set[str] = field(default_factory=set)
    _references: list[tuple[Document, Place, str]] = field(default_factory=list)

    def check(self, site: Document) -> Iterator[Problem]:
        """Problems of one site file, given those seen before."""
        stem = PurePosixPath(site.path).stem
        name = site.text("site")
        if name is not None and name != stem:
            yield site.problem(("site",), _other_name(stem), allowed=(stem,), suggestion=stem)
        yield from check_variables(site, ("variables",))
        yield from _networks(site)
        for place, device in site.mappings("devices"):
            yield from self._device(site, place, device)

    def check_assets(self, numbers: Collection[str]) -> Iterator[Problem]:
        """Register numbers of devices that stand in no register, once all sites were checked."""
        unknown = [entry for entry in self._references if entry[2] not in numbers]
        for count, (site, place, number) in enumerate(unknown):
            # Looking through a register of 20,000 numbers takes a while, and a whole wrong column
            # is understood from its first rows.
            near = nearest(number, numbers) if count < _FEW else ""
            yield site.problem(place, _NO_ASSET, suggestion=near)

    def _device(self, site: Document, place: Place, device: Mapping[str, Any]) -> Iterator[Problem]:
        for key in ("site", "district"):
            if key in device:
                yield site.problem((*place, key), _FILLED_IN, key=True)
        yield from self._unique(site, place, device, "name", self._names, _name_twice)
        yield from self._unique(site, place, device, "address", self._addresses, _address_twice)
        yield from self._unique(site, place, device, "asset", self._assets, _asset_twice)
        yield from _format(site, (*place, "address"), device.get("address"), wrong_address)
        yield from check_variables(site, (*place, "variables"))
        yield from check_access_name(site, place, device, self.accesses)
        if isinstance(asset := device.get("asset"), str):
            self._references.append((site, (*place, "asset"), asset))
        # What is only watched is never pushed to, so its own way in cannot be cut off.
        if not device.get("management_interface") and device.get("platform") not in only_watched():
            yield site.problem((*place, "management_interface"), _NO_MANAGEMENT)
        yield from self._platform(site, place, device)

    def _platform(
        self, site: Document, place: Place, device: Mapping[str, Any]
    ) -> Iterator[Problem]:
        platform, role = device.get("platform"), device.get("role")
        if not isinstance(platform, str):
            return
        if platform not in self.platforms:
            yield site.problem(
                (*place, "platform"),
                _NO_PLATFORM,
                allowed=shown(platform.lower(), self.platforms),
                suggestion=nearest(platform.lower(), self.platforms),
            )
            return
        if platform in only_watched():
            return
        name = template_name(platform, str(role))
        if role in get_args(Role) and name not in self.templates:
            yield from self._template_missing(site, place, name)

    def _template_missing(self, site: Document, place: Place, name: str) -> Iterator[Problem]:
        if name in self._without_template:
            return
        self._without_template.add(name)
        have = tuple(sorted(t for t in self.templates if t.count("/") == 1))
        near = nearest(name, have)
        yield site.problem((*place, "role"), _no_template(name), allowed=have, suggestion=near)

    def _unique(
        self,
        site: Document,
        place: Place,
        device: Mapping[str, Any],
        key: str,
        seen: dict[str, str],
        twice: Callable[[str], Text],
    ) -> Iterator[Problem]:
        word = device.get(key)
        if not isinstance(word, str):
            return
        if word in seen:
            yield site.problem((*place, key), twice(seen[word]))
            return
        line = site.position((*place, key))[0]
        seen[word] = f"{site.path}:{line}"


def check_groups(
    groups: Document, platforms: Collection[str], districts: Collection[str] | None
) -> Iterator[Problem]:
    """Groups of a platform, role or district that does not exist, and reserved variables.

    `districts` is None when a site could not be read, so that nobody knows them all.
    """
    yield from check_variables(groups, ("all",))
    sets = (("platforms", platforms), ("roles", get_args(Role)), ("districts", districts))
    for section, known in sets:
        for name in _mapping(groups, (section,)):
            if known is not None and name not in known:
                yield groups.problem(
                    (section, name),
                    _NO_GROUP[section],
                    key=True,
                    allowed=shown(name.lower(), known),
                    suggestion=nearest(name.lower(), known),
                )
            yield from check_variables(groups, (section, name))


def check_variables(document: Document, place: Place) -> Iterator[Problem]:
    """Variables whose names templates use for something else."""
    for name in _mapping(document, place):
        if name in RESERVED:
            yield document.problem((*place, name), _RESERVED, key=True)


def _networks(site: Document) -> Iterator[Problem]:
    seen: dict[tuple[str, object], int] = {}
    for place, network in site.mappings("networks"):
        yield from _format(site, (*place, "prefix"), network.get("prefix"), wrong_prefix)
        for key in ("name", "vlan"):
            word = network.get(key)
            if not isinstance(word, str | int):
                continue
            line = site.position((*place, key))[0]
            if (key, word) in seen:
                yield site.problem((*place, key), _network_twice(seen[key, word]))
            seen.setdefault((key, word), line)


def _format(
    site: Document, place: Place, value: object, wrong: Callable[[str], tuple[Text, str] | None]
) -> Iterator[Problem]:
    trouble = wrong(value) if isinstance(value, str) else None
    if trouble is not None:
        yield site.problem(place, trouble[0], suggestion=trouble[1])


def _mapping(document: Document, place: Place) -> Mapping[str, Any]:
    value = document.value
    for step in place:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step]
        else:
            return {}
    return value if isinstance(value, dict) else {}


def _other_name(stem: str) -> Text:
    return Text(th=f"ชื่อไม่ตรงกับชื่อไฟล์ {stem}.yaml", en=f"differs from the file's name {stem}.yaml")


def _name_twice(first: str) -> Text:
    return Text(th=f"ชื่ออุปกรณ์ซ้ำกับ {first}", en=f"a device of this name stands in {first}")


def _address_twice(first: str) -> Text:
    return Text(th=f"ที่อยู่ไอพีซ้ำกับ {first}", en=f"the address is used already in {first}")


def _asset_twice(first: str) -> Text:
    return Text(
        th=f"เลขครุภัณฑ์นี้เป็นของอุปกรณ์อื่นที่ {first}",
        en=f"the register number belongs to another device in {first}",
    )


def _network_twice(line: int) -> Text:
    return Text(th=f"ซ้ำกับบรรทัด {line}", en=f"stands already in line {line}")


def _no_template(name: str) -> Text:
    return Text(
        th=f"ไม่มีแม่แบบ inventory/config/{name} สำหรับอุปกรณ์นี้",
        en=f"there is no template inventory/config/{name} for this device",
    )


_FILLED_IN = Text(
    th="ไม่ต้องเขียนหัวข้อนี้ โปรแกรมใช้ค่าของไฟล์ที่อุปกรณ์อยู่",
    en="leave this out; the file the device stands in says it",
)
_NO_MANAGEMENT = Text(
    th="ขาดหัวข้อ “management_interface” จึงตรวจไม่ได้ว่าแผนตัดทางเข้าถึงอุปกรณ์หรือไม่",
    en="“management_interface” is missing, so no plan could be checked for cutting the way in",
)
_NO_ASSET = Text(
    th="ไม่มีเลขครุภัณฑ์นี้ใน inventory/assets", en="no such register number in inventory/assets"
)
_NO_PLATFORM = Text(th="ไม่รู้จักแพลตฟอร์มนี้", en="unknown platform")
_RESERVED = Text(
    th="ชื่อตัวแปรนี้สงวนไว้สำหรับโปรแกรม ให้ใช้ชื่ออื่น",
    en="templates use this name for something else; choose another",
)
_NO_GROUP = {
    "platforms": Text(th="ไม่รู้จักแพลตฟอร์มนี้", en="unknown platform"),
    "roles": Text(th="ไม่รู้จักหน้าที่ (role) นี้", en="unknown role"),
    "districts": Text(th="ไม่มีหน่วยงานใดอยู่ในอำเภอนี้", en="no site is in this district"),
}
