"""Trust on first use: another key later is refused before any password is sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from controller.connections import pins
from controller.errors import DeviceError, StoreError
from tests.connections.switch import Switch


def test_the_first_key_is_pinned_and_the_same_key_is_welcome(switch: Switch) -> None:
    switch.running()
    (pin,) = (switch.folder / "pins").iterdir()
    kind = "ssh" if switch.platform == "cisco_ios" else "tls"
    assert pin.name == f"{switch.lab.name}.{kind}"
    assert pin.read_text(encoding="ascii").startswith("SHA256:")
    switch.running()


def test_another_key_is_refused_until_the_old_one_is_forgotten(switch: Switch) -> None:
    switch.running()
    (pin,) = (switch.folder / "pins").iterdir()
    pin.write_text(pins.fingerprint(b"another key") + "\n", encoding="ascii")
    with pytest.raises(DeviceError, match="another key") as caught:
        switch.connect()
    assert not caught.value.retryable
    assert caught.value.hint is not None
    pins.forget(switch.folder, switch.lab.name)
    assert switch.running()


def test_a_wrong_key_is_found_before_the_password_is_sent(switch: Switch) -> None:
    switch.running()
    (pin,) = (switch.folder / "pins").iterdir()
    pin.write_text(pins.fingerprint(b"another key") + "\n", encoding="ascii")
    switch.lab.fault("refused-login")
    with pytest.raises(DeviceError, match="another key"):
        switch.connect()


def test_when_two_meet_a_device_for_the_first_time_one_key_wins(tmp_path: Path) -> None:
    def meet(number: int) -> str:
        try:
            pins.check(tmp_path, "switch", "ssh", b"key %d" % number)
        except pins.PinError:
            return "refused"
        return "welcome"

    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(meet, range(64)))
    assert outcomes.count("welcome") == 1
    assert [file.name for file in (tmp_path / "pins").iterdir()] == ["switch.ssh"]


def test_a_key_pinned_by_another_process_meanwhile_wins(tmp_path: Path) -> None:
    pins.check(tmp_path, "switch", "ssh", b"their key")
    file = tmp_path / "pins" / "switch.ssh"
    assert pins._pin(file, pins.fingerprint(b"our key")) == pins.fingerprint(b"their key")


def test_forgetting_what_was_never_known_is_nothing(tmp_path: Path) -> None:
    pins.forget(tmp_path, "switch")


def test_a_folder_that_cannot_be_written_is_a_matter_of_the_store(switch: Switch) -> None:
    (switch.folder / "pins").write_text("a file where the folder should be", encoding="ascii")
    with pytest.raises(StoreError, match="pinned key"):
        switch.connect()
