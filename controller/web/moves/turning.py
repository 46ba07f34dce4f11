"""How a case turns: the decision, pulled back, withdrawn; and its devices."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from nicegui import ui

from controller.accounts.actor import Actor
from controller.errors import Text
from controller.operations.apply_plan import start_apply
from controller.operations.context import Context
from controller.operations.decide_case import Verdict, decide_case
from controller.operations.read_plan import describe_plan
from controller.operations.revise_case import revise_case
from controller.operations.roll_back_case import start_rollback
from controller.operations.verify_devices import verify_devices
from controller.operations.withdraw_case import withdraw_case
from controller.processes.capacity import standing
from controller.processes.case import Case, DecisionKind
from controller.processes.manual import process
from controller.web.drawing import draw
from controller.web.moves.stage import Stage
from controller.web.parts.asking import Answers, Asked, Question, ask_in_dialog

DECISIONS: dict[DecisionKind, Text] = {
    "approve": Text(th="อนุมัติ", en="Approve"),
    "return": Text(th="ส่งกลับแก้ไข", en="Send back"),
    "refuse": Text(th="ไม่อนุมัติ", en="Refuse"),
}
_DECIDED: dict[DecisionKind, Text] = {
    "approve": Text(th="อนุมัติแล้ว", en="Approved"),
    "return": Text(th="ส่งกลับแก้ไขแล้ว", en="Sent back for revision"),
    "refuse": Text(th="บันทึกว่าไม่อนุมัติแล้ว", en="Refused; the case has ended"),
}


async def decide(stage: Stage, kind: DecisionKind) -> None:
    """Approve, send back or refuse the dossier that the page shows, signed with the password."""
    visit, case = stage.visit, stage.case
    actor = visit.actor()
    held = standing(stage.looked.situation.office, actor.username, visit.context.today())
    intro = draw(visit, "moves/decide.html", kind=kind, case=case, seen=stage.seen, held=held)
    back = _back_to(stage) if kind == "return" else ()
    asked = Asked(
        DECISIONS[kind],
        DECISIONS[kind],
        (
            *back,
            Question(
                "comment",
                Text(th="ความเห็น", en="Comment"),
                "lines",
                hint=None
                if kind == "approve"
                else Text(th="ต้องบอกเหตุผล", en="the reason must be given"),
            ),
            Question(
                "password",
                Text(th="รหัสผ่านของท่าน เพื่อลงนาม", en="Your password, to sign"),
                "password",
            ),
        ),
        intro=intro,
        grave=kind == "refuse",
    )

    async def done(given: Answers) -> None:
        to_step = int(given["to_step"]) if back else None
        verdict = Verdict(kind, given["comment"], stage.seen, to_step)
        await visit.ask(decide_case, stage.number, verdict, given["password"])
        await stage.moved(_DECIDED[kind])

    ask_in_dialog(visit, asked, done)


def _back_to(stage: Stage) -> tuple[Question, ...]:
    named, case, visit = process(stage.case.process), stage.case, stage.visit
    possible = {
        str(i): f"{i + 1}. {visit.w(named.steps[i].title)}" for i in named.may_return_to(case.step)
    }
    usual = str(named.returns_to(case.step))
    label = Text(th="ส่งกลับไปขั้นตอน", en="Back to step")
    return (Question("to_step", label, "choice", usual, possible),)


async def revise(stage: Stage) -> None:
    """Back to be worked on again."""
    _with_reason(
        stage,
        revise_case,
        Text(th="ดึงเรื่องกลับมาแก้ไข", en="Pull the case back"),
        Text(
            th="การอนุมัติที่ได้ไว้จะสิ้นผล ต้องเสนอใหม่",
            en="An approval it had is void; it has to be submitted again",
        ),
        Text(th="ดึงเรื่องกลับแล้ว", en="The case is back"),
    )


async def withdraw(stage: Stage) -> None:
    """The end without a result."""
    _with_reason(
        stage,
        withdraw_case,
        Text(th="ถอนเรื่อง", en="Withdraw the case"),
        Text(
            th="เรื่องจะจบโดยไม่มีผล และเปิดใหม่ไม่ได้",
            en="The case ends without a result and cannot be opened again",
        ),
        Text(th="ถอนเรื่องแล้ว", en="The case is withdrawn"),
    )


def _with_reason(
    stage: Stage,
    operation: Callable[[Context, Actor, str, str], Case],
    title: Text,
    warning: Text,
    told: Text,
) -> None:
    visit = stage.visit
    asked = Asked(
        title,
        title,
        (Question("reason", Text(th="เหตุผล", en="Reason"), "lines"),),
        intro=draw(visit, "moves/warning.html", warning=warning),
        grave=True,
    )

    async def done(given: Answers) -> None:
        await visit.ask(operation, stage.number, given["reason"])
        await stage.moved(told)

    ask_in_dialog(visit, asked, done)


async def apply(stage: Stage) -> None:
    """The approved plan onto the devices; goes to the page of the run."""
    visit = stage.visit
    record = await visit.ask(describe_plan, cast("str", stage.case.plan))
    asked = Asked(
        Text(th="ดำเนินการกับอุปกรณ์ตามแผนที่อนุมัติ", en="Carry the approved plan out"),
        Text(th="เริ่มดำเนินการ", en="Start"),
        intro=draw(visit, "moves/apply.html", plan=record.plan, wait=record.wait),
    )
    _start(stage, asked, start_apply)


async def rollback(stage: Stage) -> None:
    """The whole change taken back; goes to the page of the run."""
    visit = stage.visit
    asked = Asked(
        Text(th="นำการเปลี่ยนแปลงทั้งเรื่องออก", en="Take the whole change back"),
        Text(th="เริ่มนำออก", en="Start taking it back"),
        intro=draw(
            visit,
            "moves/warning.html",
            warning=Text(
                th="อุปกรณ์ทุกเครื่องที่เรื่องนี้เปลี่ยนจะกลับเป็นค่าเดิม เครื่องที่มีผู้แก้ภายหลังจะไม่แตะ",
                en="Every device this case changed goes back as it was; "
                "one that somebody changed since is left alone",
            ),
        ),
        grave=True,
    )
    _start(stage, asked, start_rollback)


def _start(stage: Stage, asked: Asked, operation: Callable[[Context, Actor, str], str]) -> None:
    async def done(_: Answers) -> None:
        run = await stage.visit.ask(operation, stage.number)
        ui.navigate.to(f"/runs/{run}")

    ask_in_dialog(stage.visit, asked, done)


async def verify(stage: Stage) -> None:
    """Another look at the devices nobody knows the state of."""
    visit = stage.visit
    asked = Asked(
        Text(th="ตรวจอุปกรณ์ที่ไม่ทราบสถานะ", en="Look at the unknown devices again"),
        Text(th="ตรวจ", en="Look"),
        intro=draw(
            visit,
            "moves/warning.html",
            warning=Text(
                th="ดูค่าบนอุปกรณ์จริงเท่านั้น ไม่ส่งค่าใหม่ อาจใช้เวลาเป็นนาที",
                en="It only looks at what is on the devices and may take minutes",
            ),
        ),
    )

    async def done(_: Answers) -> None:
        await visit.ask(verify_devices, stage.number)
        await stage.moved(Text(th="ตรวจแล้ว", en="They were looked at"))

    ask_in_dialog(visit, asked, done)
