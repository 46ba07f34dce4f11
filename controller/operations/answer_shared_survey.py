"""Answer a survey by its link, without an account. Nothing of who answers is looked at or kept."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from controller.errors import KhaenError, Refused, Text
from controller.operations.answer_survey import definition_of
from controller.operations.context import Context
from controller.operations.share_survey import closed, hash_of, no_link
from controller.processes.forms.definition import FormDefinition
from controller.processes.forms.filling import fill
from controller.processes.forms.typed import Typed
from controller.store import audit_log, survey_links, surveys
from controller.store.engine import Connection
from controller.store.survey_links import SurveyLink
from controller.store.surveys import Survey
from controller.thai import bangkok_date

MOST_A_MINUTE = 120
"""Answers one link takes in a minute: several classrooms at once, and no flood."""

_PAGES_REMEMBERED = 10_000


def answer_shared_survey(context: Context, token: str, given: Typed, once: str) -> Survey:
    """The survey with one more answer, of nobody.

    `once` is a random word of the page it was typed into: the same page sent again, by a reload or
    by two clicks, counts once. The audit log says that an answer came, and by which link.

    Errors: `NotFound` for no link of ours; `Refused` for one that expired or was closed, a closed
    survey, and more answers in a minute than people can give; `InputError` with what is wrong.
    """
    survey, definition = shared_survey(context, token)
    values = fill(definition, given)
    now = context.clock()
    link = hash_of(token)
    if not _recent.take(link, once, now):
        return survey
    try:
        return _added(context, token, survey, values, now)
    except KhaenError:
        _recent.give_back(link, once)  # it may be sent again
        raise


def _added(
    context: Context, token: str, survey: Survey, values: Mapping[str, object], now: datetime
) -> Survey:
    with context.store.begin() as conn:
        found = _open_link(conn, token, now)
        surveys.add_answers(conn, survey.id, [values], bangkok_date(now))
        audit_log.append(
            conn,
            actor="link",
            action="answer_shared_survey",
            subject=survey.id,
            content={"link": found.id, "answers": 1},
            at=now,
        )
        return surveys.load_survey(conn, survey.id)


def shared_survey(context: Context, token: str) -> tuple[Survey, FormDefinition]:
    """The survey a link leads to, and its form. Errors: as `answer_shared_survey`."""
    with context.store.read() as conn:
        link = _open_link(conn, token, context.clock())
        survey = surveys.load_survey(conn, link.survey)
    if survey.state != "open":
        raise closed(survey)
    return survey, definition_of(survey)


def _open_link(conn: Connection, token: str, now: datetime) -> SurveyLink:
    link = survey_links.find_link(conn, hash_of(token))
    if link is None:
        raise no_link()
    if not link.is_open(now):
        raise Refused(
            Text(th="ลิงก์นี้หมดเวลาหรือปิดแล้ว", en="this link has expired or was closed"),
            hint=Text(th="ขอลิงก์ใหม่จากผู้ส่งแบบสอบถาม", en="ask whoever sent it for another one"),
        )
    return link


@dataclass
class _Recent:
    """What came by each link in the last minute, in this process's memory alone."""

    times: dict[str, deque[datetime]] = field(default_factory=dict)
    pages: OrderedDict[tuple[str, str], None] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, link: str, once: str, now: datetime) -> bool:
        """Whether the answer is new. Errors: `Refused` when too many came."""
        with self.lock:
            if once and (link, once) in self.pages:
                return False
            times = self.times.setdefault(link, deque())
            while times and times[0] <= now - timedelta(minutes=1):
                times.popleft()
            if len(times) >= MOST_A_MINUTE:
                raise _too_many()
            times.append(now)
            self.pages[link, once] = None
            while len(self.pages) > _PAGES_REMEMBERED:
                self.pages.popitem(last=False)
            return True

    def give_back(self, link: str, once: str) -> None:
        """Forget a page whose answer was not kept."""
        with self.lock:
            self.pages.pop((link, once), None)


_recent = _Recent()


def _too_many() -> Refused:
    return Refused(
        Text(th="มีผู้ตอบพร้อมกันมากเกินไป", en="too many answers are coming in at the same time"),
        hint=Text(
            th="รอหนึ่งนาทีแล้วส่งใหม่ คำตอบที่กรอกไว้ยังอยู่",
            en="wait a minute and send it again; what you filled in is still there",
        ),
    )
