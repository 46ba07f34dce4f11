"""Polling beside the other work of a worker: started with it, ended with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from controller.operations.context import Context
from controller.runs.identity import host, new_executor_id


@contextmanager
def watch(context: Context) -> Iterator[bool]:
    """Poll the devices on schedule meanwhile; False when nothing is to be polled.

    That is so when `health.poll` is off, or no way to ask is set (`snmp.access`).
    """
    if not context.settings.health.poll or not context.settings.snmp.access:
        yield False
        return
    from controller.polling.schedule import Schedule

    schedule = Schedule(context.polling(), new_executor_id(), host())
    try:
        yield True
    finally:
        schedule.close()
