"""What Ansible is told of the devices, as an inventory script answers `--list`.

It names secrets, never holds them: `⟦secret:NAME⟧`. The same devices, settings and platforms give
the same inventory on any machine, so that its digest can stand in a plan.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.platforms.registry import PLATFORMS

_TEMPLATE = ("{{", "{%", "{#")
PASSWORD = "⟦secret:login/password⟧"  # noqa: S105  a reference
ENABLE_PASSWORD = "⟦secret:login/enable_password⟧"  # noqa: S105
"""References to what devices are logged in to with; no name in [secrets] can have a slash."""


def ansible_inventory(
    inventory: Inventory,
    devices: Iterable[Device],
    *,
    username: str,
    secrets: Collection[str] = (),
    enable: bool = False,
) -> dict[str, Any]:
    """The devices, their groups and variables.

    Groups are platforms (`cisco_ios`), roles (`access`), sites (`site_kkn_school_a`) and districts
    (`district_ban_phai`). Of each device: `ansible_*` by which it is reached, and

    * `khaen_device`: name, platform, role, model, serial, asset, uplink, tags ...;
    * `khaen_site`: name, name_th, name_en, kind, district, size;
    * `khaen_vlans`: the site's networks by name, with `vlan` and `prefix`;
    * `khaen_variables`: what the templates of configurations may name;
    * `khaen_secrets`: the names of `secrets`, each with a reference; of all devices.

    Devices of platforms nobody can log in to are left out. `enable`: there is an enable password.
    """
    known = sorted((d for d in devices if d.platform in PLATFORMS), key=lambda d: d.name)
    shared = {"khaen_secrets": {name: f"⟦secret:{name}⟧" for name in sorted(secrets)}}
    told: dict[str, Any] = {
        "_meta": {
            "hostvars": {
                d.name: _access(d, username, enable=enable) | _facts(inventory, d) for d in known
            }
        },
    }
    groups = _groups(known)
    told["all"] = {"children": [*groups, "ungrouped"], "vars": shared}
    return told | {name: {"hosts": members} for name, members in groups.items()}


def inventory_sha256(told: Mapping[str, Any]) -> str:
    """The digest of an inventory: 64 hexadecimal digits, the same on any machine."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def with_references(told: Any, value: Callable[[str], str]) -> Any:
    """The same, with every text that has a reference in it put through `value`."""
    if isinstance(told, Mapping):
        return {key: with_references(each, value) for key, each in told.items()}
    if isinstance(told, (list, tuple)):
        return [with_references(each, value) for each in told]
    return value(told) if isinstance(told, str) and "⟦secret:" in told else told


def as_data(told: Any) -> Any:
    """The same as data: what looks like a template is marked as none, as Ansible reads it."""
    if isinstance(told, Mapping):
        return {key: as_data(each) for key, each in told.items()}
    if isinstance(told, (list, tuple)):
        return [as_data(each) for each in told]
    if isinstance(told, str) and any(sign in told for sign in _TEMPLATE):
        return {"__ansible_unsafe": told}
    return told


def group_names(inventory: Inventory) -> tuple[str, ...]:
    """Every group a playbook may name in `hosts:`, beside `all`; sorted."""
    return tuple(sorted(_groups([d for d in inventory.devices if d.platform in PLATFORMS])))


def _groups(devices: Iterable[Device]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for device in devices:
        for name in (
            device.platform,
            device.role,
            _group("site", device.site),
            _group("district", device.district),
        ):
            groups.setdefault(name, []).append(device.name)
    return dict(sorted(groups.items()))


def _group(kind: str, name: str) -> str:
    """A name Ansible takes: it warns of anything but letters, digits and `_`."""
    return f"{kind}_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in name)


def _access(device: Device, username: str, *, enable: bool) -> dict[str, Any]:
    platform = PLATFORMS[device.platform]
    port = device.port or platform.transport_port
    told: dict[str, Any] = {
        "ansible_host": device.address,
        "ansible_network_os": platform.ansible_os,
        "ansible_user": username,
        "ansible_password": PASSWORD,
    }
    if platform.napalm_driver == "eos":
        told |= {
            "ansible_connection": "ansible.netcommon.httpapi",
            "ansible_httpapi_port": port,
            "ansible_httpapi_use_ssl": True,
            # Switches carry certificates they signed themselves; a run checks them by the pins.
            "ansible_httpapi_validate_certs": False,
        }
    else:
        told |= {
            "ansible_connection": "ansible.netcommon.network_cli",
            "ansible_port": port,
            # libssh knows none of the algorithms of old switches.
            "ansible_network_cli_ssh_type": "paramiko",
        }
    told |= {"ansible_become": True, "ansible_become_method": "ansible.netcommon.enable"}
    return told | ({"ansible_become_password": ENABLE_PASSWORD} if enable else {})


def _facts(inventory: Inventory, device: Device) -> dict[str, Any]:
    site = inventory.site_of(device)
    variables = inventory.variables(device)
    words = {"name_th", "name_en", "kind", "district", "size"}
    return {
        "khaen_device": device.model_dump(
            mode="json", exclude={"variables", "port", "snmp", "maintenance"}
        ),
        "khaen_site": {"name": site.site, **site.model_dump(mode="json", include=words)},
        "khaen_vlans": {n.name: {"vlan": n.vlan, "prefix": n.prefix} for n in site.networks},
        "khaen_variables": {
            name: value for name, value in variables.items() if name not in {"device", "site"}
        },
    }
