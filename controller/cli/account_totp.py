"""`khaen account totp`: the second step in signing in."""

from __future__ import annotations

from typing import Annotated

import typer

from controller.cli import output, session
from controller.errors import Text

second_step = typer.Typer(help="The second step in signing in.", no_args_is_help=True)
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input")
]
PASSWORD = Text(th="รหัสผ่าน", en="Password")
CODE = Text(th="รหัสยืนยันจากแอป", en="Code of the authenticator")


def register(accounts: typer.Typer) -> None:
    """Add these commands to `khaen account`."""
    accounts.add_typer(second_step, name="totp")


@second_step.command("set-up")
def set_up(password_stdin: PasswordStdin = False) -> None:
    """Show the secret for your authenticator; `khaen account totp confirm` turns it on."""
    from controller.documents.qr import qr_text
    from controller.operations.set_up_second_step import set_up_second_step

    with session.signed_in() as (context, actor):
        password = session.ask_password(PASSWORD, from_stdin=password_stdin)
        made = set_up_second_step(context, actor, password)
    output.say(f"รหัสลับ: {made.secret}", f"secret: {made.secret}")
    output.say(made.address, made.address)
    output.say(qr_text(made.address), qr_text(made.address))
    output.say(
        "สแกนด้วยแอปยืนยันตัวตน แล้วใช้คำสั่ง khaen account totp confirm",
        "scan it with an authenticator, then run: khaen account totp confirm",
    )


@second_step.command("confirm")
def confirm(code_stdin: Annotated[bool, typer.Option("--code-stdin")] = False) -> None:
    """Turn the second step on with a first code, and show the recovery codes this once."""
    from controller.operations.set_up_second_step import confirm_second_step

    with session.signed_in() as (context, actor):
        code = session.ask_password(CODE, from_stdin=code_stdin)
        codes = confirm_second_step(context, actor, code)
    output.say(
        "รหัสสำรอง ใช้ได้รหัสละครั้ง เก็บไว้ในที่ปลอดภัย:", "recovery codes, each good once; keep them:"
    )
    for one in codes:
        output.say(one, one)


@second_step.command("remove")
def remove(
    username: Annotated[str | None, typer.Argument(help="Yourself, when left out")] = None,
    password_stdin: PasswordStdin = False,
) -> None:
    """Take the second step away: your own with the password, or an administrator somebody's."""
    from controller.operations.set_up_second_step import remove_second_step

    with session.signed_in() as (context, actor):
        own = username in {None, actor.username}
        password = session.ask_password(PASSWORD, from_stdin=password_stdin) if own else None
        remove_second_step(context, actor, username or actor.username, password)
    output.say("ยกเลิกการยืนยันสองขั้นแล้ว", "the second step is removed")
