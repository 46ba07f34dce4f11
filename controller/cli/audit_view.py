"""Audits, findings and scores as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from controller.cli import output
from controller.cli.moments import written
from controller.cli.output import words
from controller.compliance.finding import VERDICT_NAMES
from controller.compliance.wording import detail_words, finding_words
from controller.language import pick

if TYPE_CHECKING:
    from controller.compliance.finding import Detail
    from controller.compliance.rulebook import RuleBook
    from controller.compliance.scores import Tally
    from controller.operations.audit_devices import Audit
    from controller.operations.show_compliance import Overview
    from controller.operations.show_device_compliance import DeviceCompliance
    from controller.store.audits import AuditRecord
    from controller.store.findings import Change, Standing

_MOST = 50


def show_audit(done: Audit, wrong: Sequence[Standing], book: RuleBook) -> None:
    """What fails or is unknown, and the sum."""
    show_findings(wrong[:_MOST], book)
    if len(wrong) > _MOST:
        more = len(wrong) - _MOST
        output.note(
            f"… และอีก {more} รายการ ดูด้วย khaen audit findings",
            f"… and {more} more: khaen audit findings",
        )
    output.say(
        f"ตรวจ {len(done.devices)} เครื่อง (ตรวจใหม่ {done.judged}) ผลที่เปลี่ยน {len(done.changed)}",
        f"{len(done.devices)} devices, {done.judged} anew; verdicts changed: {len(done.changed)}",
    )
    output.say(*_sum(done.tally))


def show_findings(found: Iterable[Standing], book: RuleBook) -> None:
    """One line for each."""
    output.table(
        (
            words("ระดับ", "severity"),
            words("อุปกรณ์", "device"),
            words("เกณฑ์", "rule"),
            words("ผลการตรวจ", "finding"),
            words("ตั้งแต่", "since"),
        ),
        [_line(s, book) for s in found],
    )


def show_device(found: DeviceCompliance) -> None:
    """Every finding of a device, each with all it rests on."""
    for pair in found.findings:
        one = pair.standing
        if one.verdict == "not_applicable":
            continue
        title = pick(pair.rule.title.text, output.language())
        verdict = pick(VERDICT_NAMES[one.verdict], output.language())
        output.say(*(f"{verdict}  {pair.rule.id}  {title}",) * 2)
        for detail in one.finding.details:
            output.say(*(f"    {pick(detail_words(detail), output.language())}",) * 2)
    output.say(*_sum(found.tally))


def show_overview(found: Overview) -> None:
    """A line for each site, and the office."""
    output.table(
        (
            words("หน่วยงาน", "site"),
            words("คะแนน", "score"),
            words("ผ่าน", "passed"),
            words("ไม่ผ่าน", "failed"),
            words("ผ่อนผัน", "waived"),
            words("ไม่ทราบ", "unknown"),
            words("เกณฑ์ที่แย่ที่สุด", "worst rule"),
        ),
        [
            (
                s.site.site,
                _score(s.tally),
                str(s.tally.passed),
                str(s.tally.failed),
                str(s.tally.waived),
                str(s.tally.unknown),
                s.worst,
            )
            for s in found.sites
            if s.tally.applies
        ],
    )
    output.say(*_sum(found.tally))


def show_audits(found: Iterable[AuditRecord]) -> None:
    """One line for each audit."""
    output.table(
        (
            words("เลขที่", "number"),
            words("เมื่อ", "at"),
            words("โดย", "by"),
            words("เหตุ", "why"),
            words("เลือก", "selector"),
            words("ตรวจใหม่", "judged"),
            words("เปลี่ยน", "changed"),
            words("ไม่ผ่าน", "failed"),
            words("คะแนน", "score"),
        ),
        [
            (
                str(r.id),
                written(r.at),
                r.by,
                r.why,
                r.selector,
                f"{r.judged}/{r.devices}",
                str(r.changed),
                str(r.tally.failed),
                _score(r.tally),
            )
            for r in found
        ],
    )


def show_changes(found: Iterable[Change]) -> None:
    """One line for each change."""
    output.table(
        (
            words("เมื่อ", "at"),
            words("อุปกรณ์", "device"),
            words("เกณฑ์", "rule"),
            words("กลายเป็น", "became"),
        ),
        [
            (written(c.at), c.device, c.rule, pick(VERDICT_NAMES[c.verdict], output.language()))
            for c in found
        ],
    )


def audit_json(done: Audit, found: Iterable[Standing], book: RuleBook) -> dict[str, Any]:
    """The audit with every finding."""
    return {
        "audit": done.id,
        "at": done.at.isoformat(),
        "devices": len(done.devices),
        "judged": done.judged,
        "changed": [f"{f.device} {f.rule} {f.verdict}" for f in done.changed],
        "tally": tally_json(done.tally),
        "findings": [standing_json(s, book) for s in found],
    }


def standing_json(one: Standing, book: RuleBook) -> dict[str, Any]:
    """A finding with the severity of its rule."""
    rule, finding = book.rule(one.rule), one.finding
    return {
        "device": one.device,
        "rule": one.rule,
        "severity": rule.severity if rule else None,
        "verdict": one.verdict,
        "since": one.since.isoformat(),
        "due": finding.due.isoformat() if finding.due else None,
        "waiver": finding.waiver or None,
        "expired": finding.expired or None,
        "details": [_detail_json(d) for d in finding.details],
    }


def tally_json(tally: Tally) -> dict[str, Any]:
    """The numbers by name."""
    return asdict(tally)


def overview_json(found: Overview) -> dict[str, Any]:
    """Sites and rules with their numbers."""
    return {
        "audit": record_json(found.audit) if found.audit else None,
        "tally": tally_json(found.tally),
        "sites": [
            {"site": s.site.site, "worst": s.worst or None, **tally_json(s.tally)}
            for s in found.sites
        ],
        "rules": [{"rule": r.rule.id, **tally_json(r.tally)} for r in found.rules],
        "districts": {name: tally_json(tally) for name, tally in found.districts.items()},
        "trend": [{"day": day.isoformat(), **tally_json(tally)} for day, tally in found.trend],
    }


def record_json(record: AuditRecord) -> dict[str, Any]:
    """An audit by itself."""
    return {**asdict(record), "at": record.at.isoformat()}


def change_json(change: Change) -> dict[str, Any]:
    """When which verdict became what."""
    return {**asdict(change), "at": change.at.isoformat()}


def _detail_json(detail: Detail) -> dict[str, Any]:
    return {
        "kind": detail.kind,
        "path": list(detail.path),
        "line": detail.line,
        "number": detail.number,
        "words": asdict(detail.words) if detail.words else None,
    }


def _line(one: Standing, book: RuleBook) -> tuple[str, ...]:
    rule = book.rule(one.rule)
    told = pick(finding_words(one.finding), output.language())
    return rule.severity if rule else "", one.device, one.rule, told, written(one.since)


def _score(tally: Tally) -> str:
    return "-" if tally.score is None else f"{tally.score}%"


def _sum(tally: Tally) -> tuple[str, str]:
    th = (
        f"คะแนน {_score(tally)}: ผ่าน {tally.passed} ไม่ผ่าน {tally.failed} ผ่อนผัน {tally.waived} "
        f"ไม่ทราบ {tally.unknown} ไม่เกี่ยวข้อง {tally.not_applicable}"
    )
    en = (
        f"score {_score(tally)}: {tally.passed} pass, {tally.failed} fail, {tally.waived} waived, "
        f"{tally.unknown} unknown, {tally.not_applicable} not applicable"
    )
    return th, en
