"""What happens after a decision: telling people, entries about the work, the evaluation."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from controller.errors import InputError, Text
from controller.operations.evaluate_case import evaluate_case
from controller.operations.notify_case import notify_case
from controller.operations.record_case import record_case
from controller.processes.case import Objective, Reached, RecordKind, Result
from controller.processes.manual import process
from controller.web.moves.stage import Stage, people
from controller.web.parts.asking import Answers, Asked, Question, ask_in_dialog

REACHED: dict[Reached, Text] = {
    "met": Text(th="บรรลุ", en="met"),
    "partly": Text(th="บรรลุบางส่วน", en="partly met"),
    "not-met": Text(th="ไม่บรรลุ", en="not met"),
    "unknown": Text(th="ยังไม่ทราบ", en="unknown"),
}
_WAYS = {"หนังสือราชการ": "by letter", "โทรศัพท์": "by telephone", "ที่ประชุม": "at a meeting"}


async def notify(stage: Stage) -> None:
    """Who is told, how, and what."""
    visit, context = stage.visit, stage.visit.context
    sites = {site.name_th: site.name_th for site in context.inventory().sites}
    ways = {way: visit.t(way, f"{english} ({way})") for way, english in _WAYS.items()}
    channels = {name: name for name in context.settings.notices.channels}
    sent = {"file": visit.t("บันทึกลงแฟ้มของระบบ", "to a file of this system")}
    asked = Asked(
        Text(th="แจ้งผู้เกี่ยวข้อง", en="Tell the people concerned"),
        Text(th="แจ้ง", en="Tell them"),
        (
            Question(
                "to",
                Text(th="ผู้รับแจ้ง", en="Who is told"),
                "added",
                (),
                {**people(context.office(), stage), **sites},
                Text(
                    th="เลือก หรือพิมพ์ชื่อหรืออีเมลแล้วกด Enter",
                    en="choose, or type a name or an e-mail address and press Enter",
                ),
            ),
            Question(
                "how",
                Text(th="วิธีแจ้ง", en="How"),
                "choice",
                "หนังสือราชการ",
                {**ways, **channels, **sent},
            ),
            Question("message", Text(th="ข้อความ", en="Message"), "lines"),
        ),
    )

    async def done(given: Answers) -> None:
        await visit.ask(notify_case, stage.number, given["to"], given["how"], given["message"])
        await stage.moved(Text(th="แจ้งผู้เกี่ยวข้องแล้ว", en="The people concerned are told"))

    ask_in_dialog(visit, asked, done)


async def record(stage: Stage) -> None:
    """An entry about the work."""
    _entry(stage, "work", Text(th="บันทึกการดำเนินงาน", en="Record work done"))


async def follow(stage: Stage) -> None:
    """An entry about following up."""
    _entry(stage, "follow-up", Text(th="บันทึกการติดตามผล", en="Record a follow-up"))


async def publish(stage: Stage) -> None:
    """Where and when it was published."""
    _entry(stage, "publication", Text(th="บันทึกการเผยแพร่", en="Record where it was published"))


def _entry(stage: Stage, kind: RecordKind, title: Text) -> None:
    visit = stage.visit
    step = process(stage.case.process).steps[stage.case.step]
    ends = kind in step.needs and kind != "publication"
    asked = Asked(
        title,
        Text(th="บันทึก", en="Record"),
        (
            Question("on", Text(th="วันที่", en="Day"), "day", visit.context.today()),
            Question("text", Text(th="รายละเอียด", en="What was done or found"), "lines"),
            *_place(kind),
            *(
                (Question("following", Text(th="ติดตามครั้งต่อไป", en="Next follow-up"), "day"),)
                if kind == "follow-up"
                else ()
            ),
            *(
                (
                    Question(
                        "done",
                        Text(th="หลังบันทึกนี้", en="After this entry"),
                        "choice",
                        "more",
                        {
                            "more": visit.t("ยังมีงานในขั้นตอนนี้อีก", "there is more to do at this step"),
                            "done": visit.t("จบขั้นตอน", "the step has ended"),
                        },
                    ),
                )
                if ends
                else ()
            ),
        ),
    )

    async def done(given: Answers) -> None:
        if given["on"] is None:
            raise InputError(Text(th="ต้องระบุวันที่", en="the day must be given"))
        await visit.ask(
            record_case,
            stage.number,
            kind,
            on=given["on"],
            text=given["text"],
            place=given.get("place", ""),
            following=given.get("following"),
            done=given.get("done") == "done",
        )
        await stage.moved(Text(th="บันทึกแล้ว", en="Recorded"))

    ask_in_dialog(visit, asked, done)


def _place(kind: RecordKind) -> tuple[Question, ...]:
    if kind != "publication":
        return ()
    return (Question("place", Text(th="เผยแพร่ที่ใด", en="Where it was published")),)


async def evaluate(stage: Stage) -> None:
    """Results against the objectives, problems and suggestions."""
    visit = stage.visit
    objectives = stage.case.study.objectives if stage.case.study else ()
    reached: dict[str, str] = {key: visit.w(text) for key, text in REACHED.items()}
    judged = [
        question
        for place, objective in enumerate(objectives)
        for question in _judged(place, objective, reached)
    ]
    asked = Asked(
        Text(th="สรุปประเมินผล", en="Evaluate"),
        Text(th="บันทึกผล", en="Save the evaluation"),
        (
            Question("results", Text(th="ผลการดำเนินงาน", en="Results"), "lines"),
            *judged,
            Question("problems", Text(th="ปัญหาที่พบ", en="Problems"), "lines"),
            Question("suggestions", Text(th="ข้อเสนอแนะ", en="Suggestions"), "lines"),
            Question(
                "satisfaction",
                Text(th="ความพึงพอใจเฉลี่ย (1–5)", en="Mean satisfaction (1–5)"),
                "number",
            ),
            Question("answers", Text(th="จำนวนผู้ตอบ (คน)", en="How many answered"), "number"),
        ),
    )

    async def done(given: Answers) -> None:
        answers: Decimal | None = given["answers"]
        if answers is not None and answers != answers.to_integral_value():
            raise InputError(Text(th="จำนวนผู้ตอบต้องเป็นจำนวนเต็ม", en="a number of people is whole"))
        await visit.ask(
            evaluate_case,
            stage.number,
            results=given["results"],
            problems=given["problems"].strip(),
            suggestions=given["suggestions"].strip(),
            objectives=[_result(given, place, one) for place, one in enumerate(objectives)],
            satisfaction=given["satisfaction"],
            answers=None if answers is None else int(answers),
        )
        await stage.moved(Text(th="บันทึกผลการประเมินแล้ว", en="The evaluation is saved"))

    ask_in_dialog(visit, asked, done)


def _judged(place: int, objective: Objective, reached: dict[str, str]) -> tuple[Question, ...]:
    target = f" ({objective.target})" if objective.target else ""
    told = f"{place + 1}. {objective.text}{target}"
    return (
        Question(f"reached{place}", Text(th=told, en=told), "choice", "met", reached),
        Question(f"note{place}", Text(th=f"หมายเหตุข้อ {place + 1}", en=f"Note on {place + 1}")),
    )


def _result(given: Answers, place: int, objective: Objective) -> Result:
    return Result(
        objective=objective.text,
        target=objective.target,
        reached=cast("Reached", given[f"reached{place}"]),
        note=given[f"note{place}"],
    )
