"""The values a case is made of. A case (เรื่อง) is one run of one process of the manual."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from controller.errors import Text

StepKind = Literal["appoint", "plan", "approve", "notify", "execute", "monitor", "evaluate"]
CaseState = Literal["open", "closed", "refused", "withdrawn"]
DecisionKind = Literal["approve", "return", "refuse"]
PaperKind = Literal["form", "survey", "file", "specification", "offer", "comparison", "acceptance"]
RecordKind = Literal["work", "follow-up", "publication"]
Reached = Literal["met", "partly", "not-met", "unknown"]

# What people call the states of a case.
CASE_STATES: dict[CaseState, Text] = {
    "open": Text(th="กำลังดำเนินการ", en="open"),
    "closed": Text(th="ปิดเรื่องแล้ว", en="closed"),
    "refused": Text(th="ไม่เห็นชอบ", en="refused"),
    "withdrawn": Text(th="ถอนเรื่อง", en="withdrawn"),
}

# Every word an event's `what` can be.
HAPPENINGS = (
    "opened",
    "appointed",
    "planned",
    "studied",
    "attached",
    "detached",
    "submitted",
    "approved",
    "returned",
    "refused",
    "voided",
    "revised",
    "withdrawn",
    "notified",
    "recorded",
    "ended",
    "executed",
    "rolled-back",
    "evaluated",
    "closed",
)


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Group(_Value):
    """The working group (คณะทำงาน), by user name, and the order that appointed it."""

    order: str
    dated: date
    chair: str
    members: tuple[str, ...] = ()
    secretary: str

    def __contains__(self, username: str) -> bool:
        """Whether the person is in the group, in any place."""
        return username in {self.chair, self.secretary, *self.members}


class Objective(_Value):
    """What the case is to reach, and by which measure it will be judged."""

    text: str
    target: str = ""


class Study(_Value):
    """What was studied and is proposed, in words; the memo to the director is made of it.

    `budget` is in baht. `begins` and `ends` are the days the work is planned for.
    """

    reason: str
    work: str
    objectives: tuple[Objective, ...] = ()
    budget: Decimal | None = None
    begins: date | None = None
    ends: date | None = None


class Paper(_Value):
    """Something attached to a case: a filled form, results of a survey, a file, or a paper of a
    procurement (specification, offer, comparison, acceptance), which is kept as canonical JSON.

    `number` names it in the case: the number of the form or survey, the name of the file. `sha256`
    is of its exact content, `revision` counts from 1, `form` is the form's slug for a form or a
    survey.
    """

    kind: PaperKind
    number: str
    title: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    revision: int = 1
    form: str = ""
    step: int
    by: str
    at: AwareDatetime


class Record(_Value):
    """One dated entry about the work: what was done, found on follow-up, or published where.

    `next` is the day of the next follow-up. `place` is where it was published.
    """

    kind: RecordKind
    on: date
    text: str
    place: str = ""
    next: date | None = None
    step: int
    by: str
    at: AwareDatetime


class Result(_Value):
    """Whether one objective was reached."""

    objective: str
    target: str = ""
    reached: Reached
    note: str = ""


class Evaluation(_Value):
    """The results of a case against its objectives.

    `satisfaction` is the mean of the answers on the scale 1 to 5, `answers` how many there were.
    """

    results: str
    problems: str
    suggestions: str
    objectives: tuple[Result, ...] = ()
    satisfaction: Decimal | None = None
    answers: int | None = None
    step: int
    by: str
    at: AwareDatetime


class Item(_Value):
    """One thing put before the director: its key in the case, its title, its content's hash."""

    key: str
    title: str
    sha256: str


class Submission(_Value):
    """What was put before the director, whole: `dossier` is the SHA-256 over all the items.

    `step` is the approve step it was put to.
    """

    step: int
    dossier: str
    items: tuple[Item, ...]
    by: str
    at: AwareDatetime


class Decision(_Value):
    """What was decided on one dossier, by whom, in which capacity.

    `dossier` is the hash of everything that was put before the director, `plan` the id of the
    change plan among it, empty where there is none; `step` the approve step it was made at.
    `title` is the position as documents print it; of somebody acting for the director it holds both
    positions, and `acting_order` the number of the order. `audit_seq` and `audit_hash` name the
    entry of the audit log that holds the same words. Only an approval has `expires`, and only a
    return `to_step`: the step it sent the case back to.
    """

    kind: DecisionKind
    case: str
    plan: str
    dossier: str = ""
    step: int | None = None
    to_step: int | None = None
    actor: str
    title: str
    role: Literal["director", "acting-director"]
    acting_order: str | None
    comment: str
    at: AwareDatetime
    expires: AwareDatetime | None
    audit_seq: int
    audit_hash: str


class Event(_Value):
    """One thing that happened in a case, in order.

    `step` is where the case stood when it happened; `what` is one of `HAPPENINGS`.
    """

    at: AwareDatetime
    actor: str
    step: int
    what: str
    note: str = ""


class Case(_Value):
    """One run of one process. `step` counts from 0 into the process's steps.

    `number` is the case's own number, `2569-2.3-0001`: Buddhist year, process, running number.
    `papers` holds what is attached now; `records`, `evaluations` and `submissions` only grow.
    """

    number: str
    process: str
    title: str
    state: CaseState
    step: int
    plan: str | None
    proposer: str
    opened: AwareDatetime
    group: Group | None = None
    study: Study | None = None
    papers: tuple[Paper, ...] = ()
    records: tuple[Record, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    submissions: tuple[Submission, ...] = ()
    events: tuple[Event, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def version(self) -> str:
        """Another one after every change: each leaves an event."""
        return str(len(self.events))
