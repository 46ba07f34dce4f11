"""`khaen form`: the forms of the manual, filled in, kept, shown, drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import output, session
from controller.cli.output import Json
from controller.errors import InputError, Text

if TYPE_CHECKING:
    from controller.processes.forms.definition import FilledForm

form = typer.Typer(help="Forms (แบบฟอร์ม) of the manual.", no_args_is_help=True)
Number = Annotated[str, typer.Argument(help="Number of a filled form")]
Slug = Annotated[str, typer.Argument(help="Name of a form, as khaen manual lists them")]


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(form, name="form")


@form.command("list")
def listing(
    case: Annotated[str | None, typer.Option("--case", help="Only those of this case")] = None,
    slug: Annotated[str | None, typer.Option("--form", help="Only those of this form")] = None,
    as_json: Json = False,
) -> None:
    """List the filled forms, newest first; people of schools see their own."""
    from controller.operations.show_form import list_forms

    with session.signed_in() as (context, actor):
        found = list_forms(context, actor, case=case, slug=slug)
    if as_json:
        return output.emit_json([vars(one) for one in found])
    return output.table(
        (
            "เลขที่ / number",
            "แบบ / form",
            "ครั้งที่ / revision",
            "เรื่อง / case",
            "ผู้กรอก / by",
            "วันที่ / on",
        ),
        [(f.number, f.slug, str(f.revision), f.case or "-", f.by, f.on) for f in found],
    )


@form.command()
def requests(as_json: Json = False) -> None:
    """List what your school asked for (the office: what all did), and how far it got."""
    from controller.operations.list_requests import list_requests

    with session.signed_in() as (context, actor):
        found = list_requests(context, actor)
    if as_json:
        return output.emit_json(
            [
                {**vars(one.form), "standing": one.standing, "state": vars(one.state)}
                for one in found
            ]
        )
    return output.table(
        ("เลขที่ / number", "แบบ / form", "วันที่ / on", "ผู้ส่ง / by", "สถานะ / state"),
        [
            (
                one.form.number,
                output.words(one.title.th, one.title.en),
                one.form.on,
                one.form.by,
                output.words(one.state.th, one.state.en),
            )
            for one in found
        ],
    )


@form.command()
def show(
    number: Number,
    revision: Annotated[int | None, typer.Option(help="An earlier revision")] = None,
    as_json: Json = False,
) -> None:
    """Show a filled form."""
    from controller.cli.form_view import show_filled
    from controller.operations.show_form import show_form

    with session.signed_in() as (context, actor):
        filled = show_form(context, actor, number, revision)
    if as_json:
        return output.emit_json(filled.model_dump(mode="json"))
    return show_filled(filled)


@form.command()
def template(
    slug: Slug,
    number: Annotated[
        str | None, typer.Option("--from", help="Filled in like this form, to revise it")
    ] = None,
) -> None:
    """Print a YAML file to fill in: `khaen form template FORM > form.yaml`."""
    from controller.operations.show_form import show_form
    from controller.processes.forms import template as templates
    from controller.processes.forms.catalogue import form as definition

    values = None
    if number is not None:
        with session.signed_in() as (context, actor):
            values = show_form(context, actor, number).values
    typer.echo(templates.template(definition(slug), values), nl=False)


@form.command()
def fill(
    slug: Slug,
    file: Annotated[str, typer.Option("--from", help="YAML file, or - for standard input")],
    case: Annotated[str | None, typer.Option("--case", help="Attach it to this case")] = None,
    revises: Annotated[
        str | None, typer.Option("--revises", help="Number of the form this is a revision of")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check a form, number it and keep it; with --case also attach it."""
    from controller.cli.photos import with_photos
    from controller.operations.fill_form import fill_form
    from controller.workspace.typed_files import typed_form

    typed = typed_form(file)
    with session.signed_in() as (context, actor):
        typed = with_photos(context, actor, slug, typed)
        filled = fill_form(context, actor, slug, typed, case=case, revises=revises)
    _kept(filled, as_json)


@form.command()
def attach(
    number: Number,
    case: Annotated[str, typer.Option("--case", help="The case to attach it to")],
    as_json: Json = False,
) -> None:
    """Attach a form that stands alone to a case."""
    from controller.cli.moved import show_moved
    from controller.operations.attach_form import attach_form

    with session.signed_in() as (context, actor):
        show_moved(context, attach_form(context, actor, number, case), as_json)


@form.command()
def photo(
    number: Number,
    sha256: Annotated[str, typer.Argument(help="Hash of the photo, as form show --json has it")],
    file: Annotated[Path, typer.Option("--out", "-o", help="FILE.jpg")],
) -> None:
    """Take a photo of a filled form out again."""
    from controller.operations.show_photo import show_photo

    with session.signed_in() as (context, actor):
        output.write_file(file, show_photo(context, actor, number, sha256))


@form.command()
def export(
    which: Annotated[str, typer.Argument(help="Name of a form (empty), or number of a filled one")],
    file: Annotated[Path, typer.Option("--out", "-o", help="FILE.pdf, FILE.docx or FILE.xlsx")],
    revision: Annotated[int | None, typer.Option(help="An earlier revision")] = None,
) -> None:
    """Draw a form: PDF to sign, DOCX to edit, XLSX of its tables."""
    from controller.operations.export_form import FORMATS, export_form

    wanted = next((f for f in FORMATS if file.suffix.lower() == f".{f}"), None)
    if wanted is None:
        raise unknown_format(file, FORMATS)
    with session.signed_in() as (context, actor):
        output.write_file(file, export_form(context, actor, which, wanted, revision))


def unknown_format(file: Path, known: tuple[str, ...]) -> InputError:
    """The error for a file whose name does not say what to write."""
    return InputError(
        Text(th=f"ไม่รู้จักชนิดของไฟล์ {file.name}", en=f"{file.name} does not say which kind of file"),
        hint=Text(
            th="ลงท้ายชื่อไฟล์ด้วย " + ", ".join(f".{f}" for f in known),
            en="end its name in one of " + ", ".join(f".{f}" for f in known),
        ),
    )


def _kept(filled: FilledForm, as_json: bool) -> None:
    if as_json:
        return output.emit_json(filled.model_dump(mode="json"))
    where = f" {filled.case}" if filled.case else ""
    return output.say(
        f"เก็บแบบฟอร์มเลขที่ {filled.number} ครั้งที่ {filled.revision} แล้ว"
        + (f" แนบกับเรื่อง{where}" if where else ""),
        f"kept form {filled.number}, revision {filled.revision}"
        + (f", attached to case{where}" if where else ""),
    )
