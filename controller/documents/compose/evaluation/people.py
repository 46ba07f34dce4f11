"""The chapters on what people did and said: cases, runs, surveys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from controller.documents.blocks import Bar, Block, Chart, Heading, Paragraph, Table, TableColumn
from controller.documents.compose.columns import numbered
from controller.documents.compose.evaluation.figures import Figures
from controller.documents.compose.evaluation.yearly import Surveyed, Yearly
from controller.documents.compose.survey import FULL
from controller.errors import NotFound
from controller.processes.forms.survey import GroupResult, RatingResult, Results
from controller.processes.manual import MANUAL
from controller.processes.yearly import CasesYear, ProcessYear

_MOST_LATE = 10
# What became of devices in runs, that the director should know of, in this order.
_STATES = (
    ("confirmed", "สำเร็จ"),
    ("drifted", "ค่าเปลี่ยนไปจากแผน จึงไม่ดำเนินการ"),
    ("refused", "ปฏิเสธ"),
    ("failed", "ล้มเหลว"),
    ("rolled_back", "คืนค่าเดิม"),
    ("unknown", "ไม่ทราบผล"),
)


def case_blocks(yearly: Yearly, figures: Figures) -> Iterator[Block]:
    """Cases by process, the late ones, and what became of devices in runs."""
    cases, count = yearly.cases, figures.look.count
    if not cases.processes:
        yield Paragraph("ไม่มีเรื่องตามกระบวนงานที่บันทึกไว้ในระบบในช่วงนี้", indent=True)
    else:
        yield Paragraph(
            f"เปิดเรื่องในช่วงนี้ {count(cases.opened)} เรื่อง ส่วนเรื่องค้างและเรื่องเกินกำหนดนับ ณ วันที่ "
            f"{figures.look.day(cases.day)}",
            indent=True,
        )
        yield _table(cases, figures)
        yield from _late(cases, figures)
    yield Paragraph(_runs(cases, figures), indent=True)


def _table(cases: CasesYear, figures: Figures) -> Table:
    count = figures.look.count
    titles = ("เปิด", "ปิด", "ส่งกลับ", "ไม่เห็นชอบ", "ถอน", "ค้าง", "เกินกำหนด")
    return Table(
        (
            TableColumn("กระบวนงาน", 10),
            *(TableColumn(title, 3, "right") for title in titles),
        ),
        tuple((_process(one, figures), *map(count, _numbers(one))) for one in cases.processes),
        (
            "รวม",
            *(count(sum(column)) for column in zip(*map(_numbers, cases.processes), strict=True)),
        ),
        small=True,
    )


def _numbers(one: ProcessYear) -> tuple[int, ...]:
    return one.opened, one.closed, one.returned, one.refused, one.withdrawn, one.open, one.late


def _process(one: ProcessYear, figures: Figures) -> str:
    number = figures.look.digits(one.process)
    try:
        return f"{number} {figures.look.words(MANUAL.process(one.process).name)}"
    except NotFound:  # a process of an earlier edition of the manual
        return number


def _late(cases: CasesYear, figures: Figures) -> Iterator[Block]:
    if not cases.late:
        return
    yield Heading("เรื่องที่เกินกำหนดมากที่สุด", 3)
    yield Table(
        (
            TableColumn("เลขที่", 4),
            TableColumn("เรื่อง", 9),
            TableColumn("เกินกำหนด (วัน)", 3, "right"),
        ),
        tuple(
            (one.number, one.title, figures.look.count(one.days)) for one in cases.late[:_MOST_LATE]
        ),
    )


def _runs(cases: CasesYear, figures: Figures) -> str:
    if not cases.devices:
        return "ไม่มีการปรับค่าอุปกรณ์ผ่านระบบในช่วงนี้"
    told = ", ".join(
        f"{words} {figures.look.count(cases.devices[state])} ครั้ง"
        for state, words in _STATES
        if cases.devices.get(state)
    )
    return f"การปรับค่าอุปกรณ์ผ่านระบบ นับรายอุปกรณ์: {told}"


def survey_chapter(yearly: Yearly, figures: Figures) -> Iterator[Block]:
    """Every survey of the period with its results, and what was found at the sites."""
    if not yearly.surveys:
        yield Paragraph("ไม่มีแบบสอบถามที่ปิดรับคำตอบหรือมีคำตอบในช่วงนี้ จึงไม่ทราบความพึงพอใจ", indent=True)
    for one in yearly.surveys:
        yield Heading(_survey_title(one, figures), 3)
        yield from _survey(one.results, figures, "มีผู้ตอบ", "คน")
    yield Heading("ผลตามแบบติดตามประเมินผลของหน่วยงาน", 3)
    if yearly.visits is None:
        yield Paragraph("ไม่มีแบบติดตามประเมินผลที่กรอกในช่วงนี้", indent=True)
    else:
        yield from _survey(yearly.visits, figures, "ประเมินแล้ว", "ฉบับ")


def _survey_title(one: Surveyed, figures: Figures) -> str:
    when = f"ปิดเมื่อ {figures.look.short_day(one.closed)}" if one.closed else "ยังเปิดรับคำตอบ"
    return f"{one.title or one.number} ({when})"


def _survey(results: Results, figures: Figures, given: str, unit: str) -> Iterator[Block]:
    """Means by side, or by question where there is one side or none, and over all."""
    overall, count = results.overall, figures.look.count
    said = f"{given} {count(results.answers)} {unit}"
    if overall.mean is None:
        yield Paragraph(f"{said} ไม่มีคำตอบที่เป็นคะแนน", indent=True)
        return
    rows: Sequence[RatingResult | GroupResult] = (
        results.groups if len(results.groups) > 1 else results.ratings
    )
    level = overall.level.th if overall.level else "-"
    yield Paragraph(
        f"{said} ค่าเฉลี่ยรวม {figures.mean(overall.mean)} จาก {count(FULL)} "
        f"(S.D. {figures.mean(overall.sd)}) อยู่ในระดับ{level}",
        indent=True,
    )
    yield Table(
        numbered(
            TableColumn("ด้าน", 8),
            TableColumn("ค่าเฉลี่ย", 2, "right"),
            TableColumn("S.D.", 2, "right"),
            TableColumn("แปลผล", 3, "center"),
        ),
        tuple(
            (
                count(n),
                figures.look.words(one.title.th),
                figures.mean(one.mean),
                figures.mean(one.sd),
                one.level.th if one.level else "-",
            )
            for n, one in enumerate(rows, start=1)
        ),
    )
    yield Chart(
        f"ค่าเฉลี่ย (คะแนนเต็ม {count(FULL)})",
        tuple(
            Bar(figures.look.words(one.title.th), float(one.mean or 0), figures.mean(one.mean))
            for one in rows
        ),
        float(FULL),
    )
