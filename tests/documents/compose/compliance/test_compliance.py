"""The compliance report: what it says, one page for each school, every finding in the sheets."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook

from controller.compliance.scores import Tally
from controller.documents.blocks import Document, HeatMap, Lines
from controller.documents.compose.compliance.audited import Audited
from controller.documents.compose.compliance.document import compliance_report, school_report
from controller.documents.compose.compliance.workbook import compliance_sheets
from controller.documents.compose.look import Look
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.documents.xlsx import render_xlsx
from tests.documents.compose.compliance.made import audited
from tests.documents.compose.evaluation.reports import office
from tests.documents.compose.reading import check_fit_to_print, whole

NOTHING = Audited(audited().day, None, Tally(), (), (), {}, (), (), (), ())


def report(found: Audited, *, thai: bool = True) -> Document:
    """The paper of it."""
    return compliance_report(found, office(), Look(thai_digits=thai), reporter="นักวิชาการ")


def pages(document: Document) -> list[str]:
    """What each page of the PDF says."""
    drawn = pypdfium2.PdfDocument(render_pdf(document))
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in drawn]
    finally:
        drawn.close()


@pytest.mark.parametrize("thai", [True, False])
def test_it_fits_to_print(thai: bool) -> None:
    """Every chapter, in both kinds of digits, as Word too."""
    document = report(audited(), thai=thai)
    check_fit_to_print(document)
    said = whole(document)
    for chapter in ("สรุปสำหรับผู้บริหาร", "แนวโน้มคะแนน", "ผลรายเกณฑ์", "การผ่อนผัน", "วิธีตรวจและให้คะแนน"):
        assert chapter in said
    assert ("๒๕๖๙" in said) is thai
    assert render_docx(document).startswith(b"PK")


def test_an_office_never_audited_has_no_result() -> None:
    """It says so, and shows no score that nobody worked out."""
    document = report(NOTHING)
    check_fit_to_print(document)
    assert "ยังไม่เคยตรวจ" in whole(document)
    assert not any(isinstance(block, HeatMap | Lines) for block in document.blocks)
    assert render_xlsx(compliance_sheets(NOTHING), thai_digits=True).startswith(b"PK")


@pytest.mark.parametrize(("each", "rules"), [(1, 2), (24, 60)])
def test_every_school_has_one_page(each: int, rules: int) -> None:
    """However much there is to say of it."""
    found = audited(sites=3, each=each, rules=rules)
    together = pages(report(found))
    assert all("ผลการตรวจตามเกณฑ์ระบบเครือข่าย" in page for page in together[-3:])
    for site in found.sites:
        assert len(pages(school_report(found, site, office(), Look()))) == 1, site.name


def test_no_shade_stands_alone() -> None:
    """What a cell means is written in it; one without words passes."""
    heat = next(b for b in report(audited(sites=20)).blocks if isinstance(b, HeatMap))
    shades = [shade for _, row in heat.rows for shade in row]
    assert {shade.level for shade in shades} == {0, 1, 2, 3}
    assert all(shade.text.strip("-?") for shade in shades if shade.level)


def test_what_fails_most_comes_first() -> None:
    """Sites by their score, rules of the heat map by their failures."""
    found = audited(sites=12)
    scores = [one.tally.score or 0 for one in found.sites]
    assert scores == sorted(scores)
    heat = next(b for b in report(found, thai=False).blocks if isinstance(b, HeatMap))
    sums = [
        sum(int(row[at].text) for _, row in heat.rows if row[at].text.isdecimal())
        for at in range(len(heat.columns))
    ]
    assert sums == sorted(sums, reverse=True)


def test_the_sheets_leave_nothing_out() -> None:
    """Every site and rule in the matrix, every finding that is no pass, percentages shaded."""
    found = audited(sites=5, each=4, rules=12)
    book = load_workbook(BytesIO(render_xlsx(compliance_sheets(found), thai_digits=False)))
    matrix = book["เกณฑ์ x หน่วยงาน"]
    assert (matrix.max_row, matrix.max_column) == (6, 14)
    assert matrix.freeze_panes == "C2"
    assert matrix.conditional_formatting
    assert book["รายการที่ไม่ผ่าน"].max_row == 1 + len(found.listed)


def test_a_score_is_compared_with_the_first_of_the_trend() -> None:
    """And with nothing, when there is none."""
    assert "เพิ่มขึ้น" in whole(report(replace(audited(), tally=Tally(passed=9, score=95))))
    assert "ลดลง" in whole(report(replace(audited(), tally=Tally(passed=9, score=5))))
    alone = replace(audited(), trend=())
    assert "เพิ่มขึ้น" not in whole(report(alone))
