"""Findings in words, for wherever a line of text is all there is room for."""

from __future__ import annotations

from controller.compliance.finding import VERDICT_NAMES, Detail, Finding
from controller.errors import Text

_BETWEEN = " > "
_KINDS: dict[str, Text] = {
    "missing": Text(th="ขาดบรรทัด", en="missing"),
    "extra": Text(th="มีบรรทัดที่ไม่ควรมี", en="should not be there"),
    "order": Text(th="ลำดับไม่ถูกต้อง", en="in the wrong place"),
    "value": Text(th="ค่าไม่ตรงเกณฑ์", en="not as wanted"),
    "unknown": Text(th="ไม่ทราบ", en="unknown"),
}


def place_of(detail: Detail) -> str:
    """The line with the sections around it, `interface Vlan99 > shutdown`; empty without one."""
    return _BETWEEN.join((*detail.path, detail.line) if detail.line else detail.path)


def detail_words(detail: Detail) -> Text:
    """One thing that was found, in one line."""
    kind, place = _KINDS[detail.kind], place_of(detail)
    at = Text(th=f" (บรรทัด {detail.number})", en=f" (line {detail.number})")
    if detail.number is None:
        at = Text("", "")
    if detail.words is None:
        return Text(th=f"{kind.th}{at.th}: {place}", en=f"{kind.en}{at.en}: {place}")
    if not place:
        return detail.words
    return Text(th=f"{detail.words.th}{at.th}: {place}", en=f"{detail.words.en}{at.en}: {place}")


def finding_words(finding: Finding) -> Text:
    """The verdict, and the first thing it rests on, in one line."""
    verdict = VERDICT_NAMES[finding.verdict]
    if finding.expired:
        return Text(
            th=f"{verdict.th}: การผ่อนผัน {finding.expired} หมดอายุแล้ว",
            en=f"{verdict.en}: waiver {finding.expired} has expired",
        )
    if not finding.details:
        return verdict
    first, more = detail_words(finding.details[0]), len(finding.details) - 1
    also = Text(th=f" และอีก {more} รายการ", en=f" and {more} more") if more else Text("", "")
    return Text(th=f"{verdict.th}: {first.th}{also.th}", en=f"{verdict.en}: {first.en}{also.en}")
