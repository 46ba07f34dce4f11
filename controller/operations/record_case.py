"""Write down what was done, found on follow-up, or published where."""

from __future__ import annotations

from datetime import date, datetime

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.move_case import move_case
from controller.processes import steps
from controller.processes.case import Case, Record, RecordKind


def record_case(
    context: Context,
    actor: Actor,
    number: str,
    kind: RecordKind,
    *,
    on: date,
    text: str,
    place: str = "",
    following: date | None = None,
    done: bool = False,
) -> Case:
    """The case with one dated entry more; with `done` its step ends.

    `place` is where something was published, `following` the day of the next follow-up. What is
    published needs no `done`. Errors: as `processes.steps.record_entry` and `publish`.
    """

    def change(case: Case, now: datetime, _: bool) -> Case:
        record = Record(
            kind=kind,
            on=on,
            text=text,
            place=place,
            next=following,
            step=case.step,
            by=actor.username,
            at=now,
        )
        if kind == "publication":
            return steps.publish(case, record, actor, now)
        return steps.record_entry(case, record, actor, now, done=done)

    content = {"kind": kind, "on": on.isoformat(), "text": text, "place": place, "done": done}
    return move_case(context, actor, "record_case", number, change, content)
