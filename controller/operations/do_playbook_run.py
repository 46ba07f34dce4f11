"""Carry a playbook run out that is this process's own: files as asked for, results as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from controller.accounts.actor import SCHEDULE, Actor, require
from controller.errors import KhaenError, Refused, Text
from controller.operations.context import Context
from controller.operations.log_in import actor_of
from controller.playbooks.following import ShareEnd
from controller.playbooks.result import TaskResult
from controller.playbooks.running import PlaybookRecord
from controller.polling.breaking_promises import note_broken_promise
from controller.runs.playbook_pulse import PlaybookPulse
from controller.runs.playbook_reading import Ask, Reading
from controller.runs.player import Play
from controller.store import audit_log, playbook_runs
from controller.store.engine import Connection
from controller.store.limits import Limits
from controller.workspace.load import Workspace
from controller.workspace.playbooks import playbook_bytes


def do_playbook_run(
    context: Context,
    actor: Actor,
    record: PlaybookRecord,
    pulse: PlaybookPulse,
    *,
    leaving: Callable[[], bool] = lambda: False,
    stopped: Callable[[], str | None] = lambda: None,
    show: Callable[[TaskResult], None] = lambda _: None,
) -> bool:
    """Carry out a run that `pulse` has; False when it was left for another process.

    Whatever keeps it from running is its end and said in its note, no error. What it runs is what
    was asked for: another file since then ends it as `failed`. Errors: `StoreError` when not even
    that can be noted.
    """
    require(actor, "run_playbook")
    words: Text | None = _BROKEN
    ended = True
    try:
        ended = _reading(context, record, pulse, leaving, stopped, show).go()
        words = None
    except KhaenError as error:
        words = _whole(error)
    finally:
        if words is not None:
            _fail(context, record, pulse, words)
    return ended


def _reading(
    context: Context,
    record: PlaybookRecord,
    pulse: PlaybookPulse,
    leaving: Callable[[], bool],
    stopped: Callable[[], str | None],
    show: Callable[[TaskResult], None],
) -> Reading:
    """Everything that can be wrong before a device is asked is found out here."""
    _still_may(context, record)
    workspace = context.workspace()
    playbook = workspace.playbooks.known(record.playbook)
    if playbook.sha256 != record.sha256:
        raise _other_files(record.playbook)
    seconds = playbook.meta.timeout_minutes * 60.0
    return Reading(
        store=context.store,
        clock=context.clock,
        record=record,
        risk=playbook.meta.risk,
        pulse=pulse,
        ask=_ansible(context, record, workspace),
        share=context.settings.playbooks.share,
        seconds=seconds,
        betrayed=_telling(context, record),
        leaving=leaving,
        stopped=stopped,
        show=show,
        limits=Limits(**context.settings.queues.runs.model_dump()),
    )


def _ansible(context: Context, record: PlaybookRecord, workspace: Workspace) -> Ask:
    """The playbook, ready to be run on any of the run's devices."""
    with context.store.read() as conn:
        found = playbook_runs.run_devices(conn, record.id)
    names = {one.device for one in found if one.state in ("waiting", "running")}
    gone = sorted(names - {device.name for device in workspace.inventory.devices})
    if gone:
        raise Refused(
            Text(
                th=f"ทะเบียนไม่มีอุปกรณ์ {', '.join(gone)} แล้ว",
                en=f"the inventory has no device {', '.join(gone)} any more",
            )
        )
    player = context.player()
    player.tools()
    files = playbook_bytes(workspace.root, workspace.playbooks.known(record.playbook))
    devices = tuple(sorted(names))

    def ask(
        share: Sequence[str],
        left: float,
        on_result: Callable[[TaskResult], None],
        stop: Callable[[], bool],
    ) -> ShareEnd:
        play = Play(
            playbook=record.playbook,
            files=files,
            parameters=record.parameters,
            devices=devices,
            limit=tuple(share),
            check=record.check,
            seconds=left,
        )
        return player.play(workspace, play, on_result, stop)

    return ask


def _telling(context: Context, record: PlaybookRecord) -> Callable[[Connection, TaskResult], None]:
    """What is done when the playbook breaks its promise; all that may fail is read beforehand."""
    inventory = context.inventory()

    def tell(conn: Connection, result: TaskResult) -> None:
        now = context.clock()
        device = inventory.device(result.device)
        if device is not None and not record.check:
            note_broken_promise(
                conn, inventory, device, record.playbook, record.id, result.task, now
            )
        audit_log.append(
            conn,
            actor=record.by,
            action="playbook_broke_its_promise",
            subject=record.playbook,
            content={
                "run": record.id,
                "device": result.device,
                "task": result.task,
                "module": result.module,
                "check": record.check,
            },
            at=now,
        )

    return tell


def _still_may(context: Context, record: PlaybookRecord) -> None:
    """Who asked may have lost the right since. Errors: `NotAllowed`."""
    if record.by == SCHEDULE.username:
        return
    require(actor_of(context.office(), record.by, context.clock()), "run_playbook")


def _fail(context: Context, record: PlaybookRecord, pulse: PlaybookPulse, words: Text) -> None:
    with context.store.begin(audited=False) as conn:
        if playbook_runs.still_mine(conn, record.id, pulse.me):
            playbook_runs.finish_run(conn, record.id, "failed", at=context.clock(), note=words)


def _whole(error: KhaenError) -> Text:
    """The words of an error, and what to do next."""
    if error.hint is None:
        return error.message
    return Text(
        th=f"{error.message.th} ({error.hint.th})", en=f"{error.message.en} ({error.hint.en})"
    )


def _other_files(name: str) -> Refused:
    return Refused(
        Text(
            th=f"ไฟล์ของเพลย์บุ๊ก {name} เปลี่ยนไปหลังจากสั่งรัน จึงไม่ได้รัน",
            en=f"the files of the playbook {name} changed since it was asked for; it was not run",
        ),
        hint=Text(th="สั่งรันใหม่", en="ask for it again"),
    )


_BROKEN = Text(
    th="โปรแกรมขัดข้องระหว่างการรันนี้ ดูรายละเอียดในบันทึกของโปรแกรม",
    en="the program broke down at this; its own log tells more",
)
