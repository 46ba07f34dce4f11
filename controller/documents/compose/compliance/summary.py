"""What the director should know, and what is proposed, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from controller.documents.compose.compliance.audited import Audited
from controller.documents.compose.compliance.words import Words

_FEW = 3


def findings(audited: Audited, words: Words) -> Iterator[str]:
    """What was found, a sentence each."""
    tally, count = audited.tally, words.count
    told = f"คะแนนรวมของสำนักงาน {words.score(tally)} จาก {count(100)}"
    if audited.trend:
        day, first = audited.trend[0]
        change = words.change(tally.score, first.score) if day < audited.day else ""
        told += f" {change} จากวันที่ {words.look.day(day)}" if change else ""
    yield told
    yield (
        f"ผลการตรวจ {count(tally.applies)} รายการ ผ่าน {count(tally.passed)} "
        f"ไม่ผ่าน {count(tally.failed)} ผ่อนผัน {count(tally.waived)} ไม่ทราบ {count(tally.unknown)}"
    )
    low = [one for one in audited.sites if not one.tally.clean][:_FEW]
    if low:
        yield "หน่วยงานที่ควรดูแลก่อน ได้แก่ " + ", ".join(
            f"{one.name} ({words.score(one.tally)} คะแนน)" for one in low
        )
    elif tally.applies:
        yield "ทุกหน่วยงานผ่านทุกเกณฑ์ที่เกี่ยวข้อง"
    failed = [one for one in audited.rules if one.tally.failed]
    failed.sort(key=lambda one: (-one.tally.failed, one.rule.id))
    if failed:
        yield "เกณฑ์ที่อุปกรณ์ไม่ผ่านมากที่สุด ได้แก่ " + ", ".join(
            f"{words.title(one.rule)} ({count(one.tally.failed)} ตัว)" for one in failed[:_FEW]
        )
    expired = sum(one.expired for one in audited.waivers)
    if audited.waivers:
        yield f"การผ่อนผันมี {count(len(audited.waivers))} รายการ" + (
            f" สิ้นสุดแล้ว {count(expired)} รายการ" if expired else " ยังไม่มีรายการที่สิ้นสุด"
        )


def proposals(audited: Audited, words: Words) -> Iterator[str]:
    """What follows from it, for the director to weigh."""
    count, any_ = words.count, False
    grave = [one for one in audited.rules if one.rule.severity == "critical" and one.tally.failed]
    if grave:
        any_ = True
        failed = sum(one.tally.failed for one in grave)
        yield (
            f"แก้ไขเกณฑ์ระดับวิกฤตก่อน {count(len(grave))} ข้อ รวม {count(failed)} รายการ "
            f"โดยเสนอแผนแก้ไขตามกระบวนงานที่ {words.look.digits('2.3')}"
        )
    if any(one.expired for one in audited.waivers):
        any_ = True
        yield "ทบทวนการผ่อนผันที่สิ้นสุดแล้วว่าจะแก้ไขให้ตรงเกณฑ์หรือขยายเวลา"
    if audited.tally.unknown:
        any_ = True
        yield (
            f"หาสาเหตุที่ไม่ทราบผล {count(audited.tally.unknown)} รายการ โดยสำรองข้อมูลและสำรวจอุปกรณ์ให้ครบ"
        )
    if not any_ and audited.tally.failed:
        yield "แก้ไขรายการที่ไม่ผ่านในการปรับปรุงตามแผนครั้งถัดไป"
    elif not any_:
        yield "ตรวจตามกำหนดเวลาเดิมต่อไป"
