"""Which case brought the configuration a device runs, from what is on record of its runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Running:
    """The configuration a device was last seen to run: first seen at `since`, last at `seen`.

    `blob` is where its text is kept, `fingerprint` that of the whole; `first` while the device was
    never seen to run another one.
    """

    device: str
    fingerprint: str
    blob: str
    since: datetime
    seen: datetime
    first: bool


@dataclass(frozen=True, slots=True)
class Carried:
    """What a run, begun at `started`, left on a device: the fingerprint `after`, for its case."""

    case: str
    after: str
    started: datetime


def brought_by(running: Running, proven: Carried | None, doubtful: Carried | None) -> str | None:
    """The case whose run brought what the device runs; empty when somebody changed it outside.

    `proven` is the newest run that was confirmed on the device, `doubtful` the newest that may have
    changed it and has no proof. None when nobody can tell: the device has run nothing else since it
    is known, or a run without proof was there when it changed.
    """
    if proven is not None and proven.after == running.fingerprint:
        return proven.case
    if doubtful is not None and running.since >= doubtful.started:
        later = proven is None or doubtful.started > proven.started
        if later:
            return None
    if running.first and proven is None:
        return None
    return ""
