"""What is put forward: the working group, the study, the plan, and putting it to the director."""

from __future__ import annotations

from decimal import Decimal

from controller.errors import InputError, Text
from controller.operations.appoint_group import Appointment, appoint_group
from controller.operations.read_plan import list_plans
from controller.operations.replan_case import replan_case
from controller.operations.study_case import study_case
from controller.operations.submit_case import submit_case
from controller.processes.case import Objective, Study
from controller.processes.manual import process
from controller.store.plans import PlanSummary
from controller.web.drawing import draw
from controller.web.moves.stage import Stage, people
from controller.web.parts.asking import Answers, Asked, Question, ask_in_dialog
from controller.web.visit import Visit

_PLANS = 50


async def appoint(stage: Stage) -> None:
    """The working group and its order."""
    visit, case = stage.visit, stage.case
    office = visit.context.office()
    listed = people(office, stage)
    group = case.group
    asked = Asked(
        Text(th="แต่งตั้งคณะทำงาน", en="Appoint the working group"),
        Text(th="บันทึกคำสั่ง", en="Record the order"),
        (
            Question(
                "chair",
                Text(th="ประธาน", en="Chair"),
                "choice",
                group.chair if group else None,
                listed,
            ),
            Question(
                "members",
                Text(th="กรรมการ", en="Members"),
                "choices",
                group.members if group else (),
                listed,
            ),
            Question(
                "secretary",
                Text(th="เลขานุการ", en="Secretary"),
                "choice",
                group.secretary if group else None,
                listed,
            ),
            Question(
                "order",
                Text(th="เลขที่คำสั่ง", en="Number of the order"),
                hint=Text(
                    th="เว้นว่างเพื่อออกเลขถัดไปของวันนี้",
                    en="leave empty to take the next number, dated today",
                ),
            ),
            Question("dated", Text(th="ลงวันที่", en="Dated"), "day"),
        ),
    )

    async def done(given: Answers) -> None:
        wanted = Appointment(
            chair=_named(given, "chair", asked),
            secretary=_named(given, "secretary", asked),
            members=given["members"],
            order=given["order"].strip() or None,
            dated=given["dated"],
        )
        await visit.ask(appoint_group, stage.number, wanted)
        await stage.moved(Text(th="แต่งตั้งคณะทำงานแล้ว", en="The working group is appointed"))

    ask_in_dialog(visit, asked, done)


def _named(given: Answers, name: str, asked: Asked) -> str:
    if given[name]:
        return str(given[name])
    label = next(q.label for q in asked.questions if q.name == name)
    raise InputError(Text(th=f"ยังไม่ได้เลือก{label.th}", en=f"{label.en}: nobody is chosen"))


async def study(stage: Stage) -> None:
    """What was studied and is proposed, in words."""
    visit = stage.visit
    asked = Asked(
        Text(th="ผลการศึกษาและข้อเสนอ", en="Study and proposal"),
        Text(th="บันทึก", en="Save"),
        _about_study(stage.case.study),
    )

    async def done(given: Answers) -> None:
        budget: Decimal | None = given["budget"]
        written = Study(
            reason=given["reason"],
            work=given["work"],
            objectives=tuple(
                _objective(line) for line in given["objectives"].splitlines() if line.strip()
            ),
            budget=budget,
            begins=given["begins"],
            ends=given["ends"],
        )
        await visit.ask(study_case, stage.number, written)
        await stage.moved(Text(th="บันทึกผลการศึกษาแล้ว", en="The study is saved"))

    ask_in_dialog(visit, asked, done)


def _about_study(now: Study | None) -> tuple[Question, ...]:
    return (
        Question(
            "reason",
            Text(th="เหตุผลและผลการศึกษา", en="Reason: what was studied and found"),
            "lines",
            now.reason if now else "",
        ),
        Question(
            "work",
            Text(th="สิ่งที่จะดำเนินการ", en="Work that is proposed"),
            "lines",
            now.work if now else "",
        ),
        Question(
            "objectives",
            Text(th="วัตถุประสงค์", en="Objectives"),
            "lines",
            "\n".join(map(_objective_line, now.objectives)) if now else "",
            hint=Text(
                th="บรรทัดละข้อ เขียนเป้าหมายหลังเครื่องหมาย : เช่น ใช้งานได้ทุกห้อง: ร้อยละ 100",
                en="one in a line; a target after a colon: every room works: 100 %",
            ),
        ),
        Question(
            "budget",
            Text(th="งบประมาณ (บาท)", en="Budget (baht)"),
            "number",
            now.budget if now else None,
        ),
        Question(
            "begins",
            Text(th="วันเริ่ม", en="First day of the work"),
            "day",
            now.begins if now else None,
        ),
        Question(
            "ends",
            Text(th="วันสิ้นสุด", en="Last day of the work"),
            "day",
            now.ends if now else None,
        ),
    )


def _objective(line: str) -> Objective:
    text, _, target = line.partition(": ")
    return Objective(text=text.strip(), target=target.strip())


def _objective_line(objective: Objective) -> str:
    return f"{objective.text}: {objective.target}" if objective.target else objective.text


async def submit(stage: Stage) -> None:
    """The plan step ended; before an approval that puts everything to the director."""
    visit, case = stage.visit, stage.case
    following = process(case.process).steps[case.step + 1]
    asked = Asked(
        Text(th="จบขั้นตอนและส่งต่อ", en="End the step and go on"),
        Text(th="ส่งต่อ", en="Go on"),
        intro=draw(visit, "moves/submit.html", following=following),
    )

    async def done(_: Answers) -> None:
        await visit.ask(submit_case, stage.number)
        await stage.moved(Text(th="ส่งต่อแล้ว", en="It has gone on"))

    ask_in_dialog(visit, asked, done)


async def replan(stage: Stage) -> None:
    """Another plan of those made lately."""
    visit, case = stage.visit, stage.case
    known = plan_options(visit, await visit.ask(list_plans))
    asked = Asked(
        Text(th="แนบแผนการเปลี่ยนแปลง", en="Give the case a change plan"),
        Text(th="ใช้แผนนี้", en="Use this plan"),
        (
            Question(
                "plan",
                Text(th="แผน", en="Plan"),
                "choice",
                case.plan if case.plan in known else None,
                known,
            ),
        ),
        intro=draw(visit, "moves/replan.html", case=case),
    )

    async def done(given: Answers) -> None:
        if not given["plan"]:
            raise InputError(Text(th="ยังไม่ได้เลือกแผน", en="no plan is chosen"))
        await visit.ask(replan_case, stage.number, given["plan"])
        await stage.moved(Text(th="แนบแผนแล้ว", en="The case has this plan now"))

    ask_in_dialog(visit, asked, done)


def plan_options(visit: Visit, known: tuple[PlanSummary, ...]) -> dict[str, str]:
    """plan id -> what to call it, for the newest plans that change anything."""
    changing = [plan for plan in known if plan.devices][:_PLANS]
    unit = visit.t("เครื่อง", "devices")
    return {
        p.id: f"{p.id[:12]} · {p.devices} {unit} · {p.selector or '-'} · {visit.when(p.at)}"
        for p in changing
    }
