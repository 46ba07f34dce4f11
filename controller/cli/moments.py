"""Moments and days as people type them: on a Thai clock unless they say otherwise."""

from __future__ import annotations

from datetime import datetime

from controller.errors import InputError, Text
from controller.thai import BANGKOK


def moment(text: str) -> datetime:
    """`2026-11-28`, `2026-11-28 18:00` or ISO 8601 with a zone. Errors: `InputError`."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            Text(th=f"อ่านเวลา “{text}” ไม่ได้", en=f"“{text}” is no time"),
            hint=Text(
                th="เขียนเป็น 2026-11-28 หรือ “2026-11-28 18:00”",
                en="write 2026-11-28, or “2026-11-28 18:00”",
            ),
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=BANGKOK)


def written(at: datetime | None) -> str:
    """A moment on a Thai clock: `2026-11-28 18:00`; `-` for none."""
    return f"{at.astimezone(BANGKOK):%Y-%m-%d %H:%M}" if at else "-"
