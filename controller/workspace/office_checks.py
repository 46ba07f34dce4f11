"""What must hold inside `office.yaml` beyond its shape: who is who, and who acts when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from controller.accounts.actor import SCHEDULE
from controller.errors import Problem, Text
from controller.language import nearest
from controller.workspace.yaml_lines import Document, Place


def check_office(office: Document) -> Iterator[Problem]:
    """Duplicate people, no director, and acting orders that cannot be followed."""
    people = list(office.mappings("people"))
    yield from _twice(office, people)
    if not any("director" in _list(person.get("roles")) for _, person in people):
        yield office.problem(("people",), _NO_DIRECTOR, key=True)
    yield from _taken(office, people)
    names = [name for _, person in people if isinstance(name := person.get("username"), str)]
    for place, person in people:
        yield from _span(office, place, person)
    orders = list(office.mappings("acting"))
    for place, order in orders:
        yield from _span(office, place, order)
        username = order.get("username")
        if isinstance(username, str) and username not in names:
            yield office.problem(
                (*place, "username"),
                _NO_PERSON,
                allowed=tuple(names),
                suggestion=nearest(username, names),
            )
    yield from _overlaps(office, orders)


def check_schools(office: Document, sites: Collection[str]) -> Iterator[Problem]:
    """People whose site there is not, and school staff without one, who would see nothing."""
    for place, person in office.mappings("people"):
        site = person.get("site")
        if isinstance(site, str) and site not in sites:
            yield office.problem(
                (*place, "site"),
                _NO_SITE,
                allowed=tuple(sorted(sites)),
                suggestion=nearest(site, sites),
            )
        elif site is None and _list(person.get("roles")) == ["school"]:
            yield office.problem((*place, "roles"), _WHICH_SCHOOL, allowed=tuple(sorted(sites)))


def _twice(office: Document, people: list[tuple[Place, dict[str, Any]]]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for place, person in people:
        name = person.get("username")
        if not isinstance(name, str):
            continue
        line = office.position((*place, "username"))[0]
        if name in seen:
            yield office.problem((*place, "username"), _already(name, seen[name]))
        seen.setdefault(name, line)


def _taken(office: Document, people: list[tuple[Place, dict[str, Any]]]) -> Iterator[Problem]:
    """A person with the program's own name would be mistaken for it in every record."""
    for place, person in people:
        if person.get("username") == SCHEDULE.username:
            yield office.problem((*place, "username"), _OWN_NAME)


def _span(office: Document, place: Place, item: Mapping[str, Any]) -> Iterator[Problem]:
    since, until = item.get("since"), item.get("until")
    if isinstance(since, date) and isinstance(until, date) and until < since:
        yield office.problem((*place, "until"), _ends_first(since))


def _overlaps(office: Document, orders: list[tuple[Place, dict[str, Any]]]) -> Iterator[Problem]:
    spans = [
        (since, until, place)
        for place, order in orders
        if isinstance(since := order.get("since"), date)
        and isinstance(until := order.get("until"), date)
        and since <= until
    ]
    # Two people acting on one day would make it unclear whose decision counts.
    for one, other in combinations(sorted(spans, key=lambda s: (s[0], s[1], str(s[2]))), 2):
        if other[0] <= one[1]:
            line = office.position(one[2])[0]
            yield office.problem((*other[2], "since"), _overlapping(line, one[0], one[1]))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _already(name: str, line: int) -> Text:
    return Text(
        th=f"ผู้ใช้ “{name}” มีอยู่แล้วที่บรรทัด {line}", en=f"“{name}” stands already in line {line}"
    )


def _ends_first(since: date) -> Text:
    return Text(th=f"วันสิ้นสุดอยู่ก่อนวันเริ่ม {since}", en=f"ends before it begins on {since}")


def _overlapping(line: int, since: date, until: date) -> Text:
    return Text(
        th=f"ช่วงวันซ้อนกับคำสั่งที่บรรทัด {line} ({since} ถึง {until})",
        en=f"overlaps the order in line {line} ({since} to {until})",
    )


_NO_DIRECTOR = Text(
    th="ยังไม่มีผู้ใดมีบทบาท director จึงไม่มีผู้อนุมัติ",
    en="nobody has the role director, so nobody could approve",
)
_NO_PERSON = Text(th="ไม่มีผู้ใช้นี้ในหมวด people", en="no such person under people")
_NO_SITE = Text(th="ไม่มีหน่วยงานนี้ใน inventory/sites", en="no such site in inventory/sites")
_WHICH_SCHOOL = Text(
    th="บุคลากรสถานศึกษาต้องมีหัวข้อ site บอกว่าเป็นของสถานศึกษาใด",
    en="school staff need the key site, which says whose they are",
)
_OWN_NAME = Text(th="ชื่อนี้เป็นของโปรแกรมเอง โปรดใช้ชื่ออื่น", en="the program itself has this name")
