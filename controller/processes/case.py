"""The values a case is made of. A case (เรื่อง) is one run of one process of the manual."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

StepKind = Literal["appoint", "plan", "approve", "notify", "execute", "monitor", "evaluate"]
CaseState = Literal["open", "closed", "refused"]
DecisionKind = Literal["approve", "return", "refuse"]


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

    `acting_for` is the director's title when somebody acted for them, with the number of the
    order; `audit_seq` and `audit_hash` name the entry of the audit log that holds the same words.
    """

    kind: DecisionKind
    case: str
    plan: str
    actor: str
    title: str
    role: Literal["director", "acting-director"]
    acting_order: str | None
    comment: str
    at: datetime
    expires: datetime | None
    audit_seq: int
    audit_hash: str


class Event(_Value):
    """One thing that happened in a case, in order."""

    at: datetime
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
    opened: datetime
    group: Group | None = None
    events: tuple[Event, ...] = ()
    decisions: tuple[Decision, ...] = ()
