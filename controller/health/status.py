"""Up, down or unknown, from whether a device answered; and the spans of time that follow from it.

One poll without an answer is no proof: the device is unknown until the next one. Two in a row mean
down, and then it was down since the first. Time in which nobody asked is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from controller.health.observed import Reached

ENOUGH = 2
"""Polls in a row without an answer after which a device is down."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of time in one status."""

    status: Reached
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class LastStatus:
    """Where a device stands after a poll at `at`: in this status since `since`.

    `missed` polls in a row had no answer, the first of them at `missed_since`.
    """

    status: Reached
    since: datetime
    at: datetime
    missed: int = 0
    missed_since: datetime | None = None


def turn(
    before: LastStatus | None, answered: bool | None, at: datetime, longest: timedelta
) -> tuple[LastStatus, tuple[Piece, ...]]:
    """Where the device stands after this poll, and the pieces of time that are settled by it.

    `answered` is None when it is there but says nothing we may know (a wrong password): unknown,
    never down.

    The first piece restates the one the device stood in before (if any); those after it are new.
    The last one is where it stands now. `longest` is the time from poll to poll after which nobody
    can say what was in between. A clock that went back is taken to have stood still.
    """
    if before is None:
        status: Reached = "up" if answered else "unknown"
        missed = (1, at) if answered is False else (0, None)
        return LastStatus(status, at, at, *missed), (Piece(status, at, at),)
    at = max(at, before.at)
    pieces = [Piece(before.status, before.since, before.at)]
    lost = at - before.at > longest
    _lengthen(pieces, "unknown" if lost else before.status, at)
    if answered is not False:
        missed_count, missed_since, status = 0, None, "up" if answered else "unknown"
    else:
        counted = before.missed > 0 and not lost
        missed_count = before.missed + 1 if counted else 1
        missed_since = before.missed_since if counted else at
        status = "down" if missed_count >= ENOUGH else "unknown"
    if status == "down" and missed_since is not None:
        _restate(pieces, "down", missed_since)
    _lengthen(pieces, status, at, begin=True)
    now = LastStatus(status, pieces[-1].since, at, missed_count, missed_since)
    return now, tuple(pieces)


def _lengthen(
    pieces: list[Piece], status: Reached, until: datetime, *, begin: bool = False
) -> None:
    """Let the last piece reach to `until`, or begin another after it where the status differs."""
    last = pieces[-1]
    if last.status == status:
        pieces[-1] = replace(last, until=until)
    elif begin or until > last.until:
        pieces.append(Piece(status, last.until, until))


def _restate(pieces: list[Piece], status: Reached, since: datetime) -> None:
    """What was thought to be unknown since then was this status."""
    until = pieces[-1].until
    while len(pieces) > 1 and pieces[-1].since >= since:
        pieces.pop()
    last = pieces[-1]
    if last.since >= since or last.status == status:
        pieces[-1] = Piece(status, last.since, until)
    else:
        pieces[-1] = replace(last, until=since)
        pieces.append(Piece(status, since, until))


def backoff(missed: int) -> int:
    """Polls from one probe of a silent device to the next: every one at first, then fewer."""
    if missed < 6:
        return 1
    return 2 if missed < 12 else 3
