"""Polling, receiving traps and the schedule beside the other work of a worker."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager

from controller.operations.context import Context
from controller.runs.identity import host, new_executor_id
from controller.settings import QUEUES


@contextmanager
def watch(
    context: Context, queues: Collection[str] = QUEUES, me: str | None = None
) -> Iterator[bool]:
    """Do meanwhile what these queues ask for; False when nothing is to be polled.

    That is so when `health.poll` is off, or no way to ask is set (`snmp.access`). Traps are
    received where `snmp.trap_port` is set. `me` is a name no other process has or had.
    """
    name = me or new_executor_id()
    with ExitStack() as beside:
        if "listening" in queues:
            beside.enter_context(receiving_traps(context))
            beside.enter_context(hearing_syslog(context))
        if "schedule" in queues:
            beside.enter_context(keeping_schedule(context, name))
        if "runs" in queues:
            beside.enter_context(running_playbooks(context))
        polls = context.settings.health.poll and bool(context.settings.snmp.access)
        if polls and "polling" in queues:
            beside.enter_context(polling(context, name))
        yield polls


@contextmanager
def polling(context: Context, me: str) -> Iterator[None]:
    """Poll the devices on schedule meanwhile."""
    from controller.polling.schedule import Schedule

    schedule = Schedule(context.polling(), me, host())
    try:
        yield
    finally:
        schedule.close()


@contextmanager
def keeping_schedule(context: Context, me: str) -> Iterator[None]:
    """Do meanwhile what the workspace wants done by itself, and fetch what devices tell of."""
    from controller.worker.scheduling import Scheduling

    scheduling = Scheduling(context, me)
    scheduling.start()
    try:
        yield
    finally:
        scheduling.stop()


@contextmanager
def running_playbooks(context: Context) -> Iterator[None]:
    """Carry out meanwhile the playbook runs that wait, and those of processes that died."""
    from controller.worker.playbook_runs import PlaybookRuns

    runs = PlaybookRuns(context)
    runs.start()
    try:
        yield
    finally:
        runs.stop()


@contextmanager
def hearing_syslog(context: Context) -> Iterator[None]:
    """Hear meanwhile which devices tell of being configured; nothing without `syslog.port`."""
    settings = context.settings.syslog
    if settings.port is None:
        yield
        return
    from controller.polling.hearing import Hearing

    place = (settings.host, settings.port)
    hearing = Hearing(context.store, context.inventory, context.clock, place)
    hearing.start()
    try:
        yield
    finally:
        hearing.stop()


@contextmanager
def receiving_traps(context: Context) -> Iterator[None]:
    """Receive traps meanwhile; nothing happens without `snmp.trap_port`."""
    settings = context.settings.snmp
    if settings.trap_port is None:
        yield
        return
    from controller.polling.trapping import Trapping

    place = (settings.trap_host, settings.trap_port)
    trapping = Trapping(context.store, context.inventory, context.snmp_target, context.clock, place)
    trapping.start()
    try:
        yield
    finally:
        trapping.stop()
