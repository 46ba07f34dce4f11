"""What waits for whoever asks."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.routing import make_router
from controller.operations import show_home
from controller.plans.outcome import State
from controller.processes.case import DecisionKind, StepKind

router = make_router("/home", "home")


class WaitingCase(BaseModel):
    """A case they are to move. `late` counts days."""

    case: str
    title: str
    to_decide: bool
    due: date | None
    late: int


class TroubledDevice(BaseModel):
    """A device of an open case whose last word in a run is not a good one."""

    case: str
    run: str
    device: str
    state: State


class OnBehalf(BaseModel):
    """A decision by somebody acting for the director, and by which order."""

    case: str
    kind: DecisionKind
    actor: str
    order: str | None


class HomeShown(BaseModel):
    """What waits for a person; what is none of their business is empty."""

    waiting: list[WaitingCase]
    open_cases: dict[StepKind, int] = Field(description="All open cases by the step they are at")
    late: dict[str, int] = Field(description="Overdue cases and their days")
    running: list[str] = Field(description="Runs going on")
    trouble: list[TroubledDevice]
    plans: list[str] = Field(description="Their own plans that no case holds")
    acted: list[OnBehalf] = Field(description="For the director: done in their name while away")
    loose_forms: list[str] = Field(description="Filled forms that belong to no case")
    undelivered: list[int] = Field(description="Notices that did not arrive")
    requests: list[str] = Field(description="The forms a school sent")
    alerts: dict[str, int] = Field(description="Open alerts about the network by severity")


@router.get("", operation_id="show_home")
def read_home(asked: Asked) -> HomeShown:
    """Everything that waits for you, by role: cases, runs, devices, plans, forms, notices."""
    found = asked.ask(show_home.show_home)
    return HomeShown(
        waiting=[
            WaitingCase(
                case=w.case.number,
                title=w.case.title,
                to_decide=w.to_decide,
                due=w.due,
                late=w.late,
            )
            for w in found.waiting
        ],
        open_cases=dict(found.open_cases),
        late={case.number: days for case, days in found.late},
        running=[progress.run.id for progress in found.running],
        trouble=[TroubledDevice(**vars(one)) for one in found.trouble],
        plans=[plan.id for plan in found.plans],
        acted=[
            OnBehalf(case=m.case, kind=m.kind, actor=m.actor, order=m.acting_order)
            for m in found.acted
        ],
        loose_forms=[form.number for form in found.loose_forms],
        undelivered=[notice.id for notice in found.undelivered],
        requests=[request.form.number for request in found.requests],
        alerts=dict(found.alerts),
    )
