"""Attach a form that was filled in on its own, for example by a school, to a case."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import Refused, Text
from controller.operations.context import Context
from controller.operations.fill_form import attach_form_paper
from controller.operations.move_case import case_to_move
from controller.processes.case import Case
from controller.processes.forms.catalogue import form
from controller.store import audit_log, cases, forms


def attach_form(context: Context, actor: Actor, number: str, case: str) -> Case:
    """The case with the form's newest revision.

    Errors: `NotFound`; `Refused` when another case has it, and as `processes.steps.attach`.
    """
    require(actor, "attach_form")
    now = context.clock()
    with context.store.begin() as conn:
        filled = forms.load_form(conn, number)
        case_to_move(context, conn, case)
        if filled.case not in (None, case):
            held = cases.load_case(conn, filled.case or "")
            if any(paper.number == number for paper in held.papers):
                raise Refused(
                    Text(
                        th=f"แบบฟอร์ม {number} แนบอยู่กับเรื่อง {held.number}",
                        en=f"form {number} is attached to case {held.number}",
                    ),
                    hint=Text(
                        th=f"นำออกก่อนด้วย khaen case detach {held.number} {number}",
                        en=f"take it off first: khaen case detach {held.number} {number}",
                    ),
                )
        placed = filled.model_copy(update={"case": case})
        after = attach_form_paper(conn, form(filled.slug), placed, actor, now)
        forms.place_form(conn, number, case)
        audit_log.append(
            conn,
            actor=actor.username,
            action="attach_form",
            subject=case,
            content={"form": number, "revision": filled.revision, "sha256": filled.sha256},
            at=now,
        )
    return after
