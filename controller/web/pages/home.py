"""Home: what waits for me."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from nicegui import ui

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.health.rules import SEVERITIES
from controller.operations.show_home import FEW, Home, show_home
from controller.plans.outcome import STATE_WORDS
from controller.processes.forms.catalogue import form
from controller.processes.wording import DECISION_WORDS, STEP_WORDS
from controller.store.trouble import Trouble
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.alert_tones import ALERT_TONES
from controller.web.parts.compliance_look import score_tone
from controller.web.parts.run_rows import colour, shares
from controller.web.visit import Visit

# What a school asks for most, by the form it fills in.
ASKING = (
    ("repair_request", Text(th="แจ้งซ่อม", en="Report a repair")),
    ("loan_request", Text(th="ขอยืมอุปกรณ์", en="Borrow equipment")),
    ("supply_request", Text(th="ขอเบิกวัสดุ", en="Ask for supplies")),
)
_NAMED = 12
"""So many devices of a run are named; the run's page names all."""


@page("/", Text(th="หน้าแรก", en="Home"))
async def build(visit: Visit, actor: Actor) -> None:
    """What waits for this person, by role."""
    found = await visit.ask(show_home)
    values: dict[str, object] = {"home": found, "actor": actor, "few": FEW}
    if "school" in actor.roles:
        put(visit, "home/school.html", asking=ASKING, date_of=date.fromisoformat, **values)
    if not may(actor, "read_history"):
        return
    put(visit, "home/waiting.html", decides="director" in actor.roles, **values)
    if "director" in actor.roles:
        put(visit, "home/away.html", decisions=DECISION_WORDS, **values)
    with ui.element("div").classes("sections"):
        put(
            visit,
            "home/lights.html",
            troubled=_troubled(found.trouble),
            states=STATE_WORDS,
            colour=colour,
            score_tone=score_tone,
            may_verify=may(actor, "verify_devices"),
            alerts=[
                (ALERT_TONES[name], words, name, found.alerts[name])
                for name, words in SEVERITIES.items()
                if found.alerts.get(name)
            ],
            **values,
        )
        if "engineer" in actor.roles:
            put(visit, "home/engineer.html", **values)
        if may(actor, "attach_form"):
            put(visit, "home/officer.html", title_of=_title, **values)
        put(visit, "home/steps.html", steps=_bars(found))
        if found.last:
            put(visit, "home/last.html", last=found.last, shares=shares(found.last.counts))
    put(
        visit,
        "home/others.html",
        keeps_accounts=may(actor, "manage_accounts"),
        audits=bool(actor.roles & {"auditor", "admin", "director"}),
    )


def _troubled(trouble: tuple[Trouble, ...]) -> list[tuple[str, str, list[Trouble], int]]:
    """(case, run, first devices, how many more) by run, newest first."""
    found = [(key, list(rows)) for key, rows in groupby(trouble, lambda one: (one.case, one.run))]
    return [(case, run, rows[:_NAMED], len(rows) - _NAMED) for (case, run), rows in found]


def _bars(home: Home) -> list[tuple[Text, int, int]]:
    """(step, cases, percent of the longest bar) for the picture of the open cases."""
    most = max((number for _, number in home.open_cases), default=1)
    return [(STEP_WORDS[kind], number, 100 * number // most) for kind, number in home.open_cases]


def _title(slug: str) -> Text:
    return form(slug).title
