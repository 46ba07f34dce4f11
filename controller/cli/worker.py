"""`khaen worker`: take work from the queues; `khaen worker list`: who does, and what is in hand."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.output import Json, words
from controller.errors import Text

if TYPE_CHECKING:
    from controller.operations.list_workers import InHand, Workers

worker = typer.Typer(
    help="Take work from the queues, on as many machines as one likes (ตัวทำงานเบื้องหลัง).",
    invoke_without_command=True,
)
_HEALTH = {
    "alive": ("ทำงานอยู่", "alive"),
    "draining": ("กำลังทำงานในมือให้เสร็จ", "draining"),
    "silent": ("เงียบไป", "silent"),
}


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(worker, name="worker")


@worker.callback()
def start(
    context: typer.Context,
    queues: Annotated[
        str, typer.Option("--queues", help="What to take work from, with commas between")
    ] = "runs,schedule,polling,listening",
    drain: Annotated[
        float, typer.Option("--drain", min=0, help="Seconds to finish what is in hand when stopped")
    ] = 600,
    once: Annotated[
        bool, typer.Option("--once", help="End when every unfinished run is carried out")
    ] = False,
) -> None:
    """Take runs that wait or whose process died, keep the schedule, poll and listen."""
    if context.invoked_subcommand:
        return
    from controller.language import require_known
    from controller.settings import QUEUES

    chosen = [name.strip() for name in queues.split(",") if name.strip()]
    for name in chosen:
        require_known(name, QUEUES, Text(th="คิวงาน", en="queue"))
    command = [sys.executable, "-m", "controller.worker", str(output.folder())]
    command += ["--queues", ",".join(chosen) or ",".join(QUEUES), "--drain", str(drain)]
    sys.stdout.flush()
    os.execv(sys.executable, [*command, "--once"] if once else command)  # noqa: S606 - our own


@worker.command("list")
def list_(as_json: Json = False) -> None:
    """List the workers: alive or not, their queues, what they have in hand, and what waits."""
    from controller.operations.list_workers import list_workers

    with session.signed_in() as (context, actor):
        found = list_workers(context, actor)
    if as_json:
        return output.emit_json(_json(found))
    output.table(
        (
            words("ตัวทำงาน", "worker"),
            words("สถานะ", "state"),
            words("คิวงาน", "queues"),
            words("ตั้งแต่", "since"),
            words("งานในมือ", "in hand"),
        ),
        [
            (
                one.id,
                words(*_HEALTH[one.health]),
                " ".join(one.queues) or words("คำสั่งของผู้ใช้", "somebody's command"),
                one.started.isoformat(timespec="seconds"),
                _told(one.in_hand),
            )
            for one in found.workers
        ],
    )
    if found.waiting:
        waits = _told(found.waiting)
        output.say(f"รอตัวทำงานเบื้องหลัง: {waits}", f"waiting for a worker: {waits}")
    return None


def _told(in_hand: tuple[InHand, ...]) -> str:
    shares = sum(one.kind == "poll share" for one in in_hand)
    told = [one.name for one in in_hand if one.kind != "poll share"]
    if shares:
        told.append(words(f"ส่วนแบ่งการตรวจวัด {shares}", f"{shares} shares of polling"))
    return ", ".join(told)


def _json(found: Workers) -> dict[str, Any]:
    from dataclasses import asdict

    def plain(one: Any) -> dict[str, Any]:
        values = asdict(one)
        values["started"], values["heard"] = one.started.isoformat(), one.heard.isoformat()
        return values

    return {
        "workers": [plain(one) for one in found.workers],
        "waiting": [asdict(one) for one in found.waiting],
    }
