"""The evaluation report: what it says, what it says of what was not measured, in every format."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from controller.documents.blocks import Document, Lines, Stacks, Table
from controller.documents.compose.evaluation.document import yearly_report
from controller.documents.compose.evaluation.figures import UNMEASURED, Figures
from controller.documents.compose.evaluation.workbook import yearly_sheets
from controller.documents.compose.evaluation.yearly import Yearly
from controller.documents.compose.look import Look
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.documents.xlsx import render_xlsx
from controller.health.evaluation.period import Period
from controller.health.evaluation.uptime import Share
from tests.documents.compose.evaluation import reports
from tests.documents.compose.reading import check_fit_to_print, whole
from tests.documents.pdf.reading import by_pdfium, squeezed

FIGURES = Figures(Look(thai_digits=False))


def report(yearly: Yearly, *, thai: bool = True) -> Document:
    """The paper of it."""
    return yearly_report(yearly, reports.office(), Look(thai_digits=thai), reporter="นักวิชาการ")


@pytest.mark.parametrize("thai", [True, False])
def test_a_measured_year_fits_to_print(thai: bool) -> None:
    """Every chapter, in both kinds of digits."""
    said = whole(report(reports.yearly(), thai=thai))
    check_fit_to_print(report(reports.yearly(), thai=thai))
    for chapter in ("สรุปสำหรับผู้บริหาร", "ความพร้อมใช้งาน", "เหตุขัดข้อง", "เปรียบเทียบกับปีก่อน", "ภาคผนวก"):
        assert chapter in said
    assert ("๒๕๖๙" in said) is thai


@pytest.mark.parametrize("devices", [True, False])
def test_a_year_without_any_measurement_says_so(devices: bool) -> None:
    """Plainly, with no zero in the place of what nobody knows."""
    yearly = reports.unmeasured(devices=devices)
    document = report(yearly, thai=False)
    check_fit_to_print(document)
    said = whole(document)
    assert "ไม่มีการวัดสถานะอุปกรณ์เลย" in said
    assert UNMEASURED in said
    comparison = next(
        block
        for block in document.blocks
        if isinstance(block, Table) and block.columns[-1].title == "เปลี่ยนแปลง"
    )
    assert comparison.rows[0][2:] == (UNMEASURED, UNMEASURED, "เทียบไม่ได้")
    assert render_pdf(document).startswith(b"%PDF-")


def test_every_school_stands_in_the_appendix_once() -> None:
    """With the number of its devices."""
    said = whole(report(reports.yearly()))
    appendix = said[said.index("ภาคผนวก") :]
    assert all(appendix.count(f"โรงเรียน school-{n:02}") == 1 for n in range(1, 7))


def test_charts_say_in_words_what_they_show() -> None:
    """For those who do not see them; a month without a measurement is not measured."""
    charts = [b for b in report(reports.yearly()).blocks if isinstance(b, Lines | Stacks)]
    assert len(charts) == 3
    assert all(len(chart.alt) > 40 for chart in charts)


def test_the_part_of_a_year_stands_beside_the_same_months() -> None:
    """Three months of this year, three of the year before."""
    quarter = Period(date(2025, 10, 1), date(2025, 12, 31), 2569)
    document = report(reports.yearly(period=quarter))
    check_fit_to_print(document)
    line = next(block for block in document.blocks if isinstance(block, Lines))
    assert len(line.labels) == 3
    assert all(len(one.values) == 3 for one in line.lines)
    assert "ยังไม่สิ้นสุด" in whole(document)


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (Share(), UNMEASURED),
        (Share(up=1), "100.00"),
        (Share(up=999_999, down=1), "99.99"),
        (Share(down=1), "0.00"),
        (Share(up=1, down=999_999), "0.01"),
        (Share(up=1, unknown=9), "100.00*"),
    ],
)
def test_no_figure_says_more_than_was_measured(share: Share, written: str) -> None:
    """A second down is not 100; little of the time is marked; nothing is no zero."""
    assert FIGURES.availability(share) == written


def test_the_axis_has_round_values() -> None:
    """From below the lowest to the top."""
    assert [shown for _, shown in FIGURES.ticks(97.3, 100)] == ["97", "98", "99", "100"]
    assert FIGURES.ticks(100, 100)[-1][0] >= 100
    assert 4 <= len(FIGURES.ticks(3, 100)) <= 7


def test_times_read_as_people_say_them() -> None:
    """Minutes, hours, days."""
    assert [FIGURES.time(m) for m in (None, 0, 45, 60, 200, 3000)] == [
        "-",
        "0 นาที",
        "45 นาที",
        "1 ชม.",
        "3 ชม. 20 นาที",
        "2 วัน 2 ชม.",
    ]


def test_the_paper_is_the_same_in_every_format() -> None:
    """PDF, DOCX and XLSX, the same bytes each time; the PDF's text comes back."""
    yearly = reports.yearly(sites=2, each=4)
    document = report(yearly)
    pdf = render_pdf(document)
    assert pdf == render_pdf(report(yearly))
    assert squeezed("สรุปสำหรับผู้บริหาร") in squeezed(by_pdfium(pdf))
    assert render_docx(document) == render_docx(document)
    sheets = yearly_sheets(yearly)
    assert render_xlsx(sheets, thai_digits=True) == render_xlsx(sheets, thai_digits=True)


def test_sheets_hold_numbers_and_charts() -> None:
    """What was not measured is an empty cell; every site has a row."""
    made = render_xlsx(yearly_sheets(reports.yearly()), thai_digits=False)
    book = load_workbook(BytesIO(made))
    assert len(book["หน่วยงาน"]["A"]) == 7
    assert isinstance(book["หน่วยงาน"]["E2"].value, float)
    with ZipFile(BytesIO(made)) as package:
        assert sum(name.startswith("xl/charts/chart") for name in package.namelist()) == 5
    empty = load_workbook(
        BytesIO(render_xlsx(yearly_sheets(reports.unmeasured()), thai_digits=False))
    )
    assert empty["หน่วยงาน"]["E2"].value is None
