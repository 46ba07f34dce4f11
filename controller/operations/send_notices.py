"""Send what waits in the outbox, and end the steps of cases whose people have all been told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from controller.accounts.actor import Actor, require
from controller.compliance.rechecking import require_recheck
from controller.errors import InputError, Refused, Text
from controller.notices import letters
from controller.notices.deliver import Delivery, deliver, deliver_to_file, waiting_time
from controller.operations.context import Context
from controller.operations.log_in import actor_of
from controller.operations.show_recheck import recheck_of
from controller.processes import steps
from controller.processes.case import Case
from controller.processes.history import arrived, here
from controller.store import audit_log, cases, notices
from controller.store.canonical import time_text
from controller.store.notices import Notice
from controller.thai import bangkok_date
from controller.workspace.secrets import resolve_secret

FILE = "file"
# Longer than a delivery can take: after it the sender is taken to have died.
_TAKEN_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class Sent:
    """What came of sending: every notice that was tried, and the cases that went on by it.

    `stayed` says of cases whose people were all told why they did not go on all the same.
    """

    tried: tuple[Notice, ...]
    moved: tuple[Case, ...] = ()
    stayed: tuple[tuple[str, Text], ...] = ()


def send_notices(context: Context, actor: Actor, *, hurry: bool = False) -> Sent:
    """Try everything that is due; with `hurry` also what has its waiting time before it.

    What fails is kept and due again later, after a longer time each time.
    """
    require(actor, "send_notices")
    with context.store.read() as conn:
        due = notices.due_notices(conn, context.clock(), hurry=hurry)
    tried = deliver_all(context, due)
    moved: list[Case] = []
    stayed: list[tuple[str, Text]] = []
    # Also those that somebody delivered and did not live to finish.
    with context.store.read() as conn:
        arrived_whole = [notices.batch_notices(conn, b) for b in notices.arrived_batches(conn)]
    for batch in arrived_whole:
        try:
            case = finish_batch(context, batch[0].batch)
        except Refused as refusal:
            stayed.append((batch[0].case, refusal.message))
        else:
            moved += [case] if case else []
    return Sent(tried, tuple(moved), tuple(stayed))


def list_notices(
    context: Context,
    actor: Actor,
    *,
    case: str | None = None,
    state: str | None = None,
    after: tuple[int] | None = None,
    most: int | None = None,
) -> tuple[Notice, ...]:
    """The outbox, or the part of it about a case, in a state; oldest first.

    With `most` only so many, `after` the id of the last one seen.
    """
    require(actor, "read_history")
    with context.store.read() as conn:
        return notices.list_notices(conn, case=case, state=state, after=after, most=most)


def basis_of(case: Case) -> str:
    """How far a case is, as far as a notice about it goes: what was overtaken is not sent."""
    told = sum(event.what == "notified" for event in here(case))
    return f"{case.state}:{case.step}:{time_text(arrived(case))}:{told}"


def deliver_all(context: Context, wanted: Iterable[Notice]) -> tuple[Notice, ...]:
    """Try each of the notices once, and give those that were tried as they are now.

    One that somebody else is sending, and one whose case has gone on, is left out.
    """
    tried = []
    for notice in wanted:
        if _claim(context, notice):
            delivery = _deliver(context, notice)
            now = context.clock()
            again = now + waiting_time(notice.attempts + 1)
            with context.store.begin(audited=False) as conn:
                tried.append(
                    notices.settle_notice(conn, notice.id, delivery.error, at=now, again=again)
                )
    return tuple(tried)


def finish_batch(context: Context, batch: str) -> Case | None:
    """The case after its notify step, once every notice of the batch was delivered; else None.

    It is done in the name of who asked for the notices. Errors: `Refused`, `NotAllowed` when that
    person may not do it any more.
    """
    now = context.clock()
    with context.store.begin() as conn:
        told = notices.batch_notices(conn, batch)
        first = told[0]
        before = cases.load_case(conn, first.case)
        if any(n.state != "delivered" for n in told) or basis_of(before) != first.basis:
            return None
        actor = actor_of(context.office(), first.asked_by, now)
        to = tuple(notice.recipient for notice in told)
        after = steps.notify(before, actor, now, to=to, how=first.channel, message=first.body)
        if after.state == "closed":
            require_recheck(recheck_of(context, conn, first.case))
        cases.save_case(conn, after, expected_events=len(before.events))
        if after.state != "open":
            cases.release(conn, after.number)
        audit_log.append(
            conn,
            actor=actor.username,
            action="notify_case",
            subject=before.number,
            content={"step": after.step, "state": after.state, "delivered": list(to)},
            at=now,
        )
    return after


def _claim(context: Context, notice: Notice) -> bool:
    now = context.clock()
    with context.store.begin(audited=False) as conn:
        if basis_of(cases.load_case(conn, notice.case)) != notice.basis:
            notices.void_notice(conn, notice.id)
            return False
        return notices.claim_notice(conn, notice, now + _TAKEN_FOR)


def _deliver(context: Context, notice: Notice) -> Delivery:
    office = context.office()
    text = letters.letter(office, notice.recipient, notice.body)
    if notice.channel == FILE:
        day = bangkok_date(notice.created)
        content = letters.as_file(notice.recipient, notice.address, notice.subject, day, text)
        name = f"{day.isoformat()}-{notice.case}-{notice.id}.txt"
        return deliver_to_file(context.folder / "notices", name, content)
    reference = context.settings.notices.channels.get(notice.channel)
    if reference is None:
        return Delivery(
            Text(
                th=f"khaen.toml ไม่มีช่องทาง {notice.channel} แล้ว",
                en=f"khaen.toml has no channel {notice.channel} any more",
            )
        )
    try:
        url = resolve_secret(context.root, reference)
    except InputError as error:
        return Delivery(error.message)
    return deliver(url, notice.subject, text, address=notice.address)
