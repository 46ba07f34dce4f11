"""Cisco IOS: a transaction made of files in flash, `copy`, and the device's own revert timer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from napalm.ios import IOSDriver

from controller.connections import ssh_line
from controller.connections.conversation import Conversation, levels
from controller.connections.failures import ANSWER_FAILURES, LINE_FAILURES
from controller.connections.flash import Flash
from controller.connections.session import Operation
from controller.connections.target import Target
from controller.connections.terminal import Terminal
from controller.connections.trouble import TroubleError

COMMIT_SECONDS = 180.0
HEADER = re.compile(
    r"^(?:Building configuration|Current configuration\s*:|! Last configuration change at"
    r"|! NVRAM config last updated at).*\n",
    re.MULTILINE,
)
"""What NAPALM takes out too: a replace with these lines in it would fail."""
HEADING = re.compile(r"^(?:Building configuration|Current configuration\s*:).*\n", re.MULTILINE)
"""What stands above a configuration and says nothing; who changed it last is kept with it."""
REJECTED = re.compile(
    r"^(?:%\s?(?:Invalid|Incomplete|Ambiguous|Unrecognized|Unknown|Bad)\b|Command rejected).*",
    re.MULTILINE,
)
FILE_ERROR = re.compile(r"^%\s?Error.*", re.MULTILINE)
UP = re.compile(r"^(?P<name>\S+)\s+\S+\s+(?:YES|NO)\s+\S+\s+up\s+up\s*$", re.MULTILINE)
BRIEF_HEADER = re.compile(r"^Interface\s+IP-Address\s+OK\?", re.MULTILINE)
HOSTNAME = re.compile(r"^hostname\s+(\S+)", re.MULTILINE)
NO_TIMER = "No Rollback Confirmed Change pending"
ARCHIVE_OFF = re.compile(r"turn config archive on|Archive feature not enabled", re.IGNORECASE)
PENDING_USER = re.compile(r"^User:\s*(.*)", re.MULTILINE)


class IosSession(Conversation):
    """NAPALM's `ios` driver makes the line, writes its differences and knows the facts.

    Below it, on the line itself, goes what its way would make unsafe or dear:

    * `file prompt quiet`: NAPALM adds this line to the running configuration around every file
      command, so a cut line leaves it behind and the timer brings it back; we answer the questions.
    * the candidate: NAPALM writes it, secrets and all, to a readable temporary file on our side.
    * a rejected merge: NAPALM takes it back and then saves, earlier unsaved changes included.
    """

    def __init__(self, target: Target, secrets: Mapping[str, str]) -> None:
        super().__init__(target, secrets)
        system = str(target.platform.optional_args.get("dest_file_system", "flash:"))
        self._driver: Any = IOSDriver(
            target.address,
            target.username,
            target.password.get_secret_value(),
            timeout=int(target.answer_timeout),
            optional_args={
                **target.platform.optional_args,
                "dest_file_system": system,
                **ssh_line.options(target),
            },
        )
        self._driver.open()
        self._flash = Flash(self._driver.device, target, system)
        self._terminal: Terminal
        self._loaded: Operation | None = None
        self._file = ""
        self._names: list[str] = []

    def open(self) -> None:
        """Log in, learn the prompt, enter the privileged mode."""
        target, line = self._target, self._driver.device
        enable = target.enable_password
        opened = False
        try:
            with self._speaking(connecting=True):
                ssh_line.dial(line, target)
                self._terminal = Terminal(line.remote_conn, self._transcript, target.answer_timeout)
                self._terminal.start(enable.get_secret_value() if enable else None)
            opened = True
        finally:
            if not opened:
                self.close()
        self._names = [self._terminal.hostname]

    def close(self) -> None:
        """Hang up; nothing is typed, so nothing pending changes."""
        line, self._driver.device = self._driver.device, None
        if line is not None:
            ssh_line.hang_up(line)

    def running(self) -> str:
        """See `DeviceSession`."""
        with self._speaking():
            text = self._terminal.ask("show running-config", private=True)
            if not text.rstrip().endswith("\nend"):
                raise TroubleError("garbage", "show running-config has no end")
        return HEADING.sub("", text).strip() + "\n"

    def interfaces_up(self) -> frozenset[str]:
        """See `DeviceSession`."""
        with self._speaking():
            table = self._terminal.ask("show ip interface brief")
            if not BRIEF_HEADER.search(table):
                raise TroubleError("garbage", table)
        return frozenset(match["name"] for match in UP.finditer(table))

    def facts(self) -> dict[str, Any]:
        """See `DeviceSession`."""
        with self._speaking(ANSWER_FAILURES):
            self._driver.device.base_prompt = self._terminal.hostname[:16]
            return dict(self._driver.get_facts())

    def interfaces(self) -> dict[str, dict[str, Any]]:
        """See `DeviceSession`."""
        with self._speaking(ANSWER_FAILURES):
            self._driver.device.base_prompt = self._terminal.hostname[:16]
            return self._tidied(self._driver.get_interfaces())

    def ntp_peers(self) -> list[dict[str, Any]]:
        """See `DeviceSession`."""
        with self._speaking(ANSWER_FAILURES):
            self._driver.device.base_prompt = self._terminal.hostname[:16]
            return list(self._driver.get_ntp_stats())

    def users(self) -> dict[str, int]:
        """See `DeviceSession`."""
        with self._speaking(ANSWER_FAILURES):
            self._driver.device.base_prompt = self._terminal.hostname[:16]
            return levels(self._driver.get_users())

    def load(self, candidate: str, operation: Operation) -> str:
        """See `DeviceSession`. The candidate stays in flash for a later commit of the same."""
        text = HEADER.sub("", self._hiding.fill(candidate)).rstrip() + "\n"
        if not text.endswith("\nend\n"):
            # Without it some releases answer a merge's difference with "error code 5".
            text += "end\n"
        self._names = [self._terminal.hostname, *HOSTNAME.findall(candidate)]
        with self._speaking():
            self._file = self._flash.put(self._terminal, operation, candidate, text)
            diff = self._compare(operation)
        self._loaded = operation
        return self._readable(diff)

    def discard(self) -> None:
        """See `DeviceSession`. Nothing on the device waits: a file in flash does nothing."""
        self._loaded = None

    @property
    def token(self) -> str:
        """See `DeviceSession`: the candidate's file, tidied away after confirming."""
        return self._file

    def commit(self, confirm_minutes: int | None) -> str:
        """See `DeviceSession`. A merge is not atomic; a replace is."""
        operation, self._loaded = self._loaded, None
        with self._speaking():
            if operation is None:
                raise TroubleError("order", "commit without load")
            self._refuse_pending(confirm_minutes)
            if operation == "merge" and confirm_minutes is not None:
                self._arm(confirm_minutes)
        self._terminal.expect_hostname(*self._names)
        if operation == "merge":
            self._merge(armed=confirm_minutes is not None)
        else:
            self._replace(confirm_minutes)
        return self._file

    def pending(self) -> bool:
        """See `DeviceSession`."""
        with self._speaking():
            answer = self._terminal.ask("show archive config rollback timer")
            if NO_TIMER not in answer and not PENDING_USER.search(answer):
                raise TroubleError("garbage", answer)
        return NO_TIMER not in answer

    def confirm(self, token: str) -> None:
        """See `DeviceSession`. The same user must confirm; any of its connections will do."""
        with self._speaking(touched=True):
            answer = self._terminal.ask("configure confirm")
        if NO_TIMER in answer:
            raise self._error(TroubleError("nothing pending"))
        if rejected := _rejection(answer, "configure confirm"):
            raise self._error(TroubleError("bad command", rejected), touched=True)
        self._tidy(token)

    def revert(self, token: str) -> None:
        """See `DeviceSession`. Unlike NAPALM's rollback it saves nothing."""
        with self._speaking(touched=True):
            answer = self._revert_now()
        if NO_TIMER in answer:
            raise self._error(TroubleError("nothing pending"))
        if "Rollback Done" not in answer:
            raise self._error(TroubleError("garbage", answer), touched=True)
        self._tidy(token)

    def save(self) -> None:
        """See `DeviceSession`."""
        with self._speaking():
            answer = self._terminal.ask("write memory", timeout=COMMIT_SECONDS)
            if "[OK]" not in answer:
                raise TroubleError("unsaved", answer)

    def _compare(self, operation: Operation) -> str:
        path = self._flash.path(self._file)
        if operation == "replace":
            answer = self._terminal.ask(
                f"show archive config differences system:/running-config {path}"
            )
            if "Contextual Config Diffs" not in answer:
                raise TroubleError("garbage", answer)
            return str(self._driver._normalize_compare_config(answer))
        answer = self._terminal.ask(f"show archive config incremental-diffs {path} ignorecase")
        if "% Invalid" in answer:
            # Releases without it: the file itself is shown, marked as such, as NAPALM does.
            return str(self._driver._normalize_merge_diff(self._terminal.ask(f"more {path}")))
        if "List of Commands" not in answer:
            raise TroubleError("garbage", answer)
        return str(self._driver._normalize_merge_diff_incr(answer))

    def _refuse_pending(self, confirm_minutes: int | None) -> None:
        """Only a plain "nothing pending" lets a commit begin."""
        answer = self._terminal.ask("show archive config rollback timer")
        if NO_TIMER in answer:
            return
        if owner := PENDING_USER.search(answer):
            raise TroubleError("pending", owner[1])
        if not ARCHIVE_OFF.search(answer) and not _rejection(answer):
            raise TroubleError("garbage", answer)
        if confirm_minutes is not None:
            raise TroubleError("no archive")

    def _arm(self, minutes: int) -> None:
        answer = self._terminal.ask(f"configure terminal revert timer {minutes}")
        if ARCHIVE_OFF.search(answer) or _rejection(answer):
            raise TroubleError("no archive")
        if "Enter configuration commands" not in answer:
            raise TroubleError("garbage", answer)
        self._terminal.ask("end")

    def _merge(self, *, armed: bool) -> None:
        command = f"copy {self._flash.path(self._file)} running-config"
        with self._speaking(touched=True):
            answer = self._terminal.ask(command, timeout=COMMIT_SECONDS, answer_questions=True)
        rejected = _rejection(answer, command)
        if not rejected and "bytes copied" in answer:
            return
        trouble = TroubleError("bad command", rejected) if rejected else _unclear(answer)
        raise self._error(trouble, touched=True, taken_back=armed and self._take_back())

    def _replace(self, minutes: int | None) -> None:
        path = self._flash.path(self._file)
        timer = "" if minutes is None else f" timer {minutes}"
        command = f"configure replace {path} force revert trigger error{timer}"
        with self._speaking(touched=True):
            answer = self._terminal.ask(command, timeout=COMMIT_SECONDS, answer_questions=True)
        if ARCHIVE_OFF.search(answer):
            raise self._error(TroubleError("no archive"))
        restored = "original configuration has been successfully restored" in answer
        failed = restored or re.search(r"error|failed|not a valid|rollback aborted", answer.lower())
        if failed:
            trouble = TroubleError("bad command", answer)
            raise self._error(trouble, touched=True, taken_back=restored)
        if "Rollback Done" not in answer:
            raise self._error(_unclear(answer), touched=True)

    def _take_back(self) -> bool:
        """At once, not when the timer runs out; whether the device says that it did."""
        try:
            return "Rollback Done" in self._revert_now()
        except LINE_FAILURES:
            return False

    def _revert_now(self) -> str:
        return self._terminal.ask(
            "configure revert now", timeout=COMMIT_SECONDS, answer_questions=True
        )

    def _tidy(self, file: str) -> None:
        """Delete the candidate; a line that breaks here undoes nothing of what was done."""
        if file:
            try:
                self._flash.delete(self._terminal, file)
            except LINE_FAILURES:
                return


def _rejection(answer: str, command: str = "") -> str:
    """The line the device did not take and why, empty when it took all of them.

    In the answer to a merge the line stands above; otherwise it is the `command` itself.
    """
    match = REJECTED.search(answer) or FILE_ERROR.search(answer)
    if match is None:
        return ""
    above = [line.strip() for line in answer[: match.start()].splitlines()]
    lines = [line for line in above if line.strip("^")]
    return f"{lines[-1] if lines else command}: {match[0]}"


def _unclear(answer: str) -> TroubleError:
    return TroubleError("garbage", answer)
