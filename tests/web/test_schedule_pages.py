"""What the pages say of the schedule and of a re-check, drawn from values of every kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from controller.compliance.finding import VERDICT_NAMES
from controller.compliance.rechecking import Recheck, Rechecked
from controller.language import Language
from controller.operations.show_schedule import Scheduled, ScheduleView
from controller.schedules.schedule import TASKS, Entry
from controller.store.schedule import Slot
from controller.web.drawing import draw
from controller.web.pages.schedule import STATES

AT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
SLOT = Slot("nightly", AT, "backup", "schedule", "w1", AT, AT)


@dataclass(frozen=True)
class Reader:
    """Somebody who reads a page."""

    language: Language

    def when(self, at: datetime | None) -> str:
        return f"{at:%H:%M}" if at else "-"

    def who(self, username: str) -> str:
        return f"title of {username}"


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_state_of_the_schedule_is_drawn(language: Language) -> None:
    entry = Entry(name="nightly", cron="0 2 * * *", do="backup", missed="skip")
    words = {"words": {"th": "สำรองแล้ว", "en": "backed up"}}
    slots = (
        replace(SLOT, state="waiting", by="engineer1"),
        SLOT,
        replace(SLOT, state="done", ended=AT, content=words),
        replace(SLOT, state="failed", ended=AT, content=words),
        replace(SLOT, state="skipped", ended=AT, content={"late": True, "earlier": 2}),
    )
    off = Entry(name="off", cron="0 2 * * *", do="pack", enabled=False)
    view = ScheduleView((Scheduled(entry, AT, slots[2]), Scheduled(off, None, None)), slots)
    values = {"found": view, "tasks": TASKS, "states": STATES, "program": "schedule"}
    shown = draw(Reader(language), "schedule.html", name="", **values)
    told = draw(Reader(language), "schedule_history.html", **values)
    assert "nightly" in shown
    assert ("สำรองแล้ว" if language == "th" else "backed up") in told
    assert "title of engineer1" in told
    empty = values | {"found": ScheduleView((), ())}
    assert "nightly" not in draw(Reader(language), "schedule_history.html", **empty)


def test_a_recheck_is_drawn_with_what_is_in_the_way() -> None:
    later = AT + timedelta(minutes=1)
    devices = (
        Rechecked("sw01", None),
        Rechecked("sw02", later, (("no-telnet", "fail"), ("ntp", "unknown"))),
        Rechecked("sw03", later, (("no-telnet", "fail"),), as_before=True),
        Rechecked("sw04", later),
    )
    values = {"title": str.upper, "verdicts": VERDICT_NAMES}
    shown = draw(Reader("en"), "case/recheck.html", recheck=Recheck(AT, devices), most=3, **values)
    assert "not judged since" in shown
    assert "NO-TELNET" in shown
    assert "taken back" in shown
    assert "and 1 more" in " ".join(shown.split())
    well = Recheck(AT, devices[3:])
    assert "passes" in draw(Reader("en"), "case/recheck.html", recheck=well, most=3, **values)
