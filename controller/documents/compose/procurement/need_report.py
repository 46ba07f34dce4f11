"""The report of what is needed: summed up for the director, then the list behind each number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from controller.documents.blocks import Block, Document, Heading, Paragraph, Table, TableColumn
from controller.documents.compose.columns import numbered
from controller.documents.compose.look import Look
from controller.documents.compose.paper import paper
from controller.documents.compose.signing import put_to_director
from controller.documents.compose.wording import listed, part
from controller.inventory.office import Office
from controller.procurement.need import CAUSE_NAMES, Line, Needs, Worn, kind_name

TITLE = "รายงานความต้องการครุภัณฑ์"
# So many rows are listed on paper; the sheets have all of them.
MOST_ROWS = 1500
_EARLY = "ใช้งานมาไม่ถึงอายุการใช้งาน"


@dataclass(frozen=True)
class _Words:
    """Writes with the office's digits; knows what sites are called."""

    look: Look
    sites: Mapping[str, str]

    def site(self, name: str) -> str:
        return self.sites.get(name, name)

    def kind(self, kind: str) -> str:
        return self.look.words(kind_name(kind).th)

    def of(self, counts: Mapping[str, int]) -> str:
        """`สวิตช์ 4, จุดกระจายสัญญาณ 2`."""
        return ", ".join(f"{self.kind(kind)} {self.look.count(n)}" for kind, n in counts.items())


def need_report(
    needs: Needs, office: Office, look: Look, sites: Mapping[str, str], *, reporter: str = ""
) -> Document:
    """The report. `sites` is what each is called; `reporter` the position of who reports."""
    words = _Words(look, sites)
    chapters = [
        (title, blocks) for title, chapter in _CHAPTERS if (blocks := tuple(chapter(needs, words)))
    ]
    numbered_chapters = tuple(
        block
        for number, (title, blocks) in enumerate(chapters, start=1)
        for block in (part(number, title, look), *blocks)
    )
    return paper(
        office,
        f"{TITLE} ณ วันที่ {look.day(needs.day)}",
        needs.day,
        (
            *_first(needs, office, words),
            *numbered_chapters,
            part(len(chapters) + 1, "วิธีสำรวจ", look),
            *listed(_methods(needs, look), look),
            *put_to_director(office, reporter),
        ),
        look=look,
        foot=f"{TITLE} จัดทำวันที่ {look.day(needs.day)}",
    )


def _first(needs: Needs, office: Office, words: _Words) -> Iterator[Block]:
    look = words.look
    yield Heading(TITLE, 1)
    yield Paragraph(
        f"ณ วันที่ {look.day(needs.day)}\n{office.group_th}\n{office.name_th}", align="center"
    )
    yield Paragraph(f"เรียน  {office.director_title}", align="left")
    looked = f"กลุ่มงานได้สำรวจครุภัณฑ์ที่ใช้งานอยู่ {look.count(needs.looked)} รายการ"
    if not needs.lines:
        yield Paragraph(f"{looked} ไม่พบรายการที่ต้องทดแทนหรือเพิ่ม", indent=True, align="left")
        return
    yield Paragraph(
        f"{looked} พบความต้องการ {look.count(needs.quantity)} รายการ "
        f"ใน {look.count(len(needs.sites))} แห่ง ได้แก่ {words.of(needs.kinds)}",
        indent=True,
        align="left",
    )


def _by_kind(needs: Needs, words: _Words) -> Iterator[Block]:
    look = words.look
    rows = []
    for number, (kind, quantity) in enumerate(needs.kinds.items(), start=1):
        life = needs.lives.get(kind)
        causes = needs.by_cause(kind).items()
        rows.append(
            (
                look.count(number),
                words.kind(kind),
                look.count(quantity),
                ", ".join(f"{CAUSE_NAMES[cause].th} {look.count(n)}" for cause, n in causes),
                "-" if life is None else look.count(life.years),
            )
        )
    if not rows:
        return
    yield Table(
        numbered(
            TableColumn("ประเภท", 5),
            TableColumn("จำนวน", 2, "right"),
            TableColumn("สาเหตุ (รายการหนึ่งมีได้หลายสาเหตุ)", 9),
            TableColumn("อายุใช้งาน\n(ปี)", 3, "right"),
        ),
        tuple(rows),
        totals=("", "รวม", look.count(needs.quantity), "", ""),
    )
    yield from (Paragraph(text, align="left", small=True) for text in _lives(needs, words))


def _lives(needs: Needs, words: _Words) -> Iterator[str]:
    """Who laid the years of service down, each once."""
    found: dict[tuple[str, int], list[str]] = {}
    for kind in needs.kinds:
        life = needs.lives.get(kind)
        if life is not None:
            found.setdefault((life.source.th, life.years), []).append(words.kind(kind))
    for (source, years), kinds in found.items():
        of = "ทุกประเภท" if len(kinds) == len(needs.kinds) > 1 else ", ".join(kinds)
        yield f"อายุการใช้งาน {words.look.count(years)} ปี ({of}): {words.look.words(source)}"


def _by_site(needs: Needs, words: _Words) -> Iterator[Block]:
    look, lines = words.look, _lines_by_site(needs)
    if not lines:
        return
    rows = []
    for number, (site, quantity) in enumerate(needs.sites.items(), start=1):
        spares = {line.kind: line.spares for line in lines[site] if line.spares}
        rows.append(
            (
                look.count(number),
                words.site(site),
                words.of({line.kind: line.quantity for line in lines[site]}),
                look.count(quantity),
                words.of(spares) or "-",
            )
        )
    yield Table(
        numbered(
            TableColumn("หน่วยงาน", 6),
            TableColumn("รายการ", 8),
            TableColumn("จำนวน", 2, "right"),
            TableColumn("มีสำรอง (ไม่ได้หักออก)", 4),
        ),
        tuple(rows),
        totals=("", "รวม", "", look.count(needs.quantity), ""),
    )


def _lists(needs: Needs, words: _Words) -> Iterator[Block]:
    """Every unit by site, as far as there is room on paper."""
    look, left = words.look, MOST_ROWS
    for site, lines in sorted(_lines_by_site(needs).items(), key=lambda one: words.site(one[0])):
        rows = list(islice(_rows(lines, words), left))
        if not rows:
            break
        left -= len(rows)
        yield Heading(words.site(site), 3)
        yield Table(
            numbered(
                TableColumn("เลขครุภัณฑ์", 9),
                TableColumn("ประเภท และรุ่น", 11),
                TableColumn("ได้มา", 8, "center"),
                TableColumn("หลักฐาน", 18),
            ),
            tuple((look.count(n), *row) for n, row in enumerate(rows, start=1)),
            small=True,
        )
    listed_rows = MOST_ROWS - left
    every = sum(len(line.worn) + len(line.extras) for line in needs.lines)
    if listed_rows < every:
        more = look.count(every - listed_rows)
        yield Paragraph(f"และอีก {more} รายการ อยู่ในแฟ้ม XLSX ของรายงานนี้", align="left", small=True)


def _rows(lines: list[Line], words: _Words) -> Iterator[tuple[str, str, str, str]]:
    look = words.look
    for line in lines:
        for worn in line.worn:
            unit = worn.unit
            made = " ".join(part for part in (unit.brand, unit.model) if part)
            day = look.short_day(unit.acquired) if unit.acquired else "ไม่ทราบ"
            kind = words.kind(line.kind)
            yield unit.name, f"{kind}\n{made}" if made else kind, day, evidence_text(worn, look)
        for extra in line.extras:
            told = "\n".join(look.words(one.words.th) for one in extra.evidence)
            kind = f"{words.kind(line.kind)}\nเพิ่ม {look.count(extra.quantity)}"
            yield "(เพิ่ม)", kind, "-", told


def evidence_text(worn: Worn, look: Look) -> str:
    """The lines of evidence, and a remark where it has not served its years."""
    told = [look.words(one.words.th) for one in worn.evidence]
    return "\n".join([*told, f"หมายเหตุ {_EARLY}"] if worn.early else told)


def _unknown(needs: Needs, words: _Words) -> Iterator[Block]:
    look = words.look
    if not needs.untold:
        return
    yield Table(
        numbered(
            TableColumn("สาเหตุที่ตรวจ", 5),
            TableColumn("เหตุที่ไม่ทราบ", 10),
            TableColumn("รายการ", 2, "right"),
        ),
        tuple(
            (
                look.count(number),
                CAUSE_NAMES[one.cause].th,
                look.words(one.words.th),
                look.count(len(one.units)),
            )
            for number, one in enumerate(needs.untold, start=1)
        ),
    )


def _methods(needs: Needs, look: Look) -> Iterator[str]:
    names = ", ".join(CAUSE_NAMES[cause].th for cause in needs.causes)
    yield f"นับตามสาเหตุต่อไปนี้: {names}"
    yield "นับเฉพาะครุภัณฑ์ที่ใช้งานหรือส่งซ่อม รายการหนึ่งนับครั้งเดียวแม้มีหลายสาเหตุ"
    if "health" in needs.causes:
        yield look.digits(
            f"สถานะผิดปกติดูย้อนหลัง {needs.days} วัน คือแจ้งเตือนตั้งแต่ 3 ครั้ง ใช้งานไม่ได้ด้วยตัวเอง"
            "ตั้งแต่ร้อยละ 5 ของเวลาที่วัดได้ หรือแจ้งว่าชิ้นส่วนชำรุด"
        )
    if "growth" in needs.causes:
        yield look.digits("พอร์ตใกล้เต็มคือสวิตช์ของหน่วยงานใช้พอร์ตรวมกันตั้งแต่ร้อยละ 90")
    yield "รายการที่ไม่ทราบไม่นับเป็นความต้องการ และไม่ถือว่ายังใช้งานได้ดี"


def _lines_by_site(needs: Needs) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in needs.lines:
        found.setdefault(line.site, []).append(line)
    return found


_CHAPTERS = (
    ("สรุปตามประเภท", _by_kind),
    ("สรุปตามหน่วยงาน", _by_site),
    ("รายการและหลักฐาน", _lists),
    ("สิ่งที่ยังไม่ทราบ", _unknown),
)
