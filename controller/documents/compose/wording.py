"""Phrases that several papers share: people by their position, quoted titles, typed paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from controller.documents.blocks import Heading, Paragraph
from controller.documents.compose.look import Look
from controller.inventory.office import Office
from controller.processes.case import Case, Decision, Group, Submission
from controller.processes.dossier import changes
from controller.processes.manual import Manual, Process

_CHANGED = {"added": "เพิ่ม", "removed": "ตัด", "changed": "แก้ไข"}
# The manual's own short forms of the director, which no signed paper uses.
_DIRECTOR = re.compile(r" ?ผอ\.สพม\.(?:/สพม\.)?")


def position(office: Office, username: str) -> str:
    """The position of a user as papers print it; the user name of somebody no longer listed."""
    person = office.person(username)
    return person.title if person else username


def places(group: Group | None) -> Iterator[tuple[str, str]]:
    """Everybody in a working group, by user name, with their place in it."""
    if group is None:
        return
    yield group.chair, "ประธานคณะทำงาน"
    yield from ((member, "คณะทำงาน") for member in group.members)
    yield group.secretary, "คณะทำงานและเลขานุการ"


def place_in(group: Group | None, username: str) -> str:
    """The place of a user in the group; empty outside it."""
    return dict(places(group)).get(username, "")


def said(text: str, *, indent: bool = True) -> Iterator[Paragraph]:
    """What somebody typed, word for word, a paragraph for each line that is not empty."""
    yield from (
        Paragraph(line.strip(), indent=indent) for line in text.splitlines() if line.strip()
    )


def headed(title: str, text: str) -> Iterator[Paragraph]:
    """What was typed, its first line behind its title; `ไม่มี` where nothing was."""
    first, *more = said(text.strip() or "ไม่มี")
    yield Paragraph(f"{title} {first.text}", indent=True)
    yield from more


def part(number: int, title: str, look: Look) -> Heading:
    """The heading of a numbered part of a memo or report."""
    return Heading(f"{look.count(number)}. {title}", 2)


def listed(items: Iterable[str], look: Look, *, within: str = "") -> Iterator[Paragraph]:
    """Numbered lines: `1.`, or `4.1` within part `4`."""
    for number, item in enumerate(items, start=1):
        mark = f"{within}.{number}" if within else f"{number}."
        yield Paragraph(f"{look.digits(mark)} {item}", indent=True, align="left")


def references(process: Process, manual: Manual, look: Look) -> list[str]:
    """The laws and plans a process follows, by name."""
    return [look.words(manual.references[key].name) for key in process.references]


def process_name(process: Process, look: Look) -> str:
    """`กระบวนงานที่ 2.3 …`."""
    return f"กระบวนงานที่ {look.digits(process.number)} {look.words(process.name)}"


def step_name(name: str, office: Office, look: Look) -> str:
    """The name of a step with the director by the full title, as signed papers write it."""
    return look.words(_DIRECTOR.sub(lambda _: f"ต่อ{office.director_title}", name))


def item_name(key: str, title: str, look: Look) -> str:
    """An item of a dossier by its title; a paper with its number as well."""
    kind, _, number = key.partition("/")
    named = look.words(title)
    return f"{named} เลขที่ {number}" if kind == "paper" else named


def changed(earlier: Submission, later: Submission, look: Look) -> str:
    """What differs between two submissions, in one line."""
    found = [
        f"{_CHANGED[c.what]}{item_name(c.key, c.title, look)}" for c in changes(earlier, later)
    ]
    return ", ".join(found) or "ไม่มีรายการที่เปลี่ยนแปลง"


def decision_on(case: Case, submission: Submission) -> Decision | None:
    """The decision made on what was submitted then, None while there is none."""
    for decision in case.decisions:
        if decision.at >= submission.at and decision.dossier == submission.dossier:
            return decision if decision.step in (None, submission.step) else None
    return None
