"""The devices as an inventory script tells Ansible of them, for those who run Ansible by hand."""

from __future__ import annotations

from typing import Any

from controller.accounts.actor import Actor, require
from controller.errors import InputError
from controller.inventory.selector import parse_selector
from controller.operations.context import Context
from controller.operations.select_devices import devices_meant
from controller.platforms.registry import PLATFORMS
from controller.playbooks.by_hand import by_hand
from controller.playbooks.inventory import ansible_inventory


def list_ansible_inventory(context: Context, actor: Actor, selector: str = "") -> dict[str, Any]:
    """What `--list` answers: groups, and under `_meta` the variables of every host.

    Without a selector every device the actor may see. It holds no secret: where one is needed
    stands how Ansible looks it up on this machine, in the environment or in the file that the
    settings name. Nothing is asked of any device.

    Errors: `InputError` for a selector that cannot be read, or that means no device.
    """
    require(actor, "show_inventory")
    inventory, settings = context.inventory(), context.settings
    meant = devices_meant(inventory, parse_selector(selector)) if selector else inventory.devices
    devices = [d for d in meant if actor.sees(d.site) and d.platform in PLATFORMS]
    enable = settings.credentials.enable_password
    told = ansible_inventory(
        inventory,
        devices,
        username=settings.credentials.username,
        secrets=settings.secrets,
        enable=enable is not None,
    )
    logins = {"login/password": settings.credentials.password}
    if enable is not None:
        logins["login/enable_password"] = enable
    places = _places(context, [device.name for device in devices])
    return by_hand(told, {**settings.secrets, **logins}, str(context.root), places)


def _places(context: Context, names: list[str]) -> dict[str, tuple[str, int]]:
    """Where devices really stand: the lab puts them elsewhere."""
    try:
        targets = [context.target(name) for name in names]
    except InputError:
        # There is no password here; the addresses of the inventory are true of all but a lab.
        return {}
    return {target.name: (target.address, target.port) for target in targets}
