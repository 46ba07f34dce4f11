"""A sample office, its people, plans, and a case walked to any step, for the tests beside it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from controller.accounts.actor import Actor
from controller.inventory.office import ActingOrder, Numbering, Office, Person
from controller.plans.plan import DevicePlan, InputFile, Plan, Policy
from controller.processes import deciding, steps
from controller.processes.approval import DECISION_ACTION, Verdict, decision_content, may_apply
from controller.processes.case import (
    Case,
    DecisionKind,
    Evaluation,
    Group,
    Objective,
    Paper,
    PaperKind,
    Record,
    RecordKind,
    Study,
)
from controller.processes.manual import MANUAL
from controller.store.audit_entry import GENESIS, Entry, digest
from controller.thai import bangkok_date

DAYS = 30
START = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
DIRECTOR_TITLE = "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาตัวอย่าง"
DEPUTY_TITLE = "รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาตัวอย่าง"

OFFICE = Office(
    name_th="สำนักงานเขตพื้นที่การศึกษาตัวอย่าง",
    name_en="Sample Educational Service Area Office",
    short="สพม.ตัวอย่าง",
    group_th="กลุ่มเทคโนโลยีสารสนเทศ",
    group_en="ICT group",
    director_title=DIRECTOR_TITLE,
    numbering=Numbering(prefix="ศธ ๐๔๐๐๐"),
    people=(
        Person(username="boss", title=DIRECTOR_TITLE, roles=("director",)),
        Person(
            username="old-boss", title=DIRECTOR_TITLE, roles=("director",), until=date(2026, 9, 30)
        ),
        Person(
            username="new-boss", title=DIRECTOR_TITLE, roles=("director",), since=date(2027, 10, 1)
        ),
        Person(username="deputy", title=DEPUTY_TITLE, roles=("officer",)),
        Person(username="retired", title=DEPUTY_TITLE, roles=("officer",), until=date(2026, 11, 1)),
        Person(username="lead", title="หัวหน้ากลุ่มเทคโนโลยีสารสนเทศ", roles=("officer",)),
        Person(username="eng1", title="นักวิชาการคอมพิวเตอร์ชำนาญการ", roles=("engineer",)),
        Person(username="eng2", title="นักวิชาการคอมพิวเตอร์ปฏิบัติการ", roles=("engineer",)),
        Person(username="root", title="ผู้ดูแลระบบ", roles=("admin",)),
    ),
    acting=(
        ActingOrder(
            username="deputy",
            order="๑๒๓/๒๕๖๙",
            dated=date(2026, 11, 18),
            since=date(2026, 11, 20),
            until=date(2026, 11, 25),
        ),
        ActingOrder(
            username="retired",
            order="๑๒๔/๒๕๖๙",
            dated=date(2026, 10, 1),
            since=date(2026, 10, 1),
            until=date(2026, 12, 31),
        ),
        ActingOrder(
            username="ghost",
            order="๑๒๕/๒๕๖๙",
            dated=date(2026, 10, 1),
            since=date(2026, 10, 1),
            until=date(2026, 12, 31),
        ),
    ),
)

GROUP = Group(order="๔๕/๒๕๖๙", dated=TODAY, chair="lead", members=("eng1",), secretary="eng2")


def actor(username: str) -> Actor:
    person = OFFICE.person(username)
    roles = frozenset[str](person.roles) if person else frozenset[str]()
    return Actor(username, person.title if person else "", roles)


def make_plan(text: str = "ntp server 192.0.2.10") -> Plan:
    return Plan(
        office=OFFICE.short,
        selector="site=school-a role=access",
        inputs=(
            InputFile(path="inventory/config/cisco_ios/access.j2", sha256="a" * 64),
            InputFile(path="inventory/sites/school-a.yaml", sha256="b" * 64),
        ),
        policy=Policy(canary=1, batch=10, stop_after_failed_percent=10, confirm_minutes=5),
        devices=(
            DevicePlan(
                device="school-a-sw01",
                site="school-a",
                role="access",
                platform="cisco_ios",
                operation="merge",
                fingerprint="c" * 64,
                candidate=text,
                diff=f"+ {text}",
                rollback="commit-confirm",
                checks=("reachable",),
            ),
        ),
    )


PLAN = make_plan()
OTHER = make_plan("ntp server 192.0.2.20")


STUDY = Study(
    reason="ระบบเดิมไม่เพียงพอ",
    work="ปรับปรุงตามที่เสนอ",
    objectives=(Objective(text="ใช้งานได้ครบทุกโรงเรียน", target="84 โรงเรียน"),),
    budget=Decimal("125000.50"),
)


def paper(slug: str, number: str = "", *, text: str = "1", revision: int = 1) -> Paper:
    """A paper of this form; another `text` is another content. Without a slug it is a file."""
    named = MANUAL.form(slug)
    kind: PaperKind = "form" if slug else "file"
    if named is not None and named.survey:
        kind = "survey"
    return Paper(
        kind=kind,
        number=number or f"2570-{slug or 'file.pdf'}-0001",
        title=named.name if named else "ไฟล์แนบ",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        revision=revision,
        form=slug,
        step=0,
        by="",
        at=START,
    )


def entry(
    kind: RecordKind, at: datetime, *, text: str = "ดำเนินการแล้ว", place: str = "เว็บไซต์สำนักงาน"
) -> Record:
    """A dated entry of today."""
    return Record(kind=kind, on=bangkok_date(at), text=text, place=place, step=0, by="", at=at)


def evaluation(at: datetime) -> Evaluation:
    """Results in words."""
    return Evaluation(results="ครบ", problems="ไม่มี", suggestions="ไม่มี", step=0, by="", at=at)


def log_entry(case: Case, decision_json: str, by: str, at: datetime, seq: int) -> Entry:
    """The entry as it comes back from a store: through JSON, with the real hash."""
    bare = Entry(
        seq=seq,
        at=at,
        actor=by,
        action=DECISION_ACTION,
        subject=case.number,
        content=json.loads(decision_json),
        previous=GENESIS,
        hash="",
    )
    return replace(bare, hash=digest(bare))


def opened(process: str = "2.3", plan: Plan | None = PLAN, proposer: str = "eng1") -> Case:
    number = steps.case_number(process, START, 1)
    return steps.open_case(
        process, number, "เปลี่ยนเซิร์ฟเวอร์เวลา", actor(proposer), START, plan=plan.id if plan else None
    )


def appointed(case: Case | None = None) -> Case:
    return steps.appoint(case or opened(), GROUP, OFFICE, actor("eng1"), START + timedelta(hours=1))


def submitted(case: Case | None = None) -> Case:
    return steps.submit(case or appointed(), None, actor("eng1"), START + timedelta(hours=2))


def decided(
    case: Case,
    by: str = "boss",
    kind: DecisionKind = "approve",
    *,
    plan: Plan = PLAN,
    at: datetime = START + timedelta(hours=3),
    seq: int = 7,
    comment: str = "ดำเนินการได้",
) -> tuple[Case, Entry]:
    draft = deciding.draft_decision(
        case,
        kind,
        comment=comment,
        plan=plan,
        actor=actor(by),
        office=OFFICE,
        at=at,
        approval_days=DAYS,
    )
    written = json.dumps(decision_content(draft), ensure_ascii=False)
    entry = log_entry(case, written, by, at, seq)
    return deciding.decide(case, deciding.seal(draft, entry.seq, entry.hash), OFFICE), entry


def notified(case: Case) -> Case:
    return steps.notify(
        case,
        actor("lead"),
        START + timedelta(hours=4),
        to=("โรงเรียนตัวอย่าง ก",),
        how="หนังสือราชการ",
        message="จะเปลี่ยนเซิร์ฟเวอร์เวลา วันเสาร์",
    )


def studied(case: Case) -> Case:
    """At its plan step, with a study and a file, which the director will be shown."""
    case = steps.study(case, STUDY, actor("eng1"), START + timedelta(hours=2))
    return steps.attach(case, paper("", "ผังเครือข่าย.pdf"), actor("eng1"), START + timedelta(hours=2))


@dataclass(frozen=True)
class Scene:
    """Everything the gate is asked about; `replace` one thing to see it shut."""

    case: Case
    plan: Plan | None
    entry: Entry | None
    chain_ok: bool | None = True
    office: Office = OFFICE
    inputs_now: dict[str, str | None] = field(
        default_factory=lambda: {entry.path: entry.sha256 for entry in PLAN.inputs}
    )
    now: datetime = START + timedelta(hours=5)
    kind: Literal["apply", "rollback"] = "apply"
    planned_by: str | None = "eng2"

    def verdict(self) -> Verdict:
        return may_apply(
            self.case,
            self.plan,
            self.entry,
            self.chain_ok,
            self.office,
            self.inputs_now,
            self.now,
            kind=self.kind,
            planned_by=self.planned_by,
        )


def good_scene(process: str = "2.3", by: str = "boss") -> Scene:
    """Approved, with people told, and a file of the work that was attached afterwards."""
    case, logged = decided(submitted(studied(appointed(opened(process)))), by)
    later = START + timedelta(hours=5)
    case = steps.attach(notified(case), paper("", "หน้างาน.jpg"), actor("lead"), later)
    return Scene(case=case, plan=PLAN, entry=logged)
