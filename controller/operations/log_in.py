"""Sign in and out with a local account."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from controller import thai
from controller.accounts.actor import Actor
from controller.errors import NotAllowed, Text
from controller.inventory.office import Office
from controller.operations.context import Context
from controller.store import accounts, audit_log, sessions


@dataclass(frozen=True)
class SignIn:
    """`token` is shown once, to the person's own session file; the store keeps only its hash."""

    token: str
    actor: Actor
    expires: datetime


def log_in(context: Context, username: str, password: str) -> SignIn:
    """Open a session.

    Errors: `NotAllowed` for a wrong name or password (never saying which), a locked account, a
    person the office no longer lists.
    """
    now = context.clock()
    check_password(context, username, password)
    actor = actor_of(context.office(), username, now)
    token = secrets.token_urlsafe(32)
    expires = now + timedelta(hours=context.settings.session_hours)
    with context.store.begin() as conn:
        sessions.forget_expired(conn, now)
        sessions.open_session(conn, _hash(token), username, expires)
        audit_log.append(
            conn, actor=username, action="log_in", subject=username, content={}, at=now
        )
    return SignIn(token, actor, expires)


def log_out(context: Context, token: str) -> None:
    """Close the session; closing one that is not there is no error."""
    with context.store.begin() as conn:
        sessions.close_session(conn, _hash(token))


def who_am_i(context: Context, token: str | None) -> Actor:
    """The person a session token belongs to.

    Errors: `NotAllowed` without a valid, unexpired session.
    """
    now = context.clock()
    username = None
    if token:
        with context.store.read() as conn:
            username = sessions.session_user(conn, _hash(token), now)
    if username is None:
        raise NotAllowed(
            Text(th="ยังไม่ได้เข้าสู่ระบบ หรือหมดเวลาแล้ว", en="not signed in, or the session has ended"),
            hint=Text(th="ใช้คำสั่ง khaen login ชื่อผู้ใช้", en="run: khaen login USERNAME"),
        )
    return actor_of(context.office(), username, now)


def check_password(context: Context, username: str, password: str) -> None:
    """Pass when the password is right; count and lock after repeated failures."""
    now = context.clock()
    with context.store.begin() as conn:
        outcome = accounts.try_password(conn, username, password, now)
        if outcome != "ok":
            audit_log.append(
                conn,
                actor=username,
                action="refuse_password",
                subject=username,
                content={"outcome": outcome},
                at=now,
            )
    if outcome == "locked":
        raise NotAllowed(
            Text(
                th="บัญชีถูกระงับชั่วคราวเพราะใส่รหัสผ่านผิดหลายครั้ง",
                en="the account is locked for a while after repeated wrong passwords",
            ),
            hint=Text(th="รอ ๑๕ นาทีแล้วลองใหม่", en="wait 15 minutes and try again"),
        )
    if outcome != "ok":
        raise NotAllowed(Text(th="ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง", en="wrong user name or password"))


def actor_of(office: Office, username: str, now: datetime) -> Actor:
    """The actor an office's person is today (Bangkok date).

    Errors: `NotAllowed` when the office does not list the person, or not any more.
    """
    person = office.person(username)
    today = thai.bangkok_date(now)
    roles = frozenset(
        r for r in (person.roles if person else ()) if person and person.holds(r, today)
    )
    if person is None or not roles:
        raise NotAllowed(
            Text(
                th=f"{username} ไม่มีหน้าที่ในสำนักงานตามไฟล์ inventory/office.yaml ในวันนี้",
                en=f"inventory/office.yaml gives {username} no role today",
            ),
            hint=Text(
                th="เพิ่มชื่อใน people ของ inventory/office.yaml",
                en="add the person to `people` in inventory/office.yaml",
            ),
        )
    return Actor(username, person.title, roles, person.site if roles == {"school"} else None)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
