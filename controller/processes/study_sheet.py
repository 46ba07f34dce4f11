"""A study as a file to fill in, read the way a form is: everything wrong is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from controller.errors import InputError, Problem, Text
from controller.processes.case import Objective, Study
from controller.processes.forms.definition import Column, FormDefinition, FormField, Section, Words
from controller.processes.forms.filling import fill
from controller.processes.forms.template import template
from controller.processes.forms.typed import Typed

_OBJECTIVES = FormField(
    name="objectives",
    th="วัตถุประสงค์",
    en="Objectives",
    type="table",
    hint=Words(
        th="ใช้ตัดสินผลเมื่อสรุปประเมินผล ข้อที่ 1, 2, … ตามลำดับนี้",
        en="Judged when the case is evaluated, as number 1, 2, … in this order",
    ),
    columns=(
        Column(name="text", th="วัตถุประสงค์", en="Objective", required=True),
        Column(name="target", th="เป้าหมาย", en="Target", example="ร้อยละ 100"),
    ),
)
SHEET = FormDefinition(
    slug="study",
    edition=1,
    manual=False,
    th="ผลการศึกษาและข้อเสนอ",
    en="Study and proposal",
    purpose=Words(
        th="ใช้ทำบันทึกข้อความเสนอผู้อำนวยการ", en="The memo to the director is made of it"
    ),
    sections=(
        Section(
            fields=(
                FormField(
                    name="reason",
                    th="เหตุผลและผลการศึกษา",
                    en="Reason: what was studied and found",
                    type="paragraph",
                    required=True,
                    max_length=4000,
                ),
                FormField(
                    name="work",
                    th="สิ่งที่จะดำเนินการ",
                    en="Work that is proposed",
                    type="paragraph",
                    required=True,
                    max_length=4000,
                ),
                _OBJECTIVES,
                FormField(
                    name="budget", th="งบประมาณ", en="Budget", type="money", unit="บาท",
                    example="125,000.50",
                ),
                FormField(name="begins", th="วันเริ่ม", en="First day of the work", type="date"),
                FormField(name="ends", th="วันสิ้นสุด", en="Last day of the work", type="date"),
            )
        ),
    ),
)  # fmt: skip


def study_template(study: Study | None) -> str:
    """The file to fill in (YAML), every field explained; with what was written down before."""
    if study is None:
        return template(SHEET)
    return template(SHEET, study.model_dump(mode="json", exclude_none=True))


def study_of(typed: Typed | Mapping[str, object], number: str) -> Study:
    """The study somebody typed for the case `number`: in a file, or option by option.

    Errors: `InputError` with everything that is wrong, of a file each with its line.
    """
    try:
        values: dict[str, Any] = fill(SHEET, typed)
    except InputError as error:
        command = f"`khaen case study {number} --template`"
        hint = Text(
            th=f"แก้ตามที่แจ้งแล้วส่งใหม่ ดูแบบให้กรอกพร้อมคำอธิบายด้วย {command}",
            en=f"mend what is named and repeat; a file to fill in, with explanations: {command}",
        )
        if isinstance(typed, Typed):
            raise InputError(error.message, hint=hint, problems=error.problems) from None
        raise InputError(_in_one(error.problems), hint=hint) from None
    return Study(
        reason=values["reason"],
        work=values["work"],
        objectives=tuple(_objective(row) for row in values.get("objectives") or ()),
        budget=Decimal(values["budget"]) if values.get("budget") else None,
        begins=_day(values.get("begins")),
        ends=_day(values.get("ends")),
    )


def _in_one(problems: Iterable[Problem]) -> Text:
    """Options stand in no file: what is wrong with them is one sentence."""
    return Text(
        th="; ".join(_with_found(problem, problem.message.th) for problem in problems),
        en="; ".join(_with_found(problem, problem.message.en) for problem in problems),
    )


def _with_found(problem: Problem, message: str) -> str:
    return f"{message} ({problem.found})" if problem.found else message


def _objective(row: Mapping[str, Any]) -> Objective:
    return Objective(text=str(row["text"]), target=str(row.get("target") or ""))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
