"""Links by which anybody answers a survey without an account: make one, list them, close one."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from controller.accounts.actor import Actor, require
from controller.documents.compose.poster import survey_poster
from controller.documents.pdf import render_pdf
from controller.documents.qr import qr_svg
from controller.errors import InputError, NotFound, Refused, Text
from controller.operations.answer_survey import definition_of
from controller.operations.compose_paper import garuda_of, look_of
from controller.operations.context import Context
from controller.processes.forms.catalogue import form
from controller.store import audit_log, survey_links, surveys
from controller.store.survey_links import SurveyLink
from controller.store.surveys import Survey
from controller.thai import bangkok_date

DAYS = 14
MOST_DAYS = 180


@dataclass(frozen=True)
class SharedLink:
    """A link that was just made. `address` is shown this once: only its hash is kept.

    `qr` is the address as a code, in SVG.
    """

    link: SurveyLink
    address: str
    qr: str


def share_survey(
    context: Context, actor: Actor, survey: str, *, days: int = DAYS, server: str = ""
) -> SharedLink:
    """A new link to an open survey that ends after `days`.

    The address begins with the setting `web.address`; without it with `server`, as who asks
    reaches us. Errors: `NotFound`; `Refused` for a survey that is closed or whose form has changed;
    `InputError` for days below 1 or above 180, and where nobody knows the server's address.
    """
    require(actor, "share_survey")
    if not 1 <= days <= MOST_DAYS:
        raise InputError(
            Text(th=f"จำนวนวันต้องเป็น 1 ถึง {MOST_DAYS}", en=f"days must be 1 to {MOST_DAYS}")
        )
    base = context.settings.web.address or server.rstrip("/")
    if not base:
        raise _unknown_address()
    now = context.clock()
    token = secrets.token_urlsafe(16)
    link = SurveyLink(hash_of(token), survey, actor.username, now, now + timedelta(days=days))
    with context.store.begin() as conn:
        found = surveys.load_survey(conn, survey)
        definition_of(found)
        if found.state != "open":
            raise closed(found)
        survey_links.insert_link(conn, link)
        audit_log.append(
            conn,
            actor=actor.username,
            action="share_survey",
            subject=survey,
            content={"link": link.id, "expires": link.expires.isoformat()},
            at=now,
        )
    address = f"{base}/s/{token}"
    return SharedLink(link, address, qr_svg(address))


def list_links(context: Context, actor: Actor, survey: str) -> tuple[SurveyLink, ...]:
    """The links of a survey, newest first; never their addresses. Errors: `NotFound`."""
    require(actor, "share_survey")
    with context.store.read() as conn:
        surveys.load_survey(conn, survey)
        return survey_links.list_links(conn, survey)


def close_link(context: Context, actor: Actor, survey: str, link: str) -> SurveyLink:
    """The link of this id, which takes no more answers. Errors: `NotFound`."""
    require(actor, "share_survey")
    now = context.clock()
    with context.store.begin() as conn:
        after = survey_links.close_link(conn, survey, link, now)
        audit_log.append(
            conn,
            actor=actor.username,
            action="close_survey_link",
            subject=survey,
            content={"link": after.id},
            at=now,
        )
        return after


def draw_poster(context: Context, actor: Actor, address: str) -> bytes:
    """A poster (PDF) with the code of an address that `share_survey` gave.

    Errors: `NotFound` when the address is no open link's.
    """
    require(actor, "share_survey")
    with context.store.read() as conn:
        link = survey_links.find_link(conn, hash_of(address.rpartition("/s/")[2]))
        if link is None:
            raise no_link()
        survey = surveys.load_survey(conn, link.survey)
    poster = survey_poster(
        form(survey.form),
        survey.title,
        address,
        context.office(),
        until=bangkok_date(link.expires),
        look=look_of(context),
        day=context.today(),
    )
    return render_pdf(poster, garuda=garuda_of(context))


def hash_of(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def no_link() -> NotFound:
    """What is said of a link there is not, whatever the reason."""
    return NotFound(
        Text(th="ลิงก์นี้ไม่ถูกต้อง", en="there is no such link"),
        hint=Text(
            th="ตรวจว่าคัดลอกลิงก์มาครบ หรือสแกนรหัสอีกครั้ง",
            en="check that the link is whole, or scan the code again",
        ),
    )


def closed(survey: Survey) -> Refused:
    """What is said of a survey that is closed."""
    return Refused(
        Text(
            th=f"แบบสอบถาม “{survey.title}” ปิดรับคำตอบแล้ว",
            en=f"the survey “{survey.title}” takes no more answers",
        )
    )


def _unknown_address() -> InputError:
    return InputError(
        Text(th="ยังไม่ได้ตั้งที่อยู่ของเว็บ", en="nobody has said how people reach the server"),
        hint=Text(
            th='ใส่ address = "https://…" ใน [web] ของ khaen.toml',
            en='put address = "https://…" into [web] of khaen.toml',
        ),
    )
