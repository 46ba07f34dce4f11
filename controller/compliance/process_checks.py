"""Checks of what is on record about a device: backups, changes, alerts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from controller.compliance.check import ProcessCheck
from controller.compliance.evidence import Evidence
from controller.compliance.outcome import PASSED, Outcome, failed, together, unknown
from controller.errors import Text

_DAY, _HOUR = 86_400.0, 3_600.0


def judge_process(check: ProcessCheck, evidence: Evidence) -> Outcome:
    """The verdict on a device. A backup nobody ever made is a failure, not unknown."""
    return together(_outcomes(check, evidence))


def _outcomes(check: ProcessCheck, evidence: Evidence) -> Iterator[Outcome]:
    past, now = evidence.past, evidence.now
    if check.backup_at_most_days is not None:
        yield _backup(past.backed_up, check.backup_at_most_days, now)
    if check.changed_by_case is not None:
        yield _changed(past.changed_by_case, check.changed_by_case)
    if check.alerts_noted_within_hours is not None:
        yield _alerts(past.oldest_unacknowledged, check.alerts_noted_within_hours, now)


def _backup(made: datetime | None, days: float, now: datetime) -> Outcome:
    if made is None:
        return failed(_NEVER_BACKED_UP)
    age = (now - made).total_seconds() / _DAY
    if age <= days:
        return PASSED
    return failed(
        Text(
            th=f"สำรองค่าครั้งล่าสุดเมื่อ {age:.1f} วันก่อน เกินเกณฑ์ {days:g} วัน",
            en=f"backed up {age:.1f} days ago; at most {days:g} are allowed",
        ),
        f"backed_up: {made.isoformat()}",
    )


def _changed(case: str | None, wanted: bool) -> Outcome:
    if case is None:
        return unknown(_NO_RECORD)
    if bool(case) == wanted:
        return PASSED
    return failed(_WITH_CASE if case else _WITHOUT_CASE, f"case: {case}" if case else "")


def _alerts(oldest: datetime | None, hours: float, now: datetime) -> Outcome:
    if oldest is None:
        return PASSED
    waited = (now - oldest).total_seconds() / _HOUR
    if waited <= hours:
        return PASSED
    return failed(
        Text(
            th=f"มีการแจ้งเตือนที่ยังไม่มีผู้รับทราบมา {waited:.0f} ชั่วโมง เกินเกณฑ์ {hours:g} ชั่วโมง",
            en=f"an alert waits {waited:.0f} hours for somebody to note it; {hours:g} are allowed",
        ),
        f"opened: {oldest.isoformat()}",
    )


_NEVER_BACKED_UP = Text(th="ยังไม่เคยสำรองค่า", en="its configuration was never backed up")
_NO_RECORD = Text(
    th="ไม่มีบันทึกว่าค่าปัจจุบันมาจากที่ใด", en="nothing on record says how its configuration came about"
)
_WITHOUT_CASE = Text(
    th="ค่าปัจจุบันไม่ได้มาจากเรื่องที่ได้รับอนุมัติ", en="its configuration came by no approved case"
)
_WITH_CASE = Text(th="ค่าปัจจุบันมาจากเรื่องที่ได้รับอนุมัติ", en="its configuration came by an approved case")
