"""What became of one task on one device, as Ansible told it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from controller.errors import Text

Status = Literal["ok", "changed", "skipped", "failed", "unreachable"]
STATUSES: dict[Status, Text] = {
    "ok": Text(th="เรียบร้อย", en="ok"),
    "changed": Text(th="เปลี่ยนแล้ว", en="changed"),
    "skipped": Text(th="ข้าม", en="skipped"),
    "failed": Text(th="ล้มเหลว", en="failed"),
    "unreachable": Text(th="ติดต่อไม่ได้", en="unreachable"),
}


@dataclass(frozen=True, slots=True)
class TaskResult:
    """One task on one device.

    `number` counts the events of a run from 1. `lines` is what the task sent or would send (a
    difference, or commands), `answer` what it says otherwise; both with secrets removed. `ignored`
    when a failure does not count, as the playbook wants it. `predicted`: in check mode, whether the
    task could say beforehand what it would do. `seconds` is how long it took.
    """

    number: int
    device: str
    task: str
    module: str
    status: Status
    lines: str = ""
    answer: str = ""
    ignored: bool = False
    predicted: bool = True
    at: datetime | None = None
    seconds: float = 0.0
