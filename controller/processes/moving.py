"""How a move changes a case: one event more, the step ended when nothing is missing."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any

from controller.errors import InputError, Text
from controller.processes.case import Case, Event
from controller.processes.dossier import submitted
from controller.processes.manual import Manual
from controller.processes.needs import lacking
from controller.processes.walk import require_complete

# Characters that reorder text on a screen, so that it reads other than it is.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def written(value: str, what: Text) -> str:
    """`value` without white space around it, when a person can read it as it is.

    Errors: `InputError` when it is empty, or holds control or reordering characters, with which a
    text can look other than it is on the director's screen.
    """
    text = value.strip()
    if not text:
        raise InputError(Text(th=f"ต้องระบุ{what.th}", en=f"{what.en} must be given"))
    for letter in text:
        control = unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\t"
        if control or letter in _REORDERING:
            raise InputError(
                Text(
                    th=f"{what.th}มีอักขระควบคุม U+{ord(letter):04X}",
                    en=f"{what.en} holds the control character U+{ord(letter):04X}",
                )
            )
    return text


def record(case: Case, what: str, actor: str, at: datetime, note: str = "", **to: Any) -> Case:
    """`case` with one event more, and with the fields in `to` changed."""
    event = Event(at=at, actor=actor, step=case.step, what=what, note=note)
    return case.model_copy(update={"events": (*case.events, event), **to})


def finish(
    case: Case, what: str, actor: str, at: datetime, note: str = "", *, manual: Manual, **to: Any
) -> Case:
    """`case` with one event more, with the fields in `to` changed, and its current step ended.

    It stands at the next step then, or is closed. Whatever brings it to an approve step puts it
    before the director: everything in it is submitted by `actor`, who stands behind it. From one
    approve step to the next it is still submitted by whoever did so before.
    """
    steps = manual.process(case.process).steps
    after = record(case, what, actor, at, note, **to)
    if case.step + 1 == len(steps):
        return after.model_copy(update={"state": "closed"})
    onward = after.model_copy(update={"step": case.step + 1})
    if steps[onward.step].kind != "approve":
        return onward
    again = steps[case.step].kind == "approve" and case.submissions
    by = case.submissions[-1].by if again else actor
    submission = submitted(after, onward.step, by, at)
    return onward.model_copy(update={"submissions": (*case.submissions, submission)})


def finish_if_complete(
    case: Case,
    what: str,
    actor: str,
    at: datetime,
    note: str = "",
    *,
    manual: Manual,
    closing: str = "",
    **to: Any,
) -> Case:
    """As `finish` when the event gives the last thing the step needs; otherwise the case stays.

    `closing` is the event's word where it closes the case, if another. Errors: `Refused`, naming
    the forms that must be attached before the last thing can be given.
    """
    steps = manual.process(case.process).steps
    after = record(case, what, actor, at, note, **to)
    if lacking(after, steps[case.step]):
        return after
    require_complete(after, manual)
    word = closing if closing and case.step + 1 == len(steps) else what
    return finish(case, word, actor, at, note, manual=manual, **to)
