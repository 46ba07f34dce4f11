"""Plan a maintenance window: a time in which nobody is told what is wrong with some devices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.operations.context import Context
from controller.operations.list_maintenance import require_moments
from controller.operations.show_device import visible_device
from controller.operations.show_site import visible_site
from controller.store import audit_log, cases, maintenance
from controller.store.canonical import time_text
from controller.store.maintenance import Window

LONGEST = timedelta(days=31)


def plan_maintenance(
    context: Context,
    actor: Actor,
    *,
    starts: datetime,
    ends: datetime,
    reason: str,
    site: str = "",
    devices: Sequence[str] = (),
    approved: str = "",
) -> Window:
    """A window about devices, or about a whole site.

    `approved` is the number of a case, or of the order it rests on: only with one is the time left
    out of availability. The same window again is the one there is. Errors: `InputError` (no
    device, no reason, over before it begins, too long); `NotFound` for a device, site or case.
    """
    require(actor, "plan_maintenance")
    require_moments(starts, ends)
    inventory = context.inventory()
    names = tuple(sorted({visible_device(inventory, actor, name).name for name in devices}))
    place = visible_site(inventory, actor, site).site if site else ""
    now = context.clock()
    _require_sound(starts, ends, reason, now, anything=bool(names or place))
    window = Window(
        site="" if names else place,
        devices=names,
        starts=starts,
        ends=ends,
        reason=reason.strip(),
        approved=approved.strip(),
        made_by=actor.username,
        made=now,
    )
    with context.store.begin() as conn:
        if _looks_like_a_case(window.approved):
            cases.load_case(conn, window.approved)
        for there in maintenance.planned_windows(conn, starts - timedelta(seconds=1), ends):
            if there.cancelled_by is None and _same(there, window):
                return there
        number = maintenance.add_window(conn, window)
        audit_log.append(
            conn,
            actor=actor.username,
            action="plan_maintenance",
            subject=f"maintenance-{number}",
            content={
                "site": window.site,
                "devices": list(names),
                "starts": time_text(starts),
                "ends": time_text(ends),
                "reason": window.reason,
                "approved": window.approved,
            },
            at=now,
        )
    return replace(window, id=number)


def _same(one: Window, other: Window) -> bool:
    return replace(one, id=0, made_by="", made=other.made) == replace(other, made_by="")


def _looks_like_a_case(approved: str) -> bool:
    """Case numbers begin like `2569-2.3-`; orders (`๑๑๒/๒๕๖๙`) are not ours to look up."""
    year, _, rest = approved.partition("-")
    return year.isascii() and year.isdecimal() and rest[:1].isdecimal() and "-" in rest


def _require_sound(
    starts: datetime, ends: datetime, reason: str, now: datetime, *, anything: bool
) -> None:
    if not anything:
        raise InputError(
            Text(th="ต้องระบุอุปกรณ์หรือหน่วยงาน", en="name devices or a site"),
            hint=Text(
                th="khaen maintenance plan --site ชื่อหน่วยงาน หรือ --device ชื่ออุปกรณ์",
                en="khaen maintenance plan --site SITE, or --device DEVICE",
            ),
        )
    if not reason.strip():
        raise InputError(Text(th="ต้องบอกเหตุผล", en="a reason is needed"))
    if ends <= starts or ends <= now:
        raise InputError(
            Text(
                th="ช่วงบำรุงรักษาต้องสิ้นสุดหลังเวลาเริ่ม และหลังเวลาปัจจุบัน",
                en="a window ends after it begins, and not in the past",
            )
        )
    if ends - starts > LONGEST:
        raise InputError(
            Text(
                th=f"ช่วงบำรุงรักษายาวได้ไม่เกิน {LONGEST.days} วัน",
                en=f"a window is at most {LONGEST.days} days long",
            ),
            hint=Text(
                th="ถ้านานกว่านั้น ให้ใส่ maintenance ที่อุปกรณ์ในทะเบียน",
                en="for longer, give the device `maintenance` in the inventory",
            ),
        )
