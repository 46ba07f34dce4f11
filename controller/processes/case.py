"""The values a case is made of. A case (เรื่อง) is one run of one process of the manual."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

StepKind = Literal["appoint", "plan", "approve", "notify", "execute", "monitor", "evaluate"]
CaseState = Literal["open", "closed", "refused"]
DecisionKind = Literal["approve", "return", "refuse"]

# Every word an event's `what` can be.
HAPPENINGS = (
    "opened",
    "appointed",
    "planned",
    "submitted",
    "approved",
    "returned",
    "refused",
    "voided",
    "notified",
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


class Decision(_Value):
    """What was decided on one plan id, by whom, in which capacity.

    `title` is the position as documents print it; of somebody acting for the director it holds both
    positions, and `acting_order` the number of the order. `audit_seq` and `audit_hash` name the
    entry of the audit log that holds the same words. Only an approval has `expires`.
    """

    kind: DecisionKind
    case: str
    plan: str
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
    events: tuple[Event, ...] = ()
    decisions: tuple[Decision, ...] = ()
