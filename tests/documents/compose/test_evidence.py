"""The evidence pack: everything of a case, and how it can be proved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.documents.blocks import Document, Flow, Heading, Table
from controller.documents.compose.evidence import AuditLine, AuditProof, evidence_pack
from controller.documents.compose.evidence_runs import CarriedOut
from controller.errors import Text
from controller.plans.outcome import STATES, Run, RunDevice
from controller.processes.case import HAPPENINGS, Case
from tests.documents.compose import example
from tests.documents.compose.example import DAY, DIRECTOR, LOOK, OFFICE, PLAN, decision, event
from tests.documents.compose.reading import check_fit_to_print, printed, whole

FIRST = example.paper("2570-work_request-0001", "แบบบันทึกขอให้ดำเนินการ", revision=1)
NEW = example.paper("2570-repair_request-0001", "แบบแจ้งซ่อม", revision=1)
CLOSED = example.case(
    step=5,
    state="closed",
    events=(
        event(0, 0, "opened", "engineer1"),
        event(1, 0, "appointed", "engineer1"),
        event(3, 1, "submitted", "engineer1"),
        event(5, 2, "returned", "director"),
        event(20, 1, "revised", "engineer1", "ระบุวันหยุดเครือข่าย"),
        event(30, 1, "submitted", "engineer1"),
        event(32, 2, "approved", "deputy"),
        event(40, 3, "notified", "officer1"),
        event(100, 4, "executed", "somebody"),
        event(200, 5, "closed", "engineer2"),
    ),
    papers=(example.PAPER, NEW),
    submissions=(
        example.submission(2, 3, papers=(FIRST,)),
        example.submission(2, 30, dossier="cd" * 32, papers=(example.PAPER, NEW)),
    ),
    decisions=(
        decision("return", 2, 5, comment="ขอให้ระบุวันหยุดเครือข่าย"),
        decision("approve", 2, 32, dossier="cd" * 32, acting=True, seq=23),
    ),
)
RUN = Run(
    id="run-0001",
    kind="apply",
    case=CLOSED.number,
    plan=PLAN,
    by="engineer2",
    state="finished",
    executor="-",
    started=example.at(90),
    ended=example.at(91),
)
DEVICES = (
    RunDevice(
        run=RUN.id,
        device="school-a-sw01",
        batch=0,
        state="confirmed",
        before="a1" * 32,
        after="b2" * 32,
    ),
    RunDevice(
        run=RUN.id,
        device="school-a-sw02",
        batch=1,
        state="drifted",
        before="a3" * 32,
        reason="ไม่ตรงกับตอนวางแผน / changed since the plan",
    ),
)  # fmt: skip
AUDIT = AuditProof(
    lines=(AuditLine(17, example.at(5), "director", "decide_case", "c4" * 32),),
    seen=412,
    head="9f" * 32,
    intact=True,
)


def made(
    case: Case = CLOSED,
    audit: AuditProof = AUDIT,
    runs: tuple[CarriedOut, ...] = (CarriedOut(RUN, DEVICES),),
) -> Document:
    return evidence_pack(
        case,
        OFFICE,
        example.process(case.process),
        day=DAY,
        look=LOOK,
        audit=audit,
        runs=runs,
    )


def rows(document: Document) -> list[tuple[str, ...]]:
    return [row for block in document.blocks if isinstance(block, Table) for row in block.rows]


def bare(text: str) -> str:
    """Without the line breaks a narrow column makes."""
    return "".join(text.split())


def test_the_pack_has_its_parts_numbered_and_in_order() -> None:
    document = made()
    check_fit_to_print(document)
    titles = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 2]
    assert titles == [
        "การตรวจสอบความถูกต้อง",
        "๑. แผนผังขั้นตอนและสถานะ",
        "๒. ลำดับเหตุการณ์",
        "๓. การเสนอเรื่อง",
        "๔. การพิจารณา",
        "๕. เอกสารประกอบ",
        "๖. ผลการดำเนินการกับอุปกรณ์",
        "๗. รายการในบันทึกตรวจสอบ",
    ]
    assert len([b for b in document.blocks if isinstance(b, Flow)]) == 1


def test_every_hash_stands_whole() -> None:
    said = bare(whole(made()))
    hashes = {item.sha256 for s in CLOSED.submissions for item in s.items}
    hashes |= {s.dossier for s in CLOSED.submissions} | {p.sha256 for p in CLOSED.papers}
    hashes |= {d.audit_hash for d in CLOSED.decisions} | {PLAN, AUDIT.head}
    hashes |= {line.hash for line in AUDIT.lines}
    assert not {one for one in hashes if one not in said}


def test_every_event_is_told_in_order_by_whom_and_at_which_step() -> None:
    told = [row for row in rows(made()) if (len(row) == 5 and row[3] == "เปิดเรื่อง") or row[0] == "๕"]
    assert told[0][1:] == (
        "๒๐ พ.ย. ๒๕๖๙ ๐๙:๐๐ น.",
        "๑. แต่งตั้งคณะทำงาน",
        "เปิดเรื่อง",
        "นักวิชาการคอมพิวเตอร์ชำนาญการ",
    )
    assert told[1][3].endswith(": ระบุวันหยุดเครือข่าย")
    assert "somebody" in printed(made())


@pytest.mark.parametrize("what", HAPPENINGS)
def test_everything_that_can_happen_has_words(what: str) -> None:
    case = CLOSED.model_copy(update={"events": (event(0, 0, what, "engineer1"),)})
    check_fit_to_print(made(case))


def test_the_second_submission_tells_what_changed_since_the_first() -> None:
    changed = [t for t in printed(made()) if t.startswith("สิ่งที่เปลี่ยน")]
    edited = "แก้ไขแบบบันทึกขอให้ดำเนินการ เลขที่ 2570-work_request-0001"
    added = "เพิ่มแบบแจ้งซ่อม เลขที่ 2570-repair_request-0001"
    assert changed == [f"สิ่งที่เปลี่ยนจากครั้งก่อน: {edited}, {added}"]


def test_decisions_print_with_capacity_comment_and_entry_of_the_audit_log() -> None:
    texts = printed(made())
    assert "ความเห็น: ขอให้ระบุวันหยุดเครือข่าย" in texts
    acting = f"{example.DEPUTY} รักษาราชการแทน {DIRECTOR} ตามคำสั่งที่ ๒๙๔/๒๕๖๙"
    assert f"โดย {acting} เมื่อ ๒๑ พ.ย. ๒๕๖๙ ๑๗:๐๐ น." in texts
    assert f"บันทึกตรวจสอบลำดับที่ 23 ค่าแฮช {'c4' * 32}" in texts
    assert len([t for t in texts if t.startswith("มีผลถึง")]) == 1
    assert texts.count("ส่งกลับไปขั้นตอนที่ ๒") == 1


def test_every_device_of_a_run_is_told_in_thai() -> None:
    document = made()
    found = [row for row in rows(document) if row[1].startswith("school-a")]
    assert found == [
        ("๑", "school-a-sw01", "ยืนยันแล้ว", "a1" * 6, "b2" * 6, "-"),
        ("๒", "school-a-sw02", "เปลี่ยนไปจากแผน", "a3" * 6, "-", "ไม่ตรงกับตอนวางแผน"),
    ]
    assert "ยืนยันแล้ว ๑ เครื่อง, เปลี่ยนไปจากแผน ๑ เครื่อง" in whole(document)


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_a_device_has_words(state: str) -> None:
    device = DEVICES[0].model_copy(update={"state": state})
    run = RUN.model_copy(update={"kind": "rollback", "state": "running", "ended": None})
    check_fit_to_print(made(runs=(CarriedOut(run, (device,)),)))


@pytest.mark.parametrize(
    ("intact", "words"),
    [(True, "ครบถ้วน ไม่ถูกแก้ไข"), (False, "คำเตือน"), (None, "ยังพิสูจน์ไม่ได้")],
)
def test_the_verdict_on_the_audit_log_is_never_better_than_it_is(
    intact: bool | None, words: str
) -> None:
    said = whole(made(audit=replace(AUDIT, intact=intact)))
    assert words in said
    assert ("ครบถ้วน ไม่ถูกแก้ไข" in said) is (intact is True)
    assert "khaen audit-log verify" in said


def test_a_decision_that_was_changed_since_is_a_warning() -> None:
    tampered = (Text(th="ผลการพิจารณาครั้งที่ 1 ถูกแก้ไข", en="decision 1 was changed"),)
    assert "คำเตือน: ผลการพิจารณาครั้งที่ 1 ถูกแก้ไข" in printed(
        made(audit=replace(AUDIT, tampered=tampered))
    )


def test_a_case_just_opened_has_evidence_too() -> None:
    case = example.case("2.8", step=0, plan=None, group=None, study=None, papers=(), submissions=())
    document = made(case, runs=())
    check_fit_to_print(document)
    assert "รหัสแผน" not in whole(document)
    titles = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 2]
    assert titles[1:] == ["๑. แผนผังขั้นตอนและสถานะ", "๒. ลำดับเหตุการณ์", "๓. รายการในบันทึกตรวจสอบ"]
