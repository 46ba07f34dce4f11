"""Fill a form in: check it, number it, keep it, and attach it to its case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Refused, Text
from controller.operations.context import Context
from controller.operations.show_form import require_own
from controller.operations.show_photo import kept_photos
from controller.processes import steps
from controller.processes.case import Case, Paper
from controller.processes.forms.catalogue import form
from controller.processes.forms.definition import FilledForm, FormDefinition
from controller.processes.forms.entries import Known
from controller.processes.forms.filling import digest, fill
from controller.processes.forms.parts import require_part
from controller.processes.forms.typed import Typed
from controller.store import audit_log, cases, forms, registers
from controller.store.engine import Connection
from controller.thai import bangkok_date, buddhist_year

_ASKS_THE_INVENTORY = frozenset({"asset", "site"})


def fill_form(
    context: Context,
    actor: Actor,
    slug: str,
    raw: Mapping[str, object] | Typed,
    *,
    case: str | None = None,
    revises: str | None = None,
) -> FilledForm:
    """The form with its number, kept; with `case` also attached to that case.

    `revises` names the form this is the next revision of: it keeps number and case, and a paper
    attached to a case is replaced there. The same content again makes no revision.

    Errors: `InputError` with everything wrong; `NotFound`; `NotAllowed` for a form of somebody
    else's school, and for a part of it that is somebody else's; `Refused` as
    `processes.steps.attach`, and for a form of another kind or case.
    """
    require(actor, "fill_form")
    definition = form(slug)
    if definition.kind == "survey" and case is not None:
        raise _ask_many(definition)
    values = fill(definition, raw, known=_known(context, definition, raw))
    now = context.clock()
    with context.store.begin() as conn:
        if revises is None:
            require_part(definition, {}, values, roles=actor.roles, author=True)
            filled = _first(context, conn, definition, values, actor, now, case)
        else:
            before = forms.load_form(conn, revises)
            require_own(context, conn, actor, revises)
            context.require_seen(before.version)
            own = forms.form_owner(conn, revises) == actor.username
            require_part(definition, before.values, values, roles=actor.roles, author=own)
            filled = _next(before, definition, values, actor, now, case)
            if filled.sha256 == before.sha256 and filled.case == before.case:
                return before
        if filled.case is not None and (case or _is_attached(conn, filled)):
            attach_form_paper(conn, definition, filled, actor, now)
        keep = forms.insert_form if revises is None else forms.insert_revision
        keep(conn, filled)
        audit_log.append(
            conn,
            actor=actor.username,
            action="fill_form",
            subject=filled.case or filled.number,
            content={
                "form": filled.number,
                "edition": filled.edition,
                "revision": filled.revision,
                "sha256": filled.sha256,
            },
            at=now,
        )
    return filled


def attach_form_paper(
    conn: Connection, definition: FormDefinition, filled: FilledForm, actor: Actor, at: datetime
) -> Case:
    """The form's case with this revision of it. Errors: as `processes.steps.attach`."""
    before = cases.load_case(conn, filled.case or "")
    paper = Paper(
        kind="form",
        number=filled.number,
        title=definition.th,
        sha256=filled.sha256,
        revision=filled.revision,
        form=filled.slug,
        step=before.step,
        by=actor.username,
        at=at,
    )
    after = steps.attach(before, paper, actor, at)
    cases.save_case(conn, after, expected_events=len(before.events))
    return after


def _is_attached(conn: Connection, filled: FilledForm) -> bool:
    """Whether the form's case holds an earlier revision of it, and did not let it go."""
    papers = cases.load_case(conn, filled.case or "").papers
    return any(paper.number == filled.number for paper in papers)


def _known(
    context: Context, definition: FormDefinition, raw: Mapping[str, object] | Typed
) -> Known:
    """What the inventory has, if the form asks for any of it, and which of its photos are kept."""
    photos = kept_photos(context, definition, raw.values if isinstance(raw, Typed) else raw)
    types = {f.type for f in definition.fields} | {
        column.type for f in definition.fields for column in f.columns
    }
    if not types & _ASKS_THE_INVENTORY:
        return Known(photos=photos)
    inventory = context.inventory()
    return Known(
        sites={site.site: site.name_th for site in inventory.sites},
        assets=frozenset(asset.number for asset in inventory.assets),
        photos=photos,
    )


def _first(
    context: Context,
    conn: Connection,
    definition: FormDefinition,
    values: dict[str, object],
    actor: Actor,
    now: datetime,
    case: str | None,
) -> FilledForm:
    day = bangkok_date(now)
    year = buddhist_year(day)
    running = registers.next_number(conn, f"form-{definition.slug}", year)
    return FilledForm(
        number=f"{year}-{definition.slug}-{running:04}",
        printed=context.office().numbering.written("form", running, year),
        slug=definition.slug,
        edition=definition.edition,
        case=case,
        values=values,
        by=actor.username,
        on=day.isoformat(),
        sha256=digest(definition.slug, definition.edition, values),
    )


def _next(
    before: FilledForm,
    definition: FormDefinition,
    values: dict[str, object],
    actor: Actor,
    now: datetime,
    case: str | None,
) -> FilledForm:
    if before.slug != definition.slug:
        raise InputError(
            Text(
                th=f"{before.number} เป็นแบบ {before.slug} ไม่ใช่ {definition.slug}",
                en=f"{before.number} is a {before.slug}, not a {definition.slug}",
            )
        )
    if case is not None and before.case not in (None, case):
        raise Refused(
            Text(
                th=f"แบบฟอร์ม {before.number} เป็นของเรื่อง {before.case} แล้ว",
                en=f"form {before.number} belongs to case {before.case}",
            ),
            hint=Text(th="กรอกแบบฟอร์มใหม่สำหรับเรื่องนี้", en="fill in a new form for this case"),
        )
    return before.model_copy(
        update={
            "edition": definition.edition,
            "revision": before.revision + 1,
            "case": before.case or case,
            "values": values,
            "by": actor.username,
            "on": bangkok_date(now).isoformat(),
            "sha256": digest(definition.slug, definition.edition, values),
        }
    )


def _ask_many(definition: FormDefinition) -> Refused:
    return Refused(
        Text(
            th=f"{definition.th} เป็นแบบที่ตอบหลายคน เรื่องใช้ผลสรุปของคำตอบทั้งหมด",
            en=f"{definition.en} is answered by many; a case takes the results of all of them",
        ),
        hint=Text(
            th=f"เปิดรับคำตอบด้วย khaen survey open {definition.slug} --case เลขที่เรื่อง",
            en=f"open it with khaen survey open {definition.slug} --case CASE",
        ),
    )
