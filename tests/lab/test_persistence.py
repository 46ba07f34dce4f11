"""What survives a reboot and a power cycle, and what does not."""

import json
from pathlib import Path

from tests.lab.clients import netmiko_session
from tests.lab.targets import Target, device_row, run_lab, wait_until, worker_network, write_lab


def test_a_reboot_brings_the_saved_configuration_and_keeps_flash(ios: Target) -> None:
    with netmiko_session(ios) as session:
        session.send_config_set(["vlan 40", "name SAVED", "file prompt quiet"])
        session.save_config()
        session.send_command("copy running-config flash:/kept.txt")
        session.send_config_set(["vlan 41", "name UNSAVED"])
    assert ios.status()["unsaved"] is True
    assert run_lab("reboot", str(ios.state_dir), ios.name).returncode == 0
    assert ios.status()["problem"] == "rebooting"
    wait_until(lambda: ios.status()["access"] == "open")
    assert "name SAVED" in ios.running()
    assert "name UNSAVED" not in ios.running()
    with netmiko_session(ios) as session:
        assert "name SAVED" in session.send_command("more flash:/kept.txt")


def test_down_and_up_is_a_power_cycle_and_reset_forgets(tmp_path: Path) -> None:
    address = f"{worker_network()}.9.1"
    rows = [
        device_row("a", "cisco_ios", address),
        device_row("b", "arista_eos", address),
    ]
    lab, state = str(write_lab(tmp_path, rows)), tmp_path / "state"
    assert run_lab("up", lab).returncode == 0
    try:
        password = (tmp_path / "password").read_text(encoding="utf-8").strip()
        place = json.loads((state / "addresses.json").read_text(encoding="utf-8"))["a"]
        target = Target(state, "a", "cisco_ios", **place, password=password)
        with netmiko_session(target) as session:
            session.send_config_set(["vlan 40", "name SAVED"])
            session.save_config()
        assert run_lab("type", str(state), "a", "--", "vlan 41").returncode == 0
        assert run_lab("down", str(state)).returncode == 0
        assert not (state / "addresses.json").exists()

        assert run_lab("up", lab).returncode == 0
        shown = run_lab("show", str(state), "a").stdout
        assert "name SAVED" in shown
        assert "vlan 41" not in shown
        assert (tmp_path / "password").read_text(encoding="utf-8").strip() == password

        assert run_lab("reset", str(state)).returncode == 0
        assert run_lab("up", lab).returncode == 0
        assert "name SAVED" not in run_lab("show", str(state), "a", "--startup").stdout
    finally:
        run_lab("down", str(state))
