"""The command `khaen`: its commands, and how every error ends (exit codes by kind)."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import controller
from controller.cli import (
    account,
    alerts,
    apply,
    archive,
    audit,
    audit_log,
    availability,
    backup,
    case,
    completion,
    demo,
    discover,
    doctor,
    drift,
    evidence,
    form,
    graph,
    health,
    history,
    home,
    inventory,
    lab,
    manual,
    notice,
    output,
    plan,
    playbook,
    remediate,
    report,
    restore,
    rules,
    schedule,
    serve,
    spec,
    survey,
    token,
    topology,
    traps,
    worker,
    workspace,
)
from controller.cli.failures import run_and_exit

app = typer.Typer(
    name="khaen",
    help="What the director approved is exactly what reaches the devices.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"khaen {controller.__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    workspace_folder: Annotated[
        str,
        typer.Option("--workspace", "-C", help="Work in this folder instead of the current one"),
    ] = ".",
    language: Annotated[
        str | None, typer.Option("--lang", help="th or en; also by KHAEN_LANG or khaen.toml")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version")
    ] = False,
) -> None:
    """Infrastructure as code for an educational service area office."""
    output.begin(workspace_folder, language)


for module in (
    workspace,
    lab,
    inventory,
    health,
    backup,
    plan,
    playbook,
    restore,
    drift,
    manual,
    case,
    form,
    survey,
    notice,
    apply,
):
    module.register(app)
for module in (graph, archive, alerts, traps, availability, audit, remediate, rules, report):
    module.register(app)
for module in (
    schedule,
    evidence,
    topology,
    discover,
    home,
    audit_log,
    history,
    doctor,
    completion,
    account,
    token,
    serve,
    spec,
    worker,
    demo,
):
    module.register(app)


def main() -> None:
    """Entry point of `khaen`. Exit codes: 0 done, 2 input, 3 refused, 4 device, 5 store, 70 bug."""
    run_and_exit(app)


__all__ = ["app", "main"]
