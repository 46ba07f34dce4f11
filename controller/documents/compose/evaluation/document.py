"""The evaluation report of a year as a paper: a page for the director, chapters, an appendix."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from controller.documents.blocks import (
    Block,
    Document,
    Heading,
    PageBreak,
    Paragraph,
)
from controller.documents.compose.evaluation.availability import (
    availability_blocks,
    coverage_blocks,
)
from controller.documents.compose.evaluation.capacity import age_blocks, capacity_blocks
from controller.documents.compose.evaluation.figures import Figures
from controller.documents.compose.evaluation.incidents import incident_blocks
from controller.documents.compose.evaluation.people import case_blocks, survey_chapter
from controller.documents.compose.evaluation.schools import school_blocks
from controller.documents.compose.evaluation.summary import (
    comparison_table,
    proposal_blocks,
    summary_blocks,
)
from controller.documents.compose.evaluation.yearly import Yearly
from controller.documents.compose.look import Look
from controller.documents.compose.paper import paper
from controller.documents.compose.signing import put_to_director
from controller.documents.compose.wording import listed, part
from controller.inventory.office import Office

TITLE = ("รายงานผลการติดตามประเมินผล", "ระบบเครือข่ายคอมพิวเตอร์และระบบสื่อสารโทรคมนาคม")
_Chapter = Callable[[Yearly, Figures], Iterator[Block]]
_CHAPTERS: tuple[tuple[str, _Chapter], ...] = (
    ("ขอบเขตและความครบถ้วนของข้อมูล", coverage_blocks),
    ("ความพร้อมใช้งาน", availability_blocks),
    ("เหตุขัดข้อง", incident_blocks),
    ("ความเพียงพอของเครือข่าย", capacity_blocks),
    ("อายุอุปกรณ์และเฟิร์มแวร์", age_blocks),
    ("ปัญหาและงานตามกระบวนงาน", case_blocks),
    ("ความพึงพอใจของผู้ใช้", survey_chapter),
)


def yearly_report(yearly: Yearly, office: Office, look: Look, *, reporter: str = "") -> Document:
    """The report. `reporter` is the position of who reports; empty leaves a dotted line."""
    figures = Figures(look)
    return paper(
        office,
        f"{''.join(TITLE)} {figures.year(yearly.now.asked)}",
        yearly.day,
        (
            *_first_page(yearly, office, figures),
            *_chapters(yearly, figures),
            *_closing(yearly, office, figures, reporter),
            PageBreak(),
            Heading("ภาคผนวก ผลรายหน่วยงาน", 2),
            Paragraph(figures.footnote, align="left", small=True),
            *school_blocks(yearly, figures),
        ),
        look=look,
        foot=f"ข้อมูลถึงวันที่ {look.day(yearly.now.period.last)} จัดทำวันที่ {look.day(yearly.day)}",
    )


def _first_page(yearly: Yearly, office: Office, figures: Figures) -> Iterator[Block]:
    now = yearly.now
    yield Heading("\n".join((*TITLE, figures.year(now.asked))), 1)
    yield Paragraph(f"{office.group_th}\n{office.name_th}", align="center")
    yield Paragraph(f"เรียน  {office.director_title}", align="left")
    unfinished = "ซึ่งยังไม่สิ้นสุด " if now.unfinished else ""
    yield Paragraph(
        f"สรุปจากข้อมูลที่ระบบวัดและบันทึกไว้ ตั้งแต่วันที่ {figures.period(now.period)} "
        f"{unfinished}ตามกระบวนงานที่ {figures.look.digits('2.8')} ได้ดังนี้",
        indent=True,
        align="left",
    )
    yield Heading("สรุปสำหรับผู้บริหาร", 2)
    yield from summary_blocks(yearly, figures)
    yield Heading("ข้อเสนอเพื่อพิจารณา", 2)
    yield from proposal_blocks(yearly, figures)


def _chapters(yearly: Yearly, figures: Figures) -> Iterator[Block]:
    for number, (title, blocks) in enumerate(_CHAPTERS, start=1):
        yield part(number, title, figures.look)
        yield from blocks(yearly, figures)
    yield part(len(_CHAPTERS) + 1, "เปรียบเทียบกับปีก่อน", figures.look)
    yield comparison_table(yearly, figures)


def _closing(yearly: Yearly, office: Office, figures: Figures, reporter: str) -> Iterator[Block]:
    yield part(len(_CHAPTERS) + 2, "วิธีนับและข้อจำกัด", figures.look)
    yield from listed(_methods(figures), figures.look)
    yield from put_to_director(office, reporter)


def _methods(figures: Figures) -> Iterator[str]:
    """How things were counted, and what the figures do not tell."""
    digits = figures.look.digits
    yield digits("ปีงบประมาณ พ.ศ. นับตั้งแต่วันที่ 1 ตุลาคม ของปีก่อน ถึงวันที่ 30 กันยายน")
    yield "รายการอุปกรณ์ อำเภอ และทะเบียนครุภัณฑ์เป็นไปตามทะเบียน ณ วันที่จัดทำรายงาน"
    yield "เวลาที่ระบบมิได้สำรวจ หรือสำรวจแล้วไม่ทราบผล เป็นเวลาที่ไม่ทราบสถานะ"
    yield "หน่วยงานถูกตัดขาดเมื่ออุปกรณ์ตัวแรกของหน่วยงาน ซึ่งตัวอื่นต่ออยู่ข้างหลัง ติดต่อไม่ได้"
    yield f"ค่ากลางคือค่าที่ครึ่งหนึ่งไม่เกิน P95 คือค่าเฉลี่ยรายชั่วโมงที่ร้อยละ {digits('95')} ของชั่วโมงไม่เกิน"
    yield "ระบบยังไม่แยกบันทึกงานเร่งด่วนออกจากเรื่องอื่น จึงไม่มีตัวเลขงานเร่งด่วน"
