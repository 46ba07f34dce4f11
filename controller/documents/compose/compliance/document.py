"""The compliance report: a page for the director, tables, the heat map, a page for each school."""

from __future__ import annotations

from collections.abc import Iterator

from controller.documents.blocks import (
    Block,
    Document,
    Heading,
    PageBreak,
    Paragraph,
)
from controller.documents.compose.compliance.audited import Audited, SiteResult
from controller.documents.compose.compliance.chapters import (
    district_blocks,
    heat_blocks,
    rule_blocks,
    site_blocks,
    trend_blocks,
    waiver_blocks,
)
from controller.documents.compose.compliance.school import school_page
from controller.documents.compose.compliance.summary import findings, proposals
from controller.documents.compose.compliance.words import Words
from controller.documents.compose.look import Look
from controller.documents.compose.paper import paper
from controller.documents.compose.signing import put_to_director
from controller.documents.compose.wording import listed, part
from controller.inventory.office import Office

TITLE = ("รายงานผลการตรวจตามเกณฑ์", "ระบบเครือข่ายคอมพิวเตอร์")
_CHAPTERS = (
    ("แนวโน้มคะแนน", trend_blocks),
    ("คะแนนรายอำเภอ", district_blocks),
    ("คะแนนรายหน่วยงาน", site_blocks),
    ("ผลรายเกณฑ์", rule_blocks),
    ("เกณฑ์ที่ไม่ผ่านในแต่ละหน่วยงาน", heat_blocks),
    ("การผ่อนผัน", waiver_blocks),
)


def compliance_report(
    audited: Audited, office: Office, look: Look, *, reporter: str = ""
) -> Document:
    """The report of the office, with a page for each school behind it.

    `reporter` is the position of who reports; empty leaves a dotted line.
    """
    words = Words(look)
    chapters = [
        (title, blocks)
        for title, chapter in _CHAPTERS
        if (blocks := tuple(chapter(audited, words)))
    ]
    numbered = tuple(
        block
        for number, (title, blocks) in enumerate(chapters, start=1)
        for block in (part(number, title, look), *blocks)
    )
    pages = tuple(
        block
        for site in _by_place(audited)
        for block in (PageBreak(), *school_page(site, audited, words))
    )
    return paper(
        office,
        f"{''.join(TITLE)} ณ วันที่ {look.day(audited.day)}",
        audited.day,
        (
            *_first_page(audited, office, words),
            *numbered,
            part(len(chapters) + 1, "วิธีตรวจและให้คะแนน", look),
            *listed(_methods(words), look),
            *put_to_director(office, reporter),
            *pages,
        ),
        look=look,
        foot=_foot(audited, look),
    )


def school_report(audited: Audited, site: SiteResult, office: Office, look: Look) -> Document:
    """The page of one school alone."""
    return paper(
        office,
        f"ผลการตรวจตามเกณฑ์ระบบเครือข่าย {site.name}",
        audited.day,
        tuple(school_page(site, audited, Words(look))),
        look=look,
        foot=_foot(audited, look),
    )


def _by_place(audited: Audited) -> list[SiteResult]:
    """By district and name, as one looks a school up; a site without a device has no page."""
    return sorted(
        (one for one in audited.sites if one.devices), key=lambda one: (one.district, one.name)
    )


def _first_page(audited: Audited, office: Office, words: Words) -> Iterator[Block]:
    look = words.look
    yield Heading("\n".join(TITLE), 1)
    yield Paragraph(
        f"ณ วันที่ {look.day(audited.day)}\n{office.group_th}\n{office.name_th}", align="center"
    )
    yield Paragraph(f"เรียน  {office.director_title}", align="left")
    if audited.at is None:
        yield Paragraph("ยังไม่เคยตรวจอุปกรณ์ตามเกณฑ์ จึงยังไม่มีผลที่จะรายงาน", indent=True, align="left")
        return
    yield Paragraph(
        f"กลุ่มงานได้ตรวจอุปกรณ์เครือข่าย {words.count(audited.devices)} ตัว ตามเกณฑ์ "
        f"{words.count(len(audited.rules))} ข้อ ครั้งล่าสุดเมื่อ {look.moment(audited.at)} สรุปผลได้ดังนี้",
        indent=True,
        align="left",
    )
    yield Heading("สรุปสำหรับผู้บริหาร", 2)
    yield from listed(findings(audited, words), look)
    yield Heading("ข้อเสนอเพื่อพิจารณา", 2)
    yield from listed(proposals(audited, words), look)


def _methods(words: Words) -> Iterator[str]:
    digits = words.look.digits
    yield "ตรวจค่าที่ตั้งไว้จากข้อมูลสำรองฉบับล่าสุดของอุปกรณ์ และตรวจสถานะจากข้อมูลที่ระบบสำรวจไว้"
    yield digits(
        "คะแนนคือร้อยละของผลที่ผ่านหรือได้รับการผ่อนผัน ปัดเศษทิ้ง "
        "เกณฑ์ระดับวิกฤตมีน้ำหนัก 4 ระดับเตือน 2 ระดับแจ้งเพื่อทราบ 1"
    )
    yield "เกณฑ์ที่ไม่เกี่ยวข้องกับอุปกรณ์ไม่นำมานับ"
    yield "รายการที่ไม่ทราบผลไม่นับว่าผ่าน และการผ่อนผันที่สิ้นสุดแล้วนับว่าไม่ผ่าน"


def _foot(audited: Audited, look: Look) -> str:
    at = look.moment(audited.at) if audited.at else "-"
    return f"ตรวจล่าสุด {at} จัดทำวันที่ {look.day(audited.day)}"
