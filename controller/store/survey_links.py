"""Links by which a survey is answered without an account, by the hash of their token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from controller.errors import NotFound, Text
from controller.store.tables import survey_links

_ADD = insert(survey_links)
_ONE = select(survey_links).where(survey_links.c.token_hash == bindparam("wanted"))
_OF_SURVEY = (
    select(survey_links)
    .where(survey_links.c.survey == bindparam("wanted"))
    .order_by(survey_links.c.made.desc(), survey_links.c.token_hash)
)
_CLOSE = (
    update(survey_links)
    .where(survey_links.c.token_hash == bindparam("wanted"), survey_links.c.closed.is_(None))
    .values(closed=bindparam("at"))
)
_SHOWN = 12


@dataclass(frozen=True)
class SurveyLink:
    """One link. `closed` is when somebody closed it before it expired, None otherwise."""

    token_hash: str
    survey: str
    made_by: str
    made: datetime
    expires: datetime
    closed: datetime | None = None

    @property
    def id(self) -> str:
        """What people call it: the beginning of the hash, from which no link can be made."""
        return self.token_hash[:_SHOWN]

    def is_open(self, now: datetime) -> bool:
        """Whether answers by it are taken, as far as the link goes."""
        return self.closed is None and now < self.expires


def insert_link(conn: Connection, link: SurveyLink) -> None:
    """Store a link that was just made."""
    conn.execute(_ADD, vars(link))


def find_link(conn: Connection, token_hash: str) -> SurveyLink | None:
    """The link of this token, if there is one."""
    row = conn.execute(_ONE, {"wanted": token_hash}).first()
    return SurveyLink(**row._mapping) if row else None


def list_links(conn: Connection, survey: str) -> tuple[SurveyLink, ...]:
    """The links of a survey, newest first."""
    rows = conn.execute(_OF_SURVEY, {"wanted": survey})
    return tuple(SurveyLink(**row._mapping) for row in rows)


def close_link(conn: Connection, survey: str, link: str, at: datetime) -> SurveyLink:
    """The link with this id, closed; closing it again changes nothing. Errors: `NotFound`."""
    found = next((one for one in list_links(conn, survey) if one.id == link), None)
    if found is None:
        raise NotFound(
            Text(th=f"แบบสอบถาม {survey} ไม่มีลิงก์ {link}", en=f"survey {survey} has no link {link}"),
            hint=Text(th="ดูรายการด้วย khaen survey links", en="see khaen survey links"),
        )
    conn.execute(_CLOSE, {"wanted": found.token_hash, "at": at})
    return find_link(conn, found.token_hash) or found
