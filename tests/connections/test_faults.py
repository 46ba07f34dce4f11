"""Every way a device or its line can fail becomes a `DeviceError` that says what happened."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from controller.connections.session import OutcomeUnknown
from controller.errors import DeviceError
from tests.connections.switch import CANDIDATE, Switch, hides_all, plain
from tests.lab.targets import wait_until


def failure(switch: Switch) -> DeviceError:
    """What comes of reading and loading."""

    def read_and_load() -> None:
        with switch.connect() as session:
            session.running()
            session.load(CANDIDATE, "merge")

    with pytest.raises(DeviceError) as caught:
        read_and_load()
    error = caught.value
    assert error.device == switch.lab.name
    assert not isinstance(error, OutcomeUnknown)
    assert switch.lab.name in error.message.th
    assert hides_all(error, switch)
    return error


def test_slow_answers_are_only_slow(switch: Switch) -> None:
    switch.lab.fault("slow-prompt", value="0.1")
    assert switch.running().endswith("end\n")


def test_too_slow_answers_are_a_timeout(switch: Switch) -> None:
    switch.lab.fault("slow-prompt", value="5")
    error = failure(switch.impatient())
    assert "timed out" in error.message.en
    assert "หมดเวลา" in error.message.th
    assert error.retryable


def test_silence_in_mid_conversation_is_a_timeout(switch: Switch) -> None:
    with switch.impatient().connect() as session:
        switch.lab.fault("slow-prompt", value="5")
        with pytest.raises(DeviceError, match="mid-conversation") as caught:
            session.running()
    assert caught.value.retryable


def test_a_frozen_device_is_a_timeout(switch: Switch) -> None:
    switch.lab.fault("freeze")
    switch.lab.wait_for("frozen")
    error = failure(switch.impatient())
    assert "timed out" in error.message.en
    assert error.retryable


def test_a_cut_line_is_named(switch: Switch) -> None:
    switch.lab.fault("cut-line", value="running-config")
    error = failure(switch)
    assert "was cut" in error.message.en
    assert "สายหลุด" in error.message.th
    assert error.retryable


def test_a_refused_login_is_not_tried_again(switch: Switch) -> None:
    switch.lab.fault("refused-login")
    error = failure(switch)
    assert "refused the login" in error.message.en
    assert not error.retryable
    assert error.hint is not None


def test_a_wrong_password_is_a_refused_login(switch: Switch) -> None:
    wrong = replace(switch, lab=replace(switch.lab, password="not-the-password"))
    assert "refused the login" in failure(wrong).message.en


@pytest.mark.parametrize("words", [None, "running-config"])
def test_line_noise_is_garbage(switch: Switch, words: str | None) -> None:
    switch.lab.fault("garbage", value=words)
    error = failure(switch)
    assert "garbage" in error.message.en or "cannot be understood" in error.message.en
    assert error.retryable


def test_a_closed_port_refuses(switch: Switch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    away = replace(switch, lab=replace(switch.lab, address="127.0.0.1", port=port))
    error = failure(away)
    assert f"refused the connection at 127.0.0.1:{port}" in error.message.en
    assert error.retryable


def test_a_name_that_nobody_knows_is_unreachable(switch: Switch) -> None:
    nowhere = replace(switch, lab=replace(switch.lab, address="no-such-switch.invalid"))
    assert "cannot be reached" in failure(nowhere).message.en


@pytest.mark.parametrize("minutes", [2, None])
def test_half_a_commit_is_an_unknown_outcome(switch: Switch, minutes: int | None) -> None:
    before = switch.running()
    switch.lab.fault("half-commit")
    with pytest.raises(OutcomeUnknown) as caught:
        switch.load_and_commit(CANDIDATE, minutes)
    error = caught.value
    assert "verify" in error.message.en
    assert "ต้องตรวจสอบ" in error.message.th
    assert not error.retryable
    assert not error.taken_back
    assert hides_all(error, switch)
    with switch.connect() as session:
        assert plain(session) != before
        if minutes:
            session.revert("")
            assert plain(session) == before


def test_a_reboot_in_mid_commit_is_an_unknown_outcome(switch: Switch) -> None:
    before = switch.running()
    switch.lab.fault("reboot")
    with pytest.raises(OutcomeUnknown) as caught:
        switch.load_and_commit(CANDIDATE, 2)
    assert hides_all(caught.value, switch)
    switch.lab.wait_for("open")
    assert switch.running() == before


def test_a_lost_management_path_comes_back_by_the_timer(switch: Switch) -> None:
    before = switch.running()
    switch.lab.fault("lose-management")
    with pytest.raises(OutcomeUnknown):  # the line the commit came by is lost with it
        switch.load_and_commit(CANDIDATE, 1)
    with pytest.raises(DeviceError):
        switch.impatient().connect()
    switch.lab.wait_for("open")
    assert switch.running() == before


def test_an_uplink_lost_by_the_change_is_seen(switch: Switch) -> None:
    with switch.connect() as session:
        up = session.interfaces_up()
    switch.lab.fault("uplink-down")
    token = switch.load_and_commit(CANDIDATE, 2)
    with switch.connect() as session:
        lost = up - session.interfaces_up()
        assert len(lost) == 1
        session.revert(token)
        assert up == session.interfaces_up()


@pytest.mark.parametrize("step", ["confirm", "revert"])
def test_an_answer_lost_after_confirming_or_reverting_is_unknown(switch: Switch, step: str) -> None:
    token = switch.load_and_commit(CANDIDATE, 2)
    word = {"confirm": "commit", "revert": "abort"}[step]
    words = f"configure {step}" if switch.platform == "cisco_ios" else word
    switch.lab.fault("cut-line", value=words)
    with switch.connect() as session, pytest.raises(OutcomeUnknown):
        getattr(session, step)(token)
    wait_until(lambda: _not_pending(switch))
    assert ("LIBRARY" in switch.running()) == (step == "confirm")


def test_an_answer_lost_while_saving_touched_nothing(switch: Switch) -> None:
    with switch.connect() as session:
        switch.lab.fault("cut-line", value="write memory")
        with pytest.raises(DeviceError) as caught:
            session.save()
    assert not isinstance(caught.value, OutcomeUnknown)
    assert caught.value.retryable


def test_a_full_flash_is_named(ios: Switch) -> None:
    with ios.connect() as session:
        before = plain(session)
        huge = "! padding of a comment line that says nothing at all\n" * 100_000
        with pytest.raises(DeviceError, match="is full") as caught:
            session.load(huge, "merge")
        assert not caught.value.retryable
        assert plain(session) == before


def test_scp_that_is_off_is_named_with_what_to_do(ios: Switch) -> None:
    ios.lab.type("no ip scp server enable")
    with ios.connect() as session, pytest.raises(DeviceError, match="cannot be copied") as caught:
        session.load(CANDIDATE, "merge")
    assert caught.value.hint is not None
    assert "ip scp server enable" in caught.value.hint.en


def _not_pending(switch: Switch) -> bool:
    with switch.connect() as session:
        return not session.pending()
