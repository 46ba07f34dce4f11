"""End a maintenance window before its time."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import Refused, Text
from controller.operations.context import Context
from controller.store import audit_log, maintenance
from controller.store.maintenance import Window


def cancel_maintenance(context: Context, actor: Actor, asked: int | str) -> Window:
    """The window, ended now; one that has not begun never will. Doing it again changes nothing.

    Errors: `NotFound`; `Refused` when it is over.
    """
    require(actor, "cancel_maintenance")
    number = _number(asked)
    now = context.clock()
    with context.store.begin() as conn:
        window = maintenance.load_window(conn, number)
        if window.cancelled_by is not None:
            return window
        if not maintenance.cancel_window(conn, number, actor.username, now):
            raise Refused(
                Text(
                    th=f"ช่วงบำรุงรักษา {number} สิ้นสุดไปแล้ว",
                    en=f"maintenance window {number} is over",
                )
            )
        audit_log.append(
            conn,
            actor=actor.username,
            action="cancel_maintenance",
            subject=f"maintenance-{number}",
            content={"reason": window.reason},
            at=now,
        )
        return maintenance.load_window(conn, number)


def _number(asked: int | str) -> int:
    if isinstance(asked, int):
        return asked
    if asked.isascii() and asked.isdecimal() and len(asked) < 10:
        return int(asked)
    raise maintenance.no_window(asked)
