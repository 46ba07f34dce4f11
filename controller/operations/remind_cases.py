"""Remind the people who may act in cases that are past the day their step was due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from controller.accounts.actor import Actor, require
from controller.inventory.office import Office
from controller.notices import letters
from controller.operations.context import Context
from controller.operations.notify_case import receiver
from controller.operations.send_notices import FILE, basis_of, deliver_all
from controller.processes.case import Case
from controller.processes.deadlines import due, late_by
from controller.processes.timeline import timeline
from controller.store import audit_log, cases, notices
from controller.store.notices import Notice
from controller.thai import bangkok_date


def remind_cases(context: Context, actor: Actor) -> tuple[Notice, ...]:
    """The reminders of today, each as it is after it was tried.

    Everybody who may act is reminded once a day for each overdue case and step, however often this
    runs. They go through the channel `notices.remind`, or to a file. What fails is tried again by
    `send_notices`.
    """
    require(actor, "remind_cases")
    now = context.clock()
    day = bangkok_date(now)
    office = context.office()
    channel = context.settings.notices.remind or FILE
    with context.store.begin() as conn:
        late = [case for case in cases.list_cases(conn, "open") if late_by(case, day)]
        wanted = [n for case in late for n in _reminders(case, office, actor, channel, now)]
        new = notices.add_notices(conn, wanted)
        if new:
            audit_log.append(
                conn,
                actor=actor.username,
                action="remind_cases",
                subject=day.isoformat(),
                content={"cases": [case.number for case in late], "reminders": new},
                at=now,
            )
        said = {notice.once for notice in wanted}
        waiting = [n for n in notices.due_notices(conn, now) if n.once in said]
    deliver_all(context, waiting)
    with context.store.read() as conn:
        return tuple(n for n in notices.list_notices(conn) if n.once in said)


def _reminders(
    case: Case, office: Office, actor: Actor, channel: str, now: datetime
) -> Iterator[Notice]:
    day = bangkok_date(now)
    current = next(view for view in timeline(case, office, day) if view.state == "current")
    limit = due(case)
    # Who the timeline names at the current step; the proposer on days when nobody may decide.
    named = current.who.en.split(", ") if current.who else []
    for username in [name for name in named if office.person(name)] or [case.proposer]:
        title, address = receiver(office, username)
        yield Notice(
            once=f"remind:{case.number}:{case.step}:{day.isoformat()}:{username}",
            kind="reminder",
            case=case.number,
            basis=basis_of(case),
            batch="",
            asked_by=actor.username,
            recipient=title,
            address=address,
            channel=channel,
            subject=letters.reminder_subject(case),
            body=letters.overdue(case, current.name, limit or day, late_by(case, day)),
            created=now,
            again=now,
        )
