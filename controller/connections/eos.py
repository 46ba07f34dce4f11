"""Arista EOS: a transaction is a configuration session, and a commit timer guards it."""

from __future__ import annotations

import re
import secrets as randomness
import time
from collections.abc import Mapping
from typing import Any

from napalm.eos import EOSDriver

from controller.connections.conversation import Conversation, levels
from controller.connections.eapi import PinnedEapi
from controller.connections.failures import ANSWER_FAILURES, LINE_FAILURES
from controller.connections.session import Operation
from controller.connections.target import Target
from controller.connections.trouble import TroubleError

LOCK_SECONDS = 5.0
STALE_SECONDS = 900
OURS = re.compile(r"khaen-(?P<born>[0-9a-f]{8})-[0-9a-f]{6}$")
"""Our session names say when they were opened, so that one left behind by a killed process is
known and cleared away; without that it would look like a lock for ever."""


class EosSession(Conversation):
    """NAPALM's `eos` driver, except where its commit, confirm and rollback do more than one thing.

    They all save, earlier unsaved changes included, and its rollback returns to the *startup*
    configuration. Its `close` and its finalizer abort whatever session it remembers, a commit that
    waits for confirmation too: so it is made to forget the name before a commit is sent.
    """

    def __init__(self, target: Target, secrets: Mapping[str, str]) -> None:
        super().__init__(target, secrets)
        enable = target.enable_password
        self._driver: Any = EOSDriver(
            target.address,
            target.username,
            target.password.get_secret_value(),
            timeout=target.answer_timeout,
            # Not the platform's optional_args: they describe pyeapi's own transport.
            optional_args={
                "transport": PinnedEapi,
                "port": target.port,
                "pin_folder": target.folder,
                "pin_name": target.name,
                "connect_timeout": target.connect_timeout,
                # NAPALM's lock takes any open session for a lock, our other planners' too.
                "lock_disable": True,
                "enable_password": enable.get_secret_value() if enable else "",
            },
        )

    def open(self) -> None:
        """Log in; the device's version is asked for, since a request is what logs in."""
        opened = False
        try:
            with self._speaking(ANSWER_FAILURES, connecting=True):
                self._transcript.asked("show version")
                self._driver.open()
            opened = True
        finally:
            if not opened:
                self.close()

    def close(self) -> None:
        """Hang up; a session that was loaded and not committed is aborted."""
        driver = self._driver
        try:
            if driver.device is not None and not self._broken:
                driver.discard_config()
        except LINE_FAILURES:
            return
        finally:
            # What a broken line leaves on the device is cleared away by a later `load`.
            driver.config_session = None
            if driver.device is not None:
                driver.device.connection.close()

    def running(self) -> str:
        """See `DeviceSession`."""
        with self._speaking():
            text = self._show("show running-config", private=True)
            if not text.rstrip().endswith("\nend"):
                raise TroubleError("garbage", "show running-config has no end")
        return text.strip() + "\n"

    def interfaces_up(self) -> frozenset[str]:
        """See `DeviceSession`."""
        with self._speaking():
            states = self._named("show interfaces", "interfaces")
            words = {name: state.get("lineProtocolStatus") for name, state in states.items()}
            if not words or None in words.values():
                raise TroubleError("garbage", "show interfaces")
        return frozenset(name for name, word in words.items() if word == "up")

    def facts(self) -> dict[str, Any]:
        """See `DeviceSession`."""
        with self._speaking(ANSWER_FAILURES):
            return dict(self._driver.get_facts())

    def interfaces(self) -> dict[str, dict[str, Any]]:
        """See `DeviceSession`."""
        with self._speaking(ANSWER_FAILURES):
            return self._tidied(self._driver.get_interfaces())

    def ntp_peers(self) -> list[dict[str, Any]]:
        """See `DeviceSession`."""
        with self._speaking(ANSWER_FAILURES):
            return list(self._driver.get_ntp_stats())

    def users(self) -> dict[str, int]:
        """See `DeviceSession`."""
        with self._speaking(ANSWER_FAILURES):
            return levels(self._driver.get_users())

    def load(self, candidate: str, operation: Operation) -> str:
        """See `DeviceSession`. The session takes every line or none."""
        text = self._hiding.fill(candidate)
        self.discard()
        with self._speaking():
            self._wait_for_lock()
            self._driver.config_session = f"khaen-{int(time.time()):08x}-{randomness.token_hex(3)}"
            self._transcript.asked(f"configure session ({operation})")
            if operation == "replace":
                self._driver.load_replace_candidate(config=text)
            else:
                self._driver.load_merge_candidate(config=text)
        with self._speaking(ANSWER_FAILURES):
            diff = str(self._driver.compare_config())
        return self._readable(diff)

    def discard(self) -> None:
        """See `DeviceSession`."""
        if self._broken:
            self._driver.config_session = None
        with self._speaking():
            self._driver.discard_config()

    @property
    def token(self) -> str:
        """See `DeviceSession`: the name of the configuration session."""
        return str(self._driver.config_session or "")

    def commit(self, confirm_minutes: int | None) -> str:
        """See `DeviceSession`. A commit is atomic; only its answer can be lost."""
        name = self._driver.config_session
        with self._speaking():
            if name is None:
                raise TroubleError("order", "commit without load")
            if waiting := self._pending_sessions():
                raise TroubleError("pending", ", ".join(waiting))
        self._driver.config_session = None
        timer = "" if confirm_minutes is None else f" timer {_clock(confirm_minutes)}"
        with self._speaking(touched=True):
            self._run([f"configure session {name} commit{timer}"])
        return str(name)

    def pending(self) -> bool:
        """See `DeviceSession`."""
        with self._speaking():
            return bool(self._pending_sessions())

    def confirm(self, token: str) -> None:
        """See `DeviceSession`. Any connection may confirm, if it knows the session's name."""
        name = self._waiting(token)
        with self._speaking(touched=True):
            self._run([f"configure session {name} commit"])

    def revert(self, token: str) -> None:
        """See `DeviceSession`: aborts the session; NAPALM's rollback would also save."""
        name = self._waiting(token)
        with self._speaking(touched=True):
            self._run([f"configure session {name} abort"])

    def save(self) -> None:
        """See `DeviceSession`."""
        with self._speaking():
            answer = self._show("write memory")
            if "Copy completed successfully" not in answer:
                raise TroubleError("unsaved", answer)

    def _waiting(self, token: str) -> str:
        """The session of `token`, or the one of ours when the token was lost; it must wait."""
        with self._speaking():
            waiting = self._pending_sessions()
            ours = [token] if token else [name for name in waiting if OURS.match(name)]
            if not ours or ours[0] not in waiting:
                raise TroubleError("nothing pending")
        return ours[0]

    def _pending_sessions(self) -> list[str]:
        (answer,) = self._run(["show configuration sessions detail"])
        # Since EOS 4.32 the timer stands beside the sessions, and is empty when there is none.
        named = answer.get("commitTimerSessionName") if isinstance(answer, dict) else None
        states = _states(answer)
        waiting = [name for name, state in states.items() if "pendingCommitTimer" in state]
        return waiting or ([str(named)] if named else [])

    def _wait_for_lock(self) -> None:
        """Foreign open sessions are a lock. EOS itself opens short ones, hence the waiting."""
        deadline = time.monotonic() + LOCK_SECONDS
        while True:
            (answer,) = self._run(["show configuration sessions"])
            open_ones = [name for name, state in _states(answer).items() if state == "pending"]
            foreign = [name for name in open_ones if not OURS.match(name)]
            if not foreign:
                break
            if time.monotonic() > deadline:
                raise TroubleError("locked", ", ".join(foreign))
            time.sleep(1)
        stale = [name for name in open_ones if _age(name) > STALE_SECONDS]
        if stale:
            self._run([f"configure session {name} abort" for name in stale])

    def _named(self, command: str, key: str) -> dict[str, dict[str, Any]]:
        (answer,) = self._run([command], private=True)
        return _entries(answer, key)

    def _show(self, command: str, *, private: bool = False) -> str:
        (answer,) = self._run([command], "text", private=private)
        text = answer.get("output") if isinstance(answer, dict) else None
        if not isinstance(text, str):
            raise TroubleError("garbage", repr(answer))
        return text

    def _run(self, commands: list[str], encoding: str = "json", *, private: bool = False) -> Any:
        self._transcript.asked("; ".join(commands), private=private)
        answers = self._driver.device.run_commands(commands, encoding=encoding)
        self._transcript.answered(str(answers))
        if len(answers) != len(commands):
            raise TroubleError("garbage", f"{len(answers)} answers")
        return answers


def _entries(answer: object, key: str) -> dict[str, dict[str, Any]]:
    """The dictionary of dictionaries under `key`; anything else is no answer."""
    found = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(found, dict) or not all(isinstance(each, dict) for each in found.values()):
        raise TroubleError("garbage", f"no {key} in {str(answer)[:80]}")
    return found


def _states(answer: object) -> dict[str, str]:
    return {name: str(entry.get("state")) for name, entry in _entries(answer, "sessions").items()}


def _age(name: str) -> float:
    born = OURS.match(name)
    return time.time() - int(born["born"], 16) if born else 0.0


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}:00"
