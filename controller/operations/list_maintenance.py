"""The maintenance windows: those on, those to come, those that were."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.operations.context import Context
from controller.store import maintenance
from controller.store.maintenance import Window

_AHEAD = timedelta(days=366)


def list_maintenance(
    context: Context,
    actor: Actor,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[Window, ...]:
    """Planned windows and those that runs are, that touch a period, by start.

    Without `since` those that are not over yet; without `until` up to a year ahead. A school gets
    those that are about its own devices, and of them only its own devices.
    """
    require(actor, "list_alerts")
    require_moments(since, until)
    now = context.clock()
    with context.store.read() as conn:
        found = maintenance.windows_between(conn, since or now, until or now + _AHEAD)
    if not actor.of_school:
        return found
    here = context.inventory().site(actor.site or "")
    own = frozenset(d.name for d in here.devices) if here else frozenset()
    seen = (_for_school(window, actor.site or "", own) for window in found)
    return tuple(window for window in seen if window is not None)


def require_moments(*given: datetime | None) -> None:
    """Pass for times with a zone, within this program's lifetime. Errors: `InputError`."""
    for at in given:
        if at is not None and (at.tzinfo is None or not 1990 <= at.year <= 2190):
            raise InputError(
                Text(
                    th="เวลาต้องมีเขตเวลา และอยู่ระหว่าง ค.ศ. 1990 ถึง 2190",
                    en="a time needs its zone, and lies between 1990 and 2190",
                )
            )


def _for_school(window: Window, site: str, own: frozenset[str]) -> Window | None:
    if not window.devices:
        return window if window.site == site else None
    devices = tuple(name for name in window.devices if name in own)
    return replace(window, devices=devices) if devices else None
