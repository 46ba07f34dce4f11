"""Two editions side by side: classes, prices in percent, criteria that changed."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.errors import Text
from controller.operations.compare_editions import EditionsCompared, compare_editions
from controller.operations.list_editions import list_editions
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.spec_look import LOOK
from controller.web.visit import Visit


@page("/specs/editions/diff", Text(th="เปรียบเทียบฉบับ", en="Compare editions"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?before=` and `?after=`; nothing is compared until both are chosen."""
    known = await visit.ask(list_editions)
    before, after = visit.query.get("before", ""), visit.query.get("after", "")
    found: EditionsCompared | None = None
    if before and after:
        found = await visit.ask(compare_editions, before, after)
    latest = known[0].edition if known else None
    earlier = [
        one.edition.id for one in known[1:] if latest and one.edition.issuer == latest.issuer
    ]
    put(
        visit,
        "specs/diff.html",
        editions=known,
        before=before or next(iter(earlier), ""),
        after=after,
        found=found,
        changes=[c for c in found.changes if c.kind != "same"] if found else [],
        **LOOK,
    )
