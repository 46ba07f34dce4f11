"""Plans over HTTP: compute, look at by change groups, compare, take away, check."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.downloads import file_answer, files
from controller.api.given import Given, Words
from controller.api.paging import Page, Paged
from controller.api.routing import Upload, make_router
from controller.api.words import Both
from controller.operations import (
    compare_plans,
    plan_change,
    plan_playbook,
    predict_change,
    preview_selector,
    read_plan,
    remediate_devices,
    restore_configuration,
    verify_plan,
)
from controller.plans.groups import ChangeGroup, Reach, group, reach
from controller.plans.plan import Accepted, LeftOut, Plan, PlaybookRun, Policy, Window
from controller.plans.verify import export_bytes
from controller.store.plans import PlanSummary

router = make_router("/plans", "plans")
checking = make_router("/plans", "plans", route=Upload)
Selector = Annotated[
    str,
    Field(
        max_length=2000,
        examples=["site=kkn-school-a role=access"],
        description="Which devices: conditions joined by *and*, values by *or*; `all`: every one",
    ),
]


Within = Annotated[
    str,
    Field(
        max_length=100,
        examples=["2026-12-01T22:00/2026-12-02T02:00"],
        description="The only time in which it may be carried out, `BEGINS/ENDS` in Thai time",
    ),
]


class Accepting(Given):
    """A safety reason that is accepted in the open, and why."""

    check: Annotated[str, Field(max_length=60, examples=["removes_much"])]
    why: Words


class Planning(Given):
    """What to plan."""

    select: Selector
    accepted: tuple[Accepting, ...] = Field(default=(), max_length=20)
    window: Within = ""


class Restoring(Given):
    """A version of a device's configuration, and which device is to run it."""

    device: Annotated[str, Field(max_length=200, examples=["kkn-a-sw01"])]
    version: Annotated[
        str, Field(max_length=40, description="Its id, or its first digits (4 or more)")
    ]
    to: Annotated[
        str | None,
        Field(max_length=200, description="The device that replaces it; without: the same one"),
    ] = None
    accepted: tuple[Accepting, ...] = Field(default=(), max_length=20)


class PlayingPlanned(Given):
    """A playbook that changes devices, and what it is told."""

    playbook: Annotated[str, Field(max_length=100, examples=["vlan-rollout"])]
    select: Selector
    parameters: dict[str, Annotated[str, Field(max_length=2000)]] = Field(
        default={}, max_length=100, description="Its parameters by name, as people type them"
    )
    accepted: tuple[Accepting, ...] = Field(default=(), max_length=20)
    window: Within = ""


class Against(BaseModel):
    """A reason against the plan that nobody accepted; `device` is `*` for the plan as a whole."""

    device: str
    check: str
    why: Both


class PlanShown(BaseModel):
    """A plan as an approver reads it: one difference and the devices it reaches, outliers first."""

    id: str
    office: str
    selector: str
    predicted: bool = Field(description="Computed from backups; it can never be approved")
    restores: str = Field(description="The stored configuration it puts back: `DEVICE@VERSION`")
    reach: Reach
    groups: list[ChangeGroup]
    left_out: list[LeftOut]
    refusals: list[Against] = Field(description="A plan with any can not be put to the director")
    accepted: list[Accepted]
    policy: Policy
    mends: list[str] = Field(description="Rules whose failures it mends; none of other plans")
    playbook: PlaybookRun | None = Field(description="The playbook it runs; null of other plans")
    window: Window | None = Field(description="The only time it may be carried out; null: any")


class Mending(Given):
    """What to mend."""

    select: Selector = "all"
    rules: Annotated[
        tuple[Annotated[str, Field(max_length=100)], ...],
        Field(max_length=200, description="Ids of the rules to mend; all when none is named"),
    ] = ()
    accepted: tuple[Accepting, ...] = Field(default=(), max_length=20)


class LeftToMend(BaseModel):
    """A rule that fails on a device and that the plan does not mend."""

    device: str
    rule: str
    why: Both


class MendingPlan(PlanShown):
    """A plan that mends failures, and what is left to be mended by hand."""

    left_to_mend: list[LeftToMend]


class PlanRecorded(PlanShown):
    """A plan that is kept: who made it when, from which files, and which cases hold it."""

    by: str
    at: datetime
    commit: str | None
    edited: list[str] = Field(description="Files that were not committed then")
    cases: list[str]
    wait: list[Both] = Field(description="What forbids carrying it out now: window, freeze")
    ahead: list[Both] = Field(description="Freezes of its devices that are yet to begin")


class PlanListed(BaseModel):
    """A plan in a list. `devices` counts those it changes."""

    id: str
    selector: str
    devices: int
    by: str
    at: datetime
    commit: str | None
    edited: list[str] = Field(description="Files that were not committed then")


class PlanChecked(BaseModel):
    """Whether a plan file is what it says; null: it cannot be told."""

    ok: bool | None
    id: str | None
    problems: list[Both]


async def _bytes(request: Request) -> bytes:
    return await request.body()


@router.post("", operation_id="plan_change", status_code=201)
def plan(asked: Asked, response: Response, given: Planning) -> PlanShown:
    """Render the intended configuration, ask every device for its difference, keep a plan.

    Nothing is changed on any device. The answer comes when every device has answered. Devices that
    cannot be reached are left out and named. The same inputs give the same plan, with the same id.
    """
    accepted = tuple(Accepted(check=one.check, why=one.why) for one in given.accepted)
    made = asked.ask(plan_change.plan_change, given.select, accepted, window=given.window)
    response.headers["location"] = f"/api/v1/plans/{made.id}"
    return _shown(made)


@router.post("/remediations", operation_id="remediate_devices", status_code=201)
def remediate(asked: Asked, response: Response, given: Mending) -> MendingPlan:
    """Judge what devices run now by the rules, and keep a plan of the lines that mend what fails.

    It is a plan like any other: it goes through a case, and the director approves the very lines.
    Only rules about configuration can be mended so. Nothing is changed on any device.
    """
    accepted = tuple(Accepted(check=one.check, why=one.why) for one in given.accepted)
    made = asked.ask(remediate_devices.remediate_devices, given.select, given.rules, accepted)
    response.headers["location"] = f"/api/v1/plans/{made.plan.id}"
    left = [LeftToMend(device=gap.device, rule=gap.rule, why=Both.of(gap.why)) for gap in made.left]
    return MendingPlan(**vars(_shown(made.plan)), left_to_mend=left)


@router.post("/restorations", operation_id="restore_configuration", status_code=201)
def restore(asked: Asked, response: Response, given: Restoring) -> PlanShown:
    """Plan to put a stored configuration back, on its device or on one that replaces it.

    The plan replaces the whole configuration and goes through a case like any other. On another
    device its name, management interface, way back and our account stay its own. Secrets of the
    stored text are references in the plan; nobody reads them.
    """
    accepted = tuple(Accepted(check=one.check, why=one.why) for one in given.accepted)
    made = asked.ask(
        restore_configuration.restore_configuration,
        given.device,
        given.version,
        given.to,
        accepted,
    )
    response.headers["location"] = f"/api/v1/plans/{made.id}"
    return _shown(made)


@router.post("/playbooks", operation_id="plan_playbook", status_code=201)
def plan_of_playbook(asked: Asked, response: Response, given: PlayingPlanned) -> PlanShown:
    """Ask every device what a playbook would do (`--check --diff`), and keep the answers as a plan.

    Nothing is changed on any device. The plan is bound to the files of the playbook and its roles,
    to its parameters, to what Ansible is told of the devices and to the versions of Ansible; the
    director approves the very lines. A task that cannot say beforehand what it would do refuses the
    plan until the check `not_predictable` is accepted in the open.
    """
    accepted = tuple(Accepted(check=one.check, why=one.why) for one in given.accepted)
    made = asked.ask(
        plan_playbook.plan_playbook,
        given.playbook,
        given.select,
        given.parameters,
        accepted,
        window=given.window,
    )
    response.headers["location"] = f"/api/v1/plans/{made.id}"
    return _shown(made)


@router.post("/predictions", operation_id="predict_change")
def predict(asked: Asked, given: Planning) -> PlanShown:
    """Look ahead: what a change would probably do, from the backups, asking no device.

    Nothing is kept, and what is answered can be neither proposed nor approved.
    """
    return _shown(asked.ask(predict_change.predict_change, given.select))


@router.get("/selections", operation_id="preview_selector")
def preview(
    asked: Asked, select: Annotated[str, Query(max_length=2000, examples=["role=access"])]
) -> list[str]:
    """The names of the devices a selector means now; no device is asked."""
    return [device.name for device in asked.ask(preview_selector.preview_selector, select)]


@router.get("", operation_id="list_plans")
def list_plans(asked: Asked, paged: Paged) -> Page[PlanListed]:
    """The plans kept, newest first."""
    after = paged.after(datetime, str)
    found = asked.ask(read_plan.list_plans, after=after, most=paged.most)
    return paged.page(found, lambda one: (one.at, one.id), _listed)


@router.get("/{plan}", operation_id="read_plan")
def show_plan(asked: Asked, plan: str) -> PlanRecorded:
    """A plan by change groups. `plan` is its id, or its first digits (4 or more)."""
    record = asked.ask(read_plan.describe_plan, plan)
    return PlanRecorded(
        **vars(_shown(record.plan)),
        by=record.made.by,
        at=record.made.at,
        commit=record.made.commit,
        edited=list(record.made.edited),
        cases=list(record.cases),
        wait=[Both.of(text) for text in record.wait],
        ahead=[Both.of(text) for text in record.ahead],
    )


@router.get("/{plan}/comparison", operation_id="compare_plans")
def compare(
    asked: Asked, plan: str, to: Annotated[str, Query(max_length=64, description="Another plan")]
) -> list[Both]:
    """What is different in the plan `to`, in words; empty when both are the same."""
    return [Both.of(text) for text in asked.ask(compare_plans.compare_plans, plan, to)]


@router.get(
    "/{plan}/file",
    operation_id="export_plan",
    response_class=Response,
    responses=files("The plan, to be read and checked anywhere", "json"),
)
def export(asked: Asked, plan: str) -> Response:
    """The whole plan as a file whose id anybody can compute anew."""
    found = asked.ask(read_plan.read_plan, plan)
    return file_answer(export_bytes(found), f"plan-{found.id[:12]}.json")


@checking.post(
    "/checks",
    operation_id="verify_plan",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"type": "object"}}},
        }
    },
)
def check(
    _asked: Asked,
    content: Annotated[bytes, Depends(_bytes)],
    expected: Annotated[
        str | None, Query(alias="id", max_length=64, description="The plan id it must have")
    ] = None,
) -> PlanChecked:
    """Check an exported plan file, sent as the body, with nothing but the file."""
    verdict = verify_plan.verify_plan_content(content, expected)
    problems = [Both.of(text) for text in verdict.problems]
    return PlanChecked(ok=verdict.ok, id=verdict.id, problems=problems)


def _shown(made: Plan) -> PlanShown:
    told: dict[str, Any] = {
        name: getattr(made, name)
        for name in (
            "id",
            "office",
            "selector",
            "predicted",
            "restores",
            "left_out",
            "accepted",
            "policy",
            "window",
        )
    }
    return PlanShown(
        **told,
        reach=reach(made),
        groups=list(group(made)),
        mends=list(made.mends),
        playbook=made.playbook,
        refusals=[
            Against(device=device, check=reason.check, why=Both(th=reason.th, en=reason.en))
            for device, reason in made.refusals()
        ],
    )


def _listed(one: PlanSummary) -> PlanListed:
    return PlanListed.model_validate({k: v for k, v in vars(one).items() if k != "office"})
