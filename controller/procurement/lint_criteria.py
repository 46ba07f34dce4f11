"""Lint of the criteria by themselves: that they can be held, agree, and say what is compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from controller.errors import Text
from controller.language import nearest
from controller.procurement.known import Known
from controller.procurement.remark import Remark, Severity
from controller.procurement.strictness import as_strict, asked_by, both_hold
from controller.specs.attribute import Attribute, attributes
from controller.specs.criterion import Criterion
from controller.specs.meeting import fault_of
from controller.specs.specification import Item, Specification
from controller.thai import arabic_digits

_COMPARED = Text(
    th="ข้อเสนอจะถูกเปรียบเทียบด้วยข้อมูลนี้ แก้ให้เทียบได้ หรือใช้ judged ให้คณะกรรมการพิจารณา",
    en="offers are compared by this: mend it, or use “judged” and let people weigh it",
)
_AGREE = Text(
    th="ระเบียบ กค. พ.ศ. 2560 ข้อ 21: คุณลักษณะต้องชัดเจน เก็บไว้ข้อเดียว",
    en="Regulation B.E. 2560, clause 21: a specification is clear; keep one of them",
)
_PRINTED = Text(
    th="ผู้ยื่นข้อเสนออ่านข้อความที่พิมพ์ แต่ระบบเปรียบเทียบด้วยค่า ทั้งสองต้องตรงกัน",
    en="bidders read the printed words, the comparison uses the value: they must agree",
)
_BETTER = Text(
    th="มาตรา 9 และข้อแนะนำ 14 ของเกณฑ์ราคากลางฯ: ใช้ “ไม่น้อยกว่า” หรือ “ไม่มากกว่า” เพื่อไม่ตัดของที่ดีกว่าออก",
    en="section 9, and advice 14 of the price criteria: ask for at least or at most, so that "
    "better products are not shut out",
)


def criteria_that_cannot_be_held(specification: Specification, _: Known) -> Iterator[Remark]:
    """Criteria no answer could be held against, and words that say another value."""
    catalogue = attributes()
    for item, criterion in specification.clauses():
        about = f"{item.id}/{criterion.id}"
        attribute = catalogue.get(criterion.attribute)
        if criterion.attribute and attribute is None:
            near = nearest(criterion.attribute, catalogue)
            yield Remark(
                "unknown-attribute",
                "error",
                about,
                Text(
                    th=f"ไม่มีคุณสมบัติ “{criterion.attribute}”",
                    en=f"there is no attribute “{criterion.attribute}”",
                ),
                Text(th=f"หมายถึง {near} หรือไม่", en=f"did you mean {near}?") if near else _COMPARED,
            )
        elif (fault := fault_of(criterion, attribute)) is not None:
            yield Remark("not-comparable", "error", about, fault, _COMPARED)
        elif attribute is not None:
            yield from _against_its_words(about, criterion, attribute)


def criteria_that_clash(specification: Specification, _: Known) -> Iterator[Remark]:
    """Two criteria of an item that cannot both be met, or of which one asks nothing more."""
    for item in specification.items:
        for one, other in combinations(item.criteria, 2):
            yield from _pair(item, one, other)


def _pair(item: Item, one: Criterion, other: Criterion) -> Iterator[Remark]:
    about = f"{item.id}/{other.id}"
    said: tuple[str, str]
    attribute = attributes().get(one.attribute) if one.attribute == other.attribute else None
    left, right = (asked_by(c, attribute) if attribute else None for c in (one, other))
    if left and right and not both_hold(left, right):
        must = one.mandatory and other.mandatory
        kind: Severity = "error" if must else "warning"
        said = ("ขัดแย้งกัน ไม่มีพัสดุใดผ่านได้ทั้งสองข้อ", "contradict: nothing can meet both")
        yield _remark("contradiction", kind, about, one, other, *said)
    elif _folded(one.text) == _folded(other.text):
        yield _remark("duplicate", "warning", about, one, other, "มีข้อความเหมือนกัน", "say the same")
    elif (
        left
        and right
        and one.mandatory == other.mandatory
        and one.operator == other.operator
        and (as_strict(left, right) or as_strict(right, left))
    ):
        said = ("ถามเรื่องเดียวกัน ข้อหนึ่งไม่เพิ่มอะไร", "ask the same thing: one of them adds nothing")
        yield _remark("duplicate", "warning", about, one, other, *said)


def _against_its_words(about: str, criterion: Criterion, attribute: Attribute) -> Iterator[Remark]:
    if criterion.operator == "equals" and attribute.kind in {"amount", "level"}:
        yield Remark(
            "exact-value",
            "warning",
            about,
            Text(
                th=f"กำหนด{attribute.th}เป็นค่าเดียว ของที่ดีกว่าจะไม่ผ่าน",
                en=f"{attribute.en} must be one exact value: better products fail",
            ),
            _BETTER,
        )
    value = criterion.value
    if attribute.kind != "amount" or criterion.origin == "baseline" or isinstance(value, tuple):
        return
    if not _said_in(criterion.text, Decimal(str(value))):
        yield Remark(
            "words-differ",
            "warning",
            about,
            Text(
                th=f"ข้อความที่พิมพ์ไม่มีค่า {value} ที่ใช้เปรียบเทียบ",
                en=f"the printed words do not say {value}, which is what is compared",
            ),
            _PRINTED,
        )


def _said_in(text: str, number: Decimal) -> bool:
    """Whether the number stands in the text, in Thai or plain digits, thousands apart or not."""
    told = re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3})", "", arabic_digits(text)))
    return any(Decimal(word) == number for word in told)


def _remark(
    code: str, kind: Severity, about: str, one: Criterion, other: Criterion, th: str, en: str
) -> Remark:
    return Remark(
        code,
        kind,
        about,
        Text(
            th=f"ข้อ “{_short(one)}” กับ “{_short(other)}” {th}",
            en=f"“{one.id}” and “{other.id}” {en}",
        ),
        _AGREE,
    )


def _short(criterion: Criterion) -> str:
    return criterion.text if len(criterion.text) <= 60 else criterion.text[:59] + "…"


def _folded(text: str) -> str:
    return "".join(arabic_digits(text).split()).casefold()
