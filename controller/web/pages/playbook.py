"""One playbook: what it is told, what it does task by task, and the words of its files."""

from __future__ import annotations

from itertools import groupby

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.operations.show_playbook import show_playbook
from controller.platforms.registry import platform_title
from controller.playbooks.meta import RISKS
from controller.playbooks.modules import DOES
from controller.playbooks.parameter import default_of, typed
from controller.web.drawing import put
from controller.web.page import page
from controller.web.pages.playbooks import TONES
from controller.web.visit import Visit


@page("/playbooks/{name}", Text(th="เพลย์บุ๊ก", en="Playbook"))
async def build(visit: Visit, actor: Actor) -> None:
    """Tasks nobody can predict stand out; the files are folded away."""
    found = await visit.ask(show_playbook, visit.path["name"])
    one = found.seen.playbook
    parameters = [
        (name, told, "" if told.required else typed(default_of(told)))
        for name, told in sorted(one.meta.parameters.items())
    ]
    plays = [(name, list(tasks)) for name, tasks in groupby(one.tasks, lambda task: task.play)]
    put(
        visit,
        "playbooks/playbook.html",
        one=one,
        devices=found.seen.devices,
        platforms=[platform_title(name) for name in one.meta.platforms],
        parameters=parameters,
        plays=plays,
        sources=found.sources,
        risks=RISKS,
        tones=TONES,
        does=DOES,
        may_run=one.meta.risk == "read" and may(actor, "run_playbook"),
        may_plan=one.meta.risk == "change" and may(actor, "plan_playbook"),
    )
