"""Sign in and out with a local account, in one step or in two."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from controller import thai
from controller.accounts import attempts
from controller.accounts.actor import Actor
from controller.errors import NotAllowed, NotSignedIn, Text, TooMany
from controller.inventory.office import Office
from controller.operations.context import Context
from controller.store import accounts, api_tokens, audit_log, failed_sign_ins, sessions
from controller.store.engine import Connection
from controller.store.passwords import verify_password
from controller.store.second_factor import code_fits
from controller.store.sessions import Door, Session

# Between the password and the code.
HALF_WAY = timedelta(minutes=5)
# How exactly it is known when a session was last used.
_TOUCHED = timedelta(minutes=1)
# How API tokens begin, so that one that leaked is known for what it is; and how exactly it is
# known when one was last used.
TOKEN_PREFIX = "khaen_"  # noqa: S105  no secret
_TOKEN_TOUCHED = timedelta(hours=1)


@dataclass(frozen=True)
class Origin:
    """Where somebody signs in from. `address` is empty on this machine's own command line."""

    door: Door = "cli"
    address: str = ""
    agent: str = ""


@dataclass(frozen=True)
class SignIn:
    """`token` is shown once, to the person's own session file; the store keeps only its hash."""

    token: str
    actor: Actor
    expires: datetime


class CodeNeeded(NotAllowed):
    """The password was right and a code is wanted; `ticket` is for `confirm_log_in`."""

    def __init__(self, ticket: str) -> None:
        super().__init__(
            Text(
                th="ต้องใส่รหัสยืนยันจากแอปในโทรศัพท์ด้วย",
                en="the code of the authenticator is needed, too",
            )
        )
        self.ticket = ticket


def log_in(
    context: Context, username: str, password: str, origin: Origin | None = None, code: str = ""
) -> SignIn:
    """Open a session.

    Errors: `NotAllowed` for a wrong name or password and a locked account (in the same words, after
    the same work), for a wrong code, and a person the office no longer lists; `CodeNeeded` when the
    account has a second step and no code was given; `TooMany` after many failures of an address.
    """
    origin = origin or Origin()
    _hold_password(context, username, password, origin)
    return go_on(context, actor_of(context.office(), username, context.clock()), origin, code)


def go_on(context: Context, actor: Actor, origin: Origin, code: str = "") -> SignIn:
    """What comes after the first proof of who somebody is: a session, or first the second step.

    Errors: `CodeNeeded`, `NotAllowed` for a wrong code.
    """
    with context.store.read() as conn:
        second = accounts.second_factor(conn, actor.username)
    if second is None or second.step is None:
        return open_session(context, actor, origin)
    if not code:
        half = open_session(context, actor, Origin("half", origin.address, origin.agent))
        raise CodeNeeded(half.token)
    return _with_code(context, actor, code, origin)


def confirm_log_in(context: Context, ticket: str, code: str, origin: Origin) -> SignIn:
    """The second step: the ticket of `CodeNeeded` and a code, or a recovery code.

    Errors: `NotAllowed` when the ticket is too old, the code is wrong, the account locked by now;
    `TooMany` as `log_in`.
    """
    now = context.clock()
    with context.store.read() as conn:
        half = sessions.find_session(conn, hash_of(ticket), now)
    if half is None or half.door != "half":
        raise NotAllowed(
            Text(th="ใช้เวลานานเกินไป กรุณาเข้าสู่ระบบใหม่", en="that took too long; sign in once more")
        )
    _refuse_flood(context, origin)
    actor = actor_of(context.office(), half.username, now)
    signed = _with_code(context, actor, code, origin)
    log_out(context, ticket)
    return signed


def open_session(context: Context, actor: Actor, origin: Origin) -> SignIn:
    """A session under a new token, for somebody whose identity has been proved."""
    now = context.clock()
    half = origin.door == "half"
    token = secrets.token_urlsafe(32)
    expires = now + (HALF_WAY if half else timedelta(hours=context.settings.session_hours))
    with context.store.begin() as conn:
        sessions.forget_expired(conn, now)
        sessions.open_session(
            conn,
            hash_of(token),
            actor.username,
            expires,
            id=secrets.token_hex(8),
            opened=now,
            door=origin.door,
            agent=origin.agent,
        )
        if not half:
            audit_log.append(
                conn,
                actor=actor.username,
                action="log_in",
                subject=actor.username,
                content={"door": origin.door, "address": origin.address},
                at=now,
            )
    return SignIn(token, actor, expires)


def log_out(context: Context, token: str) -> None:
    """Close the session; closing one that is not there is no error."""
    with context.store.begin() as conn:
        sessions.close_session(conn, hash_of(token))


def who_am_i(context: Context, token: str | None) -> Actor:
    """The actor of a session or an API token, with the roles the office file gives them today.

    Errors: `NotSignedIn` without a valid session, neither expired nor too long unused;
    `NotAllowed` for a person without a role today.
    """
    if token and token.startswith(TOKEN_PREFIX):
        return _program(context, token)
    session = current_session(context, token) if token else None
    if session is None:
        raise NotSignedIn(
            Text(th="ยังไม่ได้เข้าสู่ระบบ หรือหมดเวลาแล้ว", en="not signed in, or the session has ended"),
            hint=Text(th="ใช้คำสั่ง khaen login ชื่อผู้ใช้", en="run: khaen login USERNAME"),
        )
    return actor_of(context.office(), session.username, context.clock())


def _program(context: Context, token: str) -> Actor:
    """The owner of an API token, narrowed to its scopes. Errors: `NotSignedIn`, `NotAllowed`."""
    now = context.clock()
    with context.store.read() as conn:
        found = api_tokens.find_token(conn, hash_of(token), now)
    if found is None:
        raise NotSignedIn(
            Text(
                th="โทเค็นหมดอายุ ถูกยกเลิก หรือไม่มีอยู่",
                en="the token has expired, was revoked, or never was",
            ),
            hint=Text(th="สร้างใหม่ด้วย khaen token make", en="make another: khaen token make"),
        )
    if found.used is None or now - found.used > _TOKEN_TOUCHED:
        with context.store.begin(audited=False) as conn:
            api_tokens.touch_token(conn, found.id, now)
    owner = actor_of(context.office(), found.username, now)
    return replace(owner, scopes=frozenset(found.scopes))


def current_session(context: Context, token: str) -> Session | None:
    """The session of a token, if it holds; it counts as used from now on."""
    now = context.clock()
    with context.store.read() as conn:
        session = sessions.find_session(conn, hash_of(token), now)
    if session is None or session.door == "half":
        return None
    idle = now - session.used if session.used else timedelta()
    # Somebody left a browser open; a command line has no such window to be found.
    if session.door == "web" and idle > timedelta(minutes=context.settings.session_idle_minutes):
        return None
    if session.used is None or idle > _TOUCHED:
        with context.store.begin(audited=False) as conn:
            sessions.touch_session(conn, hash_of(token), now)
    return session


def check_password(context: Context, username: str, password: str) -> None:
    """Pass when the password of somebody signed in is right; count and lock after failures."""
    now = context.clock()
    with context.store.begin() as conn:
        outcome = accounts.try_password(conn, username, password, now)
        if outcome != "ok":
            _refused(context, username, outcome, conn)
    if outcome == "locked":
        raise NotAllowed(
            Text(
                th="บัญชีถูกระงับชั่วคราวเพราะใส่รหัสผ่านผิดหลายครั้ง",
                en="the account is locked for a while after repeated wrong passwords",
            ),
            hint=Text(th="รอ ๑๕ นาทีแล้วลองใหม่", en="wait 15 minutes and try again"),
        )
    if outcome != "ok":
        raise NotAllowed(Text(th="รหัสผ่านไม่ถูกต้อง", en="wrong password"))


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


def hash_of(token: str) -> str:
    """What the store keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _hold_password(context: Context, username: str, password: str, origin: Origin) -> None:
    """Pass when the password is right. Whatever stands against it, one password is hashed."""
    _refuse_flood(context, origin)
    now = context.clock()
    name = attempts.name_subject(username)
    with context.store.begin() as conn:
        failed = failed_sign_ins.failures(conn, [name], now - attempts.STRETCH)
        if failed.get(name, 0) >= attempts.FOR_NAME:
            verify_password(None, password)
            outcome: accounts.Outcome = "locked"
        else:
            outcome = accounts.try_password(conn, username, password, now)
        if outcome == "ok":
            failed_sign_ins.forgive(conn, name)
        else:
            _count(context, conn, origin, name if outcome == "wrong" else "")
            _refused(context, username, outcome, conn)
    if outcome != "ok":
        raise NotAllowed(
            Text(th="ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง", en="wrong user name or password"),
            hint=Text(
                th="ผิดหลายครั้งต้องรอ ๑๕ นาที ลืมรหัสผ่านให้ติดต่อผู้ดูแลบัญชีผู้ใช้",
                en="after several mistakes wait 15 minutes; who forgot it asks the administrator",
            ),
        )


def _with_code(context: Context, actor: Actor, code: str, origin: Origin) -> SignIn:
    now = context.clock()
    # Counted apart: the right password, which whoever guesses codes has, forgives no wrong code.
    name = attempts.code_subject(actor.username)
    with context.store.begin() as conn:
        failed = failed_sign_ins.failures(conn, [name], now - attempts.STRETCH)
        locked = failed.get(name, 0) >= attempts.CODES
        fits = not locked and code_fits(conn, context.folder, actor.username, code, now)
        if fits:
            failed_sign_ins.forgive(conn, name)
        else:
            _count(context, conn, origin, "" if locked else name)
            _refused(context, actor.username, "locked" if locked else "wrong code", conn)
    if not fits:
        raise NotAllowed(
            Text(th="รหัสยืนยันไม่ถูกต้อง", en="wrong code"),
            hint=Text(
                th="ใช้รหัสใหม่ล่าสุดในแอป แต่ละรหัสใช้ได้ครั้งเดียว ผิดหลายครั้งต้องรอหนึ่งชั่วโมง",
                en="take the newest code of the app, each is good once; after several mistakes "
                "wait an hour",
            ),
        )
    return open_session(context, actor, origin)


def _refuse_flood(context: Context, origin: Origin) -> None:
    subject = attempts.address_subject(origin.address)
    if not subject:
        return
    with context.store.read() as conn:
        begin = context.clock() - attempts.STRETCH
        failed = failed_sign_ins.failures(conn, [subject], begin)
    if failed.get(subject, 0) >= attempts.FROM_ADDRESS:
        raise TooMany(
            Text(
                th="มีการเข้าสู่ระบบผิดพลาดจากที่อยู่เครือข่ายนี้มากเกินไป",
                en="too many failed attempts from this network address",
            ),
            hint=Text(th="รอหนึ่งชั่วโมงแล้วลองใหม่", en="wait an hour and try again"),
        )


def _count(context: Context, conn: Connection, origin: Origin, name: str) -> None:
    subjects = [s for s in (attempts.address_subject(origin.address), name) if s]
    now = context.clock()
    failed_sign_ins.add_failure(conn, subjects, now, now - attempts.STRETCH)


def _refused(context: Context, username: str, outcome: str, conn: Connection) -> None:
    # People type passwords where the name belongs; what is no name of ours is not written down.
    known = username if context.office().person(username) else "?"
    audit_log.append(
        conn,
        actor=known,
        action="refuse_password",
        subject=known,
        content={"outcome": outcome},
        at=context.clock(),
    )
