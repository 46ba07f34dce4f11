"""The gate of a procurement: may work go on by this specification, now?

It asks what the gate of the devices asks (`conditions`), at the approve step before the work. An
approval of a specification does not expire: prices of an edition do, and the lint says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from controller.errors import NotApproved, Text
from controller.inventory.office import Office
from controller.processes.approval import Verdict
from controller.processes.case import Case, Paper
from controller.processes.conditions import (
    Against,
    Condition,
    Question,
    approved,
    as_logged,
    by_another_person,
    by_the_director,
    chain_verified,
    dossier_as_decided,
    group_appointed,
    in_time,
)
from controller.processes.dossier import submission_to
from controller.processes.evidence import LoggedEntry
from controller.processes.manual import MANUAL, Manual
from controller.processes.walk import next_move

SPECIFICATION = "specification"
PROCESS = "2.4"

_ON_RECORD: tuple[Condition, ...] = (
    group_appointed,
    approved,
    dossier_as_decided,
    in_time,
    by_another_person,
    by_the_director,
    as_logged,
)


def specification_paper(case: Case) -> Paper | None:
    """The specification attached to the case, None without one."""
    return next((paper for paper in case.papers if paper.kind == SPECIFICATION), None)


def may_procure(
    case: Case,
    decision_entry: LoggedEntry | None,
    office: Office,
    now: datetime,
    *,
    manual: Manual = MANUAL,
) -> Verdict:
    """Whether the case's specification is the one the director approved.

    `decision_entry` is the audit log's entry the decision names, None when there is none. The case
    may be closed by now. This is for showing; who acts asks `may_work` too.
    """
    question = _question(case, decision_entry, None, office, now, manual)
    return _verdict([*_specified(question), *_asked(question, _ON_RECORD)])


def may_work(
    case: Case,
    decision_entry: LoggedEntry | None,
    chain_ok: bool | None,
    office: Office,
    now: datetime,
    *,
    manual: Manual = MANUAL,
) -> Verdict:
    """The same, and whether the case stands at its work and the audit log is intact."""
    question = _question(case, decision_entry, chain_ok, office, now, manual)
    against = [*_specified(question), *_at_work(question)]
    return _verdict([*against, *_asked(question, (*_ON_RECORD, chain_verified))])


def insist_on_approval(verdict: Verdict, case: Case, *, manual: Manual = MANUAL) -> None:
    """Pass when the gate is open. Errors: `NotApproved` with every reason."""
    if verdict.open is True:
        return
    reasons = verdict.reasons
    raise NotApproved(
        Text(
            th=f"คุณลักษณะเฉพาะของเรื่อง {case.number} ยังใช้ดำเนินการไม่ได้: "
            + "; ".join(reason.th for reason in reasons),
            en=f"the specification of case {case.number} cannot be worked by: "
            + "; ".join(reason.en for reason in reasons),
        ),
        hint=next_move(case, manual) if case.state == "open" else None,
    )


def _question(
    case: Case,
    entry: LoggedEntry | None,
    chain_ok: bool | None,
    office: Office,
    now: datetime,
    manual: Manual,
) -> Question:
    return Question(
        case=case,
        plan=None,
        entry=entry,
        chain_ok=chain_ok,
        office=office,
        inputs_now={},
        now=now,
        kind="work",
        planned_by=None,
        manual=manual,
    )


def _specified(question: Question) -> Iterator[Against]:
    """The case is a procurement, and its specification is among what was decided on."""
    case = question.case
    if case.process != PROCESS:
        yield _no(
            f"เรื่อง {case.number} ไม่ใช่กระบวนงาน {PROCESS}",
            f"case {case.number} is not of process {PROCESS}",
        )
    paper = specification_paper(case)
    if paper is None:
        yield _no("เรื่องนี้ไม่มีคุณลักษณะเฉพาะ", "the case has no specification")
        return
    submission = submission_to(case, question.gate)
    items = {item.key: item.sha256 for item in submission.items} if submission else {}
    if items.get(f"paper/{paper.number}") != paper.sha256:
        yield _no(
            "คุณลักษณะเฉพาะนี้ไม่ใช่ฉบับที่เสนอผู้อำนวยการ",
            "this specification is not the one that was put before the director",
        )


def _at_work(question: Question) -> Iterator[Against]:
    """The case is open, and stands behind its approval."""
    case = question.case
    if case.state != "open":
        yield _no(f"เรื่อง {case.number} ไม่ได้เปิดอยู่", f"case {case.number} is {case.state}, not open")
    elif case.step <= question.gate:
        yield _no(
            f"เรื่อง {case.number} ยังไม่ผ่านการอนุมัติ",
            f"case {case.number} does not stand behind its approval yet",
        )


def _asked(question: Question, conditions: tuple[Condition, ...]) -> list[Against]:
    return [objection for condition in conditions for objection in condition(question)]


def _verdict(against: list[Against]) -> Verdict:
    if not against:
        return Verdict(open=True, reasons=())
    sure = any(objection.sure for objection in against)
    return Verdict(
        open=False if sure else None, reasons=tuple(objection.text for objection in against)
    )


def _no(th: str, en: str) -> Against:
    return Against(Text(th=th, en=en))
