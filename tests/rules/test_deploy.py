"""What stands in deploy/ fits the program: its commands, its files, its settings."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
import typer

from controller.cli.main import app
from tests.rules.tree import ROOT, told

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def _unit(path: Path) -> ConfigParser:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(path, encoding="utf-8")
    return unit


def _faults(words: list[str]) -> list[str]:
    """What `khaen` would not understand of a command line."""
    command, *rest = words
    known = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    if command not in known:
        return [f"no command {command}"]
    options = {name for p in known[command].params for name in (*p.opts, *p.secondary_opts)}
    return [f"{command} {w}" for w in rest if w.startswith("--") and w not in options]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_a_command_there_is(path: Path) -> None:
    program, *words = shlex.split(_unit(path)["Service"]["ExecStart"])
    assert program.endswith("/khaen")
    assert _faults([word for word in words if not word.startswith("$")]) == []


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_gives_no_more_than_is_needed(path: Path) -> None:
    service = _unit(path)["Service"]
    assert service["User"] == "khaen"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "true"
    assert service["UMask"] == "0077"
    assert set(service["CapabilityBoundingSet"].split()) <= {"CAP_NET_BIND_SERVICE"}


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here")
    program = tmp_path / "khaen"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    names = []
    for path in UNITS:
        text = path.read_text(encoding="utf-8")
        names.append(tmp_path / path.name.replace("@.", "@1."))
        names[-1].write_text(text.replace("/opt/khaen/.venv/bin/khaen", str(program)))
    ran = subprocess.run(
        ["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False
    )
    ours = [line for line in ran.stderr.splitlines() if "khaen" in line]
    assert not ours, told(ours)


def test_the_container_is_made_of_files_there_are() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
    assert copied
    for name in (name for line in copied for name in line.split()):
        assert (ROOT / name).exists(), name
    (command,) = re.findall(r'^CMD \["khaen", (.+)\]$', text, re.MULTILINE)
    assert _faults(re.findall(r'"([^"]+)"', command)) == []
