"""Runs of playbooks: who asked, which process is at it, its devices, and what each task did.

The results of a run that carries an approved plan out are kept here too, under the id of that run.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from controller.errors import NotFound, Text
from controller.playbooks.result import TaskResult
from controller.playbooks.running import (
    ENDED,
    OPEN,
    DeviceState,
    PlaybookDevice,
    PlaybookRecord,
    PlaybookState,
)
from controller.store.canonical import canonical, storable
from controller.store.paging import Key, paged
from controller.store.parts import in_parts
from controller.store.playbook_tables import playbook_devices as devices
from controller.store.playbook_tables import playbook_runs as runs
from controller.store.playbook_tables import playbook_tasks as tasks

LONGEST = 200_000
"""Characters kept of what one task sent, and of what it answered; a device may say anything."""
_GOING_ON = runs.c.state.in_(sorted(OPEN))
_CUT = "\n… ตัดส่วนที่เหลือ / the rest is cut"


def create_run(conn: Connection, record: PlaybookRecord, chosen: Iterable[PlaybookDevice]) -> None:
    """Keep a new run with its devices."""
    values = record.model_dump() | {
        "parameters": storable(canonical([list(pair) for pair in record.parameters])),
        "note_th": storable(record.note_th),
        "note_en": storable(record.note_en),
    }
    conn.execute(insert(runs), values)
    rows = [{"run": record.id, **device.model_dump()} for device in chosen]
    if rows:
        conn.execute(insert(devices), rows)


def load_run(conn: Connection, run: str) -> PlaybookRecord:
    """The run with this id. Errors: `NotFound`."""
    row = conn.execute(select(runs).where(runs.c.id == run)).first()
    if row is None:
        raise NotFound(
            Text(th=f"ไม่พบการรันเพลย์บุ๊ก {run}", en=f"there is no playbook run {run}"),
            hint=Text(th="ดูทั้งหมดด้วย khaen playbook runs", en="see them with khaen playbook runs"),
        )
    return _record(row)


def newest_runs(
    conn: Connection,
    *,
    playbook: str = "",
    state: PlaybookState | None = None,
    device: str = "",
    after: Key | None = None,
    most: int,
) -> tuple[PlaybookRecord, ...]:
    """At most `most` runs, newest first; `after` is start and id of the last one seen.

    Empty words and None mean any.
    """
    query = select(runs)
    if playbook:
        query = query.where(runs.c.playbook == playbook)
    if state is not None:
        query = query.where(runs.c.state == state)
    if device:
        query = query.where(runs.c.id.in_(select(devices.c.run).where(devices.c.device == device)))
    found = paged(query, (runs.c.started, runs.c.id), after=after, most=most)
    return tuple(_record(row) for row in conn.execute(found))


def open_runs(conn: Connection) -> tuple[PlaybookRecord, ...]:
    """Runs that wait or go on, oldest first."""
    query = select(runs).where(_GOING_ON).order_by(runs.c.started, runs.c.id)
    return tuple(_record(row) for row in conn.execute(query))


def take_run(conn: Connection, run: str, executor: str, *, previous: str) -> bool:
    """Let `executor` carry an open run out; False when `previous` does not have it any more.

    `previous` is empty for a run that waits. What the previous one found out of devices that have
    not ended is forgotten in the same transaction, so that nothing is counted twice.
    """
    taken = conn.execute(
        update(runs)
        .where(runs.c.id == run, runs.c.executor == previous, _GOING_ON)
        .values(executor=executor, state="running")
    )
    if taken.rowcount != 1:
        return False
    _forget_unended(conn, run)
    return True


def leave_run(conn: Connection, run: str, executor: str) -> bool:
    """Leave a run to whichever process takes it next; False when it is not `executor`'s any more.

    What was found out of devices that have not ended is forgotten: they are asked again.
    """
    left = conn.execute(
        update(runs)
        .where(runs.c.id == run, runs.c.executor == executor, runs.c.state == "running")
        .values(executor="", state="waiting")
    )
    if left.rowcount != 1:
        return False
    _forget_unended(conn, run)
    return True


def still_mine(conn: Connection, run: str, executor: str) -> bool:
    """Whether `executor` has the run; the run stays so until this transaction ends.

    Ask before writing anything of a run: a process that was taken for dead must not.
    """
    mine = conn.execute(
        update(runs)
        .where(runs.c.id == run, runs.c.executor == executor, runs.c.state == "running")
        .values(executor=executor)
    )
    return mine.rowcount == 1


def finish_run(
    conn: Connection, run: str, state: PlaybookState, *, at: datetime, note: Text | None = None
) -> bool:
    """End a run; False when it had ended already, which then keeps its first ending.

    Devices it did not come to are `not-run` from now on.
    """
    values: dict[str, Any] = {"state": state, "ended": at}
    if note is not None:
        values |= {"note_th": storable(note.th), "note_en": storable(note.en)}
    ended = conn.execute(update(runs).where(runs.c.id == run, _GOING_ON).values(**values))
    if ended.rowcount != 1:
        return False
    conn.execute(
        update(devices)
        .where(devices.c.run == run, devices.c.state.not_in(sorted(ENDED)))
        .values(state="not-run", changed=at)
    )
    return True


def request_stop(conn: Connection, run: str, by: str) -> bool:
    """Ask an open run to stop; False when it has ended. The first who asks is kept."""
    asked = conn.execute(
        update(runs)
        .where(runs.c.id == run, _GOING_ON)
        .values(stop_asked_by=func.coalesce(runs.c.stop_asked_by, by))
    )
    return asked.rowcount == 1


def stop_requested(conn: Connection, run: str) -> str | None:
    """Who asked the run to stop, or None."""
    found = conn.execute(select(runs.c.stop_asked_by).where(runs.c.id == run)).first()
    return found.stop_asked_by if found else None


def run_devices(conn: Connection, run: str) -> tuple[PlaybookDevice, ...]:
    """The devices of a run by name."""
    query = select(devices).where(devices.c.run == run).order_by(devices.c.device)
    return tuple(_device(row) for row in conn.execute(query))


def set_device_states(
    conn: Connection, run: str, states: Mapping[str, DeviceState], at: datetime
) -> None:
    """Note how devices of the run stand; one that has ended keeps its end."""
    by_state: dict[DeviceState, list[str]] = {}
    for device, state in states.items():
        by_state.setdefault(state, []).append(device)
    for state, names in by_state.items():
        for some in in_parts(names):
            conn.execute(
                update(devices)
                .where(
                    devices.c.run == run,
                    devices.c.device.in_(some),
                    devices.c.state.not_in(sorted(ENDED | {state})),
                )
                .values(state=state, changed=at)
            )


def state_counts(conn: Connection, wanted: Collection[str]) -> dict[str, dict[DeviceState, int]]:
    """Run -> state -> number of its devices in it; states without devices are left out."""
    found: dict[str, dict[DeviceState, int]] = {run: {} for run in wanted}
    for some in in_parts(wanted):
        query = (
            select(devices.c.run, devices.c.state, func.count().label("number"))
            .where(devices.c.run.in_(some))
            .group_by(devices.c.run, devices.c.state)
        )
        for row in conn.execute(query):
            found[row.run][row.state] = row.number
    return found


def add_results(conn: Connection, run: str, found: Iterable[TaskResult]) -> int:
    """Keep what tasks did, after what is kept of the run already; the number of the last one.

    `run` is the id of a playbook run, or of a run of a plan. The numbers of the results themselves
    do not count: several starts of Ansible make one row of results.
    """
    newest = select(func.max(tasks.c.number)).where(tasks.c.run == run)
    last: int = conn.execute(newest).scalar() or 0
    rows = [_result_row(run, number, one) for number, one in enumerate(found, last + 1)]
    if rows:
        conn.execute(insert(tasks), rows)
    return last + len(rows)


def results(
    conn: Connection,
    run: str,
    *,
    device: str = "",
    after: int = 0,
    most: int | None = None,
) -> tuple[TaskResult, ...]:
    """What the tasks of a run did, in their order: of one device or all, after a number."""
    query: Select[Any] = select(tasks).where(tasks.c.run == run, tasks.c.number > after)
    if device:
        query = query.where(tasks.c.device == device)
    query = query.order_by(tasks.c.number)
    found = conn.execute(query if most is None else query.limit(most))
    return tuple(_result(row) for row in found)


def prune(conn: Connection, *, before: datetime, keep: int, most: int = 200) -> int:
    """Delete runs that ended before a moment, and of each playbook all but the newest `keep`.

    At most `most` at a time, the oldest first; how many were deleted. Runs that wait or go on, and
    the results of runs of plans, stay.
    """
    place = func.row_number().over(
        partition_by=runs.c.playbook, order_by=(runs.c.started.desc(), runs.c.id.desc())
    )
    placed = select(runs.c.id, runs.c.started, runs.c.ended, place.label("place")).where(
        runs.c.ended.is_not(None)
    )
    old = placed.subquery()
    query = select(old.c.id).where((old.c.ended < before) | (old.c.place > keep))
    gone = conn.execute(query.order_by(old.c.started, old.c.id).limit(most)).scalars().all()
    for some in in_parts(gone):
        conn.execute(delete(tasks).where(tasks.c.run.in_(some)))
        conn.execute(delete(devices).where(devices.c.run.in_(some)))
        conn.execute(delete(runs).where(runs.c.id.in_(some)))
    return len(gone)


def _forget_unended(conn: Connection, run: str) -> None:
    going_on = (devices.c.run == run) & devices.c.state.not_in(sorted(ENDED))
    names = select(devices.c.device).where(going_on)
    conn.execute(delete(tasks).where(tasks.c.run == run, tasks.c.device.in_(names)))
    conn.execute(update(devices).where(going_on).values(state="waiting"))


def _record(row: Row[Any]) -> PlaybookRecord:
    values = dict(row._mapping)
    told = json.loads(values["parameters"])
    values["parameters"] = tuple(
        (name, tuple(value) if isinstance(value, list) else value) for name, value in told
    )
    return PlaybookRecord.model_validate(values)


def _device(row: Row[Any]) -> PlaybookDevice:
    return PlaybookDevice(device=row.device, state=row.state, changed=row.changed)


def _kept(text: str) -> str:
    return storable(text if len(text) <= LONGEST else text[:LONGEST] + _CUT)


def _result_row(run: str, number: int, one: TaskResult) -> dict[str, Any]:
    return {
        "run": run,
        "number": number,
        "device": one.device,
        "task": storable(one.task),
        "module": storable(one.module),
        "status": one.status,
        "lines": _kept(one.lines),
        "answer": _kept(one.answer),
        "ignored": one.ignored,
        "predicted": one.predicted,
        "at": one.at,
        "seconds": one.seconds,
    }


def _result(row: Row[Any]) -> TaskResult:
    return TaskResult(
        number=row.number,
        device=row.device,
        task=row.task,
        module=row.module,
        status=row.status,
        lines=row.lines,
        answer=row.answer,
        ignored=row.ignored,
        predicted=row.predicted,
        at=row.at,
        seconds=row.seconds,
    )
