"""The specification of a case as it is read: what is asked, what is remarked, what changed."""

from __future__ import annotations

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.operations.show_specification import SpecificationView, show_specification
from controller.processes.case import Case
from controller.processes.manual import process
from controller.processes.procuring import PROCESS
from controller.procurement.differences import TERM_TITLES, WHAT, in_words
from controller.procurement.remark import SEVERITIES
from controller.procurement.typed import as_typed
from controller.thai import money
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.remarks import MARKS, TONES, naming
from controller.web.visit import Visit


@page("/cases/{number}/specification", Text(th="คุณลักษณะเฉพาะ", en="Specification"))
async def build(visit: Visit, actor: Actor) -> None:
    """What the director reads, on a phone too."""
    view = await visit.ask(show_specification, visit.path["number"])
    whole = view.specification
    put(
        visit,
        "specification/read.html",
        view=view,
        approved=_approved(view),
        edits=may(actor, "write_specification") and lays_down(view.case),
        remarks=view.remarks,
        reasons=whole.accepted,
        faults=(),
        severities=SEVERITIES,
        tones=TONES,
        marks=MARKS,
        named=naming(visit, as_typed(whole)),
        whats=WHAT,
        terms=[
            (title, in_words(getattr(whole.terms, name))) for name, title in TERM_TITLES.items()
        ],
        sites={site.site: site.name_th for site in visit.context.inventory().sites},
        money=money,
    )


def lays_down(case: Case) -> bool:
    """Whether the case stands where its specification is laid down."""
    if case.process != PROCESS or case.state != "open":
        return False
    return process(case.process).steps[case.step].kind == "plan"


def _approved(view: SpecificationView) -> bool:
    """Whether the director approved exactly this one, and the case has not been pulled back."""
    approved = {d.dossier for d in view.case.decisions if d.kind == "approve"}
    held = [s for s in view.case.submissions if s.dossier in approved]
    if not held or lays_down(view.case):
        return False
    return any(item.sha256 == view.paper.sha256 for item in held[-1].items)
