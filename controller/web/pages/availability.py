"""Availability over a period, with the downtimes behind it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from controller.accounts.actor import Actor
from controller.errors import InputError, Text
from controller.operations.show_availability import show_availability
from controller.operations.show_site import list_sites
from controller.thai import BANGKOK, read_date
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit

PERIODS = {
    "1": Text(th="24 ชั่วโมง", en="24 hours"),
    "7": Text(th="7 วัน", en="7 days"),
    "30": Text(th="30 วัน", en="30 days"),
    "90": Text(th="90 วัน", en="90 days"),
    "365": Text(th="365 วัน", en="365 days"),
}
_MOST = 200


@page("/availability", Text(th="ความพร้อมใช้งาน", en="Availability"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?days=`, or `?since=` and `?until=` as days; `?site=`, `?district=` or `?device=` narrow."""
    asked = {
        n: visit.query[n][:100]
        for n in ("days", "since", "until", "site", "district", "device")
        if visit.query.get(n)
    }
    since = _begin(asked.get("since", ""))
    last = _begin(asked.get("until", ""))
    until = None if last is None else last + timedelta(days=1)
    days = asked.get("days", "30") if asked.get("days", "30") in PERIODS else "30"
    if since is None:
        since = (until or visit.context.clock()) - timedelta(days=int(days))
    found = await visit.ask(
        show_availability,
        since=since,
        until=until,
        site=asked.get("site", ""),
        district=asked.get("district", ""),
        device=asked.get("device", ""),
    )
    sites = {s.site.site: s.site for s in await visit.ask(list_sites)}
    put(
        visit,
        "availability.html",
        found=found,
        asked=asked,
        days=days,
        periods=PERIODS,
        sites=sites,
        districts=sorted({s.district for s in sites.values()}),
        devices=sorted(found.devices, key=lambda pair: (_percent(pair[1].percent), pair[0].name))
        if asked.get("site") or asked.get("device")
        else (),
        downtimes=found.whole.downtimes[:_MOST],
        percent=lambda value: "-" if value is None else f"{value:.3f}",
        length=lambda length: duration(visit, length),
        of_school=actor.of_school,
    )


def duration(visit: Visit, length: timedelta) -> str:
    """A length of time as people say it: `2 d 3 h`, `45 min`."""
    minutes = round(length.total_seconds() / 60)
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    parts = [
        f"{number} {visit.t(th, en)}"
        for number, th, en in ((days, "วัน", "d"), (hours, "ชม.", "h"), (left, "นาที", "min"))
        if number
    ]
    return " ".join(parts[:2]) or f"0 {visit.t('นาที', 'min')}"


def _percent(value: float | None) -> float:
    return 101.0 if value is None else value


def _begin(text: str) -> datetime | None:
    try:
        return datetime.combine(read_date(text), time(), BANGKOK) if text else None
    except InputError:
        return None
