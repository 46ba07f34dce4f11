"""Which papers a case can have by now, and why not the others."""

from __future__ import annotations

from controller.errors import NotFound, Refused, Text
from controller.processes.case import Case
from controller.processes.dossier import items_of
from controller.processes.manual import process

PAPERS = ("order", "memo", "notification", "evaluation", "evidence", "flow")
# Papers that leave the group carry a number of the office's register.
NUMBERED = frozenset({"memo", "notification"})
# What of a case a memo tells in words, by the keys of a dossier.
_WORDS = frozenset({"title", "group", "study", "plan"})
_NAMES = {
    "order": Text(th="คำสั่งแต่งตั้งคณะทำงาน", en="order that appoints the working group"),
    "memo": Text(th="บันทึกข้อความ", en="memo to the director"),
    "notification": Text(th="หนังสือแจ้ง", en="notification"),
    "evaluation": Text(th="รายงานผลการประเมิน", en="evaluation report"),
}
# What has to happen in the case before it has the paper.
_FIRST = {
    "memo": ("เสนอผู้อำนวยการ", "put to the director", "khaen case show"),
    "notification": ("แจ้งผู้เกี่ยวข้อง", "told to the people concerned", "khaen case notify"),
    "evaluation": ("สรุปประเมินผล", "evaluated", "khaen case evaluate"),
}


def is_there(case: Case, paper: str) -> bool:
    """Whether the case has come far enough for the paper."""
    return {
        "order": _appoints(case),
        "memo": bool(case.submissions),
        "notification": any(event.what == "notified" for event in case.events),
        "evaluation": bool(case.evaluations),
    }.get(paper, True)


def _appoints(case: Case) -> bool:
    return any(step.kind == "appoint" for step in process(case.process).steps)


def as_submitted(case: Case) -> bool:
    """Whether the case still holds the words that were put to the director last.

    Papers and records may have come or gone since: the memo names those of the submission.
    """
    if not case.submissions:
        return True
    now = {item.key: item for item in items_of(case)}
    then = {item.key: item for item in case.submissions[-1].items}
    # Evaluations only grow: one that came after is not told, one that was told is there still.
    return all(now.get(key) == then.get(key) for key in _WORDS)


def too_early(case: Case, paper: str) -> NotFound:
    """The error for a paper the case cannot have yet, with what comes first."""
    name = _NAMES[paper]
    if paper not in _FIRST:
        return NotFound(
            Text(
                th=f"กระบวนงาน {case.process} ไม่มีการแต่งตั้งคณะทำงาน จึงไม่มี{name.th}",
                en=f"process {case.process} appoints no working group: it has no {name.en}",
            )
        )
    th, en, command = _FIRST[paper]
    return NotFound(
        Text(
            th=f"เรื่อง {case.number} ยังไม่มี{name.th} ({paper})",
            en=f"case {case.number} has no {name.en} yet ({paper})",
        ),
        hint=Text(
            th=f"มีได้เมื่อ{th}แล้ว: `{command} {case.number}`",
            en=f"there is one once the case was {en}: `{command} {case.number}`",
        ),
    )


def changed_since(case: Case) -> Refused:
    """The error for the memo of what the case does not hold any more."""
    return Refused(
        Text(
            th=f"เรื่อง {case.number} แก้ไขหลังจากเสนอ และไม่ได้เก็บบันทึกข้อความฉบับที่เสนอไว้",
            en=f"case {case.number} was changed since it was submitted, and no memo of it was kept",
        ),
        hint=Text(
            th=f"เสนอใหม่แล้วพิมพ์: `khaen case submit {case.number}`",
            en=f"submit it again, then print: `khaen case submit {case.number}`",
        ),
    )
