"""Who may decide on a case, and in which capacity, on which day; by the office file alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from controller.errors import NotAllowed, Text
from controller.inventory.office import ActingOrder, Office
from controller.processes.case import Case, Decision
from controller.processes.groups import in_service

# Whoever did one of these stands behind what is proposed, whenever they did it.
_PROPOSING = frozenset({"opened", "planned", "submitted", "voided"})
# Whoever did one of these wrote what was put before the director afterwards.
_WRITING = frozenset({"studied", "attached", "detached", "recorded", "ended", "evaluated"})


@dataclass(frozen=True)
class Capacity:
    """In which capacity somebody decides. `title` is what documents print under the name."""

    role: Literal["director", "acting-director"]
    title: str
    acting_order: str | None


def standing(office: Office, username: str, day: date) -> Capacity | None:
    """The capacity in which this person could decide on `day`, by the office file alone.

    The director's role held on that day, or an order, dated by then and covering the day, to act
    for the director. No other role counts, and no role of a session. None: may not decide.
    """
    person = office.person(username)
    if person is None:
        return None
    if person.holds("director", day):
        return Capacity("director", person.title, None)
    orders = [order for order in office.acting if _covers(order, username, day)]
    if not orders or not in_service(person, day):
        return None
    latest = max(orders, key=lambda order: order.dated)
    title = f"{person.title} รักษาราชการแทน{office.director_title}"
    return Capacity("acting-director", title, latest.order)


def proposers(
    case: Case, planned_by: str | None = None, *, made: Decision | None = None
) -> frozenset[str]:
    """Everybody who stands behind what is proposed, and so may not decide on it.

    The proposer, whoever attached a plan or put the case before the director, who made the plan if
    known, and whoever wrote what is put forward: study, papers, records, evaluation. Of a decision
    that was `made`, what was written after it does not count.
    """
    behind = {event.actor for event in case.events if event.what in _PROPOSING}
    until = len(case.events) if made is None else _place(case, made)
    behind |= {event.actor for event in case.events[:until] if event.what in _WRITING}
    put = [s for s in case.submissions if made is None or s.at <= made.at]
    behind |= {submission.by for submission in put}
    return frozenset(behind | {case.proposer} | ({planned_by} if planned_by else set()))


def _place(case: Case, made: Decision) -> int:
    """How many events there were before the decision; all, when its own is not among them."""
    own = [i for i, e in enumerate(case.events) if (e.actor, e.at) == (made.actor, made.at)]
    found = [i for i in own if case.events[i].what in {"approved", "returned", "refused"}]
    return found[-1] if found else len(case.events)


def _covers(order: ActingOrder, username: str, day: date) -> bool:
    return (
        order.username == username
        and bool(order.order.strip())
        and order.dated <= day
        and order.since <= day <= order.until
    )


def capacity(
    office: Office, username: str, case: Case, day: date, planned_by: str | None = None
) -> Capacity:
    """The capacity in which this person decides on `case` on `day`.

    Errors: `NotAllowed` for the proposers of the case, and for everybody who is neither the
    director nor acting for them on that day, superusers included.
    """
    if username in proposers(case, planned_by):
        raise NotAllowed(
            Text(
                th=f"{username} เป็นผู้เสนอเรื่อง {case.number} จึงพิจารณาเรื่องนี้เองไม่ได้",
                en=f"{username} proposed case {case.number} and so cannot decide on it",
            ),
            hint=_deciders(office, case, day, planned_by),
        )
    held = standing(office, username, day)
    if held is None:
        raise NotAllowed(
            Text(
                th=f"{username} ไม่ได้เป็น{office.director_title} และไม่มีคำสั่งรักษาราชการแทน "
                f"ในวันที่ {day.isoformat()}",
                en=f"{username} is neither the director nor acting by an order "
                f"on {day.isoformat()}",
            ),
            hint=_deciders(office, case, day, planned_by),
        )
    return held


def deciders(
    office: Office, case: Case, day: date, planned_by: str | None = None
) -> tuple[str, ...]:
    """The user names of everybody who may decide on `case` on `day`, in the office's order."""
    behind = proposers(case, planned_by)
    return tuple(
        person.username
        for person in office.people
        if person.username not in behind and standing(office, person.username, day)
    )


def _deciders(office: Office, case: Case, day: date, planned_by: str | None) -> Text:
    names = ", ".join(deciders(office, case, day, planned_by))
    if names:
        return Text(th=f"ผู้พิจารณาได้: {names}", en=f"who may decide: {names}")
    return Text(
        th="วันนี้ไม่มีผู้พิจารณาได้ ต้องมีคำสั่งรักษาราชการแทนใน inventory/office.yaml",
        en="nobody may decide today: inventory/office.yaml needs an order for an acting director",
    )
