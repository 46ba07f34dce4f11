"""Do what an entry of the schedule says, and note what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from controller.accounts.actor import Actor, require
from controller.errors import KhaenError, Refused, StoreError, Text
from controller.operations.audit_devices import audit_devices
from controller.operations.back_up_devices import back_up_devices
from controller.operations.context import Context
from controller.operations.pack_backups import keep_packed
from controller.operations.poll_devices import poll_devices
from controller.operations.remind_cases import remind_cases
from controller.operations.report_compliance import Format, file_name, print_compliance
from controller.operations.run_playbook import run_playbook
from controller.playbooks.parameter import typed
from controller.playbooks.running import PLAYBOOK_STATES
from controller.schedules.schedule import Entry
from controller.store import audit_log, schedule
from controller.store.schedule import Slot, SlotState

_MOST_NAMED = 5
_KEPT_AS: tuple[Format, ...] = ("pdf", "xlsx")


@dataclass(frozen=True)
class Done:
    """What came of it in words, and figures beside them; `good` when it is what was wanted."""

    words: Text
    figures: Mapping[str, Any] = field(default_factory=dict)
    good: bool = True


def do_scheduled(context: Context, actor: Actor, slot: Slot) -> Slot:
    """The slot as it is afterwards, `done` or `failed`; `slot` is this process's own.

    What fails is noted with its reason, no error. Errors: `StoreError` when not even that can be
    noted; then it counts as left by a dead process and is done again.
    """
    require(actor, "run_schedule")
    state: SlotState = "failed"
    came = Done(_BROKEN)
    try:
        came = _task(slot)(context, actor, _entry(context, slot))
        state = "done" if came.good else "failed"
    except KhaenError as error:
        came = Done(error.message)
    finally:
        ended = _end(context, actor, slot, state, came)
    return ended


def _task(slot: Slot) -> Callable[[Context, Actor, Entry], Done]:
    if slot.task in _TASKS:
        return _TASKS[slot.task]
    raise Refused(
        Text(
            th=f"โปรแกรมรุ่นนี้ไม่รู้จักงาน {slot.task}",
            en=f"this version of the program has no task {slot.task}",
        )
    )


def _entry(context: Context, slot: Slot) -> Entry:
    entry = context.schedule().entry(slot.name)
    if entry is None or entry.do != slot.task:
        raise Refused(
            Text(
                th=f"กำหนดเวลาไม่มีรายการ {slot.name} แล้ว",
                en=f"the schedule has no entry {slot.name} any more",
            )
        )
    return entry


def _end(context: Context, actor: Actor, slot: Slot, state: SlotState, came: Done) -> Slot:
    now = context.clock()
    words = {"th": came.words.th, "en": came.words.en}
    content = {**slot.content, **came.figures, "words": words}
    with context.store.begin() as conn:
        if schedule.end_slot(conn, slot, state, content, now):
            audit_log.append(
                conn,
                actor=slot.by,
                action="do_scheduled",
                subject=slot.name,
                content={"task": slot.task, "slot": slot.slot.isoformat(), "state": state},
                at=now,
            )
    return replace(slot, ended=now, alive=now, state=state, content=content)


def _back_up(context: Context, actor: Actor, entry: Entry) -> Done:
    backups = back_up_devices(context, actor, entry.select)
    failed = [backup.device for backup in backups if backup.state == "failed"]
    changed = sum(backup.state in {"new", "changed"} for backup in backups)
    named = ", ".join(failed[:_MOST_NAMED]) + (" …" if len(failed) > _MOST_NAMED else "")
    words = Text(
        th=f"สำรอง {len(backups)} เครื่อง เปลี่ยน {changed} ไม่สำเร็จ {len(failed)}",
        en=f"{len(backups)} devices, {changed} changed, {len(failed)} failed",
    )
    if failed:
        words = Text(th=f"{words.th} ({named})", en=f"{words.en} ({named})")
    figures = {"devices": len(backups), "changed": changed, "failed": len(failed)}
    return Done(words, figures)


def _audit(context: Context, actor: Actor, entry: Entry) -> Done:
    audit = audit_devices(context, actor, entry.select, why="schedule")
    tally = audit.tally
    score = "-" if tally.score is None else f"{tally.score} %"
    words = Text(
        th=f"ตรวจ {len(audit.devices)} เครื่อง ไม่ผ่าน {tally.failed} ไม่ทราบ {tally.unknown} "
        f"คะแนน {score}",
        en=f"{len(audit.devices)} devices, {tally.failed} failed, {tally.unknown} unknown, {score}",
    )
    figures = {
        "audit": audit.id,
        "devices": len(audit.devices),
        "failed": tally.failed,
        "unknown": tally.unknown,
        "changed": len(audit.changed),
    }
    return Done(words, figures)


def _poll(context: Context, actor: Actor, entry: Entry) -> Done:
    polled = poll_devices(context, actor, entry.select)
    states = Counter(health.status for health in polled.health.values())
    asked, up = len(polled.asked), states["up"]
    words = Text(th=f"ถาม {asked} เครื่อง ติดต่อได้ {up}", en=f"{asked} devices asked, {up} up")
    if not polled.kept:
        words = Text(
            th=f"{words.th} (worker ตรวจสุขภาพตามรอบอยู่แล้ว ครั้งนี้จึงไม่เก็บผล)",
            en=f"{words.en} (a worker polls on its own, so nothing was kept of this)",
        )
    return Done(words, {"devices": asked, "states": dict(states)})


def _remind(context: Context, actor: Actor, _: Entry) -> Done:
    told = remind_cases(context, actor)
    cases = len({notice.case for notice in told})
    failed = sum(notice.state == "failed" for notice in told)
    words = Text(
        th=f"เตือน {len(told)} คนใน {cases} เรื่องที่เกินกำหนด ส่งไม่สำเร็จ {failed}",
        en=f"{len(told)} reminded in {cases} overdue cases, {failed} not delivered",
    )
    return Done(words, {"reminders": len(told), "cases": cases, "failed": failed})


def _playbook(context: Context, actor: Actor, entry: Entry) -> Done:
    """A run as any other; a device that failed or was unreachable makes it a failure."""
    given = {name: typed(value) for name, value in entry.set.items()}
    view = run_playbook(context, actor, entry.playbook, entry.select, given=given, why="schedule")
    run, counts = view.record, view.counts
    state, fine = PLAYBOOK_STATES[run.state], counts.get("ok", 0)
    bad = counts.get("failed", 0) + counts.get("unreachable", 0)
    words = Text(
        th=f"{run.id} {state.th} เรียบร้อย {fine} เครื่อง ไม่สำเร็จ {bad}",
        en=f"{run.id} {state.en}, {fine} devices ok, {bad} failed",
    )
    if run.note_en:
        words = Text(th=f"{words.th}: {run.note_th}", en=f"{words.en}: {run.note_en}")
    return Done(words, {"run": run.id, "devices": dict(counts)}, good=view.good)


def _pack(context: Context, actor: Actor, _: Entry) -> Done:
    packed = keep_packed(context, actor.username)
    if packed is None:
        return Done(Text(th="โปรแกรมอีกตัวหนึ่งกำลังทำอยู่", en="another process is at it"))
    millions = packed.bytes / 1_000_000
    words = Text(
        th=f"จัดเก็บ {packed.objects} รายการ รวม {millions:.1f} ล้านไบต์",
        en=f"{packed.objects} objects packed, {millions:.1f} million bytes in all",
    )
    return Done(words, {"objects": packed.objects, "bytes": packed.bytes})


def _report(context: Context, actor: Actor, _: Entry) -> Done:
    """The director's report and its sheets of this day, in the var folder."""
    folder, day = context.folder / "reports", context.today().isoformat()
    names = [f"{day}-{file_name(wanted)}" for wanted in _KEPT_AS]
    papers = [print_compliance(context, actor, wanted) for wanted in _KEPT_AS]
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        for name, paper in zip(names, papers, strict=True):
            (folder / name).write_bytes(paper)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise StoreError(
            Text(th=f"เขียนรายงานลง {folder} ไม่ได้: {why}", en=f"cannot write to {folder}: {why}")
        ) from None
    listed = ", ".join(f"var/reports/{name}" for name in names)
    return Done(Text(th=f"รายงานอยู่ที่ {listed}", en=f"the report is {listed}"), {"files": names})


_BROKEN = Text(
    th="โปรแกรมขัดข้องระหว่างทำงานนี้ ดูรายละเอียดในบันทึกของโปรแกรม",
    en="the program broke down at this; its own log tells more",
)
_TASKS: dict[str, Callable[[Context, Actor, Entry], Done]] = {
    "backup": _back_up,
    "audit": _audit,
    "pack": _pack,
    "report": _report,
    "poll": _poll,
    "remind": _remind,
    "playbook": _playbook,
}
