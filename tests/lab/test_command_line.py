"""The lab's command line: what works, what is refused and with which words."""

import json
import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.lab.__main__ import main
from controller.lab.faults import FAULTS
from tests.lab.targets import Target, device_row, run_lab, wait_until, worker_network, write_lab


def address() -> str:
    return f"{worker_network()}.8.1"


@pytest.fixture
def one_switch(tmp_path: Path) -> Iterator[Path]:
    """LAB.json of one switch; whatever runs from it is stopped afterwards."""
    path = write_lab(tmp_path, [device_row("sw", "arista_eos", address())])
    yield path
    run_lab("down", str(tmp_path / "state"))


def test_up_twice_is_one_lab_and_a_different_one_is_refused(one_switch: Path) -> None:
    state = one_switch.parent / "state"
    first = run_lab("up", str(one_switch))
    assert (first.returncode, first.stderr) == (0, "")
    pid = (state / "lab.pid").read_text(encoding="utf-8")
    again = run_lab("up", str(one_switch))
    assert again.returncode == 0
    assert "running already" in again.stdout
    assert (state / "lab.pid").read_text(encoding="utf-8") == pid

    write_lab(one_switch.parent, [device_row("other", "arista_eos", address())])
    different = run_lab("up", str(one_switch))
    assert different.returncode == 2
    assert "a different lab is running" in different.stderr


def test_the_password_is_made_once_and_is_nobody_elses_business(one_switch: Path) -> None:
    run_lab("up", str(one_switch))
    path = one_switch.parent / "password"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    password = path.read_text(encoding="utf-8").strip()
    assert len(password) >= 16
    state = one_switch.parent / "state"
    for other in (path for path in state.rglob("*") if path.is_file()):
        assert password not in other.read_text(encoding="utf-8", errors="replace")
    pid = (state / "lab.pid").read_text(encoding="utf-8")
    process = Path("/proc") / pid / "cmdline"
    if process.exists():
        assert password not in process.read_text(encoding="utf-8")


def test_sigterm_stops_a_lab_cleanly(one_switch: Path) -> None:
    state = one_switch.parent / "state"
    run_lab("up", str(one_switch))
    os.kill(int((state / "lab.pid").read_text(encoding="utf-8")), signal.SIGTERM)
    wait_until(lambda: not (state / "lab.pid").exists())
    assert not (state / "addresses.json").exists()
    down = run_lab("down", str(state))
    assert (down.returncode, "no lab was running" in down.stdout) == (0, True)


def test_a_killed_lab_leaves_nothing_that_hinders_the_next(one_switch: Path) -> None:
    state = one_switch.parent / "state"
    run_lab("up", str(one_switch))
    pid = int((state / "lab.pid").read_text(encoding="utf-8"))
    os.kill(pid, signal.SIGKILL)
    wait_until(
        lambda: json.loads(run_lab("status", str(state), "--json").stdout)["running"] is False
    )
    assert run_lab("up", str(one_switch)).returncode == 0
    assert int((state / "lab.pid").read_text(encoding="utf-8")) != pid


def test_share_puts_every_device_on_one_address(tmp_path: Path) -> None:
    rows = [device_row(name, "cisco_ios", "127.255.255.9", port=22) for name in ("a", "b")]
    state = tmp_path / "state"
    try:
        assert run_lab("up", str(write_lab(tmp_path, rows)), "--share").returncode == 0
        places = json.loads((state / "addresses.json").read_text(encoding="utf-8"))
        assert {place["address"] for place in places.values()} == {"127.0.0.1"}
        assert places["a"]["port"] != places["b"]["port"]
    finally:
        run_lab("down", str(state))


def test_status_tells_how_a_device_is(ios: Target) -> None:
    assert (
        run_lab("fault", str(ios.state_dir), ios.name, "slow-prompt", "--value", "3").returncode
        == 0
    )
    row = next(
        row
        for row in json.loads(run_lab("status", str(ios.state_dir), "--json").stdout)["devices"]
        if row["name"] == ios.name
    )
    assert row["faults"] == {"slow-prompt": {"value": "3", "count": None}}
    assert (row["address"], row["port"]) == (ios.address, ios.port)
    line = next(
        line
        for line in run_lab("status", str(ios.state_dir)).stdout.splitlines()
        if line.startswith(f"{ios.name} ")
    )
    assert "slow-prompt" in line
    assert run_lab("fault", str(ios.state_dir), ios.name, "slow-prompt", "--off").returncode == 0
    assert ios.status()["faults"] == {}


def test_a_person_types_on_the_console_and_sees_the_configuration(eos: Target) -> None:
    state = str(eos.state_dir)
    typed = run_lab("type", state, eos.name, "--", "interface Ethernet2", "description Moved")
    assert "1 lines changed" in typed.stdout
    assert "   description Moved\n" in run_lab("show", state, eos.name).stdout
    assert "Moved" not in run_lab("show", state, eos.name, "--startup").stdout
    refused = run_lab("type", state, eos.name, "--", "flurb")
    assert refused.returncode == 2
    assert "the device refused: flurb" in refused.stderr


def test_faults_explains_every_fault_in_both_languages() -> None:
    shown = run_lab("faults").stdout
    for fault in FAULTS.values():
        assert fault.name in shown
        assert fault.th in shown
        assert fault.en in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("fly",), "invalid choice"),
        (("up", "/nowhere/LAB.json"), "cannot read /nowhere/LAB.json"),
        (("status", "/nowhere"), "no lab is running in /nowhere"),
        (("show", "/nowhere", "a"), "no lab is running in /nowhere"),
        (("type", "/nowhere", "a"), "required: LINE"),
        (("fault", "{state}", "nobody", "freeze"), "there is no device nobody"),
        (("fault", "{state}", "{device}", "fire"), "unknown fault 'fire'"),
        (("fault", "{state}", "{device}", "freeze", "--value", "1"), "freeze takes no --value"),
        (("fault", "{state}", "{device}", "slow-prompt", "--value", "x"), "positive number"),
        (("fault", "{state}", "{device}", "freeze", "--count", "0"), "--count must be 1"),
        (("fault", "{state}", "{device}", "freeze", "--count", "x"), "invalid int value"),
    ],
)
def test_wrong_arguments_are_explained(
    one_ios: Target, arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {"state": str(one_ios.state_dir), "device": one_ios.name}
    try:
        code = main([argument.format(**known) for argument in arguments])
    except SystemExit as stopped:
        code = stopped.code if isinstance(stopped.code, int) else 1
    assert code == 2
    assert words in capsys.readouterr().err


def test_reset_does_not_empty_a_folder_that_is_no_labs(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    result = run_lab("reset", str(tmp_path))
    assert result.returncode == 2
    assert (tmp_path / "thesis.txt").exists()


def test_a_taken_port_is_explained(ios: Target, tmp_path: Path) -> None:
    rows = [device_row("sw", "cisco_ios", ios.address, port=ios.port)]
    result = run_lab("up", str(write_lab(tmp_path, rows)))
    assert result.returncode == 2
    assert f"cannot listen on {ios.address}:{ios.port}" in result.stderr
