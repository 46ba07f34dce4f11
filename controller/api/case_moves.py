"""What moves a case on, or back, over HTTP."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Response
from pydantic import Field, SecretStr

from controller.api.cases import CaseShown, shown
from controller.api.given import Given, Line, Name, Words
from controller.api.routing import make_router
from controller.api.versions import AskedAsSeen
from controller.operations import (
    appoint_group,
    decide_case,
    evaluate_case,
    notify_case,
    record_case,
    replan_case,
    revise_case,
    study_case,
    submit_case,
    withdraw_case,
)
from controller.processes.case import DecisionKind, Reached, RecordKind, Result
from controller.processes.study_sheet import study_of

router = make_router("/cases", "cases")


class Appointing(Given):
    """Who is appointed, by user name. Without `order` it takes the next number, today."""

    chair: Name
    secretary: Name
    members: tuple[Name, ...] = Field(default=(), max_length=50)
    order: Annotated[str | None, Field(max_length=100, examples=["๑๑๒/๒๕๖๙"])] = None
    dated: date | None = None


class Studying(Given):
    """What was studied and is proposed; the memo to the director is made of it."""

    reason: Words
    work: Words
    objectives: tuple[dict[str, str], ...] = Field(
        default=(),
        max_length=100,
        examples=[[{"text": "Every switch keeps time", "target": "100 %"}]],
    )
    budget: Annotated[str, Field(max_length=30, examples=["125000.50"])] = ""
    begins: date | None = None
    ends: date | None = None


class Deciding(Given):
    """What is decided, signed with the password."""

    kind: DecisionKind
    comment: Words = ""
    seen: Annotated[
        str,
        Field(
            max_length=64,
            description="First digits of the `dossier` of the submission, or of the plan id, that "
            "you read: anything else is not decided on",
        ),
    ] = ""
    to_step: Annotated[
        int | None, Field(ge=0, le=100, description="The step a return goes back to, from 0")
    ] = None
    password: Annotated[SecretStr, Field(max_length=1024)]


class Notifying(Given):
    """Who is told what."""

    to: Annotated[list[Line], Field(min_length=1, max_length=500)]
    how: Annotated[
        str,
        Field(max_length=100, description="A channel of khaen.toml, `file`, or in words: letter"),
    ]
    message: Words


class Recording(Given):
    """One dated entry; today when `on` is absent."""

    kind: RecordKind
    text: Words
    on: date | None = None
    place: Line = Field(default="", description="Where something was published")
    next: date | None = Field(default=None, description="Day of the next follow-up")
    done: bool = Field(default=False, description="With this the step ends")


class Judged(Given):
    """Whether one objective of the study was reached."""

    objective: Words
    target: Words = ""
    reached: Reached
    note: Words = ""


class Evaluating(Given):
    """What came out of the case."""

    results: Words
    problems: Words = ""
    suggestions: Words = ""
    objectives: tuple[Judged, ...] = Field(default=(), max_length=100)
    satisfaction: Annotated[
        Decimal | None, Field(ge=1, le=5, max_digits=3, decimal_places=2, description="1 to 5")
    ] = None
    answers: Annotated[int | None, Field(ge=0, le=1_000_000)] = None


class Why(Given):
    """A reason."""

    reason: Words


class Replanning(Given):
    """The plan the case gets."""

    plan: Annotated[str, Field(max_length=64, description="Plan id, or its first digits")]


@router.put("/{number}/group", operation_id="appoint_group")
def appoint(asked: AskedAsSeen, response: Response, number: str, given: Appointing) -> CaseShown:
    """Record the order that appoints the working group (คำสั่งแต่งตั้งคณะทำงาน)."""
    wanted = appoint_group.Appointment(
        given.chair, given.secretary, given.members, given.order, given.dated
    )
    return shown(asked.ask(appoint_group.appoint_group, number, wanted), response)


@router.put("/{number}/study", operation_id="study_case")
def study(asked: AskedAsSeen, response: Response, number: str, given: Studying) -> CaseShown:
    """Write down what was studied and is proposed; an earlier study is replaced."""
    typed: dict[str, Any] = given.model_dump(mode="json", exclude_defaults=True)
    return shown(asked.ask(study_case.study_case, number, study_of(typed, number)), response)


@router.post("/{number}/submissions", operation_id="submit_case")
def submit(asked: AskedAsSeen, response: Response, number: str) -> CaseShown:
    """End the plan step; where the next step is the director's, put the case before them."""
    return shown(asked.ask(submit_case.submit_case, number), response)


@router.post("/{number}/decisions", operation_id="decide_case")
def decide(asked: AskedAsSeen, response: Response, number: str, given: Deciding) -> CaseShown:
    """Approve exactly this dossier, send it back, or refuse it: the director, or who acts for them.

    It is signed with the password of the person, also over the API. An API token never decides.
    """
    verdict = decide_case.Verdict(given.kind, given.comment, given.seen, given.to_step)
    password = given.password.get_secret_value()
    return shown(asked.ask(decide_case.decide_case, number, verdict, password), response)


@router.put("/{number}/plan", operation_id="replan_case")
def replan(asked: AskedAsSeen, response: Response, number: str, given: Replanning) -> CaseShown:
    """Give the case a plan, or another one; an approval of a different plan is void."""
    return shown(asked.ask(replan_case.replan_case, number, given.plan), response)


@router.post("/{number}/notifications", operation_id="notify_case")
def notify(asked: AskedAsSeen, response: Response, number: str, given: Notifying) -> CaseShown:
    """Tell the people concerned through a channel, or record that they were told."""
    moved = asked.ask(notify_case.notify_case, number, tuple(given.to), given.how, given.message)
    return shown(moved, response)


@router.post("/{number}/records", operation_id="record_case")
def record(asked: AskedAsSeen, response: Response, number: str, given: Recording) -> CaseShown:
    """Record work done, a follow-up, or where the results were published."""
    moved = asked.ask(
        record_case.record_case,
        number,
        given.kind,
        on=given.on or asked.context.today(),
        text=given.text,
        place=given.place,
        following=given.next,
        done=given.done,
    )
    return shown(moved, response)


@router.post("/{number}/evaluations", operation_id="evaluate_case")
def evaluate(asked: AskedAsSeen, response: Response, number: str, given: Evaluating) -> CaseShown:
    """Evaluate the case and report; at its last step it is closed."""
    moved = asked.ask(
        evaluate_case.evaluate_case,
        number,
        results=given.results,
        problems=given.problems,
        suggestions=given.suggestions,
        objectives=[Result(**judged.model_dump()) for judged in given.objectives],
        satisfaction=given.satisfaction,
        answers=given.answers,
    )
    return shown(moved, response)


@router.post("/{number}/revisions", operation_id="revise_case")
def revise(asked: AskedAsSeen, response: Response, number: str, given: Why) -> CaseShown:
    """Pull the case back to be worked on again; an approval it had is void."""
    return shown(asked.ask(revise_case.revise_case, number, given.reason), response)


@router.post("/{number}/withdrawal", operation_id="withdraw_case")
def withdraw(asked: AskedAsSeen, response: Response, number: str, given: Why) -> CaseShown:
    """End the case without a decision (its proposer); its devices are free again."""
    return shown(asked.ask(withdraw_case.withdraw_case, number, given.reason), response)
