"""What every move of a case shares: where it stands, who may move it, what to do next."""

from __future__ import annotations

from controller.accounts.actor import ROLES, Actor
from controller.errors import NotAllowed, Refused, Text
from controller.processes.case import Case, StepKind
from controller.processes.manual import MANUAL, Manual, Process, Step
from controller.processes.needs import GIVING, forms_missing, in_words, lacking, missing
from controller.processes.step import Need

# The command that ends a step when what it needs next is this; `{case}` is the case number.
COMMANDS: dict[Need, str] = {
    **GIVING,
    "plan": "khaen case submit {case}",
    "study": "khaen case submit {case}",
}
_STATES = {
    "closed": Text(th="ปิดแล้ว", en="is closed"),
    "refused": Text(th="ไม่ได้รับอนุมัติ", en="is refused"),
    "withdrawn": Text(th="ถอนเรื่องแล้ว", en="is withdrawn"),
}


def process_of(case: Case, manual: Manual = MANUAL) -> Process:
    """The process `case` is a run of. Errors: `NotFound`."""
    return manual.process(case.process)


def step_of(case: Case, manual: Manual = MANUAL) -> Step:
    """The step an open case stands at.

    Errors: `Refused` when the case is closed, refused or withdrawn: it never moves again.
    """
    if case.state != "open":
        state = _STATES[case.state]
        raise Refused(
            Text(
                th=f"เรื่อง {case.number} {state.th} ทำรายการต่อไม่ได้",
                en=f"case {case.number} {state.en}: nothing more can happen in it",
            ),
            hint=Text(
                th=f"หากยังต้องทำงานนี้ ให้เปิดเรื่องใหม่: khaen case open {case.process}",
                en=f"if the work is still needed, open a new case: khaen case open {case.process}",
            ),
        )
    steps = process_of(case, manual).steps
    if 0 <= case.step < len(steps):
        return steps[case.step]
    raise Refused(
        Text(
            th=f"เรื่อง {case.number} ระบุขั้นตอนที่ {case.step} ซึ่งไม่มีในกระบวนงาน {case.process}",
            en=f"case {case.number} names step {case.step}, which process {case.process} has not",
        )
    )


def require_step(case: Case, kind: StepKind, manual: Manual = MANUAL) -> Step:
    """The step an open case stands at, when it is of this kind.

    Errors: `Refused`, saying which step is next and the command for it.
    """
    step = step_of(case, manual)
    if step.kind == kind:
        return step
    raise not_now(case, step, manual)


def require_need(case: Case, need: Need, manual: Manual = MANUAL) -> Step:
    """The step an open case stands at, when it needs this.

    Errors: `Refused`, saying which step is next and the command for it.
    """
    step = step_of(case, manual)
    if need in step.needs:
        return step
    raise not_now(case, step, manual)


def not_now(case: Case, step: Step, manual: Manual) -> Refused:
    """The refusal of a move that does not belong to the step the case is at."""
    return Refused(
        Text(
            th=f"เรื่อง {case.number} อยู่ที่ขั้นตอน “{step.name}” ยังทำรายการนี้ไม่ได้",
            en=f"case {case.number} stands at “{step.english}”: this cannot be done now",
        ),
        hint=next_move(case, manual),
    )


def command(case: Case, manual: Manual = MANUAL) -> str:
    """What to type next to end the step an open case is at, forms aside."""
    step = step_of(case, manual)
    if not step.needs:
        return f"khaen case show {case.number}"
    left = lacking(case, step)
    if left:
        return COMMANDS[left[0]].format(case=case.number)
    last = step.needs[-1]
    done = " --done" if last in {"work", "follow-up"} else ""
    return COMMANDS[last].format(case=case.number) + done


def next_move(case: Case, manual: Manual = MANUAL) -> Text:
    """What to do next in an open case: the forms still to be filled in, then the command."""
    step = step_of(case, manual)
    to_fill = "".join(f"`{form.command}`, " for form in forms_missing(case, manual))
    study = f"`{GIVING['study']}`, ".format(case=case.number)
    first = to_fill if "study" not in lacking(case, step) else study + to_fill
    typed = f"{first}`{command(case, manual)}`"
    return Text(
        th=f"ขั้นตอนถัดไปคือ “{step.name}”: {typed}",
        en=f"the next step is “{step.english}”: {typed}",
    )


def require_complete(case: Case, manual: Manual = MANUAL) -> None:
    """Pass when nothing is missing for the current step to end.

    Errors: `Refused`, naming all that is missing.
    """
    left = missing(case, manual)
    if not left:
        return
    step = step_of(case, manual)
    all_of_it = in_words(left)
    raise Refused(
        Text(
            th=f"ขั้นตอน “{step.name}” ของเรื่อง {case.number} ยังไม่ครบ",
            en=f"the step “{step.english}” of case {case.number} is not complete",
        ),
        hint=Text(th=f"ยังขาด {all_of_it.th}", en=f"still missing: {all_of_it.en}"),
    )


def doers(case: Case, step: Step) -> tuple[str, ...]:
    """The people of the case, by user name, who may act at `step`; roles aside.

    Before a group is appointed the proposer stands for it.
    """
    people: list[str] = []
    for who in step.doers:
        if who == "proposer" or (who == "group" and case.group is None):
            people.append(case.proposer)
        elif who == "group" and case.group is not None:
            people += [case.group.chair, *case.group.members, case.group.secretary]
    return tuple(dict.fromkeys(people))


def require_doer(case: Case, actor: Actor, step: Step) -> None:
    """Pass when `actor` may act at `step`: as one of the people of the case, or by their role.

    Errors: `NotAllowed`, naming who may.
    """
    people = doers(case, step)
    if actor.username in people or actor.roles & {*step.roles}:
        return
    raise _no_part(case, actor, [*people], [ROLES[role] for role in step.roles])


def require_member(case: Case, actor: Actor, *, proposer_too: bool = False) -> None:
    """Pass when `actor` may act in the case: the proposer before a group is appointed, then it.

    `proposer_too` lets the proposer go on acting. Errors: `NotAllowed`, naming who may.
    """
    may = {case.proposer} if case.group is None or proposer_too else set()
    if case.group is not None:
        may |= {case.group.chair, case.group.secretary, *case.group.members}
    if actor.username not in may:
        raise _no_part(case, actor, sorted(may), [])


def _no_part(case: Case, actor: Actor, people: list[str], roles: list[Text]) -> NotAllowed:
    names_th = ", ".join([*people, *(role.th for role in roles)])
    names_en = ", ".join([*people, *(role.en for role in roles)])
    return NotAllowed(
        Text(
            th=f"{actor.username} ไม่ใช่ผู้มีหน้าที่ในเรื่อง {case.number}",
            en=f"{actor.username} has no part in case {case.number}",
        ),
        hint=Text(th=f"ผู้ทำรายการได้: {names_th}", en=f"who may: {names_en}"),
    )


def require_no_run(case: Case, run_open: bool | None) -> None:
    """Pass only when it is certain that no run of the case is going on.

    Errors: `Refused`, also when nobody knows (None).
    """
    if run_open is False:
        return
    raise Refused(
        Text(
            th=f"เรื่อง {case.number} ยังมีการดำเนินการกับอุปกรณ์ที่ไม่จบ",
            en=f"a run of case {case.number} is not finished",
        )
        if run_open
        else Text(
            th=f"ไม่ทราบว่าการดำเนินการกับอุปกรณ์ของเรื่อง {case.number} จบแล้วหรือไม่",
            en=f"it is not known whether a run of case {case.number} is finished",
        ),
        hint=Text(
            th="รอให้จบก่อน หรือให้ `khaen worker` ทำต่อจนจบ",
            en="wait for it, or let `khaen worker` bring it to its end",
        ),
    )
