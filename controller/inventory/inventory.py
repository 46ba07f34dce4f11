"""The whole inventory of an office, as one frozen value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from controller.inventory.asset import Asset
from controller.inventory.device import Device
from controller.inventory.office import Office
from controller.inventory.site import Site
from controller.inventory.watching import Watching

T = TypeVar("T")
RESERVED = frozenset({"device", "site", "secret"})
"""Names templates know already, so no variable may take them."""


class Groups(BaseModel):
    """The file `inventory/groups.yaml`: variables by platform, role and site group."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    all: dict[str, Any] = Field(default_factory=dict)
    platforms: dict[str, dict[str, Any]] = Field(default_factory=dict)
    roles: dict[str, dict[str, Any]] = Field(default_factory=dict)
    districts: dict[str, dict[str, Any]] = Field(default_factory=dict)


def template_variables(groups: Groups, site: Site, device: Device) -> dict[str, Any]:
    """Template variables of a device: all < platform < role < district < site < device.

    Beside them stand `device` and `site`, the two values themselves.
    """
    merged: dict[str, Any] = dict(groups.all)
    merged |= groups.platforms.get(device.platform, {})
    merged |= groups.roles.get(device.role, {})
    merged |= groups.districts.get(site.district, {})
    merged |= site.variables
    merged |= device.variables
    return merged | {"device": device, "site": site}


@dataclass(frozen=True)
class Inventory:
    """Office, sites, devices, register rows and what is watched how, of one workspace."""

    office: Office
    sites: tuple[Site, ...]
    groups: Groups
    assets: tuple[Asset, ...]
    watching: Watching = field(default_factory=Watching)

    @cached_property
    def devices(self) -> tuple[Device, ...]:
        """Every device of every site, by name."""
        return tuple(sorted((d for s in self.sites for d in s.devices), key=lambda d: d.name))

    @cached_property
    def _site_by_name(self) -> dict[str, Site]:
        return {site.site: site for site in self.sites}

    @cached_property
    def _device_by_name(self) -> dict[str, Device]:
        return {device.name: device for device in self.devices}

    @cached_property
    def _kept(self) -> dict[str, Any]:
        return {}

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, made once for this value of the inventory and then remembered."""
        if name not in self._kept:
            self._kept[name] = make()
        found: T = self._kept[name]
        return found

    def site(self, name: str) -> Site | None:
        """The site of this name."""
        return self._site_by_name.get(name)

    def device(self, name: str) -> Device | None:
        """The device of this name."""
        return self._device_by_name.get(name)

    def site_of(self, device: Device) -> Site:
        """The site a device stands at."""
        return self._site_by_name[device.site]

    def variables(self, device: Device) -> dict[str, Any]:
        """What the device's template may name; see `template_variables`."""
        return template_variables(self.groups, self.site_of(device), device)
