"""The memo to the director: what it says of each kind of case, and in which order."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from controller.documents.blocks import Document, Frame, Heading, MemoHead, Signatures, Ticks
from controller.documents.compose.look import Look
from controller.documents.compose.memo import memo
from controller.errors import Refused
from controller.plans.plan import Accepted, DevicePlan, Plan, PlaybookRun, Policy, TaskPlan, Tool
from controller.processes.case import Case, Decision
from controller.processes.manual import MANUAL
from tests.documents.compose import example
from tests.documents.compose.example import ARABIC, DAY, DIRECTOR, LOOK, OFFICE, PLAN
from tests.documents.compose.reading import check_fit_to_print, printed, whole

PARTS = ["เรื่องเดิม", "ข้อเท็จจริง", "ข้อกฎหมาย ระเบียบ และแผนที่เกี่ยวข้อง", "ข้อพิจารณา", "ข้อเสนอ"]

REPAIR = example.paper("2570-repair_request-0001", "แบบแจ้งซ่อม")
WAITING = example.case()
APPROVED = example.case(step=3, decisions=(example.decision("approve", 2, 5),))
ACTING = example.case(step=3, decisions=(example.decision("approve", 2, 5, acting=True),))
RETURNED = example.case(
    step=1, decisions=(example.decision("return", 2, 5, comment="ขอให้ระบุวันหยุดเครือข่าย"),)
)
AGAIN = example.case(
    submissions=(
        example.submission(2, 3),
        example.submission(2, 30, dossier="cd" * 32, papers=(example.PAPER, REPAIR)),
    ),
    decisions=(example.decision("return", 2, 5, comment="ขอให้ระบุวันหยุดเครือข่าย"),),
)
REFUSED = example.case(
    state="refused", decisions=(example.decision("refuse", 2, 5, comment="ยังไม่จำเป็น"),)
)
NO_DEVICES = example.case("2.1", plan=None, title="จัดทำแผนแม่บท ICT พ.ศ. 2570-2574")
NO_GROUP = example.case("2.8", plan=None, group=None, title="ประเมินผลระบบเครือข่าย")
RESULTS = example.case(
    "3.1",
    step=5,
    plan=None,
    evaluations=(example.evaluation(4),),
    submissions=(example.submission(2, 3), example.submission(5, 220, dossier="cd" * 32)),
    decisions=(example.decision("approve", 2, 5, plan=""),),
)
PUBLISHED = RESULTS.model_copy(update={"process": "3.3", "number": "2569-3.3-0001"})
CASES = {
    "waiting": WAITING,
    "approved": APPROVED,
    "acting": ACTING,
    "returned": RETURNED,
    "again": AGAIN,
    "refused": REFUSED,
    "no devices": NO_DEVICES,
    "no group": NO_GROUP,
    "results": RESULTS,
}


def plan_of(devices: int, *tasks: TaskPlan, **more: Any) -> Plan:
    """A plan for so many devices."""
    one = DevicePlan(
        device="sw", site="a", role="access", platform="cisco_ios", operation="playbook",
        fingerprint="0" * 64, candidate="", diff="", rollback="watchdog", checks=(), tasks=tasks,
    )  # fmt: skip
    named = tuple(one.model_copy(update={"device": f"sw{n}"}) for n in range(devices))
    policy = Policy(canary=1, batch=10, stop_after_failed_percent=10, confirm_minutes=5)
    return Plan(office="สพม.", selector="all", inputs=(), policy=policy, devices=named, **more)


def made(
    case: Case, look: Look = LOOK, devices: int | None = None, plan: Plan | None = None
) -> Document:
    return memo(
        case,
        OFFICE,
        example.process(case.process),
        number="ศธ ๐๔๐๐๐/๑๒๕",
        day=DAY,
        look=look,
        plan=plan if devices is None else plan_of(devices),
    )


def ruling(document: Document) -> Frame:
    frame = document.blocks[-1]
    assert isinstance(frame, Frame)
    return frame


def ticked(document: Document) -> list[str]:
    (ticks,) = [b for b in ruling(document).blocks if isinstance(b, Ticks)]
    return [word for word, tick in ticks.options if tick]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("look", [LOOK, ARABIC], ids=["thai", "arabic"])
def test_every_memo_has_its_parts_in_order(name: str, look: Look) -> None:
    document = made(CASES[name], look, devices=3)
    check_fit_to_print(document)
    headings = [b.text for b in document.blocks if isinstance(b, Heading)]
    assert [h.split(" ", 1)[1] for h in headings] == PARTS
    assert [h[0] for h in headings] == list(look.digits("12345"))
    head, *_ = document.blocks
    assert isinstance(head, MemoHead)
    assert (head.to, head.number) == (DIRECTOR, look.digits("ศธ 04000/125"))
    assert head.subject == document.title


@pytest.mark.parametrize("name", CASES)
def test_every_reference_of_the_process_is_named(name: str) -> None:
    case = CASES[name]
    said = whole(made(case))
    for key in example.process(case.process).references:
        assert LOOK.words(MANUAL.references[key].name) in said


def test_a_device_case_tells_devices_plan_budget_and_time() -> None:
    document = made(WAITING, devices=3)
    said = whole(document)
    for words in (
        "จำนวน ๓ เครื่อง",
        f"(รหัสแผน {PLAN[:12]})",
        f"รหัสแผน {PLAN}",
        "ab" * 32,
        "๖๕,๐๐๐.๐๐ บาท (หกหมื่นห้าพันบาทถ้วน)",
        "ตั้งแต่วันที่ ๒๓ พฤศจิกายน ๒๕๖๙ ถึงวันที่ ๓๐ พฤศจิกายน ๒๕๖๙",
        "คำสั่งที่ ๔๕/๒๕๖๙ ลงวันที่ ๑๙ พฤศจิกายน ๒๕๖๙",
        "(๑) แยกเครือข่ายของนักเรียนออกจากเครือข่ายของสำนักงาน (เป้าหมาย: ครบ 3 เครื่อง)",
        "กระบวนงานที่ ๒.๓",
        "หากแผนเปลี่ยนแปลงไปจากนี้ การอนุมัติเป็นอันสิ้นผล",
        example.STUDY.work,
    ):
        assert words in said, words
    for line in example.STUDY.reason.splitlines():
        assert line.strip() in printed(document)


def test_the_papers_are_attached_with_number_and_revision() -> None:
    head = made(WAITING).blocks[0]
    assert isinstance(head, MemoHead)
    assert head.attached == ("แบบบันทึกขอให้ดำเนินการ เลขที่ 2570-work_request-0001 (แก้ไขครั้งที่ ๑)",)


def test_a_paper_attached_after_the_submission_is_not_part_of_it() -> None:
    later = example.paper("2570-repair_request-0001", "แบบแจ้งซ่อม", revision=3)
    head = made(WAITING.model_copy(update={"papers": (example.PAPER, later)})).blocks[0]
    assert isinstance(head, MemoHead)
    assert len(head.attached) == 1


def test_a_case_without_devices_says_nothing_of_a_plan_of_changes() -> None:
    said = whole(made(NO_DEVICES))
    assert "รหัสแผน" not in said
    assert "อุปกรณ์จะเป็นไปตามแผน" not in said


def test_a_case_without_budget_asks_for_none() -> None:
    study = example.STUDY.model_copy(update={"budget": None, "begins": None})
    said = whole(made(WAITING.model_copy(update={"study": study})))
    assert "ไม่มีการขออนุมัติงบประมาณ" in said
    assert "ภายในวงเงิน" not in said
    assert "ระยะเวลาดำเนินการ ถึงวันที่ ๓๐ พฤศจิกายน ๒๕๖๙" in said


def test_a_process_without_a_group_names_no_order() -> None:
    assert "คำสั่งที่" not in whole(made(NO_GROUP))


@pytest.mark.parametrize(
    ("case", "word"),
    [
        (WAITING, []),
        (APPROVED, ["อนุมัติ"]),
        (ACTING, ["อนุมัติ"]),
        (RETURNED, ["ส่งกลับแก้ไข"]),
        (REFUSED, ["ไม่อนุมัติ"]),
        (AGAIN, []),
        (RESULTS, []),
    ],
)
def test_the_director_s_box_holds_the_decision_on_this_dossier(case: Case, word: list[str]) -> None:
    assert ticked(made(case)) == word


def test_an_undecided_memo_leaves_room_for_the_director() -> None:
    texts = list(printed_in(ruling(made(WAITING))))
    assert DIRECTOR in texts
    assert "อนุมัติในระบบ" not in "".join(texts)


def test_a_decision_prints_as_typed_with_its_entry_of_the_audit_log() -> None:
    texts = list(printed_in(ruling(made(APPROVED))))
    assert "ดำเนินการได้" in texts
    assert "อนุมัติในระบบเมื่อ ๒๐ พ.ย. ๒๕๖๙ ๑๔:๐๐ น.\nบันทึกตรวจสอบลำดับที่ ๑๗" in texts
    assert "๒๐ พฤศจิกายน ๒๕๖๙" in texts


def test_a_return_names_the_step_it_goes_to() -> None:
    texts = list(printed_in(ruling(made(RETURNED))))
    assert "ขอให้ระบุวันหยุดเครือข่าย" in texts
    assert any(t.startswith("ส่งกลับแก้ไขไปขั้นตอนที่ ๒ ในระบบเมื่อ") for t in texts)


def test_an_acting_director_signs_with_both_positions_and_the_order() -> None:
    texts = list(printed_in(ruling(made(ACTING))))
    assert f"{example.DEPUTY}\nรักษาราชการแทน\n{DIRECTOR}\nตามคำสั่งที่ ๒๙๔/๒๕๖๙" in texts


def test_a_case_put_forward_again_tells_why_it_was_sent_back() -> None:
    said = whole(made(AGAIN))
    assert "“ขอให้ระบุวันหยุดเครือข่าย”" in said
    assert "ได้ส่งกลับให้แก้ไขเมื่อวันที่ ๒๐ พฤศจิกายน ๒๕๖๙" in said
    assert "สิ่งที่เปลี่ยนจากครั้งก่อน: เพิ่มแบบแจ้งซ่อม เลขที่ 2570-repair_request-0001" in said
    assert "สิ่งที่เปลี่ยน" not in whole(made(WAITING))


def test_an_approval_that_was_void_before_is_not_called_a_return() -> None:
    approved = example.decision("approve", 2, 5, comment="ดำเนินการได้")
    said = whole(made(AGAIN.model_copy(update={"decisions": (approved,)})))
    assert "เรื่องนี้ได้เสนอแล้ว" in said
    assert "ได้ส่งกลับ" not in said


@pytest.mark.parametrize(
    "other",
    [
        example.decision("approve", 2, 40, dossier="ef" * 32),
        example.decision("approve", 5, 40, dossier="cd" * 32),
        example.decision("approve", 2, 29, dossier="cd" * 32),
    ],
    ids=["another dossier", "another step", "before it was put forward"],
)
def test_the_box_stays_empty_for_a_decision_on_something_else(other: Decision) -> None:
    assert ticked(made(AGAIN.model_copy(update={"decisions": (other,)}))) == []


def test_a_case_pulled_back_by_its_people_names_no_director() -> None:
    said = whole(made(AGAIN.model_copy(update={"decisions": ()})))
    assert "เรื่องนี้ได้เสนอแล้วเมื่อวันที่ ๒๐ พฤศจิกายน ๒๕๖๙ จึงเสนอ" in said
    assert "ได้ส่งกลับ" not in said


def test_the_second_approval_reports_results_and_asks_for_agreement() -> None:
    document = made(RESULTS)
    said = whole(document)
    held = example.evaluation(4)
    for words in (
        held.results,
        held.problems,
        held.suggestions,
        "บรรลุ",
        "บรรลุบางส่วน",
        "ความพึงพอใจเฉลี่ย ๔.๕๗ จากคะแนนเต็ม ๕ จากผู้ตอบ ๔๒ คน",
        "อนุมัติเมื่อวันที่ ๒๐ พฤศจิกายน ๒๕๖๙",
        "ให้ความเห็นชอบ",
    ):
        assert words in said, words
    assert document.title.startswith("รายงานสรุปผลการดำเนินงาน")
    assert "งบประมาณ" not in said


def test_typed_words_keep_their_digits_and_product_words_take_the_office_s() -> None:
    said = whole(made(NO_DEVICES))
    assert "จัดทำแผนแม่บท ICT พ.ศ. 2570-2574" in said
    assert "พ.ศ. ๒๕๕๐" in said
    assert "พ.ศ. 2550" in whole(made(NO_DEVICES, ARABIC))


def test_the_proposer_signs_by_position() -> None:
    signers = [b for b in made(WAITING).blocks if isinstance(b, Signatures)]
    assert [(s.role, s.name, s.position) for b in signers for s in b.signatures] == [
        ("ผู้เสนอ", "", "นักวิชาการคอมพิวเตอร์ชำนาญการ\nคณะทำงาน")
    ]


def test_there_is_no_memo_before_anything_was_submitted() -> None:
    with pytest.raises(Refused) as refused:
        made(example.case(submissions=()))
    assert refused.value.hint is not None
    assert "khaen case submit" in refused.value.hint.th


def printed_in(frame: Frame) -> list[str]:
    """The strings of one frame."""
    return printed(Document(title="-", author="-", day=DAY, blocks=(frame,)))


def test_headings_never_stand_alone() -> None:
    for case in CASES.values():
        for first, second in pairwise(made(case).blocks):
            assert not (isinstance(first, Heading) and isinstance(second, Heading)), first


def test_the_director_is_told_of_a_playbook_and_what_cannot_be_predicted() -> None:
    run = PlaybookRun(
        name="vlan-rollout", process="2.3", parameters=(("vlan", 30), ("note", "")),
        inventory="0" * 64, tools=(Tool(name="ansible-core", version="2.19.14"),),
        timeout_minutes=30,
    )  # fmt: skip
    tasks = (
        TaskPlan(task="Make the VLAN", module="x", effect="changes", lines="vlan 30"),
        TaskPlan(task="Restart the radio", module="y", effect="not-predictable"),
    )
    accepted = (Accepted(check="not_predictable", why="ผู้ผลิตไม่มีโหมดตรวจ"),)
    said = whole(made(WAITING, plan=plan_of(2, *tasks, playbook=run, accepted=accepted)))
    for words in (
        "เพลย์บุ๊ก vlan-rollout (กำหนดค่า vlan = 30)",
        "คาดการณ์ผลล่วงหน้าไม่ได้ จำนวน ๑ งาน ได้แก่ “Restart the radio”",
        "ยอมรับโดยให้เหตุผลว่า “ผู้ผลิตไม่มีโหมดตรวจ”",
    ):
        assert words in said
    assert "Make the VLAN" not in said
    assert "คาดการณ์" not in whole(made(WAITING, devices=3))
