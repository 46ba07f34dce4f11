"""What must hold in [snmp.access] of the settings, and in what devices call from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from controller.errors import Problem, Text
from controller.language import nearest
from controller.workspace.toml_lines import TomlDocument
from controller.workspace.yaml_lines import Document, Place

NEVER = "none"


def access_names(settings: Mapping[str, Any]) -> Collection[str] | None:
    """The accesses by name as the settings' file has them; None when that section is broken."""
    section = settings.get("snmp", {})
    named = section.get("access", {}) if isinstance(section, dict) else None
    return tuple(named) if isinstance(named, dict) else None


def check_accesses(settings: TomlDocument) -> Iterator[Problem]:
    """Accesses without the community or the user their version needs."""
    for name in access_names(settings.value) or ():
        place = ("snmp", "access", name)
        access = settings.value["snmp"]["access"][name]
        if name == NEVER:
            yield settings.problem(place, _RESERVED, key=True)
        if not isinstance(access, dict):
            continue
        third = access.get("version", "2c") == "3"
        wanted = "user" if third else "community"
        if wanted not in access:
            yield settings.problem(place, _lacks(wanted), key=True)
        if third and "privacy_password" in access and "authentication_password" not in access:
            yield settings.problem((*place, "privacy_password"), _NO_AUTHENTICATION, key=True)


def check_access_name(
    site: Document, place: Place, device: Mapping[str, Any], names: Collection[str] | None
) -> Iterator[Problem]:
    """An access that the settings do not have; `names` is None while nobody knows them."""
    word = device.get("snmp")
    if names is None or not isinstance(word, str) or word == NEVER or word in names:
        return
    known = (*sorted(names), NEVER)
    yield site.problem(
        (*place, "snmp"), _NO_ACCESS, allowed=known, suggestion=nearest(word.lower(), known)
    )


def _lacks(key: str) -> Text:
    return Text(th=f"ขาดหัวข้อ “{key}” ที่รุ่นนี้ต้องใช้", en=f"“{key}” is missing; this version needs it")


_RESERVED = Text(
    th="ชื่อนี้สงวนไว้สำหรับอุปกรณ์ที่ไม่ต้องถาม ให้ใช้ชื่ออื่น",
    en="devices that are never asked use this name; choose another",
)
_NO_AUTHENTICATION = Text(
    th="SNMPv3 เข้ารหัสไม่ได้ถ้าไม่ยืนยันตัวตน เพิ่ม authentication_password",
    en="SNMPv3 cannot hide what it does not prove; add authentication_password",
)
_NO_ACCESS = Text(
    th="khaen.toml ไม่มีวิธีถาม SNMP ชื่อนี้ใน [snmp.access]",
    en="[snmp.access] in khaen.toml has no such name",
)
