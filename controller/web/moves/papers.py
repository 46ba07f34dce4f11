"""The papers of a case: files, forms that were filled in, and taking one off."""

from __future__ import annotations

from controller.errors import InputError, Text
from controller.operations.attach_file import attach_content
from controller.operations.attach_form import attach_form
from controller.operations.detach_paper import detach_paper
from controller.operations.show_form import list_forms
from controller.processes.manual import MANUAL
from controller.processes.needs import forms_at
from controller.web.drawing import draw
from controller.web.moves.stage import Stage
from controller.web.parts.asking import Answers, Asked, Question, ask_in_dialog


async def attach(stage: Stage) -> None:
    """A file, kept byte for byte."""
    visit = stage.visit
    asked = Asked(
        Text(th="แนบไฟล์", en="Attach a file"),
        Text(th="แนบ", en="Attach"),
        (
            Question(
                "file", Text(th="เลือกไฟล์ ไม่เกิน 20 MB", en="Choose a file, at most 20 MB"), "file"
            ),
            Question(
                "title",
                Text(th="ชื่อเอกสาร", en="What it is"),
                hint=Text(th="เว้นว่างเพื่อใช้ชื่อไฟล์", en="leave empty to use the file's name"),
            ),
        ),
    )

    async def done(given: Answers) -> None:
        if given["file"] is None:
            raise InputError(Text(th="ยังไม่ได้เลือกไฟล์", en="no file is chosen"))
        name, content = given["file"]
        await visit.ask(attach_content, stage.number, name, content, given["title"])
        await stage.moved(Text(th="แนบไฟล์แล้ว", en="The file is attached"))

    ask_in_dialog(visit, asked, done)


async def fill(stage: Stage) -> None:
    """A form that stands alone; new ones are filled in on their own pages."""
    visit, case = stage.visit, stage.case
    forms = [form for form in forms_at(case, case.step) if not form.survey]
    asked_for = {form.slug for form in forms}
    attached = {paper.number for paper in case.papers}
    found = await visit.ask(list_forms)
    free = {
        one.number: f"{one.printed} · {visit.w(_name_of(one.slug))}"
        for one in found
        if one.slug in asked_for and one.case in (None, case.number) and one.number not in attached
    }
    asked = Asked(
        Text(th="แนบแบบฟอร์มที่กรอกแล้ว", en="Attach a form that was filled in"),
        Text(th="แนบ", en="Attach"),
        (Question("form", Text(th="แบบฟอร์ม", en="Form"), "choice", None, free),),
        intro=draw(visit, "moves/fill.html", case=case, forms=forms, free=bool(free)),
    )

    async def done(given: Answers) -> None:
        if not given["form"]:
            raise InputError(Text(th="ยังไม่ได้เลือกแบบฟอร์ม", en="no form is chosen"))
        await visit.ask(attach_form, given["form"], stage.number)
        await stage.moved(Text(th="แนบแบบฟอร์มแล้ว", en="The form is attached"))

    ask_in_dialog(visit, asked, done)


def _name_of(slug: str) -> Text:
    named = MANUAL.form(slug)
    return Text(th=named.name, en=named.english) if named else Text(th=slug, en=slug)


async def detach(stage: Stage) -> None:
    """One of the papers off the case; what it says is kept."""
    visit = stage.visit
    papers = {p.number: f"{p.title} ({p.number})" for p in stage.case.papers}
    asked = Asked(
        Text(th="นำเอกสารออกจากเรื่อง", en="Take a paper off the case"),
        Text(th="นำออก", en="Take off"),
        (Question("paper", Text(th="เอกสาร", en="Paper"), "choice", None, papers),),
        grave=True,
    )

    async def done(given: Answers) -> None:
        if not given["paper"]:
            raise InputError(Text(th="ยังไม่ได้เลือกเอกสาร", en="no paper is chosen"))
        await visit.ask(detach_paper, stage.number, given["paper"])
        await stage.moved(Text(th="นำเอกสารออกแล้ว", en="The paper is off the case"))

    ask_in_dialog(visit, asked, done)
