"""`khaen apply | rollback | verify | stop`: carry an approved case out, or take it back."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import output, session
from controller.cli.output import Json
from controller.cli.run_view import (
    RunView,
    reason_in_words,
    run_json,
    show_outcome,
    show_story,
    state_counts,
)

if TYPE_CHECKING:
    from controller.operations.follow_run import Outcome
    from controller.runs.engine import RunEngine

DEVICE_FAILED = 4
# The id of a run: its case, what it does, which time.
_RUN = re.compile(r".+-(apply|rollback)-\d+")


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command("apply")(apply)
    app.command("rollback")(rollback)
    app.command("verify")(verify)
    app.command("stop")(stop)
    app.command("runs")(listing)


def apply(
    case: str,
    by_worker: Annotated[
        bool, typer.Option("--by-worker", help="Leave it to a worker, and do not wait for the end")
    ] = False,
    book: Annotated[
        bool, typer.Option("--book", help="Have a worker do it at its time, in your name")
    ] = False,
    at: Annotated[
        str, typer.Option("--at", help="With --book: when, in Thai time: 2026-12-01T22:00")
    ] = "",
    unbook: Annotated[bool, typer.Option("--unbook", help="Take the booking back")] = False,
    as_json: Json = False,
) -> None:
    """Push the approved plan: canary, batches, verify, confirm or roll back."""
    from controller.operations.apply_plan import apply_plan, leave_apply

    if book or at:
        return _book(case, at, as_json)
    if unbook:
        return _unbook(case)
    if by_worker:
        with session.signed_in() as (context, actor):
            run = leave_apply(context, actor, case)
        if as_json:
            return output.emit_json({"run": run})
        return output.say(
            f"ให้ตัวทำงานเบื้องหลังดำเนินการ {run} แล้ว ติดตามด้วย khaen runs {run}",
            f"left {run} to a worker; follow it with khaen runs {run}",
        )
    return _carry(apply_plan, case, as_json)


def _book(case: str, at: str, as_json: bool) -> None:
    from controller.cli.moments import written
    from controller.operations.book_apply import book_apply

    with session.signed_in() as (context, actor):
        booking = book_apply(context, actor, case, at)
    if as_json:
        return output.emit_json({"case": case, "by": booking.by, "at": booking.at})
    when = written(booking.at)
    return output.say(
        f"จองเวลาดำเนินการเรื่อง {case} ไว้ตั้งแต่ {when} แล้ว worker จะเริ่มในนามของท่าน",
        f"case {case} is booked from {when} on; a worker starts it in your name",
    )


def _unbook(case: str) -> None:
    from controller.operations.book_apply import unbook_apply

    with session.signed_in() as (context, actor):
        unbook_apply(context, actor, case)
    output.say(f"ยกเลิกการจองของเรื่อง {case} แล้ว", f"the booking of case {case} is taken back")


def rollback(case: str, as_json: Json = False) -> None:
    """Take the whole change of a case back, device by device, in the same careful way."""
    from controller.operations.roll_back_case import roll_back_case

    _carry(roll_back_case, case, as_json)


def verify(case: str, as_json: Json = False) -> None:
    """Look again at the devices of a case whose state is unknown; nothing is pushed."""
    from controller.operations.verify_devices import verify_devices

    with session.signed_in() as (context, actor), RunView(as_json) as view:
        outcome = verify_devices(context, actor, case, view.show)
    _end(outcome, as_json)


def listing(
    which: Annotated[
        str | None, typer.Argument(help="Only those of this case, or this one run")
    ] = None,
    device: Annotated[
        str | None, typer.Option("--device", help="One device of this run, with its evidence")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the runs, newest first; or show one with every device."""
    from controller.operations.show_run import list_runs, show_run
    from controller.operations.show_run_device import show_run_device

    with session.signed_in() as (context, actor):
        if which is not None and device is not None:
            return show_story(show_run_device(context, actor, which, device), as_json)
        if which is not None and _RUN.fullmatch(which):
            return show_outcome(show_run(context, actor, which), as_json)
        found = list_runs(context, actor, case=which)
    if as_json:
        return output.emit_json([run.model_dump(mode="json") for run in found])
    return output.table(
        ("งาน / run", "สถานะ / state", "ผู้ทำ / by", "เริ่ม / started"),
        [(run.id, run.state, run.by, run.started.isoformat(timespec="seconds")) for run in found],
    )


def stop(case: str) -> None:
    """Ask the run of a case to stop: devices begun are finished, the others are left alone."""
    from controller.operations.stop_run import stop_run

    with session.signed_in() as (context, actor):
        stop_run(context, actor, case)
    output.say("ขอให้หยุดแล้ว อุปกรณ์ที่เริ่มแล้วจะทำจนจบ", "asked to stop; devices begun are finished first")


def _carry(operation: Callable[..., Outcome], case: str, as_json: bool) -> None:
    with (
        session.signed_in() as (context, actor),
        RunView(as_json) as view,
        _stopping(context.runs()),
    ):
        outcome = operation(context, actor, case, view.show)
    _end(outcome, as_json)


@contextmanager
def _stopping(engine: RunEngine) -> Iterator[None]:
    """Ctrl-C asks for a graceful stop; a second one ends the program at once."""

    def ask(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        output.note(
            "กำลังหยุด: รออุปกรณ์ที่เริ่มแล้วให้เสร็จ (กด Ctrl-C อีกครั้งเพื่อออกทันที)",
            "stopping: waiting for the devices begun (Ctrl-C again leaves at once)",
        )
        engine.stop_gracefully()

    before = {s: signal.signal(s, ask) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        output.emit_json(run_json(outcome))
    else:
        counts = state_counts(outcome.counts)
        run = outcome.run
        state = output.words("จบแล้ว" if run.state == "finished" else "หยุดไว้", run.state)
        output.say(f"งาน {run.id} {state}: {counts}", f"run {run.id} {state}: {counts}")
        if run.note:
            typer.echo(f"  {reason_in_words(run.note)}")
    if not outcome.good:
        raise typer.Exit(DEVICE_FAILED)
