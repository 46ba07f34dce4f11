"""Runs and their devices: what was begun, how far it came, and what became of each device."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    bindparam,
    case,
    exists,
    func,
    insert,
    select,
    update,
)

from controller.errors import DeviceBusy, NotFound, Refused, Text
from controller.plans.outcome import FINAL, Run, RunDevice, RunState, State
from controller.store.canonical import storable
from controller.store.dialect import insert_new
from controller.store.locks import Fenced, holder
from controller.store.paging import Key, paged
from controller.store.tables import locks, runs
from controller.store.tables import run_devices as rows

_ADD_RUN = insert_new(runs)
_ADD_DEVICES = insert(rows)
_LOAD = select(runs).where(runs.c.id == bindparam("wanted"))
_OF_CASE = select(runs).where(runs.c.case_number == bindparam("wanted"))
_NEWEST = select(runs).order_by(runs.c.started.desc(), runs.c.id.desc())
_OPEN = select(runs).where(runs.c.state == "running").order_by(runs.c.started, runs.c.id)
_DEVICES = (
    select(rows).where(rows.c.run == bindparam("wanted")).order_by(rows.c.batch, rows.c.device)
)
_COUNTS = (
    select(rows.c.state, func.count().label("number"))
    .where(rows.c.run == bindparam("wanted"))
    .group_by(rows.c.state)
)
_COUNTS_BETWEEN = (
    select(rows.c.state, func.count().label("number"))
    .join_from(rows, runs, runs.c.id == rows.c.run)
    .where(runs.c.started >= bindparam("since"), runs.c.started < bindparam("until"))
    .group_by(rows.c.state)
)
_LOCK = locks.c.device == rows.c.device
_HELD = exists().where(_LOCK, locks.c.run == rows.c.run, locks.c.fence == bindparam("held"))
_FREE = ~exists().where(_LOCK, locks.c.run == rows.c.run)
# `unknown` is final for the run, but may still be verified; the others stay as they are.
_SETTLED = sorted(FINAL - {"unknown"})


def _change(permitted: Any) -> Any:
    def kept(name: str) -> Any:
        new: BindParameter[str] = bindparam(f"new_{name}")
        return case((new == "", rows.c[name]), else_=new)

    return (
        update(rows)
        .where(
            rows.c.run == bindparam("in_run"),
            rows.c.device == bindparam("wanted"),
            rows.c.state.not_in(_SETTLED) | (rows.c.state == bindparam("new_state")),
            permitted,
        )
        .values(
            state=bindparam("new_state"),
            reason=bindparam("new_reason"),
            fence=bindparam("held"),
            before=kept("before"),
            after=kept("after"),
            evidence=kept("evidence"),
            changed=bindparam("new_changed"),
        )
    )


_CHANGE_HELD = _change(_HELD)
_CHANGE_FREE = _change(_FREE)


def create_run(conn: Connection, run: Run, devices: Iterable[RunDevice]) -> None:
    """Store a new run with its devices. Errors: `DeviceBusy` when its case has a run going on."""
    values = run.model_dump() | {"case_number": run.case, "started_by": run.by}
    del values["case"], values["by"]
    if conn.execute(_ADD_RUN(conn), values).rowcount != 1:
        raise DeviceBusy(
            Text(
                th=f"เรื่อง {run.case} กำลังดำเนินการกับอุปกรณ์อยู่แล้ว",
                en=f"case {run.case} already has a run going on",
            ),
            hint=Text(
                th=f"ติดตามได้จาก khaen case show {run.case}",
                en=f"follow it with khaen case show {run.case}",
            ),
        )
    values_of = [device.model_dump() for device in devices]
    if values_of:
        conn.execute(_ADD_DEVICES, values_of)


def set_device_state(
    conn: Connection,
    run: str,
    device: str,
    state: State,
    *,
    reason: str,
    fence: int | None,
    at: datetime,
    before: str | None = None,
    after: str | None = None,
    evidence: str | None = None,
) -> None:
    """Record what became of a device, if `fence` still holds its lock for this run.

    `fence` None is for a device whose lock this run does not hold. `before`, `after`, `evidence`
    keep what they had when None. A device that reached a final state keeps it, but for `unknown`.
    Errors: `Fenced` when the lock was taken over; `Refused` for a settled device; `NotFound`.
    """
    values = {
        "in_run": run,
        "wanted": device,
        "held": fence or 0,
        "new_state": state,
        "new_reason": storable(reason),
        "new_before": before or "",
        "new_after": after or "",
        "new_evidence": storable(evidence or ""),
        "new_changed": at,
    }
    statement = _CHANGE_FREE if fence is None else _CHANGE_HELD
    if conn.execute(statement, values).rowcount != 1:
        raise _why_not(conn, run, device, state)


def _why_not(conn: Connection, run: str, device: str, state: State) -> Refused | NotFound:
    known = next((d for d in run_devices(conn, run) if d.device == device), None)
    if known is None:
        return NotFound(
            Text(th=f"ไม่มี {device} ในการดำเนินการ {run}", en=f"{device} is not in run {run}")
        )
    if known.state in _SETTLED and known.state != state:
        return Refused(
            Text(
                th=f"{device} สิ้นสุดที่สถานะ {known.state} แล้ว เปลี่ยนเป็น {state} ไม่ได้",
                en=f"{device} already ended as {known.state}; it cannot become {state}",
            )
        )
    now = holder(conn, device)
    who = f"{now.executor} ({now.run}, #{now.fence})" if now else "-"
    return Fenced(
        Text(
            th=f"สิทธิ์เขียน {device} ถูกโอนไปแล้ว ผู้ถือปัจจุบัน: {who}",
            en=f"the lock of {device} was taken over; its holder now: {who}",
        )
    )


def load_run(conn: Connection, run: str) -> Run:
    """The run with this id. Errors: `NotFound`."""
    row = conn.execute(_LOAD, {"wanted": run}).first()
    if row is None:
        raise NotFound(Text(th=f"ไม่พบการดำเนินการ {run}", en=f"there is no run {run}"))
    return _run(row)


def run_devices(conn: Connection, run: str) -> tuple[RunDevice, ...]:
    """The devices of a run, canary first, then by batch and name."""
    found = conn.execute(_DEVICES, {"wanted": run}).mappings()
    return tuple(RunDevice.model_validate(dict(row)) for row in found)


def page_of_devices(
    conn: Connection,
    run: str,
    *,
    state: str | None = None,
    after: Key | None = None,
    most: int,
) -> tuple[RunDevice, ...]:
    """At most `most` devices of a run, in a state; `after` is batch and name of the last seen."""
    query = _DEVICES if state is None else _DEVICES.where(rows.c.state == state)
    part = paged(query, (rows.c.batch, rows.c.device), after=after, most=most, rising=True)
    found = conn.execute(part, {"wanted": run}).mappings()
    return tuple(RunDevice.model_validate(dict(row)) for row in found)


def state_counts(conn: Connection, run: str) -> dict[str, int]:
    """state -> number of the run's devices in it; states without devices are left out."""
    return {row.state: row.number for row in conn.execute(_COUNTS, {"wanted": run})}


def states_between(conn: Connection, since: datetime, until: datetime) -> dict[str, int]:
    """state -> number of devices in it, of all runs that began in the period."""
    found = conn.execute(_COUNTS_BETWEEN, {"since": since, "until": until})
    return {row.state: row.number for row in found}


def runs_of(conn: Connection, case_number: str) -> tuple[Run, ...]:
    """All runs of a case, oldest first."""
    found = conn.execute(_OF_CASE.order_by(runs.c.started, runs.c.id), {"wanted": case_number})
    return tuple(_run(row) for row in found)


def newest_runs(
    conn: Connection, *, case: str | None, most: int, after: Key | None = None
) -> tuple[Run, ...]:
    """The newest runs, or those of a case, newest first; `after` is start and id of the last."""
    query = _NEWEST if case is None else _NEWEST.where(runs.c.case_number == case)
    found = paged(query, (runs.c.started, runs.c.id), after=after, most=most)
    return tuple(_run(row) for row in conn.execute(found))


def open_runs(conn: Connection) -> tuple[Run, ...]:
    """Runs that have not ended, oldest first."""
    return tuple(_run(row) for row in conn.execute(_OPEN))


def move_run(conn: Connection, run: str, executor: str, *, previous: str) -> bool:
    """Hand an open run to another executor; False when `previous` does not have it any more."""
    moved = conn.execute(
        update(runs)
        .where(runs.c.id == run, runs.c.executor == previous, runs.c.state == "running")
        .values(executor=executor)
    )
    return moved.rowcount == 1


def finish_run(
    conn: Connection, run: str, state: RunState, *, at: datetime, note: str = ""
) -> bool:
    """End a run; False when it had ended already, which then keeps its first ending."""
    ended = conn.execute(
        update(runs)
        .where(runs.c.id == run, runs.c.state == "running")
        .values(state=state, ended=at, note=storable(note))
    )
    return ended.rowcount == 1


def request_stop(conn: Connection, run: str, by: str) -> bool:
    """Ask an open run to stop before its next device; False when it has ended."""
    asked = conn.execute(
        update(runs).where(runs.c.id == run, runs.c.state == "running").values(stop_asked_by=by)
    )
    return asked.rowcount == 1


def stop_requested(conn: Connection, run: str) -> str | None:
    """Who asked the run to stop, or None."""
    row = conn.execute(_LOAD, {"wanted": run}).first()
    return row.stop_asked_by if row else None


def _run(row: Row[Any]) -> Run:
    return Run(
        id=row.id,
        kind=row.kind,
        case=row.case_number,
        plan=row.plan,
        by=row.started_by,
        state=row.state,
        executor=row.executor,
        started=row.started,
        ended=row.ended,
        note=row.note,
        stop_asked_by=row.stop_asked_by,
    )
