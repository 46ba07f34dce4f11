"""Search the configurations of all devices."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.operations.search_configurations import search_configurations
from controller.thai import BANGKOK
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit

AT_ONCE = 20


@page("/configurations", Text(th="ค้นหาในการตั้งค่า", en="Search configurations"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?q=` what; `regex=1`, `when=` now, ever or date with `at=`, `select=`, `after=` a device."""
    require(actor, "search_configurations")
    query = visit.query
    wanted, select = query.get("q", "")[:500], query.get("select", "")[:500]
    when, day = query.get("when", "now"), query.get("at", "")
    found = fault = None
    if wanted.strip():
        try:
            found = await visit.ask(
                search_configurations,
                wanted,
                regex=query.get("regex") == "1",
                select=select.strip() or "all",
                at=_end_of(day) if when == "date" else None,
                ever=when == "ever",
                after=query.get("after", "")[:200],
                most=AT_ONCE,
            )
        except InputError as error:
            # Mostly a pattern that is none: what was typed stays, and beside it what is wrong.
            fault = error
    put(
        visit,
        "search.html",
        wanted=wanted,
        select=select,
        regex=query.get("regex") == "1",
        when_=when,
        chosen=day,
        found=found,
        fault=fault,
        after=query.get("after", ""),
        query={k: v for k, v in query.items() if k in {"q", "regex", "when", "at", "select"}},
    )


def _end_of(day: str) -> datetime:
    """The end of a day in Thailand. Errors: `InputError`."""
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        raise InputError(
            Text(th="ระบุวันที่ที่ต้องการดู", en="say at which date"),
            hint=Text(th="เลือกจากช่องวันที่", en="choose one in the date field"),
        ) from None
    return datetime.combine(chosen, time(), BANGKOK) + timedelta(days=1, microseconds=-1)
