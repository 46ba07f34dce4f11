"""The page of one school: its score, the rules its devices fail, its devices. One page, always."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from math import ceil

from controller.documents.blocks import Block, Heading, Paragraph, Table, TableColumn
from controller.documents.compose.columns import numbered
from controller.documents.compose.compliance.audited import Audited, SiteResult, SiteRule
from controller.documents.compose.compliance.words import Words

# Rows of small type the page has room for, in lines, and how many letters a line of a column has.
_LINES = 21
_FOR_RULES = 14
_RULE_LETTERS, _DEVICE_LETTERS = 28, 26
_NAMED = 3


def school_page(site: SiteResult, audited: Audited, words: Words) -> Iterator[Block]:
    """The blocks of the page; what there is no room for is counted."""
    look = words.look
    at = look.moment(audited.at) if audited.at else "ยังไม่เคยตรวจ"
    yield Heading(f"ผลการตรวจตามเกณฑ์ระบบเครือข่าย\n{site.name}", 1)
    yield Paragraph(f"อำเภอ{site.district} ตรวจล่าสุด {at}", align="center")
    yield _figures(site, words)
    room, left_out = _LINES, 0
    if site.rules:
        yield Heading("เกณฑ์ที่ยังไม่ผ่านหรือยังไม่ทราบผล", 2)
        shown, room = _fitting(site.rules, words)
        yield _rules(shown, words)
        left_out = len(site.rules) - len(shown)
    elif site.tally.applies:
        yield Paragraph("ผ่านทุกเกณฑ์ที่เกี่ยวข้อง", align="center", bold=True)
    if site.devices:
        yield Heading("อุปกรณ์ เรียงจากที่ต้องดูแลก่อน", 2)
        yield from _devices(site, max(room, _LINES - _FOR_RULES), words)
    yield Paragraph(_meaning(site, left_out, words), align="left", small=True)


def _figures(site: SiteResult, words: Words) -> Table:
    tally = site.tally
    score = words.score(tally)
    if site.before is not None:
        score += f" (เดิม {words.count(site.before[1])})"
    numbers = (tally.passed, tally.failed, tally.waived, tally.unknown)
    return Table(
        (
            TableColumn("คะแนน", 6, "center"),
            *(TableColumn(name, 3, "center") for name in ("ผ่าน", "ไม่ผ่าน", "ผ่อนผัน", "ไม่ทราบ")),
        ),
        ((score, *(words.count(n) for n in numbers)),),
    )


def _fitting(rules: Sequence[SiteRule], words: Words) -> tuple[list[SiteRule], int]:
    """The first rules that fit on the page, and the lines that are left for devices."""
    taken = 0
    shown: list[SiteRule] = []
    for one in rules:
        high = max(
            ceil(_letters(words.title(one.rule)) / _RULE_LETTERS),
            ceil(_letters(_named(one, words)) / _DEVICE_LETTERS),
        )
        if taken + high > _FOR_RULES:
            break
        taken += high
        shown.append(one)
    return shown, _LINES - taken


def _rules(rules: Sequence[SiteRule], words: Words) -> Table:
    return Table(
        numbered(
            TableColumn("เกณฑ์", 9),
            TableColumn("ระดับ", 4),
            TableColumn("ไม่ผ่าน", 2, "right"),
            TableColumn("ไม่ทราบ", 2, "right"),
            TableColumn("อุปกรณ์", 8),
        ),
        tuple(
            (
                words.count(number),
                words.title(one.rule),
                words.severity(one.rule),
                words.count(len(one.failing)),
                words.count(len(one.unknown)),
                _named(one, words),
            )
            for number, one in enumerate(rules, start=1)
        ),
        small=True,
    )


def _named(one: SiteRule, words: Words) -> str:
    names = one.failing or one.unknown
    return words.few(names, _NAMED if len(names) <= _NAMED else _NAMED - 1, "ตัว")


def _devices(site: SiteResult, room: int, words: Words) -> Iterator[Block]:
    # A device the rules say nothing of has no score to show.
    devices = [one for one in site.devices if one.tally.applies] or list(site.devices)
    shown = devices[: room if len(devices) <= room else room - 1]
    yield Table(
        numbered(
            TableColumn("อุปกรณ์", 6),
            TableColumn("ประเภท", 6),
            TableColumn("คะแนน", 2, "right"),
            TableColumn("ไม่ผ่าน", 2, "right"),
            TableColumn("ผ่อนผัน", 2, "right"),
            TableColumn("ไม่ทราบ", 2, "right"),
        ),
        tuple(
            (
                words.count(number),
                one.device,
                one.role,
                words.score(one.tally),
                words.count(one.tally.failed),
                words.count(one.tally.waived),
                words.count(one.tally.unknown),
            )
            for number, one in enumerate(shown, start=1)
        ),
        small=True,
    )
    if len(shown) < len(devices):
        more = words.count(len(devices) - len(shown))
        yield Paragraph(f"และอีก {more} ตัวที่คะแนนไม่ต่ำกว่านี้", align="left", small=True)


def _meaning(site: SiteResult, left_out: int, words: Words) -> str:
    told = [f"คะแนนเต็ม {words.count(100)}"]
    if site.before is not None:
        told.append(f"คะแนนเดิมเมื่อ {words.look.short_day(site.before[0])}")
    if site.tally.unknown:
        told.append("ไม่ทราบคือยังไม่มีข้อมูลพอจะตัดสิน และไม่นับว่าผ่าน")
    if left_out:
        told.append(f"ยังมีเกณฑ์ที่ไม่ผ่านอีก {words.count(left_out)} ข้อ ดูได้ในระบบ")
    if site.tally.failed:
        process = words.look.digits("2.3")
        told.append(f"กลุ่มงานจะแก้ไขรายการที่ไม่ผ่านตามกระบวนงานที่ {process} เมื่อได้รับอนุมัติ")
    return "  ".join(told)


def _letters(text: str) -> int:
    """How many letters wide a text is: vowels above and below take no room."""
    return sum(unicodedata.category(letter) not in {"Mn", "Cf"} for letter in text)
