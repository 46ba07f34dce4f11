"""Reads `schedules.yaml`: what is done by itself, when nothing is changed; or every problem."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from controller.errors import InputError, Problem, Text
from controller.inventory.selector import parse_selector
from controller.inventory.site import Site
from controller.playbooks.catalogue import Playbooks
from controller.schedules.cron import parse_cron
from controller.schedules.freeze import Freeze, read_moment
from controller.schedules.schedule import TASKS, Schedule, ScheduleFile
from controller.workspace.dates import BUDDHIST_YEAR, why_no_date
from controller.workspace.explain import read_model
from controller.workspace.files import OLD_SCHEDULE, SCHEDULE, text_of
from controller.workspace.places import MOVED
from controller.workspace.rule_words import check_selected
from controller.workspace.schedule_playbooks import check_playbooks
from controller.workspace.yaml_lines import Document, Place, read_yaml


def read_schedule(root: Path) -> Schedule:
    """The schedule of the workspace at `root`, without reading the rest of it.

    Without such a file nothing is done by itself. Errors: `InputError` with every problem, and
    where the file still lies where earlier versions read it.
    """
    if (root / OLD_SCHEDULE).exists():
        raise InputError(
            Text(th=f"{OLD_SCHEDULE}: {MOVED.th}", en=f"{OLD_SCHEDULE}: {MOVED.en}"),
            problems=(Problem(OLD_SCHEDULE, 0, 0, MOVED, suggestion=SCHEDULE),),
        )
    try:
        content = (root / SCHEDULE).read_bytes()
    except FileNotFoundError:
        return Schedule()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(
            Text(th=f"อ่าน {SCHEDULE} ไม่ได้: {why}", en=f"cannot read {SCHEDULE}: {why}")
        ) from None
    schedule, problems = schedule_of(content)
    if schedule is not None:
        return schedule
    raise InputError(
        Text(
            th=f"{SCHEDULE} มีข้อผิดพลาด {len(problems)} แห่ง",
            en=f"{SCHEDULE} has {len(problems)} problems",
        ),
        hint=Text(th="ดูทั้งหมดด้วย khaen validate", en="see them all with khaen validate"),
        problems=problems,
    )


def schedule_of(
    content: bytes, sites: tuple[Site, ...] | None = None, playbooks: Playbooks | None = None
) -> tuple[Schedule | None, tuple[Problem, ...]]:
    """The schedule these bytes say, or None with every problem.

    With `sites` also what selectors name and no site has; with `playbooks` also what entries want
    of a playbook that it does not do or take.
    """
    text = text_of(SCHEDULE, content)
    if isinstance(text, Problem):
        return None, (text,)
    document = read_yaml(SCHEDULE, text)
    if document.root is None or document.problems:
        return None, tuple(document.problems)
    found = tuple(_check(document))
    file, problems = read_model(ScheduleFile, document)
    named = {(p.line, p.column) for p in found}
    problems = [p for p in problems if (p.line, p.column) not in named]
    if file is not None and not found and sites is not None:
        for part in ("schedule", "freezes"):
            for index, one in enumerate(getattr(file, part)):
                problems += check_selected(document, (part, index), one.select, sites)
    if file is not None and not found and playbooks is not None:
        problems += check_playbooks(document, file.schedule, playbooks)
    if file is None or found or problems:
        return None, (*found, *problems)
    return Schedule(file.schedule, file.freezes), ()


def _check(document: Document) -> Iterator[Problem]:
    """Times that are none, selectors that cannot be read, names that stand there twice."""
    yield from _twice(document, "schedule")
    yield from _twice(document, "freezes")
    for place, entry in document.mappings("schedule"):
        yield from _readable(document, place, entry, (("cron", parse_cron), *_SELECT))
        yield from _fitting(document, place, entry)
    for place, freeze in document.mappings("freezes"):
        yield from _readable(document, place, freeze, _SELECT)
        yield from _span(document, place, freeze)


def _fitting(document: Document, place: Place, entry: dict[str, Any]) -> Iterator[Problem]:
    """What an entry says and its task has no use for, or needs and has not."""
    task = entry.get("do")
    if task in _WHOLE and entry.get("select", "all") != "all":
        yield document.problem((*place, "select"), _OF_ALL, allowed=("all",))
    if task == "playbook" and not entry.get("playbook"):
        yield document.problem((*place, "do"), _WHICH_PLAYBOOK)
    for key in ("playbook", "set"):
        if task in TASKS and task != "playbook" and key in entry:
            yield document.problem((*place, key), _ONLY_PLAYBOOKS, key=True)
    given = entry.get("set")
    for name, value in given.items() if isinstance(given, dict) else ():
        if not isinstance(value, str | int | bool):
            yield document.problem((*place, "set", name), _ONE_VALUE)


def _span(document: Document, place: Place, freeze: dict[str, Any]) -> Iterator[Problem]:
    read: dict[str, date] = {}
    for key in ("begins", "ends"):
        value = freeze.get(key)
        if value is None:
            continue
        try:
            read[key] = read_moment(value)
        except ValueError:
            day, sign, hour = str(value).partition("T")
            message, meant = why_no_date(day)
            told = message if message is BUDDHIST_YEAR else _NO_MOMENT
            suggestion = meant + sign + hour if message is BUDDHIST_YEAR else ""
            yield document.problem((*place, key), told, suggestion=suggestion)
    if len(read) == 2:
        span = Freeze(name="span", begins=read["begins"], ends=read["ends"], reason="-")
        if span.until <= span.since:
            yield document.problem((*place, "ends"), _BACKWARDS)


def _readable(
    document: Document, place: Place, entry: dict[str, Any], keys: Readers
) -> Iterator[Problem]:
    for key, read in keys:
        text = entry.get(key)
        if not isinstance(text, str) or not text:
            continue
        try:
            read(text)
        except InputError as error:
            yield document.problem((*place, key), error.message)


def _twice(document: Document, part: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for place, entry in document.mappings(part):
        name = entry.get("name")
        if not isinstance(name, str):
            continue
        line = document.position((*place, "name"))[0]
        if name in seen:
            told = Text(
                th=f"ชื่อนี้ใช้แล้วในบรรทัด {seen[name]}",
                en=f"this name stands already in line {seen[name]}",
            )
            yield document.problem((*place, "name"), told)
        seen.setdefault(name, line)


Readers = tuple[tuple[str, Callable[[str], object]], ...]
_SELECT: Readers = (("select", parse_selector),)
# What is done of everything there is, never of some devices.
_WHOLE = frozenset({"pack", "report", "remind"})
_OF_ALL = Text(th="งานนี้ทำกับทั้งหมดเสมอ เลือกเฉพาะบางเครื่องไม่ได้", en="this is always done of everything")
_WHICH_PLAYBOOK = Text(th="ต้องบอกว่ารันเพลย์บุ๊กใด (playbook:)", en="say which playbook (playbook:)")
_ONLY_PLAYBOOKS = Text(th="หัวข้อนี้ใช้กับ do: playbook เท่านั้น", en="this is for do: playbook only")
_ONE_VALUE = Text(th="ต้องเป็นค่าเดียว", en="must be one value")
_NO_MOMENT = Text(
    th="ไม่ใช่วันหรือเวลา ให้เขียนแบบ 2027-03-01 หรือ 2027-03-01T08:00",
    en="neither a day nor a time; write 2027-03-01 or 2027-03-01T08:00",
)
_BACKWARDS = Text(th="สิ้นสุดก่อนเริ่ม", en="it ends before it begins")
