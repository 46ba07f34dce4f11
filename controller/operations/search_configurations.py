"""Search the configurations of all devices: for a text or a pattern, now, at a date, or ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from controller.accounts.actor import Actor, require
from controller.backups.searching import Place, hide_secrets, hiding_rules, places
from controller.errors import InputError, Text
from controller.inventory.device import Device
from controller.inventory.selector import parse_selector
from controller.operations.context import Context
from controller.operations.select_devices import devices_meant
from controller.store import snapshots
from controller.store.engine import Connection
from controller.store.line_index import Indexed, indexed_devices
from controller.store.line_search import (
    LONGEST_PATTERN,
    When,
    devices_with,
    lines_matching,
    lines_with,
    spans_of,
)

MOST = 200
SHOWN = 10


@dataclass(frozen=True)
class Hit:
    """A line that was found, which the device has had since then, until then (None: it still has).

    `places` are where it stands in the version that is named beside it; none when in another one.
    """

    line: str
    since: datetime
    until: datetime | None
    places: tuple[Place, ...]


@dataclass(frozen=True)
class DeviceHits:
    """What was found on a device: `lines` in all, the first of them in `hits`."""

    device: str
    site: str
    version: str
    lines: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class SearchResult:
    """One page of devices by name, out of `matching`; `next` is the last one's name, if not all.

    `lines` counts lines by device. `left_out` are devices that cannot be searched, because their
    index has to be made anew.
    """

    devices: tuple[DeviceHits, ...]
    matching: int
    lines: int
    next: str | None
    left_out: tuple[str, ...]


def search_configurations(
    context: Context,
    actor: Actor,
    wanted: str,
    *,
    regex: bool = False,
    select: str = "all",
    at: datetime | None = None,
    ever: bool = False,
    after: str = "",
    most: int = 20,
) -> SearchResult:
    """The devices that have a line with `wanted` in it, each with its first lines.

    Secrets are hidden before anything is looked for, so nobody can find one. Lines are without
    margins, small and capital Latin letters are the same. Without `at` and `ever` it is what
    devices run now. Errors: `NotAllowed`, also for a school; `InputError` for nothing wanted, for
    what is no pattern or takes too long, and for a selector that means no device.
    """
    require(actor, "search_configurations")
    wanted = _checked(wanted, at, ever, regex=regex)
    devices = devices_meant(context.inventory(), parse_selector(select))
    secrets = context.secrets()
    when = When(at, ever)
    with context.store.read() as conn:
        known, left_out = _searchable(conn, devices, secrets)
        lines = (lines_matching if regex else lines_with)(conn, wanted)
        counts = devices_with(conn, lines, when)
        found = [d for d in devices if d.name in known and known[d.name].number in counts]
        page = [d for d in found if d.name > after][: min(most, MOST)]
        shown = [
            _hits(context, conn, device, known[device.name].number, lines, when, secrets)
            for device in page
        ]
    return SearchResult(
        devices=tuple(shown),
        matching=len(found),
        lines=sum(counts[known[d.name].number] for d in found),
        next=page[-1].name if page and page[-1] is not found[-1] else None,
        left_out=left_out,
    )


def _checked(wanted: str, at: datetime | None, ever: bool, *, regex: bool) -> str:
    wanted = wanted if regex else wanted.strip()
    if not wanted.strip() or "\0" in wanted:
        raise InputError(
            Text(th="ระบุข้อความที่ต้องการค้นหา", en="say what to search for"),
            hint=Text(th="เช่น “ntp server”", en="“ntp server”, for example"),
        )
    if len(wanted) > LONGEST_PATTERN:
        raise InputError(
            Text(
                th=f"ข้อความยาวเกิน {LONGEST_PATTERN} ตัวอักษร",
                en=f"this is longer than {LONGEST_PATTERN} letters",
            )
        )
    if at is not None and ever:
        raise InputError(
            Text(
                th="เลือกได้อย่างเดียว: ณ วันที่ หรือทุกช่วงเวลา",
                en="choose one: at a date, or ever",
            )
        )
    return wanted


def _searchable(
    conn: Connection, devices: Iterable[Device], secrets: Mapping[str, str]
) -> tuple[dict[str, Indexed], tuple[str, ...]]:
    """The devices whose index hides what is secret today; and those that were kept but are not."""
    known = indexed_devices(conn)
    kept = snapshots.devices_kept(conn)
    names = tuple(secrets)
    fit = {
        d.name: known[d.name]
        for d in devices
        if d.name in known and known[d.name].rules == hiding_rules(d.platform, names) != ""
    }
    return fit, tuple(d.name for d in devices if d.name in kept and d.name not in fit)


def _hits(
    context: Context,
    conn: Connection,
    device: Device,
    number: int,
    lines: list[int],
    when: When,
    secrets: Mapping[str, str],
) -> DeviceHits:
    spans = spans_of(conn, number, lines, when)
    first = spans[0]
    if when.ever and first.until is not None:
        kept = snapshots.standing(conn, device.name, first.until, before=True)
    else:
        kept = snapshots.standing(conn, device.name, when.at)
    shown = spans[:SHOWN]
    text = hide_secrets(device.platform, context.backups.read(kept.blob), secrets) if kept else ""
    where = places(text, {span.line for span in shown})
    return DeviceHits(
        device=device.name,
        site=device.site,
        version=kept.blob if kept else "",
        lines=len({span.line for span in spans}),
        hits=tuple(Hit(s.line, s.since, s.until, where.get(s.line, ())) for s in shown),
    )
