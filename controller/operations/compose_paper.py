"""Compose a paper of a case from everything that is known of it, as this office writes papers."""

from __future__ import annotations

from datetime import date

from controller.accounts.actor import Actor
from controller.documents.blocks import Document
from controller.documents.compose.evidence import AuditLine, AuditProof, evidence_pack
from controller.documents.compose.evidence_runs import CarriedOut
from controller.documents.compose.flow import flow_chart
from controller.documents.compose.look import Look
from controller.documents.compose.memo import memo
from controller.documents.compose.notice import notification
from controller.documents.compose.order import order
from controller.documents.compose.report import evaluation_report
from controller.errors import InputError, Text
from controller.operations.context import Context
from controller.operations.read_plan import trusted_plan
from controller.operations.report_case import Report, report_case
from controller.operations.show_progress import show_progress
from controller.operations.show_survey import show_survey
from controller.plans.plan import Plan
from controller.processes.case import Case
from controller.processes.forms.survey import Results
from controller.processes.manual import process
from controller.store import plans
from controller.thai import bangkok_date, fiscal_year


def compose_paper(
    context: Context, actor: Actor, case: Case, paper: str, *, day: date, number: str
) -> Document:
    """The paper in blocks, dated `day`; `number` is empty where it has none.

    Errors: `StalePlan` for an edited plan, `StoreError` for damaged forms or surveys.
    """
    office, look = context.office(), look_of(context)
    steps = process(case.process)
    match paper:
        case "order":
            return order(case, office, steps, number=number, day=day, look=look)
        case "memo":
            plan = _plan(context, case)
            return memo(case, office, steps, number=number, day=day, look=look, plan=plan)
        case "notification":
            return notification(case, office, number=number, day=day, look=look)
        case "evaluation":
            year = fiscal_year(bangkok_date(case.evaluations[-1].at))
            return evaluation_report(
                case,
                office,
                steps,
                day=day,
                look=look,
                surveys=_surveys(context, actor, case),
                progress=show_progress(context, actor, case.number, year),
            )
        case "evidence":
            report = report_case(context, actor, case.number)
            runs = [CarriedOut(outcome.run, outcome.devices) for outcome in report.runs]
            audit = _proof(report)
            return evidence_pack(case, office, steps, day=day, look=look, audit=audit, runs=runs)
    return flow_chart(steps, case, office=office, day=day, look=look)


def _plan(context: Context, case: Case) -> Plan | None:
    """The case's change plan, None without one."""
    if case.plan is None:
        return None
    with context.store.read() as conn:
        return trusted_plan(plans.load_plan(conn, case.plan))


def _surveys(context: Context, actor: Actor, case: Case) -> list[Results]:
    numbers = [paper.number for paper in case.papers if paper.kind == "survey"]
    return [show_survey(context, actor, number).results for number in numbers]


def _proof(report: Report) -> AuditProof:
    return AuditProof(
        lines=tuple(AuditLine(e.seq, e.at, e.actor, e.action, e.hash) for e in report.entries),
        seen=report.proof.seen,
        head=report.proof.head,
        intact=report.proof.ok,
        tampered=report.tampered,
    )


def look_of(context: Context) -> Look:
    """How this office's papers are written."""
    return Look(thai_digits=context.settings.documents.digits == "thai")


def garuda_of(context: Context) -> bytes | None:
    """The office's picture of the garuda. Errors: `InputError` when khaen.toml names none there."""
    named = context.settings.documents.garuda
    if named is None:
        return None
    try:
        return (context.root / named).read_bytes()
    except OSError:
        raise InputError(
            Text(th=f"ไม่พบตราครุฑ {named}", en=f"the garuda {named} is not there"),
            hint=Text(
                th="แก้ documents.garuda ใน khaen.toml", en="mend documents.garuda in khaen.toml"
            ),
        ) from None
