"""A clock that goes when it is told to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Call it for the time; `forward` moves it. It begins on a Monday morning of 2569."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 4, 2, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **step: float) -> datetime:
        """Move on by `timedelta(**step)`."""
        self.now += timedelta(**step)
        return self.now
