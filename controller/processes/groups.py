"""Whether a working group can be appointed: its order, and people the office knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from controller.errors import InputError, Text
from controller.inventory.office import Office, Person
from controller.language import nearest
from controller.processes.case import Group
from controller.processes.moving import written


def check_group(group: Group, office: Office, day: date) -> None:
    """Pass when the group can be appointed on `day`.

    Errors: `InputError` naming everything wrong: the order's number or date, somebody named twice,
    somebody the office does not know or who is not in service on that day.
    """
    written(group.order, Text(th="เลขที่คำสั่งแต่งตั้ง", en="the number of the order"))
    faults = [*_order(group, day), *_people(group, office, day)]
    if not faults:
        return
    raise InputError(
        Text(
            th="แต่งตั้งคณะทำงานไม่ได้: " + "; ".join(fault.th for fault in faults),
            en="the working group cannot be appointed: " + "; ".join(f.en for f in faults),
        ),
        hint=Text(
            th="บุคลากรของสำนักงานอยู่ใน inventory/office.yaml",
            en="the people of the office are in inventory/office.yaml",
        ),
    )


def in_service(person: Person, day: date) -> bool:
    """Whether the person holds any role at all on `day`."""
    return any(person.holds(role, day) for role in person.roles)


def _order(group: Group, day: date) -> Iterator[Text]:
    if group.dated > day:
        yield Text(
            th=f"คำสั่งลงวันที่ {group.dated.isoformat()} ซึ่งยังมาไม่ถึง",
            en=f"the order is dated {group.dated.isoformat()}, which is in the future",
        )


def _people(group: Group, office: Office, day: date) -> Iterator[Text]:
    named = [group.chair, *group.members, group.secretary]
    known = [person.username for person in office.people]
    for username in dict.fromkeys(named):
        if named.count(username) > 1:
            yield Text(th=f"ระบุ {username} มากกว่าหนึ่งครั้ง", en=f"{username} is named twice")
        person = office.person(username)
        if person is None:
            near = nearest(username, known)
            yield Text(
                th=f"ไม่พบ {username}" + (f" (หมายถึง {near} หรือไม่)" if near else ""),
                en=f"{username} is unknown" + (f" (did you mean {near}?)" if near else ""),
            )
        elif not in_service(person, day):
            yield Text(
                th=f"{username} ไม่ได้ปฏิบัติหน้าที่ในวันที่ {day.isoformat()}",
                en=f"{username} is not in service on {day.isoformat()}",
            )
