"""Models of equipment: all of them, and one with every fact."""

from __future__ import annotations

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.inventory.asset import KIND_NAMES
from controller.operations.list_models import list_models
from controller.operations.show_model import show_model
from controller.procurement.matching import MATCHES
from controller.specs.model_answers import shown_fact
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit

OF_A_PAGE = 200


@page("/models", Text(th="รุ่นอุปกรณ์", en="Models of equipment"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?q=` words of the maker or a number; `?kind=` as in the register. The untold ones first."""
    words, kind = visit.query.get("q", "").strip()[:200], visit.query.get("kind", "")
    kind = kind if kind in KIND_NAMES else ""
    rows = await visit.ask(list_models, words=words, kind=kind)
    put(
        visit,
        "models.html",
        rows=rows[:OF_A_PAGE],
        more=len(rows) - OF_A_PAGE,
        words=words,
        kind=kind,
        kinds=KIND_NAMES,
        may_import=may(actor, "import_models"),
    )


@page("/models/one", Text(th="รุ่นอุปกรณ์", en="Model of equipment"))
async def build_one(visit: Visit, actor: Actor) -> None:
    """`?number=`: the model's number or part number."""
    found = await visit.ask(show_model, visit.query.get("number", ""))
    told = [(attribute.title, shown_fact(attribute, fact)) for attribute, fact in found.facts]
    put(visit, "model.html", found=found, told=told, kinds=KIND_NAMES, verdicts=MATCHES)
