"""Attach papers to a case and take them off: filled forms, results of surveys, files."""

from __future__ import annotations

from datetime import datetime

from controller.accounts.actor import Actor
from controller.errors import NotFound, Refused, Text
from controller.language import nearest
from controller.processes.case import Case, Paper
from controller.processes.dossier import submission_to
from controller.processes.history import approvals
from controller.processes.manual import MANUAL, Manual
from controller.processes.moving import record, written
from controller.processes.needs import forms_at
from controller.processes.step import Step
from controller.processes.walk import not_now, process_of, require_doer, step_of

_SHORT = 12


def attach(
    case: Case, paper: Paper, actor: Actor, at: datetime, *, manual: Manual = MANUAL
) -> Case:
    """The case with the paper; as a revision it takes the place of the one of the same number.

    A form is revised at any step but an approve step, also where no new one is asked for. Errors:
    `Refused` at an approve step, for a form the step does not ask for, for a paper that was put
    before the director and is not to be changed, and for one that is attached already;
    `NotAllowed`.
    """
    step = _open_to_papers(case, actor, manual)
    earlier = next((p for p in case.papers if p.number == paper.number), None)
    if earlier is None:
        _require_asked_for(case, step, paper, manual)
    # A later revision still belongs to the step the paper was first attached at.
    step_of_paper = case.step if earlier is None else earlier.step
    whole = _checked(case, paper, earlier).model_copy(
        update={"step": step_of_paper, "by": actor.username, "at": at}
    )
    if earlier is None:
        papers = (*case.papers, whole)
    else:
        _require_unbound(case, earlier)
        papers = tuple(whole if p.number == whole.number else p for p in case.papers)
    return record(case, "attached", actor.username, at, _told(whole), papers=papers)


def detach(case: Case, number: str, actor: Actor, at: datetime, *, manual: Manual = MANUAL) -> Case:
    """The case without the paper of this number.

    Errors: `NotFound`, with the nearest; `Refused` for the only one of a form that a step before
    this one asked for, and for an offer, a comparison or an acceptance; otherwise as `attach`.
    """
    _open_to_papers(case, actor, manual)
    paper = next((p for p in case.papers if p.number == number), None)
    if paper is None:
        near = nearest(number, [p.number for p in case.papers])
        raise NotFound(
            Text(
                th=f"เรื่อง {case.number} ไม่มีเอกสาร “{number}”",
                en=f"case {case.number} has no paper “{number}”",
            ),
            hint=Text(th=f"หมายถึง {near} หรือไม่", en=f"did you mean {near}?") if near else None,
        )
    if paper.kind in {"comparison", "acceptance"}:
        raise Refused(
            Text(
                th=f"{paper.title} เป็นหลักฐานของการจัดหา จึงนำออกจากเรื่องไม่ได้",
                en=f"“{paper.number}” is evidence of the procurement and stays in the case",
            )
        )
    if paper.kind == "offer":
        raise Refused(
            Text(
                th=f"{paper.title} เปิดแล้ว จึงนำออกจากเรื่องไม่ได้",
                en=f"“{paper.number}” was opened and stays in the case",
            ),
            hint=Text(
                th="เปิดฉบับใหม่แทนพร้อมเหตุผลได้", en="another can be opened in its place, with a reason"
            ),
        )
    _require_unbound(case, paper)
    left = tuple(p for p in case.papers if p.number != number)
    _require_still_complete(case, case.model_copy(update={"papers": left}), manual)
    return record(case, "detached", actor.username, at, _told(paper), papers=left)


def _open_to_papers(case: Case, actor: Actor, manual: Manual) -> Step:
    step = step_of(case, manual)
    if step.kind == "approve":
        raise Refused(
            Text(
                th=f"เรื่อง {case.number} อยู่ระหว่างเสนอผู้อำนวยการ จึงแก้เอกสารไม่ได้",
                en=f"case {case.number} is before the director: its papers cannot be changed",
            ),
            hint=_revise(case),
        )
    require_doer(case, actor, step)
    return step


def _require_asked_for(case: Case, step: Step, paper: Paper, manual: Manual) -> None:
    if paper.kind not in {"form", "survey"}:
        return
    asked = (*step.forms, *step.may)
    if paper.form not in asked:
        refused = not_now(case, step, manual)
        listed = ", ".join(asked) or "-"
        raise Refused(
            Text(
                th=f"ขั้นตอน “{step.name}” ไม่ใช้แบบ {paper.form} (ใช้ได้: {listed})",
                en=f"the step “{step.english}” has no form {paper.form} (it may have: {listed})",
            ),
            hint=refused.hint,
        )
    named = manual.form(paper.form)
    survey = named is not None and named.survey
    if survey != (paper.kind == "survey"):
        verb = "khaen survey open" if survey else "khaen form fill"
        command = f"`{verb} {paper.form} --case {case.number}`"
        raise Refused(
            Text(
                th=f"{paper.form} แนบเป็นผลของแบบสอบถามที่ปิดรับคำตอบแล้ว"
                if survey
                else f"{paper.form} ไม่ใช่แบบสอบถาม",
                en=f"{paper.form} is attached as the results of a survey that was closed"
                if survey
                else f"{paper.form} is no survey",
            ),
            hint=Text(th=command, en=command),
        )


def _checked(case: Case, paper: Paper, earlier: Paper | None) -> Paper:
    title = written(paper.title, Text(th="ชื่อเอกสาร", en="the title of the paper"))
    number = written(paper.number, Text(th="เลขที่เอกสาร", en="the number of the paper"))
    if earlier is None:
        return paper.model_copy(update={"title": title, "number": number})
    if (earlier.kind, earlier.form) != (paper.kind, paper.form):
        raise Refused(
            Text(
                th=f"เรื่อง {case.number} มีเอกสารอื่นที่ใช้เลขที่ {number} แล้ว",
                en=f"case {case.number} has another paper with the number {number} already",
            ),
            hint=Text(th="ใช้ชื่อหรือเลขที่อื่น", en="use another name or number"),
        )
    if earlier.sha256 == paper.sha256 and paper.revision <= earlier.revision:
        raise Refused(
            Text(
                th=f"เอกสาร {number} แนบอยู่แล้ว เนื้อหาไม่เปลี่ยน",
                en=f"{number} is attached already, with the same content",
            )
        )
    revision = max(paper.revision, earlier.revision + 1)
    return paper.model_copy(update={"title": title, "revision": revision})


def _require_unbound(case: Case, paper: Paper) -> None:
    """Pass unless the paper is one of those that a decision which holds was made on."""
    for step in approvals(case):
        submission = submission_to(case, step)
        keys = [item.key for item in submission.items] if submission else []
        if submission is None or f"paper/{paper.number}" in keys:
            raise Refused(
                Text(
                    th=f"เอกสาร {paper.number} เป็นส่วนหนึ่งของเรื่องที่อนุมัติแล้ว จึงแก้หรือนำออกไม่ได้",
                    en=f"{paper.number} is part of what was approved and cannot be changed",
                ),
                hint=_revise(case),
            )


def _require_still_complete(before: Case, after: Case, manual: Manual) -> None:
    """Pass unless a step that has ended needed what was taken off."""
    for index in range(before.step):
        then = {form.slug for form in forms_at(before, index, manual) if form.attached}
        for form in forms_at(after, index, manual):
            if form.must and form.slug in then and not form.attached:
                name = process_of(before, manual).steps[index].title
                again = f"khaen form fill {form.slug} --revises …"
                raise Refused(
                    Text(
                        th=f"ขั้นตอน “{name.th}” จบโดยใช้แบบนี้ จึงนำออกไม่ได้",
                        en=f"the step “{name.en}” ended with this form: it cannot be taken off",
                    ),
                    hint=Text(
                        th=f"แก้แล้วแนบแทนได้: `{again}`", en=f"put a revision in its place: `{again}`"
                    ),
                )


def _revise(case: Case) -> Text:
    return Text(
        th=f"ดึงเรื่องกลับมาแก้ไขก่อน แล้วเสนอใหม่: `khaen case revise {case.number}`",
        en=f"pull the case back first, then submit it again: `khaen case revise {case.number}`",
    )


def _told(paper: Paper) -> str:
    return f"{paper.number} r{paper.revision}: {paper.title} (SHA-256 {paper.sha256[:_SHORT]})"
