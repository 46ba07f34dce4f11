"""`khaen schedule`: what is done by itself, when, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.moments import written
from controller.cli.output import Json

if TYPE_CHECKING:
    from controller.operations.show_schedule import Scheduled
    from controller.store.schedule import Slot

schedule = typer.Typer(help="What is done by itself (schedules.yaml).", no_args_is_help=True)
STATES = {
    "waiting": ("รอ", "waiting"),
    "running": ("กำลังทำ", "running"),
    "done": ("เสร็จ", "done"),
    "failed": ("ไม่สำเร็จ", "failed"),
    "skipped": ("ข้าม", "skipped"),
}
FAILED = 3


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(schedule, name="schedule")


@schedule.command("list")
def listing(as_json: Json = False) -> None:
    """List what is done by itself: when next, and what came of the last time."""
    from controller.operations.show_schedule import show_schedule
    from controller.schedules.schedule import TASKS

    with session.signed_in() as (context, actor):
        found = show_schedule(context, actor, most=1)
    if as_json:
        return output.emit_json([_entry(one) for one in found.entries])
    for freeze in found.freezes:
        output.note(*freeze.coming.both)
    if not found.entries:
        return output.note("ยังไม่มีกำหนดเวลา (schedules.yaml)", "no schedule (schedules.yaml)")
    return output.table(
        (
            output.words("รายการ", "entry"),
            output.words("งาน", "does"),
            "cron",
            output.words("ครั้งต่อไป", "next"),
            output.words("ครั้งก่อน", "last"),
        ),
        [
            (
                one.entry.name,
                output.words(*TASKS[one.entry.do].both),
                one.entry.cron,
                written(one.next) if one.next else _not_next(one),
                f"{written(one.last.started)} {_state(one.last)}" if one.last else "-",
            )
            for one in found.entries
        ],
    )


@schedule.command()
def booked(as_json: Json = False) -> None:
    """List the cases booked to be carried out by itself, and what came of it."""
    from controller.operations.book_apply import list_bookings
    from controller.store.bookings import BOOKING_STATES

    with session.signed_in() as (context, actor):
        found = list_bookings(context, actor)
    if as_json:
        return output.emit_json(
            [
                {"case": b.case, "by": b.by, "at": b.at, "state": b.state, "run": b.run}
                | {"note": {"th": b.note.th, "en": b.note.en}}
                for b in found
            ]
        )
    return output.table(
        (
            output.words("เรื่อง", "case"),
            output.words("เวลา", "when"),
            output.words("โดย", "by"),
            output.words("ผล", "outcome"),
        ),
        [
            (
                b.case,
                written(b.at),
                b.by,
                f"{output.words(*BOOKING_STATES[b.state].both)} "
                f"{b.run or output.words(*b.note.both)}".strip(),
            )
            for b in found
        ],
    )


@schedule.command("next")
def coming(
    days: Annotated[int, typer.Option(min=1, max=400, help="How far to look")] = 7,
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many")] = 100,
    as_json: Json = False,
) -> None:
    """List what comes in the next days, in the order it comes."""
    from controller.operations.list_next_times import list_next_times
    from controller.schedules.schedule import TASKS

    with session.signed_in() as (context, actor):
        found = list_next_times(context, actor, days=days, most=most)
    if as_json:
        return output.emit_json(
            [
                {
                    "at": one.at,
                    "name": one.entry.name,
                    "do": one.entry.do,
                    "paused": one.paused.why if one.paused else None,
                }
                for one in found
            ]
        )
    return output.table(
        (
            output.words("เวลา", "when"),
            output.words("รายการ", "entry"),
            output.words("งาน", "does"),
            output.words("สถานะ", "state"),
        ),
        [
            (
                written(one.at),
                one.entry.name,
                output.words(*TASKS[one.entry.do].both),
                output.words("พักอยู่ จะข้าม", "paused, will be skipped") if one.paused else "",
            )
            for one in found
        ],
    )


@schedule.command()
def pause(
    name: Annotated[str, typer.Argument(help="Entry of the schedule")],
    why: Annotated[str, typer.Option("--why", help="Why, as people will read it")],
) -> None:
    """Do nothing of an entry until it is resumed; its times are noted as skipped."""
    from controller.operations.pause_schedule import pause_schedule

    with session.signed_in() as (context, actor):
        pause_schedule(context, actor, name, why)
    output.say(f"พัก {name} ไว้แล้ว", f"{name} is paused")


@schedule.command()
def resume(name: Annotated[str, typer.Argument(help="Entry of the schedule")]) -> None:
    """Let a paused entry go on with its next time."""
    from controller.operations.pause_schedule import resume_schedule

    with session.signed_in() as (context, actor):
        resume_schedule(context, actor, name)
    output.say(f"{name} ทำต่อตามกำหนดเวลาแล้ว", f"{name} goes on with its next time")


@schedule.command()
def run(
    name: Annotated[str, typer.Argument(help="Entry of the schedule")],
    by_worker: Annotated[
        bool, typer.Option("--by-worker", help="Leave it to a worker and do not wait")
    ] = False,
    as_json: Json = False,
) -> None:
    """Do an entry of the schedule now."""
    from controller.operations.run_schedule import run_schedule
    from controller.runs.identity import new_executor_id

    with session.signed_in() as (context, actor):
        slot = run_schedule(context, actor, name, here=None if by_worker else new_executor_id())
    if as_json:
        output.emit_json(_slot(slot))
    elif slot.state == "waiting":
        output.say(f"{name}: รอ worker รับไปทำ", f"{name}: waits for a worker")
    else:
        output.say(*(f"{name}: {line}" for line in (_state(slot, 0), _state(slot, 1))))
    if slot.state == "failed":
        raise typer.Exit(FAILED)


@schedule.command()
def history(
    name: Annotated[str | None, typer.Argument(help="Only of this entry")] = None,
    most: Annotated[int, typer.Option(min=1, max=500, help="How many")] = 30,
    as_json: Json = False,
) -> None:
    """List what was done by itself or asked for, the newest first."""
    from controller.operations.show_schedule import show_schedule

    with session.signed_in() as (context, actor):
        found = show_schedule(context, actor, name=name, most=most)
    if as_json:
        return output.emit_json([_slot(slot) for slot in found.history])
    return output.table(
        (
            output.words("เริ่ม", "begun"),
            output.words("จบ", "ended"),
            output.words("รายการ", "entry"),
            output.words("โดย", "by"),
            output.words("ผล", "outcome"),
        ),
        [
            (written(slot.started), written(slot.ended), slot.name, slot.by, _state(slot))
            for slot in found.history
        ],
    )


def _not_next(one: Scheduled) -> str:
    if one.paused is None:
        return output.words("ปิดอยู่", "off")
    by, why = one.paused.by, one.paused.why
    return output.words(f"พักไว้โดย {by}: {why}", f"paused by {by}: {why}")


def _state(slot: Slot, which: int | None = None) -> str:
    """The state in the reader's language, or in Thai (0) or English (1), with what came of it."""
    which = which if which is not None else int(output.language() == "en")
    told = slot.content.get("words", {}).get(("th", "en")[which], "")
    missed = slot.content.get("earlier", 0)
    late = (f"ขาดไปก่อนหน้า {missed} ครั้ง", f"{missed} missed before it")[which] if missed else ""
    return " · ".join(part for part in (STATES[slot.state][which], told, late) if part)


def _entry(one: Scheduled) -> dict[str, Any]:
    last = _slot(one.last) if one.last else None
    held = one.paused
    paused = {"by": held.by, "at": held.at, "why": held.why} if held else None
    return {**one.entry.model_dump(mode="json"), "next": one.next, "last": last, "paused": paused}


def _slot(slot: Slot) -> dict[str, Any]:
    return {name: getattr(slot, name) for name in slot.__dataclass_fields__}
