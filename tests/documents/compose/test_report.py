"""The evaluation report, and the report of a survey."""

from __future__ import annotations

from decimal import Decimal

import pytest

from controller.documents.blocks import Chart, Document, Frame, Heading, Signatures, Table
from controller.documents.compose.report import evaluation_report
from controller.documents.compose.survey import survey_report
from controller.errors import Refused
from controller.processes.case import Case, Record
from controller.processes.forms.catalogue import form, slugs
from controller.processes.forms.progress import IndicatorProgress, ProjectProgress
from controller.processes.forms.survey import Results, tally
from tests.documents.compose import example
from tests.documents.compose.example import DAY, DIRECTOR, LOOK, OFFICE
from tests.documents.compose.reading import check_fit_to_print, printed, whole

SURVEYS = [slug for slug in slugs() if form(slug).kind == "survey"]
EVALUATED = example.case(
    step=5,
    evaluations=(example.evaluation(5),),
    decisions=(example.decision("approve", 2, 5),),
    records=(
        Record(kind="work", on=DAY, text="เพิ่ม VLAN 30", step=4, by="engineer1", at=example.at(60)),
        Record(
            kind="publication",
            on=DAY,
            text="เผยแพร่ผล",
            place="เว็บไซต์สำนักงาน",
            step=5,
            by="engineer1",
            at=example.at(70),
        ),
    ),
)
PROJECTS = (
    ProjectProgress(
        code="ICT-01",
        title="พัฒนาเครือข่าย",
        planned=True,
        period="q2",
        standing="",
        budget=Decimal(450000),
        spent=Decimal("289500.50"),
        percent=Decimal("64.33"),
        indicators=(
            IndicatorProgress("K1", "ผ่านเกณฑ์", "ร้อยละ", Decimal(60), Decimal(45), Decimal("75.00")),
            IndicatorProgress("K2", "ครูผ่านอบรม", "คน", Decimal(1200), None, None),
        ),
    ),
    ProjectProgress("ICT-09", "", False, "", "", None, None, None, ()),
)  # fmt: skip


def answers(slug: str) -> Results:
    """Three answers to a survey: all 5, all 4, and nothing but a comment."""
    definition = form(slug)
    rated = [f.name for f in definition.fields if f.type == "rating"]
    open_ = [f.name for f in definition.fields if f.type in {"text", "paragraph"}]
    chosen = {f.name: f.options[0].value for f in definition.fields if f.type == "choice"}
    return tally(
        definition,
        [
            {**dict.fromkeys(rated, "5"), **chosen},
            {**dict.fromkeys(rated, "4"), **chosen},
            dict.fromkeys(open_, "ควรเพิ่ม 2 จุด\nที่อาคารใหม่"),
        ],
    )


def made(
    case: Case = EVALUATED,
    surveys: tuple[Results, ...] = (),
    progress: tuple[ProjectProgress, ...] = (),
) -> Document:
    return evaluation_report(
        case,
        OFFICE,
        example.process(case.process),
        day=DAY,
        look=LOOK,
        surveys=surveys,
        progress=progress,
    )


def headings(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 2]


def test_the_report_has_its_parts_numbered_and_in_order() -> None:
    document = made()
    check_fit_to_print(document)
    assert headings(document) == [
        "๑. ข้อมูลทั่วไป",
        "๒. ผลการดำเนินงาน",
        "๓. ผลตามวัตถุประสงค์",
        "๔. ความพึงพอใจและความคิดเห็น",
        "๕. ปัญหาและอุปสรรค",
        "๖. ข้อเสนอแนะ",
    ]
    assert len(headings(made(progress=PROJECTS))) == 7


def test_it_tells_results_problems_suggestions_and_records_word_for_word() -> None:
    texts = printed(made())
    held = example.evaluation(5)
    for words in (held.results, held.problems, held.suggestions, "เพิ่ม VLAN 30"):
        assert words in texts
    assert "เผยแพร่ผล\nเว็บไซต์สำนักงาน" in texts
    assert "๖๕,๐๐๐.๐๐" in texts
    assert EVALUATED.number in texts


def test_objectives_stand_against_their_results() -> None:
    tables = [b for b in made().blocks if isinstance(b, Table)]
    assert tables[1].rows == (
        ("๑", "แยกเครือข่ายของนักเรียนออกจากเครือข่ายของสำนักงาน", "ครบ 3 เครื่อง", "บรรลุ", "-"),
        (
            "๒",
            "การใช้งานเครือข่ายไม่หยุดชะงักในเวลาราชการ",
            "หยุดไม่เกิน 5 นาที",
            "บรรลุบางส่วน",
            "หยุด 7 นาทีที่เครื่องที่สอง",
        ),
    )


def test_what_was_not_asked_is_left_out() -> None:
    evaluation = example.evaluation(5).model_copy(
        update={"satisfaction": None, "answers": None, "objectives": ()}
    )
    case = EVALUATED.model_copy(update={"evaluations": (evaluation,), "records": ()})
    document = made(case)
    assert [h.split(" ", 1)[1] for h in headings(document)] == [
        "ข้อมูลทั่วไป", "ผลการดำเนินงาน", "ปัญหาและอุปสรรค", "ข้อเสนอแนะ",
    ]  # fmt: skip
    assert not [b for b in document.blocks if isinstance(b, Table)]


def test_reporter_and_chair_sign_and_the_director_has_a_part() -> None:
    document = made()
    (signed,) = [b for b in document.blocks if isinstance(b, Signatures)]
    assert [(s.role, s.position.split("\n")[-1]) for s in signed.signatures] == [
        ("ผู้รายงาน", "คณะทำงานและเลขานุการ"),
        ("ผู้รับรองรายงาน", "ประธานคณะทำงาน"),
    ]
    last = document.blocks[-1]
    assert isinstance(last, Frame)
    assert DIRECTOR in last.title


def test_progress_tells_what_nobody_reported_from_nothing() -> None:
    tables = [b for b in made(progress=PROJECTS).blocks if isinstance(b, Table)]
    assert tables[2].rows == (
        ("๑", "ICT-01 พัฒนาเครือข่าย", "๔๕๐,๐๐๐.๐๐", "๒๘๙,๕๐๐.๕๐", "๖๔.๓๓", "ยังไม่รายงาน"),
        ("๒", "ICT-09 (ไม่มีในแผน)", "-", "ยังไม่รายงาน", "-", "ยังไม่รายงาน"),
    )
    assert tables[3].rows == (
        ("๑", "ICT-01", "K1 ผ่านเกณฑ์ (ร้อยละ)", "๖๐", "๔๕", "๗๕.๐๐"),
        ("๒", "ICT-01", "K2 ครูผ่านอบรม (คน)", "๑,๒๐๐", "ยังไม่รายงาน", "-"),
    )


def test_surveys_of_the_case_stand_in_the_report_with_their_charts() -> None:
    document = made(surveys=(answers("opinion_survey"),))
    assert LOOK.words(form("opinion_survey").th) in printed(document)
    assert [b for b in document.blocks if isinstance(b, Chart)]


def test_there_is_no_report_before_an_evaluation() -> None:
    with pytest.raises(Refused) as refused:
        made(example.case())
    assert refused.value.hint is not None
    assert "khaen case evaluate" in refused.value.hint.th


@pytest.mark.parametrize("slug", SURVEYS)
def test_a_survey_report_holds_every_question_with_mean_and_deviation(slug: str) -> None:
    definition, results = form(slug), answers(slug)
    document = survey_report(definition, results, OFFICE, day=DAY, look=LOOK, subject="ปี 2570")
    check_fit_to_print(document)
    rows = {row[1]: row[2:] for b in document.blocks if isinstance(b, Table) for row in b.rows}
    for field in definition.fields:
        if field.type == "rating":
            assert rows[LOOK.words(field.th)] == ("๒", "๔.๕๐", "๐.๗๑", "มาก")
        if field.type == "choice":
            assert rows[LOOK.words(field.options[0].th)] == ("๒", "๑๐๐.๐๐")
        if field.type in {"text", "paragraph"}:
            assert LOOK.words(field.th) in printed(document)
    summed = [b.totals for b in document.blocks if isinstance(b, Table) and b.totals]
    for group, totals in zip(results.groups, summed, strict=False):
        assert totals == ("", "รวม", "", "๔.๕๐", LOOK.digits(str(group.sd)), "มาก")
    said = whole(document)
    assert "มีผู้ตอบทั้งสิ้น ๓ คน" in said
    assert f"ค่าเฉลี่ย ๔.๕๐ S.D. {LOOK.digits(str(results.overall.sd))}" in said
    assert "๑. ควรเพิ่ม 2 จุด ที่อาคารใหม่" in said
    (chart,) = [b for b in document.blocks if isinstance(b, Chart)]
    assert chart.full == 5
    assert {(bar.value, bar.shown) for bar in chart.bars} == {(4.5, "๔.๕๐")}


def test_a_survey_nobody_answered_shows_dashes_and_no_level() -> None:
    definition = form("opinion_survey")
    document = survey_report(
        definition, tally(definition, []), OFFICE, day=DAY, look=LOOK, subject=""
    )
    check_fit_to_print(document)
    rated = LOOK.words(next(f.th for f in definition.fields if f.type == "rating"))
    (row,) = [r for b in document.blocks if isinstance(b, Table) for r in b.rows if r[1] == rated]
    assert row[2:] == ("๐", "-", "-", "-")
