"""Judge the devices of which something has changed since: a rule, the inventory, a backup."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.operations.audit_devices import Audit, judge_devices, known_now
from controller.operations.context import Context
from controller.store import findings


def audit_changed(context: Context, actor: Actor) -> Audit | None:
    """The audit of those devices alone; None when nothing has changed of any.

    A device never judged waits for the first audit that is asked for or on schedule. Errors:
    `InputError` for a workspace that cannot be read, `StoreError`.
    """
    require(actor, "audit_devices")
    book = context.rulebook()
    with context.store.read() as conn:
        known = findings.judged_keys(conn)
    devices = [d for d in context.inventory().devices if d.name in known]
    _, keys = known_now(context, devices, book)
    changed = [d for d in devices if known[d.name][0] != keys[d.name]]
    if not changed:
        return None
    names = ",".join(d.name for d in changed) if len(changed) < len(devices) else ""
    selector = f"name={names}" if names else "all"
    return judge_devices(context, actor.username, changed, book, why="change", selector=selector)
