"""What people call the kinds of steps, and what is decided."""

from __future__ import annotations

from controller.errors import Text
from controller.processes.case import DecisionKind, StepKind

STEP_WORDS: dict[StepKind, Text] = {
    "appoint": Text(th="แต่งตั้งคณะทำงาน", en="appoint the group"),
    "plan": Text(th="ศึกษาและวางแผน", en="study and plan"),
    "approve": Text(th="เสนอพิจารณา", en="put to the director"),
    "notify": Text(th="แจ้งผู้เกี่ยวข้อง", en="tell those concerned"),
    "execute": Text(th="ดำเนินการ", en="carry out"),
    "monitor": Text(th="ติดตาม", en="follow up"),
    "evaluate": Text(th="ประเมินผล", en="evaluate"),
}
DECISION_WORDS: dict[DecisionKind, Text] = {
    "approve": Text(th="เห็นชอบ", en="approved"),
    "return": Text(th="ส่งกลับแก้ไข", en="sent back"),
    "refuse": Text(th="ไม่เห็นชอบ", en="refused"),
}
