"""A sample office and cases at every point of their way, for the tests beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from controller.documents.compose.look import Look
from controller.inventory.office import ActingOrder, Numbering, Office, Person
from controller.processes.case import (
    Case,
    CaseState,
    Decision,
    DecisionKind,
    Evaluation,
    Event,
    Group,
    Item,
    Objective,
    Paper,
    Record,
    Result,
    Study,
    Submission,
)
from controller.processes.manual import MANUAL, Process

LOOK = Look(thai_digits=True)
ARABIC = Look(thai_digits=False)
DAY = date(2026, 11, 22)
START = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PLAN = "3f" * 32
OFFICE_NAME = "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตัวอย่าง"
DIRECTOR = f"ผู้อำนวยการ{OFFICE_NAME}"
DEPUTY = f"รองผู้อำนวยการ{OFFICE_NAME}"

OFFICE = Office(
    name_th=OFFICE_NAME,
    name_en="Sample Secondary Educational Service Area Office",
    short="สพม.ตัวอย่าง",
    group_th="กลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร",
    group_en="ICT group",
    director_title=DIRECTOR,
    address="ถนนตัวอย่าง อำเภอเมือง จังหวัดตัวอย่าง 40000",
    telephone="0 4300 0000 ต่อ 101",
    numbering=Numbering(prefix="ศธ ๐๔๐๐๐"),
    people=(
        Person(username="director", title=DIRECTOR, roles=("director",)),
        Person(username="deputy", title=DEPUTY, roles=("officer",)),
        Person(
            username="officer1",
            title="ผู้อำนวยการกลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร",
            roles=("officer",),
        ),
        Person(username="engineer1", title="นักวิชาการคอมพิวเตอร์ชำนาญการ", roles=("engineer",)),
        Person(username="engineer2", title="นักวิชาการคอมพิวเตอร์ปฏิบัติการ", roles=("engineer",)),
    ),
    acting=(
        ActingOrder(
            username="deputy",
            order="๒๙๔/๒๕๖๙",
            dated=date(2026, 11, 18),
            since=date(2026, 11, 20),
            until=date(2026, 11, 25),
        ),
    ),
)
GROUP = Group(
    order="๔๕/๒๕๖๙",
    dated=date(2026, 11, 19),
    chair="officer1",
    members=("engineer1",),
    secretary="engineer2",
)
STUDY = Study(
    reason=(
        "โรงเรียนตัวอย่าง ก มีสวิตช์ชั้นเข้าถึง 3 เครื่องที่ยังไม่แยกเครือข่ายของนักเรียนออกจากเครือข่ายของสำนักงาน "
        "ทำให้เครื่องของนักเรียนเข้าถึงเครื่องแม่ข่ายงานธุรการได้\n"
        "คณะทำงานได้สำรวจการตั้งค่าของอุปกรณ์ทุกเครื่องแล้ว พบว่าแก้ไขได้โดยไม่ต้องจัดซื้ออุปกรณ์เพิ่ม"
    ),
    work=(
        "เพิ่ม VLAN 30 สำหรับห้องปฏิบัติการคอมพิวเตอร์ ย้ายช่องต่อของห้องปฏิบัติการไปยัง VLAN 30 "
        "และตรวจสอบการใช้งานหลังการเปลี่ยนแปลงทุกเครื่อง"
    ),
    objectives=(
        Objective(text="แยกเครือข่ายของนักเรียนออกจากเครือข่ายของสำนักงาน", target="ครบ 3 เครื่อง"),
        Objective(text="การใช้งานเครือข่ายไม่หยุดชะงักในเวลาราชการ", target="หยุดไม่เกิน 5 นาที"),
    ),
    budget=Decimal(65000),
    begins=date(2026, 11, 23),
    ends=date(2026, 11, 30),
)


def process(number: str) -> Process:
    """The process of the manual with this number."""
    return MANUAL.process(number)


def at(hours: int) -> datetime:
    """The moment so many hours after the case was opened."""
    return START + timedelta(hours=hours)


def paper(number: str, title: str, *, revision: int = 1, step: int = 1) -> Paper:
    """A form attached to a case."""
    return Paper(
        kind="form",
        number=number,
        title=title,
        sha256=(str(revision) + "e") * 32,
        revision=revision,
        form="work_request",
        step=step,
        by="engineer1",
        at=at(2),
    )


PAPER = paper("2570-work_request-0001", "แบบบันทึกขอให้ดำเนินการ", revision=2)


def submission(
    step: int, hours: int, *, dossier: str = "ab" * 32, papers: tuple[Paper, ...] = (PAPER,)
) -> Submission:
    """What is put before the director at a step."""
    return Submission(
        step=step,
        dossier=dossier,
        items=(
            Item(key="title", title="ชื่อเรื่อง", sha256="11" * 32),
            Item(key="group", title="คณะทำงาน", sha256="22" * 32),
            Item(key="study", title="ผลการศึกษา", sha256="33" * 32),
            *(Item(key=f"paper/{p.number}", title=p.title, sha256=p.sha256) for p in papers),
        ),
        by="engineer1",
        at=at(hours),
    )


def decision(
    kind: DecisionKind,
    step: int,
    hours: int,
    *,
    dossier: str = "ab" * 32,
    comment: str = "ดำเนินการได้",
    acting: bool = False,
    plan: str = PLAN,
    seq: int = 17,
) -> Decision:
    """A decision of the director, or of the deputy acting for the director."""
    return Decision(
        kind=kind,
        case="2569-2.3-0001",
        plan=plan,
        dossier=dossier,
        step=step,
        to_step=1 if kind == "return" else None,
        actor="deputy" if acting else "director",
        title=f"{DEPUTY} รักษาราชการแทน{DIRECTOR}" if acting else DIRECTOR,
        role="acting-director" if acting else "director",
        acting_order="๒๙๔/๒๕๖๙" if acting else None,
        comment=comment,
        at=at(hours),
        expires=at(hours + 720) if kind == "approve" else None,
        audit_seq=seq,
        audit_hash="c4" * 32,
    )


def case(
    number: str = "2.3",
    *,
    step: int = 2,
    state: CaseState = "open",
    plan: str | None = PLAN,
    title: str = "แยกเครือข่ายห้องปฏิบัติการคอมพิวเตอร์ โรงเรียนตัวอย่าง ก",
    group: Group | None = GROUP,
    study: Study | None = STUDY,
    papers: tuple[Paper, ...] = (PAPER,),
    records: tuple[Record, ...] = (),
    evaluations: tuple[Evaluation, ...] = (),
    submissions: tuple[Submission, ...] = (submission(2, 3),),
    decisions: tuple[Decision, ...] = (),
    events: tuple[Event, ...] = (),
) -> Case:
    """A case as it stands before the director, unless told otherwise."""
    return Case(
        number=f"2569-{number}-0001",
        process=number,
        title=title,
        state=state,
        step=step,
        plan=plan,
        proposer="engineer1",
        opened=START,
        group=group,
        study=study,
        papers=papers,
        records=records,
        evaluations=evaluations,
        submissions=submissions,
        decisions=decisions,
        events=events or (event(0, 0, "opened", "engineer1"),),
    )


def event(hours: int, step: int, what: str, by: str, note: str = "") -> Event:
    """One thing that happened."""
    return Event(at=at(hours), actor=by, step=step, what=what, note=note)


def evaluation(step: int) -> Evaluation:
    """Results against the objectives of `STUDY`."""
    return Evaluation(
        results="แยกเครือข่ายได้ครบ 3 เครื่อง ผู้ใช้งานเข้าใช้ระบบได้ตามปกติ",
        problems="ช่องต่อ 2 ช่องติดป้ายชื่อไม่ตรงกับที่ใช้จริง",
        suggestions="ควรปรับปรุงป้ายชื่อช่องต่อให้ตรงกันทุกโรงเรียน",
        objectives=(
            Result(
                objective="แยกเครือข่ายของนักเรียนออกจากเครือข่ายของสำนักงาน",
                target="ครบ 3 เครื่อง",
                reached="met",
            ),
            Result(
                objective="การใช้งานเครือข่ายไม่หยุดชะงักในเวลาราชการ",
                target="หยุดไม่เกิน 5 นาที",
                reached="partly",
                note="หยุด 7 นาทีที่เครื่องที่สอง",
            ),
        ),
        satisfaction=Decimal("4.57"),
        answers=42,
        step=step,
        by="engineer2",
        at=at(200),
    )
