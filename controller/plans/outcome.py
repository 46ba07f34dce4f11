"""What became of one device in a run: the states, and which of them are final."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from controller.errors import Text

State = Literal[
    "waiting",
    "intended",
    "pushed",
    "verified",
    "confirmed",
    "drifted",
    "refused",
    "failed",
    "rolled_back",
    "unknown",
]
STATES: tuple[str, ...] = get_args(State)
# What people call them.
STATE_WORDS: dict[State, Text] = {
    "waiting": Text(th="รอ", en="waiting"),
    "intended": Text(th="ตั้งใจทำ", en="intended"),
    "pushed": Text(th="ส่งแล้ว", en="pushed"),
    "verified": Text(th="ตรวจแล้ว", en="verified"),
    "confirmed": Text(th="ยืนยันแล้ว", en="confirmed"),
    "drifted": Text(th="เปลี่ยนไปจากแผน", en="drifted"),
    "refused": Text(th="ปฏิเสธ", en="refused"),
    "failed": Text(th="ล้มเหลว", en="failed"),
    "rolled_back": Text(th="คืนค่าเดิมแล้ว", en="rolled back"),
    "unknown": Text(th="ไม่ทราบ", en="unknown"),
}
FINAL = frozenset({"confirmed", "drifted", "refused", "failed", "rolled_back", "unknown"})
BAD = frozenset({"refused", "failed", "rolled_back", "unknown"})
RunKind = Literal["apply", "rollback"]
RunState = Literal["running", "finished", "stopped"]
RUN_KIND_WORDS: dict[RunKind, Text] = {
    "apply": Text(th="ดำเนินการตามแผน", en="Carrying the plan out"),
    "rollback": Text(th="ถอนการเปลี่ยนแปลง", en="Taking the change back"),
}
RUN_STATE_WORDS: dict[RunState, Text] = {
    "running": Text(th="กำลังดำเนินการ", en="going on"),
    "finished": Text(th="จบแล้ว", en="finished"),
    "stopped": Text(th="หยุดก่อนครบ", en="stopped early"),
}


def reason_words(kept: str) -> Text:
    """A reason as it is kept, `Thai / English`; the same in both where it is not kept so."""
    th, both, en = kept.partition(" / ")
    return Text(th=th, en=en) if both else Text(th=kept, en=kept)


class Run(BaseModel):
    """One carrying-out of an approved plan, or its taking back."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: RunKind
    case: str
    plan: str
    by: str
    state: RunState
    executor: str
    started: datetime
    ended: datetime | None = None
    note: str = ""
    stop_asked_by: str | None = None


class RunDevice(BaseModel):
    """One device in a run. `batch` 0 is the canary; `before` and `after` are fingerprints."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    run: str
    device: str
    batch: int
    state: State
    reason: str = ""
    fence: int = 0
    before: str = ""
    after: str = ""
    evidence: str = ""
    changed: datetime | None = None
