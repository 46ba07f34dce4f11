"""The versions of a device's configuration: runs of sights that show the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from controller.errors import InputError, NotFound, Text

_SHORTEST = 4


@dataclass(frozen=True)
class Sight:
    """One look at a configuration: `blob` is where its text is kept, `why` what it was for."""

    fingerprint: str
    blob: str
    at: datetime
    why: str


@dataclass(frozen=True)
class Version:
    """A configuration from when it was first seen until it was last seen unchanged.

    `id` is the name of its text (40 hexadecimal digits). A configuration that comes back after
    another one is a version of its own, with the same id.
    """

    id: str
    fingerprint: str
    since: datetime
    until: datetime
    why: str


def versions_of(sights: Iterable[Sight]) -> tuple[Version, ...]:
    """The versions, newest first, of sights that come newest first."""
    found: list[Version] = []
    for sight in sights:
        newer = found[-1] if found else None
        if newer is not None and newer.fingerprint == sight.fingerprint:
            # The text first kept is the one named: later sights differ in what counts for nothing.
            found.pop()
            until = newer.until
        else:
            until = sight.at
        found.append(Version(sight.blob, sight.fingerprint, sight.at, until, sight.why))
    return tuple(found)


def version_called(versions: tuple[Version, ...], name: str) -> Version:
    """The newest version whose id begins with `name`.

    Errors: `InputError` for fewer than 4 digits or what could mean several, `NotFound`.
    """
    wanted = name.strip().lower()
    if len(wanted) < _SHORTEST:
        raise InputError(
            Text(
                th=f"“{name}” สั้นเกินไป ระบุรหัสรุ่นอย่างน้อย {_SHORTEST} หลัก",
                en=f"“{name}” is too short; give {_SHORTEST} digits of the version's id or more",
            )
        )
    hits = [version for version in versions if version.id.startswith(wanted)]
    if not hits:
        raise NotFound(
            Text(th=f"ไม่พบรุ่น {name}", en=f"there is no version {name}"),
            hint=Text(
                th="ดูรุ่นทั้งหมดได้จาก khaen backup history", en="see khaen backup history DEVICE"
            ),
        )
    if len({version.id for version in hits}) > 1:
        raise InputError(
            Text(th=f"มีมากกว่าหนึ่งรุ่นที่ขึ้นต้นด้วย {name}", en=f"more than one version begins with {name}"),
            hint=Text(th="ระบุจำนวนหลักให้มากขึ้น", en="give more digits"),
        )
    return hits[0]
