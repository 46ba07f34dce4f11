"""The inventory over HTTP: sites, devices, what devices say, how their configuration changed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.paging import Page, Paged
from controller.api.register import AssetShown
from controller.api.routing import make_router
from controller.backups.sides import Pair
from controller.backups.versions import Version
from controller.inventory.device import Device
from controller.inventory.search import Wanted
from controller.inventory.site import Contact, Network
from controller.operations import look_at_device, show_configuration, show_device, show_site
from controller.store.device_history import Look, TouchingCase, TouchingRun

sites = make_router("/sites", "inventory")
devices = make_router("/devices", "devices")
Words = Annotated[
    str, Query(max_length=200, description="Every word must be there, in Thai or Latin letters")
]
Choice = Annotated[str | None, Query(max_length=100)]


class SiteListed(BaseModel):
    """A site, and how many devices and register rows it has."""

    site: str
    name_th: str
    name_en: str
    kind: str
    district: str
    size: str | None
    devices: int
    assets: int


class DeviceListed(BaseModel):
    """A device as the inventory declares it; `maintenance` says why nothing may be pushed."""

    name: str
    site: str
    district: str
    platform: str
    role: str
    address: str
    port: int | None
    model: str | None
    serial: str | None
    asset: str | None
    management_interface: str | None
    uplink: str | None
    maintenance: str | None
    tags: tuple[str, ...]


class SiteShown(SiteListed):
    """A site with what stands there; the register is summed up, money in baht as text."""

    contacts: tuple[Contact, ...]
    networks: tuple[Network, ...]
    managed: list[DeviceListed]
    by_kind: dict[str, int]
    by_state: dict[str, int]
    value: str = Field(examples=["1716000.00"])


class LookShown(BaseModel):
    """What a device said of itself: NAPALM's facts, and its interfaces by name.

    `ntp` are the time servers it asks, `users` its accounts with their level; null when it did not
    say. `interfaces_at` is when it named its interfaces, where that was before.
    """

    at: datetime
    facts: dict[str, Any]
    interfaces: dict[str, dict[str, Any]]
    ntp: list[dict[str, Any]] | None
    users: dict[str, int] | None
    interfaces_at: datetime | None


class DeviceShown(DeviceListed):
    """A device with its row of the register, what it last said, and what touched it.

    `look` is null when nobody has asked it yet: what it is, is unknown then.
    """

    register_row: AssetShown | None
    look: LookShown | None
    cases: list[TouchingCase]
    runs: list[TouchingRun]


class ConfigurationShown(BaseModel):
    """One version of a configuration, every secret hidden."""

    version: Version
    text: str


class ComparisonShown(BaseModel):
    """Two versions side by side; `hidden`: they differ only in what is not shown."""

    old: Version
    new: Version
    pairs: list[Pair]
    hidden: bool


@sites.get("", operation_id="list_sites")
def list_sites(asked: Asked) -> list[SiteListed]:
    """Every school and office; school staff get their own only."""
    return [_site(found) for found in asked.ask(show_site.list_sites)]


@sites.get("/{site}", operation_id="show_site")
def read_site(asked: Asked, site: str) -> SiteShown:
    """One site: whom to call, networks, devices, its register summed up."""
    found = asked.ask(show_site.show_site, site)
    return SiteShown(
        **_site(found).model_dump(),
        contacts=found.site.contacts,
        networks=found.site.networks,
        managed=[_device(device) for device in found.managed],
        by_kind=dict(found.by_kind),
        by_state=dict(found.by_state),
        value=f"{found.price // 100}.{found.price % 100:02}",
    )


@devices.get("", operation_id="list_devices")
def list_devices(
    asked: Asked,
    paged: Paged,
    q: Words = "",
    site: Choice = None,
    role: Choice = None,
    platform: Choice = None,
    model: Choice = None,
    tag: Choice = None,
) -> Page[DeviceListed]:
    """Look through the devices, by name; school staff find their own only."""
    choices = {"site": site, "role": role, "platform": platform, "model": model, "tag": tag}
    found = asked.ask(show_device.list_devices, _wanted(q, choices))
    return paged.page_of_rising(found.rows, lambda device: device.name, _device)


@devices.get("/{name}", operation_id="show_device")
def read_device(asked: Asked, name: str) -> DeviceShown:
    """One device: as declared, in the register, as it said itself, and what touched it."""
    found = asked.ask(show_device.show_device, name)
    return DeviceShown(
        **_device(found.device).model_dump(),
        register_row=AssetShown.of(found.asset) if found.asset else None,
        look=_look(found.look) if found.look else None,
        cases=list(found.cases),
        runs=list(found.runs),
    )


@devices.post("/{name}/look", operation_id="look_at_device")
def look(asked: Asked, name: str) -> LookShown:
    """Ask the device now for its facts and interfaces, and keep them; nothing on it is changed."""
    return _look(asked.ask(look_at_device.look_at_device, name))


@devices.get("/{name}/configurations", operation_id="list_configurations")
def versions(asked: Asked, name: str) -> list[Version]:
    """The versions kept of its configuration, newest first."""
    return list(asked.ask(show_configuration.list_configurations, name))


@devices.get("/{name}/configurations/{version}", operation_id="show_configuration")
def read_configuration(asked: Asked, name: str, version: str) -> ConfigurationShown:
    """One version, by its id or the first digits of it, every secret hidden."""
    found = asked.ask(show_configuration.show_configuration, name, version)
    return ConfigurationShown(version=found.version, text=found.text)


@devices.get("/{name}/configuration-changes", operation_id="compare_configurations")
def compare(asked: Asked, name: str, old: Choice = None, new: Choice = None) -> ComparisonShown:
    """What changed between two versions, by default the last two, secrets hidden before."""
    found = asked.ask(show_configuration.compare_configurations, name, old, new)
    return ComparisonShown(
        old=found.old, new=found.new, pairs=list(found.pairs), hidden=found.hidden
    )


def _wanted(words: str, choices: dict[str, str | None]) -> Wanted:
    """What to look for, in the shelf's own order, all of it."""
    return Wanted(words, {name: value for name, value in choices.items() if value})


def _site(found: show_site.SiteSummary) -> SiteListed:
    told = found.site.model_dump(include=set(SiteListed.model_fields) - {"devices", "assets"})
    return SiteListed(**told, devices=found.devices, assets=found.assets)


def _device(device: Device) -> DeviceListed:
    return DeviceListed(**{name: getattr(device, name) for name in DeviceListed.model_fields})


def _look(found: Look) -> LookShown:
    return LookShown(
        at=found.at,
        facts=found.facts,
        interfaces=found.interfaces,
        ntp=found.ntp,
        users=found.users,
        interfaces_at=found.interfaces_at,
    )
