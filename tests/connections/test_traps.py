"""Traps that were found in the drivers and the devices; each must stay shut."""

from __future__ import annotations

import gc
import time

import pytest

from controller.connections import eos as eos_module
from controller.connections.session import OutcomeUnknown
from controller.errors import DeviceError
from tests.connections.switch import CANDIDATE, MORE, WRONG_LINE, Switch, plain
from tests.lab.targets import wait_until

EARLIER = ("vlan 66", "name EARLIER")


def test_closing_does_not_take_a_pending_change_back(switch: Switch) -> None:
    session = switch.connect()
    session.load(CANDIDATE, "merge")
    token = session.commit(2)
    session.close()
    session.close()
    del session
    gc.collect()  # NAPALM's finalizer closes too
    with switch.connect() as session:
        assert session.pending()
        assert "LIBRARY" in session.running()
        session.confirm(token)
        assert "LIBRARY" in session.running()


def test_closing_with_a_loaded_candidate_leaves_no_session_behind(eos: Switch) -> None:
    with eos.connect() as session:
        session.load(CANDIDATE, "merge")
    with eos.connect() as session:
        assert _sessions(session) == {}
        assert "LIBRARY" not in session.running()


def test_reverting_keeps_earlier_changes_that_nobody_saved(switch: Switch) -> None:
    switch.lab.type(*EARLIER)
    before = switch.running()
    assert "EARLIER" in before
    token = switch.load_and_commit(CANDIDATE, 2)
    with switch.connect() as session:
        session.revert(token)
        assert plain(session) == before
        assert not session.pending()
    assert "EARLIER" not in switch.lab.startup()


def test_the_timer_runs_out_by_itself_and_keeps_earlier_changes(switch: Switch) -> None:
    switch.lab.type(*EARLIER)
    before = switch.running()
    token = switch.load_and_commit(CANDIDATE, 1)
    assert "LIBRARY" in switch.running()
    wait_until(lambda: "LIBRARY" not in switch.lab.running())
    with switch.connect() as session:
        assert plain(session) == before
        for step in (session.confirm, session.revert):
            with pytest.raises(DeviceError, match="no change waits"):
                step(token)


def test_a_lost_token_does_not_lose_the_change(switch: Switch) -> None:
    switch.load_and_commit(CANDIDATE, 2)
    with switch.connect() as session:
        session.revert("")
        assert "LIBRARY" not in session.running()
    switch.load_and_commit(CANDIDATE, 2)
    with switch.connect() as session:
        session.confirm("")
        assert not session.pending()
        assert "LIBRARY" in session.running()


def test_a_second_change_waits_for_the_first(switch: Switch) -> None:
    token = switch.load_and_commit(CANDIDATE, 2)
    with switch.connect() as session:
        session.load(MORE, "merge")
        with pytest.raises(DeviceError, match="waiting for confirmation") as caught:
            session.commit(2)
        assert not isinstance(caught.value, OutcomeUnknown)
        assert "CANTEEN" not in session.running()
        assert session.pending()
        session.confirm(token)


def test_a_merge_on_ios_is_not_atomic_and_is_taken_back_at_once(ios: Switch) -> None:
    with ios.connect() as session:
        before = plain(session)
        session.load(f"{CANDIDATE}{WRONG_LINE['cisco_ios']}\n{MORE}", "merge")
        with pytest.raises(OutcomeUnknown) as caught:
            session.commit(2)
    assert caught.value.taken_back
    assert "spanning-tree moed" in caught.value.message.en
    assert not caught.value.retryable
    assert ios.running() == before


def test_a_merge_on_ios_without_timer_stays_half_applied_and_says_so(ios: Switch) -> None:
    with ios.connect() as session:
        session.load(f"{CANDIDATE}{WRONG_LINE['cisco_ios']}\n", "merge")
        with pytest.raises(OutcomeUnknown, match="verify") as caught:
            session.commit(None)
    assert not caught.value.taken_back
    assert "LIBRARY" in ios.running()


def test_a_replace_on_ios_is_taken_back_by_the_device(ios: Switch) -> None:
    with ios.connect() as session:
        before = plain(session)
        wrong = before.replace("\nend", f"\n{WRONG_LINE['cisco_ios']}\nend")
        session.load(wrong, "replace")
        with pytest.raises(OutcomeUnknown) as caught:
            session.commit(2)
        assert caught.value.taken_back
        assert plain(session) == before


def test_a_wrong_line_never_gets_into_an_eos_session(eos: Switch) -> None:
    with eos.connect() as session:
        before = plain(session)
        with pytest.raises(DeviceError, match="spanning-tree moed") as caught:
            session.load(f"{CANDIDATE}{WRONG_LINE['arista_eos']}\n", "merge")
        assert not isinstance(caught.value, OutcomeUnknown)
        assert not caught.value.retryable
        assert plain(session) == before
        assert _sessions(session) == {}


def test_files_are_copied_without_a_trace_in_the_configuration(ios: Switch) -> None:
    with ios.connect() as session:
        before = plain(session)
        session.load(CANDIDATE, "merge")
        assert plain(session) == before
        token = session.commit(2)
        assert "file prompt" not in session.running()
        session.revert(token)
        assert plain(session) == before
    assert "file prompt" not in ios.lab.running()


def test_a_planned_candidate_needs_no_second_copy(ios: Switch) -> None:
    with ios.connect() as session:
        session.load(CANDIDATE, "merge")
        session.discard()
    ios.lab.type("no ip scp server enable")
    with ios.connect() as session:
        session.load(CANDIDATE, "merge")
        with pytest.raises(DeviceError, match="cannot be copied"):
            session.load(MORE, "merge")


def test_candidates_of_forgotten_plans_do_not_fill_the_flash(ios: Switch) -> None:
    with ios.connect() as session:
        for number in range(12):
            session.load(f"vlan {200 + number}\n", "merge")
        listing = session._terminal.ask("dir flash:")  # type: ignore[attr-defined]
    assert 8 <= listing.count("khaen-") <= 9


def test_somebody_elses_open_session_is_a_lock(
    eos: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eos_module, "LOCK_SECONDS", 0.0)
    with eos.connect() as session:
        _open_session(session, "maintenance-night")
        with pytest.raises(DeviceError, match=r"lock.*maintenance-night") as caught:
            session.load(CANDIDATE, "merge")
        assert caught.value.retryable


def test_what_was_compared_is_what_is_committed_whoever_plans_meanwhile(switch: Switch) -> None:
    with switch.connect() as first, switch.connect() as second:
        first.load(CANDIDATE, "merge")
        second.load(MORE, "merge")
        first.commit(None)
        second.discard()
        assert "LIBRARY" in first.running()
        assert "CANTEEN" not in first.running()


def test_a_session_left_by_a_killed_process_is_cleared_away(eos: Switch) -> None:
    old = f"khaen-{int(time.time()) - 3600:08x}-0000aa"
    young = f"khaen-{int(time.time()):08x}-0000bb"
    with eos.connect() as session:
        _open_session(session, old)
        _open_session(session, young)
        session.load(CANDIDATE, "merge")
        assert old not in _sessions(session)
        assert young in _sessions(session)


def test_no_archive_no_timer_no_change(ios: Switch) -> None:
    ios.lab.type("no archive")
    with ios.connect() as session:
        before = plain(session)
        session.load(CANDIDATE, "merge")
        with pytest.raises(DeviceError, match="archive") as caught:
            session.commit(2)
        assert not isinstance(caught.value, OutcomeUnknown)
        assert plain(session) == before


def _open_session(session: object, name: str) -> None:
    session._run([f"configure session {name}", "end"])  # type: ignore[attr-defined]


def _sessions(session: object) -> dict[str, object]:
    (answer,) = session._run(["show configuration sessions"])  # type: ignore[attr-defined]
    found = answer["sessions"]
    assert isinstance(found, dict)
    return found
