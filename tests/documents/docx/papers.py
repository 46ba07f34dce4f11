"""Papers to draw: one with every kind of block, real ones, and any that can be thought of."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import segno
from hypothesis import strategies as st

from controller.documents.blocks import (
    Bar,
    Block,
    Card,
    Chart,
    Document,
    Entries,
    Entry,
    Flow,
    FlowStep,
    Frame,
    Heading,
    HeatMap,
    Line,
    Lines,
    MemoHead,
    OrderHead,
    PageBreak,
    Paragraph,
    Picture,
    Shade,
    Signature,
    Signatures,
    Space,
    Stack,
    Stacks,
    Table,
    TableColumn,
    Ticks,
)

DAY = date(2026, 11, 15)
OFFICE = "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตัวอย่าง"
LONG = (
    "ด้วยกลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร ได้สำรวจอุปกรณ์เครือข่ายคอมพิวเตอร์"
    "ที่ใช้งานอยู่ภายในอาคารสำนักงาน พบว่าอุปกรณ์กระจายสัญญาณเดิมซึ่งติดตั้งตั้งแต่ปีงบประมาณ พ.ศ. ๒๕๕๙ "
    "มีอายุการใช้งานเกินกว่าเจ็ดปี ชำรุดบ่อยครั้ง ไม่คุ้มค่าต่อการซ่อมบำรุงรักษา (10/100/1000 Base-T)"
)
_TICKS = ((0.0, "๐"), (2.0, "๒"))
# What people and machines put into fields, and what must not break a file of XML.
WEIRD = (
    "<w:p>&amp;</w:t> \"'",
    "]]><![CDATA[",
    "bell \x07 null \x00 escape \x1b",
    "half \ud83d a letter",
    "not a letter \uffff\ufffe",
    "น้ำ ปู่ ญู ฐุ ปั๊ม สิทธิ์ เก้าอี้ ๆ ฯลฯ",
    "☐ ☑ ✓ → 😀 中文",
    "  two  spaces  ",
    "tab\tand\nline\r\nends\rall",
    "turned \u202eround\u202c \u061c\u200e\u200f\u2066\u2069",
    "zero\u200bwidth",
    "_x0041_ =1+1 {{ jinja }} %s",
    "x" * 3000,
    "",
)


def code() -> Picture:
    """The picture of a code."""
    made = BytesIO()
    segno.make_qr("7Q4M").save(made, kind="png", scale=4, border=0)
    return Picture(made.getvalue(), 2.0, "รหัสบัตร")


def every_block(text: str) -> tuple[Block, ...]:
    """Every kind of block, with `text` wherever a block holds text."""
    t = text
    code_ = Picture(code().png, 2.0, t)
    signature = Signature("ผู้ยืม", t, t, t, t)  # a role moves with its length
    return (
        MemoHead(t, t, t, t, t, (t, t)),
        OrderHead(t, t, t),
        *(Heading(t, level) for level in (1, 2, 3)),
        Paragraph(t, indent=True),
        Paragraph(t, align="center", bold=True),
        Paragraph(t, align="right", small=True),
        Entries((Entry(t, t), Entry(t, t, 6, t), Entry(t, "", 6, t, 3), Entry(t, "", 12, "", 2))),
        Ticks(t, ((t, True), (t, False))),
        Table(
            (TableColumn(t, 1, "center"), TableColumn(t, 4), TableColumn(t, 2, "right")),
            ((t, t, t), ("1", t, "24,400.00")),
            ("", t, "24,400.00"),
        ),
        Table((TableColumn(t),), ((t,),), small=True),
        Signatures((signature,)),
        Signatures((signature, Signature("", dated=""), Signature("ผู้รับ", dated=None)), 2),
        Signatures((signature, signature, signature), 3),
        Frame(t, (Paragraph(t), Table((TableColumn(t),), ((t,),)), Signatures((signature,)))),
        Frame("", (Entries((Entry(t, t, 3), Entry(t, t, 3))),)),
        Flow(
            (
                FlowStep(t, "plan", "done", t),
                FlowStep(t, "approve", "current", t, back_to=0),
                FlowStep(t, "execute"),
                FlowStep(t, "approve", back_to=0),
                FlowStep(t, "evaluate", back_to=4),
            )
        ),
        Chart(t, (Bar(t, 4.5, t), Bar(t, 0, t), Bar(t, 9, t), Bar(t, float("nan"), t)), 5.0),
        Chart(t, (Bar(t, 1, t),), 0),
        Lines(t, (t, t), (Line(t, (1.0, None)), Line(t, (float("nan"), 9.0))), _TICKS, t),
        Stacks(t, (t, t), (Stack(t, (1, float("nan")), t), Stack(t, (0, 0), t)), 0, t),
        HeatMap(t, (t, "๒"), ((t, (Shade(t, 3), Shade())), (t, (Shade("-", 1), Shade("?", 2))))),
        code_,
        Space(5),
        PageBreak(),
        Card(t, t, ((t, t), (t, t)), code_, t),
    )


def paper(*blocks: Block, **settings: object) -> Document:
    """A paper of these blocks."""
    return Document(title="เอกสาร", author=OFFICE, day=DAY, blocks=blocks, **settings)  # type: ignore[arg-type]


def memo() -> Document:
    """A memo as officers write it, with what the director decides below."""
    return paper(
        MemoHead(
            f"กลุ่มส่งเสริมการศึกษาทางไกล {OFFICE} โทร. ๐ ๒๑๒๓ ๔๕๖๗",
            "ศธ ๐๔๓๐๐/๑๒๕",
            "๑๕ พฤศจิกายน ๒๕๖๙",
            "ขออนุมัติแผนพัฒนาระบบเครือข่าย",
            f"ผู้อำนวยการ{OFFICE}",
            ("แผน จำนวน ๑ ชุด", "ผังเครือข่าย จำนวน ๑ แผ่น"),
        ),
        Heading("๑. เรื่องเดิม", 2),
        Paragraph(LONG, indent=True),
        Paragraph("จึงเรียนมาเพื่อโปรดพิจารณา", indent=True),
        Signatures((Signature("", position="นักวิชาการคอมพิวเตอร์", dated=""),)),
        Frame(
            "คำสั่งของผู้อำนวยการ",
            (
                Ticks("", (("อนุมัติ", True), ("ส่งกลับแก้ไข", False))),
                Entries((Entry("ความเห็น", lines=2),)),
                Signatures((Signature("", position="ผู้อำนวยการ", dated=""),)),
            ),
        ),
        foot="เรื่อง 2570-2.3-0001",
    )


def register(rows: int) -> Document:
    """A long table on a lying page."""
    columns = (
        TableColumn("ลำดับ", 1, "center"),
        TableColumn("รายการ", 5),
        TableColumn("โรงเรียน", 3),
        TableColumn("จำนวน", 1, "right"),
        TableColumn("ราคา", 2, "right"),
    )
    row = ("อุปกรณ์กระจายสัญญาณ (L2 Switch) ขนาด ๒๔ ช่อง", "โรงเรียนตัวอย่าง ก", "๕", "๖๕,๐๐๐.๐๐")
    table = Table(
        columns, tuple((str(n), *row) for n in range(1, rows + 1)), ("", "รวม", "", "", "๕")
    )
    return paper(Heading("ทะเบียนอุปกรณ์", 1), table, page="landscape", foot="แบบ assets")


texts = st.one_of(
    st.sampled_from(WEIRD),
    st.text(st.characters(exclude_categories=()), max_size=20),
    st.text("กขน้ำปู่ๆฯ ๑๒abc<&>\n\t\x00☑", max_size=30),
)
days = st.dates(date(1970, 1, 1), date(2200, 12, 31))
papers = st.builds(
    Document,
    title=texts,
    author=texts,
    day=days,
    blocks=texts.map(every_block).flatmap(
        lambda blocks: st.lists(st.sampled_from(blocks), max_size=6).map(tuple)
    ),
    page=st.sampled_from(["portrait", "landscape", "card"]),
    language=st.sampled_from(["th", "en"]),
    foot=texts,
)
