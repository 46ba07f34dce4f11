"""Whether somebody does the work nobody waits for: workers, the schedule, letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from controller.errors import KhaenError, Text
from controller.operations.doctor.check import Check, Installation, Need
from controller.runs.environment import Patience
from controller.runs.takeover import is_dead, orphans
from controller.schedules.due import due
from controller.settings import QUEUES, Settings
from controller.store import alert_letters, executors, notices, schedule
from controller.store.engine import Connection, Store
from controller.workspace.schedule import read_schedule

WORKER = Need("work.worker", Text(th="ตัวทำงานเบื้องหลัง (worker)", en="worker"))
RUNS = Need("work.runs", Text(th="งานที่ค้าง", en="unfinished runs"))
SCHEDULE = Need("work.schedule", Text(th="กำหนดเวลา", en="schedule"))
LETTERS = Need("work.notices", Text(th="การส่งหนังสือแจ้ง", en="delivery of notices"))
AT_WORK = (WORKER, RUNS, SCHEDULE, LETTERS)

_START = Text(th="เริ่ม khaen serve หรือ khaen worker", en="start khaen serve or khaen worker")
_STUCK_TRIES = 3


def work(store: Store, at: Installation, settings: Settings) -> Iterator[Check]:
    """Every check of who is at work."""
    now = at.clock()
    with store.read() as conn:
        yield _worker(conn, now)
        yield _runs(conn, now)
        yield _schedule(conn, at, now)
        yield _letters(conn, now)


def _worker(conn: Connection, now: datetime) -> Check:
    lease = Patience().lease
    alive = [one for one in executors.living(conn) if not is_dead(one, now, lease)]
    served = {queue for one in alive if one.draining is None for queue in one.queues}
    left = [queue for queue in QUEUES if queue not in served]
    if served and left:
        names = ", ".join(left)
        return WORKER.warn(
            Text(th=f"ไม่มีผู้รับงานจากคิว {names}", en=f"nobody takes work from the queues {names}"),
            Text(
                th=f"เริ่ม khaen worker --queues {','.join(left)}",
                en=f"start khaen worker --queues {','.join(left)}",
            ),
        )
    if served:
        hosts = ", ".join(sorted({one.host for one in alive if one.queues}))
        return WORKER.ok(f"รับงานครบทุกคิว ({hosts})", f"every queue is served ({hosts})")
    return WORKER.warn(
        Text(
            th="ไม่มี: ไม่มีผู้รับงานค้าง ทำตามกำหนดเวลา และสำรวจอุปกรณ์",
            en="none: nobody goes on with runs, keeps the schedule or polls the devices",
        ),
        _START,
    )


def _runs(conn: Connection, now: datetime) -> Check:
    left = orphans(conn, "", now, Patience().lease)
    if not left:
        return RUNS.ok("ไม่มีงานที่ถูกทิ้งไว้", "none was left behind")
    names = ", ".join(run.id for run in left)
    return RUNS.fail(
        Text(th=f"โปรเซสที่ทำอยู่ตายไปแล้ว: {names}", en=f"their process is dead: {names}"),
        _START,
    )


def _schedule(conn: Connection, at: Installation, now: datetime) -> Check:
    try:
        entries = [one for one in read_schedule(at.root).entries if one.enabled]
    except KhaenError as error:
        return SCHEDULE.failed(error)
    if not entries:
        return SCHEDULE.ok("ไม่มีรายการ", "no entries")
    known = schedule.known_until(conn)
    kept = [e for e in entries if e.name in known]
    late = [e.name for e in kept if (d := due(e, known[e.name][1], now)) and d.late]
    if late:
        names = ", ".join(late)
        return SCHEDULE.fail(
            Text(th=f"เลยเวลาแล้วไม่มีผู้ทำ: {names}", en=f"overdue, and nobody did it: {names}"), _START
        )
    if not kept:
        return SCHEDULE.warn(
            Text(th="ยังไม่เคยมีผู้ทำตามกำหนดเวลา", en="nobody has kept it yet"), _START
        )
    return SCHEDULE.ok(
        f"{len(entries)} รายการ ไม่มีที่เลยเวลา", f"{len(entries)} entries, none overdue"
    )


def _letters(conn: Connection, now: datetime) -> Check:
    later = now + timedelta(days=1)
    cases = notices.due_notices(conn, later, hurry=True)
    stuck = [one.channel for one in cases if one.attempts >= _STUCK_TRIES]
    alerts = alert_letters.due_letters(conn, later)
    stuck += [one.channel for one in alerts if one.attempts >= _STUCK_TRIES]
    if not stuck:
        return LETTERS.ok("ไม่มีฉบับที่ค้าง", "none is stuck")
    count, names = len(stuck), ", ".join(sorted({name or "-" for name in stuck}))
    return LETTERS.warn(
        Text(
            th=f"ส่งไม่ถึง {count} ฉบับ ช่องทาง {names}",
            en=f"{count} do not arrive, by the channels {names}",
        ),
        Text(
            th="ตรวจช่องทาง แล้วสั่ง khaen notice send",
            en="check the channel, then khaen notice send",
        ),
    )
