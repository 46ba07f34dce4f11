"""`khaen notice`: what is told to whom, sending it again, reminders of overdue cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import output, session
from controller.cli.output import Json

if TYPE_CHECKING:
    from controller.store.notices import Notice

notice = typer.Typer(help="Notices: the outbox, and reminders.", no_args_is_help=True)
STATES = {
    "waiting": ("รอส่ง", "waiting"),
    "sending": ("กำลังส่ง", "sending"),
    "delivered": ("ส่งแล้ว", "delivered"),
    "failed": ("ส่งไม่ได้", "failed"),
    "void": ("ยกเลิก", "void"),
}


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(notice, name="notice")


@notice.command("list")
def listing(
    case: Annotated[str | None, typer.Option("--case", help="Only those of this case")] = None,
    state: Annotated[str | None, typer.Option(help="waiting, delivered, failed or void")] = None,
    as_json: Json = False,
) -> None:
    """List the outbox, oldest first."""
    from controller.operations.send_notices import list_notices

    with session.signed_in() as (context, actor):
        found = list_notices(context, actor, case=case, state=state)
    _show(found, as_json)


@notice.command()
def send(
    hurry: Annotated[
        bool, typer.Option("--now", help="Also what waits for its next attempt")
    ] = False,
    as_json: Json = False,
) -> None:
    """Try again what has not arrived; cases whose people were all told go on."""
    from controller.operations.send_notices import send_notices

    with session.signed_in() as (context, actor):
        sent = send_notices(context, actor, hurry=hurry)
    _show(sent.tried, as_json)
    if as_json:
        return
    for moved in sent.moved:
        output.say(f"แจ้งครบแล้ว เรื่อง {moved.number} เดินต่อ", f"all told: case {moved.number} goes on")
    for number, why in sent.stayed:
        output.say(f"เรื่อง {number} ไม่เดินต่อ: {why.th}", f"case {number} stays: {why.en}")


@notice.command()
def remind(as_json: Json = False) -> None:
    """Remind who may act in overdue cases, once a day for each step."""
    from controller.operations.remind_cases import remind_cases

    with session.signed_in() as (context, actor):
        reminded = remind_cases(context, actor)
    _show(reminded, as_json)


def _show(found: tuple[Notice, ...], as_json: bool) -> None:
    if as_json:
        return output.emit_json([_json(one) for one in found])
    return output.table(
        (
            "#",
            "สถานะ / state",
            "เรื่อง / case",
            "ถึง / to",
            "ช่องทาง / channel",
            "ครั้ง / attempts",
            "เหตุ / why",
        ),
        [
            (
                str(n.id),
                output.words(*STATES[n.state]),
                n.case,
                n.recipient,
                n.channel,
                str(n.attempts),
                output.words(n.why.th, n.why.en),
            )
            for n in found
        ],
    )


def _json(one: Notice) -> dict[str, object]:
    kept = {k: v for k, v in vars(one).items() if k not in {"once", "basis", "batch"}}
    return {**kept, "error": {"th": one.why.th, "en": one.why.en} if one.error else None}
