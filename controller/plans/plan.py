"""The plan: what exactly will reach which devices, as one frozen value with a hash.

The plan id is the SHA-256 of the canonical JSON of everything in the value, so the same content has
the same id on any machine, and any edit gives another id. A plan holds no time, no path and no
secret: secrets appear as references in the form `⟦secret:NAME⟧`.

A plan that was predicted from stored backups is for looking at: it always refuses itself.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from controller.errors import Text

FORMAT: Literal["khaen-plan/1"] = "khaen-plan/1"
# The check after a push that compares the device's health over SNMP with what it was before.
SNMP_HEALTH = "snmp_health"
# The checks of `safety` whose reasons the proposer may accept in the open; no others, ever.
ACCEPTABLE = frozenset(
    {"changes_logins", "hidden_secret", "management_unknown", "not_predictable", "removes_much"}
)
Operation = Literal["merge", "replace"]
# What brings a change onto a device: a configuration that is loaded, or the plan's playbook.
Way = Literal["merge", "replace", "playbook"]
# What a task would do, as its check mode told: nobody knows is `not-predictable`.
Effect = Literal["changes", "same", "reads", "skipped", "not-predictable"]
RollbackKind = Literal["commit-confirm", "watchdog", "none"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class InputFile(_Value):
    """A workspace file the plan was computed from; `path` is relative to the workspace."""

    path: str
    sha256: str


class Policy(_Value):
    """How the plan is carried out."""

    canary: int
    batch: int
    stop_after_failed_percent: int
    confirm_minutes: int


class Reason(_Value):
    """Why something must not go on. `check` is the name of the safety function."""

    check: str
    th: str
    en: str


PREDICTED = Reason(
    check="predicted",
    th="แผนนี้คาดการณ์จากข้อมูลสำรอง ยังไม่ได้ถามอุปกรณ์จริง จึงอนุมัติหรือนำไปใช้ไม่ได้",
    en="this plan was predicted from backups; the devices were not asked, so it cannot be approved",
)


class Accepted(_Value):
    """A reason of a safety function that the proposer accepts, in the open, and why."""

    check: str
    why: str


class Tool(_Value):
    """A program a playbook runs with: `ansible-core`, or a collection such as `cisco.ios`."""

    name: str
    version: str


class PlaybookRun(_Value):
    """Which playbook a plan runs, with what, and by which tools.

    The files of the playbook and of its roles are among the plan's `inputs`. `inventory` is the
    SHA-256 of what Ansible is told of the selected devices, where secrets stand as references.
    """

    name: str
    process: str
    parameters: tuple[tuple[str, str | int | bool | tuple[str, ...]], ...] = ()
    inventory: str
    tools: tuple[Tool, ...]
    timeout_minutes: int


class TaskPlan(_Value):
    """What one task of the playbook would do on one device.

    `lines` is what its check mode told that it would send, secrets as references; empty when it
    told nothing. `task` is its name, or its module where it has none; in the order they run.
    """

    task: str
    module: str
    effect: Effect
    lines: str = ""


class Window(_Value):
    """The only time in which a plan may be carried out, to the minute, with zone."""

    begins: AwareDatetime
    ends: AwareDatetime


class DevicePlan(_Value):
    """What will reach one device."""

    device: str
    site: str
    role: str
    platform: str
    operation: Way = Field(
        description="How the candidate is loaded; `playbook`: none is, the plan's playbook runs"
    )
    fingerprint: str = Field(description="SHA-256 of the normalised running configuration")
    candidate: str = Field(description="Configuration to load, secrets as references")
    diff: str = Field(description="The device's own difference, normalised, secrets removed")
    sections: tuple[str, ...] = Field(
        default=(),
        description="Section in which each hunk of the difference starts",
    )
    rollback: RollbackKind
    checks: tuple[str, ...] = Field(description="Checks after the push, by name")
    reasons: tuple[Reason, ...] = Field(default=(), description="Reasons against, from safety")
    tasks: tuple[TaskPlan, ...] = Field(
        default=(),
        exclude_if=lambda tasks: not tasks,
        description="What each task of the playbook would do; of other plans not said",
    )


class LeftOut(_Value):
    """A selected device the plan does not touch, and why: `unchanged` or `unreachable` ..."""

    device: str
    why: Literal["unchanged", "unreachable", "refused", "maintenance", "unsupported"]
    detail: str = ""


# What people call the reasons a device is left out.
LEFT_OUT_WORDS: dict[str, Text] = {
    "unchanged": Text(th="ตรงตามที่ต้องการแล้ว", en="already as wanted"),
    "unreachable": Text(th="ติดต่อไม่ได้", en="cannot be reached"),
    "refused": Text(th="ถูกปฏิเสธ", en="refused"),
    "maintenance": Text(th="อยู่ระหว่างซ่อมบำรุง", en="under maintenance"),
    "unsupported": Text(th="ยังไม่รองรับ", en="not supported"),
}


class Plan(_Value):
    """A plan. `devices` and `left_out` are sorted by device name, `inputs` by path."""

    format: Literal["khaen-plan/1"] = FORMAT
    office: str
    selector: str
    inputs: tuple[InputFile, ...]
    policy: Policy
    devices: tuple[DevicePlan, ...]
    left_out: tuple[LeftOut, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    predicted: bool = Field(
        default=False, description="Computed from stored backups; no device was asked"
    )
    restores: str = Field(
        default="",
        exclude_if=lambda told: not told,
        description="The stored configuration this plan puts back, as `DEVICE@VERSION`; of other "
        "plans not said",
    )

    mends: tuple[str, ...] = Field(
        default=(),
        exclude_if=lambda rules: not rules,
        description="The rules whose failures this plan mends, by id; of other plans not said",
    )
    playbook: PlaybookRun | None = Field(
        default=None,
        exclude_if=lambda told: told is None,
        description="The playbook this plan runs; of other plans not said",
    )
    window: Window | None = Field(
        default=None,
        exclude_if=lambda told: told is None,
        description="The only time in which it may be carried out; not said when it has none",
    )

    @cached_property
    def id(self) -> str:
        """The plan id: 64 hexadecimal digits."""
        return hashlib.sha256(self.canonical()).hexdigest()

    def canonical(self) -> bytes:
        """Canonical JSON: UTF-8, keys sorted, no white space, no floating point."""
        content = self.model_dump(mode="json")
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()

    def refusals(self) -> tuple[tuple[str, Reason], ...]:
        """(device, reason) pairs that nobody accepted. A plan with any must not be approved.

        Only reasons of `ACCEPTABLE` checks can be accepted, whatever the plan says. A reason that
        is about the plan as a whole stands beside the device name `*`.
        """
        accepted = {a.check for a in self.accepted} & ACCEPTABLE
        against = [
            (d.device, r) for d in self.devices for r in d.reasons if r.check not in accepted
        ]
        return ((("*", PREDICTED),) if self.predicted else ()) + tuple(against)

    @property
    def selected(self) -> tuple[str, ...]:
        """The names of all devices it was asked about, those left out among them, sorted."""
        return tuple(sorted({d.device for d in self.devices} | {d.device for d in self.left_out}))

    def device(self, name: str) -> DevicePlan | None:
        """The part of the plan for one device."""
        return next((d for d in self.devices if d.device == name), None)
