"""`khaen token`: API tokens, which programs show in place of a password."""

from __future__ import annotations

from typing import Annotated

import typer

from controller.cli import output, session
from controller.cli.output import Json

token = typer.Typer(help="API tokens of one's own, for programs.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(token, name="token")


@token.command()
def make(
    name: Annotated[str, typer.Argument(help="What it is for")],
    scope: Annotated[
        list[str], typer.Option(help="A permission, or `read` for all reading; may be repeated")
    ],
    days: Annotated[int, typer.Option(help="How long it is good for, at most 365")] = 90,
    as_json: Json = False,
) -> None:
    """Make a token and print it, this once; it never does more than you may."""
    from controller.operations.manage_tokens import manage_tokens

    with session.signed_in() as (context, actor):
        made = manage_tokens(context, actor, name, scope, days)
    if as_json:
        return output.emit_json({**vars(made.token), "token": made.secret})
    typer.echo(made.secret)
    day = made.token.expires.date().isoformat()
    return output.note(
        f"เก็บโทเค็นนี้ไว้ จะไม่แสดงอีก ใช้ได้ถึง {day} เลขที่ {made.token.id}",
        f"keep this token, it is not shown again; good until {day}, id {made.token.id}",
    )


@token.command("list")
def listing(
    everybody: Annotated[
        bool, typer.Option("--all", help="Everybody's, for who manages accounts")
    ] = False,
    as_json: Json = False,
) -> None:
    """List your tokens, also those that have ended."""
    from controller.operations.manage_tokens import list_tokens

    with session.signed_in() as (context, actor):
        found = list_tokens(context, actor, everybody=everybody)
    if as_json:
        return output.emit_json([vars(one) for one in found])
    return output.table(
        (
            "เลขที่ / id",
            "เจ้าของ / owner",
            "ชื่อ / name",
            "ขอบเขต / scopes",
            "หมดอายุ / expires",
            "ใช้ล่าสุด / used",
            "ยกเลิก / revoked",
        ),
        [
            (
                one.id,
                one.username,
                one.name,
                " ".join(one.scopes),
                one.expires.date().isoformat(),
                one.used.isoformat(timespec="seconds") if one.used else "-",
                one.revoked.isoformat(timespec="seconds") if one.revoked else "-",
            )
            for one in found
        ],
    )


@token.command()
def revoke(token_id: Annotated[str, typer.Argument(help="Its id, as list shows it")]) -> None:
    """End a token now."""
    from controller.operations.manage_tokens import revoke_token

    with session.signed_in() as (context, actor):
        revoke_token(context, actor, token_id)
    output.say(f"ยกเลิกโทเค็น {token_id} แล้ว", f"token {token_id} revoked")
