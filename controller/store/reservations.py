"""Which open case has reserved which device; a device belongs to one case at most."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, select

from controller.store.dialect import insert_new
from controller.store.tables import reservations

_HOLDERS = select(reservations.c.device, reservations.c.case_number).where(
    reservations.c.device.in_(bindparam("devices", expanding=True))
)
_OF_CASE = (
    select(reservations.c.device)
    .where(reservations.c.case_number == bindparam("wanted"))
    .order_by(reservations.c.device)
)
_ADD = insert_new(reservations)
_RELEASE = delete(reservations).where(reservations.c.case_number == bindparam("wanted"))
# Below the number of parameters the databases take in one statement.
_AT_ONCE = 500


def reserve(conn: Connection, case: str, devices: Iterable[str]) -> dict[str, str]:
    """Reserve the devices for the case, all or none.

    Gives the devices that other cases hold, each with that case: empty when all are reserved now.
    What the case holds already stays its own. To replace what it holds, `release` first.
    """
    names = sorted(set(devices))
    before = reserved_by(conn, names)
    taken = {device: holder for device, holder in before.items() if holder != case}
    free = [name for name in names if name not in before]
    if taken or not free:
        return taken
    conn.execute(_ADD(conn), [{"device": name, "case_number": case} for name in free])
    after = reserved_by(conn, free)
    lost = {device: holder for device, holder in after.items() if holder != case}
    if lost:  # somebody was quicker between the look and the insert
        won = [name for name in free if name not in lost]
        for part in _parts(won):
            conn.execute(delete(reservations).where(reservations.c.device.in_(part)))
    return lost


def reserved_by(conn: Connection, devices: Iterable[str]) -> dict[str, str]:
    """device -> case, for those of the devices that are reserved."""
    holders: dict[str, str] = {}
    for part in _parts(sorted(set(devices))):
        found = conn.execute(_HOLDERS, {"devices": part})
        holders.update({row.device: row.case_number for row in found})
    return holders


def reserved_for(conn: Connection, case: str) -> tuple[str, ...]:
    """The devices a case holds, sorted."""
    return tuple(conn.execute(_OF_CASE, {"wanted": case}).scalars())


def release(conn: Connection, case: str) -> None:
    """Let every device of the case go."""
    conn.execute(_RELEASE, {"wanted": case})


def _parts(names: list[str]) -> list[list[str]]:
    return [names[at : at + _AT_ONCE] for at in range(0, len(names), _AT_ONCE)]
