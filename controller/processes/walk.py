"""What every move of a case shares: where it stands, who may move it, what to do next."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any

from controller.accounts.actor import Actor
from controller.errors import InputError, NotAllowed, Refused, Text
from controller.processes.case import Case, Event, StepKind
from controller.processes.manual import MANUAL, Manual, Process, Step

# The command that ends a step of each kind; `{case}` is the case number.
COMMANDS: dict[StepKind, str] = {
    "appoint": "khaen case appoint {case}",
    "plan": "khaen case submit {case}",
    "approve": "khaen case approve {case}",
    "notify": "khaen case notify {case}",
    "execute": "khaen apply {case}",
    "monitor": "khaen case show {case}",
    "evaluate": "khaen case close {case}",
}
# Characters that reorder text on a screen, so that it reads other than it is.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def process_of(case: Case, manual: Manual = MANUAL) -> Process:
    """The process `case` is a run of. Errors: `NotFound`."""
    return manual.process(case.process)


def step_of(case: Case, manual: Manual = MANUAL) -> Step:
    """The step an open case stands at.

    Errors: `Refused` when the case is closed or refused: it never moves again.
    """
    if case.state != "open":
        state = Text(th="ปิดแล้ว" if case.state == "closed" else "ไม่ได้รับอนุมัติ", en=f"is {case.state}")
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
    raise Refused(
        Text(
            th=f"เรื่อง {case.number} อยู่ที่ขั้นตอน “{step.name}” ยังทำรายการนี้ไม่ได้",
            en=f"case {case.number} stands at “{step.english}”: this cannot be done now",
        ),
        hint=next_move(case, manual),
    )


def next_move(case: Case, manual: Manual = MANUAL) -> Text:
    """What to do next in an open case, with the command."""
    step = step_of(case, manual)
    command = COMMANDS[step.kind].format(case=case.number)
    return Text(
        th=f"ขั้นตอนถัดไปคือ “{step.name}”: `{command}`",
        en=f"the next step is “{step.english}”: `{command}`",
    )


def require_member(case: Case, actor: Actor, *, proposer_too: bool = False) -> None:
    """Pass when `actor` may act in the case: the proposer before a group is appointed, then it.

    `proposer_too` lets the proposer go on acting. Errors: `NotAllowed`, naming who may.
    """
    may = {case.proposer} if case.group is None or proposer_too else set()
    if case.group is not None:
        may |= {case.group.chair, case.group.secretary, *case.group.members}
    if actor.username in may:
        return
    names = ", ".join(sorted(may))
    raise NotAllowed(
        Text(
            th=f"{actor.username} ไม่ใช่ผู้มีหน้าที่ในเรื่อง {case.number}",
            en=f"{actor.username} has no part in case {case.number}",
        ),
        hint=Text(th=f"ผู้ทำรายการได้: {names}", en=f"who may: {names}"),
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


def written(value: str, what: Text) -> str:
    """`value` without white space around it, when a person can read it as it is.

    Errors: `InputError` when it is empty, or holds control or reordering characters, with which a
    text can look other than it is on the director's screen.
    """
    text = value.strip()
    if not text:
        raise InputError(Text(th=f"ต้องระบุ{what.th}", en=f"{what.en} must be given"))
    for letter in text:
        control = unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\t"
        if control or letter in _REORDERING:
            raise InputError(
                Text(
                    th=f"{what.th}มีอักขระควบคุม U+{ord(letter):04X}",
                    en=f"{what.en} holds the control character U+{ord(letter):04X}",
                )
            )
    return text


def record(case: Case, what: str, actor: str, at: datetime, note: str = "", **to: Any) -> Case:
    """`case` with one event more, and with the fields in `to` changed."""
    event = Event(at=at, actor=actor, step=case.step, what=what, note=note)
    return case.model_copy(update={"events": (*case.events, event), **to})


def ahead(case: Case, manual: Manual = MANUAL) -> dict[str, Any]:
    """The fields that change when the current step ends: the next step, or the end of the case."""
    if case.step + 1 < len(process_of(case, manual).steps):
        return {"step": case.step + 1}
    return {"state": "closed"}
