"""Reads `compliance/schedule.yaml`: what is done by itself, or every problem in that file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from controller.errors import InputError, Problem, Text
from controller.inventory.selector import parse_selector
from controller.inventory.site import Site
from controller.schedules.cron import parse_cron
from controller.schedules.schedule import Schedule, ScheduleFile
from controller.workspace.explain import read_model
from controller.workspace.files import SCHEDULE, text_of
from controller.workspace.rule_words import check_selected
from controller.workspace.yaml_lines import Document, Place, read_yaml


def read_schedule(root: Path) -> Schedule:
    """The schedule of the workspace at `root`, without reading the rest of it.

    Without such a file nothing is done by itself. Errors: `InputError` with every problem.
    """
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
    content: bytes, sites: tuple[Site, ...] | None = None
) -> tuple[Schedule | None, tuple[Problem, ...]]:
    """The schedule these bytes say, or None with every problem.

    With `sites` also what selectors name and no site has.
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
        for index, entry in enumerate(file.schedule):
            place = ("schedule", index)
            problems += check_selected(document, place, entry.select, sites)
    if file is None or found or problems:
        return None, (*found, *problems)
    return Schedule(file.schedule), ()


def _check(document: Document) -> Iterator[Problem]:
    """Times that are none, selectors that cannot be read, names that stand there twice."""
    seen: dict[str, int] = {}
    for place, entry in document.mappings("schedule"):
        yield from _readable(document, place, entry)
        name = entry.get("name")
        if not isinstance(name, str):
            continue
        line = document.position((*place, "name"))[0]
        if name in seen:
            yield document.problem((*place, "name"), _twice(seen[name]))
        seen.setdefault(name, line)
        if entry.get("do") in _WHOLE and entry.get("select", "all") != "all":
            yield document.problem((*place, "select"), _OF_ALL, allowed=("all",))


def _readable(document: Document, place: Place, entry: dict[str, Any]) -> Iterator[Problem]:
    for key, read in (("cron", parse_cron), ("select", parse_selector)):
        text = entry.get(key)
        if not isinstance(text, str) or not text:
            continue
        try:
            read(text)
        except InputError as error:
            yield document.problem((*place, key), error.message)


def _twice(line: int) -> Text:
    return Text(th=f"ชื่อนี้ใช้แล้วในบรรทัด {line}", en=f"this name stands already in line {line}")


# What is done of everything there is, never of some devices.
_WHOLE = frozenset({"pack", "report"})
_OF_ALL = Text(th="งานนี้ทำกับทั้งหมดเสมอ เลือกเฉพาะบางเครื่องไม่ได้", en="this is always done of everything")
