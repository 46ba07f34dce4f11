"""Open a survey, so that many can answer it."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Refused, Text
from controller.operations.context import Context
from controller.processes.forms.catalogue import form
from controller.store import audit_log, cases, registers, surveys
from controller.store.surveys import Survey
from controller.thai import bangkok_date, buddhist_year


def open_survey(
    context: Context, actor: Actor, slug: str, title: str, case: str | None = None
) -> Survey:
    """A new survey with the next number of its form; its results may go to a case.

    Without a title the form's name is used. Errors: `NotFound`, `InputError` for a form that is no
    survey, `Refused` for a case that has ended.
    """
    require(actor, "open_survey")
    definition = form(slug)
    if definition.kind != "survey":
        raise InputError(
            Text(
                th=f"{definition.th} ({slug}) ไม่ใช่แบบสอบถาม",
                en=f"{definition.en} ({slug}) is no survey",
            ),
            hint=Text(
                th=f"กรอกด้วย khaen form fill {slug}", en=f"fill it in with khaen form fill {slug}"
            ),
        )
    now = context.clock()
    year = buddhist_year(bangkok_date(now))
    with context.store.begin() as conn:
        if case is not None and cases.load_case(conn, case).state != "open":
            raise Refused(
                Text(th=f"เรื่อง {case} สิ้นสุดแล้ว", en=f"case {case} has ended"),
                hint=Text(th="เปิดแบบสอบถามโดยไม่ระบุเรื่อง", en="open the survey without a case"),
            )
        running = registers.next_number(conn, f"form-{slug}", year)
        survey = Survey(
            id=f"{year}-{slug}-{running:04}",
            form=slug,
            edition=definition.edition,
            case=case,
            title=title.strip() or definition.th,
            state="open",
            opened=now,
            opened_by=actor.username,
        )
        surveys.insert_survey(conn, survey)
        audit_log.append(
            conn,
            actor=actor.username,
            action="open_survey",
            subject=case or survey.id,
            content={"survey": survey.id, "form": slug, "title": survey.title},
            at=now,
        )
    return survey
