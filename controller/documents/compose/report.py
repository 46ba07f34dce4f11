"""The report (รายงานสรุปประเมินผล) of a case: results against its objectives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from controller.documents.blocks import (
    Block,
    Document,
    Entries,
    Entry,
    Frame,
    Heading,
    Paragraph,
    Signature,
    Signatures,
    Ticks,
)
from controller.documents.compose.evidence_case import record_table
from controller.documents.compose.look import Look
from controller.documents.compose.memo_results import objectives_table, satisfaction
from controller.documents.compose.paper import paper
from controller.documents.compose.progress import progress_blocks
from controller.documents.compose.survey import survey_blocks
from controller.documents.compose.wording import part, place_in, position, process_name, said
from controller.errors import Refused, Text
from controller.inventory.office import Office
from controller.processes.case import Case, Evaluation
from controller.processes.forms.catalogue import form
from controller.processes.forms.progress import ProjectProgress
from controller.processes.forms.survey import Results
from controller.processes.manual import Process


def evaluation_report(
    case: Case,
    office: Office,
    process: Process,
    *,
    day: date,
    look: Look,
    surveys: Sequence[Results] = (),
    progress: Sequence[ProjectProgress] = (),
) -> Document:
    """The report of the latest evaluation. Errors: `Refused` when the case was not evaluated yet.

    `surveys` are the results of the case's surveys, `progress` the projects of a master plan.
    """
    if not case.evaluations:
        raise _not_evaluated(case)
    evaluation = case.evaluations[-1]
    parts: list[tuple[str, list[Block]]] = [
        ("ข้อมูลทั่วไป", list(_general(case, office, process, look))),
        ("ผลการดำเนินงาน", [*said(evaluation.results), *record_table(case, look)]),
        ("ผลตามวัตถุประสงค์", [*objectives_table(evaluation, look)]),
        ("ความก้าวหน้าตามแผน", [*progress_blocks(progress, look)] if progress else []),
        ("ความพึงพอใจและความคิดเห็น", [*satisfaction(evaluation, look), *_surveys(surveys, look)]),
        ("ปัญหาและอุปสรรค", [*said(evaluation.problems)]),
        ("ข้อเสนอแนะ", [*said(evaluation.suggestions)]),
    ]
    told = [(title, blocks) for title, blocks in parts if blocks]
    title = f"รายงานสรุปประเมินผลการดำเนินงาน {case.title}"
    return paper(
        office,
        title,
        day,
        (
            Heading("รายงานสรุปประเมินผลการดำเนินงาน", 1),
            Paragraph(f"{case.title}\n{office.group_th}\n{office.name_th}", align="center"),
            *(
                block
                for number, (heading, blocks) in enumerate(told, start=1)
                for block in (part(number, heading, look), *blocks)
            ),
            _reporters(case, office, evaluation),
            _seen(office),
        ),
        look=look,
        foot=f"เรื่อง {case.number}",
    )


def _general(case: Case, office: Office, process: Process, look: Look) -> Iterator[Block]:
    study = case.study
    entries = [
        Entry("เรื่องเลขที่", case.number, 6),
        Entry("เปิดเรื่องเมื่อ", look.day_of(case.opened), 6),
        Entry("กระบวนงาน", process_name(process, look).removeprefix("กระบวนงานที่ ")),
        Entry("ผู้เสนอ", position(office, case.proposer)),
    ]
    if case.group:
        dated = look.day(case.group.dated)
        entries.append(Entry("คณะทำงานตามคำสั่งที่", f"{look.digits(case.group.order)} ลงวันที่ {dated}"))
    approved = next((d for d in reversed(case.decisions) if d.kind == "approve"), None)
    if approved:
        entries.append(Entry("ได้รับอนุมัติเมื่อ", look.day_of(approved.at)))
    if study and study.begins and study.ends:
        until = f"{look.day(study.begins)} ถึงวันที่ {look.day(study.ends)}"
        entries.append(Entry("ระยะเวลาตามแผน ตั้งแต่วันที่", until))
    if study and study.budget:
        entries.append(Entry("งบประมาณ", look.money(study.budget), unit="บาท"))
    yield Entries(tuple(entries))


def _surveys(surveys: Sequence[Results], look: Look) -> Iterator[Block]:
    for results in surveys:
        yield Heading(look.words(form(results.slug).th), 3)
        yield from survey_blocks(results, look)


def _reporters(case: Case, office: Office, evaluation: Evaluation) -> Signatures:
    people = [(evaluation.by, "ผู้รายงาน")]
    if case.group and case.group.chair != evaluation.by:
        people.append((case.group.chair, "ผู้รับรองรายงาน"))
    return Signatures(
        tuple(
            Signature(
                role=role,
                position="\n".join(
                    filter(None, (position(office, user), place_in(case.group, user)))
                ),
            )
            for user, role in people
        ),
        columns=2 if len(people) == 2 else 1,
    )


def _seen(office: Office) -> Frame:
    """The part the director fills by hand: that the report was read, and what follows."""
    return Frame(
        f"ความเห็นของ{office.director_title}",
        (
            Ticks("", (("ทราบ", False), ("ให้ดำเนินการตามข้อเสนอแนะ", False))),
            Entries((Entry("ข้อสั่งการ", lines=2),)),
            Signatures((Signature(role="", position=office.director_title, dated=""),)),
        ),
    )


def _not_evaluated(case: Case) -> Refused:
    return Refused(
        Text(
            th=f"เรื่อง {case.number} ยังไม่ได้ประเมินผล จึงยังไม่มีรายงาน",
            en=f"case {case.number} was not evaluated yet, so there is no report",
        ),
        hint=Text(
            th=f"บันทึกผลก่อน: `khaen case evaluate {case.number}`",
            en=f"evaluate it first: `khaen case evaluate {case.number}`",
        ),
    )
