"""The whole way of a change, on both platforms."""

from __future__ import annotations

import pytest

from controller.connections.session import OutcomeUnknown
from controller.errors import DeviceError
from tests.connections.switch import CANDIDATE, MORE, Switch, plain


def test_a_change_is_compared_committed_confirmed_on_a_new_connection_and_saved(
    switch: Switch,
) -> None:
    with switch.connect() as session:
        before = plain(session)
        diff = session.load(CANDIDATE, "merge")
        assert plain(session) == before
        token = session.commit(2)
    assert "name LIBRARY" in diff
    with switch.connect() as session:
        assert session.pending()
        assert "name LIBRARY" in session.running()
        session.confirm(token)
        assert not session.pending()
        assert "name LIBRARY" not in switch.lab.startup()
        session.save()
    assert "name LIBRARY" in switch.lab.startup()


def test_what_is_there_already_makes_no_difference(switch: Switch) -> None:
    switch.load_and_commit(CANDIDATE, None)
    with switch.connect() as session:
        assert session.load(CANDIDATE, "merge") == ""


def test_the_configuration_from_before_replaces_the_one_after(switch: Switch) -> None:
    with switch.connect() as session:
        stored, before = plain(session), plain(session)
        session.load(CANDIDATE, "merge")
        session.commit(None)
    with switch.connect() as session:
        diff = session.load(stored, "replace")
        assert "ntp server 192.0.2.123" in diff
        session.confirm(session.commit(2))
        assert plain(session) == before


def test_discarding_leaves_nothing(switch: Switch) -> None:
    with switch.connect() as session:
        before = plain(session)
        session.load(CANDIDATE, "merge")
        session.discard()
        session.discard()
        assert plain(session) == before
        with pytest.raises(DeviceError, match="out of order"):
            session.commit(2)


def test_the_last_candidate_loaded_is_the_one_committed(switch: Switch) -> None:
    with switch.connect() as session:
        session.load(CANDIDATE, "merge")
        session.load(MORE, "merge")
        session.commit(None)
        assert "CANTEEN" in session.running()
        assert "LIBRARY" not in session.running()


def test_the_token_is_known_before_the_commit(switch: Switch) -> None:
    with switch.connect() as session:
        session.load(CANDIDATE, "merge")
        announced = session.token
        assert session.commit(2) == announced


def test_a_change_without_timer_is_not_pending_and_not_saved(switch: Switch) -> None:
    token = switch.load_and_commit(CANDIDATE, None)
    with switch.connect() as session:
        assert not session.pending()
        assert "LIBRARY" in session.running()
        for step in (session.confirm, session.revert):
            with pytest.raises(DeviceError, match="no change waits") as caught:
                step(token)
            assert not isinstance(caught.value, OutcomeUnknown)
    assert "LIBRARY" not in switch.lab.startup()


def test_facts_and_interfaces(switch: Switch) -> None:
    with switch.connect() as session:
        up = session.interfaces_up()
        facts = session.facts()
    assert facts["hostname"] == switch.lab.name
    assert facts["serial_number"]
    assert up
    assert up <= set(facts["interface_list"])


def test_an_interface_that_goes_down_is_missed(switch: Switch) -> None:
    with switch.connect() as session:
        port = min(name for name in session.interfaces_up() if "thernet" in name)
        session.load(f"interface {port}\n shutdown\n", "merge")
        session.commit(None)
        assert port not in session.interfaces_up()


def test_a_new_host_name_does_not_lose_the_prompt(switch: Switch) -> None:
    with switch.connect() as session:
        session.load("hostname another-name-that-is-quite-long\n", "merge")
        token = session.commit(2)
        assert "hostname another-name" in session.running()
        session.revert(token)
        assert f"hostname {switch.lab.name}" in session.running()


def test_a_device_tells_its_facts_and_interfaces(switch: Switch) -> None:
    with switch.connect() as session:
        facts, interfaces = session.facts(), session.interfaces()
        up = session.interfaces_up()
    assert facts["hostname"] == switch.lab.name
    assert facts["model"]
    assert facts["serial_number"]
    assert {"is_up", "is_enabled", "description", "speed"} <= interfaces[min(up)].keys()
    assert interfaces[min(up)]["is_up"] is True
