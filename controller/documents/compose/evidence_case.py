"""The case itself as evidence: events, submissions and what changed, decisions, papers, records."""

from __future__ import annotations

from collections.abc import Iterator

from controller.documents.blocks import Block, Heading, Paragraph, Table, TableColumn
from controller.documents.compose.columns import numbered
from controller.documents.compose.look import Look, hash_lines
from controller.documents.compose.ruling import RULINGS, capacity
from controller.documents.compose.wording import changed, item_name, position
from controller.inventory.office import Office
from controller.processes.case import Case, Decision, Event, RecordKind, Submission
from controller.processes.manual import Process
from controller.processes.timeline import HAPPENED

RECORDS: dict[RecordKind, str] = {
    "work": "ดำเนินการ",
    "follow-up": "ติดตาม",
    "publication": "เผยแพร่",
}
# What happened for a reason that nothing else on the paper tells.
_WITH_REASON = frozenset({"revised", "withdrawn"})


def event_table(case: Case, process: Process, office: Office, look: Look) -> Table:
    """Everything that happened, in order."""
    return Table(
        numbered(
            TableColumn("เมื่อ", 6),
            TableColumn("ขั้นตอน", 6),
            TableColumn("เหตุการณ์", 4),
            TableColumn("โดย", 6),
        ),
        tuple(
            (
                look.count(number),
                look.moment(event.at),
                _step(process, event.step, look),
                _happening(event),
                position(office, event.actor),
            )
            for number, event in enumerate(case.events, start=1)
        ),
        small=True,
    )


def submission_blocks(case: Case, process: Process, office: Office, look: Look) -> Iterator[Block]:
    """Every submission with the hash of each item, and what changed since the one before it."""
    earlier: dict[int, Submission] = {}
    for number, submission in enumerate(case.submissions, start=1):
        name = look.words(process.steps[submission.step].name)
        place = f"ขั้นตอนที่ {look.count(submission.step + 1)} {name}"
        yield Heading(f"เสนอครั้งที่ {look.count(number)} {place}", 3)
        yield Paragraph(
            f"เสนอโดย {position(office, submission.by)} เมื่อ {look.moment(submission.at)}",
            align="left",
        )
        yield Paragraph(f"ค่าแฮชทั้งชุด {submission.dossier}", align="left", small=True)
        yield Table(
            numbered(TableColumn("รายการ", 9), TableColumn("SHA-256", 9)),
            tuple(
                (look.count(index), item_name(item.key, item.title, look), hash_lines(item.sha256))
                for index, item in enumerate(submission.items, start=1)
            ),
            small=True,
        )
        if submission.step in earlier:
            words = changed(earlier[submission.step], submission, look)
            yield Paragraph(f"สิ่งที่เปลี่ยนจากครั้งก่อน: {words}", align="left")
        earlier[submission.step] = submission


def decision_blocks(case: Case, look: Look) -> Iterator[Block]:
    """Every decision: what, by whom in which capacity, on what, and its entry of the audit log."""
    for number, decision in enumerate(case.decisions, start=1):
        who = " ".join(capacity(decision, look).split("\n"))
        yield Heading(f"ครั้งที่ {look.count(number)} {RULINGS[decision.kind]}", 3)
        yield Paragraph(f"โดย {who} เมื่อ {look.moment(decision.at)}", align="left")
        if decision.to_step is not None:
            yield Paragraph(f"ส่งกลับไปขั้นตอนที่ {look.count(decision.to_step + 1)}", align="left")
        if decision.comment:
            yield Paragraph(f"ความเห็น: {decision.comment}", align="left")
        if decision.expires:
            yield Paragraph(f"มีผลถึง {look.moment(decision.expires)}", align="left")
        yield from (
            Paragraph(f"{name} {value}", align="left", small=True)
            for name, value in _bound(decision)
            if value
        )


def paper_table(case: Case, look: Look) -> Iterator[Block]:
    """The papers attached now, each with its hash."""
    if case.papers:
        yield Table(
            numbered(
                TableColumn("เอกสาร", 8),
                TableColumn("ครั้งที่", 2, "center"),
                TableColumn("SHA-256", 9),
            ),
            tuple(
                (
                    look.count(number),
                    item_name(f"paper/{one.number}", one.title, look),
                    look.count(one.revision),
                    hash_lines(one.sha256),
                )
                for number, one in enumerate(case.papers, start=1)
            ),
            small=True,
        )


def record_table(case: Case, look: Look, *, small: bool = False) -> Iterator[Block]:
    """What was done, found and published, day by day; nothing where nothing was recorded."""
    if case.records:
        yield Table(
            numbered(
                TableColumn("วันที่", 3, "center"),
                TableColumn("รายการ", 2, "center"),
                TableColumn("รายละเอียด", 8),
            ),
            tuple(
                (look.count(n), look.short_day(record.on), RECORDS[record.kind], words)
                for n, record in enumerate(case.records, start=1)
                for words in ["\n".join(filter(None, (record.text, record.place)))]
            ),
            small=small,
        )


def _bound(decision: Decision) -> Iterator[tuple[str, str]]:
    yield "เอกสารที่เสนอ SHA-256", decision.dossier
    yield "รหัสแผน", decision.plan
    yield f"บันทึกตรวจสอบลำดับที่ {decision.audit_seq} ค่าแฮช", decision.audit_hash


def _happening(event: Event) -> str:
    words = HAPPENED[event.what].th
    return f"{words}: {event.note}" if event.note and event.what in _WITH_REASON else words


def _step(process: Process, index: int, look: Look) -> str:
    return f"{look.count(index + 1)}. {look.words(process.steps[index].name)}"
