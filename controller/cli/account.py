"""`khaen login | logout | whoami | account`."""

from __future__ import annotations

from typing import Annotated

import typer

from controller.cli import output, session
from controller.cli.output import Json
from controller.errors import Text

accounts = typer.Typer(help="Local accounts.", no_args_is_help=True)
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input")
]
PASSWORD = Text(th="รหัสผ่าน", en="Password")


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command("login")(login)
    app.command("logout")(logout)
    app.command("whoami")(whoami)
    app.add_typer(accounts, name="account")


def login(username: str, password_stdin: PasswordStdin = False, as_json: Json = False) -> None:
    """Sign in on this command line; the session is a file only you can read."""
    from controller.operations.log_in import log_in

    with session.opened() as context:
        password = session.ask_password(PASSWORD, from_stdin=password_stdin)
        signed = log_in(context, username, password)
        session.write_token(context, signed.token)
    if as_json:
        return output.emit_json({"username": username, "expires": signed.expires.isoformat()})
    return output.say(
        f"เข้าสู่ระบบแล้ว: {username} ({signed.actor.title})",
        f"signed in: {username} ({signed.actor.title})",
    )


def logout() -> None:
    """Sign out and remove the session file."""
    from controller.operations.log_in import log_out

    with session.opened() as context:
        if token := session.read_token(context):
            log_out(context, token)
        session.session_file(context).unlink(missing_ok=True)
    output.say("ออกจากระบบแล้ว", "signed out")


def whoami(as_json: Json = False) -> None:
    """Show who is signed in, and in which roles today."""
    with session.signed_in() as (_, actor):
        if as_json:
            return output.emit_json(
                {"username": actor.username, "title": actor.title, "roles": sorted(actor.roles)}
            )
        roles = ", ".join(sorted(actor.roles))
        return output.say(
            f"{actor.username}: {actor.title} ({roles})",
            f"{actor.username}: {actor.title} ({roles})",
        )


@accounts.command("add")
def add(username: str, password_stdin: PasswordStdin = False) -> None:
    """Give a person of inventory/office.yaml an account, or a new password."""
    from controller.operations.log_in import who_am_i
    from controller.operations.manage_accounts import manage_accounts

    with session.opened() as context:
        token = session.read_token(context)
        actor = who_am_i(context, token) if token else None
        password = session.ask_password(PASSWORD, from_stdin=password_stdin)
        new = manage_accounts(context, actor, username, password)
    if new:
        output.say(f"สร้างบัญชี {username} แล้ว", f"account {username} added")
    else:
        output.say(f"เปลี่ยนรหัสผ่านของ {username} แล้ว", f"password of {username} changed")


@accounts.command("list")
def listing(as_json: Json = False) -> None:
    """List the accounts."""
    from controller.operations.manage_accounts import list_accounts

    with session.signed_in() as (context, actor):
        rows = list_accounts(context, actor)
    if as_json:
        return output.emit_json([{"username": a.username, "created": a.created} for a in rows])
    return output.table(
        ("บัญชี / account", "สร้างเมื่อ / created"),
        [(a.username, a.created.isoformat(timespec="seconds")) for a in rows],
    )
