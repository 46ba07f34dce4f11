"""Draw a form, empty or as filled in, as a paper to sign, to edit, or as a sheet."""

from __future__ import annotations

from datetime import date
from typing import Literal

from controller.accounts.actor import Actor, require
from controller.documents.blocks import Document
from controller.documents.compose.card import user_card
from controller.documents.compose.forms import form_document
from controller.documents.compose.sheets import form_sheets
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.documents.xlsx import render_xlsx
from controller.operations.compose_paper import garuda_of, look_of
from controller.operations.context import Context
from controller.operations.show_form import show_form
from controller.operations.show_photo import hashes_of
from controller.processes.forms.catalogue import form, slugs
from controller.processes.forms.definition import FilledForm, FormDefinition

Format = Literal["pdf", "docx", "xlsx"]
FORMATS: tuple[Format, ...] = ("pdf", "docx", "xlsx")


def export_form(
    context: Context, actor: Actor, which: str, wanted: Format, revision: int | None = None
) -> bytes:
    """The file of a form: empty for a form's name, filled in for the number of a filled one.

    A filled form bears the day it was filled in, so that the same form is the same bytes. Errors:
    `NotFound`; `InputError` for a sheet of a form that has no table.
    """
    require(actor, "show_form")
    filled = None if which in slugs() else show_form(context, actor, which, revision)
    definition = form(filled.slug if filled else which)
    if wanted == "xlsx":
        thai_digits = look_of(context).thai_digits
        return render_xlsx(form_sheets(definition, filled), thai_digits=thai_digits)
    document = _composed(context, definition, filled)
    garuda = garuda_of(context)
    if wanted == "docx":
        return render_docx(document, garuda=garuda)
    return render_pdf(document, garuda=garuda)


def _composed(context: Context, definition: FormDefinition, filled: FilledForm | None) -> Document:
    office, look = context.office(), look_of(context)
    day = date.fromisoformat(filled.on) if filled else context.today()
    if definition.kind == "card":
        return user_card(definition, filled, office, look=look, day=day)
    photos = {h: context.files.get(h) for h in (hashes_of(filled) if filled else ())}
    return form_document(definition, office, filled, look=look, day=day, photos=photos)
