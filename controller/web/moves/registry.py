"""Every move of a case by its name: the word on its button and the form it opens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from controller.errors import Text
from controller.processes.case import Case
from controller.processes.manual import process
from controller.processes.needs import forms_missing, lacking
from controller.processes.possible import Move
from controller.processes.step import Need
from controller.web.moves import matter, papers, turning, work
from controller.web.moves.stage import Stage


@dataclass(frozen=True)
class Button:
    """A move on a page. `aside` stands under further moves, away from those that lead on."""

    name: Text
    open: Callable[[Stage], Awaitable[None]]
    aside: bool = False


# Deciding has buttons of its own; a survey has a page of its own.
BUTTONS: dict[Move, Button] = {
    "appoint": Button(Text(th="แต่งตั้งคณะทำงาน", en="Appoint the group"), matter.appoint),
    "replan": Button(Text(th="แนบแผน", en="Give it a plan"), matter.replan),
    "study": Button(Text(th="บันทึกผลการศึกษา", en="Write the study"), matter.study),
    "fill": Button(Text(th="แนบแบบฟอร์ม", en="Attach a form"), papers.fill),
    "attach": Button(Text(th="แนบไฟล์", en="Attach a file"), papers.attach),
    "submit": Button(Text(th="จบขั้นตอนและส่งต่อ", en="End the step"), matter.submit),
    "notify": Button(Text(th="แจ้งผู้เกี่ยวข้อง", en="Tell the people"), work.notify),
    "apply": Button(Text(th="ดำเนินการกับอุปกรณ์", en="Carry it out"), turning.apply),
    "verify": Button(
        Text(th="ตรวจอุปกรณ์ที่ไม่ทราบสถานะ", en="Look at unknown devices"), turning.verify
    ),
    "rollback": Button(
        Text(th="นำการเปลี่ยนแปลงออก", en="Take the change back"), turning.rollback, aside=True
    ),
    "record": Button(Text(th="บันทึกการดำเนินงาน", en="Record work"), work.record),
    "follow": Button(Text(th="บันทึกการติดตามผล", en="Record a follow-up"), work.follow),
    "publish": Button(Text(th="บันทึกการเผยแพร่", en="Record a publication"), work.publish),
    "evaluate": Button(Text(th="สรุปประเมินผล", en="Evaluate"), work.evaluate),
    "detach": Button(Text(th="นำเอกสารออก", en="Take a paper off"), papers.detach, aside=True),
    "revise": Button(Text(th="ดึงเรื่องกลับมาแก้ไข", en="Pull it back"), turning.revise, aside=True),
    "withdraw": Button(Text(th="ถอนเรื่อง", en="Withdraw"), turning.withdraw, aside=True),
}
_GIVES: dict[Need, Move] = {
    "order": "appoint",
    "study": "study",
    "plan": "replan",
    "notice": "notify",
    "run": "apply",
    "work": "record",
    "follow-up": "follow",
    "summary": "evaluate",
    "publication": "publish",
}


def set_apart(case: Case, move: Move) -> bool:
    """Whether a move ends or undoes something; another plan does, once the case has one."""
    return BUTTONS[move].aside or (move == "replan" and case.plan is not None)


def name_of(case: Case, move: Move) -> Text:
    """The word on the button of a move."""
    if move == "replan" and case.plan is not None:
        return Text(th="เปลี่ยนแผน", en="Another plan")
    return BUTTONS[move].name


def leading(case: Case, moves: tuple[Move, ...]) -> Move | None:
    """The move that takes the case on: forms first, then what its step lacks, then its end."""
    if "submit" in moves:
        return "submit"
    if "verify" in moves:
        return "verify"
    if forms_missing(case):
        return "fill" if "fill" in moves else None
    step = process(case.process).steps[case.step]
    left = lacking(case, step) or step.needs[-1:]
    found = next((_GIVES[need] for need in left if _GIVES.get(need) in moves), None)
    if found is None and "run" in step.needs and "replan" in moves:
        return "replan"  # the approval has expired: the plan is put forward anew
    return found
