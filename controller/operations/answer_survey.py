"""Answer a survey. An answer carries no person and no time but the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Problem, Refused, Text
from controller.operations.context import Context
from controller.processes.forms.catalogue import form
from controller.processes.forms.definition import FormDefinition
from controller.processes.forms.filling import fill
from controller.processes.forms.typed import Typed
from controller.store import audit_log, surveys
from controller.store.surveys import Survey
from controller.thai import bangkok_date


def answer_survey(context: Context, actor: Actor, survey: str, given: Sequence[Typed]) -> Survey:
    """The survey with these answers, all of them or none.

    The audit log says who handed in how many, as the list at a polling place does, and nothing
    that leads from there to an answer. Errors: `InputError` with every problem of every answer;
    `NotFound`; `Refused` for a survey that is closed, or whose form has changed since.
    """
    require(actor, "answer_survey")
    now = context.clock()
    with context.store.read() as conn:
        definition = definition_of(surveys.load_survey(conn, survey))
    answers = _checked(definition, given)
    with context.store.begin() as conn:
        surveys.add_answers(conn, survey, answers, bangkok_date(now))
        audit_log.append(
            conn,
            actor=actor.username,
            action="answer_survey",
            subject=survey,
            content={"answers": len(answers)},
            at=now,
        )
        return surveys.load_survey(conn, survey)


def definition_of(survey: Survey) -> FormDefinition:
    """The form the survey asks. Errors: `NotFound`; `Refused` when it is another edition now."""
    definition = form(survey.form)
    if definition.edition == survey.edition:
        return definition
    raise Refused(
        Text(
            th=f"แบบ {survey.form} เปลี่ยนเป็นฉบับที่ {definition.edition} หลังเปิด {survey.id}",
            en=f"{survey.form} is edition {definition.edition} now; {survey.id} asked another one",
        ),
        hint=Text(th="เปิดแบบสอบถามใหม่", en="open another survey"),
    )


def _checked(definition: FormDefinition, given: Sequence[Typed]) -> list[Mapping[str, object]]:
    answers: list[Mapping[str, object]] = []
    problems: list[Problem] = []
    for typed in given:
        try:
            answers.append(fill(definition, typed))
        except InputError as error:
            problems += _placed(typed, error.problems)
    if not answers and not problems:
        raise InputError(Text(th="ไม่มีคำตอบในไฟล์นี้", en="there is no answer in this file"))
    if problems:
        raise InputError(
            Text(
                th=f"คำตอบมีข้อผิดพลาด {len(problems)} แห่ง จึงยังไม่บันทึกคำตอบใด",
                en=f"the answers have {len(problems)} problems; none of them was stored",
            ),
            problems=tuple(problems),
        )
    return answers


def _placed(typed: Typed, problems: tuple[Problem, ...]) -> Iterator[Problem]:
    """What is missing altogether stands nowhere; of many answers one has to know of which."""
    line, column = typed.places.get((), (0, 0))
    for problem in problems:
        yield problem if problem.line else replace(problem, line=line, column=column)
