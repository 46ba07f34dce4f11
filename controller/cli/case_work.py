"""`khaen case appoint | study | submit | ...`: what the working group does in a case."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import session
from controller.cli.moved import show_moved
from controller.cli.output import Json
from controller.errors import InputError, Text

if TYPE_CHECKING:
    from controller.processes.case import Objective, Reached, Result

Words = Annotated[str, typer.Option("--message", "-m", help="What happened, in words")]
On = Annotated[str | None, typer.Option("--on", help="Day; today when absent")]
Done = Annotated[bool, typer.Option("--done", help="With this the step ends")]
REACHED: tuple[Reached, ...] = ("met", "partly", "not-met", "unknown")
_MEAN = re.compile(r"-?\d{1,3}(\.\d{1,4})?", re.ASCII)


def register(case: typer.Typer) -> None:
    """Add these commands to `khaen case`."""
    for command in (appoint, study, submit, replan, notify, record, follow, publish, evaluate):
        case.command()(command)


def appoint(
    number: str,
    chair: Annotated[str, typer.Option(help="Chair, by user name")],
    secretary: Annotated[str, typer.Option(help="Secretary, by user name")],
    member: Annotated[list[str] | None, typer.Option(help="Member, by user name")] = None,
    order: Annotated[
        str | None, typer.Option(help="Number of the order; the next of the register when absent")
    ] = None,
    dated: Annotated[str | None, typer.Option(help="Date of the order; today when absent")] = None,
    as_json: Json = False,
) -> None:
    """Record the order that appoints the working group (คำสั่งแต่งตั้งคณะทำงาน)."""
    from controller.operations.appoint_group import Appointment, appoint_group

    wanted = Appointment(chair, secretary, tuple(member or ()), order, _day(dated))
    with session.signed_in() as (context, actor):
        show_moved(context, appoint_group(context, actor, number, wanted), as_json)


def study(
    number: str,
    source: Annotated[
        str | None, typer.Option("--from", help="YAML file with all of it; - for standard input")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why: what was studied and found")] = "",
    work: Annotated[str, typer.Option(help="What is proposed to be done")] = "",
    objective: Annotated[
        list[str] | None, typer.Option(help="Objective, or “objective: target”")
    ] = None,
    budget: Annotated[str, typer.Option(help="In baht, for example 125000.50")] = "",
    begins: Annotated[str, typer.Option(help="First day of the work")] = "",
    ends: Annotated[str, typer.Option(help="Last day of the work")] = "",
    empty: Annotated[
        bool,
        typer.Option("--template", help="Print a file to fill in, for --from; changes nothing"),
    ] = False,
    as_json: Json = False,
) -> None:
    """Write down what was studied and is proposed; the memo to the director is made of it."""
    from controller.operations.show_case import show_case
    from controller.operations.study_case import study_case
    from controller.processes.study_sheet import study_of, study_template
    from controller.workspace.typed_files import typed_form

    options = {
        "reason": reason,
        "work": work,
        "objectives": [_objective(text) for text in objective or ()],
        "budget": budget,
        "begins": begins,
        "ends": ends,
    }
    given = {name: value for name, value in options.items() if value}
    if source is not None and given:
        raise _one_way([*given])
    if empty:
        with session.signed_in() as (context, actor):
            known = show_case(context, actor, number).study
        return typer.echo(study_template(known), nl=False)
    wanted = study_of(given if source is None else typed_form(source), number)
    with session.signed_in() as (context, actor):
        return show_moved(context, study_case(context, actor, number, wanted), as_json)


def submit(number: str, as_json: Json = False) -> None:
    """End the plan step; where the next step is the director's, put the case before them."""
    from controller.operations.submit_case import submit_case

    with session.signed_in() as (context, actor):
        show_moved(context, submit_case(context, actor, number), as_json)


def replan(
    number: str,
    plan: Annotated[str, typer.Option("--plan", help="Plan id, or its first digits")],
    as_json: Json = False,
) -> None:
    """Give the case a plan, or another one; an approval of a different plan is void."""
    from controller.operations.replan_case import replan_case

    with session.signed_in() as (context, actor):
        show_moved(context, replan_case(context, actor, number, plan), as_json)


def notify(
    number: str,
    to: Annotated[list[str], typer.Option(help="Who is told, for example the school")],
    how: Annotated[
        str,
        typer.Option(help="Channel of khaen.toml, `file`, or in words: letter, telephone, meeting"),
    ],
    message: Annotated[str, typer.Option("--message", "-m", help="What they are told")],
    as_json: Json = False,
) -> None:
    """Tell the people concerned through a channel, or record that they were told."""
    from controller.operations.notify_case import notify_case

    with session.signed_in() as (context, actor):
        show_moved(context, notify_case(context, actor, number, tuple(to), how, message), as_json)


def record(
    number: str, message: Words, on: On = None, done: Done = False, as_json: Json = False
) -> None:
    """Record work done at an execute step; with --done the step ends."""
    from controller.operations.record_case import record_case

    with session.signed_in() as (context, actor):
        day = _day(on) or context.today()
        moved = record_case(context, actor, number, "work", on=day, text=message, done=done)
        show_moved(context, moved, as_json)


def follow(
    number: str,
    message: Words,
    on: On = None,
    following: Annotated[str | None, typer.Option("--next", help="Day of the next one")] = None,
    done: Done = False,
    as_json: Json = False,
) -> None:
    """Record a follow-up at a monitor step; with --done the step ends."""
    from controller.operations.record_case import record_case

    with session.signed_in() as (context, actor):
        moved = record_case(
            context,
            actor,
            number,
            "follow-up",
            on=_day(on) or context.today(),
            text=message,
            following=_day(following),
            done=done,
        )
        show_moved(context, moved, as_json)


def publish(
    number: str,
    where: Annotated[str, typer.Option(help="Where: address of the page, notice board, gazette")],
    message: Words,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record where and when the results were published."""
    from controller.operations.record_case import record_case

    with session.signed_in() as (context, actor):
        day = _day(on) or context.today()
        moved = record_case(
            context, actor, number, "publication", on=day, text=message, place=where
        )
        show_moved(context, moved, as_json)


def evaluate(
    number: str,
    results: Annotated[str, typer.Option(help="What came out, in words")],
    problems: Annotated[str, typer.Option(help="Problems met")] = "",
    suggestions: Annotated[str, typer.Option(help="Suggestions")] = "",
    objective: Annotated[
        list[str] | None,
        typer.Option(help="“1=met: why”, by number; met, partly, not-met or unknown"),
    ] = None,
    satisfaction: Annotated[str | None, typer.Option(help="Mean of the answers, 1 to 5")] = None,
    answers: Annotated[int | None, typer.Option(help="How many answered")] = None,
    as_json: Json = False,
) -> None:
    """Evaluate the case and report; at its last step it is closed."""
    from controller.operations.evaluate_case import evaluate_case
    from controller.operations.show_case import show_case

    with session.signed_in() as (context, actor):
        studied = show_case(context, actor, number).study if objective else None
        known = studied.objectives if studied else ()
        moved = evaluate_case(
            context,
            actor,
            number,
            results=results,
            problems=problems,
            suggestions=suggestions,
            objectives=_results(objective or [], known),
            satisfaction=_mean(satisfaction),
            answers=answers,
        )
        show_moved(context, moved, as_json)


def _objective(text: str) -> dict[str, str]:
    name, _, target = text.partition(": ")
    return {"text": name.strip(), "target": target.strip()}


def _one_way(options: list[str]) -> InputError:
    named = ", ".join(f"--{'objective' if name == 'objectives' else name}" for name in options)
    return InputError(
        Text(
            th=f"ใช้ --from พร้อมกับ {named} ไม่ได้",
            en=f"--from cannot be used together with {named}",
        ),
        hint=Text(
            th="ใส่ทุกอย่างไว้ในไฟล์ หรือเป็นตัวเลือกทั้งหมด",
            en="put all of it in the file, or all in options",
        ),
    )


def _results(texts: list[str], known: tuple[Objective, ...]) -> list[Result]:
    """What was said of each objective. Errors: `InputError`, also for one that is judged twice."""
    read = [_result(text, known) for text in texts]
    judged = [place for place, _ in read]
    twice = sorted({place + 1 for place in judged if judged.count(place) > 1})
    if twice:
        numbers = ", ".join(map(str, twice))
        raise InputError(
            Text(
                th=f"ระบุผลของวัตถุประสงค์ข้อ {numbers} มากกว่าหนึ่งครั้ง",
                en=f"objective {numbers} is judged more than once",
            ),
            hint=Text(th="ระบุข้อละหนึ่งผล", en="give one result for each objective"),
        )
    return [result for _, result in read]


def _result(text: str, known: tuple[Objective, ...]) -> tuple[int, Result]:
    from controller.processes.case import Result

    head, _, note = text.partition(": ")
    place, _, word = head.partition("=")
    reached = next((r for r in REACHED if r == word.strip()), None)
    index = int(place) - 1 if place.strip().isdecimal() else -1
    if reached is None or not 0 <= index < len(known):
        raise _unreadable(text, known)
    wanted = known[index]
    return index, Result(
        objective=wanted.text, target=wanted.target, reached=reached, note=note.strip()
    )


def _unreadable(text: str, known: tuple[Objective, ...]) -> InputError:
    listed = ", ".join(f"{number}. {one.text}" for number, one in enumerate(known, 1))
    words = ", ".join(REACHED)
    return InputError(
        Text(
            th=f"อ่านผลตามวัตถุประสงค์ “{text}” ไม่ได้ เรื่องนี้มีวัตถุประสงค์ {len(known)} ข้อ",
            en=f"cannot read “{text}”; the case has {len(known)} objectives",
        ),
        hint=Text(
            th=f"เขียนแบบ --objective '1=met: เหตุผล' โดยใช้ {words} กับข้อ {listed}",
            en=f"write --objective '1=met: why', with one of {words}, of {listed}",
        )
        if known
        else Text(th="เว้น --objective", en="leave --objective out"),
    )


def _day(text: str | None) -> date | None:
    from controller.thai import read_date

    return None if text is None else read_date(text)


def _mean(text: str | None) -> Decimal | None:
    """A mean of answers. Whether it can be one the case says."""
    from controller.thai import arabic_digits

    if text is None:
        return None
    plain = arabic_digits(text.strip())
    if not _MEAN.fullmatch(plain):
        raise InputError(
            Text(th=f"“{text}” ไม่ใช่ค่าเฉลี่ย", en=f"“{text}” is no mean"),
            hint=Text(
                th="เขียนเป็นตัวเลข 1 ถึง 5 เช่น 4.25", en="write a number from 1 to 5, for example 4.25"
            ),
        )
    return Decimal(plain)
