"""What the step a case is at still needs before it can end."""

from __future__ import annotations

from dataclasses import dataclass

from controller.errors import Text
from controller.processes.case import Case, Paper
from controller.processes.history import happened_here, here
from controller.processes.manual import MANUAL, Manual, Process
from controller.processes.step import Need, Step

NEEDED: dict[Need, Text] = {
    "order": Text(
        th="เลขที่และวันที่คำสั่งแต่งตั้ง ประธาน กรรมการ เลขานุการ",
        en="number and date of the order, chair, members, secretary",
    ),
    "study": Text(th="ผลการศึกษาและสิ่งที่เสนอให้ดำเนินการ", en="what was studied and is proposed"),
    "plan": Text(th="แผนการเปลี่ยนแปลง", en="a change plan"),
    "decision": Text(
        th="ผลการพิจารณาของผู้อำนวยการหรือผู้รักษาราชการแทน ซึ่งไม่ใช่ผู้เสนอ",
        en="a decision of the director or who acts for them, not a proposer",
    ),
    "notice": Text(th="แจ้งใคร อย่างไร ว่าอะไร", en="who was told, how, and what"),
    "run": Text(th="ดำเนินการตามแผนที่อนุมัติกับอุปกรณ์", en="the approved plan carried out on the devices"),
    "work": Text(th="บันทึกการดำเนินงาน", en="a record of the work done"),
    "follow-up": Text(th="บันทึกการติดตามผล", en="a record of following up"),
    "summary": Text(th="ผลการดำเนินงาน ปัญหา ข้อเสนอแนะ", en="results, problems and suggestions"),
    "publication": Text(th="เผยแพร่ที่ใด เมื่อใด", en="where and when it was published"),
}
# How to give each need; the commands of a plan step end it once all of it is there.
GIVING: dict[Need, str] = {
    "order": "khaen case appoint {case}",
    "study": "khaen case study {case}",
    "plan": "khaen case replan {case} --plan …",
    "decision": "khaen case approve {case}",
    "notice": "khaen case notify {case}",
    "run": "khaen apply {case}",
    "work": "khaen case record {case}",
    "follow-up": "khaen case follow {case}",
    "summary": "khaen case evaluate {case}",
    "publication": "khaen case publish {case}",
}


@dataclass(frozen=True)
class FormView:
    """A form that must or may be attached at a step; `command` fills it in, or opens the survey.

    `papers` are the numbers of those that are attached.
    """

    slug: str
    name: Text
    must: bool
    survey: bool
    papers: tuple[str, ...]
    command: str

    @property
    def attached(self) -> bool:
        """Whether at least one is attached."""
        return bool(self.papers)


def missing(case: Case, manual: Manual = MANUAL) -> tuple[Text, ...]:
    """What the current step still needs, each with the command that gives it.

    Nothing for a case that has ended. Errors: `NotFound` for a process the manual has not.
    """
    step = _current(case, manual)
    if step is None:
        return ()
    left = lacking(case, step)
    needs = [_with_command(NEEDED[need], GIVING[need].format(case=case.number)) for need in left]
    return (*needs, *(_with_command(f.name, f.command) for f in forms_missing(case, manual)))


def wanting(case: Case, manual: Manual = MANUAL) -> tuple[Text, ...]:
    """What the current step still needs, in words alone; nothing for a case that has ended."""
    step = _current(case, manual)
    if step is None:
        return ()
    needs = [NEEDED[need] for need in lacking(case, step)]
    return (*needs, *(form.name for form in forms_missing(case, manual)))


def forms_missing(case: Case, manual: Manual = MANUAL) -> tuple[FormView, ...]:
    """The forms that must still be attached before the current step can end."""
    if _current(case, manual) is None:
        return ()
    return tuple(f for f in forms_at(case, case.step, manual) if f.must and not f.attached)


def lacking(case: Case, step: Step) -> tuple[Need, ...]:
    """The needs of the step the case is at that are not there, forms aside."""
    return tuple(need for need in step.needs if not _is_there(case, need))


def forms_at(case: Case, index: int, manual: Manual = MANUAL) -> tuple[FormView, ...]:
    """The forms of one step of the case's process, those it must have first."""
    process = manual.process(case.process)
    step = process.steps[index]
    return tuple(
        _form(case, process, index, slug, slug in step.forms, manual)
        for slug in (*step.forms, *step.may)
    )


def counts_for(paper: Paper, process: Process, index: int, *, survey: bool) -> bool:
    """Whether a paper is one of those that step `index` asks for, when it has the right form.

    It was attached at the step, or at one before it that no approval lies between: what was
    approved already is not the work that came of it. Of a survey only its results count.
    """
    before = [i for i in range(index) if process.steps[i].kind == "approve"]
    kind = "survey" if survey else "form"
    return paper.kind == kind and (before[-1] if before else -1) < paper.step <= index


def _current(case: Case, manual: Manual) -> Step | None:
    steps = manual.process(case.process).steps
    return steps[case.step] if case.state == "open" and 0 <= case.step < len(steps) else None


def _is_there(case: Case, need: Need) -> bool:
    match need:
        case "plan":
            return case.plan is not None
        case "study":
            # At this step, whenever: a second plan step needs a study of its own, one that was
            # sent back does not.
            studied = any(e.what == "studied" and e.step == case.step for e in case.events)
            return case.study is not None and studied
        case "order":
            return happened_here(case, "appointed")
        case "decision":
            return happened_here(case, "approved")
        case "notice":
            return happened_here(case, "notified")
        case "summary":
            return happened_here(case, "evaluated")
        case "work" | "follow-up" | "publication":
            since = len([e for e in here(case) if e.what in {"recorded", "ended"}])
            return any(r.kind == need for r in case.records[len(case.records) - since :])
        case "run":
            # The program ends such a step itself, the moment every device is done.
            return False


def _form(
    case: Case, process: Process, index: int, slug: str, must: bool, manual: Manual
) -> FormView:
    named = manual.form(slug)
    survey = named is not None and named.survey
    papers = [p for p in case.papers if p.form == slug]
    verb = "khaen survey open" if survey else "khaen form fill"
    return FormView(
        slug=slug,
        name=Text(th=named.name, en=named.english) if named else Text(th=slug, en=slug),
        must=must,
        survey=survey,
        papers=tuple(p.number for p in papers if counts_for(p, process, index, survey=survey)),
        command=f"{verb} {slug} --case {case.number}",
    )


def _with_command(what: Text, command: str) -> Text:
    return Text(th=f"{what.th}: `{command}`", en=f"{what.en}: `{command}`")


def in_words(needs: tuple[Text, ...]) -> Text:
    """Several things as one sentence part."""
    return Text(th="; ".join(n.th for n in needs), en="; ".join(n.en for n in needs))
