"""What deciding and the gate are shown from outside: a plan, an entry of the audit log.

Only the shapes they rely on are named here. The plan id is always computed anew from the plan's
own bytes; an id that somebody wrote beside the plan is never believed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Protocol

from controller.errors import Text
from controller.processes.case import Decision

DECISION_ACTION = "decide_case"
_SEAL = ("audit_seq", "audit_hash")


class InputDigest(Protocol):
    """A workspace file a plan was computed from."""

    @property
    def path(self) -> str:
        """Relative to the workspace."""

    @property
    def sha256(self) -> str:
        """64 hexadecimal digits."""


class Objection(Protocol):
    """A reason against a plan, in both languages."""

    @property
    def th(self) -> str:
        """In Thai."""

    @property
    def en(self) -> str:
        """In English."""


class ChangePlan(Protocol):
    """A change plan for managed devices."""

    @property
    def inputs(self) -> Sequence[InputDigest]:
        """Every file the plan was computed from."""

    def canonical(self) -> bytes:
        """The bytes the plan id is the SHA-256 of."""

    def refusals(self) -> Sequence[tuple[str, Objection]]:
        """(device, reason) pairs that nobody accepted; `*` for a reason about the whole plan."""


class LoggedEntry(Protocol):
    """An entry of the audit log."""

    @property
    def seq(self) -> int:
        """Its place in the chain."""

    @property
    def hash(self) -> str:
        """Its hash."""

    @property
    def actor(self) -> str:
        """Who did it."""

    @property
    def action(self) -> str:
        """What was done."""

    @property
    def subject(self) -> str:
        """What it was done to."""

    @property
    def content(self) -> Mapping[str, Any]:
        """The details."""


def plan_id(plan: ChangePlan) -> str:
    """The id of `plan`, computed from its bytes now."""
    return hashlib.sha256(plan.canonical()).hexdigest()


def unfit(plan: ChangePlan) -> Iterator[Text]:
    """Every reason why nobody may approve or carry out `plan`; none means it is fit."""
    refusals = plan.refusals()
    if not refusals and getattr(plan, "predicted", False) is not False:
        yield Text(
            th="แผนนี้คาดการณ์จากข้อมูลสำรอง อุปกรณ์ยังไม่ได้บอกความแตกต่างเอง",
            en="the plan is predicted: the devices were not asked for the difference themselves",
        )
    for device, reason in refusals:
        where = "" if device == "*" else f"{device}: "
        yield Text(th=where + reason.th, en=where + reason.en)


def decision_content(decision: Decision) -> dict[str, Any]:
    """What the audit log says about `decision`: plain JSON values, times in UTC.

    Everything but the place and hash of the log entry itself, which do not exist before it is
    written.
    """
    fields = {name: getattr(decision, name) for name in Decision.model_fields if name not in _SEAL}
    return {name: _plain(value) for name, value in fields.items()}


def differing(decision: Decision, entry: LoggedEntry) -> tuple[str, ...]:
    """The names of the fields in which `decision` and the entry of the log are not the same."""
    said = {
        **entry.content,
        "audit_seq": entry.seq,
        "audit_hash": entry.hash,
        "logged action": entry.action,
        "logged actor": entry.actor,
        "logged subject": entry.subject,
    }
    held = {
        **decision_content(decision),
        "audit_seq": decision.audit_seq,
        "audit_hash": decision.audit_hash,
        "logged action": DECISION_ACTION,
        "logged actor": decision.actor,
        "logged subject": decision.case,
    }
    absent = object()
    names = [*held, *(name for name in said if name not in held)]
    return tuple(name for name in names if said.get(name, absent) != held.get(name, absent))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        # A moment without a zone is no moment; its bare form equals no entry ever written.
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    return value.isoformat() if isinstance(value, date) else value
