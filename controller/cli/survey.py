"""`khaen survey`: ask many, add up what they answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from controller.cli import output, session
from controller.cli.form import unknown_format
from controller.cli.output import Json

if TYPE_CHECKING:
    from controller.store.surveys import Survey

survey = typer.Typer(help="Surveys (แบบสอบถาม) and their results.", no_args_is_help=True)
Id = Annotated[str, typer.Argument(help="Number of the survey")]
STATES = {"open": ("เปิดรับคำตอบ", "open"), "closed": ("ปิดแล้ว", "closed")}
REPORTS: tuple[Literal["pdf", "docx"], ...] = ("pdf", "docx")


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(survey, name="survey")


@survey.command("open")
def open_(
    slug: Annotated[str, typer.Argument(help="Name of a survey form")],
    title: Annotated[str, typer.Option("--title", help="What it asks about")] = "",
    case: Annotated[str | None, typer.Option("--case", help="The case its results go to")] = None,
    as_json: Json = False,
) -> None:
    """Open a survey for answers."""
    from controller.operations.open_survey import open_survey

    with session.signed_in() as (context, actor):
        opened = open_survey(context, actor, slug, title, case)
    if as_json:
        return output.emit_json(survey_json(opened))
    return output.say(f"เปิดแบบสอบถามเลขที่ {opened.id} แล้ว", f"opened survey {opened.id}")


@survey.command()
def answer(
    survey_id: Id,
    file: Annotated[
        str, typer.Option("--from", help="YAML (one answer or a list), CSV (one in a row), or -")
    ],
    as_json: Json = False,
) -> None:
    """Hand in answers. They carry no person and no time but the day."""
    from controller.operations.answer_survey import answer_survey
    from controller.workspace.typed_files import typed_answers

    given = typed_answers(file)
    with session.signed_in() as (context, actor):
        answered = answer_survey(context, actor, survey_id, given)
    if as_json:
        return output.emit_json(survey_json(answered))
    return output.say(
        f"รับคำตอบ {len(given)} ชุดแล้ว รวมทั้งหมด {answered.given} ชุด",
        f"took {len(given)} answers, {answered.given} in all",
    )


@survey.command()
def share(
    survey_id: Id,
    days: Annotated[int, typer.Option(help="Days until the link ends")] = 14,
    poster: Annotated[
        Path | None, typer.Option("--poster", "-o", help="Also draw a poster: FILE.pdf")
    ] = None,
    as_json: Json = False,
) -> None:
    """Make a link, with a QR code, by which anybody answers without an account; shown once."""
    from controller.operations.share_survey import draw_poster, share_survey

    with session.signed_in() as (context, actor):
        made = share_survey(context, actor, survey_id, days=days)
        if poster is not None:
            output.write_file(poster, draw_poster(context, actor, made.address))
    if as_json:
        return output.emit_json({**vars(made.link), "id": made.link.id, "address": made.address})
    typer.echo(made.address)
    return output.say(
        f"ลิงก์ {made.link.id} ใช้ได้ถึง {made.link.expires:%Y-%m-%d} แสดงครั้งเดียว ให้คัดลอกไว้",
        f"link {made.link.id} ends {made.link.expires:%Y-%m-%d}; shown this once, copy it",
    )


@survey.command()
def links(survey_id: Id, as_json: Json = False) -> None:
    """List the links of a survey."""
    from controller.operations.share_survey import list_links

    with session.signed_in() as (context, actor):
        found = list_links(context, actor, survey_id)
    if as_json:
        return output.emit_json([{**vars(one), "id": one.id} for one in found])
    return output.table(
        ("ลิงก์ / link", "สร้าง / made", "สิ้นสุด / expires", "ปิด / closed", "ผู้สร้าง / by"),
        [
            (
                one.id,
                f"{one.made:%Y-%m-%d %H:%M}",
                f"{one.expires:%Y-%m-%d %H:%M}",
                f"{one.closed:%Y-%m-%d %H:%M}" if one.closed else "-",
                one.made_by,
            )
            for one in found
        ],
    )


@survey.command("close-link")
def close_link(
    survey_id: Id, link: Annotated[str, typer.Argument(help="The link, as links lists it")]
) -> None:
    """Close a link before it expires."""
    from controller.operations import share_survey

    with session.signed_in() as (context, actor):
        share_survey.close_link(context, actor, survey_id, link)
    output.say(f"ปิดลิงก์ {link} แล้ว", f"closed link {link}")


@survey.command()
def results(
    survey_id: Id,
    file: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the report: FILE.pdf or FILE.docx")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show what the answers add up to."""
    from controller.cli.form_view import show_results
    from controller.operations.show_survey import show_survey

    with session.signed_in() as (context, actor):
        if file is not None:
            from controller.operations.export_survey import export_survey

            wanted = next((f for f in REPORTS if file.suffix.lower() == f".{f}"), None)
            if wanted is None:
                raise unknown_format(file, REPORTS)
            return output.write_file(file, export_survey(context, actor, survey_id, wanted))
        found = show_survey(context, actor, survey_id)
    if as_json:
        told = found.results.model_dump(mode="json")
        return output.emit_json({**survey_json(found.survey), "results": told})
    _heading(found.survey)
    return show_results(found.results)


@survey.command()
def close(survey_id: Id, as_json: Json = False) -> None:
    """Close a survey for good; its results are attached to its case."""
    from controller.cli.form_view import show_results
    from controller.operations.close_survey import close_survey

    with session.signed_in() as (context, actor):
        tallied = close_survey(context, actor, survey_id)
    if as_json:
        return output.emit_json(tallied.model_dump(mode="json"))
    output.say(f"ปิดแบบสอบถาม {survey_id} แล้ว", f"closed survey {survey_id}")
    return show_results(tallied)


@survey.command("list")
def listing(
    case: Annotated[str | None, typer.Option("--case", help="Only those of this case")] = None,
    as_json: Json = False,
) -> None:
    """List the surveys, newest first."""
    from controller.operations.show_survey import list_surveys

    with session.signed_in() as (context, actor):
        found = list_surveys(context, actor, case)
    if as_json:
        return output.emit_json([survey_json(one) for one in found])
    return output.table(
        (
            "เลขที่ / number",
            "สถานะ / state",
            "คำตอบ / answers",
            "เรื่อง / case",
            "ชื่อ / title",
        ),
        [
            (s.id, output.words(*STATES[s.state]), str(s.given), s.case or "-", s.title)
            for s in found
        ],
    )


def survey_json(one: Survey) -> dict[str, object]:
    """A survey for programs, without the text of its results."""
    return {name: value for name, value in vars(one).items() if name != "results"}


def _heading(one: Survey) -> None:
    typer.echo(f"{one.id}  {one.title}  [{output.words(*STATES[one.state])}]")
