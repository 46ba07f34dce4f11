"""`khaen inventory --list`, `--host`, `script`: what Ansible asks of an inventory script."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from controller.cli import output, session

Listing = Annotated[
    bool, typer.Option("--list", help="For Ansible: every device and group, as JSON")
]
OneHost = Annotated[
    str, typer.Option("--host", help="For Ansible: the variables of one device, as JSON")
]
Select = Annotated[str, typer.Option("--select", "-s", help="Only the devices this means")]


def register(group: typer.Typer) -> None:
    """Add the options of the group itself, and its command `script`."""
    group.callback(invoke_without_command=True)(ask)
    group.command()(script)


def ask(
    context: typer.Context, listing: Listing = False, host: OneHost = "", select: Select = ""
) -> None:
    """Sites, devices and the hardware register; an inventory script for Ansible."""
    if context.invoked_subcommand:
        return
    if not listing and not host:
        typer.echo(context.get_help())
        return
    from controller.operations.list_ansible_inventory import list_ansible_inventory

    with session.signed_in() as (opened, actor):
        told = list_ansible_inventory(opened, actor, select)
    # Ansible expects an empty object for a name it made up itself, such as localhost.
    shown = told["_meta"]["hostvars"].get(host, {}) if host else told
    sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def script(select: Select = "") -> None:
    """Print an inventory script: khaen inventory script > khaen-inventory; chmod +x it.

    Then: ansible-inventory -i khaen-inventory --graph
    """
    khaen = Path(sys.executable).with_name("khaen")
    program = [str(khaen)] if khaen.exists() else [sys.executable, "-m", "controller.cli"]
    words = [*program, "-C", str(output.folder().absolute()), "inventory"]
    chosen = ["--select", select] if select else []
    command = " ".join(shlex.quote(word) for word in [*words, *chosen])
    sys.stdout.write(
        "#!/bin/sh\n"
        "# The devices of Khaen for Ansible by hand. It holds no secret: Ansible looks them up.\n"
        f'exec {command} "$@"\n'
    )
