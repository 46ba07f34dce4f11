"""Lint of the words: a brand or product that is named without the exception of section 9."""

from __future__ import annotations

from collections.abc import Iterator

from controller.errors import Text
from controller.procurement.brands import same_brand
from controller.procurement.known import Known
from controller.procurement.remark import Remark, Severity
from controller.specs.specification import Specification

_SECTION_9 = Text(
    th="พ.ร.บ. จัดซื้อจัดจ้างฯ พ.ศ. 2560 มาตรา 9: ห้ามกำหนดให้ใกล้เคียงกับยี่ห้อหรือผู้ขายรายใด "
    "ให้เขียนเป็นความสามารถที่ต้องการ หรือระบุข้อยกเว้นพร้อมเหตุผล (exemption)",
    en="Act B.E. 2560, section 9: draw close to no brand or seller; write what it must be able to "
    "do, or state the exception and why (exemption)",
)
_MENTION = Text(
    th="มาตรา 9: กล่าวถึงอุปกรณ์เดิมได้ แต่ต้องไม่ทำให้คุณลักษณะเจาะจงยี่ห้อนั้น หากจำเป็นให้เขียนเหตุผลไว้",
    en="section 9: what the office has may be mentioned, but must not tie the specification to it; "
    "write why it is needed",
)


def names_in_words(specification: Specification, known: Known) -> Iterator[Remark]:
    """Names in what is asked are errors; in the reasons for it they need one."""
    exemption = specification.exemption
    for about, where, text, severity in _texts(specification):
        for name in known.names.within(text):
            if exemption is not None and same_brand(exemption.brand, name):
                continue
            yield Remark(
                code="brand-named",
                severity=severity,
                about=about,
                text=Text(
                    th=f"{where.th}ระบุยี่ห้อหรือชื่อผลิตภัณฑ์ “{name}”",
                    en=f"{where.en} names the brand or product “{name}”",
                ),
                hint=_SECTION_9 if severity == "error" else _MENTION,
            )
    if exemption is not None:
        yield Remark(
            code="exempted",
            severity="notice",
            about="exemption",
            text=Text(
                th=f"ระบุยี่ห้อ {exemption.brand} ตามข้อยกเว้นในมาตรา 9",
                en=f"names {exemption.brand} under the exception of section 9",
            ),
            hint=Text(
                th="แบบการกำหนดคุณสมบัติจะรับรองว่าเป็นข้อยกเว้น พร้อมเหตุผลที่เขียนไว้",
                en="the specification sheet certifies it as an exception, with the reason written",
            ),
        )


def _texts(specification: Specification) -> Iterator[tuple[str, Text, str, Severity]]:
    """(about, where, text, severity of a name in it) of everything that is printed."""
    terms = specification.terms
    yield "title", Text(th="ชื่อเรื่อง", en="the title"), specification.title, "error"
    need = Text(th="เหตุผลความจำเป็น", en="the need")
    yield "need", need, specification.need, "warning"
    background = Text(th="ความเป็นมา", en="the background")
    yield "terms.background", background, terms.background, "warning"
    for field, th, en, texts in (
        ("objectives", "วัตถุประสงค์", "an objective", terms.objectives),
        ("bidders", "คุณสมบัติผู้ยื่นข้อเสนอ", "a qualification of bidders", terms.bidders),
        ("work", "ขอบเขตของงาน", "the scope of work", terms.work),
        ("payment", "การจ่ายเงิน", "the payment", terms.payment),
    ):
        for text in texts:
            yield f"terms.{field}", Text(th=th, en=en), text, "error"
    for item in specification.items:
        yield item.id, Text(th="ชื่อรายการ", en="the name of the item"), item.th, "error"
        for number, criterion in enumerate(item.criteria, 1):
            about = f"{item.id}/{criterion.id}"
            where = Text(th=f"ข้อกำหนดที่ {number} ", en=f"criterion {number}")
            value = criterion.value
            words = value if isinstance(value, tuple) else (value,)
            asked = " · ".join([criterion.text, *(w for w in words if isinstance(w, str))])
            yield about, where, asked, "error"
            why = Text(th=f"เหตุผลของข้อกำหนดที่ {number} ", en=f"the reason of criterion {number}")
            yield about, why, criterion.reason, "warning"
