"""What schools asked the office for, and how far it got, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.operations.context import Context
from controller.operations.show_form import people_of_school
from controller.processes.case import CASE_STATES, Case
from controller.processes.forms.catalogue import form
from controller.processes.manual import process
from controller.store import cases, forms
from controller.store.forms import FormSummary

Standing = Literal["received", "working", "done", "refused", "withdrawn"]
_ENDED: dict[str, Standing] = {"closed": "done", "refused": "refused", "withdrawn": "withdrawn"}
_RECEIVED = Text(th="รับเรื่องแล้ว รอเจ้าหน้าที่", en="received, waiting for an officer")


@dataclass(frozen=True)
class Request:
    """A form a school sent. `standing` is for colours, `state` the words people read.

    Of the case it is attached to it tells the step and no more: a school does not see cases.
    """

    form: FormSummary
    title: Text
    standing: Standing
    state: Text


def list_requests(context: Context, actor: Actor) -> tuple[Request, ...]:
    """The forms the actor's school sent, last filled in first; for the office those of all schools.

    People of a school get those of everybody of their own school, and of nobody else's.
    """
    require(actor, "show_form")
    with context.store.read() as conn:
        sent = forms.list_forms(conn, by=_senders(context, actor))
        held = {n: cases.load_case(conn, n) for n in {one.case for one in sent} if n is not None}
        return tuple(_request(one, held.get(one.case or "")) for one in sent)


def _senders(context: Context, actor: Actor) -> frozenset[str]:
    if actor.of_school:
        return people_of_school(context, actor)
    people = context.office().people
    return frozenset(person.username for person in people if "school" in person.roles)


def _request(sent: FormSummary, case: Case | None) -> Request:
    title = form(sent.slug).title
    # A form that was taken off its case again waits as it did before.
    if case is None or all(paper.number != sent.number for paper in case.papers):
        return Request(sent, title, "received", _RECEIVED)
    if case.state == "open":
        return Request(sent, title, "working", _step(case))
    return Request(sent, title, _ENDED[case.state], CASE_STATES[case.state])


def _step(case: Case) -> Text:
    steps = process(case.process).steps
    title = steps[case.step].title
    where = f"{case.step + 1}/{len(steps)}"
    return Text(th=f"กำลังดำเนินการ ขั้นที่ {where} {title.th}", en=f"in hand, step {where}: {title.en}")
