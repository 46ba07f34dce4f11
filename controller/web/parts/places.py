"""Where a page of a list ended, as it stands in an address: a moment and an id."""

from __future__ import annotations

from datetime import datetime


def mark(at: datetime, name: str) -> str:
    """The place of the last row shown."""
    return f"{at.isoformat()}~{name}"


def place(mark: str) -> tuple[datetime, str] | None:
    """Where the page before ended; None, the beginning, for what is no such mark."""
    when, _, name = mark.partition("~")
    try:
        at = datetime.fromisoformat(when)
    except ValueError:
        return None
    return (at, name) if at.tzinfo else None
