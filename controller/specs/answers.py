"""Reads what an offer states: “๒๔ ช่อง” is 24 ports, “1 Gb” of memory is refused.

What the words say is taken, and where they needed reading a note says how. What could mean two
things is refused with its reason: people judge it, no machine guesses.
"""

from __future__ import annotations

from functools import lru_cache

from controller.errors import Text
from controller.language import nearest
from controller.specs.answer import (
    Answer,
    Level,
    Members,
    Read,
    UnreadableError,
    Words,
    YesNo,
)
from controller.specs.answer_amounts import read_amount
from controller.specs.answer_words import (
    Bound,
    bounded,
    loose,
    parts_of,
    require_bound,
    tidy,
)
from controller.specs.attribute import Attribute
from controller.specs.criterion import Operator

__all__ = [
    "Answer",
    "Level",
    "Members",
    "Read",
    "UnreadableError",
    "Words",
    "YesNo",
    "is_unstated",
    "read_answer",
]

LONGEST = 1000
"""Characters of an answer; nobody states more of one criterion."""

_UNSTATED = frozenset((
    "ไม่ระบุ", "ไม่ได้ระบุ", "ไม่แจ้ง", "ไม่ทราบ", "ไม่มีข้อมูล", "ไม่พบข้อมูล", "รอข้อมูล",
    "n/a", "na", "n.a.", "n.a", "tbd", "tba", "unknown", "notstated", "notspecified",
    "unspecified", "nodata", "null",
))  # fmt: skip
_YES = frozenset((
    "มี", "ใช่", "ได้", "รองรับ", "สามารถ", "ทำได้", "มีรองรับ", "รองรับได้", "yes", "y", "true",
    "supported", "support", "supports", "✓", "✔", "☑",
))  # fmt: skip
_NO = frozenset((
    "ไม่มี", "ไม่ใช่", "ไม่ได้", "ไม่รองรับ", "ไม่สามารถ", "ทำไม่ได้", "no", "n", "false",
    "unsupported", "notsupported", "none", "✗", "✘", "☒",
))  # fmt: skip
_COMPLIES = (
    "ตามข้อกำหนด", "ตรงตาม", "เป็นไปตาม", "ตามที่กำหนด", "ตามเกณฑ์", "ตามสเปก", "ผ่านเกณฑ์", "ยอมรับ",
    "comply", "complies", "complied", "compliant", "asrequired", "asspecified",
)  # fmt: skip
_ACCEPTS = frozenset({"ผ่าน", "pass", "passed", "ok", "โอเค", "ตกลง"})


def is_unstated(text: str) -> bool:
    """Whether the words state nothing: empty, dashes, “ไม่ระบุ”, “n/a” and the like."""
    word = loose(tidy(text)).strip("()[]")
    return not word.strip("-–—−_.…?*/") or word in _UNSTATED


def read_answer(attribute: Attribute, text: str, operator: Operator | None = None) -> Read:
    """What `text` states for the attribute.

    Name the criterion's `operator` wherever there is one: “≥ 24” says enough for at-least 24 and
    nothing for at-most 24; without an operator a lower bound is read and an upper one refused.
    Errors: `UnreadableError` with the reason for words that state nothing or may mean two things.
    """
    plain = tidy(text)
    if is_unstated(plain):
        raise UnreadableError(_NOTHING)
    if len(plain) > LONGEST:
        raise UnreadableError(_LONG)
    if attribute.kind == "words":
        return Read(Words(plain))
    if loose(plain).startswith(_COMPLIES) or loose(plain) in _ACCEPTS:
        raise UnreadableError(_ONLY_COMPLIES)
    if attribute.kind == "amount":
        return read_amount(attribute, plain, operator)
    if attribute.kind == "yes-no":
        return _yes_or_no(plain)
    if attribute.kind == "level":
        return _level(attribute, plain, operator)
    return _members(attribute, plain, operator)


def _yes_or_no(plain: str) -> Read:
    words = [loose(word) for word in plain.replace("/", " ").replace(",", " ").split()]
    whole = loose(plain)
    if whole in _YES or all(word in _YES for word in words):
        return Read(YesNo(yes=True))
    if whole in _NO or all(word in _NO for word in words):
        return Read(YesNo(yes=False))
    raise UnreadableError(_YES_OR_NO)


def _level(attribute: Attribute, plain: str, operator: Operator | None) -> Read:
    bound, words = bounded(plain)
    require_bound(bound, operator)
    found, strange = parts_of(words, _ranks(attribute.levels))
    names = [spellings[0] for spellings in attribute.levels]
    if strange or not found:
        raise UnreadableError(_unknown((strange or [words])[0], names))
    best = max(found)
    several = len({*found}) > 1
    if several and operator in {"equals", "at-most"}:
        raise UnreadableError(_SEVERAL_LEVELS)
    level = Level(best, names[best])
    read_as = bound is not Bound.EXACT or several or len(found) > 1
    return Read(level, _read_as(names[best]) if read_as else None)


def _members(attribute: Attribute, plain: str, operator: Operator | None) -> Read:
    if loose(plain) in _NO:
        return Read(Members(frozenset()), _EMPTY_SET)
    bound, words = bounded(plain)
    require_bound(bound, operator)
    known = _spellings(tuple(attribute.members.items()))
    found, strange = parts_of(words, known)
    for word in strange:
        if not found or not _is_a_name(word) or nearest(loose(word), known):
            raise UnreadableError(_unknown(word, [*attribute.members]))
    names = frozenset(found)
    listed = ", ".join(name for name in attribute.members if name in names)
    note = None
    if strange:
        left = ", ".join(strange)
        note = Text(
            th=f"อ่านเป็น {listed} ไม่นับ {left} ซึ่งไม่มีในรายการคุณสมบัติ",
            en=f"read as {listed}; {left} is not in the catalogue and does not count",
        )
    elif loose(listed) != loose(plain):
        note = _read_as(listed)
    return Read(Members(names), note)


@lru_cache(maxsize=256)
def _ranks(levels: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """Each spelling of a level, spelled loosely, and its rank."""
    return {
        loose(spelling): rank for rank, spellings in enumerate(levels) for spelling in spellings
    }


@lru_cache(maxsize=256)
def _spellings(members: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    """Each spelling of a member, spelled loosely, and the member."""
    return {
        loose(spelling): member
        for member, spellings in members
        for spelling in (member, *spellings)
    }


_NOT_NAMES = frozenset((
    "no", "not", "non", "without", "except", "excluding", "optional", "option", "options", "or",
    "only", "partial", "partially", "some", "licence", "license", "future", "planned", "upgrade",
    "upgradable", "extra",
))  # fmt: skip


def _is_a_name(word: str) -> bool:
    """Whether the word is one more name, and none that takes back what stands beside it."""
    return word.isascii() and any(c.isalpha() for c in word) and word.casefold() not in _NOT_NAMES


def _read_as(words: str) -> Text:
    return Text(th=f"อ่านเป็น {words}", en=f"read as {words}")


def _unknown(word: str, names: list[str]) -> Text:
    spelled = {loose(name): name for name in names}
    near = spelled.get(nearest(loose(word), spelled), "")
    if near:
        return Text(
            th=f"ไม่เข้าใจ “{word}” หมายถึง {near} ใช่หรือไม่",
            en=f"“{word}” is not known; is {near} meant?",
        )
    listed = ", ".join(names[:12])
    return Text(
        th=f"ไม่เข้าใจ “{word}” ค่าที่รู้จัก: {listed}", en=f"“{word}” is not known; known are {listed}"
    )


_NOTHING = Text(th="ไม่ได้ระบุค่าที่เสนอ", en="nothing is stated")
_LONG = Text(
    th=f"คำตอบยาวเกิน {LONGEST} ตัวอักษร", en=f"the answer is longer than {LONGEST} characters"
)
_ONLY_COMPLIES = Text(
    th="ระบุเพียงว่าตรงตามข้อกำหนด แต่ไม่บอกค่าที่เสนอ",
    en="it says that it complies, not what is offered",
)
_YES_OR_NO = Text(
    th="อ่านไม่ได้ว่ามีหรือไม่มี ให้คณะทำงานพิจารณาจากเอกสารของผู้เสนอราคา",
    en="it cannot be told whether this says yes or no; judge it by the bidder's document",
)
_SEVERAL_LEVELS = Text(
    th="ระบุหลายระดับ ไม่ทราบว่าเสนอระดับใด", en="several levels are stated; which one is offered?"
)
_EMPTY_SET = Text(th="อ่านว่าไม่มีรายการใดเลย", en="read as: none of them")
