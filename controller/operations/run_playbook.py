"""Run a playbook that only reads, or only look at what one would do."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Refused, Text
from controller.inventory.device import Device
from controller.inventory.selector import parse_selector
from controller.operations.context import Context
from controller.operations.do_playbook_run import do_playbook_run
from controller.operations.select_devices import devices_meant
from controller.operations.show_playbook_run import PlaybookRunView
from controller.playbooks.catalogue import Playbook
from controller.playbooks.parameter import read_parameters
from controller.playbooks.result import TaskResult
from controller.playbooks.running import PlaybookDevice, PlaybookRecord
from controller.runs.playbook_pulse import PlaybookPulse
from controller.store import audit_log, playbook_runs
from controller.store.engine import Connection
from controller.thai import local_time


def run_playbook(
    context: Context,
    actor: Actor,
    name: str,
    selector: str,
    *,
    given: Mapping[str, str] | None = None,
    check: bool = False,
    by_worker: bool = False,
    why: Literal["asked", "schedule"] = "asked",
    begun: Callable[[PlaybookRecord], None] = lambda _: None,
    show: Callable[[TaskResult], None] = lambda _: None,
    stopped: Callable[[], str | None] = lambda: None,
) -> PlaybookRunView:
    """Run a playbook of risk `read` on the selected devices; with `check`, any, in check mode.

    It runs in this process, and the answer is how it ended; with `by_worker` it waits for a worker,
    and the answer is the run as it waits. `given` are the parameters as people type them. Devices
    of platforms the playbook is not written for are `not-run`. `begun` is told the run, `show` each
    result as it comes; `stopped` is asked often whether to stop, and says who wants it.

    What happens to devices is in the answer, never an error. Errors: `NotFound` for a playbook
    there is not; `Refused` for one that changes devices, without `check`; `InputError` for a
    selector, a parameter, or where there is no Ansible.
    """
    require(actor, "run_playbook")
    playbook = context.playbooks().known(name)
    if playbook.meta.risk == "change" and not check:
        raise _needs_a_case(name)
    context.player().tools()
    chosen = parse_selector(selector)
    devices = devices_for(playbook, devices_meant(context.inventory(), chosen))
    now = context.clock()
    record = PlaybookRecord(
        id=_new_id(name, now),
        playbook=name,
        selector=chosen.text,
        parameters=read_parameters(playbook.meta, given or {}, tuple(context.settings.secrets)),
        check=check,
        why=why,
        by=actor.username,
        state="waiting",
        sha256=playbook.sha256,
        started=now,
    )
    if by_worker:
        with context.store.begin() as conn:
            _create(conn, record, devices)
        begun(record)
        return _view(context, record.id)
    with PlaybookPulse(context.store, context.clock, record.id) as pulse:
        mine = record.model_copy(update={"state": "running", "executor": pulse.me})
        with context.store.begin() as conn:
            _create(conn, mine, devices)
        begun(mine)
        do_playbook_run(context, actor, mine, pulse, show=show, stopped=stopped)
    return _view(context, record.id)


def devices_for(playbook: Playbook, devices: tuple[Device, ...]) -> tuple[PlaybookDevice, ...]:
    """The devices as a run of the playbook begins: those of other platforms are `not-run`.

    Errors: `InputError` when none is of a platform the playbook is written for.
    """
    fit = {device.name for device in devices if device.platform in playbook.meta.platforms}
    if not fit:
        written = ", ".join(playbook.meta.platforms)
        raise InputError(
            Text(
                th=f"เพลย์บุ๊ก {playbook.name} ใช้กับอุปกรณ์ที่เลือกไม่ได้สักเครื่อง",
                en=f"the playbook {playbook.name} is written for none of the selected devices",
            ),
            hint=Text(th=f"ใช้ได้กับแพลตฟอร์ม {written}", en=f"it is written for {written}"),
        )
    return tuple(
        PlaybookDevice(device=d.name, state="waiting" if d.name in fit else "not-run")
        for d in devices
    )


def _create(conn: Connection, record: PlaybookRecord, devices: tuple[PlaybookDevice, ...]) -> None:
    playbook_runs.create_run(conn, record, devices)
    audit_log.append(
        conn,
        actor=record.by,
        action="run_playbook",
        subject=record.playbook,
        content={
            "run": record.id,
            "selector": record.selector,
            "devices": sum(device.state == "waiting" for device in devices),
            "check": record.check,
            "sha256": record.sha256,
        },
        at=record.started,
    )


def _view(context: Context, run: str) -> PlaybookRunView:
    with context.store.read() as conn:
        return PlaybookRunView(
            playbook_runs.load_run(conn, run),
            playbook_runs.state_counts(conn, [run])[run],
            playbook_runs.run_devices(conn, run),
        )


def _new_id(playbook: str, now: datetime) -> str:
    return f"{playbook}-{local_time(now):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def _needs_a_case(name: str) -> Refused:
    return Refused(
        Text(
            th=f"เพลย์บุ๊ก {name} เปลี่ยนแปลงอุปกรณ์ จึงรันได้เมื่อเรื่องได้รับอนุมัติแล้วเท่านั้น",
            en=f"the playbook {name} changes devices, so it runs only in an approved case",
        ),
        hint=Text(
            th=f"วางแผนก่อนด้วย khaen playbook run {name} --select … --check "
            "แล้วเสนอเป็นเรื่อง อนุมัติแล้วใช้ khaen apply",
            en=f"plan it first: khaen playbook run {name} --select … --check, "
            "then a case, then khaen apply",
        ),
    )
