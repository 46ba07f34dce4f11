"""Write a specification into its case, and the form แบบการกำหนดคุณสมบัติ that says the same."""

from __future__ import annotations

from dataclasses import replace

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Refused, Text
from controller.operations.context import Context
from controller.operations.fill_form import fill_form
from controller.operations.procurement_papers import keep_paper
from controller.processes.case import Case, Group, Paper
from controller.processes.forms.catalogue import form
from controller.processes.forms.filling import fill
from controller.processes.manual import MANUAL
from controller.processes.procuring import PROCESS, SPECIFICATION, specification_paper
from controller.processes.walk import not_now, step_of
from controller.procurement.definition_form import FORM, Signing, definition_values
from controller.specs.specification import Specification
from controller.store import cases, forms
from controller.store.engine import Connection


def write_specification(
    context: Context, actor: Actor, number: str, specification: Specification
) -> Case:
    """The case with the specification, and with its form filled in and attached.

    A specification with errors of the lint is kept too: work goes on in several sittings. It only
    cannot be put to the director (`submit_case`).

    Errors: `NotFound`; `Refused` for a case of another process, at another step than the plan step,
    before the director, or when the same content is there already; `Outdated`.
    """
    require(actor, "write_specification")
    with context.store.read() as conn:
        before = cases.load_case(conn, number)
        values = _form_values(context, conn, before, specification)
    # What the form cannot hold is told before anything is kept.
    fill(form(FORM), values)
    earlier = specification_paper(before)
    if earlier is None or earlier.sha256 != specification.sha256:
        keep_paper(
            context,
            actor,
            "write_specification",
            number,
            kind="specification",
            name=SPECIFICATION,
            title=f"คุณลักษณะเฉพาะ: {specification.title}",
            content=specification.content,
            told={"items": len(specification.items)},
            check=_require_its_step,
        )
    elif _form_paper(before) is not None:
        raise _unchanged(number)
    # The case has just been changed by this very person: what they saw before is not its state.
    own = replace(context, seen=None)
    paper = _form_paper(before)
    fill_form(own, actor, FORM, values, case=number, revises=paper.number if paper else None)
    with context.store.read() as conn:
        return cases.load_case(conn, number)


def _require_its_step(_: Connection, case: Case) -> None:
    if case.process != PROCESS:
        raise InputError(
            Text(
                th=f"เรื่อง {case.number} เป็นกระบวนงาน {case.process} คุณลักษณะเฉพาะเป็นของ {PROCESS}",
                en=f"case {case.number} is of {case.process}; specifications are of {PROCESS}",
            ),
            hint=Text(
                th=f"เปิดเรื่องใหม่: `khaen case open {PROCESS} --title …`",
                en=f"open one: `khaen case open {PROCESS} --title …`",
            ),
        )
    step = step_of(case)
    if step.kind not in {"plan", "approve"}:  # of an approve step `attach` says what to do
        raise not_now(case, step, MANUAL)


def _form_values(
    context: Context, conn: Connection, case: Case, specification: Specification
) -> dict[str, object]:
    paper = _form_paper(case)
    earlier = forms.load_form(conn, paper.number).values if paper else {}
    signing = _signing(context, case.group)
    return definition_values(specification, context.baselines(), signing, earlier)


def _signing(context: Context, group: Group | None) -> Signing:
    """Who signs: chair, first member (the chair where there is none) and secretary."""
    if group is None:
        return Signing("-", context.today().isoformat(), "-", "-", "-")
    office = context.office()
    members = next(iter(group.members), group.chair)
    people = [office.person(name) for name in (group.chair, members, group.secretary)]
    titles = [person.title if person else "-" for person in people]
    return Signing(group.order, group.dated.isoformat(), *titles)


def _form_paper(case: Case) -> Paper | None:
    """The form of the case, the last one where somebody attached several."""
    found = [paper for paper in case.papers if paper.form == FORM]
    return found[-1] if found else None


def _unchanged(number: str) -> Refused:
    return Refused(
        Text(
            th=f"คุณลักษณะเฉพาะของเรื่อง {number} เหมือนที่มีอยู่ทุกประการ",
            en=f"case {number} has exactly this specification already",
        )
    )
