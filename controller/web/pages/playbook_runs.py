"""The runs of playbooks that read or looked: which go on, how the others ended."""

from __future__ import annotations

from controller.accounts.actor import SCHEDULE, Actor
from controller.errors import Text
from controller.operations.list_playbook_runs import list_playbook_runs
from controller.playbooks.running import PLAYBOOK_STATES
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.places import mark, place
from controller.web.parts.playbook_rows import playbook_shares, run_colour
from controller.web.visit import Visit

AT_ONCE = 30


@page("/playbook-runs", Text(th="การรันเพลย์บุ๊ก", en="Runs of playbooks"))
async def build(visit: Visit, actor: Actor) -> None:
    """Newest first; `?playbook=`, `?device=`, `?state=` make them fewer, `?after=` older ones."""
    asked = {name: visit.query.get(name, "")[:64] for name in ("playbook", "device", "state")}
    state = next((known for known in PLAYBOOK_STATES if known == asked["state"]), None)
    found = await visit.ask(
        list_playbook_runs,
        playbook=asked["playbook"],
        device=asked["device"],
        state=state,
        after=place(visit.query.get("after", "")),
        most=AT_ONCE + 1,
    )
    shown = found[:AT_ONCE]
    put(
        visit,
        "playbook_runs.html",
        rows=[
            (one, run_colour(one.record.state, good=one.good), playbook_shares(one.counts))
            for one in shown
        ],
        asked=asked,
        states=PLAYBOOK_STATES,
        program=SCHEDULE.username,
        older=mark(shown[-1].record.started, shown[-1].record.id) if len(found) > AT_ONCE else "",
        later="after" in visit.query,
    )
