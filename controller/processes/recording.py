"""Dated entries of a case: work done, what was found on following up, where it was published."""

from __future__ import annotations

from datetime import date, datetime

from controller.accounts.actor import Actor
from controller.errors import InputError, Refused, Text
from controller.processes.case import Case, Record, RecordKind, StepKind
from controller.processes.history import approvals, happened_here
from controller.processes.manual import MANUAL, Manual
from controller.processes.moving import finish, finish_if_complete, record, written
from controller.processes.walk import (
    next_move,
    require_complete,
    require_doer,
    require_member,
    require_need,
    require_step,
)
from controller.thai import bangkok_date

_WHERE: dict[RecordKind, StepKind] = {"work": "execute", "follow-up": "monitor"}


def record_entry(
    case: Case,
    entry: Record,
    actor: Actor,
    at: datetime,
    *,
    done: bool,
    manual: Manual = MANUAL,
) -> Case:
    """The case with one entry more about its work, or its follow-up; with `done` its step ends.

    Errors: `Refused` at another step, and for `done` while something is missing; `NotAllowed`,
    `InputError` without words, for a day still to come, or for a publication.
    """
    kind = _WHERE.get(entry.kind)
    if kind is None:
        raise InputError(
            Text(
                th="การเผยแพร่ให้บันทึกด้วย `khaen case publish`",
                en="a publication is recorded with `khaen case publish`",
            )
        )
    step = require_step(case, kind, manual)
    require_doer(case, actor, step)
    whole = _checked(case, entry, actor, at)
    note, entries = _told(whole), (*case.records, whole)
    after = record(case, "recorded", actor.username, at, note, records=entries)
    if not done:
        return after
    require_complete(after, manual)
    return finish(case, "ended", actor.username, at, note, manual=manual, records=entries)


def publish(
    case: Case, entry: Record, actor: Actor, at: datetime, *, manual: Manual = MANUAL
) -> Case:
    """The case with where and when it was published; the step ends when nothing is missing.

    At an approve step what was approved is published, by the people of the case. Errors: `Refused`
    at another step and before the approval, `NotAllowed`, `InputError` without a place or words,
    or for a day still to come or before the approval.
    """
    step = require_need(case, "publication", manual)
    if step.kind == "approve":
        require_member(case, actor, proposer_too=True)
    else:
        require_doer(case, actor, step)
    if "decision" in step.needs and not happened_here(case, "approved"):
        raise Refused(
            Text(
                th=f"เรื่อง {case.number} ยังไม่ได้รับอนุมัติ จึงเผยแพร่ไม่ได้",
                en=f"case {case.number} is not approved yet and so cannot be published",
            ),
            hint=next_move(case, manual),
        )
    whole = _checked(case, entry.model_copy(update={"kind": "publication"}), actor, at)
    held = approvals(case).get(case.step)
    if held is not None and whole.on < bangkok_date(held.at):
        raise _wrong_day(whole.on, Text(th="อยู่ก่อนวันที่ได้รับอนุมัติ", en="before it was approved"))
    return finish_if_complete(
        case,
        "recorded",
        actor.username,
        at,
        _told(whole),
        manual=manual,
        records=(*case.records, whole),
    )


def _checked(case: Case, entry: Record, actor: Actor, at: datetime) -> Record:
    if entry.on > bangkok_date(at):
        raise _wrong_day(entry.on, Text(th="ยังมาไม่ถึง", en="in the future"))
    if entry.next is not None and entry.next <= entry.on:
        raise _wrong_day(
            entry.next, Text(th="ไม่ได้อยู่หลังการติดตามครั้งนี้", en="not after this follow-up")
        )
    where = Text(th="แหล่งที่เผยแพร่", en="where it was published")
    asked = entry.kind == "publication" or entry.place.strip()
    made = {
        "text": written(entry.text, Text(th="รายละเอียด", en="what happened")),
        "place": written(entry.place, where) if asked else "",
        "step": case.step,
        "by": actor.username,
        "at": at,
    }
    return entry.model_copy(update=made)


def _told(entry: Record) -> str:
    place = f" — {entry.place}" if entry.place else ""
    following = f" (ครั้งต่อไป/next {entry.next.isoformat()})" if entry.next else ""
    return f"{entry.on.isoformat()}: {entry.text}{place}{following}"


def _wrong_day(day: date, why: Text) -> InputError:
    return InputError(
        Text(th=f"วันที่ {day.isoformat()} {why.th}", en=f"the day {day.isoformat()} is {why.en}")
    )
