"""What is put before the director as one whole: its items, the hash over all of them, what changed.

An item's hash is the SHA-256 of its content: of a form, survey or file as it was attached, of a
change plan its id, of everything else the canonical JSON of what the case holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel

from controller.processes.case import Case, Item, Submission

_RECORDS = {"work": "บันทึกการดำเนินงาน", "follow-up": "บันทึกการติดตาม", "publication": "การเผยแพร่"}


@dataclass(frozen=True)
class Change:
    """One item of two submissions that is not the same in both."""

    key: str
    title: str
    what: Literal["added", "removed", "changed"]


def items_of(case: Case) -> tuple[Item, ...]:
    """Everything in the case as it stands now, in the order a reader wants it."""
    return tuple(_items(case))


def dossier_id(items: Iterable[Item]) -> str:
    """The hash over all items: SHA-256 of their canonical JSON, whatever their order."""
    listed = [item.model_dump(mode="json") for item in items]
    return _digest(sorted(listed, key=lambda item: str(item["key"])))


def changes(earlier: Submission, later: Submission) -> tuple[Change, ...]:
    """What differs between two submissions: in the later one's order, then what was removed."""
    return differences(earlier.items, later.items)


def differences(earlier: Iterable[Item], later: Iterable[Item]) -> tuple[Change, ...]:
    """What differs between two lists of items, by their keys."""
    before = {item.key: item for item in earlier}
    after = {item.key: item for item in later}
    added = {k: Change(k, i.title, "added") for k, i in after.items() if k not in before}
    changed = {k: Change(k, i.title, "changed") for k, i in after.items() if before.get(k) != i}
    removed = [Change(k, i.title, "removed") for k, i in before.items() if k not in after]
    return (*({**changed, **added}.values()), *removed)


def submission_to(case: Case, step: int) -> Submission | None:
    """What was put to the director last at this approve step, None when nothing was."""
    return next((s for s in reversed(case.submissions) if s.step == step), None)


def submitted(case: Case, step: int, by: str, at: datetime) -> Submission:
    """What is put before the director at `step`: everything in the case as it stands now."""
    items = items_of(case)
    return Submission(step=step, dossier=dossier_id(items), items=items, by=by, at=at)


def _items(case: Case) -> Iterator[Item]:
    head = {
        "case": case.number,
        "process": case.process,
        "proposer": case.proposer,
        "title": case.title,
    }
    yield Item(key="title", title="ชื่อเรื่อง", sha256=_digest(head))
    if case.group:
        yield Item(key="group", title="คณะทำงาน", sha256=_content(case.group))
    if case.study:
        yield Item(key="study", title="ผลการศึกษาและข้อเสนอ", sha256=_content(case.study))
    if case.plan:
        yield Item(key="plan", title="แผนการเปลี่ยนแปลง", sha256=case.plan)
    for paper in case.papers:
        yield Item(key=f"paper/{paper.number}", title=paper.title, sha256=paper.sha256)
    for place, record in enumerate(case.records, 1):
        title = f"{_RECORDS[record.kind]} ครั้งที่ {place}"
        yield Item(key=f"record/{place}", title=title, sha256=_content(record))
    for place, evaluation in enumerate(case.evaluations, 1):
        title = f"ผลการประเมิน ครั้งที่ {place}"
        yield Item(key=f"evaluation/{place}", title=title, sha256=_content(evaluation))


def _content(value: BaseModel) -> str:
    # Without what is as by default, so that a field added one day does not change hashes of today.
    return _digest(value.model_dump(exclude_defaults=True))


def _digest(value: Any) -> str:
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    # A moment is the same moment in every zone a store may give it back in.
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
