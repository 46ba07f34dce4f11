"""The runs: which are going on, how the others ended."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.errors import Text
from controller.operations.show_run import page_runs
from controller.plans.outcome import RUN_KIND_WORDS, RUN_STATE_WORDS
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.places import mark, place
from controller.web.parts.run_rows import shares
from controller.web.visit import Visit

AT_ONCE = 30


@page("/runs", Text(th="การดำเนินการ", en="Runs"))
async def build(visit: Visit, actor: Actor) -> None:
    """Newest first; `?case=` only those of a case, `?after=` older ones."""
    case = visit.query.get("case") or None
    found = await visit.ask(
        page_runs, case=case, after=place(visit.query.get("after", "")), most=AT_ONCE + 1
    )
    shown = found[:AT_ONCE]
    put(
        visit,
        "runs.html",
        rows=[(progress, shares(progress.counts)) for progress in shown],
        case=case,
        kinds=RUN_KIND_WORDS,
        states=RUN_STATE_WORDS,
        older=mark(shown[-1].run.started, shown[-1].run.id) if len(found) > AT_ONCE else "",
        later="after" in visit.query,
    )
