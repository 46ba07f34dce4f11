"""The manual: its processes, and every form with what it is for and who uses it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from controller.accounts.actor import ROLES, Actor, may
from controller.errors import Text
from controller.operations.show_case import list_cases
from controller.processes.forms.catalogue import form
from controller.processes.forms.definition import Filler, FormDefinition
from controller.processes.manual import MANUAL
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.flow_chart import put_flow_chart
from controller.web.visit import Visit

_FILLERS: dict[Filler, Text] = {
    "requester": Text(th="ผู้ขอหรือผู้แจ้ง", en="whoever asks or reports"),
    "officer": Text(th="เจ้าหน้าที่", en="officer"),
    "approver": Text(th="ผู้มีอำนาจ", en="whoever approves"),
}
_ANSWERED = Text(th="ผู้ตอบหลายคน ไม่ระบุชื่อ", en="many people, without a name")
_KINDS = {
    "record": Text(th="แบบบันทึก", en="record"),
    "survey": Text(th="แบบสอบถาม", en="survey"),
    "card": Text(th="บัตร", en="card"),
}
_WHO = {
    "group": Text(th="คณะทำงาน", en="working group"),
    "proposer": Text(th="ผู้เสนอเรื่อง", en="proposer"),
    **ROLES,
}


@dataclass(frozen=True)
class Row:
    """One form of the manual: who fills it in, and in which processes it is used."""

    definition: FormDefinition
    kind: Text
    users: tuple[Text, ...]
    processes: tuple[str, ...]


@page("/manual", Text(th="คู่มือปฏิบัติงาน", en="Operations manual"))
async def build(visit: Visit, actor: Actor) -> None:
    """14 processes and 29 forms."""
    reads = may(actor, "read_history")
    found = await visit.ask(list_cases, "open") if reads else ()
    put(
        visit,
        "manual.html",
        manual=MANUAL,
        open_cases=Counter(case.process for case in found),
        rows=[_row(form(slug)) for slug in (*MANUAL.forms, *MANUAL.annexes)],
        reads=reads,
        may_fill=may(actor, "fill_form"),
    )


@page("/manual/{process}", Text(th="กระบวนงาน", en="Process"))
async def build_process(visit: Visit, actor: Actor) -> None:
    """One process: its steps, forms, law, and the cases of it that are open."""
    process = MANUAL.process(visit.path["process"])
    reads = may(actor, "read_history")
    found = await visit.ask(list_cases, "open") if reads else ()
    used = dict.fromkeys(slug for step in process.steps for slug in (*step.forms, *step.may))
    put(visit, "manual_process.html", process=process, may_open=may(actor, "open_case"))
    put_flow_chart(visit, process)
    put(
        visit,
        "manual_steps.html",
        process=process,
        doers=_WHO,
        form=form,
        rows=[_row(form(slug)) for slug in dict.fromkeys((*process.forms, *used))],
        references=[MANUAL.references[name] for name in process.references],
        cases=[case for case in found if case.process == process.number],
        reads=reads,
        may_fill=may(actor, "fill_form"),
    )


def _row(definition: FormDefinition) -> Row:
    fillers = dict.fromkeys(field.by for field in definition.fields if field.type != "person")
    survey = definition.kind == "survey"
    return Row(
        definition,
        _KINDS[definition.kind],
        (_ANSWERED,) if survey else tuple(_FILLERS[by] for by in fillers),
        tuple(p.number for p in MANUAL.processes if definition.slug in _asked(p.number)),
    )


def _asked(number: str) -> set[str]:
    process = MANUAL.process(number)
    steps = {slug for step in process.steps for slug in (*step.forms, *step.may)}
    return {*process.forms, *steps}
