"""A managed network device as the inventory declares it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from controller.errors import Text

NAME = r"^[a-z0-9][a-z0-9-]{0,62}$"
Role = Literal[
    "access", "distribution", "core", "router", "firewall", "wireless",
    "power", "printer", "camera", "server",
]  # fmt: skip

# What people call the roles of devices.
ROLE_NAMES: dict[str, Text] = {
    "access": Text(th="สวิตช์ปลายทาง", en="access"),
    "distribution": Text(th="สวิตช์กระจาย", en="distribution"),
    "core": Text(th="สวิตช์แกนหลัก", en="core"),
    "router": Text(th="เราเตอร์", en="router"),
    "firewall": Text(th="ไฟร์วอลล์", en="firewall"),
    "wireless": Text(th="อุปกรณ์ไร้สาย", en="wireless"),
    "power": Text(th="เครื่องสำรองไฟ", en="power"),
    "printer": Text(th="เครื่องพิมพ์", en="printer"),
    "camera": Text(th="กล้องวงจรปิด", en="camera"),
    "server": Text(th="เครื่องแม่ข่าย", en="server"),
}


class Device(BaseModel):
    """One device. `site` is filled in from the file the device stands in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=NAME, description="Unique name, also its host name")
    platform: str = Field(description="Folder name under platforms, for example cisco_ios")
    role: Role = Field(description="What the device does in the network")
    address: str = Field(description="Management address (IPv4 or IPv6)")
    port: int | None = Field(
        default=None, strict=True, ge=1, le=65535, description="When not the usual one"
    )
    model: str | None = Field(default=None, description="Maker's model number")
    serial: str | None = Field(default=None, description="Serial number on the label")
    asset: str | None = Field(default=None, description="Register number (เลขครุภัณฑ์)")
    management_interface: str | None = Field(
        default=None, description="Interface that carries the management address"
    )
    snmp: str | None = Field(
        default=None, description="Which access of [snmp.access] to ask with; `none` to never ask"
    )
    uplink: str | None = Field(default=None, description="Interface towards the next device")
    maintenance: str | None = Field(
        default=None, description="Reason, while nothing may be pushed to the device"
    )
    tags: tuple[str, ...] = Field(default=(), description="Free words to select by")
    variables: dict[str, Any] = Field(
        default_factory=dict, description="Values for the templates, over those of the groups"
    )
    site: SkipJsonSchema[str] = Field(
        default="", description="Filled in by the program", exclude=True
    )
    district: SkipJsonSchema[str] = Field(
        default="", description="Filled in by the program", exclude=True
    )
