"""Hears what the child tells, and knows at the end how the run ended on every device."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from controller.connections.ansible.preparing import unwritable
from controller.connections.ansible.telling import task_result
from controller.connections.ansible.work import AnsibleEnd, AnsibleWork, Ended
from controller.connections.hiding import Hiding
from controller.connections.trouble import KINDS
from controller.errors import InputError, StoreError, Text
from controller.platforms.registry import PLATFORMS
from controller.playbooks.result import TaskResult

WORDS = 8000
"""Letters of what Ansible says on its own account that are kept, the last ones."""
_NO_SPACE = "No space left on device"
_KILLED = "killed"
_INTERRUPTED = Text(
    th="ถูกหยุดระหว่างทำ จึงทำงานย่อยไม่ครบ", en="it was stopped in between, not every task was done"
)


class Ending:
    """What has become of the run so far."""

    def __init__(self, work: AnsibleWork, project: Path) -> None:
        """`project` is where the files lie: people know them by their place in the workspace."""
        self.ended_by: Literal["stopped", "timed-out"] | None = None
        self.stderr = ""
        self._work = work
        self._project = f"{project}/"
        self._hidings = {name: _hiding(work, name) for name in work.targets}
        self._number = 0
        self._begun: set[str] = set()
        self._devices: dict[str, Ended] = {}
        self._why: dict[str, Text] = {}
        self._words = ""
        self._stats: Mapping[str, Mapping[str, int]] | None = None
        self._ended = False

    def hear(self, told: Mapping[str, Any]) -> TaskResult | None:
        """One line of the child: the result of a task, if it is one.

        Errors: `StoreError` when the child cannot write, or not read the pins.
        """
        match told["kind"]:
            case "task" if told["host"] in self._hidings:
                return self._task(told)
            case "begun":
                self._begun.add(str(told["host"]))
            case "away":
                return self._away(told)
            case "words":
                self._words = (self._words + str(told["text"]) + "\n")[-WORDS:]
            case "trouble" if "th" in told:
                raise StoreError(Text(th=told["th"], en=told["en"]))
            case "trouble":
                raise unwritable(OSError(told.get("errno"), told["detail"]))
            case "end":
                self._ended, self._stats = True, told["stats"]
        return None

    def end(self) -> AnsibleEnd:
        """How it ended. Errors: `InputError` when Ansible could not even read the playbook."""
        told = self._hidden(self._words.strip() or self.stderr.strip())
        unread = self._ended and self._stats is None and not self._begun
        if unread and self.ended_by is None:
            raise self._unread(told)
        state = self.ended_by or ("failed" if self._stats is None else "finished")
        devices = {name: self._device(name) for name in sorted(self._work.targets)}
        return AnsibleEnd(state, devices, dict(self._why), self._note(state, told), told)

    def _task(self, told: Mapping[str, Any]) -> TaskResult:
        name = str(told["host"])
        self._number += 1
        result = task_result(told, self._number, self._hidings[name], check=self._work.check)
        if result.status == "unreachable":
            self._devices[name] = "unreachable"
        elif result.status == "failed" and not result.ignored:
            self._devices[name] = "failed"
        else:
            self._devices.setdefault(name, "ok")
        if self._devices[name] != "ok" and result.status in ("failed", "unreachable"):
            self._why[name] = Text(th=result.answer, en=result.answer)
        return result

    def _away(self, told: Mapping[str, Any]) -> TaskResult:
        name, kind = str(told["device"]), KINDS[told["trouble"]]
        target = self._work.targets[name]
        words = {
            "where": f"{target.address}:{target.port}",
            "seconds": f"{target.connect_timeout:g}",
            "detail": self._hidings[name].hide(str(told["detail"]))[:300],
        }
        why = Text(th=kind.th.format(**words), en=kind.en.format(**words))
        self._number += 1
        # A device that is not the one it was is not merely away: somebody has to look.
        self._devices[name] = "failed" if told["trouble"] == "identity" else "unreachable"
        self._why[name] = why
        return TaskResult(
            number=self._number,
            device=name,
            task="connect",
            module="",
            status="unreachable",
            answer=why.en,
        )

    def _device(self, name: str) -> Ended:
        heard = self._devices.get(name, "not-run")
        stats = self._stats
        if stats is None:
            if heard == "ok" or (heard == "not-run" and name in self._begun):
                self._why[name] = _INTERRUPTED
                return "failed"
            return heard
        if name in stats.get("dark", {}):
            return "unreachable"
        if name in stats.get("failures", {}):
            return "failed"
        # A failure that a `rescue` made good is none.
        if name in stats.get("processed", {}):
            self._why.pop(name, None)
            return "ok"
        return heard

    def _note(self, state: str, told: str) -> Text | None:
        match state:
            case "stopped":
                return Text(th="มีผู้สั่งหยุด", en="somebody stopped it")
            case "timed-out":
                minutes = f"{self._work.timeout / 60:.3g}"
                return Text(
                    th=f"หมดเวลา {minutes} นาทีที่กำหนด", en=f"its time, {minutes} minutes, was over"
                )
            case "failed":
                if _NO_SPACE in told:
                    return unwritable(OSError(28, _NO_SPACE)).message
                last = told.splitlines()[-1] if told else _KILLED
                return Text(
                    th=f"Ansible จบก่อนทำงานย่อยครบ: {last}",
                    en=f"Ansible ended before all was done: {last}",
                )
        return None

    def _unread(self, told: str) -> InputError | StoreError:
        if _NO_SPACE in told:
            return unwritable(OSError(28, _NO_SPACE))
        return InputError(
            Text(
                th=f"Ansible อ่านเพลย์บุ๊ก {self._work.playbook} ไม่ได้ จึงยังไม่ได้ทำอะไร:\n{told}",
                en=f"Ansible cannot read the playbook {self._work.playbook}; nothing was done:\n"
                f"{told}",
            ),
            hint=Text(
                th="แก้ไฟล์ตามที่ Ansible บอก แล้วตรวจด้วย khaen validate",
                en="mend the file as Ansible says, then check with: khaen validate",
            ),
        )

    def _hidden(self, text: str) -> str:
        for hiding in self._hidings.values():
            text = hiding.hide(text)
        return text.replace(self._project, "")


def _hiding(work: AnsibleWork, name: str) -> Hiding:
    target = work.targets[name]
    enable = target.enable_password
    values = {
        key: value if isinstance(value, str) else value.get_secret_value()
        for key, value in work.secrets.items()
    }
    passwords = (target.password.get_secret_value(), enable.get_secret_value() if enable else "")
    return Hiding(PLATFORMS[target.platform.name], values, passwords)
