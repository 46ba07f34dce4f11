"""Papers to draw: one of each kind, with every block in them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import segno

from controller.documents.blocks import (
    Bar,
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
    Paragraph,
    Picture,
    Shade,
    Signature,
    Signatures,
    Stack,
    Stacks,
    Table,
    TableColumn,
    Ticks,
)

DAY = date(2026, 11, 22)
OFFICE = "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตัวอย่าง"
LONG = (
    "ด้วยกลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร ได้สำรวจอุปกรณ์เครือข่าย"
    "คอมพิวเตอร์ที่ใช้งานอยู่ภายในอาคารสำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตัวอย่าง พบว่าอุปกรณ์"
    "กระจายสัญญาณเดิมซึ่งติดตั้งตั้งแต่ปีงบประมาณ พ.ศ. ๒๕๕๙ มีอายุการใช้งานเกินกว่าเจ็ดปี "
    "ชำรุดบ่อยครั้ง ไม่คุ้มค่าต่อการซ่อมบำรุงรักษา และไม่รองรับการจัดเก็บข้อมูลจราจรทางคอมพิวเตอร์"
    "ตามมาตรา ๒๖ แห่งพระราชบัญญัติว่าด้วยการกระทำความผิดเกี่ยวกับคอมพิวเตอร์ พ.ศ. ๒๕๕๐ "
    "และที่แก้ไขเพิ่มเติม"
)
MARKS = (
    "ที่ น้ำ ปู่ กี่ ญู ฐุ ป้า ปี่ ฝี่ ฟ้า ฬ่ำ ซื้อ กตัญญู ฐานะ ฎุ ฏู ฤๅ ก็ เก๊ะ จ๋า ปั๊ม ผึ้ง ยิ้ม ก์ สิทธิ์ ศุกร์ "
    "จันทร์ พันธุ์ กู้ ภู่ รู้ สู่ หนึ่ง กำหนด ฯลฯ ต่าง ๆ ๐๑๒๓๔๕๖๗๘๙ ฿"
)


ITEMS = Table(
    (
        TableColumn("ลำดับ", 1, "center"),
        TableColumn("รายการ", 6),
        TableColumn("จำนวน", 1, "right"),
        TableColumn("ราคาต่อหน่วย", 2, "right"),
        TableColumn("รวม (บาท)", 2, "right"),
    ),
    (
        ("๑", "สายสัญญาณ UTP Cat6 ความยาว ๓๐๕ เมตร", "๒", "๔,๕๐๐.๐๐", "๙,๐๐๐.๐๐"),
        ("๒", "หัวต่อ RJ45", "๑๐๐", "๕.๐๐", "๕๐๐.๐๐"),
        ("", "", "", "", ""),
    ),
    totals=("", "รวมเป็นเงิน", "", "", "๙,๕๐๐.๐๐"),
)


def memo() -> Document:
    """A memo of one page to the director."""
    return Document(
        title="ขออนุมัติแผนการเปลี่ยนค่าอุปกรณ์เครือข่าย",
        author=OFFICE,
        day=DAY,
        keep=(OFFICE, "นครสวรรค์"),
        foot="KH-2569-0001 ฉบับที่ 1 · SHA-256 9f86d081884c7d65",
        blocks=(
            MemoHead(
                office=f"กลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร {OFFICE} "
                "โทร. ๐ ๒๑๒๓ ๔๕๖๗ ต่อ ๑๐๑",
                number="ศธ ๐๔๓๐๐/พิเศษ ๑๒๕",
                dated="๒๒ พฤศจิกายน ๒๕๖๙",
                subject="ขออนุมัติกำหนดคุณลักษณะเฉพาะและแต่งตั้งคณะกรรมการจัดซื้ออุปกรณ์กระจายสัญญาณ "
                "(L2 Switch) ขนาด ๒๔ ช่อง",
                to=f"ผู้อำนวยการ{OFFICE}",
                attached=("๑. แผนการเปลี่ยนค่า จำนวน ๑ ฉบับ", "๒. ผลการศึกษา จำนวน ๑ ฉบับ"),
            ),
            Paragraph(LONG, indent=True),
            Paragraph(
                "เพื่อให้การปฏิบัติงานของข้าราชการครูและบุคลากรทางการศึกษาเป็นไปอย่างต่อเนื่อง "
                "มีประสิทธิภาพและประสิทธิผล จึงมีความจำเป็นต้องจัดซื้ออุปกรณ์กระจายสัญญาณ (L2 Switch) "
                "ขนาด ๒๔ ช่อง จำนวน ๕ เครื่อง วงเงิน ๖๕,๐๐๐ บาท (หกหมื่นห้าพันบาทถ้วน) "
                "โดยใช้เงินงบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. ๒๕๗๐",
                indent=True,
            ),
            Paragraph("จึงเรียนมาเพื่อโปรดพิจารณา หากเห็นชอบโปรดอนุมัติและลงนาม", indent=True),
            Signatures((Signature(role="", position="นักวิชาการคอมพิวเตอร์ปฏิบัติการ"),)),
        ),
    )


def order() -> Document:
    """An order appointing a working group."""
    return Document(
        title="คำสั่งแต่งตั้งคณะทำงาน",
        author=OFFICE,
        day=DAY,
        keep=(OFFICE,),
        blocks=(
            OrderHead(office=OFFICE, number="๑๒๕/๒๕๖๙", subject="แต่งตั้งคณะทำงานดูแลระบบเครือข่าย"),
            Paragraph(LONG, indent=True),
            Heading("หน้าที่", 2),
            Paragraph("๑. ศึกษาวิเคราะห์สภาพปัจจุบันและความต้องการ", indent=True),
            Paragraph("๒. จัดทำแผนและเสนอขออนุมัติ", indent=True),
            Paragraph("สั่ง ณ วันที่ ๒๒ พฤศจิกายน พ.ศ. ๒๕๖๙", indent=True),
            Signatures((Signature(role="", position=f"ผู้อำนวยการ{OFFICE}"),)),
        ),
    )


def form() -> Document:
    """A form with every kind of entry, ticks, a table with totals, a frame and signatures."""
    return Document(
        title="แบบขอเบิกวัสดุอุปกรณ์",
        author=OFFICE,
        day=DAY,
        keep=(OFFICE,),
        foot="supply_request-2569-0007",
        blocks=(
            Heading("แบบขอเบิกวัสดุอุปกรณ์คอมพิวเตอร์", 1),
            Entries(
                (
                    Entry("เขียนที่", OFFICE, 8),
                    Entry("วันที่", "๒๒ พ.ย. ๒๕๖๙", 4),
                    Entry("ข้าพเจ้า", "", 7),
                    Entry("ตำแหน่ง", "นักวิชาการคอมพิวเตอร์", 5),
                    Entry("จำนวน", "๑๒", 4, unit="เครื่อง"),
                    Entry("วงเงิน", "๖๕,๐๐๐.๐๐", 4, unit="บาท"),
                    Entry("ราคา", "", 4, unit="บาท"),
                    Entry("เหตุผลความจำเป็น", LONG),
                    Entry("ข้อเสนอแนะ", "", lines=3),
                    Entry("สาเหตุ", "สายขาด", 6),
                    Entry("ที่ตั้ง", "ห้องควบคุมระบบเครือข่าย ชั้น ๒ อาคารอำนวยการ โรงเรียนตัวอย่าง ก", 6),
                    Entry("รายละเอียดของปัญหาหรือความต้องการที่เกี่ยวข้องกับระบบเครือข่ายทั้งหมด", "ไม่มี"),
                )
            ),
            Ticks("ประเภท", (("วัสดุสิ้นเปลือง", True), ("ครุภัณฑ์", False), ("อื่น ๆ", False))),
            Heading("รายการ", 2),
            ITEMS,
            Paragraph(MARKS),
            Signatures(
                (
                    Signature(role="ผู้ขอเบิก", dated=""),
                    Signature(role="หัวหน้ากลุ่ม", dated=None, note="อนุมัติตามบันทึกการตรวจสอบรายการที่ ๑๒"),
                ),
                columns=2,
            ),
            Frame(
                "ส่วนของเจ้าหน้าที่",
                (
                    Ticks("ความเห็น", (("อนุมัติ", False), ("ไม่อนุมัติ เพราะ", True))),
                    Entries((Entry("ผู้จ่ายของ", "", 6), Entry("วันที่จ่าย", "", 6))),
                    Signatures(
                        (Signature(role="ผู้จ่าย", dated=""), Signature("ผู้รับ"), Signature("พยาน")), 3
                    ),
                ),
            ),
        ),
    )


def table(rows: int = 200) -> Document:
    """A register of assets, six columns."""
    return Document(
        title="ทะเบียนครุภัณฑ์",
        author=OFFICE,
        day=DAY,
        page="landscape",
        keep=(OFFICE,),
        blocks=(
            Heading("ทะเบียนครุภัณฑ์", 1),
            Table(
                (
                    TableColumn("ลำดับ", 1, "center"),
                    TableColumn("เลขครุภัณฑ์", 3),
                    TableColumn("รายการ", 6),
                    TableColumn("สถานที่", 4),
                    TableColumn("จำนวน", 1, "right"),
                    TableColumn("ราคา (บาท)", 2, "right"),
                ),
                tuple(
                    (
                        str(n),
                        f"7440-016-{n:04}",
                        f"อุปกรณ์กระจายสัญญาณ (L2 Switch) ขนาด ๒๔ ช่อง แบบที่ {n % 3}",
                        f"โรงเรียนตัวอย่าง ก ห้อง {n}",
                        "1",
                        f"{n * 1234:,}.00",
                    )
                    for n in range(1, rows + 1)
                ),
                totals=("", "", "รวม", "", str(rows), "1,234,567.00"),
            ),
        ),
    )


def flow() -> Document:
    """The steps of process 2.3 with the decision as current step."""
    return Document(
        title="ผังงาน",
        author=OFFICE,
        day=DAY,
        blocks=(
            Flow(
                (
                    FlowStep("แต่งตั้งคณะทำงาน", "appoint", "done", "๒ พ.ย. ๒๕๖๙"),
                    FlowStep(
                        "จัดทำแผนพัฒนาระบบเครือข่ายและความต้องการของหน่วยงานและสถานศึกษา", "plan", "done"
                    ),
                    FlowStep("เสนอผู้อำนวยการพิจารณาอนุมัติแผน", "approve", "current", "รอพิจารณา", 1),
                    FlowStep("แจ้งผู้เกี่ยวข้อง", "notify"),
                    FlowStep("ดำเนินการตามแผน", "execute"),
                    FlowStep("สรุปและรายงานผล", "evaluate", back_to=4),
                )
            ),
        ),
    )


def chart() -> Document:
    """Bars of a survey."""
    return Document(
        title="ผลการประเมิน",
        author=OFFICE,
        day=DAY,
        blocks=(
            Heading("ผลการประเมินความพึงพอใจ", 1),
            Chart(
                "ค่าเฉลี่ยรายข้อ",
                (
                    Bar("ความรวดเร็วในการให้บริการ", 4.51, "๔.๕๑ มากที่สุด"),
                    Bar("ความถูกต้อง", 3.2, "๓.๒๐ ปานกลาง"),
                    Bar("การรับเรื่องและติดตามผลของเจ้าหน้าที่ผู้ดูแลระบบเครือข่ายของสำนักงานเขต", 5, "๕.๐๐"),
                    Bar("ไม่มีคำตอบ", 0, "–"),
                ),
                5,
            ),
            Lines(
                "ความพร้อมใช้งานรายเดือน (ร้อยละ)",
                ("ต.ค.", "พ.ย.", "ธ.ค."),
                (
                    Line("ปีงบประมาณ พ.ศ. ๒๕๖๙", (99.1, None, 98.2)),
                    Line("ปีงบประมาณ พ.ศ. ๒๕๖๘", (98.0, 98.5, 97.9)),
                ),
                ((97.0, "๙๗"), (98.5, "๙๘.๕"), (100.0, "๑๐๐")),
                "แผนภูมิเส้น ความพร้อมใช้งานรายเดือน",
            ),
            Stacks(
                "จำนวนเหตุรายเดือน",
                ("วิกฤต", "เตือน"),
                (Stack("ต.ค.", (3, 4), "๗ ครั้ง"), Stack("พ.ย.", (0, 0), "๐ ครั้ง")),
                None,
                "แผนภูมิแท่ง จำนวนเหตุรายเดือน",
            ),
            HeatMap(
                "หน่วยงาน",
                ("๑", "๒", "๓"),
                (
                    ("โรงเรียนตัวอย่าง ก", (Shade("๓", 3), Shade("?"), Shade())),
                    ("โรงเรียนตัวอย่าง ข", (Shade("๑", 1), Shade("๒", 2), Shade("-"))),
                ),
            ),
        ),
    )


def code() -> Picture:
    """A QR code as PNG."""
    out = BytesIO()
    segno.make("KH-CARD-0001-7f3a9c", error="m").save(out, kind="png", scale=4, border=1)
    return Picture(out.getvalue(), 2.4, "รหัสคิวอาร์ของบัตร")


def card() -> Document:
    """A user card."""
    return Document(
        title="บัตรผู้ใช้ระบบเครือข่าย",
        author=OFFICE,
        day=DAY,
        page="card",
        blocks=(
            Card(
                heading="บัตรผู้ใช้ระบบเครือข่าย",
                subheading=OFFICE,
                lines=(
                    ("เลขที่บัตร", "๐๐๐๑/๒๕๖๙"),
                    ("ชื่อ", "ผู้ใช้ตัวอย่าง"),
                    ("ตำแหน่ง", "ครู วิทยฐานะครูชำนาญการพิเศษ"),
                    ("หมดอายุ", "๓๐ ก.ย. ๒๕๗๐"),
                ),
                code=code(),
                foot="หากพบบัตรนี้โปรดส่งคืนสำนักงาน",
            ),
        ),
    )


PAPERS = {
    "memo": memo,
    "order": order,
    "form": form,
    "table": lambda: table(60),
    "flow": flow,
    "chart": chart,
    "card": card,
}
