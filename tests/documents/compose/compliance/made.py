"""An office as the rules found it, made up: the same in every run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random

from controller.compliance.finding import Verdict
from controller.compliance.rule import Rule, Waiver
from controller.compliance.scores import Count, Tally
from controller.documents.compose.compliance.audited import (
    Audited,
    DeviceResult,
    Listed,
    RuleResult,
    SiteResult,
    SiteRule,
    WaiverResult,
)

DAY = date(2026, 11, 27)
AT = datetime(2026, 11, 27, 2, 30, tzinfo=UTC)
DISTRICTS = ("เมืองขอนแก่น", "บ้านไผ่", "น้ำพอง", "พล", "ชุมแพ")
_TITLES = (
    ("จัดการอุปกรณ์ด้วย SSH รุ่น 2 เท่านั้น", "critical"),
    ("ไม่เปิดบริการ Telnet", "critical"),
    ("มีข้อความเตือนก่อนเข้าสู่ระบบเป็นภาษาไทย", "notice"),
    ("ส่งบันทึกเหตุการณ์ไปยังเครื่องเก็บบันทึกของสำนักงานเขตพื้นที่การศึกษาและเก็บไว้ไม่น้อยกว่า 90 วัน", "warning"),
    ("ตั้งเวลาตรงกับ NTP ของสำนักงาน", "warning"),
    ("พอร์ตที่ไม่ใช้ต้องปิด", "notice"),
    ("ป้องกันการวนซ้ำของเครือข่าย (BPDU guard)", "warning"),
    ("สำรองข้อมูลไม่เกิน 7 วัน", "warning"),
)  # fmt: skip


def rule(number: int) -> Rule:
    """The rule of this number, from 0."""
    title, severity = _TITLES[number % len(_TITLES)]
    again = number // len(_TITLES)
    return Rule.model_validate(
        {
            "id": f"rule-{number:02}",
            "title": {"th": title + (f" ({again + 1})" if again else ""), "en": f"Rule {number}"},
            "why": [{"kind": "standard", "reference": "CIS 1.2"}],
            "severity": severity,
            "checks": [{"configuration": {"required": "x"}}],
        }
    )


def audited(*, sites: int = 6, each: int = 5, rules: int = 8, seed: int = 1) -> Audited:
    """What the rules found at so many sites with so many devices each, good ones and bad ones."""
    dice = Random(seed)
    book = [rule(n) for n in range(rules)]
    counts: dict[object, Count] = {}
    verdicts: dict[tuple[str, str], Verdict] = {}
    names = [f"school-{n:02}" for n in range(1, sites + 1)]
    for number, site in enumerate(names):
        for device in _devices(site, each):
            for one in book:
                found = _verdict(dice, number / max(sites, 1), one)
                verdicts[device, one.id] = found
                district = DISTRICTS[number % len(DISTRICTS)]
                for key in ("all", site, one.id, device, (one.id, site), ("district", district)):
                    counts.setdefault(key, Count()).add(found, one.severity)
    tallies = {key: count.tally() for key, count in counts.items()}
    pairs = {key: tally for key, tally in tallies.items() if isinstance(key, tuple)}
    found_sites = tuple(
        sorted(
            (_site(name, n, each, book, verdicts, tallies) for n, name in enumerate(names)),
            key=lambda one: (one.tally.score or 0, one.site),
        )
    )
    return Audited(
        day=DAY,
        at=AT,
        tally=tallies.get("all", Tally()),
        sites=found_sites,
        rules=tuple(_rule(one, names, tallies) for one in book),
        cells={key: tally for key, tally in pairs.items() if key[0] != "district"},
        districts=tuple((key[1], tally) for key, tally in pairs.items() if key[0] == "district"),
        trend=tuple(
            (DAY - timedelta(days=n), Tally(score=max(90 - n, 0), passed=10))
            for n in range(30, -1, -1)
        ),
        waivers=(
            WaiverResult(_waiver("old-core", "rule-01", date(2026, 10, 1)), 0, expired=True),
            WaiverResult(_waiver("lab", "rule-05", date(2027, 3, 31)), 4, expired=False),
        ),
        listed=tuple(
            Listed(device.rpartition("-")[0], device, name, found, AT, "ขาด: service x")
            for (device, name), found in verdicts.items()
            if found in ("fail", "unknown")
        ),
    )


def _devices(site: str, each: int) -> list[str]:
    return [f"{site}-sw{n:02}" for n in range(1, each + 1)]


def _verdict(dice: Random, share: float, one: Rule) -> Verdict:
    rolled = dice.random()
    if rolled < 0.1:
        return "not_applicable"
    if rolled < 0.1 + share * 0.5:
        return "fail"
    return "unknown" if rolled > 0.97 else "waived" if rolled > 0.94 else "pass"


def _site(
    name: str,
    number: int,
    each: int,
    book: list[Rule],
    verdicts: Mapping[tuple[str, str], Verdict],
    tallies: Mapping[object, Tally],
) -> SiteResult:
    devices = _devices(name, each)
    found = []
    for one in book:
        failing = tuple(d for d in devices if verdicts[d, one.id] == "fail")
        unknown = tuple(d for d in devices if verdicts[d, one.id] == "unknown")
        if failing or unknown:
            found.append(SiteRule(one, failing, unknown))
    return SiteResult(
        site=name,
        name=f"โรงเรียนตัวอย่างวิทยาคมรัชมังคลาภิเษก {number + 1}",
        district=DISTRICTS[number % len(DISTRICTS)],
        tally=tallies.get(name, Tally()),
        before=(date(2026, 10, 28), 70) if number % 2 else None,
        rules=tuple(sorted(found, key=lambda one: (-len(one.failing), one.rule.id))),
        devices=tuple(
            sorted(
                (DeviceResult(d, "สวิตช์ชั้นผู้ใช้", "C2960", tallies[d]) for d in devices),
                key=lambda one: (one.tally.score or 0, one.device),
            )
        ),
    )


def _rule(one: Rule, sites: list[str], tallies: Mapping[object, Tally]) -> RuleResult:
    failing = sum(tallies[one.id, site].failed > 0 for site in sites)
    return RuleResult(one, tallies.get(one.id, Tally()), failing)


def _waiver(name: str, on: str, until: date) -> Waiver:
    return Waiver(
        id=name,
        rule=on,
        select="role=core",
        reason="รออุปกรณ์ใหม่ที่จัดหาในปีงบประมาณนี้",
        approved_by="ผู้อำนวยการ",
        case="2569-2.3-0007",
        until=until,
    )
