"""The second step in signing in: begin it, confirm it, take it away."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import pyotp

from controller.accounts.actor import Actor, require, require_present
from controller.accounts.second_factor import enrolment, fitting_step
from controller.errors import NotAllowed, Refused, Text
from controller.operations.context import Context
from controller.operations.log_in import check_password
from controller.store import accounts, audit_log, recovery_codes
from controller.store.sealing import seal, unseal
from controller.store.second_factor import recovery_hash

RECOVERY_CODES = 8
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator is told: by QR code (`address`), or typed (`secret`). Shown once."""

    secret: str
    address: str


def set_up_second_step(context: Context, actor: Actor, password: str) -> Enrolment:
    """A new secret for one's authenticator; nothing asks for it before a code confirmed it.

    Errors: `NotAllowed` for a wrong password, `Refused` when there is a second step already.
    """
    require_present(actor)
    check_password(context, actor.username, password)
    secret = pyotp.random_base32()
    with context.store.begin() as conn:
        known = accounts.second_factor(conn, actor.username)
        if known is not None and known.step is not None:
            raise Refused(
                Text(th="บัญชีนี้มีการยืนยันสองขั้นแล้ว", en="this account has a second step already"),
                hint=Text(th="ยกเลิกของเดิมก่อน", en="remove it first"),
            )
        sealed = seal(context.folder, secret)
        accounts.set_second_factor(conn, actor.username, sealed, None)
    return Enrolment(secret, enrolment(secret, actor.username, context.office().short))


def confirm_second_step(context: Context, actor: Actor, code: str) -> tuple[str, ...]:
    """Turn the second step on with a first code; the recovery codes, shown this once.

    Errors: `NotAllowed` for a wrong code, `Refused` when none was begun or it is on already.
    """
    require_present(actor)
    now = context.clock()
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
    with context.store.begin() as conn:
        known = accounts.second_factor(conn, actor.username)
        if known is None or known.step is not None:
            raise Refused(
                Text(th="ยังไม่ได้เริ่มตั้งค่าการยืนยันสองขั้น", en="no second step was begun"),
                hint=Text(th="เริ่มตั้งค่าใหม่", en="begin anew"),
            )
        step = fitting_step(unseal(context.folder, known.sealed), code, now)
        if step is None:
            raise NotAllowed(
                Text(th="รหัสยืนยันไม่ถูกต้อง", en="wrong code"),
                hint=Text(
                    th="ตรวจว่านาฬิกาในโทรศัพท์ตรง แล้วใช้รหัสใหม่ล่าสุด",
                    en="see that the phone's clock is right and take the newest code",
                ),
            )
        accounts.set_second_factor(conn, actor.username, known.sealed, step)
        hashes = [recovery_hash(actor.username, one) for one in codes]
        recovery_codes.replace_codes(conn, actor.username, hashes)
        audit_log.append(
            conn,
            actor=actor.username,
            action="set_up_second_step",
            subject=actor.username,
            content={},
            at=now,
        )
    return codes


def remove_second_step(
    context: Context, actor: Actor, username: str, password: str | None = None
) -> None:
    """Sign in with the password alone again: one's own with the password, or an administrator's.

    Errors: `NotAllowed`, `NotFound` without such an account.
    """
    require_present(actor)
    if actor.username == username:
        check_password(context, username, password or "")
    else:
        require(actor, "manage_accounts")
    now = context.clock()
    with context.store.begin() as conn:
        accounts.set_second_factor(conn, username, None, None)
        recovery_codes.replace_codes(conn, username, ())
        audit_log.append(
            conn,
            actor=actor.username,
            action="remove_second_step",
            subject=username,
            content={},
            at=now,
        )


def recovery_codes_left(context: Context, actor: Actor) -> int | None:
    """How many recovery codes one has left; None without a second step."""
    with context.store.read() as conn:
        known = accounts.second_factor(conn, actor.username)
        on = known is not None and known.step is not None
        return recovery_codes.codes_left(conn, actor.username) if on else None


def _recovery_code() -> str:
    signs = "".join(secrets.choice(_LETTERS) for _ in range(16))
    return "-".join(signs[at : at + 4] for at in range(0, 16, 4))
