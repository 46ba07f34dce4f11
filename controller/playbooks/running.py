"""The runs of playbooks that only read or only predict: their states, and those of their devices.

A run that changes devices is a run of an approved plan (`plans.outcome`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from controller.errors import Text

PlaybookState = Literal["waiting", "running", "finished", "failed", "stopped", "timed-out"]
PLAYBOOK_STATES: dict[PlaybookState, Text] = {
    "waiting": Text(th="รอ", en="waiting"),
    "running": Text(th="กำลังทำ", en="running"),
    "finished": Text(th="เสร็จ", en="finished"),
    "failed": Text(th="ล้มเหลว", en="failed"),
    "stopped": Text(th="หยุด", en="stopped"),
    "timed-out": Text(th="หมดเวลา", en="timed out"),
}
DeviceState = Literal["waiting", "running", "ok", "changed", "failed", "unreachable", "not-run"]
DEVICE_STATES: dict[DeviceState, Text] = {
    "waiting": Text(th="รอ", en="waiting"),
    "running": Text(th="กำลังทำ", en="running"),
    "ok": Text(th="เรียบร้อย", en="ok"),
    "changed": Text(th="เปลี่ยนแล้ว", en="changed"),
    "failed": Text(th="ล้มเหลว", en="failed"),
    "unreachable": Text(th="ติดต่อไม่ได้", en="unreachable"),
    "not-run": Text(th="ไม่ได้ทำ", en="not run"),
}
# States a device of a run never leaves; also one a dead process left is not asked again in these.
ENDED: frozenset[DeviceState] = frozenset({"ok", "changed", "failed", "unreachable", "not-run"})
OPEN: frozenset[PlaybookState] = frozenset({"waiting", "running"})


class PlaybookRecord(BaseModel):
    """One run of a playbook. `check` ran it in check mode; `executor` is empty while it waits.

    `why` is `asked`, `schedule` or `plan`. `parameters` hold no secret. `note` says what ended it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    playbook: str
    selector: str
    parameters: tuple[tuple[str, str | int | bool | tuple[str, ...]], ...] = ()
    check: bool = False
    why: Literal["asked", "schedule", "plan"] = "asked"
    by: str
    state: PlaybookState
    executor: str = ""
    sha256: str
    started: datetime
    ended: datetime | None = None
    note_th: str = ""
    note_en: str = ""
    stop_asked_by: str | None = None


class PlaybookDevice(BaseModel):
    """One device of a run of a playbook; `changed` is when its state last did."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    device: str
    state: DeviceState = "waiting"
    changed: datetime | None = None
