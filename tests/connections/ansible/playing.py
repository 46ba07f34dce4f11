"""A playbook on switches of the lab; as a program, one that a test can kill."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from controller.connections.ansible.run import AnsibleWork, run_playbook
from controller.connections.target import Target
from controller.inventory.device import Device
from controller.inventory.inventory import Groups, Inventory
from controller.inventory.office import Office
from controller.inventory.site import Site
from controller.platforms.registry import PLATFORMS
from controller.playbooks.inventory import ansible_inventory

if TYPE_CHECKING:
    # A program that only plays has no need of the tests' own libraries.
    from tests.connections.switch import Switch

SECRETS = {"snmp_ro": "kept-between-us-7"}
PLAYBOOK = "playbooks/test.yml"


def work_on(switches: Sequence[Switch], playbook: str, **more: Any) -> AnsibleWork:
    """The work of running `playbook` on these switches."""
    return work({s.lab.name: s.target() for s in switches}, playbook, **more)


def work(targets: dict[str, Target], playbook: str, **more: Any) -> AnsibleWork:
    """The work, on devices of an office that has no others."""
    devices = tuple(
        Device(
            name=name,
            platform=target.platform.name,
            role="access",
            address=target.address,
            site="school",
            district="somewhere",
        )
        for name, target in targets.items()
    )
    site = Site(
        site="school",
        name_th="โรงเรียน",
        name_en="School",
        kind="school",
        district="somewhere",
        devices=devices,
    )
    nobody: Any = Office.model_construct
    office = nobody(short="office")
    inventory = Inventory(office=office, sites=(site,), groups=Groups(), assets=())
    return AnsibleWork(
        files={PLAYBOOK: playbook.encode()},
        playbook=PLAYBOOK,
        inventory=ansible_inventory(inventory, devices, username="netadmin", secrets=SECRETS),
        targets=targets,
        folder=next(iter(targets.values())).folder,
        secrets=SECRETS,
        **more,
    )


def main() -> None:
    """Run what standard input says, on one IOS device."""
    told = json.load(sys.stdin)
    target = Target(
        name=told["name"],
        platform=PLATFORMS["cisco_ios"],
        address=told["address"],
        port=told["port"],
        username="netadmin",
        password=SecretStr(told["password"]),
        folder=Path(told["folder"]),
    )
    run_playbook(work({target.name: target}, told["playbook"]), lambda _: None, lambda: False)


if __name__ == "__main__":
    main()
