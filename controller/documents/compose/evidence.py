"""The evidence of a case on paper: what happened, what was decided on what, and how to prove it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from controller.documents.blocks import (
    Block,
    Document,
    Entries,
    Entry,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    TableColumn,
)
from controller.documents.compose.evidence_case import (
    decision_blocks,
    event_table,
    paper_table,
    record_table,
    submission_blocks,
)
from controller.documents.compose.evidence_runs import CarriedOut, run_blocks
from controller.documents.compose.flow import flow
from controller.documents.compose.look import Look, hash_lines
from controller.documents.compose.paper import paper
from controller.documents.compose.wording import part, position, process_name
from controller.errors import Text
from controller.inventory.office import Office
from controller.processes.case import Case, CaseState
from controller.processes.manual import MANUAL, Manual, Process

STATES: dict[CaseState, str] = {
    "open": "อยู่ระหว่างดำเนินการ",
    "closed": "ปิดเรื่องแล้ว",
    "refused": "ไม่ได้รับอนุมัติ",
    "withdrawn": "ผู้เสนอถอนเรื่อง",
}
VERIFY = "khaen audit-log verify"


@dataclass(frozen=True)
class AuditLine:
    """One entry of the audit log about the case."""

    seq: int
    at: datetime
    actor: str
    action: str
    hash: str


@dataclass(frozen=True)
class AuditProof:
    """What the audit log says of the case and of itself.

    `intact` is the verdict on the whole log of `seen` entries, whose newest has the hash `head`;
    None: it cannot be told. `tampered` names decisions that are not what they were when made.
    """

    lines: tuple[AuditLine, ...]
    seen: int
    head: str
    intact: bool | None
    tampered: tuple[Text, ...] = ()


def evidence_pack(
    case: Case,
    office: Office,
    process: Process,
    *,
    day: date,
    look: Look,
    audit: AuditProof,
    runs: Sequence[CarriedOut] = (),
    manual: Manual = MANUAL,
) -> Document:
    """Everything known of a case and how it can be proved; `runs` in the order they were made."""
    parts: list[tuple[str, list[Block]]] = [
        ("แผนผังขั้นตอนและสถานะ", [flow(process, case, look=look, manual=manual)]),
        ("ลำดับเหตุการณ์", [event_table(case, process, office, look)]),
        ("การเสนอเรื่อง", list(submission_blocks(case, process, office, look))),
        ("การพิจารณา", list(decision_blocks(case, look))),
        ("เอกสารประกอบ", list(paper_table(case, look))),
        ("บันทึกการดำเนินงาน", list(record_table(case, look, small=True))),
        ("ผลการดำเนินการกับอุปกรณ์", list(run_blocks(runs, office, look))),
        ("รายการในบันทึกตรวจสอบ", [_entries(audit, look)]),
    ]
    return paper(
        office,
        f"เอกสารหลักฐานการดำเนินงาน เรื่อง {case.number}",
        day,
        (
            *_cover(case, office, process, day, look),
            *_proof(audit, look),
            PageBreak(),
            *(
                block
                for number, (title, blocks) in enumerate((p for p in parts if p[1]), start=1)
                for block in (part(number, title, look), *blocks)
            ),
        ),
        look=look,
        foot=f"เรื่อง {case.number}",
    )


def _cover(case: Case, office: Office, process: Process, day: date, look: Look) -> Iterator[Block]:
    yield Heading("เอกสารหลักฐานการดำเนินงาน", 1)
    yield Paragraph(f"{case.title}\n{office.group_th}\n{office.name_th}", align="center")
    entries = [
        Entry("เรื่องเลขที่", case.number, 6),
        Entry("สถานะ", STATES[case.state], 6),
        Entry("กระบวนงาน", process_name(process, look).removeprefix("กระบวนงานที่ ")),
        Entry("ผู้เสนอ", position(office, case.proposer)),
        Entry("เปิดเรื่องเมื่อ", look.moment(case.opened), 6),
        Entry("พิมพ์เมื่อวันที่", look.day(day), 6),
    ]
    if case.group:
        dated = look.day(case.group.dated)
        order = f"{look.digits(case.group.order)} ลงวันที่ {dated}"
        entries.append(Entry("คณะทำงานตามคำสั่งที่", order))
    if case.plan:
        entries.append(Entry("รหัสแผน", case.plan))
    yield Entries(tuple(entries))


def _proof(audit: AuditProof, look: Look) -> Iterator[Block]:
    yield Heading("การตรวจสอบความถูกต้อง", 2)
    for words in audit.tampered:
        yield Paragraph(f"คำเตือน: {words.th}", align="left", bold=True)
    seen = f"บันทึกตรวจสอบทั้งระบบ {look.count(audit.seen)} รายการ"
    verdict = {
        True: f"{seen} ครบถ้วน ไม่ถูกแก้ไข ณ วันที่พิมพ์เอกสารนี้",
        False: f"คำเตือน: {seen} มีรายการที่ถูกแก้ไขหรือขาดหาย",
        None: f"คำเตือน: {seen} ยังพิสูจน์ไม่ได้ว่าครบถ้วน",
    }
    yield Paragraph(verdict[audit.intact], align="left", bold=audit.intact is not True)
    yield Paragraph(f"ค่าแฮชของรายการล่าสุด {audit.head}", align="left", small=True)
    yield Paragraph(
        f"ตรวจซ้ำได้ด้วยคำสั่ง {VERIFY} ทั้งจากระบบและจากไฟล์ที่ส่งออกโดยไม่ต้องเชื่อมต่อระบบ "
        "แล้วเทียบลำดับและค่าแฮชของรายการกับที่พิมพ์ไว้ในเอกสารนี้ "
        "เอกสารที่เสนอและแบบฟอร์มตรวจได้จากค่า SHA-256 ของแต่ละรายการ",
        align="left",
    )


def _entries(audit: AuditProof, look: Look) -> Table:
    return Table(
        (
            TableColumn("ลำดับ", 2, "center"),
            TableColumn("เมื่อ", 5),
            TableColumn("โดย", 3),
            TableColumn("รายการ", 4),
            TableColumn("ค่าแฮช SHA-256", 9),
        ),
        tuple(
            (str(line.seq), look.moment(line.at), line.actor, line.action, hash_lines(line.hash))
            for line in audit.lines
        ),
        small=True,
    )
