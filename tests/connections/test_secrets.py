"""Secrets reach the device and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.connections.hiding import Hiding
from controller.errors import DeviceError, InputError
from controller.platforms.registry import platform
from tests.connections.switch import CANDIDATE, SECRETS, Switch, everything_in, hides_all

VALUE = SECRETS["snmp_ro"]


def test_the_value_goes_to_the_device_and_the_reference_comes_back(switch: Switch) -> None:
    with switch.connect() as session:
        diff = session.load(CANDIDATE, "merge")
        session.commit(None)
    assert f"snmp-server community {VALUE}" in switch.lab.running()
    assert "⟦secret:snmp_ro⟧" in diff
    assert VALUE not in diff


def test_a_secret_on_the_device_is_redacted_in_a_difference(switch: Switch) -> None:
    switch.lab.type("snmp-server community only-the-device-knows ro")
    with switch.connect() as session:
        wanted = session.running().replace("snmp-server community only-the-device-knows", "!")
        diff = session.load(wanted, "replace")
    assert "snmp-server community" in diff
    assert "only-the-device-knows" not in diff


def test_an_unknown_reference_is_refused_with_the_nearest_name(switch: Switch) -> None:
    with switch.connect() as session, pytest.raises(InputError) as caught:
        session.load("snmp-server community ⟦secret:snmp_roo⟧ ro\n", "merge")
    assert caught.value.hint is not None
    assert "snmp_ro" in caught.value.hint.en


@pytest.mark.parametrize("value", ["ro", "two\nlines", ""])
def test_a_value_that_cannot_be_hidden_is_refused(switch: Switch, value: str) -> None:
    with (
        replace(switch, secrets={"snmp_ro": value}).connect() as session,
        pytest.raises(InputError, match="at least 4"),
    ):
        session.load(CANDIDATE, "merge")
    assert "ntp server 192.0.2.123" not in switch.lab.running()


def test_a_rejected_line_is_quoted_without_its_secret(switch: Switch) -> None:
    wrong = "snmp-server comunity ⟦secret:snmp_rw⟧ rw\n"
    with pytest.raises(DeviceError) as caught:
        switch.load_and_commit(wrong, 2)
    assert "comunity ⟦secret:snmp_rw⟧" in caught.value.message.en
    assert hides_all(caught.value, switch)


def test_a_line_cut_in_the_middle_of_a_secret_hides_the_half() -> None:
    hiding = Hiding(platform("cisco_ios"), SECRETS)
    for length in range(3, len(VALUE)):
        assert VALUE[:length] not in hiding.hide(f"the key is {VALUE[:length]}")


def test_spellings_of_quoted_values_are_hidden_too() -> None:
    value = 'quo"ted\\back'
    hiding = Hiding(platform("arista_eos"), {"odd": value}, ("pass'word\\x",))
    text = f'{value} {value!r} quo\\"ted\\\\back {"pass" + chr(39) + "word" + chr(92) + "x"!r}'
    hidden = hiding.hide(text)
    assert "quo" not in hidden
    assert "word" not in hidden


def test_the_checksum_of_a_file_with_a_secret_is_not_told(ios: Switch) -> None:
    with ios.connect() as session:
        session.load(CANDIDATE, "merge")
        ios.lab.fault("cut-line", value="show archive config rollback timer")
        with pytest.raises(DeviceError) as caught:
            session.commit(2)
    assert "verify /md5" in caught.value.transcript
    assert "not shown" in everything_in(caught.value)
