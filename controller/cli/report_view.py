"""The evidence of a case on a terminal, and as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import typer

from controller.cli import output
from controller.cli.case_matter import moment
from controller.cli.case_view import case_json, show_case_view
from controller.cli.layout import tell
from controller.cli.run_view import reason_in_words, run_json, state_in_words
from controller.inventory.office import Office
from controller.operations.follow_run import Outcome
from controller.operations.report_case import Report
from controller.processes.case import Decision

KINDS = {
    "approve": ("เห็นชอบ", "approved"),
    "return": ("ส่งกลับแก้ไข", "sent back"),
    "refuse": ("ไม่เห็นชอบ", "refused"),
}
SHORT = 12


def report_json(report: Report) -> dict[str, Any]:
    """The evidence for programs."""
    return {
        "case": case_json(report.case),
        "plan": report.plan.id if report.plan else None,
        "commit": report.commit,
        "edited": list(report.edited),
        "runs": [run_json(outcome) for outcome in report.runs],
        "tampered": [text.en for text in report.tampered],
        "audit": [{"seq": e.seq, "action": e.action, "hash": e.hash} for e in report.entries],
        "audit_log_intact": report.proof.ok,
    }


def show_report(report: Report, office: Office, now: datetime) -> None:
    """Print the evidence: case, decisions, plan, runs, proof."""
    show_case_view(report.case, office, now)
    for decision in report.case.decisions:
        _show_decision(decision)
    for words in report.tampered:
        typer.echo(f"  !! {output.words(words.th, words.en)}")
    if report.plan:
        plan, edited = report.plan, ", ".join(report.edited)
        output.say(
            f"แผนคำนวณจาก {len(plan.inputs)} ไฟล์ ที่ commit {report.commit or '-'}"
            + (f" และไฟล์ที่แก้หลังจากนั้น: {edited}" if edited else ""),
            f"the plan was computed from {len(plan.inputs)} files at commit {report.commit or '-'}"
            + (f" and files edited since: {edited}" if edited else ""),
        )
    for outcome in report.runs:
        _show_run(outcome)
    intact = report.proof.ok is True
    output.say(
        f"บันทึกตรวจสอบของเรื่องนี้ {len(report.entries)} รายการ ทั้งบันทึก {report.proof.seen} รายการ: "
        + ("ครบถ้วน ไม่ถูกแก้ไข" if intact else "พิสูจน์ไม่ได้"),
        f"{len(report.entries)} audit entries about this case, {report.proof.seen} in all: "
        + ("intact" if intact else "cannot be proved"),
    )


def _show_decision(decision: Decision) -> None:
    order = f" ({decision.acting_order})" if decision.acting_order else ""
    who = f"{decision.title}{order} [{decision.actor}]"
    kind, dossier = KINDS[decision.kind], decision.dossier[:SHORT]
    what_th = f"สำนวน {dossier}" if dossier else ""
    what_en = f"dossier {dossier}" if dossier else ""
    if decision.plan:
        plan = decision.plan[:SHORT]
        what_th = f"{what_th} แผน {plan}".strip()
        what_en = f"{what_en}, plan {plan}".removeprefix(", ")
    tell(
        output.words(
            f"{kind[0]} โดย {who} เมื่อ {moment(decision.at)} บน{what_th} "
            f"บันทึกตรวจสอบ #{decision.audit_seq} {decision.comment}".rstrip(),
            f"{kind[1]} by {who} at {moment(decision.at)} on {what_en}, "
            f"audit entry #{decision.audit_seq} {decision.comment}".rstrip(),
        ),
        4,
    )


def _show_run(outcome: Outcome) -> None:
    run = outcome.run
    began, ended = moment(run.started), moment(run.ended) if run.ended else "-"
    output.say(
        f"ดำเนินการ {run.id} ({run.kind}) โดย {run.by}: {began} ถึง {ended}",
        f"run {run.id} ({run.kind}) by {run.by}: {began} to {ended}",
    )
    output.table(
        (
            output.words("อุปกรณ์", "device"),
            output.words("สถานะ", "state"),
            output.words("ก่อน", "before"),
            output.words("หลัง", "after"),
            output.words("เหตุ", "reason"),
        ),
        [
            (
                d.device,
                state_in_words(d.state),
                d.before[:SHORT],
                d.after[:SHORT],
                reason_in_words(d.reason),
            )
            for d in outcome.devices
        ],
    )
