"""`khaen lab`: the sample's devices, simulated on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from controller.cli import output, session

lab = typer.Typer(help="Simulated devices one can log in to.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(lab, name="lab")


@lab.command()
def up(
    minute_seconds: Annotated[
        float, typer.Option(help="Seconds a minute of the devices' timers lasts")
    ] = 60.0,
    share_address: Annotated[
        bool, typer.Option("--share", help="All devices on 127.0.0.1, told apart by port")
    ] = False,
    delivered: Annotated[
        Path | None,
        typer.Option(help="JSON list of delivered devices that answer SNMP; kept for next time"),
    ] = None,
) -> None:
    """Start every device of the inventory that has an address on this machine."""
    from controller.operations.prepare_lab import prepare_lab

    with session.opened() as context:
        prepared = prepare_lab(context, minute_seconds, delivered)
        language = output.language()
    extra = ["--share"] if share_address else []
    _run(["up", str(prepared.file), "--wait", *extra], language)
    output.say(
        f"อุปกรณ์จำลอง {prepared.devices} เครื่องพร้อมใช้งาน",
        f"{prepared.devices} simulated devices are ready",
    )


@lab.command()
def down() -> None:
    """Switch the devices off; what they saved stays."""
    _on_state("down")


@lab.command()
def status(as_json: output.Json = False) -> None:
    """Show the devices, their state and the faults that are on."""
    _on_state("status", *(["--json"] if as_json else []))


@lab.command()
def reset() -> None:
    """Switch the devices off and forget everything they had."""
    from controller.operations.prepare_lab import forget_lab_keys

    _on_state("reset")
    with session.opened() as context:
        forget_lab_keys(context)


@lab.command()
def faults() -> None:
    """List the faults that can be injected."""
    _run(["faults"], output.language())


@lab.command()
def fault(
    device: str,
    name: str,
    off: Annotated[bool, typer.Option("--off", help="Take the fault away")] = False,
    value: Annotated[str | None, typer.Option(help="Seconds, or what the fault needs")] = None,
    count: Annotated[int | None, typer.Option(help="How many times")] = None,
) -> None:
    """Inject a fault into a device, or take it away."""
    words = [device, name, "--off" if off else "--on"]
    words += ["--value", value] if value is not None else []
    words += ["--count", str(count)] if count is not None else []
    _on_state("fault", *words)


@lab.command()
def reboot(device: str) -> None:
    """Switch a device off and on again."""
    _on_state("reboot", device)


@lab.command("type")
def type_lines(device: str, lines: list[str]) -> None:
    """Type configuration lines on a device's console, as a person in the room would."""
    _on_state("type", device, "--", *lines)


@lab.command()
def show(
    device: str,
    startup: Annotated[bool, typer.Option("--startup", help="The saved configuration")] = False,
) -> None:
    """Print a device's configuration as the device holds it."""
    _on_state("show", device, *(["--startup"] if startup else []))


def state_folder(folder: Path) -> Path:
    """Where the lab of a var folder keeps its state."""
    return folder / "lab"


def _on_state(command: str, *words: str) -> None:
    with session.opened() as context:
        state = state_folder(context.folder)
        language = output.language()
    _run([command, str(state), *words], language)


def _run(words: list[str], language: str) -> None:
    command = [sys.executable, "-m", "controller.lab", *words]
    code = subprocess.run(command, check=False, env=_environment(language)).returncode
    if code:
        raise typer.Exit(code)


def _environment(language: str) -> dict[str, str]:
    return {**os.environ, "KHAEN_LANG": language}
