"""Render the intended configuration of a whole office and plan it from stored backups.

`python -m bench.stored_plan keep DIR` stores what every device of the workspace would have, and
`... plan DIR` computes the plan from that and prints its id. Only the second is measured.
"""

from __future__ import annotations

import sys
from pathlib import Path

from controller.accounts.actor import Actor
from controller.app import open_app
from controller.inventory.device import Device
from controller.lab.devices.arista_eos import defaults as eos
from controller.lab.devices.cisco_ios import defaults as ios
from controller.operations.back_up_devices import keep_backups
from controller.operations.context import Context
from controller.operations.predict_change import predict_change

DEFAULTS = {"cisco_ios": ios.default_configuration, "arista_eos": eos.default_configuration}


def configuration(device: Device) -> str:
    """What the lab gives such a device."""
    management, uplink = device.management_interface or "", device.uplink or ""
    return DEFAULTS[device.platform](device.name, device.address, management, uplink)


def keep(context: Context) -> None:
    """Store a backup of every device."""
    devices = context.workspace().inventory.devices
    keep_backups(context, "bench", devices, {d.name: configuration(d) for d in devices})


def plan(context: Context) -> None:
    """Plan for every device from its backup."""
    made = predict_change(context, Actor("bench", "bench", frozenset({"engineer"})), "all")
    sys.stdout.write(f"{made.id} {len(made.devices)} devices, {len(made.left_out)} left out\n")
    if len(made.devices) < len(made.left_out):
        sys.exit("most devices were left out: nothing was measured")


def main() -> None:
    """One of the two verbs, and the workspace."""
    verb, folder = sys.argv[1], Path(sys.argv[2])
    with open_app(folder) as context:
        {"keep": keep, "plan": plan}[verb](context)


if __name__ == "__main__":
    main()
