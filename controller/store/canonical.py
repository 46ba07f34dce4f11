"""Text that is the same everywhere: canonical JSON, UTC times, and text any database takes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any


def canonical(value: Any) -> str:
    """Canonical JSON: keys sorted, no white space, Thai kept as it is.

    Lone surrogates, which no file or database takes, become `?`. Errors: `ValueError` or
    `TypeError` for what JSON cannot say (not-a-number, objects).
    """
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode("utf-8", "replace").decode()


def storable(text: str) -> str:
    """The text without what a database refuses: NUL and lone surrogates become U+FFFD."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\0", "�")


def time_text(at: datetime) -> str:
    """`2026-01-31T09:30:00.000000Z`: UTC, always 27 characters, so that text sorts as time.

    Errors: `ValueError` for a time without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time needs its zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def time_value(text: str) -> datetime:
    """The time that `time_text` wrote."""
    return datetime.fromisoformat(text)
