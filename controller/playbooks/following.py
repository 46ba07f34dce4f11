"""What a run of a playbook comes to, from what its tasks and its end tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from controller.errors import Text
from controller.playbooks.meta import Risk
from controller.playbooks.result import TaskResult
from controller.playbooks.running import DeviceState

HostEnd = Literal["ok", "failed", "unreachable", "not-run"]


@dataclass(frozen=True)
class ShareEnd:
    """How Ansible ended for some devices; `words` say why where it did not finish."""

    state: Literal["finished", "failed", "stopped", "timed-out"]
    devices: Mapping[str, HostEnd]
    words: Text | None = None


def breaks_promise(risk: Risk, result: TaskResult) -> bool:
    """Whether a task of a playbook that is declared to read only changed something, or would.

    A failed task of which nobody knows what it did before it failed is not taken for a change.
    """
    return risk == "read" and result.status == "changed"


def broken_words(playbook: str, result: TaskResult, *, check: bool) -> Text:
    """What is said of a run that was stopped because a task of it broke the promise to read."""
    if check:
        return Text(
            th=f"หยุด: เพลย์บุ๊ก {playbook} ประกาศว่าอ่านอย่างเดียว แต่งานย่อย “{result.task}” "
            f"จะเปลี่ยน {result.device}",
            en=f"stopped: the playbook {playbook} is declared to read only, but its task "
            f"“{result.task}” would change {result.device}",
        )
    return Text(
        th=f"หยุด: เพลย์บุ๊ก {playbook} ประกาศว่าอ่านอย่างเดียว แต่งานย่อย “{result.task}” "
        f"แจ้งว่าเปลี่ยน {result.device} แล้ว",
        en=f"stopped: the playbook {playbook} is declared to read only, but its task "
        f"“{result.task}” says that it changed {result.device}",
    )


def ended_as(
    ends: Mapping[str, HostEnd], changed: Iterable[str], *, whole: bool
) -> dict[str, DeviceState]:
    """Device -> its last state, from how Ansible says they ended and which of them changed.

    Not `whole`, when Ansible was stopped: a device that did not fail did not come to its end, and
    is left out; what changed is told all the same.
    """
    altered = set(changed)
    found: dict[str, DeviceState] = {}
    for device, end in ends.items():
        if end in ("failed", "unreachable"):
            found[device] = end
        elif device in altered:
            found[device] = "changed"
        elif whole:
            found[device] = end
    return found | {d: "changed" for d in altered if d not in found}
