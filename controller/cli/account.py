"""`khaen login | logout | whoami | account`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

import controller
from controller.cli import account_totp, output, session
from controller.cli.output import Json
from controller.errors import Text

accounts = typer.Typer(help="Local accounts.", no_args_is_help=True)
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input")
]
PASSWORD = Text(th="รหัสผ่าน", en="Password")
OLD = Text(th="รหัสผ่านเดิม", en="Old password")
NEW = Text(th="รหัสผ่านใหม่", en="New password")
CODE = Text(th="รหัสยืนยันจากแอป", en="Code of the authenticator")


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command("login")(login)
    app.command("logout")(logout)
    app.command("whoami")(whoami)
    account_totp.register(accounts)
    app.add_typer(accounts, name="account")


def login(username: str, password_stdin: PasswordStdin = False, as_json: Json = False) -> None:
    """Sign in on this command line; the session is a file only you can read.

    Where the account has a second step, its code is asked for (with --password-stdin: the second
    line).
    """
    from controller.operations.log_in import CodeNeeded, Origin, confirm_log_in, log_in

    with session.opened() as context:
        password = session.ask_password(PASSWORD, from_stdin=password_stdin)
        origin = Origin("cli", agent=f"khaen {controller.__version__}")
        try:
            signed = log_in(context, username, password, origin)
        except CodeNeeded as half:
            code = session.ask_password(CODE, from_stdin=password_stdin)
            signed = confirm_log_in(context, half.ticket, code, origin)
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
    """Give a person of inventory/office.yaml an account, or a new password (administrators)."""
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


@accounts.command("password")
def password(password_stdin: PasswordStdin = False) -> None:
    """Change your own password; your other sessions end.

    With --password-stdin the old one is the first line, the new one the second.
    """
    from controller.operations.change_password import change_password

    with session.signed_in() as (context, actor):
        old = session.ask_password(OLD, from_stdin=password_stdin)
        new = session.ask_password(NEW, from_stdin=password_stdin)
        ended = change_password(context, actor, old, new, keep=session.read_token(context))
    output.say(
        f"เปลี่ยนรหัสผ่านแล้ว สิ้นสุดการเข้าสู่ระบบที่อื่น {ended} แห่ง",
        f"password changed; sessions elsewhere that ended: {ended}",
    )


@accounts.command("unlock")
def unlock(username: str) -> None:
    """Let somebody try again at once after wrong passwords."""
    from controller.operations.unlock_account import unlock_account

    with session.signed_in() as (context, actor):
        unlock_account(context, actor, username)
    output.say(f"ปลดล็อกบัญชี {username} แล้ว", f"account {username} unlocked")


@accounts.command("sessions")
def sessions(
    username: Annotated[str | None, typer.Argument(help="Yourself, when left out")] = None,
    as_json: Json = False,
) -> None:
    """Show where somebody is signed in."""
    from controller.operations.end_sessions import list_sessions

    with session.signed_in() as (context, actor):
        found = list_sessions(context, actor, username or actor.username)
    if as_json:
        return output.emit_json([asdict(one) for one in found])
    return output.table(
        ("การเข้าสู่ระบบ / session", "ช่องทาง / door", "ตั้งแต่ / since", "โปรแกรม / program"),
        [(one.id, one.door, _time(one.opened), one.agent) for one in found],
    )


@accounts.command("sign-out")
def sign_out(
    username: Annotated[str | None, typer.Argument(help="Yourself, when left out")] = None,
    session_id: Annotated[
        str | None, typer.Option("--session", help="Only this one, as `khaen account sessions`")
    ] = None,
) -> None:
    """Sign somebody out everywhere, or of one session."""
    from controller.operations.end_sessions import end_sessions

    with session.signed_in() as (context, actor):
        ended = end_sessions(context, actor, username or actor.username, session_id)
    output.say(f"สิ้นสุดการเข้าสู่ระบบ {ended} แห่ง", f"sessions ended: {ended}")


def _time(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else "-"


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
