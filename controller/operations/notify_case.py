"""Tell the people concerned of the work, or record that somebody told them."""

from __future__ import annotations

import hashlib
import re

from controller.accounts.actor import Actor, require
from controller.errors import Refused, Text
from controller.inventory.office import Office
from controller.notices.letters import subject_of
from controller.operations.context import Context
from controller.operations.move_case import case_to_move, move_case
from controller.operations.send_notices import FILE, basis_of, deliver_all, finish_batch
from controller.processes import steps
from controller.processes.case import Case
from controller.store import audit_log, notices
from controller.store.canonical import canonical
from controller.store.notices import Notice

_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")


def notify_case(
    context: Context, actor: Actor, number: str, to: tuple[str, ...], how: str, message: str
) -> Case:
    """The case whose people were told.

    Where `how` is a channel of the settings, or `file`, a notice to each goes out now, and the
    step ends only when all of them arrived. Anything else (letter, telephone, meeting) is recorded
    on the person's word. `to` holds user names, e-mail addresses, or names of schools and offices.

    Errors: as `processes.steps.notify`; `Refused` naming what did not arrive: it is kept, and
    `send_notices` tries again.
    """
    if how != FILE and how not in context.settings.notices.channels:
        return move_case(
            context,
            actor,
            "notify_case",
            number,
            lambda case, now, _: steps.notify(case, actor, now, to=to, how=how, message=message),
            {"to": list(to), "how": how, "message": message},
        )
    require(actor, "notify_case")
    batch = _put_out(context, actor, number, to, how, message)
    with context.store.read() as conn:
        waiting = [n for n in notices.batch_notices(conn, batch) if n.state in notices.UNDELIVERED]
    deliver_all(context, waiting)
    moved = finish_batch(context, batch)
    if moved is None:
        raise _not_arrived(context, batch)
    return moved


def _put_out(
    context: Context, actor: Actor, number: str, to: tuple[str, ...], how: str, message: str
) -> str:
    """Put the notices into the outbox; the name of their batch. The same again adds nothing."""
    office = context.office()
    now = context.clock()
    with context.store.begin() as conn:
        case = case_to_move(context, conn, number)
        # What would be refused afterwards must not be sent.
        steps.notify(case, actor, now, to=to, how=how, message=message)
        basis = basis_of(case)
        asked = [number, basis, how, list(to), message, actor.username]
        batch = hashlib.sha256(canonical(asked).encode()).hexdigest()[:32]
        wanted = [
            Notice(
                once=f"{batch}:{place}",
                kind="notice",
                case=number,
                basis=basis,
                batch=batch,
                asked_by=actor.username,
                recipient=title,
                address=address,
                channel=how,
                subject=subject_of(case),
                body=message,
                created=now,
                again=now,
            )
            for place, (title, address) in enumerate(receiver(office, name) for name in to)
        ]
        notices.void_notices(conn, number, keep=batch)
        if notices.add_notices(conn, wanted):
            audit_log.append(
                conn,
                actor=actor.username,
                action="notify_case",
                subject=number,
                content={"to": list(to), "how": how, "message": message},
                at=now,
            )
    return batch


def receiver(office: Office, name: str) -> tuple[str, str]:
    """What to call a receiver, and their e-mail address where one is known, else nothing."""
    person = office.person(name)
    if person is not None:
        return person.title, person.email or ""
    return name.strip(), name.strip() if _ADDRESS.fullmatch(name.strip()) else ""


def _not_arrived(context: Context, batch: str) -> Refused:
    with context.store.read() as conn:
        missed = [n for n in notices.batch_notices(conn, batch) if n.state != "delivered"]
    thai = "; ".join(f"{n.recipient}: {n.why.th}" for n in missed[:5])
    english = "; ".join(f"{n.recipient}: {n.why.en}" for n in missed[:5])
    return Refused(
        Text(
            th=f"ยังแจ้งไม่ถึง {len(missed)} ราย เรื่องจึงยังอยู่ที่ขั้นเดิม: {thai}",
            en=f"{len(missed)} did not get the notice, so the case stays where it is: {english}",
        ),
        hint=Text(
            th="ข้อความเก็บไว้แล้ว ส่งซ้ำด้วย khaen notice send --now เมื่อแก้ช่องทางแล้ว",
            en="it is kept; send it again with khaen notice send --now once the channel works",
        ),
    )
