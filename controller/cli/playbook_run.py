"""`khaen playbook run | runs | result | stop`: run playbooks that read, and see what came of it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import output, session
from controller.cli.moments import written
from controller.cli.output import Json, words
from controller.cli.playbook_run_view import (
    begun_line,
    result_lines,
    run_json,
    show_end,
    show_whole,
    tally,
)
from controller.errors import InputError, Text

if TYPE_CHECKING:
    from controller.operations.show_playbook_run import PlaybookRunView
    from controller.playbooks.result import TaskResult

DEVICE_FAILED = 4
_LOOK_SECONDS = 0.5
Given = Annotated[
    list[str] | None, typer.Option("--set", help="Parameter, NAME=VALUE; may be said again")
]


def register(playbook: typer.Typer) -> None:
    """Add these commands to `khaen playbook`."""
    playbook.command()(run)
    playbook.command("runs")(listing)
    playbook.command()(result)
    playbook.command()(stop)


def run(
    name: Annotated[str, typer.Argument(help="Name of the playbook")],
    select: Annotated[str, typer.Option("--select", "-s", help="Which devices")],
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; tell what would be done")
    ] = False,
    given: Given = None,
    by_worker: Annotated[
        bool, typer.Option("--by-worker", help="Leave it to a worker and do not wait")
    ] = False,
    as_json: Json = False,
) -> None:
    """Run a playbook that only reads on the selected devices. Ctrl-C stops it.

    With --check, of one that changes devices: what it would do, kept as a plan.
    """
    from controller.operations.run_playbook import run_playbook

    if check and not by_worker and _changes(name):
        from controller.cli.playbook_plan import make_plan

        return make_plan(name, select, given, None, as_json=as_json)
    with session.signed_in() as (context, actor), _stoppable(actor.username) as stopped:
        found = run_playbook(
            context,
            actor,
            name,
            select,
            given=assignments(given or ()),
            check=check,
            by_worker=by_worker,
            begun=lambda record: None if as_json else begun_line(record),
            show=_silent if as_json else _show,
            stopped=stopped,
        )
    if by_worker and not as_json:
        return output.say(
            f"รอตัวทำงานเบื้องหลัง (worker) รับไปทำ ดูผลด้วย khaen playbook result {found.record.id}",
            f"waits for a worker; see what comes of it: khaen playbook result {found.record.id}",
        )
    return _end(found, as_json)


def listing(
    playbook: Annotated[str, typer.Argument(help="Only those of this playbook")] = "",
    device: Annotated[str, typer.Option(help="Only those this device was in")] = "",
    most: Annotated[int, typer.Option(min=1, max=500, help="How many")] = 30,
    as_json: Json = False,
) -> None:
    """List the runs of playbooks that read or looked, newest first."""
    from controller.operations.list_playbook_runs import list_playbook_runs
    from controller.playbooks.running import PLAYBOOK_STATES

    with session.signed_in() as (context, actor):
        found = list_playbook_runs(context, actor, playbook=playbook, device=device, most=most)
    if as_json:
        return output.emit_json([run_json(one) for one in found])
    return output.table(
        (
            words("การรัน", "run"),
            words("สถานะ", "state"),
            words("อุปกรณ์", "devices"),
            words("โดย", "by"),
            words("เริ่ม", "begun"),
        ),
        [
            (
                one.record.id,
                words(*PLAYBOOK_STATES[one.record.state].both),
                tally(one.counts),
                one.record.by,
                written(one.record.started),
            )
            for one in found
        ],
    )


def result(
    run: Annotated[str, typer.Argument(help="Id of the run")],
    device: Annotated[
        str, typer.Option(help="All that the tasks said of this device, in full")
    ] = "",
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Show results as they come until it has ended")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show one run: its devices, and what every task said. Exit code 4 when a device failed."""
    from controller.operations.show_playbook_run import follow_playbook_run, show_playbook_run

    with session.signed_in() as (context, actor):
        found = show_playbook_run(context, actor, run, device=device)
        if follow and not as_json:
            for found in follow_playbook_run(context, actor, run, _rest):
                for one in found.results:
                    if device in ("", one.device):
                        _show(one)
    if as_json:
        output.emit_json(run_json(found))
    elif follow:
        show_end(found)
    else:
        show_whole(found, device)
    if not found.going_on and not found.good:
        raise typer.Exit(DEVICE_FAILED)


def stop(run: Annotated[str, typer.Argument(help="Id of the run")]) -> None:
    """Stop a run, in whatever process it goes on."""
    from controller.operations.stop_playbook_run import stop_playbook_run

    with session.signed_in() as (context, actor):
        record = stop_playbook_run(context, actor, run)
    if record.state == "stopped":
        return output.say(f"{run} หยุดแล้ว ยังไม่ได้เริ่ม", f"{run} is stopped; it had not begun")
    return output.say(f"ขอให้ {run} หยุดแล้ว", f"asked {run} to stop")


def _changes(name: str) -> bool:
    """Whether it is a playbook that changes devices."""
    with session.signed_in() as (context, _):
        return context.playbooks().known(name).meta.risk == "change"


def assignments(given: tuple[str, ...] | list[str]) -> dict[str, str]:
    """`NAME=VALUE` words as they are typed. Errors: `InputError`."""
    found: dict[str, str] = {}
    for word in given:
        name, sign, value = word.partition("=")
        if not sign or not name.strip():
            raise InputError(
                Text(th=f"อ่าน --set “{word}” ไม่ได้", en=f"--set “{word}” cannot be read"),
                hint=Text(th="เขียนเป็น --set ชื่อ=ค่า", en="write --set NAME=VALUE"),
            )
        if name.strip() in found:
            raise InputError(
                Text(th=f"กำหนด {name.strip()} สองครั้ง", en=f"{name.strip()} is set twice")
            )
        found[name.strip()] = value
    return found


@contextmanager
def _stoppable(who: str) -> Iterator[Callable[[], str | None]]:
    """Ctrl-C stops the run and what was read is kept; a second one leaves at once."""
    told: list[str] = []

    def ask(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        output.note("กำลังหยุด …", "stopping …")
        told.append(who)

    before = {s: signal.signal(s, ask) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: told[0] if told else None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _show(one: TaskResult) -> None:
    for line in result_lines(one):
        typer.echo(line)


def _silent(_: TaskResult) -> None:
    """For programs, which read the whole at the end."""


def _rest() -> None:
    time.sleep(_LOOK_SECONDS)


def _end(found: PlaybookRunView, as_json: bool) -> None:
    if as_json:
        output.emit_json(run_json(found))
    else:
        show_end(found)
    if not found.going_on and not found.good:
        raise typer.Exit(DEVICE_FAILED)
