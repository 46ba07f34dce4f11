"""What entries of the schedule want of playbooks: there, of risk `read`, given what they take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from controller.errors import InputError, Problem, Text
from controller.language import nearest
from controller.playbooks.catalogue import Playbooks
from controller.playbooks.meta import Meta
from controller.playbooks.parameter import read_value, typed
from controller.schedules.schedule import Entry
from controller.workspace.yaml_lines import Document, Place


def check_playbooks(
    document: Document, entries: Iterable[Entry], playbooks: Playbooks
) -> Iterator[Problem]:
    """Every problem with its place in the file of the schedule, `document`."""
    names = sorted(one.name for one in playbooks)
    for index, entry in enumerate(entries):
        if entry.do != "playbook":
            continue
        place: Place = ("schedule", index)
        playbook = playbooks.playbook(entry.playbook)
        if playbook is None:
            yield document.problem(
                (*place, "playbook"),
                _NO_PLAYBOOK,
                allowed=tuple(names),
                suggestion=nearest(entry.playbook, names),
            )
        elif playbook.meta.risk != "read":
            yield document.problem((*place, "playbook"), _CHANGES)
        else:
            yield from _given(document, place, entry, playbook.meta)


def _given(document: Document, place: Place, entry: Entry, meta: Meta) -> Iterator[Problem]:
    for name, value in entry.set.items():
        parameter = meta.parameters.get(name)
        if parameter is None:
            names = sorted(meta.parameters)
            yield document.problem(
                (*place, "set", name),
                _NO_PARAMETER,
                key=True,
                allowed=tuple(names),
                suggestion=nearest(name, names),
            )
            continue
        try:
            read_value(parameter, typed(value), name)
        except InputError as error:
            yield document.problem((*place, "set", name), error.message)
    for name, parameter in meta.parameters.items():
        if parameter.required and name not in entry.set:
            told = Text(
                th=f"เพลย์บุ๊กนี้ต้องมีค่า {name} ({parameter.th}) ในหัวข้อ set",
                en=f"this playbook must be given {name} ({parameter.en}) under set",
            )
            yield document.problem((*place, "playbook"), told)


_NO_PLAYBOOK = Text(th="ไม่มีเพลย์บุ๊กชื่อนี้", en="there is no such playbook")
_NO_PARAMETER = Text(th="เพลย์บุ๊กนี้ไม่รับค่านี้", en="the playbook does not take this")
_CHANGES = Text(
    th="เพลย์บุ๊กนี้เปลี่ยนแปลงอุปกรณ์ จึงทำตามกำหนดเวลาไม่ได้ ต้องเป็นเรื่องที่อนุมัติแล้ว",
    en="this playbook changes devices, which needs an approved case",
)
