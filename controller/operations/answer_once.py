"""Answer a request once, however often it arrives under the same key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from controller.accounts.actor import Actor
from controller.errors import InputError, Refused, Text
from controller.operations.context import Context
from controller.store import answered

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Answer:
    """What a request was answered, as it went out. It holds no secret: such are never kept."""

    status: int
    headers: str
    body: bytes


def answer_once(context: Context, actor: Actor, key: str, request: str) -> Answer | None:
    """The answer this very request was given under the key before; None when it is yet to be done.

    `request` is a fingerprint of all that was asked. Keys are a person's own, and good for a day.
    Whoever gets None does the work, then calls `keep_answer`, or `free_key` when nothing was done.
    Errors: `InputError` for the key of another request, `Refused` while the first is being done.
    """
    now = context.clock()
    with context.store.begin(audited=False) as conn:
        answered.forget_answers(conn, now - KEPT_FOR)
        known = answered.claim_key(conn, actor.username, key, request, now)
    if known is None:
        return None
    if known.request != request:
        raise InputError(
            Text(
                th="Idempotency-Key นี้ใช้กับคำขออื่นไปแล้ว",
                en="this Idempotency-Key was used for another request",
            ),
            hint=Text(th="คำขอใหม่ใช้คีย์ใหม่", en="a new request takes a new key"),
        )
    if known.status is None:
        raise Refused(
            Text(
                th="คำขอแรกของคีย์นี้ยังทำไม่เสร็จ หรือถูกตัดไปกลางทาง",
                en="the first request with this key is still being done, or was cut off",
            ),
            hint=Text(
                th="รอแล้วลองใหม่ ถ้ายังเป็นอยู่ให้ดูว่าทำไปแล้วหรือไม่ แล้วใช้คีย์ใหม่",
                en="wait and repeat; if that does not help, look what was done, then use a new key",
            ),
        )
    return Answer(known.status, known.headers, known.body)


def keep_answer(context: Context, actor: Actor, key: str, answer: Answer) -> None:
    """Keep what the request was answered, for a day."""
    with context.store.begin(audited=False) as conn:
        answered.keep_answer(
            conn,
            actor.username,
            key,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
        )


def free_key(context: Context, actor: Actor, key: str) -> None:
    """Let the key go, as nothing was done: the request may come again, or another one."""
    with context.store.begin(audited=False) as conn:
        answered.free_key(conn, actor.username, key)
