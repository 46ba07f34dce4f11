"""The flow chart of a process (Flow Chart การปฏิบัติงาน), lit where a case stands."""

from __future__ import annotations

from datetime import date

from controller.documents.blocks import Document, Flow, FlowStep, Heading, Paragraph
from controller.documents.compose.look import Look
from controller.documents.compose.paper import paper
from controller.documents.compose.wording import process_name
from controller.inventory.office import Office
from controller.processes.case import Case
from controller.processes.manual import MANUAL, Manual, Process
from controller.processes.timeline import timeline


def flow_chart(
    process: Process,
    case: Case | None = None,
    *,
    office: Office,
    day: date,
    look: Look,
    manual: Manual = MANUAL,
) -> Document:
    """The chart of a process; with a case of it, which steps are done and which is the current."""
    return paper(
        office,
        f"Flow Chart การปฏิบัติงาน {look.digits(process.number)}",
        day,
        (
            Heading("Flow Chart การปฏิบัติงาน", 1),
            Paragraph(process_name(process, look), align="center"),
            *((Paragraph(f"เรื่อง {case.number} {case.title}", align="center"),) if case else ()),
            flow(process, case, look=look, manual=manual),
        ),
        look=look,
        foot=look.words(manual.edition.name),
    )


def flow(process: Process, case: Case | None, *, look: Look, manual: Manual = MANUAL) -> Flow:
    """The steps from top to bottom; an approval shows the step a return goes to."""
    views = timeline(case, manual=manual) if case else ()
    ended = [look.moment(view.at) if view.at else "" for view in views]
    return Flow(
        tuple(
            FlowStep(
                text=f"{look.count(index + 1)}. {look.words(step.name)}",
                kind=step.kind,
                state=views[index].state if views else "waiting",
                note=ended[index] if views else "",
                back_to=process.returns_to(index) if step.kind == "approve" else None,
            )
            for index, step in enumerate(process.steps)
        )
    )
